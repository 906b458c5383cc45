//! What a new workspace starts with: one person, the starter codebook.

use crate::error::AppResult;
use crate::store::Commit;
use crate::workspace::Ports;
use qinting_domain::*;

/// Seeds a workspace that has nobody in it yet. Of two processes that start at once, one does.
pub(crate) fn seed(ports: &Ports) -> AppResult<()> {
    if !ports.store.people()?.is_empty() {
        return Ok(());
    }
    let (at, person) = (ports.clock.now_ms(), PersonId(ports.ids.next()));
    let op_id = OpId(ports.ids.next());
    ports.store.write(op_id, &mut |reads| {
        let is_seeded = !reads.people()?.is_empty();
        Ok(Commit {
            op_id,
            actor: person,
            at,
            origin: Action::WorkspaceSeed.origin(),
            action: Action::WorkspaceSeed,
            records: if is_seeded {
                Vec::new()
            } else {
                beginnings(person, at)
            },
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        })
    })?;
    Ok(())
}

fn beginnings(person: PersonId, at: UnixMs) -> Vec<Record> {
    let meta = || Meta::new(at, person);
    let first = Person {
        id: person,
        name: "本机".into(),
        roles: Roles::from([Role::Participant]),
        org_unit: String::new(),
        merged_into: None,
        meta: meta(),
    };
    let tags = starter_tags()
        .into_iter()
        .zip(0u32..)
        .map(|(tag, position)| {
            let tag = Tag {
                id: tag.id,
                parent_id: tag.parent_id,
                name: tag.name.into(),
                aliases: Vec::new(),
                definition: String::new(),
                colour: tag.colour,
                position,
                status: TagStatus::Active,
                meta: meta(),
            };
            tag.into()
        });
    std::iter::once(first.into()).chain(tags).collect()
}
