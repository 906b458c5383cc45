//! The call that is listened to now, the check before one, and what becomes of a call when it ends
//! or was cut off.
//!
//! Two threads belong to a call. The first takes what the capture and the ears tell and answers at
//! once: levels, drafts, states. The second writes: promises, gaps, final text. So a database that
//! waits, or refuses for a while, holds up neither the sound nor what a person sees.

mod adopt;
mod begin;
mod book;
mod call;
mod check;
mod checking;
mod clock;
mod drafts;
mod end;
mod intake;
mod levels;
mod models;
mod news;
pub(crate) mod now;
mod parts;
pub(crate) mod ports;
mod queues;
mod quiet;
mod recover;
pub(crate) mod shapes;
mod sources;

pub use check::LIVE_TEST_MS;
pub use ports::*;
pub use shapes::*;

use crate::desk::{AtDesk, Desk};
use call::Call;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Arc;

impl AtDesk {
    /// What there is to choose from before a call.
    pub fn live_choices(&self, _: ()) -> AppResult<LiveChoices> {
        self.choices()
    }

    /// Lets the levels of some sources move, before a call. Asking again keeps it going; a check
    /// nobody asks about for two minutes ends.
    pub fn live_check(&self, lanes: Vec<LiveLane>) -> AppResult<()> {
        self.begin_check(lanes)
    }

    /// Lets go of the sources.
    pub fn live_check_end(&self, _: ()) -> AppResult<()> {
        self.desk.end_check();
        Ok(())
    }

    /// Records five seconds of the check and says what is in them.
    pub fn live_test(&self, _: ()) -> AppResult<LiveTest> {
        self.test_recording()
    }

    /// Plays the test recording.
    pub fn live_test_play(&self, _: ()) -> AppResult<()> {
        self.play_test()
    }

    /// Begins to listen: the rows first, then the sound.
    pub fn live_begin(&self, begin: LiveBegin) -> AppResult<LiveStatus> {
        self.desk.may_write()?;
        Ok(self.begin_call(begin)?.status())
    }

    /// The call that goes on, if any.
    pub fn live_status(&self, _: ()) -> AppResult<Option<LiveStatus>> {
        let call = self.desk.live_call();
        Ok(call.filter(|call| self.sees(call)).map(|call| {
            call.refresh();
            call.status()
        }))
    }

    /// 暂停共享: no sound is taken until somebody goes on; the recording gets a striped gap.
    pub fn live_pause(&self, _: ()) -> AppResult<LiveStatus> {
        let call = self.running_call()?;
        call.pause(true);
        Ok(call.status())
    }

    /// Goes on after a pause.
    pub fn live_resume(&self, _: ()) -> AppResult<LiveStatus> {
        let call = self.running_call()?;
        call.pause(false);
        Ok(call.status())
    }

    /// Somebody is still there: the call asks again only after as many hours without anybody.
    pub fn live_go_on(&self, _: ()) -> AppResult<LiveStatus> {
        let call = self.running_call()?;
        call.attended();
        call.tell_status();
        Ok(call.status())
    }

    /// Swaps the two sides while the call goes on.
    pub fn live_swap(&self, _: ()) -> AppResult<LiveStatus> {
        let call = self.running_call()?;
        self.write(Action::LiveSwap, |tx| {
            let mut record = tx.fetch::<LiveCall>(call.id)?;
            let mut recording = tx.fetch::<Recording>(call.recording_id)?;
            recording.roles = swapped(&recording.roles);
            for (lane, role) in record.lanes.iter_mut().zip(&recording.roles) {
                lane.role = *role;
            }
            Ok(vec![record.into(), recording.into()])
        })?;
        call.refresh();
        call.tell_status();
        Ok(call.status())
    }

    /// Ends the call and keeps it as a case.
    pub fn live_stop(&self, _: ()) -> AppResult<LiveEnded> {
        let call = self.running_call()?;
        self.desk.end_live(&call)
    }

    /// Marks this moment, whether sound is kept or not.
    pub fn live_mark(&self, mark: LiveMark) -> AppResult<ObservationView> {
        let call = self.running_call()?;
        call.attended();
        // A session that was taken away since must not keep anybody from marking.
        let session_id = call.session_id.filter(|id| self.plays(*id, call.case_id));
        let at_ms = call.position_ms().saturating_sub(u64::from(mark.ago_ms));
        self.mark(MarkRequest {
            id: mark.id,
            op_id: mark.op_id,
            kind: mark.kind,
            tags: mark.tags,
            text: mark.text,
            session_id,
            ..MarkRequest::at(call.recording_id, at_ms)
        })
    }

    /// Calls that a crash or power cut ended and nobody has seen yet.
    pub fn live_recovered(&self, _: ()) -> AppResult<Vec<RecoveredCall>> {
        self.read(|seen| seen.cut_off_calls())
    }

    /// Somebody has seen that a call was cut off.
    pub fn live_acknowledge(&self, id: LiveCallId) -> AppResult<()> {
        let call = only::<LiveCall>(self.write(Action::LiveAcknowledge, |tx| {
            let mut call = tx.fetch::<LiveCall>(id)?;
            call.acknowledged = true;
            Ok(vec![call.into()])
        })?)?;
        let recording = self.open_recording(call.recording_id)?;
        let is_over = call.state != LiveState::Listening;
        // The promise was kept on record only to show what is missing.
        if is_over && recording.has_audio() {
            self.desk.ports.store.drop_parts(recording.id)?;
        }
        Ok(())
    }

    /// Who began it is told without asking the database, which may have no room to answer; anybody else
    /// unless the call is hidden from them.
    fn sees(&self, call: &Call) -> bool {
        let hidden = |e: AppError| e.code() == codes::NOT_FOUND;
        call.by.actor() == self.actor()
            || !self
                .fetch::<Recording>(call.recording_id)
                .is_err_and(hidden)
    }

    fn running_call(&self) -> AppResult<Arc<Call>> {
        let call = self.desk.live_call();
        call.ok_or_else(|| AppError::new(codes::LIVE_NOT_RUNNING))
    }
}

impl Desk {
    /// The call that goes on here.
    pub(crate) fn live_call(&self) -> Option<Arc<Call>> {
        self.live.call()
    }

    /// Whether a call is listened to here, so that nothing else may need the machine or the
    /// workspace.
    pub fn is_live(&self) -> bool {
        self.live.is_on()
    }

    /// Whether some process listens to a call of this workspace.
    pub(crate) fn is_live_anywhere(&self) -> bool {
        self.live.is_anywhere()
    }

    /// Refuses what would take the workspace, or the case, from under a call.
    pub fn refuse_while_live(&self) -> AppResult<()> {
        if self.is_live() {
            return Err(AppError::new(codes::LIVE_RUNNING));
        }
        Ok(())
    }
}
