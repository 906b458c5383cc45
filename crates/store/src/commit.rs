//! One operation: records, change rows and index rows together, or nothing.

use crate::device::Chain;
use crate::fault::{Fault, Outcome};
use crate::lines::Due;
use crate::log::{self, Logged, Operation, Touch, spoken_of};
use crate::media::Media;
use crate::{acoustics, bin, blobs, forget, index, purge, table};
use qinting_app::{Commit, Committed, codes};
use qinting_domain::{Action, OpId, PurgeId, Record, diff};
use rusqlite::Connection;

/// Writes one operation inside the caller's transaction.
pub(crate) fn commit(
    tx: &Connection,
    chain: &Chain,
    media: &Media,
    commit: &Commit,
) -> Outcome<Done> {
    let mut touched = Vec::with_capacity(commit.records.len());
    let mut records = Vec::with_capacity(commit.records.len());
    let mut due = Due::default();
    for blob in &commit.blobs {
        blobs::put(tx, blob)?;
    }
    let mut texts = None;
    for record in &commit.records {
        let before = table::read(tx, record.kind(), record.uuid())?;
        purge::refuse_gone(tx, record, before.is_none())?;
        let mut after = settled(tx, before.as_ref(), record.clone(), commit)?;
        if let (None, Record::Purge(certificate)) = (&before, &mut after) {
            let gone = purge::erase(tx, certificate, commit.at)?;
            for (before, after) in gone.touched {
                touched.push(taken_away(&before, &after));
            }
            texts = Some((certificate.id, gone.texts));
        }
        let fields = diff(before.as_ref(), &after);
        match before {
            Some(before) if fields.is_empty() => records.push(before),
            before => {
                table::write(tx, &after, before.is_none())?;
                acoustics::follow(tx, before.as_ref(), &after)?;
                index::refresh(tx, before.as_ref(), &after)?;
                due.look_at(before.as_ref(), &after);
                bin::follow(tx, before.as_ref(), &after, commit.at)?;
                if before.is_some() {
                    forget::note(tx)?;
                }
                let states: Vec<&Record> = before.iter().chain([&after]).collect();
                touched.push(Touch {
                    seq: None,
                    entity: after.kind().as_str().to_owned(),
                    entity_id: after.uuid(),
                    created: before.is_none(),
                    whom: spoken_of(tx, &states, &fields)?,
                    fields,
                });
                records.push(after);
            }
        }
    }
    due.lay(tx, media)?;
    let logged = match touched.is_empty() {
        true => None,
        false => Some(log::append(tx, chain, &operation(commit, chain), &touched)?),
    };
    let done = Committed {
        seq: logged
            .as_ref()
            .map_or_else(|| log::head_seq(tx), |l| Ok(l.seq))?,
        records,
        jobs: Vec::new(),
    };
    Ok(Done {
        committed: done,
        logged,
        texts,
    })
}

/// An operation that was written.
pub(crate) struct Done {
    pub committed: Committed,
    /// Where it stands in the log, unless it changed nothing.
    pub logged: Option<Logged>,
    /// Some of the texts a purge took away.
    pub texts: Option<(PurgeId, Vec<String>)>,
}

/// That a record went with another one. Of its words nothing is said.
fn taken_away(before: &Record, after: &Record) -> Touch {
    let mut fields = diff(Some(before), after);
    fields.retain(|name, _| name == "deleted_at");
    Touch {
        seq: None,
        entity: after.kind().as_str().to_owned(),
        entity_id: after.uuid(),
        created: false,
        whom: Vec::new(),
        fields,
    }
}

fn operation(commit: &Commit, chain: &Chain) -> Operation {
    Operation {
        op_id: commit.op_id,
        actor: commit.actor,
        at: commit.at,
        device: Some(chain.device().id()),
        origin: commit.origin,
        action: commit.action.to_string(),
        undoes: commit.undoes,
    }
}

/// What a repeated operation finds: it was written already.
pub(crate) fn written(tx: &Connection, op: OpId) -> Outcome<Option<Committed>> {
    let changes = log::of_op(tx, op)?;
    let Some(last) = changes.last() else {
        return Ok(None);
    };
    let mut records = Vec::with_capacity(changes.len());
    for change in &changes {
        let now = table::read(tx, change.entity, change.entity_id)?;
        records.push(now.ok_or_else(|| Fault::refused(codes::NOT_FOUND))?);
    }
    Ok(Some(Committed {
        seq: last.seq,
        records,
        jobs: Vec::new(),
    }))
}

/// The record as it will be stored: revision checked and raised, and what only the store decides
/// (an issue's number, a segment's place) kept or given.
fn settled(
    tx: &Connection,
    before: Option<&Record>,
    mut after: Record,
    commit: &Commit,
) -> Outcome<Record> {
    let rev = after.meta().rev;
    match before {
        Some(before) if before.meta().rev != rev => return Err(Fault::refused(codes::CONFLICT)),
        None if rev != 0 => return Err(Fault::refused(codes::NOT_FOUND)),
        _ => {}
    }
    let meta = after.meta_mut();
    meta.rev = rev + 1;
    if let Some(before) = before {
        meta.updated_at = commit.at;
        meta.created_at = before.meta().created_at;
        meta.created_by = before.meta().created_by;
    }
    match (&mut after, before) {
        (Record::Issue(issue), Some(Record::Issue(before))) if !renumbers(commit.action) => {
            issue.number = before.number;
        }
        (Record::Issue(issue), None) => issue.number = highest_number(tx)? + 1,
        (Record::Segment(segment), Some(Record::Segment(before))) => {
            (segment.ordinal, segment.role) = (before.ordinal, before.role);
        }
        _ => {}
    }
    Ok(after)
}

/// Whether an operation may say which number an issue has.
const fn renumbers(action: Action) -> bool {
    matches!(action, Action::IssueRenumber | Action::Undo)
}

/// The highest number any issue has or had. Issues are never removed, so it was given last.
pub(crate) fn highest_number(conn: &Connection) -> Outcome<u32> {
    let sql = "SELECT coalesce(max(max(number), coalesce((SELECT max(f.value) FROM issue h
            JOIN json_each(h.former_numbers) f WHERE h.former_numbers <> '[]'), 0)), 0) FROM issue";
    Ok(conn.prepare_cached(sql)?.query_row([], |r| r.get(0))?)
}
