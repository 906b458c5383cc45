//! Jobs of any kind: what is queued with what, who may begin when, what becomes of what broke off.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::code;
use crate::common::live::*;
use crate::common::moody::{Meanwhile, Mood, moody, moody_booth};
use qinting_desk::*;
use qinting_domain::*;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tempfile::TempDir;

/// Jobs of a kind, told of or not.
fn jobs(booth: &Booth, kind: JobKind) -> Vec<Job> {
    let mut all = booth.store().jobs(99).unwrap();
    all.retain(|job| job.work.kind() == Some(kind));
    all
}

fn look(booth: &Booth) {
    booth.stage.desk.look_for_cut_off_calls().unwrap();
}

fn job_events(booth: &Booth) -> usize {
    booth.told(|e| matches!(e, AppEvent::Record(RecordEvent::Job { .. })))
}

#[test]
fn the_end_of_a_cut_off_call_is_on_record_together_with_the_job_that_takes_its_sound_in() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    look(&booth);
    assert_eq!(booth.live_call(call.id).state, LiveState::Recovered);
    let queued = jobs(&booth, JobKind::TakeIn);
    assert_eq!(queued.len(), 1);
    // The program dies before it had its turn: the next start finds it, and queues no second one.
    let booth = booth.crash(|_| {});
    look(&booth);
    assert_eq!(jobs(&booth, JobKind::TakeIn), queued);
    booth.stage.desk.drain_beside().unwrap();
    assert!(booth.recording(call.recording_id).has_audio());
    assert_eq!(jobs(&booth, JobKind::TakeIn), []);
    assert_eq!(jobs(&booth, JobKind::Transcribe).len(), 1);
}

#[test]
fn an_end_that_cannot_be_written_queues_nothing() {
    let (booth, mood) = moody_booth();
    let (booth, call, _) = cut_off_at(booth);
    let booth = booth.crash(|given| moody(given, &mood));
    mood.refuses.lock().push("commit");
    look(&booth);
    assert_eq!(booth.live_call(call.id).state, LiveState::Listening);
    assert!(booth.store().kinds_going_on().unwrap().is_empty());
    mood.refuses.lock().clear();
    booth.recover();
    assert!(booth.recording(call.recording_id).has_audio());
}

#[test]
fn a_call_whose_end_an_older_version_put_on_record_is_taken_in_too() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    look(&booth);
    let job = jobs(&booth, JobKind::TakeIn).remove(0);
    booth.at_desk().cancel_job(job.id).unwrap();
    assert_eq!(jobs(&booth, JobKind::TakeIn), [], "as it left it");
    let booth = booth.crash(|_| {});
    booth.recover();
    assert!(booth.recording(call.recording_id).has_audio());
}

#[test]
fn sound_that_cannot_be_taken_in_is_told_and_tried_again_at_the_next_start() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    *booth.intake.refuses.lock() = Some(codes::DISK_FULL);
    booth.recover();
    assert!(!booth.recording(call.recording_id).has_audio());
    assert_eq!(booth.notices(), [codes::DISK_FULL]);
    let told = booth.at_desk().list_jobs(()).unwrap();
    assert_eq!((told.len(), told[0].state), (1, JobState::Failed));
    // The text of the case is another matter.
    let case = booth.at_desk().get_case(call.case_id).unwrap();
    assert_eq!((case.job, case.transcript), (None, TranscriptState::None));

    let booth = booth.crash(|_| {});
    booth.recover();
    assert!(booth.recording(call.recording_id).has_audio());
    assert_eq!(jobs(&booth, JobKind::TakeIn), []);
}

#[test]
fn a_person_who_tries_it_again_need_not_wait_for_the_next_start() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|_| {});
    *booth.intake.refuses.lock() = Some(codes::DISK_FULL);
    booth.recover();
    *booth.intake.refuses.lock() = None;
    let failed = booth.at_desk().list_jobs(()).unwrap().remove(0);
    let again = booth.at_desk().retry_job(failed.id).unwrap();
    assert_eq!((again.id, again.attempt), (failed.id, 0));
    booth.stage.desk.drain_beside().unwrap();
    assert!(booth.recording(call.recording_id).has_audio());
    assert_eq!(code(booth.at_desk().retry_job(failed.id)), codes::NOT_FOUND);
}

/// The process dies in the second write from now on, and nothing it held is held any more.
fn killed_in_the_second_write(booth: Booth, mood: &Arc<Mood>) -> TempDir {
    let (next, Booth { stage, .. }) = (mood.clone(), booth);
    let dies: Meanwhile = Box::new(|| panic!("killed"));
    *mood.meanwhile.lock() = Some(Box::new(move || *next.meanwhile.lock() = Some(dies)));
    let desk = stage.desk.clone();
    let died = std::thread::spawn(move || desk.drain_beside()).join();
    assert!(died.is_err());
    stage.dir
}

#[test]
fn killed_between_the_commit_and_its_own_end_it_takes_nothing_in_twice() {
    let (booth, call, _) = cut_off();
    let mood = Arc::new(Mood::default());
    let booth = booth.crash(|given| moody(given, &mood));
    look(&booth);
    let dir = killed_in_the_second_write(booth, &mood);
    let booth = Booth::at(dir, |_| {});
    let taken = booth.recording(call.recording_id);
    assert!(taken.has_audio());
    assert_eq!(jobs(&booth, JobKind::TakeIn)[0].state, JobState::Running);
    booth.recover();
    assert_eq!(booth.recording(call.recording_id), taken);
    assert_eq!(booth.intake.taken.load(Ordering::SeqCst), 0, "not again");
    assert_eq!(jobs(&booth, JobKind::TakeIn), []);
    assert_eq!(jobs(&booth, JobKind::Transcribe).len(), 1);
}

#[test]
fn while_another_process_captures_nothing_is_taken_in_and_the_index_is_renewed() {
    let (booth, call, _) = cut_off();
    let (door, mood) = (Arc::new(Door::default()), Arc::new(Mood::default()));
    let (at_desk, seen) = (door.clone(), mood.clone());
    let booth = booth.crash(move |given| {
        moody(given, &seen);
        given.capture_lock = Some(at_desk);
    });
    look(&booth);
    *mood.index.lock() = Some(IndexState {
        done: 0,
        total: 250,
    });
    booth.stage.desk.look_at_index().unwrap();
    door.0.store(true, Ordering::SeqCst);
    booth.stage.desk.drain_beside().unwrap();
    let waits = jobs(&booth, JobKind::TakeIn).remove(0);
    assert_eq!((waits.state, waits.attempt), (JobState::Queued, 0));
    assert!(mood.index.lock().unwrap().is_done());
    assert!(!booth.stage.desk.is_at(JobKind::TakeIn).unwrap());

    door.0.store(false, Ordering::SeqCst);
    booth.stage.desk.drain_beside().unwrap();
    assert!(booth.recording(call.recording_id).has_audio());
}

#[test]
fn an_index_by_older_rules_is_renewed_once_told_by_the_percent_and_no_job_of_anybody() {
    let (booth, mood) = moody_booth();
    booth.stage.desk.look_at_index().unwrap();
    assert_eq!(jobs(&booth, JobKind::RenewIndex), [], "it stands");
    *mood.index.lock() = Some(IndexState {
        done: 0,
        total: 1_000,
    });
    booth.stage.desk.look_at_index().unwrap();
    booth.stage.desk.look_at_index().unwrap();
    assert_eq!(jobs(&booth, JobKind::RenewIndex).len(), 1);
    assert_eq!(booth.at_desk().list_jobs(()).unwrap(), []);
    booth.stage.desk.drain_jobs().unwrap();
    let told = booth.stage.events.lock().clone();
    let told = told.iter().filter_map(|e| match e {
        AppEvent::Record(RecordEvent::Index { state }) => Some(state.done),
        _ => None,
    });
    let told: Vec<u64> = told.collect();
    assert_eq!(told, (1..=10).map(|n| n * 100).collect::<Vec<_>>());
    assert_eq!(
        (jobs(&booth, JobKind::RenewIndex), job_events(&booth)),
        (vec![], 0)
    );
}

#[test]
fn what_is_more_urgent_does_not_wait_for_the_whole_index() {
    let (booth, call, _) = cut_off();
    let mood = Arc::new(Mood::default());
    let booth = booth.crash(|given| moody(given, &mood));
    let long = IndexState {
        done: 0,
        total: u64::MAX,
    };
    *mood.index.lock() = Some(long);
    booth.stage.desk.look_at_index().unwrap();
    let desk = booth.stage.desk.clone();
    let looks = desk.clone();
    *mood.meanwhile.lock() = Some(Box::new(move || looks.look_for_cut_off_calls().unwrap()));
    let runner = std::thread::spawn(move || desk.run_jobs(Slot::Beside));
    until("the sound is taken in", || {
        booth.recording(call.recording_id).has_audio()
    });
    let renews = jobs(&booth, JobKind::RenewIndex).remove(0);
    assert!(renews.goes_on() && renews.attempt <= 1, "{renews:?}");
    booth.stage.desk.stop_jobs();
    runner.join().unwrap();
    let left = jobs(&booth, JobKind::RenewIndex).remove(0);
    assert_eq!((left.state, left.attempt), (JobState::Queued, 0));
}

/// A transcription that goes on until it is stopped.
struct Endless;
impl Transcriber for Endless {
    fn transcribe(
        &self,
        _: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<String> {
        while !cancel.is_cancelled() {
            on_event(TranscribeEvent::Progress { permille: 300 });
            std::thread::yield_now();
        }
        Err(AppError::new(codes::CANCELLED))
    }
}

#[test]
fn a_light_job_waits_for_no_transcription() {
    let (booth, call, _) = cut_off();
    let booth = booth.crash(|given| given.transcriber = Arc::new(Endless));
    let (case, _) = booth.stage.case("earlier");
    let desk = booth.stage.desk.clone();
    let heavy = std::thread::spawn(move || desk.run_jobs(Slot::Heavy));
    let state = || booth.at_desk().get_case(case).unwrap().transcript;
    until("the text is under way", || {
        state() == TranscriptState::Running
    });
    booth.recover();
    assert!(booth.recording(call.recording_id).has_audio());
    assert_eq!(state(), TranscriptState::Running);
    booth.stage.desk.stop_jobs();
    heavy.join().unwrap();
    assert_eq!(state(), TranscriptState::Queued);
}

#[test]
fn a_call_has_ended_together_with_the_job_of_its_text() {
    let (booth, mood) = moody_booth();
    booth.begin(ListenMode::Record);
    booth.sound.pass(10_000);
    // After the one commit nothing can be queued any more.
    mood.refuses.lock().push("write_job");
    let ended = booth.at_desk().live_stop(()).unwrap();
    let case = booth.at_desk().get_case(ended.case_id).unwrap();
    assert_eq!(case.transcript, TranscriptState::Queued);
}
