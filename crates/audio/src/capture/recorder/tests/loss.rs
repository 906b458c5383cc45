//! Crashes, power cuts, and disks that hang or refuse.

use super::*;
use rstest::rstest;

/// A file that is looked at between any two things the system is asked to do, and in the middle
/// of each write: what a process killed at that moment leaves.
struct Watched {
    inner: Box<dyn PartFile>,
    look: Arc<dyn Fn() + Send + Sync>,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A write that is cut in two by a kill: the other half comes with the next call.
        let some = bytes.len().div_ceil(2);
        let count = self.inner.write(&bytes[..some])?;
        (self.look)();
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

struct WatchedGround {
    disk: DiskGround,
    look: Arc<dyn Fn() + Send + Sync>,
}

impl Ground for WatchedGround {
    fn create(&self, file: &PartName) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)> {
        let (inner, twin) = self.disk.create(file)?;
        let look = self.look.clone();
        Ok((Box::new(Watched { inner, look }), twin))
    }
    fn mend(&self, file: &PartName) -> io::Result<RepairedPart> {
        self.disk.mend(file)
    }
    fn sync_folder(&self) -> io::Result<()> {
        self.disk.sync_folder()
    }
    fn room(&self) -> io::Result<u64> {
        self.disk.room()
    }
}

/// A file as a kill left it, and what had been promised by then.
struct Left {
    bytes: Vec<u8>,
    promised: u64,
}

#[test]
fn killed_at_any_moment_everything_that_was_promised_is_there_and_nothing_is_made_up() {
    let folder = TempDir::new().expect("a folder");
    let told = Told::default();
    let left: Arc<Mutex<Vec<Left>>> = Arc::default();
    let (seen, kept, file) = (told.clone(), left.clone(), part(&folder, 1));
    let look = move || {
        // The promise first: it may grow while the file is read.
        let promised = seen.promised();
        let bytes = std::fs::read(&file).expect("the file is there");
        kept.lock().push(Left { bytes, promised });
    };
    let ground = WatchedGround {
        disk: DiskGround::new(on(&folder)),
        look: Arc::new(look),
    };
    let mut tape = tape(one_file(&folder), Arc::new(ground), &told).expect("on");
    let mut chance = Dice::new(11);
    let heard = sound(24_000);
    let mut taken = 0;
    while taken < heard.len() {
        let next = (taken + 2 * (1 + chance.below(400))).min(heard.len());
        tape.take(&heard[taken..next]).expect("taken");
        taken = next;
        if chance.below(4) == 0 {
            tape.beat().expect("the disk is well");
        }
    }
    tape.finish().expect("a good end");

    let left = std::mem::take(&mut *left.lock());
    assert!(left.len() > 500, "{} looks", left.len());
    assert!(left.iter().any(|one| one.promised > 0), "looked in between");
    let copy = folder.path().join("copy.wav");
    for Left { bytes, promised } in left {
        std::fs::write(&copy, &bytes).expect("a copy");
        let mended = mend_at(&copy).expect("mended");
        let present = (bytes.len().saturating_sub(HEADER) / 4) as u64;
        assert_eq!(mended.frames, present, "every whole frame is there");
        assert!(mended.frames >= promised, "{} < {promised}", mended.frames);
        if mended.sample_rate_hz > 0 {
            assert_eq!(samples(&copy), heard[..mended.frames as usize * 2]);
        }
    }
}

#[test]
fn when_the_power_fails_what_was_promised_is_on_the_disk() {
    let folder = TempDir::new().expect("a folder");
    let ground = Rough::new(&folder);
    let (weather, file) = (ground.weather.clone(), part(&folder, 1));
    let broken: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let (promises, found) = (Told::default(), broken.clone());
    let remember = promises.listener();
    let tell: Box<dyn Fn(RecorderNews) + Send> = Box::new(move |news| {
        if let RecorderNews::Kept { frames, .. } = news {
            let synced = weather.lock().synced[&file];
            if HEADER as u64 + frames * 4 > synced {
                found.lock().push((frames, synced));
            }
        }
        remember(news);
    });
    let tell: Tell = Arc::new(Mutex::new(tell));
    let mut tape =
        Tape::begin(one_file(&folder), Arc::new(ground), tell, unbounded().0).expect("on");
    for second in 1..=200u64 {
        tape.take(&sound(640)).expect("taken");
        tape.beat().expect("the disk is well");
        until("the disk answers", || promises.promised() == second * 320);
    }
    tape.finish().expect("a good end");
    assert_eq!(*broken.lock(), [], "promised too early");
}

#[test]
fn a_disk_that_does_not_answer_keeps_the_file_from_nothing() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    let mut tape = tape(one_file(&folder), Arc::new(ground.clone()), &told).expect("on");
    ground.weather.lock().syncs_hang = true;
    for _ in 0..30 {
        tape.take(&sound(RATE as usize * 2)).expect("taken");
        tape.beat().expect("nobody waits for the disk");
    }
    assert_eq!(
        samples(&part(&folder, 1)).len(),
        30 * RATE as usize * 2,
        "a kill loses none of it"
    );
    assert_eq!(told.promised(), 0, "and none of it is promised");
    ground.weather.lock().syncs_hang = false;
    tape.finish().expect("a good end");
    assert_eq!(told.promised(), 30 * u64::from(RATE));
}

#[test]
fn while_the_disk_takes_nothing_the_sound_is_held_and_nobody_waits() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    let recorder = recorder_on(&folder, &told, &ground);
    ground.weather.lock().writes_hang = true;
    let heard = sound(90 * RATE as usize * 2);
    for block in heard.chunks(320) {
        recorder.write(block.to_vec());
    }
    ground.weather.lock().writes_hang = false;
    recorder.finish().expect("a good end");
    assert_eq!(samples(&part(&folder, 1)), heard);
    let lost = |news: &RecorderNews| matches!(news, RecorderNews::Lost { .. });
    assert!(!told.all().iter().any(lost));
}

#[test]
fn what_cannot_be_held_is_counted_told_and_silent_in_its_place() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    let second = 2 * RATE as usize;
    let recorder = Recorder::start_on(
        one_file(&folder),
        told.listener(),
        Arc::new(ground.clone()),
        second,
    )
    .expect("on");
    ground.weather.lock().writes_hang = true;
    let heard = sound(5 * second);
    for block in heard.chunks(second / 10) {
        recorder.write(block.to_vec());
    }
    ground.weather.lock().writes_hang = false;
    until("the disk has caught up", || {
        recorder.held.load(Ordering::Acquire) == 0
    });
    recorder.write(heard[..second].to_vec());
    recorder.finish().expect("a good end");

    let rate = u64::from(RATE);
    let lost = |frames| RecorderNews::Lost {
        start_frame: rate,
        frames,
    };
    let mut news = told.all();
    news.retain(|news| matches!(news, RecorderNews::Lost { .. }));
    let told = [rate / 10, rate, 2 * rate, 3 * rate, 4 * rate, 4 * rate];
    assert_eq!(news, told.map(lost));
    let mut expected = heard[..second].to_vec();
    expected.resize(5 * second, 0);
    expected.extend(&heard[..second]);
    assert_eq!(samples(&part(&folder, 1)), expected);
}

/// A recorder of one file on this ground.
fn recorder_on(folder: &TempDir, told: &Told, ground: &Rough) -> Recorder {
    let ground = Arc::new(ground.clone());
    Recorder::start_on(one_file(folder), told.listener(), ground, HELD_SAMPLES).expect("on")
}

#[rstest]
#[case::full(io::ErrorKind::StorageFull, codes::DISK_FULL)]
#[case::over_quota(io::ErrorKind::QuotaExceeded, codes::DISK_FULL)]
#[case::torn_off(io::ErrorKind::BrokenPipe, codes::DISK_DENIED)]
fn a_disk_that_refuses_is_told_and_what_it_took_is_playable(
    #[case] kind: io::ErrorKind,
    #[case] code: &str,
    // In the middle of a frame, of a block, and right behind the header.
    #[values(44, 3_001, 9_222, 15_999)] from: u64,
) {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    ground.weather.lock().broken_from = Some((from, kind));
    let recorder = recorder_on(&folder, &told, &ground);
    let heard = sound(16_000);
    for block in heard.chunks(320) {
        recorder.write(block.to_vec());
    }
    until("it is told", || told.closed().is_some());
    recorder.write(sound(320));
    recorder.finish().expect("it has said why it ended");

    assert_eq!(told.closed().as_deref(), Some(code));
    let frames = (from as usize - HEADER) / 4;
    assert_eq!(samples(&part(&folder, 1)), heard[..frames * 2]);
    assert_eq!(told.promised(), frames as u64);
    let mended = mend_at(&part(&folder, 1)).expect("a file");
    assert!(!mended.was_broken, "nothing is left to mend");
}

#[test]
fn a_disk_that_forgets_is_told_and_nothing_more_is_promised() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    let recorder = recorder_on(&folder, &told, &ground);
    recorder.write(sound(16_000));
    until("the disk has the first half", || told.promised() == 8_000);
    ground.weather.lock().loses = true;
    recorder.write(sound(16_000));
    until("it is told", || told.closed().is_some());
    recorder.finish().expect("it has said why it ended");
    assert_eq!(told.closed().as_deref(), Some(codes::DISK_DENIED));
    assert_eq!(told.promised(), 8_000);
    assert_eq!(samples(&part(&folder, 1)), sound(16_000).repeat(2));
}

#[test]
fn an_end_that_fails_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let (told, ground) = (Told::default(), Rough::new(&folder));
    let recorder = recorder_on(&folder, &told, &ground);
    recorder.write(sound(160));
    ground.weather.lock().loses = true;
    let refused = recorder.finish().expect_err("the disk loses it");
    assert_eq!(refused.code(), codes::DISK_DENIED);
    assert_eq!(told.promised(), 0);
}
