//! What is asked of the database here.

use super::{EvidenceView, IssueFacets, IssueQuery, IssueRef, IssueRow};
use crate::error::AppResult;
use crate::port::reads;
use crate::shape::Page;
use qinting_domain::*;

reads! {
    $ hand_issue_reads
    /// The shared issue list, and what each issue rests on.
    IssueReads {
        /// The issue list.
        issues(query: &IssueQuery) -> Page<IssueRow>;
        /// Counts for the side column, over all issues; `asker` for "mine", `now` (what the clock on the
        /// wall shows) for "overdue".
        issue_facets(asker: PersonId, now: UnixMs) -> IssueFacets;
        /// Issue by its spoken number, or by one it had before.
        issue_by_number(number: u32) -> Option<Issue>;
        /// The highest number any issue has or had, those that were taken away included.
        highest_issue_number() -> u32;
        /// One row of the issue list, whatever its status; `None` when it is gone.
        issue_row(id: IssueId) -> Option<IssueRow>;
        /// Issues that were merged into this one.
        merged_into(issue: IssueId) -> Vec<IssueRef>;
        /// Evidence of an issue in the order it was added.
        evidence_of(issue: IssueId) -> Vec<EvidenceView>;
        /// All links of an issue.
        links_of(issue: IssueId) -> Vec<IssueLink>;
        /// Comments, oldest first.
        comments_of(issue: IssueId) -> Vec<Comment>;
        /// Issues that share words with `text`, best first, closed ones last, without `except`.
        similar_issues(text: &str, except: Option<IssueId>, limit: u32) -> Vec<IssueRow>;
    }
}
