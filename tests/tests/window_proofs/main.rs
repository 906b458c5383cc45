//! What has to hold of the real window beyond the main job: hostile words, every screen for everybody, a machine without
//! sound, workers that die, workspaces from the future, calls that come with their facts, and the keyboard alone.

mod common;
mod facts;
mod hostile;
mod keyboard;
mod looks;
mod machine;
mod text;
