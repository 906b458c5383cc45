//! Sound in, sound out: what the crate promises, from outside.

mod acoustics;
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
