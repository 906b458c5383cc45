//! Sources of every kind, read from outside.

mod bad_input;
mod common;
mod documented;
mod unknown_sources;
mod vendors;
