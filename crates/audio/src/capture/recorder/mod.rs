//! Keeps what is heard, as evidence: plain 16-bit WAV files that a crash, a power cut, or a full
//! disk cannot take away.
//!
//! [`Recorder::write`] only queues. A thread of its own owns the file (`tape`), another one waits
//! for the disk (`syncing`), so that a disk that hangs keeps neither the sound nor the file waiting.
//! A frame is promised ([`RecorderNews::Kept`]) once the disk has said that it has it, never before.

mod ground;
mod part;
mod repair;
mod room;
mod syncing;
mod tape;
#[cfg(test)]
mod tests;

pub(crate) use repair::repair;

use crate::ingest::Fault;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, unbounded};
use ground::{DiskGround, Ground};
use parking_lot::Mutex;
use qinting_desk::{AppError, AppResult, LiveFolder, codes};
use qinting_domain::ErrorNote;
use qinting_domain::PartName;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tape::{After, Tape};

/// Samples that wait for a disk at most: 64 MiB, five minutes and a half of two lanes at 48 kHz.
const HELD_SAMPLES: usize = 32 << 20;
/// How often the header is brought up to date and the disk is asked to sync.
const BEAT: Duration = Duration::from_secs(1);
/// How often the room on the disk is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// How a recording is written.
#[derive(Clone, Debug)]
pub(crate) struct RecorderPlan {
    /// The recording's own folder.
    pub folder: Arc<dyn LiveFolder>,
    /// A file never gets bigger than this.
    pub part_bytes: u64,
    /// Space that is reserved at the start, in milliseconds of sound.
    pub reserve_ms: u64,
    /// Samples per second and channel.
    pub sample_rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
}

impl RecorderPlan {
    fn frame_bytes(&self) -> u64 {
        u64::from(self.channels) * 2
    }

    fn bytes_of_ms(&self, ms: u64) -> u64 {
        ms.saturating_mul(u64::from(self.sample_rate_hz)) / 1000 * self.frame_bytes()
    }
}

/// What a recorder tells, from its own threads and from within [`Recorder::start`] and
/// [`Recorder::write`]: whoever listens puts it into a queue and returns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RecorderNews {
    /// A file was begun (`frames` 0), or more of it is safely on disk.
    Kept {
        /// Ordinal from 1.
        ordinal: u32,
        /// File name in the folder.
        file: PartName,
        /// Samples per second and channel.
        sample_rate_hz: u32,
        /// 1 or 2.
        channels: u16,
        /// First frame of the file in the recording.
        start_frame: u64,
        /// Frames on disk.
        frames: u64,
    },
    /// The disk hung for so long that these could not be held; the file gets silence for them. The
    /// same `start_frame` again means the same stretch, grown.
    Lost {
        /// First frame of the stretch in the recording.
        start_frame: u64,
        /// Its length so far.
        frames: u64,
    },
    /// Recording time left on the disk.
    Disk {
        /// Whole minutes.
        minutes_left: u32,
    },
    /// It closed itself; what was kept is whole and playable, what is written from now on is
    /// thrown away. `live.disk_closed`, `disk.full`, `disk.denied`.
    Closed {
        /// Why.
        note: ErrorNote,
    },
}

/// Receives [`RecorderNews`]; shared by the recorder's threads.
type Tell = Arc<Mutex<Box<dyn Fn(RecorderNews) + Send>>>;

/// What waits for the writing thread.
enum Item {
    /// Interleaved samples.
    Frames(Vec<i16>),
    /// Frames that could not be held.
    Silence(u64),
    /// A sync failed; the syncing thread has ended with the reason.
    Unsynced,
    /// Nothing comes any more.
    End,
}

/// Where the next frame stands.
#[derive(Default)]
struct Intake {
    position: u64,
    /// Start and length of the stretch that is being lost.
    lost: Option<(u64, u64)>,
}

/// A recording that is being written.
pub(crate) struct Recorder {
    plan: RecorderPlan,
    intake: Mutex<Intake>,
    queue: Sender<Item>,
    held: Arc<AtomicUsize>,
    most_held: usize,
    tell: Tell,
    thread: Option<JoinHandle<AppResult<()>>>,
}

impl Recorder {
    /// Begins the first file: when this returns it is there, and `tell` has been told of it.
    /// `live.disk_low` when there is no room for it.
    pub(crate) fn start(
        plan: RecorderPlan,
        tell: Box<dyn Fn(RecorderNews) + Send>,
    ) -> AppResult<Self> {
        let ground = Arc::new(DiskGround::new(plan.folder.clone()));
        Self::start_on(plan, tell, ground, HELD_SAMPLES)
    }

    fn start_on(
        plan: RecorderPlan,
        tell: Box<dyn Fn(RecorderNews) + Send>,
        ground: Arc<dyn Ground>,
        most_held: usize,
    ) -> AppResult<Self> {
        let tell: Tell = Arc::new(Mutex::new(tell));
        let (queue, items) = unbounded();
        let tape = Tape::begin(plan.clone(), ground, tell.clone(), queue.clone())?;
        let held = Arc::new(AtomicUsize::new(0));
        let taken = held.clone();
        let thread = std::thread::Builder::new()
            .name("recorder".into())
            .spawn(move || run(tape, &items, &taken))
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        Ok(Self {
            plan,
            intake: Mutex::default(),
            queue,
            held,
            most_held,
            tell,
            thread: Some(thread),
        })
    }

    /// Takes whole frames, interleaved, and returns at once, however slow the disk is.
    pub(crate) fn write(&self, frames: Vec<i16>) {
        let samples = frames.len();
        let count = (samples / usize::from(self.plan.channels)) as u64;
        let mut intake = self.intake.lock();
        let start = intake.position;
        intake.position += count;
        let is_held = self.held.load(Ordering::Acquire) + samples <= self.most_held;
        let item = if is_held {
            self.held.fetch_add(samples, Ordering::AcqRel);
            Item::Frames(frames)
        } else {
            Item::Silence(count)
        };
        // Nobody takes it any more once the recorder has closed itself, and has said so.
        if self.queue.send(item).is_err() {
            return;
        }
        let news = if is_held {
            intake.lost.take()
        } else {
            self.grow_loss(&mut intake, start, count)
        };
        if let Some((start_frame, frames)) = news {
            self.tell_loss(start_frame, frames);
        }
    }

    /// Adds to the stretch that is being lost. It is told when it opens and about once a second.
    fn grow_loss(&self, intake: &mut Intake, start: u64, count: u64) -> Option<(u64, u64)> {
        let rate = u64::from(self.plan.sample_rate_hz);
        let (from, before) = intake.lost.unwrap_or((start, 0));
        intake.lost = Some((from, before + count));
        (before == 0 || before / rate != (before + count) / rate).then_some((from, before + count))
    }

    fn tell_loss(&self, start_frame: u64, frames: u64) {
        tracing::warn!(start_frame, frames, "the disk hangs, sound is lost");
        (self.tell.lock())(RecorderNews::Lost {
            start_frame,
            frames,
        });
    }

    /// Ends it: everything is written and on disk when this returns. A recorder that closed itself
    /// has said why and ends well.
    pub(crate) fn finish(mut self) -> AppResult<()> {
        self.end()
    }

    fn end(&mut self) -> AppResult<()> {
        let Some(thread) = self.thread.take() else {
            return Ok(());
        };
        let lost = self.intake.lock().lost.take();
        if let Some((start_frame, frames)) = lost {
            self.tell_loss(start_frame, frames);
        }
        // A thread that has ended already needs no word.
        let _ = self.queue.send(Item::End);
        thread.join().unwrap_or_else(|_| {
            Err(AppError::new(codes::INTERNAL).because("the recorder panicked"))
        })
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        if let Err(e) = self.end() {
            tracing::error!(
                code = e.code(),
                "a recording was dropped and could not be ended"
            );
        }
    }
}

/// The writing thread.
fn run(mut tape: Tape, items: &Receiver<Item>, held: &AtomicUsize) -> AppResult<()> {
    let (mut beat, mut look) = (Instant::now() + BEAT, Instant::now() + LOOK);
    loop {
        let item = match items.recv_deadline(look) {
            Ok(Item::End) | Err(RecvTimeoutError::Disconnected) => return tape.finish(),
            Ok(Item::Unsynced) => {
                tape.give_up_unsynced();
                return Ok(());
            }
            Ok(item) => Some(item),
            Err(RecvTimeoutError::Timeout) => None,
        };
        let written = item.map_or(Ok(()), |item| put(&mut tape, item, held));
        let after = written.and_then(|()| {
            let now = Instant::now();
            if now >= beat {
                beat = now + BEAT;
                tape.beat()?;
            }
            if now >= look {
                look = now + LOOK;
                return Ok(tape.look());
            }
            Ok(After::GoOn)
        });
        match after {
            Ok(After::GoOn) => {}
            Ok(After::Close) => {
                close(tape, items, held);
                return Ok(());
            }
            Err(e) => {
                tape.give_up(e);
                return Ok(());
            }
        }
    }
}

fn put(tape: &mut Tape, item: Item, held: &AtomicUsize) -> io::Result<()> {
    match item {
        Item::Frames(samples) => {
            let written = tape.take(&samples);
            held.fetch_sub(samples.len(), Ordering::AcqRel);
            written
        }
        Item::Silence(frames) => tape.silence(frames),
        Item::Unsynced | Item::End => Ok(()),
    }
}

/// Closes with everything that has been heard up to now.
fn close(mut tape: Tape, items: &Receiver<Item>, held: &AtomicUsize) {
    let waiting = items.len();
    let written = items
        .try_iter()
        .take(waiting)
        .try_for_each(|item| put(&mut tape, item, held));
    match written {
        Ok(()) => tape.close(),
        Err(e) => tape.give_up(e),
    }
}

/// Words an error of the disk; `file` is the name of the file without its folder.
fn refused(e: io::Error, file: &PartName) -> AppError {
    Fault::Disk(e).into_app(file.as_str())
}
