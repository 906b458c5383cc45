//! The case library: cases, recordings, who listened, jobs.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

fn titles(base: &TestWorkspace, query: CaseQuery) -> Vec<String> {
    let page = base.store.cases(&query).unwrap();
    page.rows.into_iter().map(|r| r.case.title).collect()
}

#[test]
fn a_row_of_the_library_tells_what_became_of_the_case() {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    base.transcript(call.1, &[(0, 1_000, 0, "您好")]);
    let (a, b) = (base.mark(call, 0, "一"), base.mark(call, 5_000, "二"));
    let gone = base.mark(call, 7_000, "三");
    let (issue, deleted) = (base.issue("甲"), base.issue("乙"));
    base.link(issue.id, a.id);
    base.link(issue.id, b.id);
    base.link(deleted.id, b.id);
    base.link(base.issue("丙").id, gone.id);
    base.delete(EntityKind::Observation, gone.id.0);
    base.delete(EntityKind::Issue, deleted.id.0);
    let state = ListenState {
        position_ms: 4_000,
        speed: 1.5,
    };
    // Whoever only stood somewhere has heard nothing.
    let third = base.new_person("路过").id;
    for person in [base.person, third] {
        base.store
            .save_listen_state(call.0, person, &state, 9)
            .unwrap();
    }
    let guest = base.new_person("陆鸣").id;
    for (person, from_ms) in [(base.person, 0), (guest, 0), (base.person, 4_000)] {
        base.listened(call.1, person, from_ms);
    }

    let page = base.store.cases(&CaseQuery::default()).unwrap();
    let row = &page.rows[0];
    assert_eq!((page.total, page.rows.len()), (1, 1));
    assert_eq!(row.case.title, "退款来电");
    assert_eq!((row.recording_id, row.duration_ms), (Some(call.1), 10_000));
    assert_eq!(row.roles, [ChannelRole::Agent, ChannelRole::Customer]);
    assert_eq!(
        (row.observation_count, row.issue_count, row.listener_count),
        (2, 1, 2)
    );
    assert_eq!(row.transcript, TranscriptState::Done);
    assert_eq!(base.store.listener_count(call.0).unwrap(), 2);
    assert_eq!(
        base.store.listen_state(call.0, base.person).unwrap(),
        Some(state)
    );
    assert_eq!(
        base.store.listen_state(call.0, PersonId(new_id())).unwrap(),
        None
    );
}

#[test]
fn a_case_without_a_recording_is_listed_too() {
    let base = TestWorkspace::new();
    base.save(Action::CaseEdit, base.case_of("空案"));
    let row = base
        .store
        .cases(&CaseQuery::default())
        .unwrap()
        .rows
        .remove(0);
    assert_eq!((row.recording_id, row.duration_ms), (None, 0));
    assert_eq!(
        (row.roles, row.transcript),
        (Vec::new(), TranscriptState::None)
    );
}

#[rstest]
#[case(CaseSort::Imported, &["丙", "乙", "甲"])]
#[case(CaseSort::StartedAt, &["甲", "乙", "丙"])]
#[case(CaseSort::Title, &["丙", "乙", "甲"])]
#[case(CaseSort::Duration, &["乙", "甲", "丙"])]
#[case(CaseSort::Marks, &["甲", "丙", "乙"])]
fn the_library_stands_in_the_order_asked_for(#[case] sort: CaseSort, #[case] order: &[&str]) {
    let base = TestWorkspace::new();
    for (title, started_at, duration_ms, marks) in [
        ("甲", Some(300), 20, 2),
        ("乙", Some(200), 30, 0),
        ("丙", None, 10, 1),
    ] {
        let case = base.case_of(title);
        let contact = Contact {
            began_at: started_at,
            ..base.contact_of(case.id, "")
        };
        let seed = u8::try_from(duration_ms).unwrap();
        let recording = Recording {
            duration_ms,
            ..base.recording_of(case.id, seed)
        };
        let call = (case.id, recording.id);
        base.store
            .commit(base.operation(
                Action::CaseImport,
                vec![case.into(), contact.into(), recording.into()],
            ))
            .unwrap();
        for n in 0..marks {
            base.mark(call, n * 10, "记");
        }
    }
    assert_eq!(
        titles(
            &base,
            CaseQuery {
                sort,
                ..CaseQuery::default()
            }
        ),
        order
    );
    let page = base
        .store
        .cases(&CaseQuery {
            sort,
            offset: 1,
            limit: 1,
            ..CaseQuery::default()
        })
        .unwrap();
    assert_eq!(
        (page.total, page.rows[0].case.title.as_str()),
        (3, order[1])
    );
}

#[rstest]
#[case::all("", &["发货慢", "退款来电"])]
#[case::title("退款", &["退款来电"])]
#[case::customer("王先生", &["发货慢"])]
#[case::agent("1024", &["发货慢", "退款来电"])]
#[case::external_id("ext", &["发货慢", "退款来电"])]
#[case::disposition("已解决 发货", &["发货慢"])]
#[case::nothing_to_look_for("！！", &[])]
fn the_library_is_filtered_by_title_and_facts(#[case] text: &str, #[case] found: &[&str]) {
    let base = TestWorkspace::new();
    for (title, customer) in [("退款来电", "李女士"), ("发货慢", "王先生")] {
        let case = base.case_of(title);
        let contact = base.contact_of(case.id, customer);
        base.save(Action::CaseEdit, case);
        base.save(Action::ContactAdd, contact);
    }
    assert_eq!(
        titles(
            &base,
            CaseQuery {
                text: text.into(),
                ..CaseQuery::default()
            }
        ),
        found
    );
}

#[test]
fn a_case_that_was_taken_away_is_not_listed_and_comes_back_whole() {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    base.delete(EntityKind::Case, call.0.0);
    let none = base.store.cases(&CaseQuery::default()).unwrap();
    assert_eq!((none.total, none.rows.len()), (0, 0));
    assert_eq!(base.store.recording_by_hash(&hex(&[1, 0])).unwrap(), None);
    base.restore(EntityKind::Case, call.0.0);
    assert_eq!(titles(&base, CaseQuery::default()), ["退款来电"]);
    assert_eq!(
        titles(
            &base,
            CaseQuery {
                text: "退款".into(),
                ..CaseQuery::default()
            }
        )
        .len(),
        1
    );
}

#[test]
fn the_same_audio_is_recognised_by_source_and_by_sound() {
    let base = TestWorkspace::new();
    let (case, id) = base.call("来电", 1);
    let recordings = base.store.recordings_of(case).unwrap();
    assert_eq!(recordings.iter().map(|r| r.id).collect::<Vec<_>>(), [id]);
    for known in [hex(&[1, 0]), hex(&[1, 1])] {
        assert_eq!(
            base.store.recording_by_hash(&known).unwrap().map(|r| r.id),
            Some(id)
        );
    }
    assert_eq!(
        base.store.recording_by_hash(&hex(&[1, 2])).unwrap(),
        None,
        "peaks are not audio"
    );
    let mut all = [hex(&[1, 0]), hex(&[1, 1]), hex(&[1, 2])];
    all.sort();
    let named = base.store.media_in_use().unwrap();
    assert_eq!(named, all.map(|sha256| (id, sha256)));
    base.delete(EntityKind::Recording, id.0);
    assert!(base.store.media_in_use().unwrap().is_empty());
    assert!(base.store.recordings_of(case).unwrap().is_empty());
}

#[test]
fn how_the_sound_came_in_stands_on_the_recording_with_history_and_a_way_back() {
    let base = TestWorkspace::new();
    let (case, _) = base.call("来电", 1);
    let gap = |start_ms, end_ms| SoundGap { start_ms, end_ms };
    let before = base.store.recordings_of(case).unwrap().remove(0);
    let mut after = before.clone();
    after.notices = vec![
        SoundNotice::CutOff {
            missing_ms: Some(1_500),
        },
        SoundNotice::Holes {
            count: 2,
            total_ms: 6_000,
        },
    ];
    after.gaps = vec![gap(3_000, 5_000), gap(9_000, 13_000)];
    base.save(Action::RecordingRetake, after.clone());
    let read = || base.store.recordings_of(case).unwrap().remove(0);
    assert_eq!(
        (read().notices, read().gaps),
        (after.notices, after.gaps.clone())
    );
    let told = base.store.gaps_of(before.id).unwrap();
    let told: Vec<_> = told
        .iter()
        .map(|g| (g.kind, g.start_ms, g.end_ms))
        .collect();
    assert_eq!(
        told,
        [
            (GapKind::Unreadable, 3_000, Some(5_000)),
            (GapKind::Unreadable, 9_000, Some(13_000))
        ]
    );
    let mut back = read();
    back.gaps.clear();
    base.save(Action::Undo, back);
    assert_eq!(base.store.gaps_of(before.id).unwrap(), []);
}
