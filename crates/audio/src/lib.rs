//! Sound: what comes in, what is drawn, what is heard.
//!
//! - [`ingest`] turns foreign bytes into playable audio: it copies and hashes the sources, decodes
//!   them to one 16-bit PCM WAV at their own rate, and writes the peaks beside it. It streams, so a
//!   three-hour call costs no more memory than a short one, and it distrusts every header: hosts
//!   run it in a child process all the same.
//! - [`SoundFiles`] answers windows of the waveform, and silence and overtalk, from the peaks file, and measures
//!   what the sound tells (`acoustics`): who speaks when, how loud, where somebody is on hold.
//! - [`start_player`] starts the one player of a process: a thread of its own that owns the output
//!   device. Every frame it hands to the device carries its place in the recording, so the
//!   position it reports is the sound that is heard now, at any speed, across loops and jumps.
//! - [`start_capture`] takes a call in as it happens: from a microphone and from what the machine
//!   plays, two devices on one clock, every loss noticed and filled with silence so that time stays
//!   true.
//!
//! Two-channel audio stays two channels until the very last step, the output callback, where lane
//! choice is applied.

mod acoustics;
mod capture;
mod ingest;
mod peaks;
mod player;
mod stretch;
mod system;
mod twins;

pub use capture::{
    InputShape, Inputs, Intake, MakeIntake, Moment, Refusal, RunningInput, Ticks, Trouble,
    start_capture, start_capture_from, start_capture_on,
};
pub use ingest::{bytes_moved, hash_file, ingest, length_of};
pub use peaks::SoundFiles;
pub use player::{Lost, MakeMixer, Mixer, Outputs, RunningOutput, start_player, start_player_on};
pub use system::prepare as prepare_sound;
