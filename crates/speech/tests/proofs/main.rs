//! Ears and words, with the real engine where a model is there.

mod real_ears;
mod transcribe;
