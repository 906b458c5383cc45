//! What is kept of calls that are heard as they happen, besides their records.

use crate::contacts;
use crate::fault::Outcome;
use crate::field::Field;
use crate::table::{self, Stored};
use qinting_app::{SeatNoteView, SoundFacts};
use qinting_domain::*;
use rusqlite::types::Value;
use rusqlite::{Connection, Params, Row, params, params_from_iter};

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

/// A part as a row has it. Of a name that leads elsewhere nothing is taken: no version of ours wrote it.
struct Named(Option<CapturePart>);

impl Kept for Named {
    const TABLE: &'static str = CapturePart::TABLE;
    const COLUMNS: &'static [&'static str] = CapturePart::COLUMNS;
    fn put(&self, out: &mut Vec<Value>) -> Outcome<()> {
        self.0.as_ref().map_or(Ok(()), |part| part.put(out))
    }
    fn take(row: &Row<'_>) -> rusqlite::Result<Self> {
        let name: String = row.get("file")?;
        let is_ours = PartName::parse(&name).is_some();
        is_ours
            .then(|| CapturePart::take(row))
            .transpose()
            .map(Self)
    }
}

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
    let named: Vec<Option<CapturePart>> = of_recording::<Named>(conn, recording, "ordinal")?
        .into_iter()
        .map(|named| named.0)
        .collect();
    let odd = named.iter().filter(|part| part.is_none()).count();
    if odd > 0 {
        tracing::warn!(%recording, count = odd, "parts have no name of ours");
    }
    Ok(named.into_iter().flatten().collect())
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

pub(crate) fn recordings_brought_in(conn: &Connection) -> Outcome<Vec<(Case, Contact, Recording)>> {
    brought_in(conn, "1", [])
}

pub(crate) fn recordings_before(
    conn: &Connection,
    decoder: u32,
) -> Outcome<Vec<(Case, Recording)>> {
    let found = brought_in(conn, "t.decoder < ?1", [decoder])?.into_iter();
    Ok(found
        .map(|(case, _, recording)| (case, recording))
        .collect())
}

/// Recordings with sound that came from elsewhere and hold a condition, newest first.
fn brought_in(
    conn: &Connection,
    condition: &str,
    p: impl Params,
) -> Outcome<Vec<(Case, Contact, Recording)>> {
    let sql = format!(
        "SELECT {}, {}, {} FROM recording t JOIN \"case\" c ON c.id = t.case_id
         JOIN contact k ON k.id = t.contact_id
         WHERE {condition} AND t.deleted_at IS NULL AND c.deleted_at IS NULL
            AND t.audio_sha256 <> '' AND NOT EXISTS (SELECT 1 FROM live_call v
                WHERE v.recording_id = t.id AND v.deleted_at IS NULL)
         ORDER BY t.row DESC",
        Case::select("c"),
        contacts::select_short("k"),
        Recording::select("t")
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map(p, |row| {
        let at = &mut 0;
        Ok((
            Case::take(row, at)?,
            Contact::take(row, at)?,
            Recording::take(row, at)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Recordings with sound that are there or in the bin, oldest first.
pub(crate) fn recordings_with_sound(conn: &Connection) -> Outcome<Vec<(Case, Recording)>> {
    let sql = format!(
        "SELECT {}, {} FROM recording t JOIN \"case\" c ON c.id = t.case_id
         WHERE t.deleted_at IS NULL AND t.audio_sha256 <> '' ORDER BY t.row",
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

/// Recordings without sound that something was marked or noted on.
pub(crate) fn without_sound(conn: &Connection) -> Outcome<Vec<RecordingId>> {
    let sql = "SELECT r.id FROM recording r JOIN \"case\" c ON c.id = r.case_id
        WHERE r.audio_sha256 = '' AND r.deleted_at IS NULL AND c.deleted_at IS NULL
            AND (EXISTS (SELECT 1 FROM observation o
                    WHERE o.recording_id = r.id AND o.deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM seat_note n
                    WHERE n.recording_id = r.id AND n.deleted_at IS NULL))
        ORDER BY r.row";
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map([], |row| Field::take(row, &mut 0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Recordings with sound that something was marked or noted on, and of which something is to be
/// known.
pub(crate) fn sound_facts(conn: &Connection) -> Outcome<Vec<SoundFacts>> {
    let rest = "JOIN \"case\" c ON c.id = t.case_id
        WHERE t.audio_sha256 <> '' AND t.deleted_at IS NULL AND c.deleted_at IS NULL
            AND (t.notices <> '[]'
                OR EXISTS (SELECT 1 FROM capture_gap g WHERE g.recording_id = t.id))
            AND (EXISTS (SELECT 1 FROM observation o
                    WHERE o.recording_id = t.id AND o.deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM seat_note n
                    WHERE n.recording_id = t.id AND n.deleted_at IS NULL))
        ORDER BY t.row";
    let recordings: Vec<Recording> = table::many(conn, rest, [])?;
    let facts = recordings.into_iter().map(|r| {
        Ok(SoundFacts {
            case_id: r.case_id,
            recording_id: r.id,
            gaps: gaps_of(conn, r.id)?,
            notices: r.notices,
        })
    });
    facts.collect()
}

pub(crate) fn notes_of(conn: &Connection, case: CaseId) -> Outcome<Vec<SeatNoteView>> {
    // A case in the bin still has its notes: what happens to its recording happens to them.
    notes(conn, "t.case_id = ?2", params![mentor(), case.0.as_bytes()])
}

/// Every note of a case that is there, case by case.
pub(crate) fn all_notes(conn: &Connection) -> Outcome<Vec<SeatNoteView>> {
    notes(conn, "c.deleted_at IS NULL", params![mentor()])
}

fn mentor() -> String {
    format!("\"{}\"", Role::Mentor.as_str())
}

/// Notes that hold a condition, with who says them. Somebody says a thing as 师兄 who is one among
/// the people (the first parameter), or was the one at the seat of this call.
fn notes(conn: &Connection, condition: &str, p: impl Params) -> Outcome<Vec<SeatNoteView>> {
    let sql = format!(
        "SELECT {}, coalesce(a.name, ''), coalesce(instr(a.roles, ?1) > 0, 0) OR EXISTS (
            SELECT 1 FROM live_call v WHERE v.mentor_id = t.author_id AND v.deleted_at IS NULL
                AND (v.case_id = t.case_id OR lower(hex(t.case_id))
                    = replace(json_extract(v.alignment, '$.case_id'), '-', '')))
         FROM seat_note t JOIN \"case\" c ON c.id = t.case_id
         LEFT JOIN person a ON a.id = t.author_id
         WHERE {condition} AND t.deleted_at IS NULL
         ORDER BY c.row, t.at_ms, t.row",
        SeatNote::select("t")
    );
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
