//! The rows a call begins with, and what is shown of it first.

use crate::desk::AtDesk;
use crate::live::call::{CallShown, Troubles};
use crate::live::quiet::Quiet;
use crate::live::shapes::{LaneState, LiveBegin, LiveLaneStatus, LiveStatus, LiveTextState};
use crate::ports::*;
use qinting_app::*;
use qinting_domain::*;

/// The records of a call that begins.
pub(super) struct Rows {
    pub(super) case: Case,
    pub(super) contact: Contact,
    pub(super) recording: Recording,
    pub(super) call: LiveCall,
}

impl AtDesk {
    /// The rows of the call, its session with the case on its list, and the settings that remember
    /// it.
    pub(super) fn rows_of(
        &self,
        begin: &LiveBegin,
    ) -> AppResult<(Rows, Option<Record>, Option<Record>)> {
        let (desk, at) = (&self.desk, self.desk.now());
        let captured = begin.mode.keeps_words();
        let lanes = if captured {
            begin.lanes.clone()
        } else {
            Vec::new()
        };
        let case = self.new_case(begin, desk.workspace_settings()?.default_language);
        let contact = Contact {
            began_at: Some(at),
            agent: begin.agent.clone(),
            customer: begin.customer.clone(),
            ..Contact::phone(ContactId(desk.id()), case.id, self.new_meta())
        };
        let recording = self.new_recording(&contact, &lanes);
        let call = LiveCall {
            id: LiveCallId(desk.id()),
            case_id: case.id,
            recording_id: recording.id,
            session_id: begin.session_id,
            mode: begin.mode,
            state: LiveState::Listening,
            started_at: at,
            ended_at: None,
            consent: begin.consent,
            notice: begin.notice,
            mentor_id: begin.mentor_id,
            anchor: begin.anchor.clone(),
            lanes,
            alignment: None,
            acknowledged: false,
            meta: self.new_meta(),
        };
        let session = match begin.session_id {
            Some(id) => {
                let mut session = self.fetch::<ListeningSession>(id)?;
                session.cases.push(case.id);
                Some(session.into())
            }
            None => None,
        };
        let remembered = self.remembering(begin)?;
        let rows = Rows {
            case,
            contact,
            recording,
            call,
        };
        Ok((rows, session, remembered))
    }

    fn new_case(&self, begin: &LiveBegin, language: String) -> Case {
        Case {
            business_line: begin.business_line.clone(),
            language,
            ..Case::titled(CaseId(self.desk.id()), &begin.title, self.new_meta())
        }
    }

    /// A recording that has no sound yet.
    fn new_recording(&self, contact: &Contact, lanes: &[LiveLane]) -> Recording {
        Recording {
            id: RecordingId(self.desk.id()),
            case_id: contact.case_id,
            contact_id: contact.id,
            sources: Vec::new(),
            audio_sha256: Sha256::default(),
            peaks_sha256: Sha256::default(),
            sample_rate_hz: 0,
            channels: u16::try_from(lanes.len()).unwrap_or(0),
            frames: 0,
            duration_ms: 0,
            roles: lanes.iter().map(|l| l.role).collect(),
            was_dual_mono: false,
            notices: Vec::new(),
            decoder: DECODER,
            gaps: Vec::new(),
            meta: self.new_meta(),
        }
    }

    /// The settings of this machine with this choice for the next time, when it is another one.
    fn remembering(&self, begin: &LiveBegin) -> AppResult<Option<Record>> {
        let before = self.desk.device_settings()?;
        let mut settings = before.clone();
        settings.live.mode = Some(begin.mode);
        if begin.mode.keeps_words() {
            settings.live.lanes.clone_from(&begin.lanes);
        }
        match settings == before {
            true => Ok(None),
            false => self.read(|seen| seen.device_record(settings)).map(Some),
        }
    }
}

impl Rows {
    /// The rows as the commit left them.
    pub(super) fn once_kept(mut self, done: Committed) -> Self {
        for record in done.records {
            match record {
                Record::Case(case) => self.case = case,
                Record::Contact(contact) => self.contact = contact,
                Record::Recording(recording) => self.recording = recording,
                Record::LiveCall(call) => self.call = call,
                _ => {}
            }
        }
        self
    }
}

/// What is shown of a call that has just begun.
pub(super) fn first_shown(rows: Rows, mentor: Option<String>) -> CallShown {
    let lanes = (0..).zip(&rows.call.lanes);
    let lanes = lanes.map(|(channel, lane)| LiveLaneStatus {
        channel,
        role: lane.role,
        name: lane.name.clone(),
        side: lane.side,
        state: LaneState::Running,
    });
    let status = LiveStatus {
        lanes: lanes.collect(),
        kept_ms: (rows.call.mode == ListenMode::Record).then_some(0),
        call: rows.call,
        case: rows.case,
        contact: rows.contact.shown(),
        mentor,
        position_ms: 0,
        paused_since_ms: None,
        text: LiveTextState::Off,
        behind_ms: 0,
        thinned: false,
        same_on_both: false,
        gaps: Vec::new(),
        disk_minutes: None,
        drafts: Vec::new(),
        ending: false,
        quiet_since_ms: None,
        notice: None,
    };
    CallShown {
        status,
        troubles: Troubles::default(),
        quiet: Quiet::default(),
        ask_after_hours: LiveSettings::default().ask_after_hours,
    }
}

/// Title of a call nobody named: when it began, in the time of the place.
pub(super) fn default_title(local_ms: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(local_ms).unwrap_or_default();
    format!("现场 {}", at.strftime("%m-%d %H:%M"))
}
