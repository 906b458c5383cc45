//! What the recorder holds, on real files and on disks that misbehave.

mod damage;
mod folder;
mod loss;
mod space;
mod whole;

use super::ground::{DiskGround, Ground, OnDisk, PartFile};
use super::*;
use qinting_desk::RepairedPart;
use qinting_testkit::dice::Dice;
use qinting_testkit::wait::until;
use std::collections::HashMap;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const RATE: u32 = 8_000;

/// Where the bytes in front of the sound end.
const HEADER: usize = 44;

fn plan(folder: &TempDir, channels: u16, part_bytes: u64) -> RecorderPlan {
    RecorderPlan {
        folder: on(folder),
        part_bytes,
        reserve_ms: 0,
        sample_rate_hz: RATE,
        channels,
    }
}

/// Where a test's recording is written.
fn on(folder: &TempDir) -> Arc<dyn LiveFolder> {
    Arc::new(folder::OnFolder(folder.path().to_owned()))
}

/// Mends a file.
fn mend_at(file: &Path) -> io::Result<RepairedPart> {
    repair::mend(std::fs::File::options().read(true).write(true).open(file))
}

/// A plan that never turns to a second file.
fn one_file(folder: &TempDir) -> RecorderPlan {
    plan(folder, 2, 1 << 30)
}

/// What was told so far.
#[derive(Clone, Default)]
struct Told(Arc<Mutex<Vec<RecorderNews>>>);

impl Told {
    fn listener(&self) -> Box<dyn Fn(RecorderNews) + Send> {
        let told = self.0.clone();
        Box::new(move |news| told.lock().push(news))
    }

    fn all(&self) -> Vec<RecorderNews> {
        self.0.lock().clone()
    }

    /// (ordinal, start, frames) of each promise, in the order they were made.
    fn promises(&self) -> Vec<(u32, u64, u64)> {
        let promise = |news: &RecorderNews| match news {
            RecorderNews::Kept {
                ordinal,
                start_frame,
                frames,
                ..
            } => Some((*ordinal, *start_frame, *frames)),
            _ => None,
        };
        self.0.lock().iter().filter_map(promise).collect()
    }

    /// Frames of the first file that are promised by now.
    fn promised(&self) -> u64 {
        let first = |&(ordinal, _, frames): &(u32, u64, u64)| (ordinal == 1).then_some(frames);
        self.promises().iter().rev().find_map(first).unwrap_or(0)
    }

    fn closed(&self) -> Option<String> {
        self.0.lock().iter().find_map(|news| match news {
            RecorderNews::Closed { note } => Some(note.code.clone()),
            _ => None,
        })
    }

    fn minutes(&self) -> Vec<u32> {
        let told = self.0.lock();
        let minutes = told.iter().filter_map(|news| match news {
            RecorderNews::Disk { minutes_left } => Some(*minutes_left),
            _ => None,
        });
        minutes.collect()
    }
}

/// Samples no two neighbours of which are alike.
fn sound(count: usize) -> Vec<i16> {
    (0..count)
        .map(|n| ((n * 7919) % 65_521) as u16 as i16)
        .collect()
}

/// The samples of a file, as any program reads them.
fn samples(file: &Path) -> Vec<i16> {
    let mut wav = hound::WavReader::open(file).expect("a WAV");
    wav.samples().map(|s| s.expect("a whole WAV")).collect()
}

fn part(folder: &TempDir, ordinal: u32) -> PathBuf {
    folder.path().join(PartName::of(ordinal).as_str())
}

/// The sound of all files, one after the other.
fn whole(folder: &TempDir) -> Vec<i16> {
    (1..)
        .map(|ordinal| part(folder, ordinal))
        .take_while(|file| file.is_file())
        .flat_map(|file| samples(&file))
        .collect()
}

/// A tape whose second hand the test moves.
fn tape(plan: RecorderPlan, ground: Arc<dyn Ground>, told: &Told) -> AppResult<Tape> {
    let tell: Tell = Arc::new(Mutex::new(told.listener()));
    Tape::begin(plan, ground, tell, unbounded().0)
}

/// What a disk is made to do.
#[derive(Default)]
struct Weather {
    /// Bytes there are for everybody; `None`: plenty.
    capacity: Option<u64>,
    /// Bytes other programs have taken.
    others: u64,
    /// Bytes of sound on it.
    written: u64,
    reserve: u64,
    /// From this byte of a file on every write is refused so.
    broken_from: Option<(u64, io::ErrorKind)>,
    /// Every sync is refused.
    loses: bool,
    /// Writes hang.
    writes_hang: bool,
    /// Syncs hang.
    syncs_hang: bool,
    /// Length of each file at its last sync.
    synced: HashMap<PathBuf, u64>,
}

impl Weather {
    fn free(&self) -> u64 {
        let taken = self.others + self.written + self.reserve;
        self.capacity
            .map_or(1 << 50, |capacity| capacity.saturating_sub(taken))
    }
}

/// Real files on a disk whose weather the test makes.
#[derive(Clone)]
struct Rough {
    place: PathBuf,
    disk: Arc<DiskGround>,
    weather: Arc<Mutex<Weather>>,
}

impl Rough {
    fn new(folder: &TempDir) -> Self {
        Self {
            place: folder.path().to_owned(),
            disk: Arc::new(DiskGround::new(on(folder))),
            weather: Arc::default(),
        }
    }

    /// With this many bytes for everybody.
    fn sized(folder: &TempDir, capacity: u64) -> Self {
        let this = Self::new(folder);
        this.weather.lock().capacity = Some(capacity);
        this
    }

    fn wait_while(&self, hangs: impl Fn(&Weather) -> bool) {
        while hangs(&self.weather.lock()) {
            std::thread::yield_now();
        }
    }
}

impl Ground for Rough {
    fn create(&self, file: &PartName) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)> {
        let (inner, twin) = self.disk.create(file)?;
        let rough = RoughFile {
            inner,
            ground: self.clone(),
            at: 0,
            length: 0,
        };
        let twin = RoughTwin {
            twin,
            ground: self.clone(),
            path: self.place.join(file.as_str()),
        };
        Ok((Box::new(rough), Arc::new(twin)))
    }

    fn mend(&self, file: &PartName) -> io::Result<RepairedPart> {
        self.disk.mend(file)
    }

    fn sync_folder(&self) -> io::Result<()> {
        self.disk.sync_folder()
    }

    fn room(&self) -> io::Result<u64> {
        Ok(self.weather.lock().free())
    }
}

struct RoughTwin {
    twin: Arc<dyn OnDisk>,
    ground: Rough,
    path: PathBuf,
}

impl OnDisk for RoughTwin {
    fn sync(&self) -> io::Result<()> {
        self.ground.wait_while(|weather| weather.syncs_hang);
        let length = std::fs::metadata(&self.path)?.len();
        self.twin.sync()?;
        let mut weather = self.ground.weather.lock();
        if weather.loses {
            return Err(io::Error::other("the platter is scratched"));
        }
        weather.synced.insert(self.path.clone(), length);
        Ok(())
    }

    fn hold(&self, bytes: u64) -> io::Result<()> {
        let mut weather = self.ground.weather.lock();
        assert!(bytes <= weather.free(), "nobody can hold what is not there");
        weather.reserve = bytes;
        Ok(())
    }

    fn let_go(&self) -> io::Result<()> {
        self.ground.weather.lock().reserve = 0;
        self.twin.let_go()
    }
}

struct RoughFile {
    inner: Box<dyn PartFile>,
    ground: Rough,
    at: u64,
    length: u64,
}

impl Write for RoughFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ground.wait_while(|weather| weather.writes_hang);
        let mut weather = self.ground.weather.lock();
        let mut most = bytes.len() as u64;
        if let Some((from, kind)) = weather.broken_from {
            most = most.min(from.saturating_sub(self.at));
            if most == 0 {
                return Err(kind.into());
            }
        }
        // What is written over takes no new room.
        let grown = (self.at + most).saturating_sub(self.length);
        most -= grown.saturating_sub(weather.free() + weather.reserve);
        if most == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let count = self.inner.write(&bytes[..most as usize])?;
        self.at += count as u64;
        let grown = self.at.saturating_sub(self.length);
        weather.reserve = weather.reserve.saturating_sub(grown);
        weather.written += grown;
        self.length = self.length.max(self.at);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Seek for RoughFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.at = self.inner.seek(to)?;
        Ok(self.at)
    }
}

#[rstest::rstest]
#[case::a_call_box(8_000, 1)]
#[case::both_sides_of_it(8_000, 2)]
#[case::a_microphone(48_000, 1)]
#[case::microphone_and_headset(48_000, 2)]
#[case::studio(192_000, 2)]
fn no_file_gets_longer_than_what_takes_it_in_allows(#[case] rate: u32, #[case] channels: u16) {
    let folder = TempDir::new().unwrap();
    let plan = RecorderPlan {
        sample_rate_hz: rate,
        ..plan(&folder, channels, 2_000_000_000)
    };
    let frames = super::tape::frames_per_part(&plan).unwrap();
    let hours = crate::ingest::MAX_HOURS;
    assert!(frames <= hours / 2 * 3600 * u64::from(rate));
    let bytes = 44 + frames * 2 * u64::from(channels);
    assert!(bytes <= crate::ingest::MAX_SOURCE_BYTES);
    // And not so short that a call is cut up for nothing.
    assert!(frames >= 3600 / 2 * u64::from(rate));
}
