//! The bin: what was taken away is in it until somebody puts it back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

const DAY_MS: u64 = 86_400_000;

fn bin(base: &TestWorkspace) -> Vec<BinRow> {
    let all = BinQuery {
        offset: 0,
        limit: 100,
    };
    let page = base.store.bin(&all).unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

/// The program sees this much time pass; gives the wall time.
fn see(base: &TestWorkspace, from: UnixMs, ms: u64) -> UnixMs {
    let at = from + i64::try_from(ms).unwrap();
    let beat = Beat {
        at,
        elapsed_ms: ms,
        jump_ms: 0,
    };
    base.store.beat(&beat).unwrap();
    at
}

#[test]
fn a_case_that_is_taken_away_is_in_the_bin_with_what_rests_on_it_and_leaves_it_when_put_back() {
    let base = TestWorkspace::new();
    let (first, second) = (base.call("退款来电", 1), base.call("发货慢", 2));
    base.call("留着的", 3);
    let (a, b) = (base.mark(first, 0, "一"), base.mark(first, 5_000, "二"));
    let issue = base.issue("七天");
    base.link(issue.id, a.id);
    base.link(issue.id, b.id);
    assert!(bin(&base).is_empty());

    base.delete(EntityKind::Case, first.0.0);
    base.delete(EntityKind::Case, second.0.0);
    let rows = bin(&base);
    let facts: Vec<_> = rows
        .iter()
        .map(|r| (r.case.title.as_str(), r.observation_count, r.issue_count))
        .collect();
    assert_eq!(facts, [("发货慢", 0, 0), ("退款来电", 2, 1)]);
    assert_eq!(
        (
            rows[1].recording_id,
            rows[1].duration_ms,
            rows[1].by.as_str()
        ),
        (Some(first.1), 10_000, "林夕")
    );
    assert!(rows[0].since > rows[1].since);
    assert!(base.store.is_in_bin(first.0).unwrap());

    base.restore(EntityKind::Case, first.0.0);
    assert_eq!(bin(&base).len(), 1);
    assert!(!base.store.is_in_bin(first.0).unwrap());
    assert_eq!(base.store.observations_of(first.0).unwrap().len(), 2);
    assert_eq!(base.store.evidence_of(issue.id).unwrap().len(), 2);
}

#[test]
fn the_empty_case_of_a_call_that_moved_or_never_began_is_not_in_the_bin() {
    let base = TestWorkspace::new();
    let (case, recording) = base.call("录音", 1);
    let mut moved = base.live("对上的");
    moved.alignment = Some(Alignment {
        recording_id: recording,
        case_id: case,
        offset_ms: 0,
        method: AlignMethod::Hand,
        confidence: 100,
    });
    let cancelled = base.live("没开始的");
    base.save(Action::LiveAlign, moved.clone());
    base.delete(EntityKind::LiveCall, cancelled.id.0);
    for call in [&moved, &cancelled] {
        base.delete(EntityKind::Case, call.case_id.0);
        assert!(!base.store.is_in_bin(call.case_id).unwrap());
    }
    assert!(bin(&base).is_empty());
}

#[test]
fn days_in_the_bin_are_those_the_program_saw() {
    let base = TestWorkspace::new();
    let (early, late) = (base.call("早", 1), base.call("晚", 2));
    let mut at = see(&base, 0, 0);
    at = see(&base, at, 5 * DAY_MS);
    base.delete(EntityKind::Case, early.0.0);
    at = see(&base, at, 2 * DAY_MS);
    // The program is off for a month; the next run begins with a beat that saw nothing.
    at = see(&base, at + 30 * DAY_MS as i64, 0);
    base.delete(EntityKind::Case, late.0.0);
    at = see(&base, at, DAY_MS + 5);
    let seen: Vec<u32> = bin(&base).iter().map(|r| r.seen_days).collect();
    assert_eq!(seen, [1, 3]);

    // Two programs at once see the same hours.
    let neighbour = open_here(base.dir.path()).unwrap();
    for half_day in 1..=4i64 {
        let beat = Beat {
            at: at + half_day * (DAY_MS as i64 / 2),
            elapsed_ms: DAY_MS,
            jump_ms: 0,
        };
        match half_day % 2 {
            0 => base.store.beat(&beat).unwrap(),
            _ => neighbour.beat(&beat).unwrap(),
        }
    }
    let seen: Vec<u32> = bin(&base).iter().map(|r| r.seen_days).collect();
    assert_eq!(seen, [3, 5]);
    // A clock that was set back takes nothing away.
    see(&base, 0, 0);
    assert_eq!(bin(&base)[0].seen_days, 3);
}

#[test]
fn a_jump_of_the_clock_counts_only_when_somebody_says_so() {
    let base = TestWorkspace::new();
    let (before, after) = (base.call("前", 1), base.call("后", 2));
    base.delete(EntityKind::Case, before.0.0);
    let jump = |at: UnixMs| Beat {
        at,
        elapsed_ms: 1_000,
        jump_ms: 3 * DAY_MS,
    };
    let days = || -> Vec<u32> { bin(&base).iter().map(|r| r.seen_days).collect() };
    let noticed = 10 * DAY_MS as i64;
    base.store.beat(&jump(noticed)).unwrap();
    let asked = base.store.clock_jump().unwrap().unwrap();
    assert_eq!((asked.ms, asked.at), (3 * DAY_MS, noticed));
    assert_eq!(days(), [0]);
    base.store.settle_jump(false).unwrap();
    assert_eq!((base.store.clock_jump().unwrap(), days()), (None, vec![0]));

    base.store.beat(&jump(noticed)).unwrap();
    let mut gone = base
        .store
        .record(EntityKind::Case, after.0.0)
        .unwrap()
        .unwrap();
    gone.meta_mut().deleted_at = Some(noticed);
    let mut late = base.operation(Action::CaseDelete, vec![gone]);
    late.at = noticed;
    base.store.commit(late).unwrap();
    base.store.settle_jump(true).unwrap();
    assert_eq!(
        days(),
        [0, 3],
        "only what was in the bin by then grew older"
    );
}

#[test]
fn bytes_stay_on_record_with_tombstones_and_with_what_undo_could_bring_back() {
    let base = TestWorkspace::new();
    let blob = |recording_id, sha256: Sha256| Blob {
        id: BlobId(new_id()),
        recording_id,
        role: BlobRole::Audio,
        format: PLAIN,
        sha256,
        bytes: Some(7),
    };
    let (case, id) = base.call("删掉", 2);
    let Some(Record::Recording(old)) = base.store.record(EntityKind::Recording, id.0).unwrap()
    else {
        panic!("no recording");
    };
    let first = blob(id, old.audio_sha256.clone());
    let again = Recording {
        audio_sha256: hex(&[9, 1]),
        ..old
    };
    let other = blob(id, again.audio_sha256.clone());
    let mut taken_again = base.operation(Action::RecordingRetake, vec![again.into()]);
    taken_again.blobs = vec![first.clone(), other.clone()];
    base.store.commit(taken_again).unwrap();
    base.delete(EntityKind::Recording, id.0);
    base.delete(EntityKind::Case, case.0);
    assert_eq!(base.store.blobs().unwrap(), [first.clone(), other]);
    let found = base.store.blob_of(id, &first.sha256).unwrap();
    assert_eq!(found, Some(first.clone()));
    assert_eq!(base.store.blob_of(id, &hex(&[9, 9])).unwrap(), None);

    // Another recording of the same sound has bytes of its own; one recording has them once.
    let (_, twin) = base.call("又一通", 3);
    let mut twins = base.operation(Action::CaseEdit, Vec::new());
    twins.blobs = vec![
        blob(twin, first.sha256.clone()),
        blob(id, first.sha256.clone()),
    ];
    base.store.commit(twins).unwrap();
    let all = base.store.blobs().unwrap();
    let same = all.iter().filter(|b| b.sha256 == first.sha256);
    let whose: Vec<RecordingId> = same.map(|b| b.recording_id).collect();
    assert_eq!(whose, [id, twin]);
    assert_eq!(base.store.blob_of(id, &first.sha256).unwrap(), Some(first));
}

#[test]
fn the_recording_in_the_bin_is_known_by_its_bytes_and_by_its_sound() {
    let base = TestWorkspace::new();
    let (case, id) = base.call("来电", 1);
    let known = |n: u8| {
        let found = base.store.binned_by_hash(&hex(&[1, n])).unwrap();
        found.map(|r| r.id)
    };
    assert_eq!(known(0), None);
    base.delete(EntityKind::Case, case.0);
    assert_eq!((known(0), known(1), known(2)), (Some(id), Some(id), None));
}

/// Every byte of every file in the workspace.
fn holds(base: &TestWorkspace, word: &str) -> bool {
    let files = std::fs::read_dir(base.dir.path()).unwrap();
    files.flatten().filter(|e| e.path().is_file()).any(|e| {
        let bytes = std::fs::read(e.path()).unwrap();
        bytes.windows(word.len()).any(|w| w == word.as_bytes())
    })
}

#[test]
fn words_that_were_replaced_leave_no_trace_on_disk() {
    let mut base = TestWorkspace::new();
    let call = base.call("来电", 1);
    for (round, word) in ["xylophone", "quagmire"].into_iter().enumerate() {
        let lines: Vec<(u64, u64, u16, String)> = (0..300)
            .map(|n| (n * 10, n * 10 + 9, 0, format!("{word} {n} 退货")))
            .collect();
        let lines: Vec<(u64, u64, u16, &str)> = lines
            .iter()
            .map(|(start, end, channel, text)| (*start, *end, *channel, text.as_str()))
            .collect();
        base.transcript(call.1, &lines);
        base = base.reopened();
        assert!(
            holds(&base, word),
            "the search finds nothing: the test is blind"
        );
        base.transcript(call.1, &[(0, 9, 0, "别的话")]);
        while base.store.forget_removed().unwrap() {}
        base = base.reopened();
        assert!(!holds(&base, word), "round {round}");
    }
    assert!(base.store.check_database(true).unwrap().sound);
    assert_eq!(base.find("别的").len(), 1);
    assert!(
        !base.store.forget_removed().unwrap(),
        "nothing is left to do"
    );
}
