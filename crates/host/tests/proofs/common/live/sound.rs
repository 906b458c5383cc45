//! A capture that does what a test tells it. A byte of a captured file is a millisecond.

use super::super::digest;
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Samples, and so bytes of a file, per second.
const HZ: u32 = 1_000;

/// What a test's capture is at.
#[derive(Default)]
pub struct SoundState {
    pub sources: Vec<CaptureSource>,
    /// The plan of the last one that began, and how many began.
    pub plan: Option<CapturePlan>,
    pub begun: u32,
    /// Open right now.
    pub open: u32,
    /// Every beginning is refused with this.
    pub refuses: Option<&'static str>,
    /// What the store held when the last one was asked to begin.
    pub rows_at_begin: u32,
    position_ms: u64,
    /// Ordinal, first frame and frames of the file that is written.
    file: (u32, u64, u64),
    gap: Option<(u32, u64)>,
    gaps: u32,
}

/// A capture that does what it is told.
#[derive(Default)]
pub struct Sound {
    pub state: Mutex<SoundState>,
    tell: Mutex<Option<Arc<CaptureListener>>>,
    /// Counts recordings in the database when a capture begins.
    pub rows: Mutex<Option<Box<dyn Fn() -> u32 + Send + Sync>>>,
    pub stop_fails: AtomicBool,
}

impl Sound {
    pub fn say(&self, news: CaptureNews) {
        let tell = self.tell.lock().clone();
        if let Some(tell) = tell {
            tell(news);
        }
    }

    /// Somebody speaks for this long: the clock goes on, the file grows.
    pub fn pass(&self, ms: u64) {
        self.pass_as_loud(ms, 0.25);
    }

    /// Nobody speaks for this long: the clock and the file go on all the same.
    pub fn pass_quietly(&self, ms: u64) {
        self.pass_as_loud(ms, 0.001);
    }

    fn pass_as_loud(&self, ms: u64, rms: f32) {
        let (position_ms, lanes) = {
            let mut state = self.state.lock();
            state.position_ms += ms;
            state.file.2 += ms;
            if let Some(keep) = state.plan.as_ref().and_then(|p| p.keep.clone()) {
                let at = state.position_ms;
                append(&*keep.folder, &PartName::of(state.file.0), ms, at);
            }
            let lanes = state.plan.as_ref().map_or(0, |p| p.lanes.len());
            (state.position_ms, lanes)
        };
        let lane = LaneSound {
            peak: rms * 2.0,
            rms,
            clipped: false,
            columns: vec![(-3, 4)],
        };
        self.say(CaptureNews::Levels {
            position_ms,
            lanes: vec![lane; lanes],
        });
    }

    /// The disk has what was written.
    pub fn keep(&self) {
        let (lanes, (ordinal, start_frame, frames)) = {
            let state = self.state.lock();
            let plan = state.plan.as_ref().unwrap();
            (plan.lanes.len(), state.file)
        };
        self.say(CaptureNews::Kept {
            ordinal,
            file: PartName::of(ordinal),
            sample_rate_hz: HZ,
            channels: lanes as u16,
            start_frame,
            frames,
        });
    }

    /// A file is closed and the next one begun.
    pub fn rotate(&self) {
        self.keep();
        let folder = {
            let mut state = self.state.lock();
            let (ordinal, start, frames) = state.file;
            state.file = (ordinal + 1, start + frames, 0);
            state.plan.as_ref().unwrap().keep.clone().unwrap().folder
        };
        let ordinal = self.state.lock().file.0;
        folder.create(&PartName::of(ordinal)).unwrap();
        self.keep();
    }

    /// The capture closes itself.
    pub fn end(&self, code: &str) {
        self.keep();
        self.say(CaptureNews::Ended {
            note: ErrorNote::new(code),
        });
    }

    /// The capture's threads die without a word.
    pub fn die(&self) {
        self.tell.lock().take();
    }
}

fn append(folder: &dyn LiveFolder, name: &PartName, ms: u64, at: u64) {
    let mut file = folder.open(name).unwrap();
    file.seek(SeekFrom::End(0)).unwrap();
    // No two recordings sound alike.
    file.write_all(&vec![at as u8; ms as usize]).unwrap();
}

/// The capture as the app sees it.
pub struct Device(pub Arc<Sound>);

impl Capture for Device {
    fn sources(&self) -> AppResult<Vec<CaptureSource>> {
        Ok(self.0.state.lock().sources.clone())
    }

    fn begin(&self, plan: CapturePlan, tell: CaptureListener) -> AppResult<Box<dyn CaptureRun>> {
        let sound = self.0.clone();
        if let Some(rows) = &*sound.rows.lock() {
            sound.state.lock().rows_at_begin = rows();
        }
        if let Some(code) = sound.state.lock().refuses {
            return Err(AppError::new(code).with("name", "话务盒"));
        }
        if let Some(keep) = &plan.keep {
            keep.folder.create(&PartName::of(1)).unwrap();
        }
        {
            let mut state = sound.state.lock();
            state.plan = Some(plan);
            state.begun += 1;
            state.open += 1;
            state.position_ms = 0;
            state.file = (1, 0, 0);
            state.gap = None;
            state.gaps = 0;
        }
        *sound.tell.lock() = Some(Arc::new(tell));
        sound.say(CaptureNews::Started);
        Ok(Box::new(Run(sound)))
    }

    fn repair(&self, folder: &dyn LiveFolder, part: &PartName) -> AppResult<RepairedPart> {
        let length = folder.open(part).and_then(|file| file.metadata());
        let frames = length.map_or(0, |m| m.len());
        Ok(RepairedPart {
            sample_rate_hz: HZ,
            channels: 2,
            frames,
            was_broken: true,
        })
    }
}

struct Run(Arc<Sound>);

impl CaptureRun for Run {
    fn position_ms(&self) -> u64 {
        self.0.state.lock().position_ms
    }

    fn pause(&self) {
        let (ordinal, start_ms) = {
            let mut state = self.0.state.lock();
            let gap = (state.gaps, state.position_ms);
            state.gaps += 1;
            state.gap = Some(gap);
            gap
        };
        self.0.say(pause_gap(ordinal, start_ms, None));
    }

    fn resume(&self) {
        let (gap, end) = {
            let mut state = self.0.state.lock();
            (state.gap.take(), state.position_ms)
        };
        if let Some((ordinal, start_ms)) = gap {
            self.0.say(pause_gap(ordinal, start_ms, Some(end)));
        }
    }

    fn test(&self, ms: u32, file: &Path) -> AppResult<LiveTest> {
        std::fs::write(file, b"sound").unwrap();
        Ok(LiveTest {
            duration_ms: ms,
            lanes: Vec::new(),
            same_on_both: false,
        })
    }

    fn stop(self: Box<Self>) -> AppResult<CaptureEnd> {
        if self.0.stop_fails.load(Ordering::SeqCst) {
            return Err(AppError::new(codes::INTERNAL));
        }
        if self.0.state.lock().plan.as_ref().unwrap().keep.is_some() {
            self.0.keep();
        }
        Ok(CaptureEnd {
            duration_ms: self.position_ms(),
            ..CaptureEnd::default()
        })
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.0.state.lock().open -= 1;
        self.0.tell.lock().take();
    }
}

fn pause_gap(ordinal: u32, start_ms: u64, end_ms: Option<u64>) -> CaptureNews {
    CaptureNews::Gap {
        ordinal,
        kind: GapKind::Pause,
        channel: None,
        start_ms,
        end_ms,
    }
}

/// Takes captured files in, unless it was told to refuse.
#[derive(Default)]
pub struct Intake {
    pub refuses: Mutex<Option<&'static str>>,
    pub taken: AtomicU64,
    /// What is longer is refused, unless any length was asked for.
    pub most_ms: AtomicU64,
}

pub struct Taking(pub Arc<Intake>);

impl MediaDecoder for Taking {
    fn ingest(
        &self,
        request: &IngestRequest,
        _: &mut dyn FnMut(u16),
        _: &Cancel,
    ) -> AppResult<Ingested> {
        let request = &request.for_decoder();
        if let Some(code) = *self.0.refuses.lock() {
            return Err(AppError::new(code));
        }
        let bytes = std::fs::read(&request.paths[0]).unwrap();
        let frames = bytes.len() as u64;
        let most_ms = self.0.most_ms.load(Ordering::SeqCst);
        if most_ms > 0 && frames > request.longest_ms.unwrap_or(most_ms) {
            return Err(AppError::new(codes::MEDIA_TOO_LONG));
        }
        let peaks = [b"peaks", &bytes[..]].concat();
        std::fs::write(request.work_dir.join("source-0"), &bytes).unwrap();
        std::fs::write(request.work_dir.join("audio.wav"), &bytes).unwrap();
        std::fs::write(request.work_dir.join("audio.peaks"), &peaks).unwrap();
        self.0.taken.fetch_add(1, Ordering::SeqCst);
        Ok(Ingested {
            sources: vec![SourceFile {
                sha256: digest(&bytes),
                name: "part-001.wav".into(),
                bytes: frames,
                codec: "wav/pcm_s16le".into(),
            }],
            audio_sha256: digest(&bytes),
            peaks_sha256: digest(&peaks),
            sample_rate_hz: HZ,
            channels: 2,
            frames,
            was_dual_mono: false,
            ..Ingested::default()
        })
    }

    fn hash(&self, path: &Path, _: &Cancel) -> AppResult<Sha256> {
        Ok(digest(std::fs::read(path).unwrap()))
    }
}
