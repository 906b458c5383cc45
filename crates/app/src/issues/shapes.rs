//! The shared issue list.

use crate::marks::shapes::PlayClip;
use crate::shape::{MOST_ROWS, choices, shapes};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

choices! {
    /// Column the issue list is ordered by.
    #[derive(Default)]
    enum IssueSort {
        /// Newest number first.
        #[default]
        Number,
        /// Title.
        Title,
        /// Life cycle.
        Status,
        /// Most urgent, then hardest.
        Urgency,
        /// Most cases.
        Reach,
        /// Owner's name.
        Owner,
        /// Nearest due day.
        Due,
        /// Oldest first.
        Age,
        /// Most evidence.
        Evidence,
    }
    /// Ready-made views of the issue list.
    #[derive(Default)]
    enum IssueListView {
        /// Everything that is not closed.
        Open,
        /// Mine.
        Mine,
        /// Past due and open.
        Overdue,
        /// Waits for somebody to listen again.
        ToVerify,
        /// Came back.
        Reopened,
        /// Nobody's.
        Unowned,
        /// Closed (verified, declined).
        Closed,
        /// All, merged ones too.
        #[default]
        All,
    }
}

shapes! {
    /// What to show of the issue list.
    struct IssueQuery {
        /// Words; empty for all.
        text: String,
        /// Ready-made view.
        view: IssueListView,
        /// Only this business line.
        business_line: Option<String>,
        /// Only this cell.
        urgency: Option<u8>,
        /// Only this cell.
        difficulty: Option<u8>,
        /// Only these statuses; empty for all of the view.
        statuses: Vec<IssueStatus>,
        /// Only this owner.
        owner_id: Option<PersonId>,
        /// Who asks, for "mine".
        asker: Option<PersonId>,
        /// What the clock on the wall shows, as if it were UTC, for "overdue"; filled in by the use case.
        #[ts(type = "number")] now: UnixMs,
        /// Order.
        sort: IssueSort,
        /// Turned around.
        descending: bool,
        /// First row.
        offset: u32,
        /// Rows at most (the store caps it at 500).
        limit: u32,
    }
    /// One row of the issue list.
    struct IssueRow {
        /// The issue.
        issue: Issue,
        /// Its stage.
        stage: Stage,
        /// Owner's name, empty when nobody's.
        owner: String,
        /// Pieces of evidence.
        evidence_count: u32,
        /// Distinct cases.
        case_count: u32,
        /// Distinct customers of all contacts (cases without a customer count one each).
        customer_count: u32,
        /// Tags of its evidence, most frequent first, three at most.
        tags: Vec<TagId>,
        /// First piece of evidence, for replay in place.
        first_evidence: Option<PlayClip>,
    }
    /// A name and how often it occurs.
    struct Count {
        /// Name.
        name: String,
        /// Count.
        count: u32,
    }
    /// Counts for the side column of the issue list.
    struct IssueFacets {
        /// By ready-made view (`open`, `mine`, …).
        views: Vec<Count>,
        /// Open issues by business line.
        business_lines: Vec<Count>,
        /// Open issues by cell `U2D1`.
        matrix: Vec<Count>,
        /// Open issues by status.
        statuses: Vec<Count>,
    }
    /// A piece of evidence on the issue page.
    struct EvidenceView {
        /// The tie.
        link: IssueLink,
        /// The moment.
        observation: Observation,
        /// Title of its case.
        case_title: String,
        /// Customer as shown.
        customer: String,
        /// When the call began.
        #[ts(type = "number | null")] started_at: Option<UnixMs>,
        /// Who heard it.
        author: String,
        /// Words in the range, by speaker.
        lines: Vec<EvidenceLine>,
        /// Roles of the channels.
        roles: Vec<ChannelRole>,
    }
    /// One line heard in a piece of evidence.
    struct EvidenceLine {
        /// Who.
        role: ChannelRole,
        /// What.
        text: String,
    }
    /// A comment with its author.
    struct CommentView {
        /// The comment.
        comment: Comment,
        /// Who wrote it.
        author: String,
    }
    /// A change with the name of who did it.
    struct ChangeView {
        /// The change.
        change: Change,
        /// Who.
        author: String,
    }
    /// An issue as its page opens.
    struct IssueView {
        /// The row.
        row: IssueRow,
        /// Evidence.
        evidence: Vec<EvidenceView>,
        /// Comments.
        comments: Vec<CommentView>,
        /// History, newest first.
        history: Vec<ChangeView>,
        /// Issues merged into this one.
        merged: Vec<IssueRef>,
        /// When merged away: the one that took over.
        merged_into: Option<IssueRef>,
        /// Statuses it may move to now, with whether a reason is needed.
        moves: Vec<StatusMove>,
    }
    /// A status an issue may move to.
    struct StatusMove {
        /// The status.
        status: IssueStatus,
        /// A reason is needed.
        needs_reason: bool,
    }
    /// A new issue.
    struct NewIssue {
        /// Title.
        title: String,
        /// Statement, may be empty.
        statement: String,
        /// Business line, may be empty.
        business_line: String,
        /// 0–4.
        urgency: u8,
        /// 0–3.
        difficulty: u8,
        /// Moments it rests on.
        observation_ids: Vec<ObservationId>,
    }
    /// File moments under an issue that exists.
    struct AttachRequest {
        /// The issue.
        issue_id: IssueId,
        /// The moments.
        observation_ids: Vec<ObservationId>,
        /// How they speak to it; `None` is evidence.
        relation: Option<EvidenceRelation>,
    }
    /// Move an issue in its life cycle.
    struct StatusChange {
        /// The issue.
        id: IssueId,
        /// Revision it was read at.
        rev: u32,
        /// Where to.
        status: IssueStatus,
        /// Why, may be empty where the life cycle does not ask.
        reason: String,
    }
    /// One issue takes over from another.
    struct IssueMerge {
        /// Goes.
        from: IssueId,
        /// Stays.
        into: IssueId,
    }
    /// "Is there something like this already?"
    struct SimilarRequest {
        /// Title being typed.
        text: String,
        /// The moment being filed: its words and tags count too.
        observation_id: Option<ObservationId>,
        /// Leave this one out.
        except: Option<IssueId>,
    }
}

shapes! {
    /// An issue in a few words.
    struct IssueRef {
        /// Identity.
        id: IssueId,
        /// Number.
        number: u32,
        /// Title.
        title: String,
        /// Status.
        status: IssueStatus,
    }
}

/// Every issue, newest number first, as many as are given at once.
impl Default for IssueQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            view: IssueListView::default(),
            business_line: None,
            urgency: None,
            difficulty: None,
            statuses: Vec::new(),
            owner_id: None,
            asker: None,
            now: 0,
            sort: IssueSort::default(),
            descending: false,
            offset: 0,
            limit: MOST_ROWS,
        }
    }
}
