//! A text run that takes the place of an older text: kept apart while it goes, and put in its place
//! in one transaction when it is whole. Until then, and for ever when it breaks off, the old text
//! is the text.

use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::transcript::{self, Corrected};
use crate::{forget, index};
use qinting_app::TranscriptCommit;
use qinting_domain::*;
use rusqlite::{Connection, params};

/// Begins a run: what an earlier one left half done goes, and where the machine has written
/// something already, this one is kept apart.
pub(crate) fn begin(tx: &Connection, commit: &TranscriptCommit) -> Outcome<()> {
    drop_runs(tx, commit.recording_id)?;
    if transcript::has_machine_text(tx, commit.recording_id)? {
        tx.prepare_cached("INSERT INTO transcript_run (op_id, recording_id) VALUES (?1, ?2)")?
            .execute([commit.op_id.0.as_bytes(), commit.recording_id.0.as_bytes()])?;
    }
    Ok(())
}

/// Whether a run is kept apart.
pub(crate) fn is_apart(tx: &Connection, op: OpId) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM transcript_run WHERE op_id = ?1)";
    Ok(tx
        .prepare_cached(sql)?
        .query_row([op.0.as_bytes()], |r| r.get(0))?)
}

/// Adds a batch to what is kept apart.
pub(crate) fn add(tx: &Connection, commit: &TranscriptCommit) -> Outcome<()> {
    let mut insert = tx.prepare_cached(
        "INSERT INTO segment_run (op_id, id, start_ms, end_ms, channel, text, confidence, language)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO NOTHING",
    )?;
    for (id, heard) in &commit.segments {
        insert.execute(params![
            commit.op_id.0.as_bytes(),
            id.0.as_bytes(),
            transcript::ms(heard.start_ms)?,
            transcript::ms(heard.end_ms)?,
            heard.channel,
            heard.text,
            transcript::confidence(heard),
            heard.language,
        ])?;
    }
    Ok(())
}

/// The run is whole: the machine's old text goes, the new one comes. What a person corrected stays,
/// also what was corrected while the run went.
pub(crate) fn take_place(tx: &Connection, commit: &TranscriptCommit) -> Outcome<()> {
    index::without_merging(tx, || {
        transcript::remove_machine_text(tx, commit.recording_id)
    })?;
    let corrected = Corrected::read(tx, commit.recording_id)?;
    let live = index::is_heard(tx, commit.recording_id)?;
    for (id, heard) in kept(tx, commit.op_id)? {
        transcript::add(tx, commit, &corrected, live, id, &heard)?;
    }
    drop_runs(tx, commit.recording_id)?;
    forget::note(tx)
}

fn kept(tx: &Connection, op: OpId) -> Outcome<Vec<(SegmentId, HeardSegment)>> {
    let mut statement = tx.prepare_cached(
        "SELECT id, start_ms, end_ms, channel, text, confidence, language
         FROM segment_run WHERE op_id = ?1 ORDER BY row",
    )?;
    let rows = statement.query_map([op.0.as_bytes()], |row| {
        let id = SegmentId(uuid_at(row, 0)?);
        let at = &mut 1;
        let heard = HeardSegment {
            start_ms: Field::take(row, at)?,
            end_ms: Field::take(row, at)?,
            channel: Field::take(row, at)?,
            text: Field::take(row, at)?,
            confidence: Field::take(row, at)?,
            language: Field::take(row, at)?,
        };
        Ok((id, heard))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes away what is kept apart for a recording.
pub(crate) fn drop_runs(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    let of = "SELECT op_id FROM transcript_run WHERE recording_id = ?1";
    let key = [recording.0.as_bytes()];
    tx.prepare_cached(&format!("DELETE FROM segment_run WHERE op_id IN ({of})"))?
        .execute(key)?;
    tx.prepare_cached("DELETE FROM transcript_run WHERE recording_id = ?1")?
        .execute(key)?;
    Ok(())
}
