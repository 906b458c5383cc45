//! 承诺: somebody promises something by a day, for an issue or at the end of a session, and later it
//! is said whether it was kept.

use crate::{CommitmentId, IssueId, Meta, PersonId, SessionId, Unfit, UnixMs};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One promise. It stands under an issue or under a session.
#[derive(qinting_record_derive::Record, Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[record(plain, fits)]
pub struct Commitment {
    /// Identity.
    pub id: CommitmentId,
    /// The issue it serves.
    #[field(belongs(Issue), under, given)]
    pub issue_id: Option<IssueId>,
    /// The session it was made in.
    #[field(belongs(Session), under, given)]
    pub session_id: Option<SessionId>,
    /// What is promised.
    #[field(line, required, edit, search)]
    pub promise: String,
    /// Who promises.
    #[field(refers(Person), edit, owner)]
    pub person_id: PersonId,
    /// By when, as the UTC midnight of that calendar day.
    #[ts(type = "number | null")]
    #[field(day, edit)]
    pub due: Option<UnixMs>,
    /// Whether it was kept; open until somebody says so.
    #[field(edit)]
    pub kept: Option<bool>,
    /// What is to be said of that.
    #[field(prose, edit, search)]
    pub word: String,
    /// Common columns.
    #[serde(flatten)]
    pub meta: Meta,
}

impl Commitment {
    /// It stands in one place, and a promise that was not kept says why.
    fn fits(&self) -> Result<(), Unfit> {
        if self.issue_id.is_some() == self.session_id.is_some() {
            return Err(Unfit::of("issue_id"));
        }
        match self.kept == Some(false) && self.word.trim().is_empty() {
            true => Err(Unfit::of("word")),
            false => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use uuid::Uuid;

    #[rstest]
    #[case::for_an_issue(true, false, None, "", Ok(()))]
    #[case::at_a_session(false, true, None, "", Ok(()))]
    #[case::nowhere(false, false, None, "", Err("issue_id"))]
    #[case::in_two_places(true, true, None, "", Err("issue_id"))]
    #[case::kept_without_a_word(true, false, Some(true), "", Ok(()))]
    #[case::not_kept_without_a_word(true, false, Some(false), " ", Err("word"))]
    #[case::not_kept(true, false, Some(false), "供应商没到货", Ok(()))]
    fn a_promise_stands_in_one_place_and_is_not_broken_silently(
        #[case] issue: bool,
        #[case] session: bool,
        #[case] kept: Option<bool>,
        #[case] word: &str,
        #[case] said: Result<(), &str>,
    ) {
        let one = Uuid::from_u128(1);
        let promise = Commitment {
            id: CommitmentId(one),
            issue_id: issue.then_some(IssueId(one)),
            session_id: session.then_some(SessionId(one)),
            promise: "两周内改规则".into(),
            person_id: PersonId(one),
            due: None,
            kept,
            word: word.into(),
            meta: Meta::new(1, PersonId(one)),
        };
        assert_eq!(promise.fits(), said.map_err(Unfit::of));
    }
}
