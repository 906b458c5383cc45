//! Use cases of Qinting, the ports they need, and the job runner.

pub mod error;
pub mod ports;
pub mod views;

pub use error::{AppError, AppResult, codes};
pub use ports::*;
pub use views::*;
