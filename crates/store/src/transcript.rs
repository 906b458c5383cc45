//! Transcripts: written in batches by the machine, corrected by people, read a window at a time.

use crate::device::Chain;
use crate::fault::{Fault, Outcome};
use crate::log::{self, Logged, Operation, Touch};
use crate::table::Stored;
use crate::{index, run, table};
use qinting_app::{AppError, MOST_ROWS, SegmentHit, TranscriptCommit, codes};
use qinting_domain::text::find_all;
use qinting_domain::*;
use rusqlite::{Connection, Params, params};
use serde_json::json;

/// The order of a transcript; [`Segment::ordinal`] is the place in it.
const ORDER: &str = "start_ms, channel, end_ms, row";

/// Writes one batch of a run. A first text may be read as it comes; one that takes the place of
/// another is kept apart until it is whole.
pub(crate) fn replace(
    tx: &Connection,
    chain: &Chain,
    commit: &TranscriptCommit,
) -> Outcome<Option<Logged>> {
    let recording = commit.recording_id;
    if commit.last && !log::of_op(tx, commit.op_id)?.is_empty() {
        return Ok(None);
    }
    if table::one::<Recording>(tx, recording.0)?.is_none() {
        return Err(Fault::refused(codes::NOT_FOUND));
    }
    if commit.first {
        run::begin(tx, commit)?;
    }
    if run::is_apart(tx, commit.op_id)? {
        run::add(tx, commit)?;
        if commit.last {
            run::take_place(tx, commit)?;
        }
    } else {
        let corrected = Corrected::read(tx, recording)?;
        let live = index::is_heard(tx, recording)?;
        for (id, heard) in &commit.segments {
            add(tx, commit, &corrected, live, *id, heard)?;
        }
    }
    commit
        .last
        .then(|| put_on_record(tx, chain, commit))
        .transpose()
}

/// What the machine wrote of a recording (the first parameter) and nobody corrected.
const BY_MACHINE: &str = "recording_id = ?1 AND deleted_at IS NULL AND text_original IS NULL";

pub(crate) fn has_machine_text(tx: &Connection, recording: RecordingId) -> Outcome<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM segment WHERE {BY_MACHINE})");
    Ok(tx
        .prepare_cached(&sql)?
        .query_row([recording.0.as_bytes()], |r| r.get(0))?)
}

/// Adds what was heard, with its index row, unless a person's correction stands there.
pub(crate) fn add(
    tx: &Connection,
    commit: &TranscriptCommit,
    corrected: &Corrected,
    live: bool,
    id: SegmentId,
    heard: &HeardSegment,
) -> Outcome<()> {
    if corrected.covers(heard) {
        return Ok(());
    }
    let row = insert(tx, commit, id, heard)?;
    if live && row > 0 {
        index::add_segment(tx, row, &heard.text)?;
    }
    Ok(())
}

/// What an earlier run left goes; what a person corrected stays.
pub(crate) fn remove_machine_text(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    let sql = format!("SELECT row FROM segment WHERE {BY_MACHINE}");
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query([recording.0.as_bytes()])?;
    while let Some(row) = rows.next()? {
        index::remove_segment(tx, row.get(0)?)?;
    }
    let sql = format!("DELETE FROM segment WHERE {BY_MACHINE}");
    tx.prepare_cached(&sql)?.execute([recording.0.as_bytes()])?;
    Ok(())
}

/// Stretches a person corrected: (channel, start, end) in milliseconds.
pub(crate) struct Corrected(Vec<(u16, u64, u64)>);

impl Corrected {
    pub(crate) fn read(tx: &Connection, recording: RecordingId) -> Outcome<Self> {
        let rest = "WHERE t.recording_id = ?1 AND t.deleted_at IS NULL
            AND t.text_original IS NOT NULL";
        let kept: Vec<Segment> = list(tx, rest, [recording.0.as_bytes()])?;
        Ok(Self(
            kept.iter()
                .map(|s| (s.channel, s.start_ms, s.end_ms))
                .collect(),
        ))
    }

    /// More than half of what was heard lies in a corrected stretch, or the other way round.
    fn covers(&self, heard: &HeardSegment) -> bool {
        self.0
            .iter()
            .filter(|(channel, ..)| *channel == heard.channel)
            .any(|(_, start, end)| {
                let shared = heard
                    .end_ms
                    .min(*end)
                    .saturating_sub(heard.start_ms.max(*start));
                let shorter = (end - start).min(heard.end_ms.saturating_sub(heard.start_ms));
                shared * 2 > shorter
            })
    }
}

pub(crate) fn ms(v: u64) -> Outcome<i64> {
    Ok(i64::try_from(v).map_err(|_| AppError::new(codes::INVALID))?)
}

/// A number that may be stored, whatever the engine said.
pub(crate) fn confidence(heard: &HeardSegment) -> f32 {
    if heard.confidence.is_finite() {
        heard.confidence
    } else {
        0.0
    }
}

/// Adds a segment; returns its row, 0 when it was there already.
fn insert(
    tx: &Connection,
    commit: &TranscriptCommit,
    id: SegmentId,
    heard: &HeardSegment,
) -> Outcome<i64> {
    let added = tx
        .prepare_cached(
            "INSERT INTO segment (id, recording_id, start_ms, end_ms, channel, text, confidence,
                language, engine, created_at, created_by, updated_at, rev)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?10, 1)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            id.0.as_bytes(),
            commit.recording_id.0.as_bytes(),
            ms(heard.start_ms)?,
            ms(heard.end_ms)?,
            heard.channel,
            heard.text,
            confidence(heard),
            heard.language,
            commit.engine,
            commit.at,
            commit.actor.0.as_bytes(),
        ])?;
    Ok(if added == 0 {
        0
    } else {
        tx.last_insert_rowid()
    })
}

/// One change row says that there is a new text; the text itself is not part of the log.
fn put_on_record(tx: &Connection, chain: &Chain, commit: &TranscriptCommit) -> Outcome<Logged> {
    let segments = count(tx, commit.recording_id)?;
    let told = FieldChange::Told {
        before: json!(null),
        after: json!({ "engine": commit.engine, "segments": segments }),
    };
    let op = Operation {
        op_id: commit.op_id,
        actor: commit.actor,
        at: commit.at,
        device: Some(chain.device().id()),
        origin: Action::TranscriptWrite.origin(),
        action: Action::TranscriptWrite.to_string(),
        undoes: None,
    };
    let touch = Touch {
        seq: None,
        entity: EntityKind::Recording.as_str().to_owned(),
        entity_id: commit.recording_id.0,
        created: false,
        fields: [("transcript".to_owned(), told)].into(),
        whom: Vec::new(),
    };
    log::append(tx, chain, &op, &[touch])
}

pub(crate) fn count(conn: &Connection, recording: RecordingId) -> Outcome<u32> {
    let sql = "SELECT count(*) FROM segment WHERE recording_id = ?1 AND deleted_at IS NULL";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([recording.0.as_bytes()], |r| r.get(0))?)
}

/// Segments without their place, which the callers know better than a count per row.
fn list(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<Segment>> {
    let sql = format!("SELECT {}, 0 FROM segment t {rest}", Segment::plain("t"));
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement
        .query_map(p, Segment::from_row)?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub(crate) fn window(
    conn: &Connection,
    recording: RecordingId,
    offset: u32,
    limit: u32,
) -> Outcome<Vec<Segment>> {
    let rest = format!(
        "WHERE t.recording_id = ?1 AND t.deleted_at IS NULL ORDER BY {ORDER} LIMIT ?2 OFFSET ?3"
    );
    let p = params![recording.0.as_bytes(), limit.min(MOST_ROWS), offset];
    let mut segments = list(conn, &rest, p)?;
    for (ordinal, segment) in (offset..).zip(&mut segments) {
        segment.ordinal = ordinal;
    }
    Ok(segments)
}

pub(crate) fn starts(conn: &Connection, recording: RecordingId) -> Outcome<Vec<u32>> {
    let sql = format!(
        "SELECT start_ms FROM segment WHERE recording_id = ?1 AND deleted_at IS NULL
         ORDER BY {ORDER}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let starts = statement
        // A transcript's times fit: 32 bits of milliseconds are 49 days.
        .query_map([recording.0.as_bytes()], |r| r.get::<_, i64>(0))?
        .map(|ms| ms.map(|ms| u32::try_from(ms).unwrap_or(u32::MAX)))
        .collect::<Result<_, _>>()?;
    Ok(starts)
}

/// Segments that share time with `start..end`; with an empty range, those the moment lies in.
pub(crate) fn between(
    conn: &Connection,
    recording: RecordingId,
    start_ms: u64,
    end_ms: u64,
) -> Outcome<Vec<Segment>> {
    // The light index is walked once: it gives the places, and the rows are read only for hits.
    let sql = format!(
        "SELECT row, start_ms, end_ms FROM segment
         WHERE recording_id = ?1 AND deleted_at IS NULL AND start_ms <= ?2 ORDER BY {ORDER}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let until = i64::try_from(end_ms).unwrap_or(i64::MAX);
    let from = i64::try_from(start_ms).unwrap_or(i64::MAX);
    let mut rows = statement.query(params![recording.0.as_bytes(), until])?;
    let mut hits = Vec::new();
    let mut ordinal = 0u32;
    while let Some(row) = rows.next()? {
        let (start, end): (i64, i64) = (row.get(1)?, row.get(2)?);
        let inside = if from == until {
            end >= from
        } else {
            start < until && end > from
        };
        if inside {
            hits.push((row.get::<_, i64>(0)?, ordinal));
        }
        ordinal += 1;
    }
    hits.into_iter()
        .map(|(row, ordinal)| {
            let mut found = list(conn, "WHERE t.row = ?1", [row])?;
            let segment = found
                .pop()
                .ok_or_else(|| Fault::refused(codes::NOT_FOUND))?;
            Ok(Segment { ordinal, ..segment })
        })
        .collect()
}

/// Segments that contain every piece of what was typed, however it is written.
pub(crate) fn find(
    conn: &Connection,
    recording: RecordingId,
    typed: &str,
    limit: u32,
) -> Outcome<Vec<SegmentHit>> {
    let pieces: Vec<&str> = typed.split_whitespace().collect();
    if pieces.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, start_ms, text FROM segment
         WHERE recording_id = ?1 AND deleted_at IS NULL ORDER BY {ORDER}"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query([recording.0.as_bytes()])?;
    let mut hits = Vec::new();
    let mut ordinal = 0u32;
    while let Some(row) = rows.next()? {
        if hits.len() >= limit as usize {
            break;
        }
        let text = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?;
        if pieces.iter().all(|piece| !find_all(text, piece).is_empty()) {
            let id = SegmentId(crate::field::uuid_at(row, 0)?);
            let start_ms = row.get::<_, i64>(1)?.unsigned_abs();
            hits.push(SegmentHit {
                id,
                ordinal,
                start_ms,
            });
        }
        ordinal += 1;
    }
    Ok(hits)
}
