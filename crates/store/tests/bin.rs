//! The bin: what was taken away is in it until somebody puts it back.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;

const DAY_MS: u64 = 86_400_000;

fn bin(desk: &Desk) -> Vec<BinRow> {
    let all = BinQuery {
        offset: 0,
        limit: 100,
    };
    let page = desk.store.bin(&all).unwrap();
    assert_eq!(page.total as usize, page.rows.len());
    page.rows
}

/// The program sees this much time pass; gives the wall time.
fn see(desk: &Desk, from: UnixMs, ms: u64) -> UnixMs {
    let at = from + i64::try_from(ms).unwrap();
    let beat = Beat {
        at,
        elapsed_ms: ms,
        jump_ms: 0,
    };
    desk.store.beat(&beat).unwrap();
    at
}

#[test]
fn a_case_that_is_taken_away_is_in_the_bin_with_what_rests_on_it_and_leaves_it_when_put_back() {
    let desk = Desk::new();
    let (first, second) = (desk.call("退款来电", 1), desk.call("发货慢", 2));
    desk.call("留着的", 3);
    let (a, b) = (desk.mark(first, 0, "一"), desk.mark(first, 5_000, "二"));
    let issue = desk.issue("七天");
    desk.link(issue.id, a.id);
    desk.link(issue.id, b.id);
    assert!(bin(&desk).is_empty());

    desk.delete(EntityKind::Case, first.0.0);
    desk.delete(EntityKind::Case, second.0.0);
    let rows = bin(&desk);
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
    assert!(desk.store.is_in_bin(first.0).unwrap());

    desk.restore(EntityKind::Case, first.0.0);
    assert_eq!(bin(&desk).len(), 1);
    assert!(!desk.store.is_in_bin(first.0).unwrap());
    assert_eq!(desk.store.observations_of(first.0).unwrap().len(), 2);
    assert_eq!(desk.store.evidence_of(issue.id).unwrap().len(), 2);
}

#[test]
fn the_empty_case_of_a_call_that_moved_or_never_began_is_not_in_the_bin() {
    let desk = Desk::new();
    let (case, recording) = desk.call("录音", 1);
    let mut moved = desk.live("对上的");
    moved.alignment = Some(Alignment {
        recording_id: recording,
        case_id: case,
        offset_ms: 0,
        method: AlignMethod::Hand,
        confidence: 100,
    });
    let cancelled = desk.live("没开始的");
    desk.save(Action::LiveAlign, moved.clone());
    desk.delete(EntityKind::LiveCall, cancelled.id.0);
    for call in [&moved, &cancelled] {
        desk.delete(EntityKind::Case, call.case_id.0);
        assert!(!desk.store.is_in_bin(call.case_id).unwrap());
    }
    assert!(bin(&desk).is_empty());
}

#[test]
fn days_in_the_bin_are_those_the_program_saw() {
    let desk = Desk::new();
    let (early, late) = (desk.call("早", 1), desk.call("晚", 2));
    let mut at = see(&desk, 0, 0);
    at = see(&desk, at, 5 * DAY_MS);
    desk.delete(EntityKind::Case, early.0.0);
    at = see(&desk, at, 2 * DAY_MS);
    // The program is off for a month; the next run begins with a beat that saw nothing.
    at = see(&desk, at + 30 * DAY_MS as i64, 0);
    desk.delete(EntityKind::Case, late.0.0);
    at = see(&desk, at, DAY_MS + 5);
    let seen: Vec<u32> = bin(&desk).iter().map(|r| r.seen_days).collect();
    assert_eq!(seen, [1, 3]);

    // Two programs at once see the same hours.
    let neighbour = qinting_store::Workspace::open(desk.dir.path()).unwrap();
    for half_day in 1..=4i64 {
        let beat = Beat {
            at: at + half_day * (DAY_MS as i64 / 2),
            elapsed_ms: DAY_MS,
            jump_ms: 0,
        };
        match half_day % 2 {
            0 => desk.store.beat(&beat).unwrap(),
            _ => neighbour.beat(&beat).unwrap(),
        }
    }
    let seen: Vec<u32> = bin(&desk).iter().map(|r| r.seen_days).collect();
    assert_eq!(seen, [3, 5]);
    // A clock that was set back takes nothing away.
    see(&desk, 0, 0);
    assert_eq!(bin(&desk)[0].seen_days, 3);
}

#[test]
fn a_jump_of_the_clock_counts_only_when_somebody_says_so() {
    let desk = Desk::new();
    let (before, after) = (desk.call("前", 1), desk.call("后", 2));
    desk.delete(EntityKind::Case, before.0.0);
    let jump = |at: UnixMs| Beat {
        at,
        elapsed_ms: 1_000,
        jump_ms: 3 * DAY_MS,
    };
    let days = || -> Vec<u32> { bin(&desk).iter().map(|r| r.seen_days).collect() };
    let noticed = 10 * DAY_MS as i64;
    desk.store.beat(&jump(noticed)).unwrap();
    let asked = desk.store.clock_jump().unwrap().unwrap();
    assert_eq!((asked.ms, asked.at), (3 * DAY_MS, noticed));
    assert_eq!(days(), [0]);
    desk.store.settle_jump(false).unwrap();
    assert_eq!((desk.store.clock_jump().unwrap(), days()), (None, vec![0]));

    desk.store.beat(&jump(noticed)).unwrap();
    let mut gone = desk
        .store
        .record(EntityKind::Case, after.0.0)
        .unwrap()
        .unwrap();
    gone.meta_mut().deleted_at = Some(noticed);
    let mut late = desk.operation(Action::CaseDelete, vec![gone]);
    late.at = noticed;
    desk.store.commit(late).unwrap();
    desk.store.settle_jump(true).unwrap();
    assert_eq!(
        days(),
        [0, 3],
        "only what was in the bin by then grew older"
    );
}

#[test]
fn media_is_named_by_tombstones_and_by_what_undo_could_bring_back() {
    let desk = Desk::new();
    let (_, kept) = desk.call("留着", 1);
    let (case, gone) = desk.call("删掉", 2);
    desk.delete(EntityKind::Recording, gone.0);
    desk.delete(EntityKind::Case, case.0);
    let Some(Record::Recording(old)) = desk.store.record(EntityKind::Recording, kept.0).unwrap()
    else {
        panic!("no recording");
    };
    let again = Recording {
        audio_sha256: hex(&[9, 1]),
        peaks_sha256: hex(&[9, 2]),
        sources: vec![SourceFile {
            sha256: hex(&[9, 0]),
            ..old.sources[0].clone()
        }],
        ..old
    };
    desk.save(Action::CaseEdit, again);
    let named = desk.store.media_named().unwrap();
    for seed in [1, 2, 9] {
        for part in [0, 1, 2] {
            assert!(named.contains(&hex(&[seed, part])), "{seed} {part}");
        }
    }
    assert_eq!(named.len(), 9);
}

#[test]
fn the_recording_in_the_bin_is_known_by_its_bytes_and_by_its_sound() {
    let desk = Desk::new();
    let (case, id) = desk.call("来电", 1);
    let known = |n: u8| {
        let found = desk.store.binned_by_hash(&hex(&[1, n])).unwrap();
        found.map(|r| r.id)
    };
    assert_eq!(known(0), None);
    desk.delete(EntityKind::Case, case.0);
    assert_eq!((known(0), known(1), known(2)), (Some(id), Some(id), None));
}

/// Every byte of every file in the workspace.
fn holds(desk: &Desk, word: &str) -> bool {
    let files = std::fs::read_dir(desk.dir.path()).unwrap();
    files.flatten().filter(|e| e.path().is_file()).any(|e| {
        let bytes = std::fs::read(e.path()).unwrap();
        bytes.windows(word.len()).any(|w| w == word.as_bytes())
    })
}

#[test]
fn words_that_were_replaced_leave_no_trace_on_disk() {
    let mut desk = Desk::new();
    let call = desk.call("来电", 1);
    for (round, word) in ["xylophone", "quagmire"].into_iter().enumerate() {
        let lines: Vec<(u64, u64, u16, String)> = (0..300)
            .map(|n| (n * 10, n * 10 + 9, 0, format!("{word} {n} 退货")))
            .collect();
        let lines: Vec<(u64, u64, u16, &str)> = lines
            .iter()
            .map(|(start, end, channel, text)| (*start, *end, *channel, text.as_str()))
            .collect();
        desk.transcript(call.1, &lines);
        desk = desk.reopened();
        assert!(
            holds(&desk, word),
            "the search finds nothing: the test is blind"
        );
        desk.transcript(call.1, &[(0, 9, 0, "别的话")]);
        while desk.store.forget_removed().unwrap() {}
        desk = desk.reopened();
        assert!(!holds(&desk, word), "round {round}");
    }
    assert!(desk.store.check_database(true).unwrap().sound);
    assert_eq!(desk.find("别的").len(), 1);
    assert!(
        !desk.store.forget_removed().unwrap(),
        "nothing is left to do"
    );
}
