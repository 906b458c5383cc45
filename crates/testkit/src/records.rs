//! Records that say only what a test is about; the rest of each is nothing in particular.

use qinting_domain::*;

/// A person of these roles.
pub fn person(id: PersonId, name: &str, roles: &[Role], meta: Meta) -> Person {
    Person {
        id,
        name: name.into(),
        roles: roles.iter().copied().collect(),
        org_unit: String::new(),
        merged_into: None,
        meta,
    }
}

/// A call in Chinese of which nothing is known but its title.
pub fn case(id: CaseId, title: &str, meta: Meta) -> Case {
    Case::titled(id, title, meta)
}

/// The one contact of a case, of which nothing is known.
pub fn contact(case: CaseId, meta: Meta) -> Contact {
    Contact::phone(ContactId::only_of(case), case, meta)
}

/// Of the one contact of a case: agent and customer in telephone quality. No two have the same sound, and nobody has its files.
pub fn recording(id: RecordingId, case_id: CaseId, duration_ms: u64, meta: Meta) -> Recording {
    let hash = |part: &str| crate::files::digest(format!("{part} of {id}"));
    Recording {
        id,
        case_id,
        contact_id: ContactId::only_of(case_id),
        sources: Vec::new(),
        audio_sha256: hash("sound"),
        peaks_sha256: hash("peaks"),
        sample_rate_hz: 8_000,
        channels: 2,
        frames: duration_ms * 8,
        duration_ms,
        roles: vec![ChannelRole::Agent, ChannelRole::Customer],
        was_dual_mono: false,
        notices: Vec::new(),
        decoder: 1,
        gaps: Vec::new(),
        meta,
    }
}

/// A second of a call in which something is wrong, marked two seconds late.
pub fn mark(
    id: ObservationId,
    call: (CaseId, RecordingId),
    start_ms: u64,
    text: &str,
    meta: Meta,
) -> Observation {
    Observation {
        id,
        case_id: call.0,
        recording_id: call.1,
        anchor: Anchor::default(),
        start_ms,
        end_ms: start_ms + 1_000,
        raw_mark_ms: start_ms + 2_000,
        lag_ms: 2_000,
        kind: ObservationKind::Problem,
        axis: Axis::Reason,
        text: text.into(),
        quote: String::new(),
        tags: Vec::new(),
        severity: 1,
        session_id: None,
        meta,
    }
}

/// What the engine heard between two moments on a channel, quite sure of it.
pub fn heard(start_ms: u64, end_ms: u64, channel: u16, text: &str) -> HeardSegment {
    HeardSegment {
        start_ms,
        end_ms,
        channel,
        text: text.into(),
        confidence: 0.9,
        language: "zh".into(),
    }
}

/// A whole text of a recording by the model `demo`, as a run leaves it: what is on record of it, and its bytes.
pub fn text(
    (id, blob): (TranscriptId, BlobId),
    recording_id: RecordingId,
    lines: &[TranscriptLine],
    meta: Meta,
) -> (Transcript, Blob, Vec<u8>) {
    let bytes = written(lines).unwrap_or_default();
    let sha256 = sha256_of(&bytes);
    let blob = Blob {
        id: blob,
        recording_id,
        role: BlobRole::Transcript,
        format: PLAIN,
        sha256: sha256.clone(),
        bytes: Some(bytes.len() as u64),
    };
    let text = Transcript {
        engine: "whisper.cpp 1".into(),
        model: "demo".into(),
        language: "zh".into(),
        ..Transcript::of(id, recording_id, lines, sha256, meta)
    };
    (text, blob, bytes)
}
