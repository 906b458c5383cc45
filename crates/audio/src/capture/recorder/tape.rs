//! The recording as one endless tape, cut into files.

use super::ground::Ground;
use super::part::{HEADER_BYTES, MOST_BYTES, Part, RATES_HZ};
use super::room::Watch;
use super::syncing::{Job, Syncing};
use super::{Item, RecorderNews, RecorderPlan, Tell, refused};
use crate::ingest::{MAX_HOURS, MAX_SOURCE_BYTES};
use crossbeam_channel::Sender;
use qinting_desk::{AppError, AppResult, codes};
use qinting_domain::PartName;
use std::io;
use std::sync::Arc;

/// Samples of silence written at once.
const SILENCE: [i16; 8192] = [0; 8192];

/// Whether a recording goes on.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum After {
    GoOn,
    /// The room is running out.
    Close,
}

/// A recording that is being written; owned by one thread.
pub(super) struct Tape {
    plan: RecorderPlan,
    ground: Arc<dyn Ground>,
    tell: Tell,
    part: Part,
    frames_per_part: u64,
    /// Frames for which a sync was asked, of the present file.
    asked: u64,
    syncing: Syncing,
    /// Bytes of sound that are still to be set aside, for files to come.
    reserve: u64,
    watch: Watch,
}

impl Tape {
    /// Begins the first file. `failed` gets [`Item::Unsynced`].
    pub(super) fn begin(
        plan: RecorderPlan,
        ground: Arc<dyn Ground>,
        tell: Tell,
        failed: Sender<Item>,
    ) -> AppResult<Self> {
        let frames_per_part = frames_per_part(&plan)?;
        let watch = Watch::new(plan.bytes_of_ms(1000));
        let room = ground.room().unwrap_or(u64::MAX);
        if watch.is_low(room) {
            let minutes = watch.minutes(room);
            return Err(AppError::new(codes::LIVE_DISK_LOW).with("minutes", minutes));
        }
        // Half of what is free is left to the others: the database lives on the same disk.
        let reserve = plan.bytes_of_ms(plan.reserve_ms).min(room / 2);
        let hold = reserve.min(frames_per_part * plan.frame_bytes());
        let begin = || -> io::Result<(Part, Syncing)> {
            let part = Part::begin(&plan, &*ground, 1, 0, hold)?;
            Ok((part, Syncing::start(tell.clone(), failed)?))
        };
        let (part, syncing) = begin().map_err(|e| refused(e, &PartName::of(1)))?;
        (tell.lock())(part.kept(0));
        Ok(Self {
            reserve: reserve - hold,
            plan,
            ground,
            tell,
            part,
            frames_per_part,
            asked: 0,
            syncing,
            watch,
        })
    }

    /// Writes interleaved samples, into as many files as it takes.
    pub(super) fn take(&mut self, mut samples: &[i16]) -> io::Result<()> {
        let channels = usize::from(self.plan.channels);
        while samples.len() >= channels {
            if self.part.frames == self.frames_per_part {
                self.turn()?;
            }
            let room = self.frames_per_part - self.part.frames;
            let frames = room.min((samples.len() / channels) as u64) as usize;
            let (now, later) = samples.split_at(frames * channels);
            self.part.append(now)?;
            samples = later;
        }
        Ok(())
    }

    /// Writes silence.
    pub(super) fn silence(&mut self, mut frames: u64) -> io::Result<()> {
        let most = (SILENCE.len() / usize::from(self.plan.channels)) as u64;
        while frames > 0 {
            let now = frames.min(most);
            self.take(&SILENCE[..now as usize * usize::from(self.plan.channels)])?;
            frames -= now;
        }
        Ok(())
    }

    /// Closes the present file and begins the next one.
    fn turn(&mut self) -> io::Result<()> {
        self.beat()?;
        let (ordinal, start) = (
            self.part.ordinal + 1,
            self.part.start_frame + self.part.frames,
        );
        let hold = self
            .reserve
            .min(self.frames_per_part * self.plan.frame_bytes());
        self.reserve -= hold;
        self.part = Part::begin(&self.plan, &*self.ground, ordinal, start, hold)?;
        self.asked = 0;
        (self.tell.lock())(self.part.kept(0));
        Ok(())
    }

    /// What is done each second: the header says what is there, and the disk is asked to have it.
    pub(super) fn beat(&mut self) -> io::Result<()> {
        if self.part.frames > self.asked {
            self.part.flush()?;
            self.asked = self.part.frames;
            self.syncing.ask(Job {
                ordinal: self.part.ordinal,
                on_disk: self.part.on_disk.clone(),
                kept: self.part.kept(self.part.frames),
            });
        }
        Ok(())
    }

    /// Looks at the room that is left, with what is set aside.
    pub(super) fn look(&mut self) -> After {
        // A disk that does not say how much room it has says so when it is full.
        let Ok(room) = self.ground.room() else {
            return After::GoOn;
        };
        let left = self.watch.look(room.saturating_add(self.part.held()));
        if let Some(minutes_left) = left.news {
            (self.tell.lock())(RecorderNews::Disk { minutes_left });
        }
        if left.is_low {
            After::Close
        } else {
            After::GoOn
        }
    }

    /// Ends it in good order.
    pub(super) fn finish(mut self) -> AppResult<()> {
        let file = self.part.file.clone();
        match self.beat() {
            Ok(()) => self.end().map_err(|e| refused(e, &file)),
            Err(e) => {
                self.mend();
                Err(refused(e, &file))
            }
        }
    }

    /// Waits for the disk and gives the reserve back.
    fn end(self) -> io::Result<()> {
        self.syncing.finish()?;
        self.part.on_disk.let_go()?;
        self.ground.sync_folder()
    }

    /// Ends it because the room is running out, while it can still be ended in good order.
    pub(super) fn close(self) {
        let tell = self.tell.clone();
        let note = match self.finish() {
            Ok(()) => AppError::new(codes::LIVE_DISK_CLOSED).note,
            Err(e) => e.note,
        };
        tell_closed(&tell, note);
    }

    /// Ends it because the disk refuses. Everything that reached the disk is playable.
    pub(super) fn give_up(self, e: io::Error) {
        tracing::error!(kind = ?e.kind(), "the disk takes no more of a recording");
        let (tell, note) = (self.tell.clone(), refused(e, &self.part.file).note);
        self.mend();
        tell_closed(&tell, note);
    }

    /// Ends it because a sync failed: what was written since the last one may be lost, and nothing
    /// more is promised.
    pub(super) fn give_up_unsynced(mut self) {
        // The header can be right all the same; whether it got to the disk nobody knows.
        let _ = self.part.flush();
        let (tell, file) = (self.tell.clone(), self.part.file.clone());
        let outcome = self.end();
        let e = outcome
            .err()
            .unwrap_or_else(|| io::Error::other("a sync failed"));
        tracing::error!(kind = ?e.kind(), "the disk does not keep a recording");
        tell_closed(&tell, refused(e, &file).note);
    }

    /// Makes the header of a file that could not be written to its end say what is there.
    fn mend(self) {
        let Self {
            part,
            syncing,
            tell,
            ground,
            ..
        } = self;
        let synced = syncing.finish();
        let (file, kept) = (part.file.clone(), part.kept(0));
        // hound writes the header once more when it is dropped: that has to come first.
        drop(part);
        match ground.mend(&file) {
            Ok(mended) if synced.is_ok() => (tell.lock())(with_frames(kept, mended.frames)),
            Ok(_) => {}
            Err(e) => tracing::error!(kind = ?e.kind(), "a header stays as it was"),
        }
    }
}

fn with_frames(mut kept: RecorderNews, now: u64) -> RecorderNews {
    if let RecorderNews::Kept { frames, .. } = &mut kept {
        *frames = now;
    }
    kept
}

fn tell_closed(tell: &Tell, note: qinting_domain::ErrorNote) {
    (tell.lock())(RecorderNews::Closed { note });
}

/// How many frames go into one file: no more than what takes it in afterwards allows. By time half
/// of that, so that a call that is forgotten for a night is not lost by a second.
pub(super) fn frames_per_part(plan: &RecorderPlan) -> AppResult<u64> {
    let invalid = |field| Err(AppError::new(codes::INVALID).with("field", field));
    if !(1..=2).contains(&plan.channels) {
        return invalid("channels");
    }
    if !RATES_HZ.contains(&plan.sample_rate_hz) {
        return invalid("sample_rate_hz");
    }
    let bytes = plan.part_bytes.min(MAX_SOURCE_BYTES);
    let by_bytes = bytes.saturating_sub(HEADER_BYTES) / plan.frame_bytes();
    let by_time = MAX_HOURS / 2 * 3600 * u64::from(plan.sample_rate_hz);
    let frames = by_bytes.min(by_time);
    if frames == 0 || plan.part_bytes > MOST_BYTES {
        return invalid("part_bytes");
    }
    Ok(frames)
}
