//! What the sound of recordings tells: what is on record of it, and what is left to measure.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{TestWorkspace, new_id, open_here};
use qinting_app::*;
use qinting_domain::*;
use qinting_store::{Device, salvage};
use rstest::rstest;
use rusqlite::Connection;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

/// A call whose sound lies sealed.
fn call(base: &TestWorkspace, seed: u8) -> Recording {
    let (_, id) = base.call("冰箱", seed);
    let recording = recording_now(base, id);
    let audio = blob(id, BlobRole::Audio, recording.audio_sha256.clone());
    seal(base, audio);
    recording
}

fn recording_now(base: &TestWorkspace, id: RecordingId) -> Recording {
    match base.store.record(EntityKind::Recording, id.0).unwrap() {
        Some(Record::Recording(recording)) => recording,
        other => panic!("a recording came back as {other:?}"),
    }
}

fn seal(base: &TestWorkspace, blob: Blob) {
    let commit = Commit {
        blobs: vec![blob],
        ..base.operation(Action::CaseImport, Vec::new())
    };
    base.store.commit(commit).unwrap();
}

fn blob(recording_id: RecordingId, role: BlobRole, sha256: Sha256) -> Blob {
    Blob {
        id: BlobId(new_id()),
        recording_id,
        role,
        format: PLAIN,
        sha256,
        bytes: Some(9),
    }
}

fn summary() -> SoundSummary {
    let lane = |talk| LaneSummary {
        talk_permille: Some(talk),
        monologue_ms: Some(12_000),
        response_ms: None,
    };
    SoundSummary {
        silence_permille: 240,
        hold_ms: 30_000,
        overtalk: Some(3),
        lanes: Some([lane(600), lane(400)]),
    }
}

/// It was measured, and bytes of this content hold it.
fn measured(of: &Recording, content: &[u8], at: UnixMs) -> MeasuredSound {
    let held = blob(of.id, BlobRole::Acoustics, sha256_of(content));
    MeasuredSound {
        recording_id: of.id,
        sound_sha256: of.audio_sha256.clone(),
        at,
        found: Some((held, Some(summary()))),
    }
}

fn left(base: &TestWorkspace, now: UnixMs) -> Vec<RecordingId> {
    base.store.unmeasured(now, 10).unwrap()
}

fn beside(base: &TestWorkspace) -> Connection {
    Connection::open(base.dir.path().join("workspace.db")).unwrap()
}

fn row_of(base: &TestWorkspace, case: CaseId) -> CaseRow {
    let rows = base
        .store
        .cases(&CaseQuery {
            limit: 50,
            ..CaseQuery::default()
        })
        .unwrap()
        .rows;
    rows.into_iter().find(|row| row.case.id == case).unwrap()
}

#[test]
fn what_was_measured_is_on_record_with_its_bytes_and_in_the_lists() {
    let base = TestWorkspace::new();
    let (first, second) = (call(&base, 1), call(&base, 2));
    assert_eq!(left(&base, 1), [second.id, first.id], "the newest first");
    assert_eq!(row_of(&base, first.case_id).sound, None);
    let before = base.store.head_seq().unwrap();
    base.store
        .keep_measured(&measured(&first, b"one", 5))
        .unwrap();
    assert_eq!(base.store.head_seq().unwrap(), before, "it is no operation");
    let sha256 = sha256_of(b"one");
    assert_eq!(
        base.store.sound_of(first.id).unwrap(),
        Some(SoundOnRecord::Measured(sha256.clone()))
    );
    let held = base.store.blob_of(first.id, &sha256).unwrap().unwrap();
    assert_eq!((held.role, held.bytes), (BlobRole::Acoustics, Some(9)));
    assert_eq!(left(&base, 6), [second.id]);
    assert_eq!(row_of(&base, first.case_id).sound, Some(summary()));
    base.store.forget_measured(first.id).unwrap();
    assert_eq!(left(&base, 6), [second.id, first.id]);
    assert_eq!(base.store.blob_of(first.id, &sha256).unwrap(), None);
}

#[test]
fn what_was_measured_by_other_rules_is_measured_anew_and_takes_its_place() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    beside(&base)
        .execute("UPDATE acoustics SET rules = rules - 1", [])
        .unwrap();
    assert_eq!(base.store.sound_of(recording.id).unwrap(), None);
    assert_eq!(left(&base, 6), [recording.id]);
    // Until then lists show what is known.
    assert_eq!(row_of(&base, recording.case_id).sound, Some(summary()));
    base.store
        .keep_measured(&measured(&recording, b"two", 7))
        .unwrap();
    assert_eq!(left(&base, 8), []);
    let blobs = |content: &[u8]| {
        base.store
            .blob_of(recording.id, &sha256_of(content))
            .unwrap()
    };
    assert_eq!((blobs(b"one"), blobs(b"two").is_some()), (None, true));
}

#[test]
fn what_could_not_be_read_is_left_alone_for_a_week() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    let unread = MeasuredSound {
        found: None,
        ..measured(&recording, b"", 1_000)
    };
    base.store.keep_measured(&unread).unwrap();
    assert_eq!(
        base.store.sound_of(recording.id).unwrap(),
        Some(SoundOnRecord::Unreadable)
    );
    assert_eq!(row_of(&base, recording.case_id).sound, None);
    assert_eq!(left(&base, WEEK_MS), []);
    assert_eq!(left(&base, WEEK_MS + 1_001), [recording.id]);
}

#[test]
fn other_sound_is_not_what_was_measured() {
    let base = TestWorkspace::new();
    let before = call(&base, 1);
    base.store
        .keep_measured(&measured(&before, b"one", 5))
        .unwrap();
    let after = Recording {
        audio_sha256: sha256_of(b"taken again"),
        ..before.clone()
    };
    base.save(Action::RecordingRetake, after.clone());
    assert_eq!(base.store.sound_of(before.id).unwrap(), None);
    assert_eq!(row_of(&base, before.case_id).sound, None);
    assert_eq!(left(&base, 6), [], "its bytes are not there yet");
    seal(
        &base,
        blob(after.id, BlobRole::Audio, after.audio_sha256.clone()),
    );
    assert_eq!(left(&base, 6), [before.id]);
    // What was measured of the sound before comes too late.
    base.store
        .keep_measured(&measured(&before, b"late", 7))
        .unwrap();
    assert_eq!(base.store.sound_of(before.id).unwrap(), None);
}

#[test]
fn what_was_measured_around_other_gaps_is_measured_anew() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    let mut now = recording_now(&base, recording.id);
    now.gaps = vec![SoundGap {
        start_ms: 100,
        end_ms: 400,
    }];
    base.save(Action::RecordingRetake, now);
    assert_eq!(base.store.sound_of(recording.id).unwrap(), None);
    assert_eq!(left(&base, 6), [recording.id]);
    assert_eq!(row_of(&base, recording.case_id).sound, None);
}

#[test]
fn one_channel_has_no_figures_of_a_side() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    let mono = SoundSummary {
        overtalk: None,
        lanes: None,
        ..summary()
    };
    let mut found = measured(&recording, b"one", 5);
    found.found = found.found.map(|(blob, _)| (blob, Some(mono.clone())));
    base.store.keep_measured(&found).unwrap();
    assert_eq!(row_of(&base, recording.case_id).sound, Some(mono));
}

#[test]
fn whose_channel_is_whose_stands_beside_the_figures_and_follows_the_recording() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    let channels = || {
        let sql = "SELECT agent, customer FROM acoustics";
        let of = |r: &rusqlite::Row<'_>| Ok((r.get(0)?, r.get(1)?));
        beside(&base).query_row(sql, [], of).unwrap()
    };
    let whose: (Option<u16>, Option<u16>) = channels();
    assert_eq!(whose, (Some(0), Some(1)));
    for (roles, expected) in [
        (
            [ChannelRole::Customer, ChannelRole::Agent],
            (Some(1), Some(0)),
        ),
        ([ChannelRole::Agent, ChannelRole::Unknown], (Some(0), None)),
    ] {
        let mut now = recording_now(&base, recording.id);
        now.roles = roles.to_vec();
        base.save(Action::RecordingRoles, now);
        assert_eq!(channels(), expected);
    }
}

#[test]
fn what_goes_for_good_takes_it_along() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    let purge = Purge::of(
        PurgeId(new_id()),
        (EntityKind::Recording, recording.id.0),
        "到期".into(),
        base.meta(),
    );
    base.save(Action::Purge, purge);
    let rows: i64 = beside(&base)
        .query_row("SELECT count(*) FROM acoustics", [], |r| r.get(0))
        .unwrap();
    assert_eq!((rows, left(&base, 6)), (0, vec![]));
    base.store
        .keep_measured(&measured(&recording, b"one", 7))
        .unwrap();
    assert_eq!(base.store.sound_of(recording.id).unwrap(), None);
}

#[test]
fn what_was_measured_is_read_out_of_a_hurt_database_with_the_rest() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    let before = row_of(&base, recording.case_id);
    let TestWorkspace { dir, store, .. } = base;
    drop(store);
    salvage(dir.path(), &Device::passing()).unwrap();
    let after = open_here(dir.path()).unwrap();
    let measured = SoundOnRecord::Measured(sha256_of(b"one"));
    assert_eq!(after.sound_of(recording.id).unwrap(), Some(measured));
    let rows = after.cases(&CaseQuery::default()).unwrap().rows;
    assert_eq!(rows, [before]);
}

fn listed(base: &TestWorkspace, query: CaseQuery) -> Vec<CaseId> {
    let rows = base.store.cases(&query).unwrap().rows;
    rows.into_iter().map(|row| row.case.id).collect()
}

fn with(base: &TestWorkspace, fact: CaseFact, from: i64) -> Vec<CaseId> {
    let filter = CaseFilter::Between {
        fact,
        from: Some(from),
        to: None,
    };
    listed(
        base,
        CaseQuery {
            filters: vec![filter],
            ..CaseQuery::default()
        },
    )
}

#[rstest]
#[case::silence(CaseFact::Silence, CaseSort::Silence, 240)]
#[case::hold(CaseFact::OnHold, CaseSort::OnHold, 30_000)]
#[case::overtalk(CaseFact::Overtalk, CaseSort::Overtalk, 3)]
#[case::the_agents_share(CaseFact::AgentShare, CaseSort::AgentShare, 600)]
#[case::the_agents_monologue(CaseFact::AgentMonologue, CaseSort::AgentMonologue, 12_000)]
#[case::the_customers(CaseFact::CustomerMonologue, CaseSort::CustomerMonologue, 12_000)]
fn the_library_is_narrowed_and_ordered_by_what_the_sound_tells(
    #[case] fact: CaseFact,
    #[case] sort: CaseSort,
    #[case] value: i64,
) {
    let base = TestWorkspace::new();
    let (known, unknown) = (call(&base, 1), call(&base, 2));
    assert_eq!(with(&base, fact, 0), []);
    base.store
        .keep_measured(&measured(&known, b"one", 5))
        .unwrap();
    assert_eq!(with(&base, fact, value), [known.case_id]);
    assert_eq!(with(&base, fact, value + 1), []);
    for reversed in [false, true] {
        let query = CaseQuery {
            sort,
            reversed,
            ..CaseQuery::default()
        };
        let order = [known.case_id, unknown.case_id];
        assert_eq!(listed(&base, query), order, "what is not known stands last");
    }
    base.store.forget_measured(known.id).unwrap();
    assert_eq!(with(&base, fact, 0), []);
}

#[test]
fn the_agents_figures_in_the_library_follow_the_channel_that_is_the_agents() {
    let base = TestWorkspace::new();
    let recording = call(&base, 1);
    base.store
        .keep_measured(&measured(&recording, b"one", 5))
        .unwrap();
    assert_eq!(with(&base, CaseFact::AgentShare, 600), [recording.case_id]);
    let mut turned = recording_now(&base, recording.id);
    turned.roles = vec![ChannelRole::Customer, ChannelRole::Agent];
    base.save(Action::RecordingRoles, turned);
    assert_eq!(with(&base, CaseFact::AgentShare, 401), []);
    assert_eq!(with(&base, CaseFact::AgentShare, 400), [recording.case_id]);
}
