//! A call that says something of its own in every field and file, and where any of it stands.

use super::{TestWorkspace, new_id};
use qinting_app::*;
use qinting_domain::*;
use std::fs;
use std::path::{Path, PathBuf};

/// Every marker begins with this.
pub const MARK: &str = "QZMK";

/// Gives one marker after the other.
#[derive(Default)]
pub struct Markers(pub u32);

impl Markers {
    pub fn next(&mut self) -> String {
        self.0 += 1;
        format!("{MARK}{:05}客户原话", self.0)
    }
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        match entry.file_type().unwrap().is_dir() {
            true => all.extend(below(&entry.path())),
            false => all.push(entry.path()),
        }
    }
    all
}

/// The files in which a marker stands, however it is written.
pub fn traces(folder: &Path) -> Vec<PathBuf> {
    let mut all = below(folder);
    all.retain(|file| {
        let bytes = fs::read(file).unwrap().to_ascii_lowercase();
        let mark = MARK.to_ascii_lowercase();
        let found = bytes.windows(mark.len()).any(|w| w == mark.as_bytes());
        found || file.to_string_lossy().contains(MARK)
    });
    all
}

/// An object that says something of its own, nested too.
fn said(m: &mut Markers) -> serde_json::Map<String, serde_json::Value> {
    let said = serde_json::json!({ "queue": m.next(), "more": [{ "deep": m.next() }] });
    said.as_object().cloned().unwrap()
}

/// A call with markers in every field and file, edited, heard twice, corrected, noted and marked.
pub fn seeded(base: &TestWorkspace, m: &mut Markers) -> (CaseId, RecordingId) {
    let case = Case {
        business_line: m.next(),
        customer_tier: m.next(),
        external_id: m.next(),
        order_number: m.next(),
        ..base.case_of(&m.next())
    };
    let contact = Contact {
        external_id: m.next(),
        agent: m.next(),
        customer: m.next(),
        number: m.next(),
        line: m.next(),
        queue: m.next(),
        disposition: m.next(),
        csat: m.next(),
        previous_id: m.next(),
        facts: SourceFacts(said(m)),
        told: Told(said(m)),
        ..base.contact_of(case.id, "")
    };
    let contact_id = contact.id;
    let mut recording = base.recording_of(case.id, 7);
    recording.sources[0].name = format!("{}.wav", m.next());
    let ids = (case.id, recording.id);
    let roles = [BlobRole::Source, BlobRole::Audio, BlobRole::Peaks];
    let mut blobs = Vec::new();
    for role in roles {
        let bytes = m.next().into_bytes();
        let blob = Blob {
            id: BlobId(new_id()),
            recording_id: recording.id,
            role,
            format: PLAIN,
            sha256: sha256_of(&bytes),
            bytes: Some(bytes.len() as u64),
        };
        base.store.media().seal_bytes(&bytes, &blob).unwrap();
        blobs.push(blob);
    }
    let records = vec![case.into(), contact.into(), recording.into()];
    let imported = Commit {
        blobs,
        ..base.operation(Action::CaseImport, records)
    };
    base.store.commit(imported).unwrap();
    for _ in 0..120 {
        let Some(Record::Case(case)) = base.store.record(EntityKind::Case, ids.0.0).unwrap() else {
            panic!("no case")
        };
        let edited = Case {
            title: m.next(),
            ..case
        };
        base.save(Action::CaseEdit, edited);
        let read = base.store.record(EntityKind::Contact, contact_id.0);
        let contact = Contact::from_record(read.unwrap().unwrap()).unwrap();
        let edited = Contact {
            customer: m.next(),
            disposition: m.next(),
            facts: SourceFacts(said(m)),
            ..contact
        };
        base.save(Action::ContactEdit, edited);
    }
    let seen = Unmasking {
        id: UnmaskingId(new_id()),
        contact_id,
        reason: m.next(),
        meta: base.meta(),
    };
    base.save(Action::ContactUnmask, seen);
    for run in 0..2 {
        let words: Vec<String> = (0..150).map(|_| m.next()).collect();
        let lines: Vec<(u64, u64, u16, &str)> = (0u64..)
            .zip(&words)
            .map(|(n, text)| (n * 60, n * 60 + 50, (n % 2) as u16, text.as_str()))
            .collect();
        base.transcript(ids.1, &lines);
        for segment in base.store.segments(ids.1, run * 20, 20).unwrap() {
            let corrected = Segment {
                text: m.next(),
                text_original: Some(segment.text_original.unwrap_or(segment.text)),
                ..segment
            };
            base.save(Action::SegmentEdit, corrected);
        }
    }
    marked(base, m, ids);
    ids
}

fn marked(base: &TestWorkspace, m: &mut Markers, ids: (CaseId, RecordingId)) {
    for n in 0..100 {
        let mut mark = base.new_mark(ids, n * 10, &m.next());
        mark.quote = m.next();
        let Record::Observation(mark) = base.save(Action::ObservationMark, mark) else {
            panic!("no mark")
        };
        let edited = Observation {
            text: m.next(),
            ..mark
        };
        base.save(Action::ObservationEdit, edited);
    }
    for _ in 0..20 {
        let note = SeatNote {
            id: SeatNoteId(new_id()),
            case_id: ids.0,
            recording_id: ids.1,
            at_ms: 1,
            author_id: base.person,
            kind: SeatNoteKind::Aside,
            text: m.next(),
            meta: base.meta(),
        };
        base.save(Action::SeatNoteAdd, note);
    }
    let (.., live) = base.new_live("x");
    let lane = LiveLane {
        source: m.next(),
        name: m.next(),
        ..live.lanes[0].clone()
    };
    let live = LiveCall {
        case_id: ids.0,
        recording_id: ids.1,
        anchor: m.next(),
        lanes: vec![lane],
        ended_at: Some(5),
        ..live
    };
    base.save(Action::LiveBegin, live);
    let folder = base.store.media().live(ids.1).unwrap();
    std::io::Write::write_all(
        &mut folder.create(&PartName::of(1)).unwrap(),
        m.next().as_bytes(),
    )
    .unwrap();
}
