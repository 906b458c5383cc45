//! What hosts ask with and what they get: the shapes that cross to the window and to `--json`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One window of a longer list, with the length of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

macro_rules! shapes {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )+};
}

macro_rules! choices {
    ($($(#[$meta:meta])* enum $name:ident { $($(#[$vmeta:meta])* $variant:ident),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),* }
    )+};
}

mod bin;
mod edit;
mod find;
mod health;
mod issues;
mod library;
mod listen;
mod live;
mod observe;
mod sessions;
mod system;

pub use bin::*;
pub use edit::*;
pub use find::*;
pub use health::*;
pub use issues::*;
pub use library::*;
pub use listen::*;
pub use live::*;
pub use observe::*;
pub use sessions::*;
pub use system::*;
