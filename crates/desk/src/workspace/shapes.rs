//! The workspace that is open, and the ways into one.

use qinting_app::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Who may use the folder of a workspace, by the rights the system keeps.
    enum Sharing {
        /// The person alone.
        Private,
        /// Others could so far, and nobody has said whether that is wanted.
        Unsettled,
        /// A group of people, on purpose.
        Group,
    }
}

shapes! {
    /// The workspace in a few words.
    struct WorkspaceInfo {
        /// Folder.
        path: String,
        /// Cases in it.
        case_count: u32,
        /// Open issues in it.
        open_issue_count: u32,
        /// Who is at this desk.
        actor: Person,
        /// A model is installed.
        has_model: bool,
        /// App version.
        version: String,
        /// Bytes free.
        #[ts(type = "number")] free_bytes: u64,
        /// It is the demo: made to be tried and thrown away.
        is_demo: bool,
        /// Why it is only read, if that is so: `workspace.read_only`, `workspace.network`, `workspace.newer_read` or
        /// `workspace.quiet`: nobody at this installation said yet that it is theirs.
        only_read: Option<ErrorNote>,
        /// Who may use its folder.
        sharing: Sharing,
    }
    /// What can be opened while no workspace is.
    struct Doors {
        /// The demo was opened before and is still there.
        demo_exists: bool,
        /// Where a workspace of one's own lies, or would be made.
        own_path: String,
        /// It is there already.
        own_exists: bool,
        /// Why the workspace of the last time could not be opened.
        last_problem: Option<ErrorNote>,
    }
    /// The workspace that is open now.
    struct OpenedPlace {
        /// Folder.
        path: String,
        /// It is the demo.
        is_demo: bool,
        /// The case to show first.
        start_at: Option<CaseId>,
    }
}
