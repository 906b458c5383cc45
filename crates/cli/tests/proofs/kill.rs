//! Killed at any point, nothing that was acknowledged is lost and nothing half is left.

// The seed and the count are what a person needs from this test.
#![allow(clippy::print_stderr)]

use crate::terminal::{Terminal, known, rows, short_call, text};
use qinting_desk::{AtDesk, Checkup};
use qinting_domain::{CaseId, JobState, ObservationId, Sha256};
use qinting_host::{Host, Options};
use qinting_testkit::demo_model;
use qinting_testkit::dice::Dice;
use qinting_testkit::files::{below, sha256};
use qinting_testkit::wait::wait;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

/// Kills in all; `QINTING_KILL_ROUNDS` asks for more or fewer.
const ROUNDS: u32 = 200;
/// Kills on one workspace: a young one is also killed while it is made.
const PER_WORKSPACE: u32 = 20;
/// A round lives this long, in milliseconds.
const LIFE: std::ops::Range<u64> = 50..400;

/// What one or more rounds acknowledged on a workspace.
#[derive(Default)]
struct Acknowledged {
    marks: HashSet<ObservationId>,
    cases: HashSet<CaseId>,
}

impl Acknowledged {
    /// Takes the whole lines of what a killed process printed.
    fn take(&mut self, printed: &str) {
        let whole = printed.rfind('\n').map_or("", |end| &printed[..end]);
        for line in whole.lines() {
            match line.split_once(' ') {
                Some(("mark", id)) => self.marks.insert(id.parse().expect("an id")),
                Some(("case", id)) => self.cases.insert(id.parse().expect("an id")),
                _ => panic!("not an acknowledgement: {line}"),
            };
        }
    }
}

#[test]
fn killed_at_random_points_nothing_acknowledged_is_lost() {
    let rounds = std::env::var("QINTING_KILL_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok());
    let rounds: u32 = rounds.unwrap_or(ROUNDS);
    let mut dice = Dice::of_today("QINTING_KILL_SEED");
    let (mut marks, mut cases) = (0, 0);
    let mut pitch = 200.0;
    for first in (0..rounds).step_by(PER_WORKSPACE as usize) {
        let terminal = Terminal::new();
        let mut known = Acknowledged::default();
        let mut hashed = HashSet::new();
        for round in first..(first + PER_WORKSPACE).min(rounds) {
            known.take(&one_round(&terminal, round, &mut pitch, dice.within(LIFE)));
            check(&terminal, &known, &mut hashed);
        }
        marks += known.marks.len();
        cases += known.cases.len();
    }
    eprintln!("{rounds} kills, {marks} marks and {cases} imports acknowledged, none lost");
    assert!(
        marks > rounds as usize && cases > 0,
        "too little was going on to prove anything"
    );
}

/// Starts the binary on new files, kills it after `life_ms`, and gives what it had printed.
fn one_round(terminal: &Terminal, round: u32, pitch: &mut f32, life_ms: u64) -> String {
    let files: Vec<PathBuf> = (0..12)
        .map(|n| {
            *pitch += 1.0;
            terminal.tone(&format!("{round}-{n}.wav"), 500, *pitch, 1)
        })
        .collect();
    let args = [OsStr::new("soak")]
        .into_iter()
        .chain(files.iter().map(|f| f.as_os_str()));
    let mut child = terminal
        .command(args)
        .stdout(Stdio::piped())
        .spawn()
        .expect("the binary starts");
    let mut out = child.stdout.take().expect("a pipe");
    let reader = std::thread::spawn(move || {
        let mut printed = String::new();
        out.read_to_string(&mut printed).map(|_| printed)
    });
    // The random moment is the test; nothing is waited for.
    std::thread::sleep(Duration::from_millis(life_ms));
    child.kill().expect("it was running");
    child.wait().expect("it is dead");
    for file in files {
        std::fs::remove_file(file).expect("our own file");
    }
    reader.join().expect("a reader").expect("UTF-8")
}

fn open(terminal: &Terminal) -> Host {
    let models = Some(terminal.models());
    Host::open(Options {
        workspace: terminal.workspace(),
        models,
        player: false,
        device: known(&terminal.workspace()),
    })
    .expect("it opens again")
}

/// Opens the workspace again and holds it to what was acknowledged.
fn check(terminal: &Terminal, known: &Acknowledged, hashed: &mut HashSet<PathBuf>) {
    let host = open(terminal);
    let at_desk = host.at_desk();
    let report: Checkup = at_desk.doctor(()).expect("a report");
    assert!(report.database.sound, "{:?}", report.database.problems);
    assert!(
        report.missing_media.is_empty(),
        "{:?}",
        report.missing_media
    );
    let found = marks(&at_desk);
    let lost: Vec<_> = known
        .marks
        .iter()
        .filter(|id| !found.contains(id))
        .collect();
    assert!(lost.is_empty(), "lost {lost:?}");
    for case in &known.cases {
        assert!(
            at_desk
                .get_case(*case)
                .expect("the case")
                .recording
                .is_some()
        );
    }
    let blobs = host.app().ports.store.blobs().expect("what is on record");
    let blobs = blobs.into_iter();
    let holds: HashMap<String, Sha256> = blobs
        .map(|b| (b.id.0.simple().to_string(), b.sha256))
        .collect();
    drop(host);
    // Opening swept what the killed process left, and every file holds what is on record.
    let media = terminal.workspace().join("media");
    for file in below(&media) {
        let name = file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        assert!(
            !file.to_string_lossy().contains("work-"),
            "left over: {file:?}"
        );
        // When which file was read whole is the one thing there that is no sound.
        if name != "readings" && hashed.insert(file.clone()) {
            assert_eq!(Some(&sha256(&file)), holds.get(&name));
        }
    }
}

fn marks(at_desk: &AtDesk) -> HashSet<ObservationId> {
    let cases = at_desk
        .list_cases(qinting_desk::CaseQuery::default())
        .expect("cases");
    assert_eq!(
        cases.rows.len(),
        cases.total as usize,
        "one page holds them"
    );
    cases
        .rows
        .iter()
        .filter(|row| row.observation_count > 0)
        .flat_map(|row| at_desk.observations_of(row.case.id).expect("marks"))
        .map(|view| view.observation.id)
        .collect()
}

#[test]
fn a_killed_transcription_is_taken_up_again() {
    let model = demo_model();
    let terminal = Terminal::new();
    let Some(call) = short_call(&terminal, 12) else {
        return;
    };
    let imported = terminal.ok([OsStr::new("import"), call.as_os_str()]);
    let case = text(&imported["files"][0]["case_id"]);
    let args = [
        OsStr::new("transcribe"),
        OsStr::new(&case),
        OsStr::new("--model"),
        model.as_os_str(),
    ];

    let mut child = terminal
        .command(args)
        .stdout(Stdio::null())
        .spawn()
        .expect("the binary starts");
    let host = open(&terminal);
    let newest = || {
        host.at_desk()
            .list_jobs(())
            .expect("jobs")
            .into_iter()
            .next()
    };
    // Killed when it has begun and the row says so.
    let begun = || newest().filter(|j| j.state == JobState::Running);
    let running = wait("the text is made", Duration::from_secs(60), || {
        let there = begun();
        let ended = child.try_wait().expect("a child");
        assert!(
            there.is_some() || ended.is_none(),
            "it ended before it was killed"
        );
        there
    });
    child.kill().expect("it was running");
    child.wait().expect("it is dead");
    assert_eq!(
        newest().map(|j| j.state),
        Some(JobState::Running),
        "nobody could tidy up"
    );

    let answer = terminal.ok(args);
    let one = &answer["transcripts"][0];
    assert_eq!(
        (text(&one["job_id"]), text(&one["state"])),
        (running.id.to_string(), "done".into())
    );
    let job = newest().expect("the job");
    assert!(job.attempt > running.attempt, "{job:?}");

    // The same text as of a run that nobody disturbed.
    let spoken = |terminal: &Terminal, case: &str| -> Vec<String> {
        let listed = terminal.ok(["segments", case]);
        rows(&listed["segments"])
            .iter()
            .map(|s| format!("{} {}", s["start_ms"], s["text"]))
            .collect()
    };
    let again = spoken(&terminal, &case);
    let calm = Terminal::new();
    let imported = calm.ok([OsStr::new("import"), call.as_os_str()]);
    let case = text(&imported["files"][0]["case_id"]);
    calm.ok([
        OsStr::new("transcribe"),
        OsStr::new(&case),
        OsStr::new("--model"),
        model.as_os_str(),
    ]);
    assert_eq!(again, spoken(&calm, &case));
}
