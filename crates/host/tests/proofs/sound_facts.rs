//! What people are told of the sound that came in, and what they can do about it, over a real
//! workspace with scripted decoding.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::held::Holding;
use crate::common::{FIRST_PERSON, PlainDecoder, Stage, code};
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use qinting_testkit::files::holding;
use rstest::rstest;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Decodes as [`PlainDecoder`] does. `cut` in a file breaks it off; what the decoder of today makes
/// of a source is what stands in `today`.
struct Careful {
    today: Mutex<Option<Ingested>>,
}

impl MediaDecoder for Careful {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let mut made = PlainDecoder.ingest(request, progress, cancel)?;
        let cut = |p: &std::path::PathBuf| std::fs::read_to_string(p).unwrap().contains("cut");
        if request.paths.iter().any(cut) {
            if !request.take_what_is_there {
                return Err(AppError::new(codes::MEDIA_TRUNCATED).with("got_ms", 30_000));
            }
            made.notices.push(SoundNotice::CutOff {
                missing_ms: Some(30_000),
            });
        }
        made.channels = request.paths.len().max(1) as u16;
        if let Some(today) = &*self.today.lock() {
            let channels = if request.keep_both_lanes {
                2
            } else {
                today.channels
            };
            let audio = format!("sound of today on {channels}");
            std::fs::write(request.work_dir.join("audio.wav"), &audio).unwrap();
            made = Ingested {
                sources: made.sources,
                peaks_sha256: made.peaks_sha256,
                audio_sha256: crate::common::digest(audio.as_bytes()),
                channels,
                ..today.clone()
            };
        }
        Ok(made)
    }

    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<Sha256> {
        PlainDecoder.hash(path, cancel)
    }
}

fn stage() -> (Stage, Arc<Careful>) {
    stage_with(None)
}

fn stage_with(player: Option<Arc<dyn Player>>) -> (Stage, Arc<Careful>) {
    let decoder = Arc::new(Careful {
        today: Mutex::new(None),
    });
    let port = decoder.clone();
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.decoder = port;
        given.player = player;
    });
    (stage, decoder)
}

fn import(stage: &Stage, paths: &[String], how: impl Fn(&mut CallFiles)) -> Vec<ImportFile> {
    let rules = stage.suffix_rules();
    let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
    let mut calls = stage.at_desk.calls_in(&paths, &rules).unwrap().calls;
    calls.iter_mut().for_each(how);
    let id = stage.at_desk.bring_in(calls).unwrap();
    stage.at_desk.import_wait(id).unwrap().files
}

fn recording(stage: &Stage, case: CaseId) -> Recording {
    stage.at_desk.get_case(case).unwrap().recording.unwrap()
}

fn outcomes(files: &[ImportFile]) -> Vec<(ImportOutcome, Option<&str>)> {
    let said = files.iter().map(|f| {
        let error = f.error.as_ref().map(|e| e.code.as_str());
        (f.outcome.unwrap(), error)
    });
    said.collect()
}

#[rstest]
#[case::bad(("bad", codes::MEDIA_NOT_AUDIO), ChannelRole::Agent)]
#[case::cut(("cut", codes::MEDIA_TRUNCATED), ChannelRole::Agent)]
fn a_bad_half_does_not_take_the_good_one_with_it(
    #[case] (text, why): (&str, &str),
    #[case] role: ChannelRole,
) {
    let (stage, _) = stage();
    let pair = [
        stage.file("x_agent.wav", "whole"),
        stage.file("x_caller.wav", text),
    ];
    let files = import(&stage, &pair, |_| {});
    assert_eq!(
        outcomes(&files),
        [
            (ImportOutcome::Half, None),
            (ImportOutcome::Rejected, Some(why))
        ]
    );
    let recording = recording(&stage, files[0].case_id.unwrap());
    assert_eq!(recording.roles, [role]);
    // The same again finds the half that is there.
    let again = import(&stage, &pair, |_| {});
    assert_eq!(again[0].outcome, Some(ImportOutcome::Duplicate));
}

#[test]
fn a_half_that_is_not_there_leaves_the_other_one_in() {
    let (stage, _) = stage();
    let there = stage.file("y_caller.wav", "whole");
    let gone = stage.dir.path().join("y_agent.wav");
    let call = CallFiles {
        paths: vec![gone, there.into()],
        title: "y".into(),
        ..CallFiles::default()
    };
    let id = stage.at_desk.bring_in(vec![call]).unwrap();
    let files = stage.at_desk.import_wait(id).unwrap().files;
    assert_eq!(
        outcomes(&files),
        [
            (ImportOutcome::Rejected, Some(codes::MEDIA_UNREADABLE)),
            (ImportOutcome::Half, None)
        ]
    );
    let half = recording(&stage, files[1].case_id.unwrap());
    assert_eq!(half.roles, [ChannelRole::Customer]);
}

#[test]
fn what_is_there_of_a_recording_that_breaks_off_is_taken_when_somebody_wants_it() {
    let (stage, _) = stage();
    let file = [stage.file("a.mp3", "cut")];
    let files = import(&stage, &file, |_| {});
    assert_eq!(
        outcomes(&files),
        [(ImportOutcome::Rejected, Some(codes::MEDIA_TRUNCATED))]
    );
    let files = import(&stage, &file, |item| item.take_what_is_there = true);
    let told = [SoundNotice::CutOff {
        missing_ms: Some(30_000),
    }];
    assert_eq!(files[0].notices, told);
    assert_eq!(recording(&stage, files[0].case_id.unwrap()).notices, told);
}

#[test]
fn the_same_bytes_without_a_word_may_be_another_call() {
    let (stage, _) = stage();
    let first = import(&stage, &[stage.file("a.wav", "hush")], |_| {});
    stage.desk.drain_jobs().unwrap();
    let again = [stage.file("b.wav", "hush")];
    let files = import(&stage, &again, |_| {});
    assert_eq!(
        (files[0].outcome, files[0].wordless, files[0].case_id),
        (Some(ImportOutcome::Duplicate), true, first[0].case_id)
    );
    let files = import(&stage, &again, |item| item.as_own_call = true);
    assert_eq!(files[0].outcome, Some(ImportOutcome::Imported));
    assert_ne!(files[0].case_id, first[0].case_id);
}

#[test]
fn the_same_bytes_with_words_are_the_same_call() {
    let (stage, _) = stage();
    stage.says(&[(0, 1_000, 0, "您好")]);
    import(&stage, &[stage.file("a.wav", "talk")], |_| {});
    stage.desk.drain_jobs().unwrap();
    let files = import(&stage, &[stage.file("b.wav", "talk")], |item| {
        item.as_own_call = true;
    });
    assert_eq!(
        (files[0].outcome, files[0].wordless),
        (Some(ImportOutcome::Duplicate), false)
    );
}

/// A call as the decoder before this one left it, with a mark and a sentence on it.
fn old_call(stage: &Stage) -> (CaseId, ObservationId) {
    stage.says(&[(10_000, 12_000, 0, "我要退款")]);
    let files = import(stage, &[stage.file("old.mp3", "old")], |_| {});
    stage.desk.drain_jobs().unwrap();
    let case = files[0].case_id.unwrap();
    let mut older = recording(stage, case);
    older.decoder = 0;
    older.sources[0].codec = "mp3".into();
    let commit = Commit {
        op_id: OpId(uuid::Uuid::from_u128(0xA11)),
        actor: FIRST_PERSON,
        at: 1,
        origin: Origin::Person,
        action: Action::RecordingRoles,
        records: vec![older.into()],
        undoes: None,
        jobs: Vec::new(),
        blobs: Vec::new(),
    };
    stage.store.commit(commit).unwrap();
    let mark = MarkRequest::at(recording(stage, case).id, 12_000);
    (case, stage.at_desk.mark(mark).unwrap().observation.id)
}

fn today(channels: u16) -> Ingested {
    Ingested {
        sample_rate_hz: 8_000,
        channels,
        frames: 8_000 * 65,
        notices: vec![SoundNotice::Holes {
            count: 1,
            total_ms: 2_000,
        }],
        gaps: vec![SoundGap {
            start_ms: 20_000,
            end_ms: 22_000,
        }],
        shift_ms: 256,
        ..Ingested::default()
    }
}

#[test]
fn what_is_loaded_is_the_sound_its_recording_has_now_through_a_retake_and_its_undo() {
    let player = Arc::new(Holding::default());
    let (stage, decoder) = stage_with(Some(player.clone()));
    let (case_id, _) = old_call(&stage);
    *decoder.today.lock() = Some(today(1));
    let loaded = || {
        let (mut held, mut bytes) = (player.0.lock(), Vec::new());
        let audio = &mut held.as_mut().unwrap().audio;
        audio.rewind().unwrap();
        audio.read_to_end(&mut bytes).unwrap();
        crate::common::digest(bytes)
    };
    let now = || recording(&stage, case_id).audio_sha256;
    let open = OpenPlayer {
        case_id,
        at_ms: None,
    };
    stage.at_desk.player_open(open).unwrap();
    let (before, other) = (loaded(), stage.file("beside.wav", "beside"));
    assert_eq!(before, now());
    let ask = RetakeRequest {
        recording_id: recording(&stage, case_id).id,
        keep_both_lanes: false,
    };
    stage.at_desk.retake(ask).unwrap();
    assert_eq!(loaded(), now());
    assert_ne!(loaded(), before);
    stage.at_desk.undo(()).unwrap();
    assert_eq!(loaded(), before);
    import(&stage, &[other], |_| {});
    assert_eq!(loaded(), before, "what happens beside it is not its own");
}

#[test]
fn a_call_taken_again_gets_its_tail_and_all_that_stands_on_it_moves_once() {
    let (stage, decoder) = stage();
    let (case, mark) = old_call(&stage);
    let listed = stage.at_desk.doctor(()).unwrap().to_retake;
    assert_eq!(listed.iter().map(|c| c.case_id).collect::<Vec<_>>(), [case]);
    *decoder.today.lock() = Some(today(1));
    let before = recording(&stage, case);
    let moment = || {
        let found = stage.store.observation_view(mark).unwrap().unwrap();
        let o = found.observation;
        (o.start_ms, o.end_ms, o.raw_mark_ms)
    };
    let said = || {
        let window = SegmentQuery {
            recording_id: before.id,
            offset: 0,
            limit: 9,
        };
        stage.at_desk.segments(window).unwrap()[0].start_ms
    };
    let marked = moment();
    let ask = RetakeRequest {
        recording_id: before.id,
        keep_both_lanes: false,
    };
    let text_is_older = || stage.at_desk.get_case(case).unwrap().text_is_older;
    assert!(!text_is_older());
    let after = stage.at_desk.retake(ask.clone()).unwrap();
    assert!(text_is_older(), "the text is still of the copy before");
    assert_eq!((after.duration_ms, after.decoder), (65_000, DECODER));
    assert_eq!(moment(), (marked.0 - 256, marked.1 - 256, marked.2 - 256));
    assert_eq!(said(), 10_000 - 256);
    let lost = |r: &Region| r.kind == RegionKind::Lost && r.start_ms == 20_000;
    assert!(
        stage
            .at_desk
            .get_case(case)
            .unwrap()
            .regions
            .iter()
            .any(lost)
    );
    assert!(stage.at_desk.doctor(()).unwrap().to_retake.is_empty());
    // What undo needs is not swept away.
    stage.desk.sweep_media().unwrap();
    stage.at_desk.retake(ask).unwrap();
    assert_eq!(moment().0, marked.0 - 256, "a second time moves nothing");
    while recording(&stage, case).decoder == DECODER {
        stage.at_desk.undo(()).unwrap();
    }
    assert_eq!((moment(), said()), (marked, 10_000));
    assert!(!text_is_older());
    let back = recording(&stage, case);
    assert_eq!(back.audio_sha256, before.audio_sha256);
    assert!(back.gaps.is_empty() && back.notices.is_empty());
    let sound = holding(&stage.dir.path().join("ws/media"), &back.audio_sha256);
    assert!(sound.is_some());
}

#[test]
fn two_lanes_that_were_taken_as_one_can_be_had_as_two() {
    let (stage, decoder) = stage();
    let files = import(&stage, &[stage.file("a.wav", "twins")], |_| {});
    let one = recording(&stage, files[0].case_id.unwrap());
    *decoder.today.lock() = Some(today(1));
    let ask = |keep_both_lanes| RetakeRequest {
        recording_id: one.id,
        keep_both_lanes,
    };
    let two = stage.at_desk.retake(ask(true)).unwrap();
    let settings = stage.at_desk.get_settings(()).unwrap();
    assert_eq!(
        (two.channels, &two.roles[..]),
        (2, &settings.workspace.stereo_roles[..])
    );
    // A person wanted two: taking it once more keeps them.
    assert_eq!(stage.at_desk.retake(ask(false)).unwrap().channels, 2);
}

#[test]
fn what_cannot_be_taken_again_says_why() {
    let (stage, _) = stage();
    let (case, _) = old_call(&stage);
    let r = recording(&stage, case);
    let kept = stage.dir.path().join("ws/media");
    let source = holding(&kept, &r.sources[0].sha256).unwrap();
    std::fs::remove_file(source).unwrap();
    let ask = RetakeRequest {
        recording_id: r.id,
        keep_both_lanes: false,
    };
    assert_eq!(code(stage.at_desk.retake(ask)), codes::MEDIA_MISSING);
}
