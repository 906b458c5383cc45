//! The codebook: add, rename, recolour, reorder, retire, merge with redirect.

mod shapes;

pub use shapes::*;

use crate::acting::{Acting, only};
use crate::error::AppResult;
use crate::tx::Tx;
use qinting_domain::*;

impl Acting {
    /// All tags by position, retired and merged ones included (the UI shows them apart).
    pub fn list_tags(&self, _: ()) -> AppResult<Vec<Tag>> {
        self.read(|seen| seen.tags())
    }

    /// Adds a tag at the end. A name that is taken is refused: five tags for one idea is how
    /// codebooks rot.
    pub fn add_tag(&self, new: NewTag) -> AppResult<Tag> {
        only::<Tag>(self.write(Action::TagAdd, |tx| {
            let tags = tx.tags()?;
            let tag = Tag {
                id: TagId(self.app().id()),
                parent_id: new.parent_id,
                name: new.name.clone(),
                aliases: Vec::new(),
                definition: String::new(),
                colour: new.colour,
                position: tags.iter().map(|t| t.position + 1).max().unwrap_or(0),
                status: TagStatus::Active,
                meta: self.new_meta(),
            };
            Ok(vec![tag.into()])
        })?)
    }

    /// Gives the tags this order; tags that are not named keep theirs behind.
    pub fn reorder_tags(&self, order: Vec<TagId>) -> AppResult<Vec<Tag>> {
        let place = |id: TagId| order.iter().position(|o| *o == id).unwrap_or(usize::MAX);
        self.write(Action::TagReorder, |tx| {
            let mut tags = tx.tags()?;
            tags.sort_by_key(|t| (place(t.id), t.position));
            let moved = tags.into_iter().zip(0u32..);
            let moved = moved.filter(|(t, i)| t.position != *i);
            Ok(moved
                .map(|(t, position)| Tag { position, ..t }.into())
                .collect())
        })?;
        self.read(|seen| seen.tags())
    }

    /// Merges one tag into another: moments keep what they were given and count under the other,
    /// the old name finds it as an alias.
    pub fn merge_tags(&self, merge: TagMerge) -> AppResult<Vec<Tag>> {
        self.write(Action::TagMerge, |tx| {
            let mut from = tx.fetch::<Tag>(merge.from)?;
            let mut into = tx.fetch::<Tag>(merge.into)?;
            from.status = TagStatus::MergedInto(into.id);
            for name in std::iter::once(from.name.clone()).chain(from.aliases.iter().cloned()) {
                if name != into.name && !into.aliases.contains(&name) {
                    into.aliases.push(name);
                }
            }
            // Tags that were merged into the one that goes now lead straight to the one that stays.
            let status = TagStatus::MergedInto(into.id);
            let earlier = tx.tags()?.into_iter();
            let earlier = earlier.filter(|t| t.status == TagStatus::MergedInto(from.id));
            let mut records: Vec<Record> = earlier.map(|t| Tag { status, ..t }.into()).collect();
            records.extend([Record::from(from), Record::from(into)]);
            Ok(records)
        })?;
        self.read(|seen| seen.tags())
    }
}

impl Tx<'_> {
    /// What follows from an edit of a tag: an old name stays as an alias. Answers with what was done.
    pub(super) fn settle_tag(before: &Tag, tag: &mut Tag) -> Action {
        if tag.name != before.name {
            tag.aliases.retain(|a| *a != tag.name);
            tag.aliases.push(before.name.clone());
        }
        match tag.status {
            _ if tag.status == before.status => Action::TagEdit,
            TagStatus::Retired => Action::TagRetire,
            _ => Action::TagRestore,
        }
    }
}
