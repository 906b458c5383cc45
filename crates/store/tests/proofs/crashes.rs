//! Killed at any point, and several at once: what was acknowledged is there, and nothing is torn.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use qinting_store::Workspace;
use qinting_testkit::dice::Dice;
use std::collections::HashSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// Where the writing process finds its workspace; the call it marks; how many rounds it writes.
const FOLDER: &str = "QINTING_STORE_TEST_FOLDER";
const CALL: &str = "QINTING_STORE_TEST_CALL";
const ROUNDS: &str = "QINTING_STORE_TEST_ROUNDS";
/// Begins each line in which the writing process says what is durable.
const ACKNOWLEDGED: &str = "acknowledged ";

fn base_of(store: Workspace, dir: tempfile::TempDir) -> TestWorkspace {
    let person = store.people().unwrap()[0].id;
    TestWorkspace::around(dir, store, person)
}

/// Not a test of its own: the process the others start, kill, and set against each other.
#[test]
#[ignore = "started by the other tests of this file"]
fn the_writing_process() {
    let Ok(folder) = std::env::var(FOLDER) else {
        return;
    };
    let ids: Vec<Uuid> = std::env::var(CALL)
        .unwrap()
        .split(' ')
        .map(|id| id.parse().unwrap())
        .collect();
    let call = (CaseId(ids[0]), RecordingId(ids[1]));
    let rounds: u64 = std::env::var(ROUNDS).unwrap().parse().unwrap();
    let nowhere = tempfile::tempdir().unwrap();
    let base = base_of(open_here(Path::new(&folder)).unwrap(), nowhere);
    let mut out = std::io::stdout();
    let mut acknowledge = |op: OpId| {
        writeln!(out, "{ACKNOWLEDGED}{op}").unwrap();
        out.flush().unwrap();
    };
    for n in 0..rounds {
        let mut mark = base.new_mark(call, n * 100, "退款被拒，客户很急");
        mark.tags = base.store.tags().unwrap().iter().map(|t| t.id).collect();
        let issue = base.new_issue("退款慢");
        let link = base.new_link(issue.id, mark.id);
        let operation = base.operation(
            Action::IssueCreate,
            vec![mark.into(), issue.into(), link.into()],
        );
        let op = operation.op_id;
        base.store.commit(operation).unwrap();
        acknowledge(op);
        if n % 5 == 4 {
            let lines = base.lines(&[(0, 900, 0, "您好"), (1_000, 2_000, 1, "我要退款")]);
            let op = OpId(new_id());
            base.put_text(op, &base.sealed(call.1, &lines).unwrap())
                .unwrap();
            acknowledge(op);
        }
    }
}

fn start_writer(folder: &Path, call: (CaseId, RecordingId), rounds: u64) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "the_writing_process", "--ignored", "--nocapture"])
        .env(FOLDER, folder)
        .env(CALL, format!("{} {}", call.0, call.1))
        .env(ROUNDS, rounds.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Operations in the order they were acknowledged; a line that was cut off does not count.
fn acknowledged(out: impl BufRead) -> impl Iterator<Item = OpId> {
    let lines = out.split(b'\n').map_while(Result::ok);
    lines.filter_map(|line| {
        let line = String::from_utf8(line).ok()?;
        line.split(ACKNOWLEDGED).nth(1)?.trim().parse().ok()
    })
}

#[test]
fn whatever_was_acknowledged_survives_a_kill_at_any_point() {
    let base = TestWorkspace::new();
    base.tag("情绪", 1);
    let call = base.call("来电", 1);
    let TestWorkspace { dir, store, .. } = base;
    drop(store);

    let mut everything: HashSet<OpId> = HashSet::new();
    // A fixed sequence of kill points: after so many acknowledgements and so many microseconds.
    let mut dice = Dice::new(7);
    for _ in 0..60 {
        let mut writer = start_writer(dir.path(), call, u64::MAX);
        let mut out = BufReader::new(writer.stdout.take().unwrap());
        everything.extend(acknowledged(&mut out).take(dice.below(12)));
        let until = Instant::now() + Duration::from_micros(dice.within(0..4_000));
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        writer.kill().unwrap();
        writer.wait().unwrap();
        // What it said before it died was promised too.
        everything.extend(acknowledged(&mut out));

        let store = open_here(dir.path()).unwrap();
        let report = store.check_database(false).unwrap();
        assert!(report.sound, "{:?}", report.problems);
    }

    let base = base_of(open_here(dir.path()).unwrap(), dir);
    assert!(
        everything.len() > 100,
        "only {} operations were acknowledged",
        everything.len()
    );
    for op in &everything {
        let changes = base.store.changes_of_op(*op).unwrap();
        // A text takes the place of the one before it.
        let whole = match changes.iter().any(|c| c.action == Action::TranscriptWrite) {
            true => [1, 2],
            false => [1, 3],
        };
        assert!(
            whole.contains(&changes.len()),
            "{op} is torn or lost: {changes:?}"
        );
    }
    let report = base.store.check_database(true).unwrap();
    assert!(report.sound, "{:?}", report.problems);
    let count = |table: &str| report.counts[table];
    assert_eq!(
        (count("issue"), count("issue_link")),
        (count("observation"), count("observation"))
    );
    let newest = base
        .store
        .issues(&IssueQuery {
            limit: 1,
            ..issues_query()
        })
        .unwrap();
    assert_eq!(
        newest.total, newest.rows[0].issue.number,
        "no number was skipped or given twice"
    );
    assert_eq!(base.find_in("被拒", &[SearchScope::Observation]).len(), 50);
}

#[test]
fn two_processes_write_into_one_workspace_without_losing_or_mixing_anything() {
    const ROUNDS: u64 = 80;
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let mut writers: Vec<Child> = (0..2)
        .map(|_| start_writer(base.dir.path(), call, ROUNDS))
        .collect();
    let outs: Vec<_> = writers
        .iter_mut()
        .map(|w| w.stdout.take().unwrap())
        .collect();
    let said: Vec<OpId> = std::thread::scope(|scope| {
        let listening: Vec<_> = outs
            .into_iter()
            .map(|out| scope.spawn(|| acknowledged(BufReader::new(out)).collect::<Vec<_>>()))
            .collect();
        // This process reads and writes beside them.
        for n in 0..ROUNDS {
            base.comment(base.issue("我也写").id, "同时");
            let page = base.store.observations(&observations_query()).unwrap();
            assert!(
                page.rows.iter().all(|v| v.issues.len() == 1),
                "round {n} saw half of one"
            );
        }
        listening
            .into_iter()
            .flat_map(|l| l.join().unwrap())
            .collect()
    });
    for writer in &mut writers {
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(said.len() as u64, 2 * (ROUNDS + ROUNDS / 5));
    for op in &said {
        assert!(!base.store.changes_of_op(*op).unwrap().is_empty());
    }
    let all = base
        .store
        .issues(&IssueQuery {
            limit: 500,
            ..issues_query()
        })
        .unwrap();
    let numbers: Vec<u32> = all.rows.iter().rev().map(|r| r.issue.number).collect();
    assert_eq!(numbers, (1..=(3 * ROUNDS) as u32).collect::<Vec<_>>());
    assert!(base.store.check_database(true).unwrap().sound);
}

#[test]
fn threads_of_one_process_write_and_read_side_by_side() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for n in 0..20 {
                    let mark = base.mark(call, n, "退款");
                    let hits = base.find_in("退款", &[SearchScope::Observation]);
                    let is_it = |h: &SearchHit| {
                        matches!(h.target, SearchTarget::Observation { observation_id, .. } if observation_id == mark.id)
                    };
                    assert!(hits.iter().any(is_it) || hits.len() == 50);
                }
            });
        }
    });
    assert_eq!(base.store.observations_of(call.0).unwrap().len(), 120);
}
