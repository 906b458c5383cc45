//! The thread that takes what capture and ears tell. It never waits for the database.

use super::book::heard;
use super::call::Call;
use super::drafts::Drafts;
use super::levels::lane_level;
use super::queues::News;
use super::quiet::is_voice;
use crate::event::DeskEvent;
use crate::live::ports::{CaptureNews, LiveHeard};
use crate::live::queues::Entry;
use crate::live::shapes::{LaneLevel, LiveDraft, LiveLevels, LiveTextState};
use crate::thread::spawn_named;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use qinting_app::*;
use qinting_domain::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the thread looks whether the capture still tells anything.
const LOOK: Duration = Duration::from_millis(500);
/// Levels come ten times a second; a capture that tells none for this long, and
/// whose clock stands still, is dead.
const MUTE: Duration = Duration::from_secs(5);

/// Runs until it is told that the call is over.
pub(super) fn run(call: &Arc<Call>, news: &Receiver<News>) {
    let mut told = NewsLoop {
        call,
        drafts: Drafts::default(),
        alive: None,
        ending: false,
    };
    if catch_unwind(AssertUnwindSafe(|| told.run(news))).is_err() {
        let note = AppError::new(codes::INTERNAL).note;
        tracing::error!(recording = %call.recording_id, "a live call's thread died");
        told.end_by_itself(note);
    }
}

struct NewsLoop<'a> {
    call: &'a Arc<Call>,
    drafts: Drafts,
    /// When the capture last showed that it lives, and where its clock stood; `None` until it began
    /// and where none is expected.
    alive: Option<(Instant, u64)>,
    ending: bool,
}

impl NewsLoop<'_> {
    fn run(&mut self, news: &Receiver<News>) {
        loop {
            let next = self.drafts.next_due();
            let wait = next.map_or(LOOK, |at| at.saturating_duration_since(Instant::now()));
            match news.recv_timeout(wait.min(LOOK)) {
                Ok(News::Sound(news)) => self.sound(news),
                Ok(News::SoundGone) => self.sound_gone(),
                Ok(News::Text(heard)) => self.text(heard),
                // Whoever asked may have stopped waiting.
                Ok(News::Flush(done)) => {
                    let _ = done.send(());
                }
                Ok(News::Done) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => self.look(),
            }
            for draft in self.drafts.due(Instant::now()) {
                self.call.desk().tell(DeskEvent::LiveDraft { draft });
            }
        }
    }

    fn sound(&mut self, news: CaptureNews) {
        let call = self.call;
        match news {
            CaptureNews::Started => self.alive = Some((Instant::now(), 0)),
            CaptureNews::Levels { position_ms, lanes } => {
                self.alive = Some((Instant::now(), position_ms));
                let lanes: Vec<_> = lanes.iter().map(lane_level).collect();
                self.loud(position_ms, &lanes);
                let levels = LiveLevels { position_ms, lanes };
                call.desk().tell(DeskEvent::LiveLevels { levels });
            }
            CaptureNews::Heard {
                lane,
                at_sample,
                samples,
            } => {
                if let Some(ear) = &*call.running.ear.lock() {
                    ear.hear(lane, at_sample, &samples);
                }
            }
            CaptureNews::Kept {
                ordinal,
                file,
                sample_rate_hz,
                channels,
                start_frame,
                frames,
            } => self.kept(CapturePart {
                recording_id: call.recording_id,
                ordinal,
                file,
                sample_rate_hz,
                channels,
                start_frame,
                frames,
            }),
            CaptureNews::Gap {
                ordinal,
                kind,
                channel,
                start_ms,
                end_ms,
            } => call.put_gap(CaptureGap {
                recording_id: call.recording_id,
                ordinal,
                kind,
                channel,
                start_ms,
                end_ms,
            }),
            CaptureNews::Lane { lane, state } => call.show(|shown| {
                if let Some(lane) = shown.status.lanes.get_mut(usize::from(lane)) {
                    lane.state = state;
                }
            }),
            CaptureNews::SameOnBoth { is_same } => {
                call.show(|shown| shown.status.same_on_both = is_same);
            }
            CaptureNews::Disk { minutes_left } => {
                call.show(|shown| shown.status.disk_minutes = Some(minutes_left));
            }
            CaptureNews::Ended { note } => self.end_by_itself(note),
        }
    }

    /// Where nothing tells voices from other sound, loudness has to.
    fn loud(&self, position_ms: u64, lanes: &[LaneLevel]) {
        if lanes.iter().any(|lane| is_voice(lane.rms_db)) {
            let mut shown = self.call.shown.lock();
            if shown.status.text != LiveTextState::On {
                shown.quiet.broken(position_ms);
            }
        }
    }

    fn kept(&self, part: CapturePart) {
        let rate = u64::from(part.sample_rate_hz.max(1));
        let kept_ms = (part.start_frame + part.frames) * 1000 / rate;
        {
            let mut shown = self.call.shown.lock();
            let before = shown.status.kept_ms.unwrap_or(0);
            shown.status.kept_ms = Some(before.max(kept_ms));
        }
        // The writer thread ends after this one.
        let _ = self.call.book.send(Entry::Part(part));
    }

    fn text(&mut self, heard: LiveHeard) {
        let call = self.call;
        match heard {
            LiveHeard::Ready => {
                self.drafts.restart();
                call.show(|shown| {
                    shown.status.text = LiveTextState::On;
                    shown.status.drafts.clear();
                    shown.troubles.text = None;
                });
            }
            LiveHeard::Draft {
                lane,
                utterance,
                start_ms,
                end_ms,
                committed,
                tentative,
            } => {
                self.drafts.take(LiveDraft {
                    lane,
                    utterance,
                    start_ms,
                    end_ms,
                    committed,
                    tentative,
                    over: false,
                });
                self.heard_until(end_ms);
            }
            LiveHeard::Doubt {
                lane,
                utterance,
                start_ms,
                end_ms,
                text,
            } => {
                self.drafts.take(LiveDraft {
                    lane,
                    utterance,
                    start_ms,
                    end_ms,
                    committed: String::new(),
                    tentative: text,
                    over: true,
                });
                self.heard_until(end_ms);
            }
            LiveHeard::Final {
                lane,
                utterance,
                segments,
            } => self.settled(lane, utterance, segments),
            LiveHeard::Lag { behind_ms, thinned } => call.show(|shown| {
                shown.status.behind_ms = behind_ms;
                shown.status.thinned = thinned;
            }),
            LiveHeard::Failed { note } => self.text_failed(note),
        }
    }

    fn settled(&mut self, lane: u16, utterance: u64, segments: Vec<HeardSegment>) {
        if !self.drafts.end(lane, utterance) {
            return;
        }
        let call = self.call;
        let mut shown = call.shown.lock();
        if let Some(last) = segments.last() {
            shown.quiet.broken(last.end_ms);
        }
        shown.status.drafts = self.drafts.open();
        drop(shown);
        let entry = heard(call, lane, utterance, segments);
        // The writer thread ends after this one.
        let _ = call.book.send(entry);
    }

    fn text_failed(&mut self, note: ErrorNote) {
        let call = self.call;
        tracing::warn!(recording = %call.recording_id, code = note.code, "no live text");
        self.drafts.restart();
        call.show(|shown| {
            shown.status.text = LiveTextState::Failed;
            shown.status.drafts.clear();
            shown.status.behind_ms = 0;
            shown.troubles.text = Some(note);
        });
    }

    /// Somebody spoke until then; what is open is shown.
    fn heard_until(&self, end_ms: u64) {
        let mut shown = self.call.shown.lock();
        shown.quiet.broken(end_ms);
        shown.status.drafts = self.drafts.open();
    }

    /// Whether the capture still lives: it tells levels, or at least its clock goes on.
    fn look(&mut self) {
        let Some((at, position_ms)) = self.alive else {
            return;
        };
        let now_ms = self.call.position_ms();
        if now_ms != position_ms {
            self.alive = Some((Instant::now(), now_ms));
        } else if at.elapsed() > MUTE {
            self.sound_gone();
        }
    }

    fn sound_gone(&mut self) {
        let call = self.call;
        let is_stopping =
            call.shown.lock().status.ending || call.running.stopped_at.lock().is_some();
        if !is_stopping && !self.ending && self.alive.take().is_some() {
            tracing::error!(recording = %call.recording_id, "a capture ended without a word");
            self.end_by_itself(AppError::new(codes::AUDIO_DEVICE_LOST).note);
        }
    }

    /// Nobody pressed stop: the call ends all the same, with everything that is there, and says why.
    fn end_by_itself(&mut self, note: ErrorNote) {
        if std::mem::replace(&mut self.ending, true) {
            return;
        }
        self.call
            .show(|shown| shown.troubles.sound = Some(note.clone()));
        self.call.desk().tell_of(&RecordEvent::Notice { note });
        let (call, desk) = (self.call.clone(), self.call.desk().clone());
        // No command answers for it.
        let tell = move |e: AppError| desk.tell_of(&RecordEvent::Notice { note: e.note });
        let refused = tell.clone();
        let end = move || {
            if let Err(e) = call.desk().end_live(&call) {
                refused(e);
            }
        };
        // Not here: the end waits for this thread.
        if let Err(e) = spawn_named("live-end", end, tell.clone()) {
            tell(e);
        }
    }
}
