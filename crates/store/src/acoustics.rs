//! What the sound of recordings tells: which bytes hold it, and the few figures lists show. It follows from the sound,
//! so it is no part of the change log.

use crate::fault::Outcome;
use crate::field::{Field, uuid_at};
use crate::{blobs, cases, purge, table};
use qinting_app::{MeasuredSound, SoundOnRecord};
use qinting_domain::*;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};

/// The short of it, for a row that goes by `a`; see [`summary`].
pub(crate) const SUMMARY: &str = "a.silence_permille, a.hold_ms, a.overtalk,
    a.talk_permille_0, a.monologue_ms_0, a.response_ms_0,
    a.talk_permille_1, a.monologue_ms_1, a.response_ms_1";
/// Columns of it.
const SUMMARY_COLUMNS: usize = 9;
/// What is known of the sound that a recording `r` has now.
pub(crate) const KNOWN: &str =
    "LEFT JOIN acoustics a ON a.recording_id = r.id AND a.sound_sha256 = r.audio_sha256";

/// Columns of the library's index that follow from it …
pub(crate) const LIBRARY: &str =
    "silence_permille, on_hold_ms, overtalk, agent_permille, agent_monologue_ms,
    customer_monologue_ms, agent_response_ms, customer_response_ms";

/// … and what stands in them, for a row that goes by `a`: of a side, what its channel tells.
pub(crate) fn for_library() -> String {
    let of = |side: &str, figure: &str| {
        format!("CASE a.{side} WHEN 0 THEN a.{figure}_0 WHEN 1 THEN a.{figure}_1 END")
    };
    let sides = [
        of("agent", "talk_permille"),
        of("agent", "monologue_ms"),
        of("customer", "monologue_ms"),
        of("agent", "response_ms"),
        of("customer", "response_ms"),
    ];
    format!(
        "a.silence_permille, a.hold_ms, a.overtalk, {}",
        sides.join(", ")
    )
}

/// Reads [`SUMMARY`]; nothing where the sound was not measured.
pub(crate) fn summary(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<Option<SoundSummary>> {
    if matches!(row.get_ref(*at)?, ValueRef::Null) {
        *at += SUMMARY_COLUMNS;
        return Ok(None);
    }
    let silence_permille = Field::take(row, at)?;
    let hold_ms = Field::take(row, at)?;
    let overtalk: Option<u32> = Field::take(row, at)?;
    let lanes = [lane(row, at)?, lane(row, at)?];
    Ok(Some(SoundSummary {
        silence_permille,
        hold_ms,
        lanes: overtalk.map(|_| lanes),
        overtalk,
    }))
}

fn lane(row: &Row<'_>, at: &mut usize) -> rusqlite::Result<LaneSummary> {
    Ok(LaneSummary {
        talk_permille: Field::take(row, at)?,
        monologue_ms: Field::take(row, at)?,
        response_ms: Field::take(row, at)?,
    })
}

/// What is on record of the sound that a recording has now, by the present rules.
pub(crate) fn of(conn: &Connection, recording: RecordingId) -> Outcome<Option<SoundOnRecord>> {
    let sql = "SELECT a.sha256 FROM acoustics a JOIN recording r ON r.id = a.recording_id
        WHERE a.recording_id = ?1 AND a.rules = ?2 AND a.sound_sha256 = r.audio_sha256";
    let found = conn
        .prepare_cached(sql)?
        .query_row(params![recording.0.as_bytes(), ACOUSTICS], |row| {
            <Option<Sha256> as Field>::take(row, &mut 0)
        });
    Ok(found.optional()?.map(|sha256| match sha256 {
        Some(sha256) => SoundOnRecord::Measured(sha256),
        None => SoundOnRecord::Unreadable,
    }))
}

/// Some of the recordings whose sound is there and was not measured by the present rules, the newest first.
pub(crate) fn unmeasured(conn: &Connection, now: UnixMs, most: u32) -> Outcome<Vec<RecordingId>> {
    let sql = "SELECT r.id FROM recording r
        LEFT JOIN acoustics a ON a.recording_id = r.id
            AND a.rules = ?1 AND a.sound_sha256 = r.audio_sha256
            AND (a.sha256 IS NOT NULL OR a.at > ?2)
        WHERE a.row IS NULL AND r.deleted_at IS NULL AND r.audio_sha256 <> ''
            AND EXISTS (SELECT 1 FROM blob b
                WHERE b.recording_id = r.id AND b.sha256 = r.audio_sha256)
        ORDER BY r.row DESC LIMIT ?3";
    let mut statement = conn.prepare_cached(sql)?;
    let found = statement.query_map(params![ACOUSTICS, now - LEFT_ALONE_MS, most], |row| {
        uuid_at(row, 0).map(RecordingId)
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Puts on record what was found out, in the place of what was there. What came too late is not kept: its sweep comes.
pub(crate) fn keep(tx: &Connection, measured: &MeasuredSound) -> Outcome<()> {
    let id = measured.recording_id;
    let recording = table::one::<Recording>(tx, id.0)?;
    let Some(recording) = recording.filter(|r| r.audio_sha256 == measured.sound_sha256) else {
        return Ok(());
    };
    if purge::is_purged(tx, id.0)? {
        return Ok(());
    }
    drop_rows(tx, id)?;
    let mut values = Vec::new();
    id.put(&mut values)?;
    ACOUSTICS.put(&mut values)?;
    measured.sound_sha256.put(&mut values)?;
    measured.at.put(&mut values)?;
    let found = measured.found.as_ref();
    found
        .map(|(blob, _)| blob.sha256.clone())
        .put(&mut values)?;
    roles(&recording)
        .into_iter()
        .try_for_each(|role| role.put(&mut values))?;
    if let Some((blob, _)) = found {
        blobs::put(tx, blob)?;
    }
    match found.and_then(|(_, summary)| summary.as_ref()) {
        Some(summary) => put_summary(summary, &mut values)?,
        None => values.extend(std::iter::repeat_n(Value::Null, SUMMARY_COLUMNS)),
    }
    let places = vec!["?"; values.len()].join(", ");
    let sql = format!(
        "INSERT INTO acoustics (recording_id, rules, sound_sha256, at, sha256, agent, customer,
            silence_permille, hold_ms, overtalk, talk_permille_0, monologue_ms_0, response_ms_0,
            talk_permille_1, monologue_ms_1, response_ms_1)
         VALUES ({places})"
    );
    tx.prepare_cached(&sql)?.execute(params_from_iter(values))?;
    cases::index::put_of(tx, id)
}

fn put_summary(summary: &SoundSummary, values: &mut Vec<Value>) -> Outcome<()> {
    summary.silence_permille.put(values)?;
    summary.hold_ms.put(values)?;
    summary.overtalk.put(values)?;
    for lane in summary.lanes.unwrap_or_default() {
        lane.talk_permille.put(values)?;
        lane.monologue_ms.put(values)?;
        lane.response_ms.put(values)?;
    }
    Ok(())
}

/// Takes it away, with the row of its bytes: the files go with the next sweep.
pub(crate) fn forget(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    drop_rows(tx, recording)?;
    cases::index::put_of(tx, recording)
}

fn drop_rows(tx: &Connection, recording: RecordingId) -> Outcome<()> {
    for sql in [
        "DELETE FROM acoustics WHERE recording_id = ?1",
        "DELETE FROM blob WHERE recording_id = ?1 AND role = 'acoustics'",
    ] {
        tx.prepare_cached(sql)?.execute([recording.0.as_bytes()])?;
    }
    Ok(())
}

/// A recording changed: whose channel is whose stands beside its figures too, and what was measured around other gaps is
/// measured anew. Before the library's index follows, which reads it there.
pub(crate) fn follow(tx: &Connection, before: Option<&Record>, after: &Record) -> Outcome<()> {
    let (Some(Record::Recording(before)), Record::Recording(after)) = (before, after) else {
        return Ok(());
    };
    if before.gaps != after.gaps {
        return drop_rows(tx, after.id);
    }
    if before.roles == after.roles {
        return Ok(());
    }
    let mut values = Vec::new();
    after.id.put(&mut values)?;
    roles(after)
        .into_iter()
        .try_for_each(|role| role.put(&mut values))?;
    let sql = "UPDATE acoustics SET agent = ?2, customer = ?3 WHERE recording_id = ?1";
    tx.prepare_cached(sql)?.execute(params_from_iter(values))?;
    Ok(())
}

/// The channel of the agent and that of the customer, where each has one.
fn roles(recording: &Recording) -> [Option<u16>; 2] {
    let channel = |role| recording.roles.iter().position(|r| *r == role);
    let is_two = recording.channels == 2;
    [ChannelRole::Agent, ChannelRole::Customer]
        .map(|role| channel(role).filter(|_| is_two).map(|n| n as u16))
}
