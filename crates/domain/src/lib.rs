//! What Qinting is about: entities, ids, life cycles, and text rules.
//!
//! Nothing here reads a clock, a file, or a random number; callers pass those in.

pub mod action;
pub mod align;
pub mod blob;
pub mod case;
pub mod change;
pub mod commitment;
pub mod gate;
pub mod id;
pub mod issue;
pub mod job;
pub mod link;
pub mod listed;
pub mod listening;
pub mod live;
pub mod numerals;
pub mod observation;
pub mod path_text;
pub mod person;
pub mod place;
pub mod proof;
pub mod record;
pub mod recording;
pub mod segment;
pub mod session;
pub mod settings;
pub mod sound;
pub mod tag;
pub mod text;

pub use action::*;
pub use align::*;
pub use blob::*;
pub use case::*;
pub use change::*;
pub use commitment::*;
pub use gate::*;
pub use id::*;
pub use issue::*;
pub use job::*;
pub use link::*;
pub use listed::merged;
pub use listening::*;
pub use live::*;
pub use observation::*;
pub use person::*;
pub use place::*;
pub use record::*;
pub use recording::*;
pub use segment::*;
pub use session::*;
pub use settings::*;
pub use sound::*;
pub use tag::*;
