//! Speech made on the spot, so that tests know every word and every onset.

mod babble;
mod quiet;
mod script;
mod voice;

pub use babble::*;
pub use quiet::*;
pub use script::*;
pub use voice::*;
