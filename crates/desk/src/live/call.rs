//! One call that is listened to: what everybody who has to do with it shares.

use super::clock::HandClock;
use super::now::Hold;
use super::queues::Entry;
use super::queues::News;
use super::quiet::Quiet;
use crate::desk::{AtDesk, Desk};
use crate::event::DeskEvent;
use crate::live::ports::{CaptureRun, LiveEar};
use crate::live::shapes::LiveStatus;
use crossbeam_channel::Sender;
use parking_lot::{Mutex, RwLock};
use qinting_domain::*;
use std::sync::Arc;
use std::thread::JoinHandle;

/// What a person should know, by where it comes from: one trouble that is over must not take the
/// word from another.
#[derive(Default)]
pub(super) struct Troubles {
    /// Why it ended, or is not sound any more.
    pub(super) sound: Option<ErrorNote>,
    /// The database refuses.
    pub(super) store: Option<ErrorNote>,
    /// The text failed.
    pub(super) text: Option<ErrorNote>,
}

/// What is shown of a call.
pub(super) struct CallShown {
    /// Position and notice are filled in when somebody asks.
    pub(super) status: LiveStatus,
    pub(super) troubles: Troubles,
    /// When somebody was last there, and after how many hours without the call asks.
    pub(super) quiet: Quiet,
    pub(super) ask_after_hours: u32,
}

/// What runs for a call, and stops with it.
#[derive(Default)]
pub(super) struct CallRunning {
    pub(super) run: RwLock<Option<Box<dyn CaptureRun>>>,
    pub(super) ear: Mutex<Option<Box<dyn LiveEar>>>,
    pub(super) threads: Mutex<Vec<JoinHandle<()>>>,
    /// Call clock at the end, once the capture has stopped.
    pub(super) stopped_at: Mutex<Option<u64>>,
}

/// The call.
pub(crate) struct Call {
    /// Who began it; the machine acts on their behalf.
    pub(crate) by: AtDesk,
    pub(crate) id: LiveCallId,
    pub(crate) case_id: CaseId,
    pub(crate) recording_id: RecordingId,
    pub(crate) mode: ListenMode,
    pub(crate) session_id: Option<SessionId>,
    pub(super) shown: Mutex<CallShown>,
    pub(super) running: CallRunning,
    /// Carries the call clock where no sound does.
    pub(super) hand: Mutex<HandClock>,
    pub(super) news: Sender<News>,
    pub(super) book: Sender<Entry>,
    pub(super) _hold: Arc<Hold>,
}

impl Call {
    pub(super) fn desk(&self) -> &Arc<Desk> {
        &self.by.desk
    }

    /// The call clock, in milliseconds. Stands still once the call has ended.
    pub(crate) fn position_ms(&self) -> u64 {
        let stopped_at = *self.running.stopped_at.lock();
        stopped_at.unwrap_or_else(|| self.running_ms())
    }

    /// How far a moment may lie.
    pub(crate) fn limit_ms(&self) -> u64 {
        let stopped_at = *self.running.stopped_at.lock();
        stopped_at.unwrap_or_else(|| self.running_ms() + CLIP_AFTER_MS)
    }

    fn running_ms(&self) -> u64 {
        let run = self.running.run.read();
        let by_sound = run.as_ref().map(|run| run.position_ms());
        drop(run);
        match by_sound {
            Some(position_ms) => position_ms,
            None if self.mode == ListenMode::ClockOnly => {
                let steady = self.desk().ports.clock.steady_ms();
                self.hand.lock().position_ms(steady)
            }
            // It is just being stopped.
            None => self.shown.lock().status.position_ms,
        }
    }

    /// What is shown, as of now.
    pub(crate) fn status(&self) -> LiveStatus {
        let position_ms = self.position_ms();
        let mut shown = self.shown.lock();
        shown.status.position_ms = position_ms;
        let asks = shown.quiet.asks(position_ms, shown.ask_after_hours);
        shown.status.quiet_since_ms = asks.filter(|_| !shown.status.ending);
        let troubles = &shown.troubles;
        let notice = troubles.sound.as_ref();
        let notice = notice.or(troubles.store.as_ref());
        let notice = notice.or(troubles.text.as_ref()).cloned();
        shown.status.notice = notice;
        shown.status.clone()
    }

    /// Changes what is shown and tells everybody.
    pub(super) fn show<T>(&self, change: impl FnOnce(&mut CallShown) -> T) -> T {
        let result = change(&mut self.shown.lock());
        self.tell_status();
        result
    }

    pub(crate) fn tell_status(&self) {
        let status = Some(Box::new(self.status()));
        self.desk().tell(DeskEvent::Live { status });
    }

    /// Somebody is there: the call does not ask for a while.
    pub(crate) fn attended(&self) {
        let at_ms = self.position_ms();
        self.shown.lock().quiet.broken(at_ms);
    }

    /// Reads the records behind what is shown again: roles, titles and names are edited while a
    /// call goes on.
    pub(crate) fn refresh(&self) {
        let store = &self.desk().ports.store;
        let read = |kind, id| store.record(kind, id).ok().flatten();
        let call = read(EntityKind::LiveCall, self.id.0);
        let case = read(EntityKind::Case, self.case_id.0);
        let contact = self.shown.lock().status.contact.id;
        let contact = read(EntityKind::Contact, contact.0);
        let mentor = match &call {
            Some(Record::LiveCall(call)) => call.mentor_id,
            _ => None,
        };
        let mentor = mentor.and_then(|id| read(EntityKind::Person, id.0));
        let settings = self.desk().device_settings();
        let mut shown = self.shown.lock();
        if let Ok(settings) = settings {
            shown.ask_after_hours = settings.live.ask_after_hours;
        }
        if let Some(Record::LiveCall(call)) = call {
            for (lane, chosen) in shown.status.lanes.iter_mut().zip(&call.lanes) {
                lane.role = chosen.role;
            }
            shown.status.call = call;
        }
        if let Some(Record::Case(case)) = case {
            shown.status.case = case;
        }
        if let Some(Record::Contact(contact)) = contact {
            shown.status.contact = contact.shown();
        }
        if let Some(Record::Person(mentor)) = mentor {
            shown.status.mentor = Some(mentor.name);
        }
    }

    /// Opens or closes a gap, in what is shown and in the store.
    pub(super) fn put_gap(&self, gap: CaptureGap) {
        // The writer thread ends after everybody who could send to it.
        let _ = self.book.send(Entry::Gap(gap));
        self.show(|shown| {
            let gaps = &mut shown.status.gaps;
            match gaps.iter_mut().find(|g| g.ordinal == gap.ordinal) {
                Some(known) => *known = gap,
                None => gaps.push(gap),
            }
            shown.status.paused_since_ms = gaps
                .iter()
                .find(|g| g.kind == GapKind::Pause && g.end_ms.is_none())
                .map(|g| g.start_ms);
        });
    }

    /// Looks, where no sound carries the clock, whether the machine slept.
    pub(super) fn look_at_clock(&self) {
        if self.mode != ListenMode::ClockOnly || self.running.stopped_at.lock().is_some() {
            return;
        }
        let clock = &self.desk().ports.clock;
        let slept = self.hand.lock().look(clock.steady_ms(), clock.now_ms());
        if let Some((start_ms, end_ms)) = slept {
            self.put_gap(self.next_gap(GapKind::Sleep, start_ms, Some(end_ms)));
        }
    }

    /// Pauses or goes on. The capture tells of the gap itself, when it has made it.
    pub(crate) fn pause(&self, pause: bool) {
        self.attended();
        match self.pause_sound(pause) {
            // The gap that follows says it to the sample.
            Some(at) if pause => {
                let mut shown = self.shown.lock();
                shown.status.paused_since_ms.get_or_insert(at);
            }
            Some(_) => self.shown.lock().status.paused_since_ms = None,
            None if self.mode == ListenMode::ClockOnly => self.pause_by_hand(pause),
            None => {}
        }
        self.tell_status();
    }

    /// Pauses the capture, or lets it go on; gives the clock there. `None` without sound. The lock
    /// is let go here: whoever reads the clock while holding it waits for ever behind somebody who
    /// waits to stop the sound.
    fn pause_sound(&self, pause: bool) -> Option<u64> {
        let run = self.running.run.read();
        let run = run.as_ref()?;
        if pause {
            run.pause();
        } else {
            run.resume();
        }
        Some(run.position_ms())
    }

    fn pause_by_hand(&self, pause: bool) {
        let at = self.position_ms();
        let open = {
            let shown = self.shown.lock();
            let gaps = &shown.status.gaps;
            gaps.iter()
                .find(|g| g.kind == GapKind::Pause && g.end_ms.is_none())
                .copied()
        };
        match (pause, open) {
            (true, None) => self.put_gap(self.next_gap(GapKind::Pause, at, None)),
            (false, Some(open)) => self.put_gap(CaptureGap {
                end_ms: Some(at),
                ..open
            }),
            _ => {}
        }
    }

    fn next_gap(&self, kind: GapKind, start_ms: u64, end_ms: Option<u64>) -> CaptureGap {
        let gaps = &self.shown.lock().status.gaps;
        CaptureGap {
            recording_id: self.recording_id,
            ordinal: gaps.iter().map(|g| g.ordinal + 1).max().unwrap_or(0),
            kind,
            channel: None,
            start_ms,
            end_ms,
        }
    }
}
