//! What issues rest on, what is said about them, and what is like them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

#[test]
fn a_row_adds_up_the_evidence_that_is_still_there() {
    let base = TestWorkspace::new();
    let wang = base.call_by("一", "王先生", 1);
    let wang_again = base.call_by("二", "王先生", 2);
    let unnamed = base.call("三", 3);
    let unnamed_too = base.call("四", 4);
    let lost = base.call("五", 5);
    let (hot, cold) = (base.tag("情绪", 1), base.tag("规则", 2));
    let issue = base.issue("退款慢");
    let mut first = None;
    for (call, tags) in [
        (wang, vec![hot.id]),
        (wang_again, vec![cold.id, hot.id]),
        (unnamed, vec![]),
        (unnamed_too, vec![hot.id]),
        (lost, vec![cold.id]),
    ] {
        let mark = base.mark(call, 3_000, "记");
        base.save(
            Action::CaseEdit,
            Observation {
                tags,
                ..mark.clone()
            },
        );
        base.link(issue.id, mark.id);
        first.get_or_insert(mark);
    }
    let twice = base.mark(wang, 6_000, "同案再记");
    base.link(issue.id, twice.id);
    let gone = base.mark(wang, 8_000, "没了");
    base.link(issue.id, gone.id);
    base.delete(EntityKind::Observation, gone.id.0);
    let unlinked = base.link(issue.id, twice.id);
    base.delete(EntityKind::IssueLink, unlinked.0);
    base.delete(EntityKind::Case, lost.0.0);

    let row = base.store.issue_row(issue.id).unwrap().unwrap();
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
    assert_eq!(base.store.issues(&issues_query()).unwrap().rows, [row]);
    assert_eq!(base.store.evidence_of(issue.id).unwrap().len(), 5);
}

#[test]
fn evidence_says_whose_moment_it_is_and_what_was_heard() {
    let base = TestWorkspace::new();
    let call = base.call_by("退款来电", "王先生", 1);
    let lines: Vec<(u64, u64, u16, String)> = (0..9)
        .map(|n| (n * 100, n * 100 + 100, (n % 2) as u16, format!("第{n}句")))
        .collect();
    let borrowed: Vec<(u64, u64, u16, &str)> = lines
        .iter()
        .map(|(s, e, c, t)| (*s, *e, *c, t.as_str()))
        .collect();
    base.transcript(call.1, &borrowed);
    let mark = Observation {
        start_ms: 150,
        end_ms: 10_000,
        ..base.mark(call, 0, "听到了")
    };
    base.save(Action::CaseEdit, mark.clone());
    let issue = base.issue("退款慢");
    let link = base.link(issue.id, mark.id);

    let view = base.store.evidence_of(issue.id).unwrap().remove(0);
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
    assert_eq!(base.store.links_of(issue.id).unwrap().len(), 1);
    base.delete(EntityKind::IssueLink, link.0);
    assert!(base.store.evidence_of(issue.id).unwrap().is_empty());
    assert!(base.store.links_of(issue.id).unwrap().is_empty());
}

#[test]
fn comments_stand_oldest_first() {
    let base = TestWorkspace::new();
    let issue = base.issue("甲");
    let (first, gone) = (base.comment(issue.id, "一"), base.comment(issue.id, "二"));
    base.comment(issue.id, "三");
    base.delete(EntityKind::Comment, gone.0);
    let comments = base.store.comments_of(issue.id).unwrap();
    let texts: Vec<&str> = comments.iter().map(|c| c.text.as_str()).collect();
    assert_eq!((comments[0].id, texts), (first, vec!["一", "三"]));
}

#[test]
fn similar_issues_are_suggested_best_first_and_closed_ones_last() {
    let base = TestWorkspace::new();
    let close = base.issue("冰箱超过七天不能退货");
    let far = base.issue("超过七天的订单没有发票");
    let closed = base.issue("冰箱超过七天退货");
    base.save_issue(Issue {
        status: IssueStatus::VerifiedClosed,
        ..closed.clone()
    });
    let merged = base.issue("冰箱超过七天退货不行");
    base.save_issue(Issue {
        status: IssueStatus::Merged,
        ..merged
    });
    base.issue("行李箱有划痕");
    let suggested = |except, limit| -> Vec<IssueId> {
        let rows = base
            .store
            .similar_issues("冰箱超过七天退货被拒", except, limit)
            .unwrap();
        rows.into_iter().map(|r| r.issue.id).collect()
    };
    assert_eq!(suggested(None, 10), [close.id, far.id, closed.id]);
    assert_eq!(suggested(None, 1), [close.id]);
    assert_eq!(suggested(Some(close.id), 10), [far.id, closed.id]);
    assert!(base.store.similar_issues("。", None, 5).unwrap().is_empty());
}

#[test]
fn findings_are_everything_an_export_needs() {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    base.call("没有记号", 2);
    let (one, two) = (base.mark(call, 5_000, "一"), base.mark(call, 0, "二"));
    let (a, gone) = (base.issue("甲"), base.issue("乙"));
    base.issue("丙");
    let link = base.link(a.id, two.id);
    base.link(gone.id, one.id);
    base.delete(EntityKind::Issue, gone.id.0);
    let findings = base.store.findings().unwrap();
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
