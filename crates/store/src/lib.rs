//! The SQLite workspace and the bytes of its recordings: the only place that knows SQL.
//!
//! A write is one transaction that holds records, change rows and full-text rows together and is
//! on disk before it returns. Reads run beside it on connections of their own.

mod acoustics;
mod bin;
mod blobs;
mod carry;
mod cases;
mod checkup;
mod commit;
mod connection;
mod contacts;
mod copies;
mod device;
mod evidence;
mod fault;
mod field;
mod forget;
mod index;
mod issues;
mod jobs;
mod lens;
mod library;
mod lines;
mod live;
mod log;
mod media;
mod medium;
mod observations;
mod open;
mod purge;
mod reads;
mod renewal;
mod restore;
mod salvage;
mod search;
mod sessions;
mod table;
mod tags;
mod transcript;
mod workspace;

pub use device::Device;
pub use media::Media;
pub use medium::{Medium, medium_of};
pub use restore::{copies_of, restore, salvage};
pub use workspace::{Workspace, adopt};
