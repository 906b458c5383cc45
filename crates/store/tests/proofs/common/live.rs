//! Live calls to fill a workspace with.

use super::{TestWorkspace, new_id};
use qinting_app::*;
use qinting_domain::*;

impl TestWorkspace {
    /// A case whose recording has no sound, with the live call it stands for.
    pub fn new_live(&self, title: &str) -> (Case, Contact, Recording, LiveCall) {
        let case = self.case_of(title);
        let contact = self.contact_of(case.id, "");
        let recording = Recording {
            sources: Vec::new(),
            audio_sha256: Sha256::default(),
            peaks_sha256: Sha256::default(),
            frames: 0,
            duration_ms: 0,
            ..self.recording_of(case.id, 0)
        };
        let lane = LiveLane {
            source: "alsa_input.usb".into(),
            name: "坐席耳机".into(),
            side: SourceSide::Left,
            role: ChannelRole::Agent,
        };
        let call = LiveCall {
            id: LiveCallId(new_id()),
            case_id: case.id,
            recording_id: recording.id,
            session_id: None,
            mode: ListenMode::Record,
            state: LiveState::Listening,
            started_at: self.now(),
            ended_at: None,
            consent: Some(ConsentBasis::BothAgreed),
            notice: Some(NoticeGiven::Voice),
            mentor_id: Some(self.person),
            anchor: "8012".into(),
            lanes: vec![lane],
            alignment: None,
            acknowledged: false,
            meta: self.meta(),
        };
        (case, contact, recording, call)
    }

    /// Begins a live call.
    pub fn live(&self, title: &str) -> LiveCall {
        let (case, contact, recording, call) = self.new_live(title);
        let records = vec![
            case.into(),
            contact.into(),
            recording.into(),
            call.clone().into(),
        ];
        let done = self
            .store
            .commit(self.operation(Action::LiveBegin, records));
        match done.unwrap().records.remove(3) {
            Record::LiveCall(c) => c,
            other => panic!("a live call came back as {other:?}"),
        }
    }

    pub fn note(&self, call: &LiveCall, at_ms: u64, text: &str) -> SeatNote {
        let note = SeatNote {
            id: SeatNoteId(new_id()),
            case_id: call.case_id,
            recording_id: call.recording_id,
            at_ms,
            author_id: self.person,
            kind: SeatNoteKind::Heed,
            text: text.into(),
            meta: self.meta(),
        };
        match self.save(Action::SeatNoteAdd, note) {
            Record::SeatNote(n) => n,
            other => panic!("a note came back as {other:?}"),
        }
    }
}
