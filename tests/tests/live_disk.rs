//! The disk a call is recorded on is full.

use qinting_testkit::cli::Home;
use qinting_testkit::dice::Dice;
use qinting_testkit::files::below;
use qinting_testkit::sound::Sound;
use qinting_tests::built;
use qinting_tests::live::{Line, Listening};
use qinting_tests::live_room::LiveRoom;
use qinting_tests::namespace::small_disk;
use qinting_tests::samples::{kept_in, place_of};
use qinting_tests::sound::{Sink, Speaker, is_there};
use rustix::fs::statvfs;
use serde_json::Value;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const HZ: u32 = 48_000;
/// One lane at that rate.
const BYTES_PER_SECOND: u64 = HZ as u64 * 2;
/// A disk with room for everything the program needs besides the sound.
const DISK_MIB: u32 = 48;
/// What is free when a call begins: more than the three minutes it takes to begin, and so little that
/// the half of it that is set aside lasts less than the two minutes at which it closes.
const FREE_AT_BEGIN: u64 = 210 * BYTES_PER_SECOND;
/// Whoever listens is told within this.
const TOLD: Duration = Duration::from_secs(1);
/// Pieces of sound that are heard before the disk is full.
const PIECES: u32 = 4;
/// Samples of one. Short ones: how a sound server hands over long ones is not what is tried here.
const PIECE: u32 = HZ / 8;

fn free(disk: &Path) -> u64 {
    let stat = statvfs(disk).expect("a disk");
    stat.f_bavail * stat.f_frsize
}

/// A piece of noise that is like no other.
fn piece(n: u32) -> Sound {
    let mut dice = Dice::new(11 + u64::from(n));
    Sound {
        rate_hz: HZ,
        channels: vec![dice.samples(PIECE as usize)],
    }
}

/// Another program that has a use for a disk.
struct Eater {
    file: PathBuf,
    /// What it writes, made once: it has to be faster than who else wants the room.
    bytes: Vec<u8>,
}

impl Eater {
    fn new(disk: &Path) -> Self {
        Self {
            file: disk.join("download"),
            bytes: vec![1; 1 << 22],
        }
    }

    /// Takes all but `rest` bytes.
    fn leave(&self, disk: &Path, rest: u64) {
        let mut file = self.open();
        while free(disk) > rest {
            let piece = (free(disk) - rest).min(1 << 16) as usize;
            file.write_all(&vec![1; piece]).expect("there is room");
        }
    }

    /// Takes what there is; gives the moment the disk refused.
    fn take_all(&self) -> Instant {
        let mut file = self.open();
        // Each piece is gone after so many; more means that room came back, which is not taken byte by byte.
        for piece in [1 << 22, 1 << 12, 1] {
            let mut takes = (0..1 << 12).map(|_| file.write_all(&self.bytes[..piece]));
            takes.any(|taken| taken.is_err());
        }
        Instant::now()
    }

    fn open(&self) -> File {
        let options = File::options().create(true).append(true).open(&self.file);
        options.expect("a file")
    }

    /// Takes what there is, again and again, until the guard is dropped.
    fn keep_at_it<'a>(
        &'a self,
        scope: &'a std::thread::Scope<'a, '_>,
        is_over: &'a AtomicBool,
    ) -> Full<'a> {
        scope.spawn(|| {
            while !is_over.load(Ordering::Acquire) {
                self.take_all();
                std::thread::sleep(Duration::from_micros(200));
            }
        });
        Full(is_over)
    }

    fn give_back(self) {
        std::fs::remove_file(self.file).expect("its own file");
    }
}

/// As long as this is there the disk stays full.
struct Full<'a>(&'a AtomicBool);

impl Drop for Full<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// A desk on a small disk; its sound server is elsewhere.
struct Scene {
    room: LiveRoom,
    disk: PathBuf,
    sink: Sink,
    server: TempDir,
}

impl Scene {
    fn new() -> Option<Self> {
        if !is_there() {
            return None;
        }
        let disk = small_disk(DISK_MIB)?;
        let sink = Sink::new("line", HZ, 1);
        let server = TempDir::new().expect("a folder");
        let log = server.path().join("log");
        let speaker = Speaker::start_with(server.path(), &log, std::slice::from_ref(&sink));
        let home = Home::below(&disk, built("qinting"));
        home.run(["doctor"]).went_well();
        Some(Self {
            room: LiveRoom { home, speaker },
            disk,
            sink,
            server,
        })
    }

    /// Begins a call, and plays all pieces to it; they are on disk when this returns.
    fn listen(&self, eater: &Eater) -> Listening {
        let lane = self.room.lane(&self.sink, "=customer");
        eater.leave(&self.disk, FREE_AT_BEGIN);
        let mut listening = self.room.begin("record", &[lane]);
        listening.until_ms(300);
        (0..PIECES).for_each(|n| self.play(n));
        let heard_by = listening.status().number("position_ms") + 1_000;
        listening.until_ms(heard_by);
        let heard = listening.status().number("position_ms");
        listening.until("it is on disk", |line| {
            (line.said["kept_ms"].as_u64() > Some(heard)).then_some(())
        });
        listening
    }

    fn play(&self, n: u32) {
        // Not the desk's way: its files would lie on the small disk.
        let wav = self.server.path().join("piece.wav");
        piece(n).cushioned().write(&wav);
        self.room.speaker.play(&self.sink, &wav).to_the_end();
    }

    /// The files of the call as they are written.
    fn parts(&self) -> Vec<PathBuf> {
        below(&self.room.home.workspace().join("live"))
            .into_iter()
            .filter(|file| file.extension().is_some_and(|e| e == "wav"))
            .collect()
    }
}

fn closes(listening: &mut Listening) -> Line {
    listening.until("the call says that the disk is full", |line| {
        (line.is("notice") && line.said["code"] == "live.disk_closed").then(|| line.clone())
    })
}

/// The longest that was promised.
fn promised_ms(lines: &[Line]) -> u64 {
    let kept = |line: &Line| line.said["kept_ms"].as_u64();
    lines.iter().filter_map(kept).max().unwrap_or(0)
}

/// All that was played is in it, and as much as was promised.
#[track_caller]
fn has_everything(kept: &Sound, promised_ms: u64) {
    let places = (0..PIECES).map(|n| {
        place_of(&piece(n).channels[0], &kept.channels[0])
            .unwrap_or_else(|why| panic!("piece {n} is not what was played: {why}"))
    });
    assert!(places.is_sorted(), "in the order they were played in");
    let length_ms = kept.len() as u64 * 1000 / u64::from(HZ);
    assert!(length_ms >= promised_ms, "{length_ms} < {promised_ms} ms");
}

#[test]
fn a_disk_that_another_program_fills_is_told_within_a_second_and_the_call_is_kept() {
    let Some(scene) = Scene::new() else { return };
    let eater = Eater::new(&scene.disk);
    let mut listening = scene.listen(&eater);
    let full = eater.take_all();
    let told = closes(&mut listening).at.saturating_duration_since(full);
    assert!(told <= TOLD, "told after {told:?}");
    println!("told {} ms after the disk was full", told.as_millis());

    // What had been set aside is enough to end in good order.
    let promised = promised_ms(&listening.heard);
    let ended = listening.ended();
    assert_eq!(ended.code, 6, "the exit code of a full disk: {ended:?}");
    let last: Value =
        serde_json::from_str(ended.out.lines().last().unwrap_or_default()).expect("a line of JSON");
    assert_eq!(
        (&last["live"], &last["has_audio"]),
        (&"ended".into(), &true.into())
    );
    has_everything(&scene.room.kept(), promised);
    assert_eq!(scene.parts(), Vec::<PathBuf>::new(), "it has become a case");
}

#[test]
fn where_not_even_the_end_fits_on_the_disk_the_call_waits_whole_until_there_is_room() {
    let Some(scene) = Scene::new() else { return };
    let eater = Eater::new(&scene.disk);
    let mut listening = scene.listen(&eater);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let full = Instant::now();
        let _full = eater.keep_at_it(scope, &is_over);
        let told = closes(&mut listening).at.saturating_duration_since(full);
        assert!(told <= TOLD, "told after {told:?}");
        // What was set aside is free now, and the other program is faster.
        listening.held(|| {
            eater.take_all();
        });
        listening.until("and that it cannot be put away", |line| {
            (line.is("notice") && line.said["code"] == "disk.full").then_some(())
        });
    });
    let promised = promised_ms(&listening.heard);

    // Where it was written it is whole and playable by anything.
    let parts = scene.parts();
    let [part] = parts.as_slice() else {
        panic!("one file and not {parts:?}");
    };
    has_everything(&Sound::read(part), promised);

    // The power fails on top of it; somebody makes room; the next start puts it away by itself.
    listening.kill();
    eater.give_back();
    let home = &scene.room.home;
    let answer = home.run(["live", "recovered", "--json"]).went_well().json();
    let calls = answer["recovered"].as_array().expect("a list");
    assert_eq!(calls.len(), 1, "{answer}");
    assert_eq!(calls[0]["state"], "recovered", "{answer}");
    assert_eq!(kept_in(&home.workspace()).len(), 1);
    has_everything(&scene.room.kept(), promised);
}
