//! What is kept of calls that are heard as they happen, besides their records.

use crate::fault::Outcome;
use crate::field::{Field, word};
use crate::table::{self, Stored};
use qinting_app::SeatNoteView;
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params, params_from_iter};

/// A row the machine keeps for a live recording: addressed by recording and ordinal.
trait Kept: Sized {
    const TABLE: &'static str;
    /// In the order of [`Kept::put`], the address first.
    const COLUMNS: &'static [&'static str];
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()>;
    fn take(row: &Row<'_>) -> rusqlite::Result<Self>;
}

macro_rules! kept {
    ($row:ident, $table:literal, [$($field:ident),+]) => {
        impl Kept for $row {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),+];
            fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
                $(self.$field.put(out)?;)+
                Ok(())
            }
            fn take(row: &Row<'_>) -> rusqlite::Result<Self> {
                let at = &mut 0;
                Ok(Self { $($field: Field::take(row, at)?),+ })
            }
        }
    };
}

kept!(
    CapturePart,
    "capture_part",
    [
        recording_id,
        ordinal,
        file,
        sample_rate_hz,
        channels,
        start_frame,
        frames
    ]
);
kept!(
    CaptureGap,
    "capture_gap",
    [recording_id, ordinal, kind, channel, start_ms, end_ms]
);

fn put<T: Kept>(tx: &Connection, row: &T) -> Outcome<()> {
    let mut values = Vec::with_capacity(T::COLUMNS.len());
    row.put(&mut values)?;
    let marks = vec!["?"; T::COLUMNS.len()].join(", ");
    let sql = format!(
        "INSERT OR REPLACE INTO {} ({}) VALUES ({marks})",
        T::TABLE,
        T::COLUMNS.join(", ")
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    Ok(())
}

fn of_recording<T: Kept>(
    conn: &Connection,
    recording: RecordingId,
    order: &str,
) -> Outcome<Vec<T>> {
    let sql = format!(
        "SELECT {} FROM {} WHERE recording_id = ?1 ORDER BY {order}",
        T::COLUMNS.join(", "),
        T::TABLE
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([recording.0.as_bytes()], T::take)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put_part(tx: &Connection, part: &CapturePart) -> Outcome<()> {
    put(tx, part)
}

pub(crate) fn parts_of(conn: &Connection, recording: RecordingId) -> Outcome<Vec<CapturePart>> {
    of_recording(conn, recording, "ordinal")
}

pub(crate) fn drop_parts(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    tx.prepare_cached("DELETE FROM capture_part WHERE recording_id = ?1")?
        .execute([recording.0.as_bytes()])?;
    Ok(())
}

pub(crate) fn put_gap(tx: &Connection, gap: &CaptureGap) -> Outcome<()> {
    put(tx, gap)
}

pub(crate) fn gaps_of(conn: &Connection, recording: RecordingId) -> Outcome<Vec<CaptureGap>> {
    of_recording(conn, recording, "start_ms, ordinal")
}

/// One whose case a person took away is gone with it. One whose marks moved to another recording
/// stays: only the empty case it leaves behind was taken away.
pub(crate) fn calls(conn: &Connection) -> Outcome<Vec<LiveCall>> {
    let rest = "JOIN \"case\" c ON c.id = t.case_id
        WHERE t.deleted_at IS NULL AND (c.deleted_at IS NULL OR t.alignment IS NOT NULL)
        ORDER BY t.started_at DESC, t.row DESC";
    table::many(conn, rest, [])
}

pub(crate) fn call_of(conn: &Connection, recording: RecordingId) -> Outcome<Option<LiveCall>> {
    let rest = "WHERE t.recording_id = ?1 AND t.deleted_at IS NULL";
    Ok(table::many(conn, rest, [recording.0.as_bytes()])?.pop())
}

pub(crate) fn recordings_to_align(conn: &Connection) -> Outcome<Vec<(Case, Recording)>> {
    let sql = format!(
        "SELECT {}, {} FROM recording t JOIN \"case\" c ON c.id = t.case_id
         WHERE t.deleted_at IS NULL AND c.deleted_at IS NULL AND t.audio_sha256 <> ''
            AND NOT EXISTS (SELECT 1 FROM live_call v
                WHERE v.recording_id = t.id AND v.deleted_at IS NULL)
         ORDER BY t.row DESC",
        Case::select("c"),
        Recording::select("t")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| {
        let at = &mut 0;
        Ok((Case::take(row, at)?, Recording::take(row, at)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes of a case with who says them. Somebody says a thing as 师兄 who is one among the people, or
/// was the one at the seat of this call.
pub(crate) fn notes_of(conn: &Connection, case: CaseId) -> Outcome<Vec<SeatNoteView>> {
    let sql = format!(
        "SELECT {}, coalesce(a.name, ''), coalesce(a.role = ?3, 0) OR EXISTS (
            SELECT 1 FROM live_call v WHERE v.mentor_id = t.author_id AND v.deleted_at IS NULL
                AND (v.case_id = ?1 OR json_extract(v.alignment, '$.case_id') = ?2))
         FROM seat_note t JOIN \"case\" c ON c.id = t.case_id
         LEFT JOIN person a ON a.id = t.author_id
         WHERE t.case_id = ?1 AND t.deleted_at IS NULL AND c.deleted_at IS NULL
         ORDER BY t.at_ms, t.row",
        SeatNote::select("t")
    );
    let mentor = word(&PersonRole::Mentor)?;
    let p = params![case.0.as_bytes(), word(&case)?, mentor];
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(p, |row| {
        let at = &mut 0;
        Ok(SeatNoteView {
            note: SeatNote::take(row, at)?,
            author: Field::take(row, at)?,
            by_mentor: Field::take(row, at)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
