//! Sources of every kind, read from outside.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_input;
mod common;
mod documented;
mod unknown_sources;
mod vendors;
