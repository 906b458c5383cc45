//! The codebook in memory, for following merges.

use crate::fault::Outcome;
use crate::table;
use qinting_domain::{Tag, TagId, TagStatus};
use rusqlite::Connection;
use std::collections::HashMap;

/// Longest chain of merges that is followed; also ends a chain that bites its tail.
const LONGEST_CHAIN: usize = 32;

/// All tags by id.
pub(crate) struct Codebook(HashMap<TagId, Tag>);

impl Codebook {
    /// Reads all tags, tombstones included: what was tagged with them still says so.
    pub fn read(conn: &Connection) -> Outcome<Self> {
        let tags: Vec<Tag> = table::many(conn, "", [])?;
        Ok(Self(tags.into_iter().map(|t| (t.id, t)).collect()))
    }

    /// The tag a stored tag counts under now.
    pub fn target(&self, id: TagId) -> TagId {
        let mut id = id;
        for _ in 0..LONGEST_CHAIN {
            match self.0.get(&id).map(|t| &t.status) {
                Some(TagStatus::MergedInto(into)) => id = *into,
                _ => break,
            }
        }
        id
    }

    /// Tags as they are shown: merged ones replaced by their target, each once.
    pub fn shown(&self, stored: &[TagId]) -> Vec<TagId> {
        let mut shown = Vec::with_capacity(stored.len());
        for id in stored.iter().map(|id| self.target(*id)) {
            if !shown.contains(&id) {
                shown.push(id);
            }
        }
        shown
    }

    /// Every stored tag that counts under the same target as `id`.
    pub fn counted_under(&self, id: TagId) -> Vec<TagId> {
        let target = self.target(id);
        self.0
            .keys()
            .copied()
            .filter(|k| self.target(*k) == target || *k == id)
            .collect()
    }

    /// Names and aliases under which a moment with these tags is found.
    pub fn words_for<'a>(&'a self, stored: &'a [TagId]) -> impl Iterator<Item = &'a str> {
        let targets = self.shown(stored);
        let all: Vec<TagId> = stored
            .iter()
            .copied()
            .chain(targets.into_iter().filter(|t| !stored.contains(t)))
            .collect();
        all.into_iter()
            .filter_map(|id| self.0.get(&id))
            .flat_map(|t| {
                std::iter::once(t.name.as_str()).chain(t.aliases.iter().map(String::as_str))
            })
    }
}
