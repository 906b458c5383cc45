//! Transcripts, read a window at a time. How their lines come to be there: [`crate::lines`].

use crate::fault::{Fault, Outcome};
use crate::field::uuid_at;
use crate::table::{self, Stored};
use qinting_app::{MOST_ROWS, SegmentHit, codes};
use qinting_domain::text::find_all;
use qinting_domain::*;
use rusqlite::{Connection, Params, params};

/// The order of a transcript; [`Segment::ordinal`] is the place in it.
const ORDER: &str = "start_ms, channel, end_ms, row";
/// Who speaks in a row that goes by `{t}`, by somebody's word: the last one that holds for more than half of it.
pub(crate) const SAID_ROLE: &str = "(SELECT s.role FROM speaker_change s
    WHERE s.recording_id = {t}.recording_id AND s.channel = {t}.channel AND s.deleted_at IS NULL
        AND 2 * (min(s.end_ms, {t}.end_ms) - max(s.start_ms, {t}.start_ms)) > {t}.end_ms - {t}.start_ms
    ORDER BY s.updated_at DESC, s.row DESC LIMIT 1)";

/// The same for a table that goes by `alias`, to be selected. Where nobody ever said so, no row is asked.
pub(crate) fn said_role(conn: &Connection, alias: &str) -> Outcome<String> {
    let any = "SELECT EXISTS (SELECT 1 FROM speaker_change)";
    Ok(
        match conn.prepare_cached(any)?.query_row([], |r| r.get(0))? {
            true => SAID_ROLE.replace("{t}", alias),
            false => "NULL".to_owned(),
        },
    )
}

/// All texts of a recording, the newest first.
pub(crate) fn all_of(conn: &Connection, recording: RecordingId) -> Outcome<Vec<Transcript>> {
    let rest = "WHERE t.recording_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row DESC";
    table::many(conn, rest, [recording.0.as_bytes()])
}

/// Recordings whose text is whole and lies in rows alone: one of an older version, or of a live call that is
/// over.
pub(crate) fn unsealed(
    conn: &Connection,
    of: Option<RecordingId>,
    most: u32,
) -> Outcome<Vec<RecordingId>> {
    let which = match of {
        Some(_) => "r.id = ?3",
        None => "?3 IS NULL",
    };
    let sql = format!(
        "SELECT r.id FROM recording r JOIN \"case\" c ON c.id = r.case_id
        WHERE r.deleted_at IS NULL AND c.deleted_at IS NULL
            AND EXISTS (SELECT 1 FROM segment s WHERE s.recording_id = r.id AND s.deleted_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM transcript t WHERE t.recording_id = r.id)
            AND (EXISTS (SELECT 1 FROM change c JOIN op o ON o.seq = c.op
                    WHERE c.entity_id = r.id AND o.action = 'transcript.write')
                OR EXISTS (SELECT 1 FROM segment s WHERE s.recording_id = r.id AND s.engine = ?1)
                    AND NOT EXISTS (SELECT 1 FROM live_call v
                        WHERE v.recording_id = r.id AND (v.ended_at IS NULL
                            OR r.audio_sha256 = '' AND EXISTS
                                (SELECT 1 FROM capture_part p WHERE p.recording_id = r.id))))
            AND {which}
        ORDER BY r.row LIMIT ?2"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let of = of.map(|id| id.0.as_bytes().to_vec());
    let ids = statement.query_map(params![LIVE_ENGINE, most, of], |r| {
        uuid_at(r, 0).map(RecordingId)
    })?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(crate) fn count(conn: &Connection, recording: RecordingId) -> Outcome<u32> {
    let sql = "SELECT count(*) FROM segment WHERE recording_id = ?1 AND deleted_at IS NULL";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([recording.0.as_bytes()], |r| r.get(0))?)
}

/// Segments without their place, which the callers know better than a count per row.
fn list(conn: &Connection, rest: &str, p: impl Params) -> Outcome<Vec<Segment>> {
    let role = said_role(conn, "t")?;
    let sql = format!(
        "SELECT {}, 0, {role} FROM segment t {rest}",
        Segment::plain("t")
    );
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
            let id = SegmentId(uuid_at(row, 0)?);
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
