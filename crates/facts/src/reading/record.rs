//! Where raw texts come from: cells of a row, places of a tree.

use crate::tree::{self, Node, Path};
use std::borrow::Cow;

/// Where a text stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A column, from 0.
    Column(usize),
    /// In the JSON a column holds.
    InColumn(usize, Path),
    /// A path from the record.
    Path(Path),
    /// A path from the root: `$.Response.RequestId`.
    FromRoot(Path),
}

/// A record of any kind.
pub(super) trait Raw {
    /// What stands in a place; `None` where there is no such place.
    fn at(&self, place: &Place) -> Option<Cow<'_, str>>;
}

/// A row. Cells that were not given are empty.
pub(super) struct Cells<'a, S> {
    cells: &'a [S],
}

impl<'a, S: AsRef<str>> Cells<'a, S> {
    pub fn of(cells: &'a [S]) -> Self {
        Self { cells }
    }
}

impl<S: AsRef<str>> Raw for Cells<'_, S> {
    fn at(&self, place: &Place) -> Option<Cow<'_, str>> {
        match place {
            Place::Column(at) => Some(Cow::Borrowed(self.cells.get(*at)?.as_ref())),
            Place::InColumn(at, path) => {
                let cell = self.cells.get(*at)?.as_ref();
                let (_, node) = tree::parse(cell.as_bytes()).ok()?;
                Some(Cow::Owned(path.first(&node)?.cell()?.into_owned()))
            }
            Place::Path(_) | Place::FromRoot(_) => None,
        }
    }
}

/// A record of a side-car.
pub(super) struct TreeRecord<'a> {
    pub record: &'a Node,
    pub root: &'a Node,
}

impl Raw for TreeRecord<'_> {
    fn at(&self, place: &Place) -> Option<Cow<'_, str>> {
        let (from, path) = match place {
            Place::Path(path) => (self.record, path),
            Place::FromRoot(path) => (self.root, path),
            Place::Column(_) | Place::InColumn(..) => return None,
        };
        match path.first(from)? {
            Cow::Borrowed(node) => node.cell(),
            Cow::Owned(node) => node.cell().map(|cell| Cow::Owned(cell.into_owned())),
        }
    }
}
