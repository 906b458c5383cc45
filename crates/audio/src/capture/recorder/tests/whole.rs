//! What was heard is what is in the files, frame for frame.

use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case::one_lane(1)]
#[case::two_lanes(2)]
fn what_is_written_comes_back_sample_for_sample(#[case] channels: u16) {
    let folder = TempDir::new().expect("a folder");
    let told = Told::default();
    let recorder = Recorder::start(plan(&folder, channels, 1 << 30), told.listener()).expect("on");
    let heard = sound(60_000);
    for block in heard.chunks(640) {
        recorder.write(block.to_vec());
    }
    recorder.finish().expect("a good end");

    assert_eq!(samples(&part(&folder, 1)), heard);
    let frames = 60_000 / u64::from(channels);
    assert_eq!(told.promises().last(), Some(&(1, 0, frames)));
    assert_eq!(told.closed(), None, "whoever ends it need not be told");
    let left: Vec<_> = folder.path().read_dir().expect("a folder").collect();
    assert_eq!(left.len(), 1, "nothing but the file is left: {left:?}");
}

#[test]
fn a_file_is_there_and_told_before_anything_is_heard() {
    let folder = TempDir::new().expect("a folder");
    let told = Told::default();
    let ground = Rough::new(&folder);
    let recorder = Recorder::start_on(
        one_file(&folder),
        told.listener(),
        Arc::new(ground.clone()),
        HELD_SAMPLES,
    )
    .expect("on");
    let begun = RecorderNews::Kept {
        ordinal: 1,
        file: PartName::of(1),
        sample_rate_hz: RATE,
        channels: 2,
        start_frame: 0,
        frames: 0,
    };
    assert_eq!(told.all(), [begun]);
    let synced = ground.weather.lock().synced.get(&part(&folder, 1)).copied();
    assert_eq!(synced, Some(HEADER as u64), "it is on disk");
    assert_eq!(samples(&part(&folder, 1)), [0i16; 0], "and is a WAV");
    drop(recorder);
}

#[test]
fn while_a_call_goes_on_it_is_promised_and_readable_by_anybody() {
    let folder = TempDir::new().expect("a folder");
    let told = Told::default();
    let recorder = Recorder::start(one_file(&folder), told.listener()).expect("on");
    let heard = sound(16_000);
    recorder.write(heard.clone());
    until("the disk has it", || told.promised() == 8_000);
    assert_eq!(samples(&part(&folder, 1)), heard);
    recorder.finish().expect("a good end");
}

#[test]
fn a_recorder_that_is_dropped_leaves_a_whole_file() {
    let folder = TempDir::new().expect("a folder");
    let recorder = Recorder::start(one_file(&folder), Box::new(|_| {})).expect("on");
    recorder.write(sound(4_000));
    drop(recorder);
    assert_eq!(samples(&part(&folder, 1)), sound(4_000));
}

#[test]
fn what_lies_in_the_folder_already_is_never_written_over() {
    let folder = TempDir::new().expect("a folder");
    std::fs::write(part(&folder, 1), "evidence").expect("a file");
    let refused = Recorder::start(one_file(&folder), Box::new(|_| {})).err();
    assert_eq!(refused.expect("no start").code(), codes::DISK_DENIED);
    assert_eq!(
        std::fs::read(part(&folder, 1)).expect("still there"),
        b"evidence"
    );
}

#[rstest]
#[case::no_channel(0, 1 << 20, RATE, "channels")]
#[case::three_channels(3, 1 << 20, RATE, "channels")]
#[case::no_room_for_a_frame(2, 47, RATE, "part_bytes")]
#[case::more_than_riff_can_say(2, 1 << 32, RATE, "part_bytes")]
#[case::no_such_rate(2, 1 << 20, 0, "sample_rate_hz")]
fn an_impossible_plan_is_refused(
    #[case] channels: u16,
    #[case] part_bytes: u64,
    #[case] sample_rate_hz: u32,
    #[case] field: &str,
) {
    let folder = TempDir::new().expect("a folder");
    let plan = RecorderPlan {
        sample_rate_hz,
        ..plan(&folder, channels, part_bytes)
    };
    let refused = Recorder::start(plan, Box::new(|_| {})).err().expect("no");
    assert_eq!(refused.code(), codes::INVALID);
    assert_eq!(refused.note.args["field"], field);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn cut_into_files_nothing_is_missing_and_nothing_is_there_twice(
        channels in 1u16..=2,
        part_frames in 1u64..400,
        stump in 0u64..2,
        blocks in prop::collection::vec((0usize..300, 0u64..300, any::<bool>()), 1..20),
    ) {
        let folder = TempDir::new().expect("a folder");
        let told = Told::default();
        let part_bytes = HEADER as u64 + part_frames * 2 * u64::from(channels) + stump;
        let plan = plan(&folder, channels, part_bytes);
        let ground = Arc::new(DiskGround::new(on(&folder)));
        let mut tape = tape(plan, ground, &told).expect("on");
        let mut heard = Vec::new();
        for (frames, silent, is_second) in blocks {
            let block = sound(frames * usize::from(channels));
            tape.take(&block).expect("taken");
            tape.silence(silent).expect("taken");
            heard.extend(block);
            heard.resize(heard.len() + silent as usize * usize::from(channels), 0);
            if is_second {
                tape.beat().expect("the disk is well");
                prop_assert_eq!(tape.look(), After::GoOn);
            }
        }
        tape.finish().expect("a good end");

        prop_assert_eq!(&whole(&folder), &heard);
        let frames = (heard.len() / usize::from(channels)) as u64;
        let files = frames.div_ceil(part_frames).max(1);
        for ordinal in 1..=files as u32 {
            let start = u64::from(ordinal - 1) * part_frames;
            let promises: Vec<_> = told.promises().into_iter().filter(|p| p.0 == ordinal).collect();
            prop_assert_eq!(promises[0], (ordinal, start, 0), "told when it was begun");
            let length = part_frames.min(frames - start);
            prop_assert_eq!(promises[promises.len() - 1], (ordinal, start, length));
            let size = std::fs::metadata(part(&folder, ordinal)).expect("a file").len();
            prop_assert!(size <= part_bytes);
        }
        prop_assert!(!part(&folder, files as u32 + 1).exists());
    }
}
