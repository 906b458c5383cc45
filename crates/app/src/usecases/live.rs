//! 现场: hearing a call as it happens.

use crate::app::{Seat, only};
use crate::live::Call;
use crate::{AppError, AppResult, codes, views::*};
use qinting_domain::*;
use std::sync::Arc;

impl Seat {
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
        self.app.end_check();
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
        self.app.may_write()?;
        Ok(self.begin_call(begin)?.status())
    }

    /// The call that goes on, if any.
    pub fn live_status(&self, _: ()) -> AppResult<Option<LiveStatus>> {
        let call = self.app.live_call();
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
        self.app.end_live(&call)
    }

    /// Marks this moment, whether sound is kept or not.
    pub fn live_mark(&self, mark: LiveMark) -> AppResult<ObservationView> {
        let call = self.running_call()?;
        call.attended();
        // A session that was taken away since must not keep anybody from marking.
        let session_id = call.session_id.filter(|id| self.plays(*id, call.case_id));
        self.mark(MarkRequest {
            id: mark.id,
            op_id: mark.op_id,
            recording_id: call.recording_id,
            at_ms: call.position_ms().saturating_sub(u64::from(mark.ago_ms)),
            lag_ms: None,
            kind: mark.kind,
            tags: mark.tags,
            range: None,
            text: mark.text,
            session_id,
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
            self.app.ports.store.drop_parts(recording.id)?;
        }
        Ok(())
    }

    /// Who began it is told without asking the database, which may have no room to answer; anybody else
    /// unless the call is hidden from them.
    fn sees(&self, call: &Call) -> bool {
        let hidden = |e: AppError| e.code() == codes::NOT_FOUND;
        call.seat.actor() == self.actor()
            || !self
                .fetch::<Recording>(call.recording_id)
                .is_err_and(hidden)
    }

    fn running_call(&self) -> AppResult<Arc<Call>> {
        let call = self.app.live_call();
        call.ok_or_else(|| AppError::new(codes::LIVE_NOT_RUNNING))
    }
}

/// The roles the other way round; the one voice of a single channel turns from one side to the
/// other.
pub(crate) fn swapped(roles: &[ChannelRole]) -> Vec<ChannelRole> {
    match roles {
        [] => Vec::new(),
        [ChannelRole::Agent] => vec![ChannelRole::Customer],
        [_] => vec![ChannelRole::Agent],
        many => many.iter().rev().copied().collect(),
    }
}
