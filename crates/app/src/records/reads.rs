//! What is asked of the database here.

use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;
use uuid::Uuid;

reads! {
    $ hand_record_reads
    /// Records of any kind, the codebook, who there is, and the change log.
    RecordReads {
        /// One record in its present state, tombstones included.
        record(kind: EntityKind, id: Uuid) -> Option<Record>;
        /// The records of a kind, tombstones left out, in whose field a value stands: see `Facts`.
        holding(kind: EntityKind, field: &'static str, value: &serde_json::Value) -> Vec<Record>;
        /// All records of a kind, tombstones left out.
        all_of(kind: EntityKind) -> Vec<Record>;
        /// The id of the workspace.
        workspace_id() -> WorkspaceId;
        /// All people, by name; of whoever turned out to be another, the other.
        people() -> Vec<Person>;
        /// What everybody who ever was here is called now.
        names() -> std::collections::HashMap<PersonId, String>;
        /// All tags (every status), by position.
        tags() -> Vec<Tag>;
        /// Changes of a record and of the links and comments that belong to it, oldest first.
        history(kind: EntityKind, id: Uuid) -> Vec<Change>;
        /// Changes of one operation, in order.
        changes_of_op(op: OpId) -> Vec<Change>;
        /// The newest operation of `actor` since `since_seq` that can still be undone (not itself an
        /// undo, not undone already).
        last_undoable(actor: PersonId, since_seq: i64) -> Option<OpId>;
        /// Sequence number of the newest change.
        head_seq() -> i64;
        /// Who sat down last.
        seated() -> Option<PersonId>;
    }
}
