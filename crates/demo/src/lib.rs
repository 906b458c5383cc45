//! The demo: four made-up calls, a tiny model that knows them, and the story of who heard what in
//! them, told by running the real use cases.
//!
//! The host opens an empty workspace over real ports with a [`StoryClock`], calls [`tell`], and has
//! a workspace that looks lived in for five weeks. Everybody and everything in it is invented.

mod calls;
mod clock;
mod deeds;
mod player;
mod story;
mod tell;
mod timeline;

pub use calls::{Call, SpokenLine, calls};
pub use clock::StoryClock;
pub use player::StoryPlayer;
pub use tell::{Told, tell};

/// The demo model: Whisper's architecture in ggml form; knows the phrases of the demo calls and
/// nothing else.
pub const MODEL: &[u8] = include_bytes!("../../../assets/demo/qinting-demo-q5_0.bin");

/// Its file name.
pub const MODEL_FILE: &str = "qinting-demo-q5_0.bin";
