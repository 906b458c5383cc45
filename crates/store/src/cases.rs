//! The case library: rows of cases, and what they are narrowed, ordered and counted by.

pub(crate) mod index;
mod narrowed;

use crate::acoustics::{self, KNOWN, SUMMARY};
use crate::contacts;
use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::table::Stored;
use narrowed::Narrowed;
use qinting_app::{
    CaseQuery, CaseRow, CaseValue, CaseValues, MOST_ROWS, MOST_VALUES, Page, TranscriptState,
};
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params_from_iter};

/// Cases that hold to a query, in its order. Order and count are taken of the index alone, and what else is told of a
/// case for the rows of the window only.
pub(crate) fn page(conn: &Connection, query: &CaseQuery) -> Outcome<Page<CaseRow>> {
    let Some(narrowed) = Narrowed::by(query, None) else {
        return Ok(Page {
            rows: Vec::new(),
            total: 0,
        });
    };
    let Narrowed { condition, values } = narrowed;
    let sql = format!("SELECT count(*) FROM library l WHERE {condition}");
    let total = conn
        .prepare_cached(&sql)?
        .query_row(params_from_iter(&values), |r| r.get(0))?;
    let (joined, order) = ordered(query.sort, query.reversed);
    let window = [query.limit.min(MOST_ROWS), query.offset];
    let values = values.into_iter().chain(window.map(Value::from));
    let rest = format!(
        "JOIN (SELECT l.row FROM library l {joined} WHERE {condition}
            ORDER BY {order} LIMIT ? OFFSET ?) page ON page.row = t.row
         JOIN library l ON l.row = page.row {joined} ORDER BY {order}"
    );
    let rows = rows(conn, &rest, params_from_iter(values))?;
    Ok(Page { rows, total })
}

/// The cases a query finds, at most so many.
pub(crate) fn ids(conn: &Connection, query: &CaseQuery, most: u32) -> Outcome<Vec<CaseId>> {
    let Some(Narrowed { condition, values }) = Narrowed::by(query, None) else {
        return Ok(Vec::new());
    };
    let sql = format!(
        "SELECT t.id FROM library l JOIN \"case\" t ON t.row = l.row
         WHERE {condition} ORDER BY l.row DESC LIMIT ?"
    );
    let values = values.into_iter().chain([Value::from(most)]);
    let mut statement = conn.prepare_cached(&sql)?;
    let ids = statement.query_map(params_from_iter(values), |r| uuid_at(r, 0).map(CaseId))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Values of a fact among the cases of a query, most frequent first.
pub(crate) fn values(conn: &Connection, asked: &CaseValues) -> Outcome<Vec<CaseValue>> {
    let Some(Narrowed { condition, values }) = Narrowed::by(&asked.query, Some(asked.fact)) else {
        return Ok(Vec::new());
    };
    let column = narrowed::column(asked.fact);
    let sql = format!(
        "SELECT {column}, count(*) FROM library l WHERE {condition} AND instr({column}, ?) > 0
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ?"
    );
    let part = Value::from(asked.part.trim().to_owned());
    let values = values.into_iter().chain([part, Value::from(MOST_VALUES)]);
    let mut statement = conn.prepare_cached(&sql)?;
    let found = statement.query_map(params_from_iter(values), |r| {
        Ok(CaseValue {
            value: r.get(0)?,
            count: r.get(1)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// What an order wants joined to the index, and the order.
fn ordered(sort: CaseSort, reversed: bool) -> (&'static str, String) {
    /// How many marks lie in a case; none where nothing does. Of the marks, for they are fewer than the cases.
    const MARKS: &str = "LEFT JOIN (SELECT c.row AS row, count(*) AS marks FROM observation o
        CROSS JOIN \"case\" c ON c.id = o.case_id WHERE o.deleted_at IS NULL GROUP BY 1) m ON m.row = l.row";
    // Words run from their beginning, numbers from the most.
    let word = |column: &str| {
        let way = if reversed { "DESC" } else { "ASC" };
        format!("{column} = '', {column} COLLATE NOCASE {way}, l.row DESC")
    };
    let number = |column: &str| {
        let way = if reversed { "ASC" } else { "DESC" };
        format!("{column} {way} NULLS LAST, l.row DESC")
    };
    let order = match sort {
        CaseSort::Imported if reversed => "l.row".to_owned(),
        CaseSort::Imported => "l.row DESC".to_owned(),
        // Each has one, and so the index of titles answers.
        CaseSort::Title if reversed => "l.title COLLATE NOCASE DESC, l.row DESC".to_owned(),
        CaseSort::Title => "l.title COLLATE NOCASE, l.row DESC".to_owned(),
        CaseSort::StartedAt => number("l.began_at"),
        CaseSort::Duration => number("l.duration_ms"),
        CaseSort::Wait => number("l.wait_ms"),
        CaseSort::Talk => number("l.talk_ms"),
        CaseSort::Hold => number("l.hold_ms"),
        CaseSort::Transfers => number("l.transfers"),
        CaseSort::Silence => number("l.silence_permille"),
        CaseSort::OnHold => number("l.on_hold_ms"),
        CaseSort::Overtalk => number("l.overtalk"),
        CaseSort::AgentShare => number("l.agent_permille"),
        CaseSort::AgentMonologue => number("l.agent_monologue_ms"),
        CaseSort::CustomerMonologue => number("l.customer_monologue_ms"),
        CaseSort::AgentResponse => number("l.agent_response_ms"),
        CaseSort::CustomerResponse => number("l.customer_response_ms"),
        CaseSort::Marks => return (MARKS, number("coalesce(m.marks, 0)")),
        CaseSort::BusinessLine => word("l.business_line"),
        CaseSort::CustomerTier => word("l.customer_tier"),
        CaseSort::Agent => word("l.agent"),
        CaseSort::Queue => word("l.queue"),
        CaseSort::Disposition => word("l.disposition"),
        CaseSort::Csat => word("l.csat"),
    };
    ("", order)
}

/// Rows of the cases that the rest of a query names; they go by `t`, their recordings by `r`, their first contacts
/// by `k`.
pub(crate) fn rows(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<CaseRow>> {
    let sql = format!("{} {rest}", row_sql());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(p, row)?.collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The first live recording of a case.
const RECORDING: &str = "LEFT JOIN recording r ON r.row =
    (SELECT min(row) FROM recording WHERE case_id = t.id AND deleted_at IS NULL)";

/// How many different people have heard something of a case.
const LISTENERS: &str = "(SELECT count(DISTINCT coalesce(p.merged_into, p.id)) FROM recording x
    JOIN listening l ON l.recording_id = x.id JOIN person p ON p.id = l.person_id";

fn row_sql() -> String {
    format!(
        "SELECT {}, r.id, r.duration_ms, r.roles,
            (SELECT count(*) FROM observation o
                WHERE o.case_id = t.id AND o.deleted_at IS NULL),
            (SELECT count(DISTINCT i.id) FROM observation o
                JOIN issue_link l ON l.observation_id = o.id AND l.deleted_at IS NULL
                JOIN issue i ON i.id = l.issue_id AND i.deleted_at IS NULL
                WHERE o.case_id = t.id AND o.deleted_at IS NULL),
            {LISTENERS} WHERE x.case_id = t.id),
            (SELECT state FROM job j WHERE j.kind = '{}' AND j.about = r.id
                ORDER BY j.row DESC LIMIT 1),
            EXISTS (SELECT 1 FROM segment s
                WHERE s.recording_id = r.id AND s.deleted_at IS NULL),
            coalesce(r.audio_sha256 <> '', 0), {}, {}, {SUMMARY}
         FROM \"case\" t {RECORDING} {}
         LEFT JOIN live_call v ON v.recording_id = r.id AND v.deleted_at IS NULL {KNOWN}",
        Case::select("t"),
        JobKind::Transcribe.as_str(),
        LiveCall::select("v"),
        contacts::select_short("k"),
        contacts::first_of("t")
    )
}

fn row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    let at = &mut 0;
    let case = Case::take(row, at)?;
    let recording_id = Field::take(row, at)?;
    let duration_ms: Option<u64> = Field::take(row, at)?;
    let roles: Option<Vec<ChannelRole>> = Field::take(row, at)?;
    let observation_count = Field::take(row, at)?;
    let issue_count = Field::take(row, at)?;
    let listener_count = Field::take(row, at)?;
    let newest_job = Field::take(row, at)?;
    let transcript = transcript_state(newest_job, Field::take(row, at)?);
    Ok(CaseRow {
        case,
        recording_id,
        duration_ms: duration_ms.unwrap_or(0),
        roles: roles.unwrap_or_default(),
        observation_count,
        issue_count,
        listener_count,
        transcript,
        has_audio: Field::take(row, at)?,
        live: LiveCall::take_joined(row, at)?,
        contact: Contact::take_joined(row, at)?.map(Contact::shown),
        sound: acoustics::summary(row, at)?,
    })
}

/// The newest job says how the text stands; without one, or after a stop, the text itself does.
fn transcript_state(newest_job: Option<JobState>, has_text: bool) -> TranscriptState {
    match (newest_job, has_text) {
        (Some(JobState::Queued), _) => TranscriptState::Queued,
        (Some(JobState::Running), _) => TranscriptState::Running,
        (Some(JobState::Failed), _) => TranscriptState::Failed,
        (Some(JobState::Done), _) | (_, true) => TranscriptState::Done,
        (Some(JobState::Cancelled) | None, false) => TranscriptState::None,
    }
}

pub(crate) fn listener_count(conn: &Connection, case: CaseId) -> Outcome<u32> {
    let sql = format!("SELECT {LISTENERS} WHERE x.case_id = ?1)");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([case.0.as_bytes()], |r| r.get(0))?)
}
