//! 清除: what lies in a case, a recording or a person is taken away for good, in the transaction that says so. What
//! is outside of the database, and what traces are left inside, goes afterwards: [`scrub`].

pub(crate) mod copies;
pub(crate) mod scrub;
mod values;

pub(crate) use values::goes;

use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::{forget, index, table};
use qinting_app::codes;
use qinting_domain::*;
use rusqlite::{Connection, params};
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Texts shorter than this stand in many places, and say nothing when they are found.
const TELLING_CHARS: usize = 8;
/// Texts that are looked for afterwards at most.
const MOST_TEXTS: usize = 48;

/// What a purge took away.
#[derive(Default)]
pub(crate) struct Gone {
    /// Records before and after, where that is news.
    pub touched: Vec<(Record, Record)>,
    /// Some of the texts, the longest.
    pub texts: Vec<String>,
}

/// Takes everything away, and counts it in the certificate.
pub(crate) fn erase(tx: &Connection, purge: &mut Purge, at: UnixMs) -> Outcome<Gone> {
    if table::read(tx, purge.of_kind, purge.of_id)?.is_none() {
        return Ok(Gone::default());
    }
    let mut erasing = Erasing {
        tx,
        id: purge.id,
        texts: BTreeSet::new(),
        gone: Gone::default(),
    };
    let roots = roots_of(tx, (purge.of_kind, purge.of_id))?;
    let lying = lying_in(tx, &roots)?;
    let mut ids: BTreeSet<Uuid> = lying.iter().map(|(_, id)| *id).collect();
    for (kind, root) in &roots {
        if *kind == EntityKind::Recording {
            purge.lines += erasing.lines(*root, &mut ids)?;
        }
    }
    for (kind, id) in &lying {
        erasing.record(*kind, *id, at)?;
    }
    let changes = erasing.values(&ids, &roots, purge)?;
    purge.records = count(ids.len());
    purge.erased_sha256 = erased_digest(changes);
    for id in &ids {
        let sql = "INSERT OR REPLACE INTO purged (id, purge) VALUES (?1, ?2)";
        tx.prepare_cached(sql)?
            .execute(params![id.as_bytes(), purge.id.0.as_bytes()])?;
    }
    for (kind, id) in &roots {
        erasing.beside(*kind, *id, purge)?;
    }
    forget::note(tx)?;
    let mut gone = erasing.gone;
    gone.texts = erasing
        .texts
        .into_iter()
        .rev()
        .map(|(_, text)| text)
        .collect();
    gone.texts.truncate(MOST_TEXTS);
    Ok(gone)
}

/// Refuses what is written to a record that went, or would lie in one.
pub(crate) fn refuse_gone(tx: &Connection, record: &Record, is_new: bool) -> Outcome<()> {
    let any = "SELECT EXISTS (SELECT 1 FROM purged)";
    if !tx.prepare_cached(any)?.query_row([], |r| r.get(0))? {
        return Ok(());
    }
    let rules = record.kind().fields();
    let lies_in = |field: &str| {
        let mut rules = rules.iter();
        rules.any(|r| r.name == field && matches!(r.shape, Shape::One(_)))
    };
    let named = record.named().into_iter();
    let above = named.filter(|(field, ..)| is_new && lies_in(field));
    for (kind, id) in above
        .map(|(_, kind, id)| (kind, id))
        .chain([(record.kind(), record.uuid())])
    {
        // Who made or owns something may be gone, and it stays theirs.
        if is_purged(tx, id)? && (kind != EntityKind::Person || id == record.uuid()) {
            let gone = qinting_app::AppError::new(codes::NOT_FOUND);
            return Err(gone.with("kind", kind.as_str()).into());
        }
    }
    Ok(())
}

pub(crate) fn is_purged(conn: &Connection, id: Uuid) -> Outcome<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM purged WHERE id = ?1)";
    Ok(conn
        .prepare_cached(sql)?
        .query_row([id.as_bytes()], |r| r.get(0))?)
}

/// Certificates, the newest first.
pub(crate) fn list(conn: &Connection, most: u32) -> Outcome<Vec<Purge>> {
    table::many(
        conn,
        "WHERE t.deleted_at IS NULL ORDER BY t.row DESC LIMIT ?1",
        [most],
    )
}

/// Those of which traces may be left.
pub(crate) fn under_way(conn: &Connection) -> Outcome<Vec<Purge>> {
    table::many(conn, "WHERE t.finished_at IS NULL ORDER BY t.row", [])
}

/// What forbids that a case goes.
pub(crate) fn holds_of(conn: &Connection, case: CaseId) -> Outcome<Vec<Hold>> {
    let rest = "WHERE t.case_id = ?1 AND t.deleted_at IS NULL ORDER BY t.row";
    table::many(conn, rest, [case.0.as_bytes()])
}

/// What is to go, and the recordings and contacts that go with a case.
fn roots_of(conn: &Connection, what: (EntityKind, Uuid)) -> Outcome<Vec<(EntityKind, Uuid)>> {
    let mut roots = vec![what];
    if what.0 == EntityKind::Case {
        for kind in [EntityKind::Recording, EntityKind::Contact] {
            let sql = format!("SELECT id FROM {} WHERE case_id = ?1", kind.as_str());
            let ids = ids(conn, &sql, what.1)?;
            roots.extend(ids.into_iter().map(|id| (kind, id)));
        }
    }
    Ok(roots)
}

/// The roots and every record that names one of them, lines left out.
fn lying_in(conn: &Connection, roots: &[(EntityKind, Uuid)]) -> Outcome<Vec<(EntityKind, Uuid)>> {
    let mut lying = roots.to_vec();
    for (root, id) in roots {
        if *root == EntityKind::Person {
            // What somebody did stays theirs, whoever they were.
            lying.push((EntityKind::PersonSettings, *id));
            continue;
        }
        for kind in EntityKind::ALL {
            for rule in kind.fields() {
                if kind != EntityKind::Segment && rule.shape == Shape::One(*root) {
                    let (table, field) = (kind.as_str(), rule.name);
                    let sql = format!("SELECT id FROM \"{table}\" WHERE \"{field}\" = ?1");
                    lying.extend(ids(conn, &sql, *id)?.into_iter().map(|id| (kind, id)));
                }
            }
        }
    }
    let mut seen = BTreeSet::new();
    lying.retain(|one| seen.insert(*one));
    Ok(lying)
}

fn ids(conn: &Connection, sql: &str, of: Uuid) -> Outcome<Vec<Uuid>> {
    let mut statement = conn.prepare_cached(sql)?;
    let ids = statement.query_map([of.as_bytes()], |r| uuid_at(r, 0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// A field that holds what people wrote or said.
fn is_words(rule: &FieldRule) -> bool {
    rule.personal || matches!(rule.shape, Shape::Line | Shape::Prose)
}

struct Erasing<'a> {
    tx: &'a Connection,
    id: PurgeId,
    /// By length.
    texts: BTreeSet<(usize, String)>,
    gone: Gone,
}

impl Erasing<'_> {
    fn note(&mut self, text: &str) {
        // The hash of a file is a fact that stays.
        let is_hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hash || text.chars().count() < TELLING_CHARS {
            return;
        }
        self.texts.insert((text.len(), text.to_owned()));
        if self.texts.len() > MOST_TEXTS {
            self.texts.pop_first();
        }
    }

    /// The words of a value, however deep they stand in it.
    fn note_all(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.note(text),
            Value::Array(all) => all.iter().for_each(|one| self.note_all(one)),
            Value::Object(all) => all.values().for_each(|one| self.note_all(one)),
            _ => {}
        }
    }

    /// The lines of a recording, with their index rows. Their ids are found in the log where somebody changed
    /// them.
    fn lines(&mut self, recording: Uuid, gone: &mut BTreeSet<Uuid>) -> Outcome<u32> {
        let (tx, mut lines) = (self.tx, 0);
        let sql = "SELECT row, id, text, text_original FROM segment WHERE recording_id = ?1";
        let mut statement = tx.prepare_cached(sql)?;
        index::without_merging(tx, || {
            let mut rows = statement.query([recording.as_bytes()])?;
            while let Some(row) = rows.next()? {
                index::remove_segment(tx, row.get(0)?)?;
                gone.insert(uuid_at(row, 1)?);
                self.note(row.get_ref(2)?.as_str().unwrap_or_default());
                if let Ok(Some(original)) = row.get_ref(3)?.as_str_or_null() {
                    self.note(original);
                }
                lines += 1;
            }
            Ok(())
        })?;
        tx.prepare_cached("DELETE FROM segment WHERE recording_id = ?1")?
            .execute([recording.as_bytes()])?;
        Ok(lines)
    }

    /// A record keeps its ids, dates, states and tags, and none of its words.
    fn record(&mut self, kind: EntityKind, id: Uuid, at: UnixMs) -> Outcome<()> {
        let Some(before) = table::read(self.tx, kind, id)? else {
            return Ok(());
        };
        let mut fields = before.to_fields();
        for rule in kind.fields().iter().filter(|rule| is_words(rule)) {
            let Some(value) = fields.get_mut(rule.name) else {
                continue;
            };
            self.note_all(value);
            match value {
                Value::String(text) => text.clear(),
                Value::Array(all) => all.clear(),
                Value::Object(all) => all.clear(),
                _ => *value = Value::Null,
            }
        }
        if kind == EntityKind::PersonSettings {
            fields.insert(
                "values".into(),
                serde_json::to_value(PersonSettings::default())?,
            );
        }
        let mut after = Record::from_fields(kind, fields)?;
        let meta = after.meta_mut();
        let is_news = meta.deleted_at.is_none();
        meta.deleted_at.get_or_insert(at);
        (meta.updated_at, meta.rev) = (at, meta.rev + 1);
        table::write(self.tx, &after, false)?;
        index::refresh(self.tx, Some(&before), &after)?;
        if is_news {
            self.gone.touched.push((before, after));
        }
        Ok(())
    }

    /// What stands beside the records: files, hashes, places, work.
    fn beside(&self, kind: EntityKind, id: Uuid, purge: &mut Purge) -> Outcome<()> {
        let tx = self.tx;
        let of = id.as_bytes();
        let each: &[&str] = match kind {
            EntityKind::Recording => &[
                "DELETE FROM recording_hash WHERE recording_id = ?1",
                "DELETE FROM acoustics WHERE recording_id = ?1",
                "DELETE FROM capture_part WHERE recording_id = ?1",
                "DELETE FROM capture_gap WHERE recording_id = ?1",
                "DELETE FROM job WHERE about = ?1",
            ],
            EntityKind::Case => &[
                "DELETE FROM listen_state WHERE case_id = ?1",
                "DELETE FROM bin WHERE case_id = ?1",
                "DELETE FROM job WHERE case_id = ?1",
            ],
            _ => &[],
        };
        for sql in each {
            tx.prepare_cached(sql)?.execute([of])?;
        }
        if kind == EntityKind::Recording {
            let (files, bytes): (u32, i64) = tx
                .prepare_cached(
                    "SELECT count(*), coalesce(sum(bytes), 0) FROM blob WHERE recording_id = ?1",
                )?
                .query_row([of], |r| Ok((r.get(0)?, r.get(1)?)))?;
            purge.files += files;
            purge.bytes += bytes.unsigned_abs();
            tx.prepare_cached(
                "INSERT INTO dropped (id, recording_id, role, format, sha256, bytes)
                 SELECT id, recording_id, role, format, sha256, bytes FROM blob
                 WHERE recording_id = ?1",
            )?
            .execute([of])?;
            tx.prepare_cached("DELETE FROM blob WHERE recording_id = ?1")?
                .execute([of])?;
        }
        Ok(())
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
