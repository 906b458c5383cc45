//! An issue is overdue when the day it was due is over where the person is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::Stage;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use serde_json::json;
use std::sync::Arc;

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// 2026-11-18, as a due day is kept.
const DUE: UnixMs = 20_775 * DAY_MS;

/// A clock that stands, on a wall this far ahead of UTC.
struct Wall {
    at: UnixMs,
    ahead_ms: i64,
}

impl Clock for Wall {
    fn now_ms(&self) -> UnixMs {
        self.at
    }
    fn ahead_of_utc_ms(&self, _: UnixMs) -> i64 {
        self.ahead_ms
    }
}

#[rstest]
#[case::shanghai_on_the_evening_of_the_day(8, 0, 23.5, false)]
#[case::shanghai_after_midnight(8, 1, 0.5, true)]
#[case::the_pacific_on_the_evening_of_the_day(-8, 0, 23.5, false)]
#[case::the_pacific_after_midnight(-8, 1, 0.5, true)]
fn an_issue_is_overdue_when_its_day_is_over_for_the_person_here(
    #[case] ahead_hours: i64,
    #[case] day: i64,
    #[case] hour: f64,
    #[case] is_overdue: bool,
) {
    let ahead_ms = ahead_hours * HOUR_MS;
    // What the wall shows, and the moment that is.
    let shown = DUE + day * DAY_MS + (hour * HOUR_MS as f64) as i64;
    let clock = Wall {
        at: shown - ahead_ms,
        ahead_ms,
    };
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.records.clock = Arc::new(clock);
    });
    let issue = stage.issue("到期的一条", vec![]).issue;
    let due = RecordPatch::of(&issue, [("due", json!(DUE))]);
    stage.at_desk.edit_record(due).unwrap();
    let asked = IssueQuery {
        view: IssueListView::Overdue,
        ..IssueQuery::default()
    };
    let listed = stage.at_desk.list_issues(asked).unwrap().total;
    let facets = stage.at_desk.issue_facets(()).unwrap();
    let counted = facets.views.iter().find(|c| c.name == "overdue").unwrap();
    let expected = u32::from(is_overdue);
    assert_eq!((listed, counted.count), (expected, expected));
}
