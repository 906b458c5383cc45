//! Voice activity, Whisper, quality gates, and the shelf the models stand on.
//!
//! [`Engine`] and [`listen`] are the parts that run inside the worker process: one for recordings, one
//! for a call while it goes on. Nothing here starts one.

mod align;
mod decode;
mod engine;
mod gate;
mod header;
mod high_pass;
mod left_over;
mod lines;
mod live;
mod scribe;
mod shelf;
mod steadiness;
mod stop;
mod threads;
mod units;
mod vad;
mod wav;
mod window;
mod written;

pub use engine::Engine;
pub use live::{Inbox, Sound, listen};
pub use shelf::Shelf;
pub use threads::threads_for;

/// Name and version of the engine.
pub fn engine_name() -> String {
    format!("whisper.cpp {}", whisper_rs::WHISPER_CPP_VERSION)
}
