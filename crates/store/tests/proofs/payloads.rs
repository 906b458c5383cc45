//! Hostile and huge texts are text: stored as they are, found where they can be, harmful nowhere.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::everywhere::everywhere;
use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

#[rstest]
#[case::sql("'); DROP TABLE issue; --")]
#[case::sql_quotes("\" OR \"\"=\" ' '' ` ; \\ % _ ?1 :a @b $c")]
#[case::full_text("\"退款\" AND NOT * ( ) ^ : NEAR(a b, 5) - + {body} : x")]
#[case::html("<script>alert('x')</script><img src=x onerror=alert(1)>&amp;")]
#[case::right_to_left("\u{202e}שלום مرحبا\u{202c} 退款")]
#[case::emoji("👩‍👩‍👧‍👦🇨🇳 ☎️ 退款")]
#[case::controls("a\u{0}b\r\n\t\u{7f}\u{feff}\u{fffd}退款\u{0}")]
#[case::empty("")]
#[case::path("../../etc/passwd\\..\\C:")]
#[case::format("%s%n{}{{}}${jndi:ldap://x}")]
#[case::huge(&"退款难，客户说“等了三十天”。".repeat(2_500))]
#[case::one_word(&"x".repeat(100_000))]
#[case::rare_han("𠮷𫠝〇々㐀\u{30000}退款")]
fn any_text_comes_back_unchanged_from_every_field(#[case] text: &str) {
    let base = TestWorkspace::new();
    let written = everywhere(&base, text);
    let operation = base.operation(Action::CaseImport, written.clone());
    let committed = base.store.commit(operation.clone()).unwrap().records;
    let call = match (&written[1], &written[3]) {
        (Record::Case(c), Record::Recording(r)) => (c.id, r.id),
        other => panic!("a call, not {other:?}"),
    };
    base.transcript(call.1, &[(0, 900, 0, text)]);

    let base = base.reopened();
    for (record, before) in committed.iter().zip(&written) {
        assert_eq!(
            base.store
                .record(record.kind(), record.uuid())
                .unwrap()
                .as_ref(),
            Some(record)
        );
        let mut same = before.clone();
        *same.meta_mut() = record.meta().clone();
        if let Record::Issue(issue) = &mut same {
            issue.number = 1;
        }
        assert_eq!(&same, record);
    }
    let line = base.store.segments(call.1, 0, 1).unwrap().remove(0);
    assert_eq!((line.text.as_str(), line.engine.as_str()), (text, "demo"));
    let changes = base.store.changes_of_op(operation.op_id).unwrap();
    let comment = changes
        .iter()
        .find(|c| c.entity == EntityKind::Comment)
        .unwrap();
    assert_eq!(*comment.fields["text"].after().unwrap(), text);
    let findings = base.store.findings().unwrap();
    assert_eq!(findings.issues[0].issue.statement, text);
    assert_eq!(
        base.store.evidence_of(findings.issues[0].issue.id).unwrap()[0].lines[0].text,
        text
    );
    assert!(base.store.check_database(true).unwrap().sound);
}

/// Everything that takes typed text, with any text.
fn look_everywhere(base: &TestWorkspace, typed: &str) -> [usize; 5] {
    let rows = base.store.cases(&CaseQuery::default()).unwrap().rows;
    let imported = rows.iter().find(|r| r.has_audio).unwrap();
    let recording = imported.recording_id.unwrap();
    let query = IssueQuery {
        text: typed.into(),
        view: IssueListView::All,
        ..issues_query()
    };
    [
        base.find(typed).len(),
        base.store
            .cases(&CaseQuery {
                text: typed.into(),
                ..CaseQuery::default()
            })
            .unwrap()
            .rows
            .len(),
        base.store.issues(&query).unwrap().rows.len(),
        base.store
            .find_in_transcript(recording, typed, 9)
            .unwrap()
            .len(),
        base.store.similar_issues(typed, None, 9).unwrap().len(),
    ]
}

#[rstest]
#[case("'); DROP TABLE issue; --")]
#[case("\"")]
#[case("\" OR rowid > 0 --")]
#[case("NEAR(退 款)")]
#[case("body : 退款")]
#[case("*")]
#[case("^退款 NOT 退")]
#[case("<b>退款</b>")]
#[case("退款\u{0}")]
#[case("😀")]
#[case(&"退".repeat(50_000))]
#[case(&"退款 ".repeat(20_000))]
#[case(&"abc ".repeat(20_000))]
fn whatever_is_typed_is_only_looked_for(#[case] typed: &str) {
    let base = TestWorkspace::new();
    let written = everywhere(&base, "退款难");
    let Record::Recording(recording) = written[3].clone() else {
        panic!("a recording")
    };
    base.store
        .commit(base.operation(Action::CaseImport, written))
        .unwrap();
    base.transcript(recording.id, &[(0, 900, 0, "退款难")]);
    look_everywhere(&base, typed);
    assert_eq!(look_everywhere(&base, "退款难"), [9, 2, 1, 1, 1]);
}
