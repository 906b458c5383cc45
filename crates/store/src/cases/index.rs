//! What the library orders, counts and narrows by, kept in step with the records inside the same transaction: a row
//! for each case that is there, with what its first contact and its first recording tell.

use super::RECORDING;
use crate::acoustics::{self, KNOWN, LIBRARY};
use crate::contacts;
use crate::fault::Outcome;
use crate::field::Field;
use qinting_domain::{CaseId, RecordingId};
use rusqlite::{Connection, OptionalExtension};

/// Brings the row of a case in line; of one that was taken away there is none.
pub(crate) fn put(tx: &Connection, case: CaseId) -> Outcome<()> {
    let id = case.0.as_bytes();
    let gone = "DELETE FROM library WHERE row =
        (SELECT row FROM \"case\" WHERE id = ?1 AND deleted_at IS NOT NULL)";
    tx.prepare_cached(gone)?.execute([id])?;
    let sql = format!(
        "INSERT OR REPLACE INTO library (row, title, business_line, customer_tier, kind, agent, line, queue,
            disposition, csat, direction, handled_by, began_at, duration_ms, wait_ms, talk_ms, hold_ms, transfers,
            has_sound, has_text, {LIBRARY})
         SELECT t.row, t.title, t.business_line, t.customer_tier, coalesce(k.kind, ''), coalesce(k.agent, ''),
            coalesce(k.line, ''), coalesce(k.queue, ''), coalesce(k.disposition, ''), coalesce(k.csat, ''),
            coalesce(k.direction, ''), coalesce(k.handled_by, ''), k.began_at, r.duration_ms,
            k.wait_ms, k.talk_ms, k.hold_ms, k.transfers, coalesce(r.audio_sha256 <> '', 0),
            EXISTS (SELECT 1 FROM segment s WHERE s.recording_id = r.id AND s.deleted_at IS NULL)
                OR EXISTS (SELECT 1 FROM transcript x
                    WHERE x.recording_id = r.id AND x.standing = 'shown' AND x.deleted_at IS NULL),
            {}
         FROM \"case\" t {RECORDING} {} {KNOWN} WHERE t.id = ?1 AND t.deleted_at IS NULL",
        acoustics::for_library(),
        contacts::first_of("t")
    );
    tx.prepare_cached(&sql)?.execute([id])?;
    Ok(())
}

/// The same for the case a recording is the sound of.
pub(crate) fn put_of(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    let sql = "SELECT case_id FROM recording WHERE id = ?1";
    let case: Option<CaseId> = tx
        .prepare_cached(sql)?
        .query_row([recording.0.as_bytes()], |r| Field::take(r, &mut 0))
        .optional()?;
    case.map_or(Ok(()), |case| put(tx, case))
}

/// Takes all rows out, before they are written anew.
pub(crate) fn empty(tx: &Connection) -> Outcome<()> {
    tx.execute("DELETE FROM library", [])?;
    Ok(())
}
