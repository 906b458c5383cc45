//! Sound in that is told: which devices there are, and what happens to what they deliver. How far the clock of a
//! call is, is told too. A byte of a captured file is a frame; what its words are, the ears know.

mod devices;

pub(crate) use devices::Devices;

use crate::clock::StageClock;
use crate::ears::ToldEars;
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;

/// Frames of a captured file in a second, as in written calls.
pub(crate) const HZ: u32 = 100;
/// What a captured file begins with; behind it stands when it was begun, so that no two calls sound alike.
pub(crate) const CAPTURED: &str = "captured at ";
/// Milliseconds of one column of levels, and how many are told at most.
const COLUMN_MS: u64 = 50;
const COLUMNS: u64 = 20;

/// What is told of sound.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Told {
    /// These devices are there from now on.
    sources: Option<Vec<CaptureSource>>,
    /// What five seconds of test show from now on.
    test: Option<LiveTest>,
    /// Whoever begins next is refused.
    refuses: Option<ErrorNote>,
    /// What happens now, one after the other.
    happens: Vec<Happens>,
}

/// What happens to sound that is captured.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Happens {
    /// A lane is like this now; a device that is lost leaves a gap until it is back.
    Lane { lane: u16, state: LaneState },
    /// Both lanes carry the same, or no longer do.
    SameOnBoth(bool),
    /// The disk takes so many minutes more.
    Disk(u32),
    /// It closes itself.
    Ended(ErrorNote),
}

/// A gap that is open: its number, the lane, and where it began.
type Gap = (u32, Option<u16>, u64);

/// A capture that runs.
#[derive(Default)]
struct Running {
    lanes: Vec<LiveLane>,
    keep: Option<KeepPlan>,
    position_ms: u64,
    /// Bytes of every file of it.
    fill: Vec<u8>,
    frames: u64,
    gaps: u32,
    open: Vec<Gap>,
}

#[derive(Default)]
struct State {
    sources: Vec<CaptureSource>,
    test: Option<LiveTest>,
    refuses: Option<ErrorNote>,
    running: Option<Running>,
    begun: u32,
}

/// The devices of a stage.
pub(crate) struct ToldSound {
    clock: Arc<StageClock>,
    ears: Arc<ToldEars>,
    state: Mutex<State>,
    tell: Mutex<Option<Arc<CaptureListener>>>,
}

impl ToldSound {
    /// No devices yet.
    pub fn new(clock: Arc<StageClock>, ears: Arc<ToldEars>) -> Self {
        Self {
            clock,
            ears,
            state: Mutex::default(),
            tell: Mutex::default(),
        }
    }

    /// Takes what is told; says what is captured now.
    pub fn hear_of(&self, told: Told) -> Value {
        {
            let mut state = self.state.lock();
            if let Some(sources) = told.sources {
                state.sources = sources;
            }
            state.test = told.test.or(state.test.take());
            state.refuses = told.refuses.or(state.refuses.take());
        }
        for happens in told.happens {
            self.happen(happens);
        }
        let state = self.state.lock();
        json!({ "captures": state.running.as_ref().map(|r| &r.lanes) })
    }

    fn happen(&self, happens: Happens) {
        match happens {
            Happens::Lane { lane, state } => {
                match state {
                    LaneState::Lost => self.open_gap(GapKind::DeviceLost, Some(lane)),
                    _ => self.close_gap(GapKind::DeviceLost, Some(lane)),
                }
                self.say(CaptureNews::Lane { lane, state });
            }
            Happens::SameOnBoth(is_same) => self.say(CaptureNews::SameOnBoth { is_same }),
            Happens::Disk(minutes_left) => self.say(CaptureNews::Disk { minutes_left }),
            Happens::Ended(note) => {
                self.keep(true);
                self.say(CaptureNews::Ended { note });
            }
        }
    }

    /// Time passes: what is captured goes on by as much.
    pub fn pass(&self, ms: u64) -> AppResult<()> {
        {
            let mut state = self.state.lock();
            let Some(running) = &mut state.running else {
                return Ok(());
            };
            running.position_ms += ms;
            running
                .write()
                .map_err(|e| AppError::of_disk(&e, Path::new("live")))?;
        }
        self.tell_levels(ms);
        self.keep(false);
        Ok(())
    }

    fn say(&self, news: CaptureNews) {
        // Whoever is told may ask back.
        let tell = self.tell.lock().clone();
        if let Some(tell) = tell {
            tell(news);
        }
    }

    fn tell_levels(&self, ms: u64) {
        let told = self.state.lock().running.as_ref().map(|running| {
            let lost = |lane| {
                running
                    .open
                    .iter()
                    .any(|(_, of, _)| of.is_none_or(|l| l == lane))
            };
            let lanes = (0..).zip(&running.lanes);
            let lanes = lanes.map(|(lane, _)| loud(running.position_ms, ms, lane, lost(lane)));
            (running.position_ms, lanes.collect())
        });
        if let Some((position_ms, lanes)) = told {
            self.say(CaptureNews::Levels { position_ms, lanes });
        }
    }

    /// Says what of it is on disk: all of it, or the whole seconds but the last.
    fn keep(&self, is_all: bool) {
        let kept = self.state.lock().running.as_ref().and_then(|running| {
            running.keep.as_ref()?;
            let kept_ms = match is_all {
                true => running.position_ms,
                false => (running.position_ms / 1_000).saturating_sub(1) * 1_000,
            };
            Some((running.lanes.len(), frames_in(kept_ms)))
        });
        if let Some((lanes, frames)) = kept {
            self.say(CaptureNews::Kept {
                ordinal: 1,
                file: PartName::of(1),
                sample_rate_hz: HZ,
                channels: u16::try_from(lanes).unwrap_or(2),
                start_frame: 0,
                frames,
            });
        }
    }

    fn open_gap(&self, kind: GapKind, channel: Option<u16>) {
        let gap = self.state.lock().running.as_mut().map(|running| {
            let gap = (running.gaps, channel, running.position_ms);
            running.gaps += 1;
            running.open.push(gap);
            gap
        });
        if let Some(gap) = gap {
            self.say(gap_news(kind, gap, None));
        }
    }

    fn close_gap(&self, kind: GapKind, channel: Option<u16>) {
        let gap = self.state.lock().running.as_mut().and_then(|running| {
            let at = running.open.iter().position(|(_, of, _)| *of == channel)?;
            Some((running.open.remove(at), running.position_ms))
        });
        if let Some((gap, end_ms)) = gap {
            self.say(gap_news(kind, gap, Some(end_ms)));
        }
    }
}

impl Running {
    /// Writes what was said since the last time.
    fn write(&mut self) -> std::io::Result<()> {
        let Some(keep) = &self.keep else {
            return Ok(());
        };
        let frames = frames_in(self.position_ms);
        let mut file = keep.folder.open(&PartName::of(1))?;
        file.seek(SeekFrom::End(0))?;
        let from = usize::try_from(self.frames).unwrap_or(0);
        let count = usize::try_from(frames - self.frames).unwrap_or(0);
        let bytes: Vec<u8> = self
            .fill
            .iter()
            .copied()
            .cycle()
            .skip(from % self.fill.len())
            .take(count)
            .collect();
        file.write_all(&bytes)?;
        self.frames = frames;
        Ok(())
    }
}

fn frames_in(ms: u64) -> u64 {
    ms * u64::from(HZ) / 1_000
}

fn gap_news(kind: GapKind, (ordinal, channel, start_ms): Gap, end_ms: Option<u64>) -> CaptureNews {
    CaptureNews::Gap {
        ordinal,
        kind,
        channel,
        start_ms,
        end_ms,
    }
}

/// The last so many milliseconds of captured files are gone: the disk never got them.
pub(crate) fn lose(live: &Path, lost_ms: u64) -> std::io::Result<()> {
    for call in std::fs::read_dir(live)?.flatten() {
        let part = call.path().join(PartName::of(1).as_str());
        if let Ok(file) = std::fs::OpenOptions::new().write(true).open(part) {
            let length = file.metadata()?.len();
            file.set_len(length.saturating_sub(frames_in(lost_ms)))?;
        }
    }
    Ok(())
}

/// A refusal in these words.
pub(crate) fn refusal(note: ErrorNote) -> AppError {
    let mut refused = AppError::new(&note.code);
    refused.note = note;
    refused
}

/// How loud a lane is at the end of a stretch: any shape will do, as long as it is the same each time.
fn loud(position_ms: u64, ms: u64, lane: u16, is_quiet: bool) -> LaneSound {
    let at = |ms: u64| {
        if is_quiet {
            0
        } else {
            20 + ((ms / COLUMN_MS + u64::from(lane) * 3) % 7) as i8 * 10
        }
    };
    let columns = (ms / COLUMN_MS).min(COLUMNS);
    let peak = f32::from(at(position_ms)) / 127.0;
    LaneSound {
        peak,
        rms: peak / 2.0,
        clipped: false,
        columns: (0..columns)
            .map(|n| at(position_ms.saturating_sub((columns - n) * COLUMN_MS)))
            .map(|height| (-height, height))
            .collect(),
    }
}
