//! Background work as rows: queued once, taken in turn, taken up again, given up.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

type Call = (CaseId, RecordingId);

fn text(base: &TestWorkspace, (case_id, recording_id): Call) -> Job {
    let args = Transcribe {
        case_id,
        recording_id,
        model: None,
        language: "auto".into(),
    };
    Job::new(JobId(new_id()), args, base.now())
}

fn renewal(base: &TestWorkspace) -> Job {
    Job::new(JobId(new_id()), RenewIndex {}, base.now())
}

fn intake(base: &TestWorkspace, call: LiveCallId) -> Job {
    Job::new(JobId(new_id()), TakeIn { call_id: call }, base.now())
}

/// Writes a job; gives the one that stands then.
fn put(base: &TestWorkspace, job: &Job) -> Job {
    let written = base.store.write_job(&mut |_| Ok(Some(job.clone())));
    written.unwrap().unwrap()
}

fn claimed(base: &TestWorkspace, kinds: &[JobKind]) -> Claimed {
    base.store.claim_job(kinds, base.now()).unwrap()
}

fn next_text(base: &TestWorkspace) -> Option<Job> {
    claimed(base, &[JobKind::Transcribe]).job
}

/// Brings a job to its end.
fn done(base: &TestWorkspace, job: Option<Job>) -> Option<JobId> {
    let state = JobState::Done;
    job.map(|job| put(base, &Job { state, ..job }).id)
}

fn rows(base: &TestWorkspace) -> Vec<(JobId, JobState)> {
    let all = base.store.jobs(99).unwrap();
    all.into_iter().map(|j| (j.id, j.state)).collect()
}

#[test]
fn jobs_are_taken_oldest_first_and_shown_newest_first() {
    let base = TestWorkspace::new();
    let (one, other) = (base.call("来电", 1), base.call("去电", 2));
    // The clock was set back in between: the id of what was asked for first carries a later time.
    let (second, first) = (text(&base, other), text(&base, one));
    put(&base, &first);
    put(&base, &second);
    let newest: Vec<JobId> = base.store.jobs(10).unwrap().iter().map(|j| j.id).collect();
    assert_eq!(newest, [second.id, first.id]);
    assert_eq!(base.store.jobs(1).unwrap().len(), 1);
    let of = |call: Call| base.store.newest_job_of(JobKind::Transcribe, call.0);
    assert_eq!(of(other).unwrap().unwrap().id, second.id);

    let taken = base
        .store
        .claim_job(&JobKind::ALL, 77)
        .unwrap()
        .job
        .unwrap();
    assert_eq!(
        (taken.id, taken.state, taken.attempt),
        (first.id, JobState::Running, 1)
    );
    assert_eq!(taken.updated_at, 77);
    assert_eq!(base.store.job(first.id).unwrap(), Some(taken.clone()));
    let failed = Job {
        state: JobState::Failed,
        error: Some(ErrorNote::new(codes::SPEECH_WORKER_DIED).with("reason", "signal 9")),
        progress_permille: 400,
        ..taken
    };
    assert_eq!(put(&base, &failed), failed);
    assert_eq!(base.store.job(first.id).unwrap(), Some(failed));
    assert_eq!(done(&base, next_text(&base)), Some(second.id));
    assert_eq!(next_text(&base), None);
    assert_eq!(base.store.job(JobId(new_id())).unwrap(), None);
}

#[test]
fn what_is_more_urgent_is_taken_first_and_only_of_the_kinds_that_may_begin() {
    let base = TestWorkspace::new();
    let slow = renewal(&base);
    let (one, other) = (LiveCallId(new_id()), LiveCallId(new_id()));
    let (urgent, next) = (intake(&base, one), intake(&base, other));
    for job in [&slow, &urgent, &next] {
        put(&base, job);
    }
    let mut waiting = base.store.kinds_going_on().unwrap();
    waiting.sort_by_key(|kind| kind.as_str());
    assert_eq!(waiting, [JobKind::RenewIndex, JobKind::TakeIn]);
    assert_eq!(next_text(&base), None);
    let both = [JobKind::RenewIndex, JobKind::TakeIn];
    let order = [0; 3].map(|_| done(&base, claimed(&base, &both).job));
    assert_eq!(order, [urgent.id, next.id, slow.id].map(Some));
}

#[test]
fn about_the_same_one_job_of_a_kind_goes_on_at_a_time() {
    let base = TestWorkspace::new();
    let (one, other) = (base.call("来电", 1), base.call("去电", 2));
    let first = text(&base, one);
    assert_eq!(put(&base, &first).id, first.id);
    assert_eq!(put(&base, &text(&base, one)).id, first.id, "it waits");
    let running = next_text(&base).unwrap();
    assert_eq!(put(&base, &text(&base, one)), running, "it runs");
    let elsewhere = text(&base, other);
    assert_eq!(put(&base, &elsewhere).id, elsewhere.id);
    // With an operation it is the same.
    let twice = Commit {
        jobs: vec![text(&base, other), renewal(&base), renewal(&base)],
        ..base.operation(Action::CaseEdit, vec![])
    };
    let queued = base.store.commit(twice).unwrap().jobs;
    assert_eq!(queued[0].id, elsewhere.id);
    assert_eq!(queued[1].id, queued[2].id);
    done(&base, Some(running));
    let again = text(&base, one);
    assert_eq!(put(&base, &again).id, again.id);
    assert_eq!(base.store.jobs(99).unwrap().len(), 4);
}

#[test]
fn an_operation_that_is_refused_queues_nothing() {
    let base = TestWorkspace::new();
    let (case, _) = base.call("来电", 1);
    let mut record = base
        .store
        .record(EntityKind::Case, case.0)
        .unwrap()
        .unwrap();
    record.meta_mut().rev += 1;
    let refused = Commit {
        jobs: vec![renewal(&base)],
        ..base.operation(Action::CaseEdit, vec![record])
    };
    let refusal = base.store.commit(refused).unwrap_err();
    assert_eq!(refusal.code(), codes::CONFLICT);
    assert_eq!(rows(&base), []);
}

#[test]
fn the_newest_text_job_says_how_the_text_stands() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let first = text(&base, call);
    let shown = || base.store.cases(&CaseQuery::default()).unwrap().rows[0].transcript;
    let state = |state: JobState| {
        put(
            &base,
            &Job {
                state,
                ..first.clone()
            },
        );
        shown()
    };
    assert_eq!(state(JobState::Queued), TranscriptState::Queued);
    assert_eq!(state(JobState::Running), TranscriptState::Running);
    assert_eq!(state(JobState::Cancelled), TranscriptState::None);
    assert_eq!(state(JobState::Failed), TranscriptState::Failed);
    assert_eq!(
        state(JobState::Done),
        TranscriptState::Done,
        "silence is a finished text"
    );
    put(&base, &intake(&base, LiveCallId(call.1.0)));
    assert_eq!(shown(), TranscriptState::Done, "of another kind");
    put(&base, &text(&base, call));
    assert_eq!(shown(), TranscriptState::Queued);
}

#[test]
fn a_job_that_a_dead_process_left_is_taken_up_again() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    put(&base, &text(&base, call));
    next_text(&base).unwrap();

    let neighbour = open_here(base.dir.path()).unwrap();
    let theirs = neighbour.claim_job(&[JobKind::Transcribe], 6).unwrap();
    assert_eq!(theirs.job, None, "another living process works on it");
    drop(neighbour);

    let base = base.reopened();
    let again = next_text(&base).unwrap();
    assert_eq!((again.attempt, again.progress_permille), (2, 0));
}

/// Dies at a job until it is given up.
fn dies_at(mut base: TestWorkspace, job: &Job) -> (TestWorkspace, Job) {
    put(&base, job);
    let kinds = [job.work.kind().unwrap()];
    for start in 1..=3 {
        let begun = claimed(&base, &kinds);
        assert_eq!(begun.job.unwrap().attempt, start);
        assert!(begun.given_up.is_empty());
        base = base.reopened();
    }
    let mut end = claimed(&base, &kinds);
    assert_eq!(end.job, None);
    (base, end.given_up.remove(0))
}

#[test]
fn a_job_at_which_the_program_dies_three_times_is_given_up_and_told() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let deadly = text(&base, call);
    let (base, given_up) = dies_at(base, &deadly);
    assert_eq!(base.store.job(deadly.id).unwrap().as_ref(), Some(&given_up));
    let why = ErrorNote::new(codes::SPEECH_GIVEN_UP).with("times", 3);
    assert_eq!(
        (given_up.state, given_up.error),
        (JobState::Failed, Some(why))
    );

    // Asked for by hand it is a new one.
    put(&base, &text(&base, call));
    assert_eq!(next_text(&base).unwrap().attempt, 1);
}

#[test]
fn what_nobody_asked_for_is_left_alone_for_a_week_when_it_was_given_up() {
    let base = TestWorkspace::new();
    let call = LiveCallId(new_id());
    let deadly = intake(&base, call);
    let (base, given_up) = dies_at(base, &deadly);
    assert_eq!(given_up.error.clone().unwrap().code, codes::LIVE_GIVEN_UP);
    assert_eq!(put(&base, &intake(&base, call)), given_up);
    assert!(base.store.kinds_going_on().unwrap().is_empty());
    let later = Job::new(
        JobId(new_id()),
        TakeIn { call_id: call },
        given_up.updated_at + LEFT_ALONE_MS,
    );
    assert_eq!(put(&base, &later).id, later.id);
    assert_eq!(rows(&base), [(later.id, JobState::Queued)]);
}

#[test]
fn what_nobody_asked_for_leaves_no_row_behind_unless_it_failed() {
    let base = TestWorkspace::new();
    for state in [JobState::Done, JobState::Cancelled] {
        let job = renewal(&base);
        put(&base, &job);
        put(&base, &Job { state, ..job });
        assert_eq!(rows(&base), []);
    }
    let failed = Job {
        state: JobState::Failed,
        error: Some(ErrorNote::new(codes::DISK_FULL)),
        ..renewal(&base)
    };
    put(
        &base,
        &Job {
            state: JobState::Queued,
            ..failed.clone()
        },
    );
    put(&base, &failed);
    assert_eq!(rows(&base), [(failed.id, JobState::Failed)]);
    // The next start queues it anew: the old failure is no news any more.
    let next = renewal(&base);
    put(&base, &next);
    assert_eq!(rows(&base), [(next.id, JobState::Queued)]);
}

#[test]
fn what_another_version_queued_is_listed_and_left_alone() {
    let base = TestWorkspace::new();
    let conn = rusqlite::Connection::open(base.dir.path().join("workspace.db")).unwrap();
    let insert =
        "INSERT INTO job (id, kind, about, args, priority, state, progress_permille, attempt,
            created_at, updated_at)
        VALUES (?1, ?2, zeroblob(16), '{\"sheets\":3}', 9, ?3, 70, 1, 1, 1)";
    let theirs = [
        (1, "edition", "queued"),
        (2, "edition", "running"),
        (3, "transcribe", "queued"),
    ];
    for (id, kind, state) in theirs {
        let id = uuid::Uuid::from_u128(id);
        conn.execute(insert, (id.as_bytes(), kind, state)).unwrap();
    }
    let listed = base.store.jobs(9).unwrap();
    let names: Vec<_> = listed.iter().map(|job| job.work.clone()).collect();
    let other = |name: &str| JobWork::Other { name: name.into() };
    assert_eq!(names, ["transcribe", "edition", "edition"].map(other));
    assert_eq!(claimed(&base, &JobKind::ALL).job, None);
    assert_eq!(base.store.jobs(9).unwrap(), listed);
    // Whatever is written of one, what it was told stays.
    let state = JobState::Cancelled;
    let mine = listed[1].clone();
    put(&base, &Job { state, ..mine });
    let args: String = conn
        .query_row("SELECT args FROM job WHERE state = 'cancelled'", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert_eq!(args, "{\"sheets\":3}");
    let new = Job::new(JobId(new_id()), other("edition"), 5);
    assert!(
        base.store
            .write_job(&mut |_| Ok(Some(new.clone())))
            .is_err()
    );
}
