//! What a new workspace starts with: one person, the starter codebook.

use crate::error::AppResult;
use crate::ports::Clock;
use crate::store::{Commit, Store};
use qinting_domain::*;

/// Identity of the first person, so that two processes that start at once seed the same one.
pub const FIRST_PERSON: PersonId = PersonId(uuid::Uuid::from_u128(2));
/// Operation that seeds; its fixed id makes seeding twice harmless.
const SEED_OP: OpId = OpId(uuid::Uuid::from_u128(3));
/// Base of the starter tags' ids, for the same reason.
const FIRST_TAG: u128 = 0x1000;

/// Seeds a workspace that has nobody in it yet.
pub(crate) fn seed(store: &dyn Store, clock: &dyn Clock) -> AppResult<()> {
    if !store.people()?.is_empty() {
        return Ok(());
    }
    let at = clock.now_ms();
    let meta = || Meta::new(at, FIRST_PERSON);
    let mut records: Vec<Record> = vec![
        Person {
            id: FIRST_PERSON,
            name: "本机".into(),
            roles: Roles::from([Role::Participant]),
            org_unit: String::new(),
            meta: meta(),
        }
        .into(),
    ];
    let mut position = 0u32;
    let mut add = |name: &str, colour: TagColour, parent_id: Option<TagId>| {
        let id = TagId(uuid::Uuid::from_u128(FIRST_TAG + u128::from(position)));
        let tag = Tag {
            id,
            parent_id,
            name: name.into(),
            aliases: Vec::new(),
            definition: String::new(),
            colour,
            position,
            status: TagStatus::Active,
            meta: meta(),
        };
        position += 1;
        records.push(tag.into());
        id
    };
    // Roots first: the first nine answer to the keys 1–9.
    let roots: Vec<TagId> = STARTER_CODEBOOK
        .iter()
        .map(|(name, colour, _)| add(name, *colour, None))
        .collect();
    for (root, (_, colour, children)) in roots.iter().zip(STARTER_CODEBOOK) {
        for child in *children {
            add(child, *colour, Some(*root));
        }
    }
    store.commit(Commit {
        op_id: SEED_OP,
        actor: FIRST_PERSON,
        at,
        origin: Action::WorkspaceSeed.origin(),
        action: Action::WorkspaceSeed,
        records,
        undoes: None,
        jobs: Vec::new(),
    })?;
    Ok(())
}
