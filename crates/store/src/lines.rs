//! The lines people read: those of one text of a recording, where nobody corrected what was heard. They follow
//! from its bytes and from the corrections, and are laid anew with every change of either.

use crate::fault::{Fault, Outcome};
use crate::field::uuid_at;
use crate::media::Media;
use crate::{blobs, forget, index, purge, table};
use qinting_app::{AppError, MediaFolder, TextDraft, codes};
use qinting_domain::*;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeSet, HashMap};
use std::io::Read;
use uuid::Uuid;

/// What the machine wrote of a recording (the first parameter) and nobody corrected.
const BY_MACHINE: &str = "recording_id = ?1 AND deleted_at IS NULL AND text_original IS NULL";

/// Adds what was heard to a text that is being made.
pub(crate) fn draft(tx: &Connection, draft: &TextDraft) -> Outcome<()> {
    let recording = draft.recording_id;
    let is_there = !purge::is_purged(tx, recording.0)?;
    let found = table::one::<Recording>(tx, recording.0)?;
    let Some(recording) = found.filter(|_| is_there) else {
        return Err(Fault::refused(codes::NOT_FOUND));
    };
    let mut to = Lines::of(tx, &recording, &draft.engine, (draft.actor, draft.at))?;
    for line in &draft.lines {
        to.add(line)?;
    }
    Ok(())
}

/// The recordings whose lines an operation changes.
#[derive(Default)]
pub(crate) struct Due {
    /// Another text is to be read: without its bytes there is none.
    chosen: BTreeSet<RecordingId>,
    /// What stands on the lines changed. What the bytes of a text would say of it can wait for them.
    moved: BTreeSet<RecordingId>,
}

impl Due {
    /// Looks what a record that is written does to them.
    pub(crate) fn look_at(&mut self, before: Option<&Record>, after: &Record) {
        match (before, after) {
            (before, Record::Transcript(after)) => {
                let shown = |t: &Transcript| {
                    (t.standing == TranscriptStanding::Shown)
                        .then_some((t.sha256.clone(), t.shift_ms))
                };
                let before = match before {
                    Some(Record::Transcript(before)) => shown(before),
                    _ => None,
                };
                if let after_shown @ Some(_) = shown(after)
                    && before != after_shown
                {
                    self.chosen.insert(after.recording_id);
                }
            }
            (Some(Record::Segment(before)), Record::Segment(after))
                if before.text_original.is_some() && after.text_original.is_none() =>
            {
                self.moved.insert(after.recording_id);
            }
            (Some(Record::Recording(before)), Record::Recording(after))
                if (before.channels, before.duration_ms) != (after.channels, after.duration_ms) =>
            {
                self.moved.insert(after.id);
            }
            _ => {}
        }
    }

    /// Lays them.
    pub(crate) fn lay(&self, tx: &Connection, media: &Media) -> Outcome<()> {
        for recording in &self.chosen {
            lay(tx, media, *recording)?;
        }
        for recording in self.moved.difference(&self.chosen) {
            match lay(tx, media, *recording) {
                Err(Fault::Refused(e)) if e.code().starts_with("media.") => {
                    tracing::warn!(recording = %recording, code = e.code(), "the lines of a text stay as they are");
                }
                laid => laid?,
            }
        }
        Ok(())
    }
}

/// The text of a recording that is read.
fn shown(tx: &Connection, recording: RecordingId) -> Outcome<Option<Transcript>> {
    let rest = "WHERE t.recording_id = ?1 AND t.standing = 'shown' AND t.deleted_at IS NULL
        ORDER BY t.updated_at DESC, t.row DESC LIMIT 1";
    Ok(table::many(tx, rest, [recording.0.as_bytes()])?.pop())
}

fn lay(tx: &Connection, media: &Media, recording: RecordingId) -> Outcome<()> {
    let (Some(text), Some(recording)) = (
        shown(tx, recording)?,
        table::one::<Recording>(tx, recording.0)?,
    ) else {
        return Ok(());
    };
    let lines = read(tx, media, &text)?;
    let model = match text.model.is_empty() {
        true => &text.engine,
        false => &text.model,
    };
    let mut to = Lines::of(
        tx,
        &recording,
        model,
        (text.meta.created_by, text.meta.created_at),
    )?;
    let mut wanted: HashMap<Uuid, TranscriptLine> = HashMap::with_capacity(lines.len());
    let mut order = Vec::with_capacity(lines.len());
    for mut line in lines {
        placed(&mut line.heard, text.shift_ms, &recording);
        order.push(line.id.0);
        wanted.insert(line.id.0, line);
    }
    to.keep_only(&wanted)?;
    for id in order {
        if let Some(line) = wanted.remove(&id).filter(|_| !to.there.contains_key(&id)) {
            to.add(&line)?;
        }
    }
    Ok(())
}

/// The lines of a text out of its bytes, which are what is on record.
fn read(tx: &Connection, media: &Media, text: &Transcript) -> Outcome<Vec<TranscriptLine>> {
    let missing = || Fault::refused(codes::MEDIA_MISSING);
    let blob = blobs::of_recording(tx, text.recording_id, &text.sha256)?.ok_or_else(missing)?;
    let mut bytes = Vec::new();
    let unreadable = |why: String| Fault::from(AppError::new(codes::MEDIA_UNREADABLE).because(why));
    let mut open = media.open(&blob)?;
    open.read_to_end(&mut bytes)
        .map_err(|e| unreadable(e.to_string()))?;
    if sha256_of(&bytes) != text.sha256 {
        return Err(unreadable("other bytes than those on record".into()));
    }
    lines_of(&bytes).map_err(|_| unreadable("lines that are none".into()))
}

/// Where a line stands in the sound as it is now.
fn placed(heard: &mut HeardSegment, shift_ms: i64, recording: &Recording) {
    if shift_ms != 0 {
        let moved = |at: u64| {
            at.saturating_add_signed(shift_ms)
                .min(recording.duration_ms)
        };
        (heard.start_ms, heard.end_ms) = (moved(heard.start_ms), moved(heard.end_ms));
    }
    heard.channel = heard.channel.min(recording.channels.saturating_sub(1));
}

/// The rows of a recording.
struct Lines<'a> {
    tx: &'a Connection,
    recording: RecordingId,
    engine: &'a str,
    written: (PersonId, UnixMs),
    corrected: Corrected,
    is_heard: bool,
    /// Rows by the machine that are left.
    there: HashMap<Uuid, i64>,
}

impl<'a> Lines<'a> {
    fn of(
        tx: &'a Connection,
        recording: &Recording,
        engine: &'a str,
        written: (PersonId, UnixMs),
    ) -> Outcome<Self> {
        Ok(Self {
            tx,
            recording: recording.id,
            engine,
            written,
            corrected: Corrected::read(tx, recording.id)?,
            is_heard: index::is_heard(tx, recording.id)?,
            there: HashMap::new(),
        })
    }

    /// Takes away what the machine wrote and is not wanted, and puts the rest where it stands now.
    fn keep_only(&mut self, wanted: &HashMap<Uuid, TranscriptLine>) -> Outcome<()> {
        let sql =
            format!("SELECT row, id, start_ms, end_ms, channel FROM segment WHERE {BY_MACHINE}");
        let mut gone = Vec::new();
        let mut statement = self.tx.prepare_cached(&sql)?;
        let mut rows = statement.query([self.recording.0.as_bytes()])?;
        while let Some(found) = rows.next()? {
            let (row, id): (i64, _) = (found.get(0)?, uuid_at(found, 1)?);
            let Some(line) = wanted.get(&id).filter(|l| !self.corrected.covers(&l.heard)) else {
                gone.push(row);
                continue;
            };
            self.there.insert(id, row);
            let heard = &line.heard;
            let place = (ms(heard.start_ms)?, ms(heard.end_ms)?, heard.channel);
            if place != (found.get(2)?, found.get(3)?, found.get(4)?) {
                self.move_to(row, place)?;
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        index::without_merging(self.tx, || self.remove(&gone))?;
        forget::note(self.tx)
    }

    fn move_to(&self, row: i64, (start, end, channel): (i64, i64, u16)) -> Outcome<()> {
        self.tx
            .prepare_cached(
                "UPDATE segment SET start_ms = ?2, end_ms = ?3, channel = ?4 WHERE row = ?1",
            )?
            .execute(params![row, start, end, channel])?;
        Ok(())
    }

    fn remove(&self, rows: &[i64]) -> Outcome<()> {
        let mut delete = self
            .tx
            .prepare_cached("DELETE FROM segment WHERE row = ?1")?;
        for row in rows {
            index::remove_segment(self.tx, *row)?;
            delete.execute([row])?;
        }
        Ok(())
    }

    /// Adds a line, with its index row, unless somebody's correction stands there.
    fn add(&mut self, line: &TranscriptLine) -> Outcome<()> {
        if self.corrected.covers(&line.heard) {
            return Ok(());
        }
        let row = self.insert(line)?;
        if let Some(row) = row.filter(|_| self.is_heard) {
            index::add_segment(self.tx, row, &line.heard.text)?;
        }
        Ok(())
    }

    /// Gives the row; none where it was there already.
    fn insert(&self, TranscriptLine { id, heard }: &TranscriptLine) -> Outcome<Option<i64>> {
        let mut insert = self.tx.prepare_cached(
            "INSERT INTO segment (id, recording_id, start_ms, end_ms, channel, text, confidence,
                language, engine, created_at, created_by, updated_at, rev)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?10, 1)
             ON CONFLICT (id) DO NOTHING RETURNING row",
        )?;
        let row = insert.query_row(
            params![
                id.0.as_bytes(),
                self.recording.0.as_bytes(),
                ms(heard.start_ms)?,
                ms(heard.end_ms)?,
                heard.channel,
                heard.text,
                // A number that may be stored, whatever the engine said.
                if heard.confidence.is_finite() {
                    heard.confidence
                } else {
                    0.0
                },
                heard.language,
                self.engine,
                self.written.1,
                self.written.0.0.as_bytes(),
            ],
            |r| r.get(0),
        );
        Ok(row.optional()?)
    }
}

/// Stretches a person corrected: (channel, start, end) in milliseconds.
struct Corrected(Vec<(u16, u64, u64)>);

impl Corrected {
    fn read(tx: &Connection, recording: RecordingId) -> Outcome<Self> {
        let sql = "SELECT channel, start_ms, end_ms FROM segment
            WHERE recording_id = ?1 AND deleted_at IS NULL AND text_original IS NOT NULL";
        let mut statement = tx.prepare_cached(sql)?;
        let kept = statement.query_map([recording.0.as_bytes()], |r| {
            let at = |n| Ok::<u64, rusqlite::Error>(r.get::<_, i64>(n)?.unsigned_abs());
            Ok((r.get(0)?, at(1)?, at(2)?))
        })?;
        Ok(Self(kept.collect::<Result<_, _>>()?))
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

fn ms(v: u64) -> Outcome<i64> {
    Ok(i64::try_from(v).map_err(|_| AppError::new(codes::INVALID))?)
}
