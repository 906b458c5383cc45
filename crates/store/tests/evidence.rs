//! What issues rest on, what is said about them, and what is like them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;

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
            Action::CaseEdit,
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
    desk.save(Action::CaseEdit, mark.clone());
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
