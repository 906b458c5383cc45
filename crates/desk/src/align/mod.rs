//! Marks that were made without sound meet the recording of that call.

mod shapes;

pub use shapes::*;

mod silent;

use crate::desk::AtDesk;
use qinting_app::*;
use qinting_domain::*;
use silent::Silent;

/// Recordings that are offered for one call.
const OFFERED: usize = 12;
/// Nobody listens longer than this before or after a call begins, in milliseconds.
const FARTHEST_MS: u64 = 24 * 3_600_000;
/// A recording is silent from its beginning when a silence starts no later than this.
const FROM_THE_START_MS: u64 = 500;

/// A recording that may be offered.
struct Offer {
    case: Case,
    contact: Contact,
    recording: Recording,
    later: Later,
}

impl AtDesk {
    /// Calls without sound whose marks wait for a recording, newest first, each with what it may
    /// belong to. A call that left nothing waits for nothing.
    pub fn live_waiting(&self, _: ()) -> AppResult<Vec<AlignView>> {
        let mut waiting = Vec::new();
        for call in self.read(|seen| seen.live_calls())? {
            if call.state != LiveState::Listening && call.alignment.is_none() {
                let silent = self.silent(call)?;
                let is_waiting = !silent.recording.has_audio()
                    && silent.case.meta.deleted_at.is_none()
                    && self.left_something(&silent)?;
                waiting.extend(is_waiting.then_some(silent));
            }
        }
        if waiting.is_empty() {
            return Ok(Vec::new());
        }
        let offers = self.offers()?;
        waiting
            .into_iter()
            .map(|silent| self.align_view_of(silent, &offers))
            .collect()
    }

    /// One call without sound, where its marks stand now, and what it may belong to.
    pub fn align_view(&self, id: LiveCallId) -> AppResult<AlignView> {
        let silent = self.read(|seen| ended_without_sound(seen, id))?;
        self.align_view_of(silent, &self.offers()?)
    }

    /// Where the marks would stand if a marked moment is the one heard in the recording.
    pub fn align_by_hello(&self, request: HelloRequest) -> AppResult<AlignCandidate> {
        let silent = self.read(|seen| ended_without_sound(seen, request.call_id))?;
        let recording = self.read(|seen| target(seen, request.recording_id))?;
        let moment = silent
            .moment_of(request.observation_id)
            .ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "observation"))?;
        let heard_ms = match request.heard_ms {
            Some(ms) if ms > recording.duration_ms => {
                return Err(AppError::new(codes::INVALID).with("field", "heard_ms"));
            }
            Some(ms) => ms,
            None => self.first_speech(&recording)?,
        };
        let (case, contact) = self.read(|seen| {
            let case = seen.fetch::<Case>(recording.case_id)?;
            Ok((case, seen.fetch::<Contact>(recording.contact_id)?))
        })?;
        let offer = self.offer(case, contact, recording);
        let by_ear = request.heard_ms.is_some();
        let fit = fit_at(&silent.known(), &offer.later, moment, heard_ms, by_ear);
        Ok(candidate(&offer, fit))
    }

    /// Moves the marks and notes of a call onto a recording, in one operation that undo takes back
    /// whole. The first time the empty case goes; again, they move on from where they stand.
    pub fn align(&self, request: AlignRequest) -> AppResult<AlignView> {
        if request.offset_ms.unsigned_abs() > FARTHEST_MS {
            return Err(AppError::new(codes::INVALID).with("field", "offset_ms"));
        }
        self.write(Action::LiveAlign, |tx| align(tx, &request))?;
        self.align_view(request.call_id)
    }

    fn silent(&self, call: LiveCall) -> AppResult<Silent> {
        self.read(|seen| Silent::read(&**seen, call))
    }

    fn left_something(&self, silent: &Silent) -> AppResult<bool> {
        Ok(!silent.is_empty() || self.read(|seen| seen.segment_count(silent.recording.id))? > 0)
    }

    fn offers(&self) -> AppResult<Vec<Offer>> {
        let found = self.read(|seen| seen.recordings_brought_in())?;
        Ok(found
            .into_iter()
            .map(|(case, contact, recording)| self.offer(case, contact, recording))
            .collect())
    }

    fn offer(&self, case: Case, contact: Contact, recording: Recording) -> Offer {
        let clock = &self.desk.ports.clock;
        let later = Later::of(&case, &contact, &recording, &|at| clock.ahead_of_utc_ms(at));
        Offer {
            case,
            contact,
            recording,
            later,
        }
    }

    fn align_view_of(&self, silent: Silent, offers: &[Offer]) -> AppResult<AlignView> {
        let known = silent.known();
        let fits = offers.iter().map(|o| (o, fit(&known, &o.later)));
        let mut fits = rank(fits.filter(|(_, f)| f.confidence > 0).collect());
        fits.truncate(OFFERED);
        let stands_in = silent.stands_in();
        let mut marks = self.read(|seen| seen.observations_of(stands_in))?;
        marks.retain(|m| silent.moment_of(m.observation.id).is_some());
        Ok(AlignView {
            marks,
            duration_ms: silent.recording.duration_ms,
            candidates: fits
                .into_iter()
                .map(|(offer, fit)| candidate(offer, fit))
                .collect(),
            call: silent.call,
            case: silent.case,
        })
    }

    /// Where the silence ends that a recording begins with.
    fn first_speech(&self, recording: &Recording) -> AppResult<u64> {
        let peaks = self.desk.peaks_of(recording)?;
        let regions = self.desk.machine.audio.regions(peaks, recording)?;
        let leading = regions
            .iter()
            .filter(|r| r.kind == RegionKind::Silence && r.start_ms <= FROM_THE_START_MS);
        Ok(leading.map(|r| r.end_ms).max().unwrap_or(0))
    }
}

/// The marks and notes of a call on a recording, and what the call is then.
fn align(tx: &Tx<'_>, request: &AlignRequest) -> AppResult<Vec<Record>> {
    let silent = ended_without_sound(tx, request.call_id)?;
    let target = target(tx, request.recording_id)?;
    let mut records = silent.moved_to(&**tx, &target, request.offset_ms)?;
    records.extend(relisted(tx, &silent, target.case_id)?);
    let mut call = silent.call;
    if call.alignment.is_none() {
        let at = Some(tx.app.now());
        let (mut case, mut recording) = (silent.case, silent.recording);
        case.meta.deleted_at = at;
        recording.meta.deleted_at = at;
        records.extend([Record::from(case), recording.into()]);
    }
    call.alignment = Some(Alignment {
        recording_id: target.id,
        case_id: target.case_id,
        offset_ms: request.offset_ms,
        method: request.method,
        confidence: request.confidence.min(100),
    });
    // Whoever finds its recording has seen that it was cut off, if it was.
    call.acknowledged = true;
    records.push(call.into());
    Ok(records)
}

/// A call that is over and has no sound of its own.
fn ended_without_sound(tx: &Tx<'_>, id: LiveCallId) -> AppResult<Silent> {
    let call = tx.fetch::<LiveCall>(id)?;
    if call.state == LiveState::Listening {
        return Err(AppError::new(codes::LIVE_RUNNING));
    }
    let silent = Silent::read(&**tx, call)?;
    if silent.recording.has_audio() {
        return Err(AppError::new(codes::LIVE_HAS_AUDIO));
    }
    Ok(silent)
}

/// The recording marks are to stand on.
fn target(tx: &Tx<'_>, id: RecordingId) -> AppResult<Recording> {
    let recording = tx.fetch::<Recording>(id)?;
    if !recording.has_audio() {
        return Err(AppError::new(codes::INVALID).with("field", "recording_id"));
    }
    Ok(recording)
}

/// The listening session a call was heard in, with the recording's case in the place where the
/// call stood on its list.
fn relisted(tx: &Tx<'_>, silent: &Silent, to: CaseId) -> AppResult<Option<Record>> {
    let from = silent.stands_in();
    let Some(id) = silent.call.session_id.filter(|_| from != to) else {
        return Ok(None);
    };
    let found = tx.record(EntityKind::Session, id.0)?;
    let Some(Record::Session(mut session)) = found.filter(|r| r.meta().deleted_at.is_none()) else {
        return Ok(None);
    };
    let Some(place) = session.cases.iter().position(|c| *c == from) else {
        return Ok(None);
    };
    let others = tx.observations_of(from)?;
    let is_needed = others.iter().any(|o| {
        o.observation.session_id == Some(id) && silent.moment_of(o.observation.id).is_none()
    });
    let is_there = session.cases.contains(&to);
    match (is_needed, is_there) {
        (true, true) => {}
        (true, false) => session.cases.insert(place + 1, to),
        (false, true) => drop(session.cases.remove(place)),
        (false, false) => session.cases[place] = to,
    }
    Ok(Some(session.into()))
}

fn candidate(offer: &Offer, fit: Fit) -> AlignCandidate {
    let seconds = (fit.offset_ms.unsigned_abs() + 500) / 1_000;
    let reasons = fit.reasons.iter().map(|reason| {
        let note = ErrorNote::new(reason.code());
        match reason {
            Reason::Clock | Reason::ClockInName => note.with("seconds", seconds),
            _ => note,
        }
    });
    AlignCandidate {
        recording_id: offer.recording.id,
        duration_ms: offer.recording.duration_ms,
        offset_ms: fit.offset_ms,
        method: fit.method,
        confidence: fit.confidence,
        reasons: reasons.collect(),
        case: offer.case.clone(),
        contact: offer.contact.clone().shown(),
    }
}
