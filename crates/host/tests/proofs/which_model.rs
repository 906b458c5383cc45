//! Which model writes when none is named: the demo model only in the demo, or when asked for.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::{Stage, code, model};
use qinting_desk::*;
use qinting_domain::{CaseId, Job, JobId, JobState, JobWork, RecordingId, Transcribe};
use rstest::rstest;
use std::sync::atomic::Ordering;

const REAL: (&str, bool) = ("real", false);
const DEMO: (&str, bool) = ("demo", true);

fn stage_with(models: &[(&str, bool)]) -> Stage {
    let stage = Stage::new();
    *stage.shelf.rows.lock() = models.iter().map(|(id, demo)| model(id, *demo)).collect();
    stage
}

fn default_of(stage: &Stage) -> Option<String> {
    let models = stage.at_desk.list_models(()).unwrap();
    models.into_iter().find(|m| m.is_default).map(|m| m.id)
}

fn choose(stage: &Stage, id: &str, insist: bool) -> AppResult<Vec<ModelRow>> {
    let id = id.to_owned();
    stage.at_desk.set_default_model(DefaultModel { id, insist })
}

#[rstest]
#[case::own_takes_the_real_one(false, &[DEMO, REAL], Some("real"))]
#[case::own_never_takes_the_demo_model(false, &[DEMO], None)]
#[case::own_with_nothing(false, &[], None)]
#[case::the_demo_takes_its_own(true, &[REAL, DEMO], Some("demo"))]
#[case::the_demo_takes_what_there_is(true, &[REAL], Some("real"))]
fn without_a_choice(
    #[case] is_demo: bool,
    #[case] models: &[(&str, bool)],
    #[case] expected: Option<&str>,
) {
    let stage = stage_with(models);
    if is_demo {
        stage.at_desk.app().declare_demo().unwrap();
    }
    assert_eq!(default_of(&stage).as_deref(), expected);
    let info = stage.at_desk.workspace_info(()).unwrap();
    assert_eq!(
        (info.is_demo, info.has_model),
        (is_demo, expected.is_some())
    );
}

#[test]
fn a_choice_counts_before_everything_while_its_model_is_there() {
    let stage = stage_with(&[REAL, DEMO, ("other", false)]);
    choose(&stage, "other", false).unwrap();
    assert_eq!(default_of(&stage).as_deref(), Some("other"));
    stage.at_desk.app().declare_demo().unwrap();
    assert_eq!(default_of(&stage).as_deref(), Some("other"));
    stage.shelf.rows.lock().retain(|m| m.id != "other");
    assert_eq!(default_of(&stage).as_deref(), Some("demo"));
}

#[test]
fn the_demo_model_is_the_default_elsewhere_only_for_who_insists() {
    let stage = stage_with(&[REAL, DEMO]);
    let refused = choose(&stage, "demo", false).unwrap_err();
    assert_eq!(refused.code(), codes::MODEL_DEMO_ONLY);
    assert_eq!(refused.note.args["name"], "demo");
    // The settings are no way around it either.
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    settings.device.default_model = Some("demo".into());
    assert_eq!(
        code(stage.at_desk.update_settings(settings)),
        codes::MODEL_DEMO_ONLY
    );
    assert_eq!(default_of(&stage).as_deref(), Some("real"));
    choose(&stage, "demo", true).unwrap();
    assert_eq!(default_of(&stage).as_deref(), Some("demo"));
    // What was insisted on does not stand in the way of other settings.
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    settings.person.mark_lag_ms = 900;
    stage.at_desk.update_settings(settings).unwrap();
    assert_eq!(default_of(&stage).as_deref(), Some("demo"));
}

#[test]
fn in_the_demo_nobody_has_to_insist() {
    let stage = stage_with(&[REAL, DEMO]);
    stage.at_desk.app().declare_demo().unwrap();
    choose(&stage, "real", false).unwrap();
    choose(&stage, "demo", false).unwrap();
    assert_eq!(default_of(&stage).as_deref(), Some("demo"));
}

#[test]
fn with_only_the_demo_model_a_call_waits_for_a_real_one_or_for_a_word() {
    let stage = stage_with(&[DEMO]);
    stage.says(&[(0, 1_000, 0, "您好")]);
    let (case_id, recording) = stage.case("call");
    let ask = |model: Option<&str>| TranscribeCase {
        model: model.map(str::to_owned),
        ..crate::common::text_of(case_id)
    };
    assert_eq!(
        code(stage.at_desk.transcribe(ask(None))),
        codes::SPEECH_MODEL_MISSING
    );
    stage.at_desk.transcribe(ask(Some("demo"))).unwrap();
    stage.desk.drain_jobs().unwrap();
    let all = SegmentQuery {
        recording_id: recording,
        offset: 0,
        limit: 10,
    };
    assert_eq!(stage.at_desk.segments(all).unwrap()[0].engine, "demo");

    // Who named a model once need not name it again to try again.
    let done = stage.at_desk.list_jobs(()).unwrap().remove(0);
    assert_eq!(
        named(&stage.at_desk.retry_job(done.id).unwrap()),
        Some("demo")
    );
}

/// Into the queue, as somebody else's program may have written it.
fn queued_with(stage: &Stage, case_id: CaseId, recording_id: RecordingId, model: &str) -> JobId {
    let text = Transcribe {
        case_id,
        recording_id,
        model: Some(model.to_owned()),
        language: "zh".into(),
    };
    let job = Job::new(JobId(uuid::Uuid::from_u128(9 << 64)), text, 5);
    let write = stage.store.write_job(&mut |_| Ok(Some(job.clone())));
    write.unwrap();
    job.id
}

#[rstest]
#[case::of_the_system("/etc/passwd")]
#[case::further_up("../../x")]
#[case::below("models/x")]
#[case::on_a_drive("C:\\x.bin")]
#[case::words("模型 \"一\"")]
#[case::nothing("")]
#[case::not_on_the_shelf("other")]
fn a_row_alone_makes_nobody_read_a_file(#[case] model: &str) {
    let stage = stage_with(&[]);
    let (case_id, recording_id) = stage.case("call");
    let id = queued_with(&stage, case_id, recording_id, model);
    stage.desk.drain_jobs().unwrap();
    let job = stage.at_desk.list_jobs(()).unwrap().remove(0);
    let code_of = |job: &Job| job.error.clone().unwrap().code;
    let unread = [codes::SPEECH_MODEL_MISSING, codes::MODEL_UNKNOWN];
    assert_eq!(job.id, id);
    assert!(unread.contains(&code_of(&job).as_str()), "{job:?}");
    // Trying it again is no word for it either.
    let again = stage.at_desk.retry_job(id);
    assert_eq!(code(again), codes::SPEECH_MODEL_MISSING);
    assert!(stage.shelf.named.lock().is_empty());
}

#[test]
fn a_file_that_a_person_names_by_its_place_is_taken_and_may_be_tried_again() {
    let stage = stage_with(&[]);
    stage.says(&[(0, 1_000, 0, "您好")]);
    let (case_id, _) = stage.case("call");
    let request = TranscribeCase {
        model: Some("/media/stick/mine.bin".into()),
        ..crate::common::text_of(case_id)
    };
    // A request alone makes nobody read a file: the person before the host names it first.
    let unnamed = stage.at_desk.transcribe(request.clone());
    assert_eq!(code(unnamed), codes::SPEECH_MODEL_MISSING);
    let file = std::path::Path::new("/media/stick/mine.bin");
    stage.at_desk.name_model(file).unwrap();
    let job = stage.at_desk.transcribe(request).unwrap();
    stage.desk.drain_jobs().unwrap();
    let done = stage.at_desk.list_jobs(()).unwrap().remove(0);
    assert_eq!((done.id, done.state), (job.id, JobState::Done));
    let again = stage.at_desk.retry_job(job.id).unwrap();
    assert_eq!(named(&again), Some("/media/stick/mine.bin"));
}

fn named(job: &Job) -> Option<&str> {
    let JobWork::Transcribe(Transcribe { model, .. }) = &job.work else {
        panic!("another job: {:?}", job.work);
    };
    model.as_deref()
}

#[test]
fn to_be_the_demo_is_no_change_anybody_can_take_back() {
    let stage = stage_with(&[REAL]);
    stage.at_desk.app().declare_demo().unwrap();
    assert_eq!(code(stage.at_desk.undo(())), codes::NOTHING_TO_UNDO);
    assert!(stage.at_desk.workspace_info(()).unwrap().is_demo);
}

#[test]
fn models_that_cannot_be_read_keep_no_call_out() {
    let stage = Stage::new();
    stage.shelf.is_shut.store(true, Ordering::SeqCst);
    stage.case("call");
    stage.shelf.is_shut.store(false, Ordering::SeqCst);
    assert_eq!(stage.at_desk.workspace_info(()).unwrap().case_count, 1);
    assert!(stage.at_desk.list_jobs(()).unwrap().is_empty(), "no text");
}
