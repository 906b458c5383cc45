//! Files of other engines and systems, read: small ones of ours, and real ones as far as they are here.

mod chats;
mod encodings;
mod lookalikes;
mod real_call;
mod refusals;
mod shared;
mod told;
