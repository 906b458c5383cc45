//! A disk that fills up.

use super::*;

const SECOND: u64 = RATE as u64 * 4;
const MINUTE: u64 = 60 * SECOND;

/// One second of two lanes.
fn second() -> Vec<i16> {
    sound(RATE as usize * 2)
}

#[test]
fn few_minutes_are_told_each_time_they_change_and_the_recording_closes_at_two() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 33 * MINUTE + SECOND));
    let mut tape = tape(one_file(&folder), Arc::new(ground.clone()), &told).expect("on");
    let mut seconds = 0;
    while tape.look() == After::GoOn {
        tape.take(&second()).expect("there is room");
        seconds += 1;
        // Somebody else takes nine times as much.
        ground.weather.lock().others += 9 * SECOND;
    }
    let left = ground.weather.lock().free() / SECOND;
    assert!((110..=120).contains(&left), "closed with {left} s left");
    tape.close();

    let countdown: Vec<u32> = (1..=30).rev().collect();
    assert_eq!(told.minutes(), countdown);
    assert_eq!(told.closed().as_deref(), Some(codes::LIVE_DISK_CLOSED));
    assert_eq!(samples(&part(&folder, 1)), second().repeat(seconds));
    assert_eq!(
        told.promised(),
        seconds as u64 * u64::from(RATE),
        "all of it is promised before it is said that it is over"
    );
}

#[test]
fn room_that_comes_back_is_told_once() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 100 * MINUTE));
    let mut tape = tape(one_file(&folder), Arc::new(ground.clone()), &told).expect("on");
    for others in [0, 60, 75, 75, 60, 10, 0] {
        ground.weather.lock().others = others * MINUTE;
        assert_eq!(tape.look(), After::GoOn);
    }
    assert_eq!(told.minutes(), [24, 39]);
    tape.finish().expect("a good end");
}

#[test]
fn a_full_disk_is_no_place_to_begin() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 2 * MINUTE));
    let refused = tape(one_file(&folder), Arc::new(ground), &told).err();
    let note = refused.expect("no start").note;
    assert_eq!(note.code, codes::LIVE_DISK_LOW);
    assert_eq!(note.args["minutes"], "2");
    assert!(!part(&folder, 1).exists());
    assert_eq!(told.all(), []);
}

/// Twenty minutes set aside, of the sixty there are.
fn twenty_minutes(folder: &TempDir) -> RecorderPlan {
    RecorderPlan {
        reserve_ms: 20 * 60_000,
        ..one_file(folder)
    }
}

#[test]
fn what_is_set_aside_outlives_another_program_that_eats_the_disk() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 60 * MINUTE));
    let mut tape = tape(twenty_minutes(&folder), Arc::new(ground.clone()), &told).expect("on");
    let mut seconds = 0;
    loop {
        // Whatever is free is gone before the recorder can have it.
        let mut weather = ground.weather.lock();
        weather.others += weather.free();
        drop(weather);
        tape.take(&second()).expect("space was set aside");
        seconds += 1;
        if tape.look() == After::Close {
            break;
        }
    }
    tape.close();
    assert_eq!(seconds, 18 * 60, "all of it but the last two minutes");
    assert_eq!(told.closed().as_deref(), Some(codes::LIVE_DISK_CLOSED));
    assert_eq!(samples(&part(&folder, 1)), second().repeat(seconds));
    assert_eq!(ground.weather.lock().reserve, 0, "the rest is given back");
}

#[test]
fn half_of_what_is_free_is_left_to_the_database() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 10 * MINUTE));
    let tape = tape(twenty_minutes(&folder), Arc::new(ground.clone()), &told).expect("on");
    assert_eq!(ground.weather.lock().reserve, 5 * MINUTE);
    tape.finish().expect("a good end");
}

#[test]
fn what_one_file_cannot_take_is_set_aside_for_the_next() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::sized(&folder, 60 * MINUTE));
    let plan = RecorderPlan {
        part_bytes: HEADER as u64 + 15 * MINUTE,
        ..twenty_minutes(&folder)
    };
    let mut tape = tape(plan, Arc::new(ground.clone()), &told).expect("on");
    let reserve = |at: &str| (at.to_owned(), ground.weather.lock().reserve / SECOND);
    let mut seen = vec![reserve("begin")];
    tape.take(&second().repeat(15 * 60)).expect("there is room");
    seen.push(reserve("full"));
    tape.take(&second()).expect("there is room");
    seen.push(reserve("turned"));
    tape.finish().expect("a good end");
    seen.push(reserve("end"));
    let expected = [("begin", 15 * 60), ("full", 0), ("turned", 299), ("end", 0)];
    assert_eq!(seen, expected.map(|(at, s)| (at.to_owned(), s)));
}

#[cfg(target_os = "linux")]
#[test]
fn a_real_disk_sets_space_aside_and_gets_it_back() {
    use std::os::unix::fs::MetadataExt;
    let folder = TempDir::new().expect("a folder");
    let plan = RecorderPlan {
        reserve_ms: 60_000,
        ..one_file(&folder)
    };
    let blocks = || {
        let file = std::fs::metadata(part(&folder, 1)).expect("a file");
        (file.len(), file.blocks() * 512)
    };
    let recorder = Recorder::start(plan.clone(), Box::new(|_| {})).expect("on");
    let (length, taken) = blocks();
    if taken < MINUTE {
        return println!("SKIPPED: the disk below the temporary folder sets no space aside");
    }
    assert_eq!(length, HEADER as u64, "and the file is no longer for it");
    recorder.write(second());
    recorder.finish().expect("a good end");
    let (length, taken) = blocks();
    assert_eq!(length, HEADER as u64 + SECOND);
    assert!(taken < length + (64 << 10), "{taken} bytes taken");

    // A process that dies gives nothing back; whoever mends its file does.
    std::fs::remove_file(part(&folder, 1)).expect("ours");
    std::mem::forget(Recorder::start(plan, Box::new(|_| {})).expect("on"));
    assert!(blocks().1 >= MINUTE);
    mend_at(&part(&folder, 1)).expect("mended");
    assert!(blocks().1 < 64 << 10);
}
