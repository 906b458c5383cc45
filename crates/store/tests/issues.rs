//! The issue list, its evidence, and what is like it.

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

fn numbers(desk: &Desk, query: IssueQuery) -> Vec<u32> {
    let page = desk.store.issues(&query).unwrap();
    assert_eq!(
        page.total as usize,
        page.rows.len(),
        "these lists fit one page"
    );
    page.rows.into_iter().map(|r| r.issue.number).collect()
}

#[test]
fn a_row_adds_up_the_evidence_that_is_still_there() {
    let desk = Desk::new();
    let wang = desk.call_with(desk.case_of("一", "王先生"), 1);
    let wang_again = desk.call_with(desk.case_of("二", "王先生"), 2);
    let unnamed = desk.call("三", 3);
    let unnamed_too = desk.call("四", 4);
    let lost = desk.call("五", 5);
    let (hot, cold) = (desk.tag("情绪", 1), desk.tag("规则", 2));
    let issue = desk.issue("退款慢");
    let mut first = None;
    for (call, tags) in [
        (wang, vec![hot.id]),
        (wang_again, vec![cold.id, hot.id]),
        (unnamed, vec![]),
        (unnamed_too, vec![hot.id]),
        (lost, vec![cold.id]),
    ] {
        let mark = desk.mark(call, 3_000, "记");
        desk.save(
            "observation.tag",
            Observation {
                tags,
                ..mark.clone()
            },
        );
        desk.link(issue.id, mark.id);
        first.get_or_insert(mark);
    }
    let twice = desk.mark(wang, 6_000, "同案再记");
    desk.link(issue.id, twice.id);
    let gone = desk.mark(wang, 8_000, "没了");
    desk.link(issue.id, gone.id);
    desk.delete(EntityKind::Observation, gone.id.0);
    let unlinked = desk.link(issue.id, twice.id);
    desk.delete(EntityKind::IssueLink, unlinked.0);
    desk.delete(EntityKind::Case, lost.0.0);

    let row = desk.store.issue_row(issue.id).unwrap().unwrap();
    assert_eq!(
        (row.evidence_count, row.case_count, row.customer_count),
        (5, 4, 3)
    );
    assert_eq!(row.tags, [hot.id, cold.id]);
    assert_eq!((row.stage, row.owner.as_str()), (Stage::Sense, ""));
    let first = first.unwrap();
    let clip = PlayClip {
        recording_id: wang.1,
        start_ms: first.start_ms,
        end_ms: first.end_ms,
    };
    assert_eq!(row.first_evidence, Some(clip));
    assert_eq!(desk.store.issues(&issues_query()).unwrap().rows, [row]);
    assert_eq!(desk.store.evidence_of(issue.id).unwrap().len(), 5);
}

#[test]
fn evidence_says_whose_moment_it_is_and_what_was_heard() {
    let desk = Desk::new();
    let call = desk.call_with(desk.case_of("退款来电", "王先生"), 1);
    let lines: Vec<(u64, u64, u16, String)> = (0..9)
        .map(|n| (n * 100, n * 100 + 100, (n % 2) as u16, format!("第{n}句")))
        .collect();
    let borrowed: Vec<(u64, u64, u16, &str)> = lines
        .iter()
        .map(|(s, e, c, t)| (*s, *e, *c, t.as_str()))
        .collect();
    desk.transcript(call.1, &borrowed);
    let mark = Observation {
        start_ms: 150,
        end_ms: 10_000,
        ..desk.mark(call, 0, "听到了")
    };
    desk.save("observation.range", mark.clone());
    let issue = desk.issue("退款慢");
    let link = desk.link(issue.id, mark.id);

    let view = desk.store.evidence_of(issue.id).unwrap().remove(0);
    assert_eq!(view.link.id, link);
    assert_eq!(
        (view.case_title.as_str(), view.customer.as_str()),
        ("退款来电", "王先生")
    );
    assert_eq!(view.author, "林夕");
    let heard: Vec<(ChannelRole, &str)> = view
        .lines
        .iter()
        .map(|l| (l.role, l.text.as_str()))
        .collect();
    let (agent, customer) = (ChannelRole::Agent, ChannelRole::Customer);
    assert_eq!(
        heard,
        [
            (customer, "第1句"),
            (agent, "第2句"),
            (customer, "第3句"),
            (agent, "第4句"),
            (customer, "第5句"),
            (agent, "第6句"),
        ]
    );
    assert_eq!(view.roles, [agent, customer]);
    assert_eq!(desk.store.links_of(issue.id).unwrap().len(), 1);
    desk.delete(EntityKind::IssueLink, link.0);
    assert!(desk.store.evidence_of(issue.id).unwrap().is_empty());
    assert!(desk.store.links_of(issue.id).unwrap().is_empty());
}

#[test]
fn comments_stand_oldest_first() {
    let desk = Desk::new();
    let issue = desk.issue("甲");
    let (first, gone) = (desk.comment(issue.id, "一"), desk.comment(issue.id, "二"));
    desk.comment(issue.id, "三");
    desk.delete(EntityKind::Comment, gone.0);
    let comments = desk.store.comments_of(issue.id).unwrap();
    let texts: Vec<&str> = comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!((comments[0].id, texts), (first, vec!["一", "三"]));
}

/// Issues 1–6 with a status, owner, due day and rating each.
fn six(desk: &Desk) -> Vec<Issue> {
    const DAY: i64 = 86_400_000;
    let owner = Some(desk.person);
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
        let issue = desk.issue(title);
        desk.save_issue(Issue {
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
    let desk = Desk::new();
    six(&desk);
    let now = 86_400_000 * 4;
    let query = IssueQuery {
        view,
        asker: Some(desk.person),
        now,
        ..issues_query()
    };
    assert_eq!(numbers(&desk, query), expected);
    let facets = desk.store.issue_facets(desk.person, now).unwrap();
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
    let desk = Desk::new();
    let issues = six(&desk);
    let (a, b) = (desk.call("一", 1), desk.call("二", 2));
    for call in [a, a, a] {
        desk.link(issues[0].id, desk.mark(call, 0, "记").id);
    }
    for call in [a, b] {
        desk.link(issues[1].id, desk.mark(call, 0, "记").id);
    }
    assert_eq!(
        numbers(
            &desk,
            IssueQuery {
                sort,
                ..issues_query()
            }
        ),
        order
    );
    assert_eq!(
        numbers(
            &desk,
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
    let desk = Desk::new();
    let issues = six(&desk);
    desk.comment(issues[0].id, "仓库说明天补发");
    desk.save_issue(Issue {
        business_line: "生鲜".into(),
        ..issues[4].clone()
    });
    let all = || issues_query();
    let narrowed = |query: IssueQuery| numbers(&desk, query);
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
            owner_id: Some(desk.person),
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
    let page = desk
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
    let desk = Desk::new();
    six(&desk);
    let facets = desk.store.issue_facets(desk.person, 0).unwrap();
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
    let desk = Desk::new();
    let (kept, other) = (desk.issue("甲"), desk.issue("乙"));
    let merged = Issue {
        status: IssueStatus::Merged,
        merged_into: Some(kept.id),
        status_before_merge: Some(IssueStatus::New),
        ..other
    };
    desk.save_issue(merged.clone());
    let into = desk.store.merged_into(kept.id).unwrap();
    assert_eq!(into.iter().map(|i| i.id).collect::<Vec<_>>(), [merged.id]);
    assert!(desk.store.merged_into(merged.id).unwrap().is_empty());
}

#[test]
fn similar_issues_are_suggested_best_first_and_closed_ones_last() {
    let desk = Desk::new();
    let close = desk.issue("冰箱超过七天不能退货");
    let far = desk.issue("超过七天的订单没有发票");
    let closed = desk.issue("冰箱超过七天退货");
    desk.save_issue(Issue {
        status: IssueStatus::VerifiedClosed,
        ..closed.clone()
    });
    let merged = desk.issue("冰箱超过七天退货不行");
    desk.save_issue(Issue {
        status: IssueStatus::Merged,
        ..merged
    });
    desk.issue("行李箱有划痕");
    let suggested = |except, limit| -> Vec<IssueId> {
        let rows = desk
            .store
            .similar_issues("冰箱超过七天退货被拒", except, limit)
            .unwrap();
        rows.into_iter().map(|r| r.issue.id).collect()
    };
    assert_eq!(suggested(None, 10), [close.id, far.id, closed.id]);
    assert_eq!(suggested(None, 1), [close.id]);
    assert_eq!(suggested(Some(close.id), 10), [far.id, closed.id]);
    assert!(desk.store.similar_issues("。", None, 5).unwrap().is_empty());
}

#[test]
fn findings_are_everything_an_export_needs() {
    let desk = Desk::new();
    let call = desk.call("退款来电", 1);
    desk.call("没有记号", 2);
    let (one, two) = (desk.mark(call, 5_000, "一"), desk.mark(call, 0, "二"));
    let (a, gone) = (desk.issue("甲"), desk.issue("乙"));
    desk.issue("丙");
    let link = desk.link(a.id, two.id);
    desk.link(gone.id, one.id);
    desk.delete(EntityKind::Issue, gone.id.0);
    let findings = desk.store.findings().unwrap();
    assert_eq!(
        findings.cases.iter().map(|c| c.id).collect::<Vec<_>>(),
        [call.0]
    );
    let texts: Vec<&str> = findings
        .observations
        .iter()
        .map(|v| v.observation.text.as_str())
        .collect();
    assert_eq!(texts, ["一", "二"]);
    let numbers: Vec<u32> = findings.issues.iter().map(|r| r.issue.number).collect();
    assert_eq!(numbers, [1, 3]);
    assert_eq!(
        findings.links.iter().map(|l| l.id).collect::<Vec<_>>(),
        [link]
    );
    assert_eq!((findings.people.len(), findings.tags.len()), (1, 0));
    assert!(findings.at > 0);
}
