//! People, settings, the case library and its recordings.

use crate::acoustics::{self, KNOWN, SUMMARY};
use crate::contacts;
use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::table::{self, Stored};
use qinting_app::{CaseQuery, CaseRow, CaseSort, ListenState, MOST_ROWS, Page, TranscriptState};
use qinting_domain::text::match_query;
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, Params, Row, named_params, params};
use std::collections::HashMap;

pub(crate) fn workspace_id(conn: &Connection) -> Outcome<WorkspaceId> {
    let sql = "SELECT id FROM workspace";
    let id = conn.prepare_cached(sql)?.query_row([], |r| uuid_at(r, 0))?;
    Ok(WorkspaceId(id))
}

pub(crate) fn people(conn: &Connection) -> Outcome<Vec<Person>> {
    table::many(
        conn,
        "WHERE t.deleted_at IS NULL AND t.merged_into IS NULL ORDER BY t.name COLLATE NOCASE, t.row",
        [],
    )
}

/// What everybody who ever was here is called now: whoever turned out to be another, as that one.
pub(crate) fn names(conn: &Connection) -> Outcome<HashMap<PersonId, String>> {
    let sql = format!("SELECT id, {} FROM person t", name_of("t.id"));
    let mut statement = conn.prepare_cached(&sql)?;
    let names = statement.query_map([], |r| Ok((PersonId(uuid_at(r, 0)?), r.get(1)?)))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// What a person is called whose id an expression gives; empty for nobody.
pub(crate) fn name_of(id: &str) -> String {
    format!(
        "coalesce((SELECT coalesce(into_.name, one_.name) FROM person one_
            LEFT JOIN person into_ ON into_.id = one_.merged_into WHERE one_.id = {id}), '')"
    )
}

pub(crate) fn tags(conn: &Connection) -> Outcome<Vec<Tag>> {
    table::many(
        conn,
        "WHERE t.deleted_at IS NULL ORDER BY t.position, t.row",
        [],
    )
}

pub(crate) fn recordings_of(conn: &Connection, case: CaseId) -> Outcome<Vec<Recording>> {
    let rest = "WHERE t.case_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row";
    table::many(conn, rest, [case.0.as_bytes()])
}

pub(crate) fn recording_by_hash(conn: &Connection, sha256: &str) -> Outcome<Option<Recording>> {
    let rest = "JOIN recording_hash h ON h.recording_id = t.id JOIN \"case\" c ON c.id = t.case_id
        WHERE h.sha256 = ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
        ORDER BY t.row LIMIT 1";
    Ok(table::many(conn, rest, [sha256])?.pop())
}

/// What every recording that is there or in the bin names: sources, audio, peaks.
pub(crate) fn media_in_use(conn: &Connection) -> Outcome<Vec<(RecordingId, Sha256)>> {
    let sql =
        "SELECT r.id, h.sha256 FROM recording_hash h JOIN recording r ON r.id = h.recording_id
            WHERE r.deleted_at IS NULL
        UNION SELECT id, peaks_sha256 FROM recording
            WHERE deleted_at IS NULL AND peaks_sha256 <> '' ORDER BY 2, 1";
    let mut statement = conn.prepare_cached(sql)?;
    let named = statement.query_map([], |r| {
        Ok((RecordingId(uuid_at(r, 0)?), Field::take(r, &mut 1)?))
    })?;
    Ok(named.collect::<Result<_, _>>()?)
}

pub(crate) fn cases(conn: &Connection, query: &CaseQuery) -> Outcome<Page<CaseRow>> {
    let typed = query.text.trim();
    let wanted = match_query(typed);
    if !typed.is_empty() && wanted.is_none() {
        return Ok(Page {
            rows: Vec::new(),
            total: 0,
        });
    }
    let words = match &wanted {
        Some(_) => "t.row IN (SELECT rowid FROM case_text WHERE case_text MATCH :words)",
        None => ":words IS NULL",
    };
    let filter =
        format!("t.deleted_at IS NULL AND (:line = '' OR t.business_line = :line) AND {words}");
    let sql = format!("SELECT count(*) FROM \"case\" t WHERE {filter}");
    let p = named_params! {":line": query.business_line, ":words": wanted};
    let total = conn.prepare_cached(&sql)?.query_row(p, |r| r.get(0))?;
    let order = case_order(query.sort);
    // The page is cut first, so that the counts are taken for its rows only.
    let rest = format!(
        "JOIN (SELECT t.row FROM \"case\" t {RECORDING} {} WHERE {filter}
            ORDER BY {order} LIMIT :limit OFFSET :offset) page ON page.row = t.row
         ORDER BY {order}",
        contacts::first_of("t")
    );
    let p = named_params! {
        ":line": query.business_line,
        ":words": wanted,
        ":limit": query.limit.min(MOST_ROWS),
        ":offset": query.offset,
    };
    let rows = case_rows(conn, &rest, p)?;
    Ok(Page { rows, total })
}

/// Rows of the cases that the rest of a query names; they go by `t`, their recordings by `r`, their first contacts
/// by `k`.
pub(crate) fn case_rows(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<CaseRow>> {
    let sql = format!("{} {rest}", case_row_sql());
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement
        .query_map(p, case_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The first live recording of a case.
const RECORDING: &str = "LEFT JOIN recording r ON r.row =
    (SELECT min(row) FROM recording WHERE case_id = t.id AND deleted_at IS NULL)";

/// How many different people have heard something of a case.
const LISTENERS: &str = "(SELECT count(DISTINCT coalesce(p.merged_into, p.id)) FROM recording x
    JOIN listening l ON l.recording_id = x.id JOIN person p ON p.id = l.person_id";

fn case_order(sort: CaseSort) -> &'static str {
    match sort {
        CaseSort::Imported => "t.row DESC",
        CaseSort::StartedAt => "k.began_at IS NULL, k.began_at DESC, t.row DESC",
        CaseSort::Title => "t.title COLLATE NOCASE, t.row DESC",
        CaseSort::Duration => "coalesce(r.duration_ms, 0) DESC, t.row DESC",
        CaseSort::Marks => {
            "(SELECT count(*) FROM observation o
              WHERE o.case_id = t.id AND o.deleted_at IS NULL) DESC, t.row DESC"
        }
    }
}

fn case_row_sql() -> String {
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

fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
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

/// Business lines that cases or issues carry, most used first.
pub(crate) fn business_lines(conn: &Connection) -> Outcome<Vec<String>> {
    let sql = "SELECT business_line FROM (
            SELECT business_line FROM \"case\" WHERE deleted_at IS NULL
            UNION ALL SELECT business_line FROM issue WHERE deleted_at IS NULL)
        WHERE business_line <> '' GROUP BY 1 ORDER BY count(*) DESC, 1";
    let mut statement = conn.prepare_cached(sql)?;
    let lines = statement
        .query_map([], |r| r.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(lines)
}

pub(crate) fn listener_count(conn: &Connection, case: CaseId) -> Outcome<u32> {
    let sql = format!("SELECT {LISTENERS} WHERE x.case_id = ?1)");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([case.0.as_bytes()], |r| r.get(0))?)
}

pub(crate) fn save_seated(tx: &Connection, person: PersonId) -> Outcome<()> {
    let sql = "INSERT INTO seat (row, person_id) VALUES (1, ?1)
        ON CONFLICT DO UPDATE SET person_id = excluded.person_id";
    tx.prepare_cached(sql)?.execute([person.0.as_bytes()])?;
    Ok(())
}

pub(crate) fn seated(conn: &Connection) -> Outcome<Option<PersonId>> {
    let sql = "SELECT person_id FROM seat";
    let found = conn.prepare_cached(sql)?.query_row([], |r| uuid_at(r, 0));
    Ok(found.optional()?.map(PersonId))
}

pub(crate) fn listen_state(
    conn: &Connection,
    case: CaseId,
    person: PersonId,
) -> Outcome<Option<ListenState>> {
    let sql = "SELECT position_ms, speed FROM listen_state WHERE case_id = ?1 AND person_id = ?2";
    let found =
        conn.prepare_cached(sql)?
            .query_row([case.0.as_bytes(), person.0.as_bytes()], |r| {
                let at = &mut 0;
                Ok(ListenState {
                    position_ms: Field::take(r, at)?,
                    speed: Field::take(r, at)?,
                })
            });
    Ok(found.optional()?)
}

pub(crate) fn save_listen_state(
    tx: &Connection,
    case: CaseId,
    person: PersonId,
    state: &ListenState,
    at: UnixMs,
) -> Outcome<()> {
    let mut values = Vec::new();
    state.position_ms.put(&mut values)?;
    state.speed.put(&mut values)?;
    tx.prepare_cached(
        "INSERT INTO listen_state (case_id, person_id, position_ms, speed, at)
         VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET position_ms = excluded.position_ms, speed = excluded.speed,
            at = excluded.at",
    )?
    .execute(params![
        case.0.as_bytes(),
        person.0.as_bytes(),
        values[0],
        values[1],
        at
    ])?;
    Ok(())
}
