//! The rows of a call that ends. More than one file: the first fills the recording, each further
//! one becomes a case of its own, and what was marked, noted or said in it goes there.

use super::{Adopted, Ending};
use crate::live::shapes::LiveEnded;
use qinting_app::*;
use qinting_domain::*;
use std::ops::Deref;
use uuid::Uuid;

/// Segments read at once.
const WINDOW: u32 = 500;

/// What is committed.
pub(super) struct EndRows {
    pub(super) records: Vec<Record>,
    /// Gaps of further recordings.
    pub(super) gaps: Vec<CaptureGap>,
    pub(super) ended: LiveEnded,
    /// Sound that wants a full pass, by a model that is to be named.
    pub(super) to_text: Vec<Transcribe>,
}

/// A stretch of the call clock and where it lies afterwards.
struct Stretch {
    case_id: CaseId,
    recording_id: RecordingId,
    start_ms: u64,
    length_ms: u64,
    has_audio: bool,
}

impl Stretch {
    /// A range of the call clock, in this stretch.
    fn range(&self, start_ms: u64, end_ms: u64) -> (u64, u64) {
        let begin = self.start_ms;
        clamp_range(
            start_ms.saturating_sub(begin),
            end_ms.saturating_sub(begin),
            self.length_ms,
        )
    }

    fn moment(&self, at_ms: u64) -> u64 {
        at_ms.saturating_sub(self.start_ms).min(self.length_ms)
    }
}

/// The stretch a moment of the call clock lies in.
fn stretch_of(stretches: &[Stretch], at_ms: u64) -> &Stretch {
    let after = stretches.partition_point(|s| s.start_ms <= at_ms);
    &stretches[after.saturating_sub(1)]
}

/// The rows of an end, on one state.
pub(super) struct Ends<'a>(pub(super) &'a Tx<'a>);

impl<'a> Deref for Ends<'a> {
    type Target = Tx<'a>;

    fn deref(&self) -> &Tx<'a> {
        self.0
    }
}

impl Ends<'_> {
    pub(super) fn rows_of_end(&self, ending: &Ending, adopted: &[Adopted]) -> AppResult<EndRows> {
        let mut call = self.known::<LiveCall>(ending.call)?;
        let recording = self.known::<Recording>(call.recording_id)?;
        let case = self.known::<Case>(call.case_id)?;
        let contact = self.known::<Contact>(recording.contact_id)?;
        call.state = ending.state;
        call.ended_at = Some(ending.ended_at);
        let first = adopted.iter().find(|a| a.start_ms == 0);
        let recording = match first {
            Some(first) => filled(recording, first),
            None => Recording {
                duration_ms: ending.duration_ms,
                frames: ending.frames,
                ..recording
            },
        };
        let mut stretches = vec![Stretch {
            case_id: case.id,
            recording_id: recording.id,
            start_ms: 0,
            length_ms: recording.duration_ms,
            has_audio: recording.has_audio(),
        }];
        let mut records: Vec<Record> = vec![ended(contact.clone(), ending.ended_at).into()];
        for further in adopted.iter().filter(|a| a.start_ms > 0) {
            let number = stretches.len() + 1;
            let case = self.further(&case, number);
            let contact = self.further_contact(&call, &contact, &case, further);
            let recording = self.further_sound(&call, &contact, &recording, further);
            stretches.push(Stretch {
                case_id: case.id,
                recording_id: recording.id,
                start_ms: further.start_ms,
                length_ms: recording.duration_ms,
                has_audio: true,
            });
            records.extend([Record::from(case), contact.into(), recording.into()]);
        }
        let ended = LiveEnded {
            case_id: call.case_id,
            recording_id: recording.id,
            duration_ms: recording.duration_ms,
            has_audio: recording.has_audio(),
        };
        records.extend(self.session_with(&call, &stretches)?);
        records.extend([Record::from(recording), Record::from(call)]);
        self.add_moments(&ended, &stretches, &mut records)?;
        Ok(EndRows {
            gaps: self.moved_gaps(&ended, &stretches)?,
            to_text: stretches
                .iter()
                // In the bin it waits until the call is put back and somebody asks.
                .filter(|s| s.has_audio && case.meta.deleted_at.is_none())
                .map(|s| Transcribe {
                    case_id: s.case_id,
                    recording_id: s.recording_id,
                    model: None,
                    language: case.language.clone(),
                })
                .collect(),
            records,
            ended,
        })
    }

    /// A record of a call, whatever became of it since.
    fn known<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", T::KIND.as_str());
        self.any(id)?.ok_or_else(gone)
    }

    /// The case of a further file.
    fn further(&self, case: &Case, number: usize) -> Case {
        Case {
            id: CaseId(self.app.id()),
            title: format!("{}（{number}）", case.title),
            // A part of a call in the bin is in the bin.
            meta: Meta {
                deleted_at: case.meta.deleted_at,
                ..self.new_meta()
            },
            ..case.clone()
        }
    }

    /// Its contact: the same people, as long as the file is.
    fn further_contact(
        &self,
        call: &LiveCall,
        contact: &Contact,
        case: &Case,
        adopted: &Adopted,
    ) -> Contact {
        let ms = |ms: u64| i64::try_from(ms).unwrap_or(0);
        let began = call.started_at + ms(adopted.start_ms);
        let length = adopted.sealed.ingested.duration_ms();
        Contact {
            id: ContactId(self.app.id()),
            case_id: case.id,
            began_at: Some(began),
            ended_at: Some(began + ms(length)),
            meta: self.new_meta(),
            ..contact.clone()
        }
    }

    /// The recording of a further file.
    fn further_sound(
        &self,
        call: &LiveCall,
        contact: &Contact,
        recording: &Recording,
        adopted: &Adopted,
    ) -> Recording {
        let recording = Recording {
            id: adopted.recording_id,
            case_id: contact.case_id,
            contact_id: contact.id,
            meta: self.new_meta(),
            roles: call.lanes.iter().map(|l| l.role).collect(),
            ..recording.clone()
        };
        filled(recording, adopted)
    }

    /// The session the call was heard in, with the further cases on its list.
    fn session_with(&self, call: &LiveCall, stretches: &[Stretch]) -> AppResult<Option<Record>> {
        let (Some(id), true) = (call.session_id, stretches.len() > 1) else {
            return Ok(None);
        };
        let session = self.any::<ListeningSession>(id)?;
        Ok(session.map(|mut session| {
            let further = stretches[1..].iter().map(|s| s.case_id);
            session.cases.extend(further);
            session.into()
        }))
    }

    /// Marks, notes and text, each where its moment lies now, inside the sound that is there.
    fn add_moments(
        &self,
        ended: &LiveEnded,
        stretches: &[Stretch],
        records: &mut Vec<Record>,
    ) -> AppResult<()> {
        for view in self.observations_of(ended.case_id)? {
            let id = view.observation.id;
            if view.observation.recording_id != ended.recording_id {
                continue;
            }
            let o = self.known::<Observation>(id)?;
            records.push(placed_mark(o, stretches).into());
        }
        for view in self.seat_notes_of(ended.case_id)? {
            if view.note.recording_id != ended.recording_id {
                continue;
            }
            let mut note = view.note;
            let to = stretch_of(stretches, note.at_ms);
            note.at_ms = to.moment(note.at_ms);
            (note.case_id, note.recording_id) = (to.case_id, to.recording_id);
            records.push(note.into());
        }
        if stretches.len() > 1 {
            self.add_moved_text(ended, stretches, records)?;
        }
        Ok(())
    }

    fn add_moved_text(
        &self,
        ended: &LiveEnded,
        stretches: &[Stretch],
        records: &mut Vec<Record>,
    ) -> AppResult<()> {
        let mut offset = 0;
        loop {
            let window = self.segments(ended.recording_id, offset, WINDOW)?;
            if window.is_empty() {
                return Ok(());
            }
            offset += u32::try_from(window.len()).unwrap_or(WINDOW);
            for mut segment in window {
                let to = stretch_of(stretches, segment.start_ms);
                if to.recording_id != ended.recording_id {
                    segment.recording_id = to.recording_id;
                    (segment.start_ms, segment.end_ms) = to.range(segment.start_ms, segment.end_ms);
                    records.push(Record::Segment(segment));
                }
            }
        }
    }

    fn moved_gaps(&self, ended: &LiveEnded, stretches: &[Stretch]) -> AppResult<Vec<CaptureGap>> {
        if stretches.len() == 1 {
            return Ok(Vec::new());
        }
        let mut moved = Vec::new();
        for gap in self.gaps_of(ended.recording_id)? {
            let to = stretch_of(stretches, gap.start_ms);
            if to.recording_id != ended.recording_id {
                moved.push(CaptureGap {
                    recording_id: to.recording_id,
                    start_ms: to.moment(gap.start_ms),
                    end_ms: gap.end_ms.map(|end| to.moment(end)),
                    ..gap
                });
            }
        }
        Ok(moved)
    }
}

/// The contact with its end, unless somebody said when that was, or that it began later.
fn ended(contact: Contact, at: UnixMs) -> Contact {
    let is_later = contact.began_at.is_none_or(|began| began <= at);
    Contact {
        ended_at: contact.ended_at.or(is_later.then_some(at)),
        ..contact
    }
}

/// A recording with its sound. Two lanes that carried the same were taken as one: then nobody can
/// say who speaks on it.
fn filled(recording: Recording, adopted: &Adopted) -> Recording {
    let ingested = &adopted.sealed.ingested;
    let roles = if recording.roles.len() == usize::from(ingested.channels) {
        recording.roles
    } else {
        vec![ChannelRole::Unknown; usize::from(ingested.channels)]
    };
    Recording {
        sources: ingested.sources.clone(),
        audio_sha256: ingested.audio_sha256.clone(),
        peaks_sha256: ingested.peaks_sha256.clone(),
        sample_rate_hz: ingested.sample_rate_hz,
        channels: ingested.channels,
        frames: ingested.frames,
        duration_ms: ingested.duration_ms(),
        was_dual_mono: ingested.was_dual_mono,
        notices: ingested.notices.clone(),
        decoder: crate::DECODER,
        gaps: ingested.gaps.clone(),
        roles,
        ..recording
    }
}

fn placed_mark(mut o: Observation, stretches: &[Stretch]) -> Observation {
    let moment = o.raw_mark_ms.saturating_sub(o.lag_ms);
    // The moment says where a mark belongs; its clip may begin in the file before.
    let to = stretch_of(stretches, moment.max(o.start_ms).min(o.end_ms));
    let moved = to.range(o.start_ms, o.end_ms);
    (o.start_ms, o.end_ms) = o.anchor.stretch(moved, to.length_ms);
    o.raw_mark_ms = to.moment(o.raw_mark_ms);
    (o.case_id, o.recording_id) = (to.case_id, to.recording_id);
    o
}
