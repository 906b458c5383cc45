//! JSON: everything, for machines. Records stand as the program keeps them; names, links and
//! readable times are added beside the ids and milliseconds.

use crate::book::Book;
use crate::moment;
use jiff::tz::TimeZone;
use qinting_app::{
    AppError, AppResult, IssueRef, IssueRow, ObservationView, SeatNoteView, SoundFacts, codes,
};
use qinting_domain::{
    Anchor, Case, CaseId, Contact, IssueLink, ListeningSession, LiveCall, Meta, MomentLink, Person,
    Record, SeatNote, Tag, UnixMs,
};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Raised when a reader of the old shape would misread the new one.
const VERSION: u32 = 2;

/// Of a contact these stay in the workspace: the customer's number, and what a source said of them besides.
const STAYS: [&str; 3] = ["number", "facts", "told"];

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    at: UnixMs,
    at_text: String,
    /// `false`: the machine did not say where it stands, and readable times are in UTC.
    time_zone_known: bool,
    cases: Vec<CaseEntry<'a>>,
    observations: Vec<ObservationEntry<'a>>,
    issues: Vec<IssueEntry<'a>>,
    tags: &'a [Tag],
    people: &'a [Person],
    sessions: &'a [ListeningSession],
    live_calls: &'a [LiveCall],
    seat_notes: Vec<NoteEntry<'a>>,
    /// By kind, as the program keeps them.
    records: BTreeMap<&'static str, Vec<&'a Record>>,
    sound: &'a [SoundFacts],
}

/// A case, with who spoke, when and where in its first contact. All that is known of each follows.
#[derive(Serialize)]
struct CaseEntry<'a> {
    id: CaseId,
    title: &'a str,
    business_line: &'a str,
    queue: &'a str,
    agent: &'a str,
    customer: &'a str,
    customer_tier: &'a str,
    started_at: Option<UnixMs>,
    disposition: &'a str,
    external_id: &'a str,
    order_number: &'a str,
    language: &'a str,
    #[serde(flatten)]
    meta: &'a Meta,
    started_at_text: Option<String>,
    contacts: Vec<ContactEntry>,
}

/// The fields of a contact, but for those that say whose it is and nothing of what was found: see [`STAYS`].
#[derive(Serialize)]
struct ContactEntry {
    #[serde(flatten)]
    contact: Map<String, Value>,
    began_at_text: Option<String>,
    ended_at_text: Option<String>,
}

#[derive(Serialize)]
struct ObservationEntry<'a> {
    #[serde(flatten)]
    observation: &'a qinting_domain::Observation,
    case_title: &'a str,
    session_title: Option<&'a str>,
    author: &'a str,
    tag_names: Vec<&'a str>,
    start_text: String,
    end_text: String,
    has_sound: bool,
    silent_ms: u64,
    created_at_text: String,
    link: String,
    issues: &'a [IssueRef],
}

#[derive(Serialize)]
struct NoteEntry<'a> {
    #[serde(flatten)]
    note: &'a SeatNote,
    author: &'a str,
    by_mentor: bool,
    at_text: String,
    has_sound: bool,
    link: String,
}

#[derive(Serialize)]
struct IssueEntry<'a> {
    #[serde(flatten)]
    row: &'a IssueRow,
    created_by_name: &'a str,
    created_at_text: String,
    due_text: Option<String>,
    evidence: Vec<EvidenceEntry<'a>>,
}

#[derive(Serialize)]
struct EvidenceEntry<'a> {
    #[serde(flatten)]
    tie: &'a IssueLink,
    case_title: &'a str,
    author: &'a str,
    filed_by_name: &'a str,
    anchor: Anchor,
    start_ms: u64,
    end_ms: u64,
    start_text: String,
    end_text: String,
    text: &'a str,
    quote: &'a str,
    link: String,
}

pub(crate) fn write(book: &Book, zone: &TimeZone) -> AppResult<Vec<u8>> {
    let f = book.findings;
    let exact = |at: UnixMs| moment::rfc3339(at, zone);
    let document = Document {
        format: "qinting.findings",
        version: VERSION,
        at: f.at,
        at_text: exact(f.at),
        time_zone_known: !zone.is_unknown(),
        cases: f.cases.iter().map(|c| case(book, zone, c)).collect(),
        observations: f
            .observations
            .iter()
            .map(|view| observation(book, zone, view))
            .collect(),
        issues: f.issues.iter().map(|row| issue(book, zone, row)).collect(),
        tags: &f.tags,
        people: &f.people,
        sessions: &f.sessions,
        live_calls: &f.live_calls,
        seat_notes: f.seat_notes.iter().map(|view| note(book, view)).collect(),
        records: by_kind(&f.records),
        sound: &f.sound,
    };
    let mut bytes = serde_json::to_vec_pretty(&document)
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn case<'a>(book: &Book<'a>, zone: &TimeZone, case: &'a Case) -> CaseEntry<'a> {
    let exact = |at: UnixMs| moment::rfc3339(at, zone);
    let contacts = book.contacts(case.id);
    let first = contacts.first().copied();
    let started_at = first.and_then(|c| c.began_at);
    let first_is = |pick: fn(&Contact) -> &String| first.map_or("", |c| pick(c));
    CaseEntry {
        id: case.id,
        title: &case.title,
        business_line: &case.business_line,
        queue: first_is(|c| &c.queue),
        agent: first_is(|c| &c.agent),
        customer: first_is(|c| &c.customer),
        customer_tier: &case.customer_tier,
        started_at,
        disposition: first_is(|c| &c.disposition),
        external_id: &case.external_id,
        order_number: &case.order_number,
        language: &case.language,
        meta: &case.meta,
        started_at_text: started_at.map(exact),
        contacts: contacts.iter().map(|c| contact(zone, c)).collect(),
    }
}

fn contact(zone: &TimeZone, contact: &Contact) -> ContactEntry {
    let exact = |at: UnixMs| moment::rfc3339(at, zone);
    let mut fields = Record::from(contact.clone()).to_fields();
    fields.retain(|name, _| !STAYS.contains(&name.as_str()));
    ContactEntry {
        contact: fields,
        began_at_text: contact.began_at.map(exact),
        ended_at_text: contact.ended_at.map(exact),
    }
}

fn by_kind(records: &[Record]) -> BTreeMap<&'static str, Vec<&Record>> {
    let mut kinds = BTreeMap::<_, Vec<_>>::new();
    for record in records {
        kinds
            .entry(record.kind().as_str())
            .or_default()
            .push(record);
    }
    kinds
}

fn observation<'a>(
    book: &Book<'a>,
    zone: &TimeZone,
    view: &'a ObservationView,
) -> ObservationEntry<'a> {
    let o = &view.observation;
    ObservationEntry {
        observation: o,
        case_title: &view.case_title,
        session_title: book.session(o),
        author: &view.author,
        tag_names: book.tag_names(&o.tags),
        start_text: moment::clock(o.start_ms),
        end_text: moment::clock(o.end_ms),
        has_sound: book.has_sound(o.recording_id),
        silent_ms: book.silent_ms(o),
        created_at_text: moment::rfc3339(o.meta.created_at, zone),
        link: moment::link(o),
        issues: &view.issues,
    }
}

fn note<'a>(book: &Book<'a>, view: &'a SeatNoteView) -> NoteEntry<'a> {
    let note = &view.note;
    NoteEntry {
        note,
        author: &view.author,
        by_mentor: view.by_mentor,
        at_text: moment::clock(note.at_ms),
        has_sound: book.has_sound(note.recording_id),
        link: MomentLink {
            start_ms: Some(note.at_ms),
            ..MomentLink::to(note.case_id)
        }
        .to_string(),
    }
}

fn issue<'a>(book: &Book<'a>, zone: &TimeZone, row: &'a IssueRow) -> IssueEntry<'a> {
    IssueEntry {
        row,
        created_by_name: book.person(row.issue.meta.created_by),
        created_at_text: moment::rfc3339(row.issue.meta.created_at, zone),
        due_text: row.issue.due.map(moment::day),
        evidence: book
            .evidence(row.issue.id)
            .into_iter()
            .map(|(tie, o)| evidence(book, tie, o))
            .collect(),
    }
}

fn evidence<'a>(
    book: &Book<'a>,
    tie: &'a IssueLink,
    view: &'a ObservationView,
) -> EvidenceEntry<'a> {
    let o = &view.observation;
    EvidenceEntry {
        tie,
        case_title: &view.case_title,
        author: &view.author,
        filed_by_name: book.person(tie.meta.created_by),
        anchor: o.anchor,
        start_ms: o.start_ms,
        end_ms: o.end_ms,
        start_text: moment::clock(o.start_ms),
        end_text: moment::clock(o.end_ms),
        text: &o.text,
        quote: &o.quote,
        link: moment::link(o),
    }
}

#[cfg(test)]
mod tests {
    use crate::sample;
    use jiff::tz::TimeZone;
    use qinting_app::ExportFormat;

    #[test]
    fn everything_is_there_for_machines() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let bytes =
            crate::write_in(&zone, ExportFormat::Json, &sample::findings()).expect("written");
        insta::assert_snapshot!(String::from_utf8(bytes).expect("UTF-8"));
    }

    #[test]
    fn a_case_of_several_contacts_tells_them_all_and_the_first_as_its_own() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let findings = sample::findings_of_several_contacts();
        let bytes = crate::write_in(&zone, ExportFormat::Json, &findings).expect("written");
        let told: serde_json::Value = serde_json::from_slice(&bytes).expect("JSON");
        let [several, one] = [&told["cases"][0], &told["cases"][1]];
        assert_eq!(one["contacts"].as_array().map(Vec::len), Some(1));
        assert_eq!(one["contacts"][0]["handled_by"], "handed_over");
        assert_eq!(several["agent"], "<i>小蜜");
        let contacts = several["contacts"].as_array().expect("a list");
        let kinds: Vec<_> = contacts.iter().map(|c| &c["kind"]).collect();
        assert_eq!(kinds, ["chat", "phone"]);
        assert_eq!(contacts[1]["agent"], "@坐席07");
        assert_eq!(contacts[0]["began_at_text"], several["started_at_text"]);
        let text = told.to_string();
        assert!(!text.contains("13800000000") && !text.contains("IVR"));
    }
}
