//! Bringing calls in and turning them into text, over a real workspace with scripted decoding.

use crate::common::Stage;
use qinting_desk::*;
use qinting_domain::*;
use std::sync::Arc;

#[test]
fn the_same_audio_twice_points_to_the_case_that_has_it() {
    let stage = Stage::new();
    let first = stage.import(&[stage.file("a.wav", "riff:sound")]);
    let bytes = stage.import(&[stage.file("b.wav", "riff:sound")]);
    let wrapped = stage.import(&[stage.file("c.mp3", "mpeg:sound")]);
    assert_eq!(first.files[0].outcome, Some(ImportOutcome::Imported));
    for again in [bytes, wrapped] {
        assert_eq!(again.files[0].outcome, Some(ImportOutcome::Duplicate));
        assert_eq!(again.files[0].case_id, first.files[0].case_id);
    }
}

#[test]
fn a_bad_file_is_refused_alone_and_leaves_nothing_behind() {
    let stage = Stage::new();
    let paths = [
        stage.file("1.wav", "one"),
        stage.file("2.wav", "bad"),
        "/nowhere/3.wav".into(),
    ];
    let batch = stage.import(&paths);
    let mut outcomes: Vec<(bool, Option<String>)> = batch
        .files
        .iter()
        .map(|f| {
            (
                f.case_id.is_some(),
                f.error.as_ref().map(|e| e.code.clone()),
            )
        })
        .collect();
    outcomes.sort();
    assert_eq!(
        outcomes,
        [
            (false, Some(codes::MEDIA_NOT_AUDIO.into())),
            (false, Some(codes::MEDIA_UNREADABLE.into())),
            (true, None)
        ]
    );
    let left: Vec<_> = std::fs::read_dir(stage.dir.path().join("ws/media"))
        .unwrap()
        .filter(|e| {
            e.as_ref()
                .unwrap()
                .file_name()
                .to_string_lossy()
                .starts_with("work-")
        })
        .collect();
    assert!(left.is_empty(), "work folders are gone");
}

#[test]
fn two_mono_files_of_one_call_become_one_recording() {
    let stage = Stage::new();
    let batch = stage.import(&[
        stage.file("x_agent.wav", "a"),
        stage.file("x_caller.wav", "b"),
    ]);
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Joined));
    assert_eq!(batch.files[0].case_id, batch.files[1].case_id);
    let case = stage
        .at_desk
        .get_case(batch.files[0].case_id.unwrap())
        .unwrap();
    let recording = case.recording.unwrap();
    assert_eq!(recording.roles, [ChannelRole::Agent, ChannelRole::Customer]);
    assert_eq!(recording.sources[0].name, "x_agent.wav");
    let swapped = stage.at_desk.swap_channels(vec![recording.id]).unwrap();
    let now = stage.at_desk.recording_of(case.case.id).unwrap().unwrap();
    let roles = [ChannelRole::Customer, ChannelRole::Agent];
    assert_eq!((swapped, &*now.roles), (1, &roles[..]));
}

#[test]
fn a_cancelled_import_keeps_what_is_in_and_drops_the_rest() {
    let stage = Stage::new();
    let calls: Vec<CallFiles> = [("1.wav", "one"), ("2.wav", "slow"), ("3.wav", "three")]
        .iter()
        .map(|(name, text)| CallFiles {
            paths: vec![stage.file(name, text).into()],
            title: (*name).into(),
            ..CallFiles::default()
        })
        .collect();
    let id = stage.at_desk.bring_in(calls).unwrap();
    while stage.at_desk.import_status(()).unwrap()[0].current_permille == 0 {
        std::thread::yield_now();
    }
    stage.at_desk.import_cancel(id).unwrap();
    let batch = stage.at_desk.import_wait(id).unwrap();
    assert_eq!(batch.state, ImportState::Cancelled);
    assert_eq!(stage.at_desk.workspace_info(()).unwrap().case_count, 1);
}

#[test]
fn a_dying_engine_is_a_failed_job_with_its_reason_and_a_retry_helps() {
    let stage = Stage::new();
    stage.says(&[(0, 1_000, 0, "你好")]);
    *stage.script.dies.lock() = true;
    let (case, _) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let view = stage.at_desk.get_case(case).unwrap();
    assert_eq!(view.transcript, TranscriptState::Failed);
    let job = view.job.unwrap();
    assert_eq!(job.error.unwrap().code, codes::SPEECH_WORKER_DIED);
    *stage.script.dies.lock() = false;
    stage.at_desk.retry_job(job.id).unwrap();
    stage.desk.drain_jobs().unwrap();
    let view = stage.at_desk.get_case(case).unwrap();
    assert_eq!(
        (view.transcript, view.segment_count),
        (TranscriptState::Done, 1)
    );
}

#[test]
fn a_correction_keeps_the_original_and_survives_another_run() {
    let stage = Stage::new();
    stage.says(&[(0, 2_000, 0, "推款"), (3_000, 4_000, 1, "嗯")]);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let read = || {
        let window = SegmentQuery {
            recording_id: recording,
            offset: 0,
            limit: 10,
        };
        stage.at_desk.segments(window).unwrap()
    };
    let first = read()[0].clone();
    let edit = SegmentEdit {
        id: first.id,
        rev: first.meta.rev,
        text: Some("退款".into()),
    };
    let edited = stage.at_desk.edit_segment(edit).unwrap();
    assert_eq!(edited.text_original.as_deref(), Some("推款"));
    let found = |text: &str| {
        let query = SearchQuery {
            scopes: vec![SearchScope::Segment],
            ..SearchQuery::of(text)
        };
        stage.at_desk.search(query).unwrap().hits.len()
    };
    assert_eq!((found("退款"), found("推款")), (1, 0));
    let again = crate::common::text_of(case);
    stage.at_desk.transcribe(again).unwrap();
    stage.desk.drain_jobs().unwrap();
    let texts: Vec<String> = read().into_iter().map(|s| s.text).collect();
    assert_eq!(texts, ["退款", "嗯"]);
}

fn recording_of(stage: &Stage, file: &ImportFile) -> Recording {
    let case = stage.at_desk.get_case(file.case_id.unwrap()).unwrap();
    case.recording.unwrap()
}

fn remember(stage: &Stage, maps: &[(&str, Option<Direction>, [ChannelRole; 2])]) {
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    let one = |(source, direction, roles): &(&str, _, _)| ChannelMap {
        source: (*source).into(),
        direction: *direction,
        roles: *roles,
    };
    settings.workspace.channel_maps = maps.iter().map(one).collect();
    stage.at_desk.update_settings(settings).unwrap();
}

#[test]
fn who_speaks_on_which_channel_follows_from_source_and_direction() {
    use ChannelRole::{Agent, Customer};
    use Direction::{Inbound, Outbound};
    let stage = Stage::new();
    let (left_calls, left_is_called) = ([Customer, Agent], [Agent, Customer]);
    remember(
        &stage,
        &[
            ("", Some(Inbound), left_calls),
            ("倒着的", Some(Inbound), left_is_called),
            ("倒着的", None, left_calls),
        ],
    );
    let of = |name: &str, source: &str, direction: Option<Direction>| {
        let mut facts = ContactFacts::of(FactOrigin {
            source: 0,
            place: FactPlace::Name,
        });
        let told = direction.map(|way| (FactKey::Direction, FactValue::Direction(way)));
        facts.known.extend(told);
        CallFiles {
            paths: vec![stage.file(&format!("{name}.wav"), name).into()],
            title: name.into(),
            facts: Some(Arc::new(facts)),
            source: source.into(),
            ..CallFiles::default()
        }
    };
    let calls = vec![
        of("a", "", Some(Inbound)),
        of("b", "", Some(Outbound)),
        of("c", "倒着的", Some(Inbound)),
        of("d", "倒着的", Some(Outbound)),
        of("e", "", None),
    ];
    let id = stage.at_desk.bring_in(calls).unwrap();
    let batch = stage.at_desk.import_wait(id).unwrap();
    let roles: Vec<_> = (batch.files.iter())
        .map(|file| recording_of(&stage, file).roles)
        .collect();
    assert_eq!(
        roles,
        [
            left_calls,
            left_is_called,
            left_is_called,
            left_calls,
            left_is_called
        ]
    );
    let sides = batch.files[3].sides.as_ref().unwrap();
    assert_eq!(
        (&*sides.source, sides.direction),
        ("倒着的", Some(Outbound))
    );
}

#[test]
fn the_sides_of_a_whole_batch_are_swapped_at_once_and_undone_at_once() {
    let stage = Stage::new();
    let batch = stage.import(&["a.wav", "b.wav", "c.wav"].map(|name| stage.file(name, name)));
    let roles = |at: usize| recording_of(&stage, &batch.files[at]).roles;
    let before = roles(0);
    let swapped: Vec<_> = before.iter().rev().copied().collect();
    let sides = batch.files.iter().flat_map(|file| &file.sides);
    let ids: Vec<_> = sides.map(|sides| sides.recording_id).collect();
    let gone = batch.files[2].case_id.unwrap();
    stage.at_desk.delete_case(gone).unwrap();
    assert_eq!(stage.at_desk.swap_channels(ids.clone()).unwrap(), 2);
    assert_eq!([roles(0), roles(1)], [swapped.clone(), swapped]);
    stage.at_desk.undo(()).unwrap();
    assert_eq!([roles(0), roles(1)], [before.clone(), before.clone()]);
    let refused = stage.at_desk.swap_channels(vec![ids[2]]).unwrap_err();
    assert_eq!(refused.code(), codes::CASE_IN_BIN);
    stage.at_desk.restore_case(gone).unwrap();
    assert_eq!(roles(2), before);
}
