//! Rows for the bytes that older versions kept under their hash, recording by recording. Their ids follow
//! from recording and hash, so that an older copy of the database that is put back finds them again.

use crate::fault::Outcome;
use crate::field::uuid_at;
use crate::{blobs, log, table};
use qinting_domain::*;
use rusqlite::Connection;
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether they have none yet.
pub(super) fn are_due(conn: &Connection) -> Outcome<bool> {
    super::is_left(conn, "named_by_hash")
}

/// Makes them: of every recording that ever was, with what undo could bring back.
pub(super) fn enter(tx: &Connection) -> Outcome<()> {
    if !are_due(tx)? {
        return Ok(());
    }
    tx.execute_batch("DROP TABLE named_by_hash")?;
    let ids: Vec<_> = {
        let mut statement = tx.prepare("SELECT id FROM recording ORDER BY row")?;
        let ids = statement.query_map([], |r| uuid_at(r, 0))?;
        ids.collect::<Result<_, _>>()?
    };
    for id in ids {
        let Some(recording) = table::one::<Recording>(tx, id)? else {
            continue;
        };
        for ((role, sha256), bytes) in held(tx, &recording)? {
            let blob = Blob {
                id: BlobId(id_of([b"blob", &id.as_bytes()[..], sha256.as_bytes()])),
                recording_id: recording.id,
                role,
                format: PLAIN,
                sha256,
                bytes,
            };
            blobs::put(tx, &blob)?;
        }
    }
    Ok(())
}

type Held = BTreeMap<(BlobRole, Sha256), Option<u64>>;

/// What a recording holds, and what a change put another in place of.
fn held(tx: &Connection, recording: &Recording) -> Outcome<Held> {
    let mut held = Held::new();
    gather(
        &Record::from(recording.clone()).to_fields().into(),
        &mut held,
    );
    for change in log::history(tx, EntityKind::Recording, recording.id.0)? {
        for (name, field) in &change.fields {
            if let Some((before, after)) = field.told() {
                for value in [before, after] {
                    let one = std::iter::once((name.clone(), value.clone()));
                    gather(&Value::Object(one.collect()), &mut held);
                }
            }
        }
    }
    held.retain(|(_, sha256), _| !sha256.is_empty());
    Ok(held)
}

fn gather(fields: &Value, held: &mut Held) {
    for (role, field) in [
        (BlobRole::Audio, "audio_sha256"),
        (BlobRole::Peaks, "peaks_sha256"),
    ] {
        if let Some(sha256) = hash_in(&fields[field]) {
            held.entry((role, sha256)).or_default();
        }
    }
    for source in fields["sources"].as_array().into_iter().flatten() {
        if let Some(sha256) = hash_in(&source["sha256"]) {
            let bytes = source["bytes"].as_u64();
            held.insert((BlobRole::Source, sha256), bytes);
        }
    }
}

fn hash_in(value: &Value) -> Option<Sha256> {
    value.as_str()?.parse().ok()
}
