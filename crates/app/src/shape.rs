//! How the shapes are written that cross to the window and to `--json`: what hosts ask with and what
//! they get.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Rows a list gives at once, at most.
pub const MOST_ROWS: u32 = 500;

/// One window of a longer list, with the length of the whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Page<T> {
    /// The rows.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub total: u32,
}

/// Structs of public fields that cross. Whoever uses it has `Serialize`, `Deserialize` and `TS` at hand.
#[macro_export]
macro_rules! shapes {
    ($($(#[$meta:meta])* struct $name:ident { $($(#[$fmeta:meta])* $field:ident : $ty:ty),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
        pub struct $name { $($(#[$fmeta])* pub $field: $ty),* }
    )+};
}
pub(crate) use shapes;

/// Enums of plain words that cross.
#[macro_export]
macro_rules! choices {
    ($($(#[$meta:meta])* enum $name:ident { $($(#[$vmeta:meta])* $variant:ident),* $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vmeta])* $variant),* }
    )+};
}
pub(crate) use choices;
