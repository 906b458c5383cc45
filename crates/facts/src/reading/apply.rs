//! A whole source as facts, one record after the other.

use super::Reading;
use crate::summary::Summary;
use crate::tree::Node;
use qinting_domain::ContactFacts;
use std::marker::PhantomData;

/// The rows of a table as facts.
pub struct ApplyTable<'a, I, S> {
    reading: &'a Reading,
    rows: I,
    cell: PhantomData<S>,
    /// What was seen so far.
    pub summary: Summary,
}

impl<I, C, S> Iterator for ApplyTable<'_, I, S>
where
    I: Iterator<Item = (u64, C)>,
    C: AsRef<[S]>,
    S: AsRef<str>,
{
    type Item = ContactFacts;

    fn next(&mut self) -> Option<ContactFacts> {
        let (line, cells) = self.rows.next()?;
        Some(self.reading.row(line, cells.as_ref(), &mut self.summary))
    }
}

/// Reads rows, numbered by their line, one after the other; nothing is held but the summary.
pub fn apply_table<I, C, S>(reading: &Reading, rows: I) -> ApplyTable<'_, I::IntoIter, S>
where
    I: IntoIterator<Item = (u64, C)>,
    C: AsRef<[S]>,
    S: AsRef<str>,
{
    ApplyTable {
        reading,
        rows: rows.into_iter(),
        cell: PhantomData,
        summary: Summary::of_table(reading),
    }
}

/// The records of a side-car as facts.
pub struct ApplyTree<'a> {
    reading: &'a Reading,
    root: &'a Node,
    records: Box<dyn Iterator<Item = (String, &'a Node)> + 'a>,
    /// What was seen so far.
    pub summary: Summary,
}

impl Iterator for ApplyTree<'_> {
    type Item = ContactFacts;

    fn next(&mut self) -> Option<ContactFacts> {
        let (way, record) = self.records.next()?;
        Some(
            self.reading
                .record(&way, record, self.root, &mut self.summary),
        )
    }
}

/// Reads the records of a side-car.
pub fn apply_tree<'a>(reading: &'a Reading, root: &'a Node) -> ApplyTree<'a> {
    ApplyTree {
        reading,
        root,
        records: Box::new(reading.records(root)),
        summary: Summary::of_tree(),
    }
}
