//! Sound in, sound out: what the crate promises, from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod broken;
mod capture;
mod channels;
mod claims;
mod common;
mod delay;
mod formats;
mod holes;
mod peaks;
mod player;
mod sound;
