//! Shapes of these use cases that cross a border.

use crate::shape::shapes;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What is wrong at one place of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LogFaultKind {
    /// An operation is not what was written.
    Edited,
    /// A value is not what was written.
    ValueEdited,
    /// A value is gone, and nothing says who erased it.
    ValueGone,
    /// Operations before this one are gone; `count` of them.
    Missing,
    /// It stands at a place where another stood before.
    Doubled,
    /// The end of what this installation wrote is gone; `count` operations.
    Cut,
    /// This installation wrote another operation here.
    Forked,
    /// It is not this installation that wrote it, though its chain is.
    NotOurs,
    /// Rows that belong to no operation; `count` of them.
    Stray,
    /// Whose values stand where is not what the operations say.
    Index,
    /// Written in a way this version cannot read.
    Newer,
}

shapes! {
    /// Whether the log is what was written, operation by operation.
    struct LogCheckup {
        /// Operations that were read.
        #[ts(type = "number")] operations: i64,
        /// Values whose proof was looked at.
        #[ts(type = "number")] values: i64,
        /// Values that went for good, by a certificate.
        #[ts(type = "number")] erased: i64,
        /// Each chain, in the order in which they begin.
        chains: Vec<LogChain>,
        /// The first of what is wrong, in order.
        faults: Vec<LogFault>,
        /// How much is wrong.
        #[ts(type = "number")] fault_count: i64,
    }
    /// One chain: what one installation wrote in one folder.
    struct LogChain {
        /// Its id.
        replica: ReplicaId,
        /// How many operations it has.
        #[ts(type = "number")] operations: i64,
        /// When the first and the last was made.
        #[ts(type = "number")] since: UnixMs,
        /// The last.
        #[ts(type = "number")] until: UnixMs,
        /// Whether this installation vouches for it. Of others only this is known: it contradicts nothing.
        ours: bool,
    }
    /// One thing that is wrong.
    struct LogFault {
        /// What.
        what: LogFaultKind,
        /// In which chain.
        replica: Option<ReplicaId>,
        /// At which place of it.
        #[ts(type = "number")] n: i64,
        /// How many, where it is more than this one.
        #[ts(type = "number")] count: i64,
        /// When the operation there says it was made.
        #[ts(type = "number | null")] at: Option<UnixMs>,
    }
}

impl LogCheckup {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.fault_count == 0
    }
}
