//! Whom the values of a change speak of: the cases, people and recordings they go with.

use crate::fault::Outcome;
use crate::table;
use qinting_domain::*;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// A note on a line on a recording of a case: further nothing lies in anything.
const DEEPEST: usize = 4;

/// Whom personal values among some changed fields speak of; nobody where none of them is personal. What a
/// record lay in before counts as well as what it lies in now.
pub(crate) fn spoken_of(
    tx: &Connection,
    states: &[&Record],
    fields: &BTreeMap<String, FieldChange>,
) -> Outcome<Vec<Uuid>> {
    let mut whom = BTreeSet::new();
    for state in states {
        if is_personal(state.kind(), fields) {
            gather(tx, state, DEEPEST, &mut whom)?;
        }
    }
    Ok(whom.into_iter().collect())
}

/// Whether a value that may be somebody's words, name or number is among some fields.
pub(crate) fn is_personal(kind: EntityKind, fields: &BTreeMap<String, FieldChange>) -> bool {
    let mut rules = kind.fields().iter();
    rules.any(|f| f.personal && fields.contains_key(f.name))
}

fn is_somebody(kind: EntityKind) -> bool {
    matches!(
        kind,
        EntityKind::Case | EntityKind::Person | EntityKind::Recording
    )
}

/// What a record is, names, and lies in. Further up it is looked only where it names no case itself.
fn gather(tx: &Connection, record: &Record, deep: usize, whom: &mut BTreeSet<Uuid>) -> Outcome<()> {
    if is_somebody(record.kind()) {
        whom.insert(record.uuid());
    }
    let named = record.named();
    whom.extend(
        named
            .iter()
            .filter(|(_, kind, _)| is_somebody(*kind))
            .map(|n| n.2),
    );
    let is_case = |kind| kind == EntityKind::Case;
    if deep == 0 || is_case(record.kind()) || named.iter().any(|n| is_case(n.1)) {
        return Ok(());
    }
    let rules = record.kind().fields();
    for (field, kind, id) in named {
        let lies_in = rules
            .iter()
            .any(|f| f.name == field && (f.under || f.belongs));
        if lies_in && let Some(above) = table::read(tx, kind, id)? {
            gather(tx, &above, deep - 1, whom)?;
        }
    }
    Ok(())
}
