//! One machine with sound: bringing calls in, hearing them, turning them into text, and the ports of
//! sound it needs. What needs no sound is `qinting_app`, whose names are handed on here: a host knows
//! this crate alone.

mod acoustics;
mod align;
mod console;
mod desk;
mod device;
mod doctor;
mod event;
pub mod files;
mod findings;
mod imports;
mod jobs;
mod live;
mod machine;
mod models;
mod player;
mod ports;
pub mod sniff;
mod thread;
mod tickets;
mod workspace;

pub use acoustics::*;
pub use align::*;
pub use console::*;
pub use desk::{AtDesk, Desk};
pub use device::*;
pub use doctor::*;
pub use event::*;
pub use findings::ExportRequest;
pub use imports::*;
pub use jobs::*;
pub use live::*;
pub use machine::Machine;
pub use models::*;
pub use player::*;
pub use ports::*;
pub use qinting_app::*;
pub use thread::{spawn_named, surviving};
pub use tickets::{ChosenFor, Ticket, Tickets};
pub use workspace::*;
