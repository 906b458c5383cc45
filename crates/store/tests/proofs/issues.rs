//! The issue list: filtered, ordered, counted.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

fn numbers(base: &TestWorkspace, query: IssueQuery) -> Vec<u32> {
    let page = base.store.issues(&query).unwrap();
    assert_eq!(
        page.total as usize,
        page.rows.len(),
        "these lists fit one page"
    );
    page.rows.into_iter().map(|r| r.issue.number).collect()
}

/// Issues 1–6 with a status, owner, due day and rating each.
fn six(base: &TestWorkspace) -> Vec<Issue> {
    const DAY: i64 = 86_400_000;
    let owner = Some(base.person);
    [
        ("发货慢", IssueStatus::New, None, None, 2, 1),
        (
            "退款慢",
            IssueStatus::InProgress,
            owner,
            Some(2 * DAY),
            1,
            2,
        ),
        (
            "话术生硬",
            IssueStatus::ToVerify,
            owner,
            Some(9 * DAY),
            1,
            3,
        ),
        (
            "规则不清",
            IssueStatus::VerifiedClosed,
            owner,
            Some(DAY),
            3,
            1,
        ),
        ("系统超时", IssueStatus::Reopened, None, Some(3 * DAY), 0, 0),
        ("包装破损", IssueStatus::Merged, None, None, 2, 1),
    ]
    .map(|(title, status, owner_id, due, urgency, difficulty)| {
        let issue = base.issue(title);
        base.save_issue(Issue {
            status,
            owner_id,
            due,
            urgency,
            difficulty,
            ..issue
        })
    })
    .into()
}

#[rstest]
#[case(IssueListView::Open, &[5, 3, 2, 1])]
#[case(IssueListView::Mine, &[3, 2])]
#[case(IssueListView::Overdue, &[5, 2])]
#[case(IssueListView::ToVerify, &[3])]
#[case(IssueListView::Reopened, &[5])]
#[case(IssueListView::Unowned, &[5, 1])]
#[case(IssueListView::Closed, &[4])]
#[case(IssueListView::All, &[6, 5, 4, 3, 2, 1])]
fn a_view_of_the_list_and_its_count_agree(#[case] view: IssueListView, #[case] expected: &[u32]) {
    let base = TestWorkspace::new();
    six(&base);
    let now = 86_400_000 * 4;
    let query = IssueQuery {
        view,
        asker: Some(base.person),
        now,
        ..issues_query()
    };
    assert_eq!(numbers(&base, query), expected);
    let facets = base.store.issue_facets(base.person, now).unwrap();
    let name = serde_json::to_value(view).unwrap();
    let count = facets
        .views
        .iter()
        .find(|c| name == c.name.as_str())
        .map(|c| c.count as usize);
    assert_eq!(count, Some(expected.len()));
}

#[rstest]
#[case(IssueSort::Number, &[5, 3, 2, 1], &[1, 2, 3, 5])]
#[case(IssueSort::Status, &[1, 2, 3, 5], &[5, 3, 2, 1])]
#[case(IssueSort::Urgency, &[3, 2, 1, 5], &[1, 2, 3, 5])]
#[case(IssueSort::Owner, &[3, 2, 5, 1], &[3, 2, 5, 1])]
#[case(IssueSort::Due, &[2, 5, 3, 1], &[3, 5, 2, 1])]
#[case(IssueSort::Age, &[1, 2, 3, 5], &[5, 3, 2, 1])]
#[case(IssueSort::Reach, &[2, 1, 5, 3], &[5, 3, 1, 2])]
#[case(IssueSort::Evidence, &[1, 2, 5, 3], &[5, 3, 2, 1])]
#[case(IssueSort::Title, &[1, 5, 3, 2], &[2, 3, 5, 1])]
fn the_list_stands_in_the_order_asked_for(
    #[case] sort: IssueSort,
    #[case] order: &[u32],
    #[case] turned: &[u32],
) {
    let base = TestWorkspace::new();
    let issues = six(&base);
    let (a, b) = (base.call("一", 1), base.call("二", 2));
    for call in [a, a, a] {
        base.link(issues[0].id, base.mark(call, 0, "记").id);
    }
    for call in [a, b] {
        base.link(issues[1].id, base.mark(call, 0, "记").id);
    }
    assert_eq!(
        numbers(
            &base,
            IssueQuery {
                sort,
                ..issues_query()
            }
        ),
        order
    );
    assert_eq!(
        numbers(
            &base,
            IssueQuery {
                sort,
                descending: true,
                ..issues_query()
            }
        ),
        turned
    );
}

#[test]
fn the_list_is_narrowed_by_every_filter_and_by_words() {
    let base = TestWorkspace::new();
    let issues = six(&base);
    base.comment(issues[0].id, "仓库说明天补发");
    base.save_issue(Issue {
        business_line: "生鲜".into(),
        ..issues[4].clone()
    });
    let all = || issues_query();
    let narrowed = |query: IssueQuery| numbers(&base, query);
    assert_eq!(
        narrowed(IssueQuery {
            business_line: Some("生鲜".into()),
            ..all()
        }),
        [5]
    );
    assert_eq!(
        narrowed(IssueQuery {
            urgency: Some(1),
            ..all()
        }),
        [3, 2]
    );
    assert_eq!(
        narrowed(IssueQuery {
            urgency: Some(1),
            difficulty: Some(3),
            ..all()
        }),
        [3]
    );
    assert_eq!(
        narrowed(IssueQuery {
            owner_id: Some(base.person),
            ..all()
        }),
        [3, 2]
    );
    let statuses = vec![IssueStatus::New, IssueStatus::Reopened];
    assert_eq!(narrowed(IssueQuery { statuses, ..all() }), [5, 1]);
    let typed = |text: &str| {
        narrowed(IssueQuery {
            text: text.into(),
            ..all()
        })
    };
    assert_eq!(typed("退款"), [2]);
    assert_eq!(typed("补发"), [1]);
    assert_eq!(typed("#3"), [3]);
    assert!(typed("？").is_empty());
    let page = base
        .store
        .issues(&IssueQuery {
            offset: 1,
            limit: 2,
            ..all()
        })
        .unwrap();
    let window: Vec<u32> = page.rows.iter().map(|r| r.issue.number).collect();
    assert_eq!((page.total, window), (4, vec![3, 2]));
}

#[test]
fn the_side_column_counts_open_issues() {
    let base = TestWorkspace::new();
    six(&base);
    let facets = base.store.issue_facets(base.person, 0).unwrap();
    let list = |counts: &[Count]| -> Vec<(String, u32)> {
        counts.iter().map(|c| (c.name.clone(), c.count)).collect()
    };
    let named = |list: &[(&str, u32)]| -> Vec<(String, u32)> {
        list.iter().map(|(n, c)| ((*n).to_owned(), *c)).collect()
    };
    assert_eq!(list(&facets.business_lines), named(&[("售后", 4)]));
    assert_eq!(
        list(&facets.matrix),
        named(&[("U1D2", 1), ("U1D3", 1), ("U2D1", 1)])
    );
    assert_eq!(
        list(&facets.statuses),
        named(&[
            ("in_progress", 1),
            ("new", 1),
            ("reopened", 1),
            ("to_verify", 1)
        ])
    );
}

#[test]
fn an_issue_names_those_that_were_merged_into_it() {
    let base = TestWorkspace::new();
    let (kept, other) = (base.issue("甲"), base.issue("乙"));
    let merged = Issue {
        status: IssueStatus::Merged,
        merged_into: Some(kept.id),
        status_before_merge: Some(IssueStatus::New),
        ..other
    };
    base.save_issue(merged.clone());
    let into = base.store.merged_into(kept.id).unwrap();
    assert_eq!(into.iter().map(|i| i.id).collect::<Vec<_>>(), [merged.id]);
    assert!(base.store.merged_into(merged.id).unwrap().is_empty());
}
