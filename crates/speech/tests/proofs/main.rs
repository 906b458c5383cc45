//! Ears and words, with the real engine where a model is there.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod real_ears;
mod transcribe;
