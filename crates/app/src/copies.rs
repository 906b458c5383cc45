//! The database as a file: whether it is sound, its copies, what was saved of it.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

shapes! {
    /// Whether the database is sound.
    struct DatabaseCheckup {
        /// Schema version of the file.
        schema_version: u32,
        /// SQLite's own version.
        sqlite_version: String,
        /// The integrity check passes.
        sound: bool,
        /// What it says otherwise (first lines).
        problems: Vec<String>,
        /// Rows that are there, by table.
        counts: BTreeMap<String, u32>,
    }
    /// A copy of the database one can go back to.
    #[derive(Default)]
    struct CopyRow {
        /// Name of its file: what a restore is asked for.
        name: String,
        /// When it was made.
        #[ts(type = "number")] made_at: UnixMs,
        /// When the last change in it was made; `None` where nothing ever changed.
        #[ts(type = "number | null")] last_change_at: Option<UnixMs>,
        /// Size of the file.
        #[ts(type = "number")] bytes: u64,
        /// Schema version.
        schema_version: u32,
        /// Cases in it.
        cases: u32,
        /// Observations in it.
        observations: u32,
        /// Issues in it.
        issues: u32,
        /// Not a copy: what an earlier restore put aside.
        is_aside: bool,
        /// It can be looked into.
        readable: bool,
    }
    /// What was copied to another folder.
    struct CarriedCopy {
        /// The new workspace folder.
        path: String,
        /// Files in it.
        files: u32,
        /// Bytes in it.
        #[ts(type = "number")] bytes: u64,
    }
    /// What was read out of a hurt database.
    #[derive(Default)]
    struct Salvaged {
        /// Rows that could be read.
        #[ts(type = "number")] saved: u64,
        /// Rows that could not.
        #[ts(type = "number")] lost: u64,
        /// Rows of those that came from the newest copy.
        #[ts(type = "number")] from_copy: u64,
        /// Rows that could be read and make no sense without a lost one.
        #[ts(type = "number")] left_out: u64,
    }
}
