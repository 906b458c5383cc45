//! How a call ends: the capture stops, what was heard is written down, the sound becomes media, and
//! one commit says so. What fails can be tried again; what the process does not live to do, the
//! next start does.

use super::adopt::Ending;
use super::call::Call;
use super::queues::Entry;
use super::queues::News;
use crate::desk::Desk;
use crate::event::DeskEvent;
use crate::live::shapes::LiveEnded;
use crate::thread::{spawn_named, surviving};
use crossbeam_channel::bounded;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;
use std::time::Duration;

/// The last utterances get this long to become text.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// What was told before the end is taken within this.
const FLUSH: Duration = Duration::from_secs(10);

impl Desk {
    /// Ends a call. Somebody who asks while it is ending gets the same answer.
    pub(crate) fn end_live(self: &Arc<Self>, call: &Arc<Call>) -> AppResult<LiveEnded> {
        let mut turn = self.live.turn.lock();
        if self.live_call().is_none_or(|c| c.id != call.id) {
            return match &*turn {
                Some((id, ended)) if *id == call.id => Ok(ended.clone()),
                _ => Err(AppError::new(codes::LIVE_NOT_RUNNING)),
            };
        }
        call.show(|shown| shown.status.ending = true);
        let end = || call.stop_sound().and_then(|end| self.keep_call(call, end));
        let ended = surviving("live-end", end).flatten();
        match ended {
            Ok(ended) => {
                *self.live.current.write() = None;
                *turn = Some((call.id, ended.clone()));
                call.dismiss();
                self.tell(DeskEvent::Live { status: None });
                self.runner.wake();
                Ok(ended)
            }
            Err(e) => {
                tracing::error!(recording = %call.recording_id, error = %e.kind(), "call not ended");
                call.show(|shown| {
                    shown.status.ending = false;
                    shown.troubles.sound = Some(e.note.clone());
                });
                Err(e)
            }
        }
    }

    fn keep_call(self: &Arc<Self>, call: &Call, end_ms: u64) -> AppResult<LiveEnded> {
        let parts = match call.mode {
            ListenMode::Record => self.look_at_parts(call.recording_id)?,
            ListenMode::ClockOnly | ListenMode::TextOnly => Vec::new(),
        };
        let promised_ms: u64 = parts.iter().map(|p| p.promised_ms).sum();
        let got_ms: u64 = parts.iter().map(|p| p.length_ms).sum();
        let is_short = parts.iter().any(|p| p.is_short);
        let ending = Ending {
            call: call.id,
            recording: call.recording_id,
            state: if is_short {
                LiveState::Damaged
            } else {
                LiveState::Ended
            },
            ended_at: self.now(),
            duration_ms: end_ms,
            frames: 0,
            parts,
        };
        let ended = self.adopt(&call.by, ending, &self.live.leaving)?;
        if is_short {
            self.tell_damaged(promised_ms, got_ms);
        }
        Ok(ended)
    }

    pub(super) fn tell_damaged(&self, promised_ms: u64, got_ms: u64) {
        let note = AppError::new(codes::LIVE_DAMAGED)
            .with("promised_ms", promised_ms)
            .with("got_ms", got_ms)
            .note;
        self.tell_of(&RecordEvent::Notice { note });
    }

    /// Ends what is live in a workspace that is left, within `limit`. What is not done by then is
    /// whole on disk, and the next start goes on with it.
    pub fn leave_live(self: &Arc<Self>, limit: Duration) {
        self.end_check();
        if let Some(call) = self.live_call() {
            let desk = self.clone();
            let (done, wait) = bounded(1);
            let end = move || {
                if let Err(e) = desk.end_live(&call) {
                    tracing::warn!(error = %e.kind(), "a call ends at the next start");
                }
                // Nobody waits any more when this took too long.
                let _ = done.send(());
            };
            // A death is logged, and closes the channel: the wait is over with it.
            let begun = spawn_named("live-leave", end, drop);
            if begun.is_err() || wait.recv_timeout(limit).is_err() {
                tracing::warn!("a call is still ending in a workspace that closes");
            }
        }
        self.live.leaving.cancel();
    }
}

impl Call {
    /// Stops capture and ears, and takes what they still tell. Gives the call clock at the end.
    /// Done once: trying again goes on from there.
    fn stop_sound(&self) -> AppResult<u64> {
        if let Some(end_ms) = *self.running.stopped_at.lock() {
            return Ok(end_ms);
        }
        let mut end_ms = self.position_ms();
        self.shown.lock().status.position_ms = end_ms;
        let run = self.running.run.write().take();
        match run.map(|run| run.stop()) {
            Some(Ok(end)) => {
                end_ms = end.duration_ms;
                tracing::info!(
                    recording = %self.recording_id,
                    duration_ms = end.duration_ms,
                    lost_samples = end.lost_samples,
                    drift_ppm = end.drift_ppm,
                    "capture ended"
                );
            }
            // What is on disk is looked at all the same.
            Some(Err(e)) => {
                tracing::error!(recording = %self.recording_id, error = %e.kind(), "capture ended badly");
            }
            None => {}
        }
        *self.running.stopped_at.lock() = Some(end_ms);
        self.close_gaps(end_ms);
        let ear = self.running.ear.lock().take();
        self.flush_news();
        if let Some(ear) = ear {
            ear.finish(LAST_WORDS);
            self.flush_news();
        }
        self.flush_book();
        Ok(end_ms)
    }

    /// A gap that is still open ends with the call.
    fn close_gaps(&self, end_ms: u64) {
        self.flush_news();
        let open: Vec<CaptureGap> = {
            let shown = self.shown.lock();
            let gaps = shown.status.gaps.iter();
            gaps.filter(|g| g.end_ms.is_none()).copied().collect()
        };
        for gap in open {
            self.put_gap(CaptureGap {
                end_ms: Some(end_ms.max(gap.start_ms)),
                ..gap
            });
        }
    }

    fn flush_news(&self) {
        let (done, wait) = bounded(1);
        let asked = self.news.send(News::Flush(done));
        if asked.is_err() || wait.recv_timeout(FLUSH).is_err() {
            tracing::error!(recording = %self.recording_id, "news of a call left untaken");
        }
    }

    fn flush_book(&self) {
        let (done, wait) = bounded(1);
        let asked = self.book.send(Entry::Flush(done));
        if asked.is_err() || !wait.recv_timeout(FLUSH).unwrap_or(false) {
            tracing::error!(recording = %self.recording_id, "entries of a call left unwritten");
        }
    }

    /// Lets the threads of the call go.
    fn dismiss(&self) {
        // They may have ended on their own.
        let _ = self.news.send(News::Done);
        let _ = self.book.send(Entry::Done);
        let here = std::thread::current().id();
        for thread in std::mem::take(&mut *self.running.threads.lock()) {
            if thread.thread().id() != here && thread.join().is_err() {
                tracing::error!(recording = %self.recording_id, "a live call's thread had died");
            }
        }
    }

    /// Takes back a call whose sound did not begin: nothing of it was heard.
    pub(super) fn give_up(&self) {
        let desk = self.desk();
        // Dropped after the locks are let go: to end takes its time.
        let run = self.running.run.write().take();
        let ear = self.running.ear.lock().take();
        drop((run, ear));
        self.dismiss();
        let taken_back = self.taken_back().and_then(|records| {
            self.by.commit(Action::LiveCancel, records)?;
            desk.ports.store.drop_parts(self.recording_id)?;
            desk.machine.media.drop_live(self.recording_id)
        });
        if let Err(e) = taken_back {
            tracing::error!(recording = %self.recording_id, error = %e.kind(), "an empty call stays");
        }
    }

    fn taken_back(&self) -> AppResult<Vec<Record>> {
        let store = &self.desk().ports.store;
        let mut records = Vec::new();
        for (kind, id) in [
            (EntityKind::Case, self.case_id.0),
            (EntityKind::Recording, self.recording_id.0),
            (EntityKind::LiveCall, self.id.0),
        ] {
            if let Some(mut record) = store.record(kind, id)? {
                record.meta_mut().deleted_at = Some(self.desk().now());
                records.push(record);
            }
        }
        if let Some(id) = self.session_id
            && let Some(Record::Session(mut session)) = store.record(EntityKind::Session, id.0)?
        {
            session.cases.retain(|case| *case != self.case_id);
            records.push(session.into());
        }
        Ok(records)
    }
}
