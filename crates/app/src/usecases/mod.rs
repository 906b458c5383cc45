//! One module per capability; each adds methods to [`crate::Seat`].

mod align;
mod bin;
mod cases;
mod codebook;
mod edit;
mod issues;
mod listen;
mod live;
mod media_check;
mod models;
mod observe;
mod people;
mod reports;
mod retake;
mod seat_notes;
mod sessions;
mod transcripts;
mod undo;

pub(crate) use bin::Seen;
pub(crate) use observe::words_in;
