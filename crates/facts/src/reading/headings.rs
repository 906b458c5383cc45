//! Which column of a table a profile means.

use super::record::Place;
use crate::profile::ProfileFault;
use crate::profile::fault::path;
use qinting_table::value::{Heading, cell_text, heading};
use std::collections::{HashMap, HashSet};

/// The columns of a table by name.
pub(super) struct Headings<'a> {
    columns: &'a [String],
    pub(super) read: Vec<Heading>,
}

impl<'a> Headings<'a> {
    pub fn of(columns: &'a [String]) -> Self {
        Self {
            columns,
            read: columns.iter().map(|name| heading(name)).collect(),
        }
    }

    /// The column of a name: written so exactly, or the same when folded; `#7` is the seventh.
    pub fn find(&self, name: &str) -> Option<usize> {
        if let Some(number) = name
            .strip_prefix('#')
            .and_then(|number| number.parse::<usize>().ok())
        {
            return number.checked_sub(1);
        }
        let exact = self
            .columns
            .iter()
            .position(|column| cell_text(column) == name);
        exact.or_else(|| {
            let wanted = heading(name).name;
            self.read
                .iter()
                .position(|found| !wanted.is_empty() && found.name == wanted)
        })
    }

    pub fn place(&self, of: &str, name: &str) -> Result<Option<Place>, ProfileFault> {
        if let Some(at) = self.find(name) {
            return Ok(Some(Place::Column(at)));
        }
        let Some((column, inside)) = name.split_once('>') else {
            return Ok(None);
        };
        let inside = path(of, inside.trim())?;
        Ok(self
            .find(column.trim())
            .map(|at| Place::InColumn(at, inside)))
    }

    /// Pairs of columns of one name: the first, and each after it.
    pub fn doubled(&self) -> Vec<(usize, usize)> {
        let mut first = HashMap::new();
        let mut out = Vec::new();
        for (at, name) in self.columns.iter().map(|name| cell_text(name)).enumerate() {
            match first.get(name) {
                Some(before) if !name.is_empty() => out.push((*before, at)),
                _ => drop(first.insert(name, at)),
            }
        }
        out
    }

    /// A name of its own for each column: `电话`, `电话 (2)`, `#7` where there is none.
    pub fn kept_names(&self) -> Vec<String> {
        let mut taken = HashSet::new();
        let mut out = Vec::with_capacity(self.columns.len());
        for (at, name) in self.columns.iter().map(|name| cell_text(name)).enumerate() {
            let base = if name.is_empty() {
                format!("#{}", at + 1)
            } else {
                name.to_owned()
            };
            let mut name = base.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{base} ({number})");
                number += 1;
            }
            out.push(name);
        }
        out
    }
}
