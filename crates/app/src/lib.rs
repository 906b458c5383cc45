//! Use cases of Qinting, the ports they need, and the job runner.

mod acting;
mod app;
mod cause;
pub mod error;
mod feed;
pub mod files;
mod imports;
mod live;
pub mod ports;
mod quotes;
mod renewal;
mod runner;
mod seed;
pub mod sniff;
mod sweep;
pub mod text_in;
mod thread;
mod transcription;
mod usecases;
pub mod views;
mod work;

pub use app::{About, App, Ports, Seat};
pub use cause::{Cause, Kind};
pub use error::{AppError, AppResult, codes};
pub use feed::Listener;
pub use ports::*;
pub use seed::FIRST_PERSON;
pub use thread::{spawn_named, surviving};
pub use views::*;
