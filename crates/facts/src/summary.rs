//! What a source looks like when it is read: what the dry run shows before anything happens.

use crate::profile::Target;
use crate::reading::{Read, Reading};
use crate::tree::{Leaf, Leaves, Node};
use qinting_domain::{ContactFacts, FactFaultCode, FactKey, UnixMs};
use qinting_table::value::{Zone, cell_text, day_of, shape_of};
use serde::Serialize;
use std::collections::BTreeMap;

/// How many different values are shown of a column, and how much of each.
const SAMPLES: usize = 5;
const MOST_SHOWN: usize = 80;
/// How many ways of writing are told apart; what comes after them is counted together.
const MOST_WAYS: usize = 8;

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ColumnSummary {
    /// Its name, as it is kept.
    pub name: String,
    /// The first different values.
    pub samples: Vec<String>,
    /// How often it says something.
    pub filled: u32,
    /// What it is taken as; empty where it stays among the rest.
    pub taken_as: Vec<Target>,
    /// Whether it tells of a person: its samples are shown masked.
    pub is_personal: bool,
}

/// One way in which a fact is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The first text written so.
    pub example: String,
    /// How many were.
    pub count: u32,
}

/// A fact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FactSummary {
    /// How often it was understood.
    pub read: u32,
    /// How often it was not.
    pub unreadable: u32,
    /// How often nothing stood there.
    pub empty: u32,
    /// In which ways times, lengths and numbers are written that were understood, the first eight.
    pub ways: Vec<Way>,
    /// How many were written in yet another way.
    pub other_ways: u32,
    /// The first text that was not understood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_unreadable: Option<String>,
}

/// What was seen of a source.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Summary {
    /// How many records.
    pub records: u32,
    /// The columns of a table in their order; none of a side-car.
    pub columns: Vec<ColumnSummary>,
    /// What is read, with how that went.
    pub facts: BTreeMap<Target, FactSummary>,
    /// When the first and the last call began: a table of another month shows itself.
    pub began: Option<(UnixMs, UnixMs)>,
    /// How many calls end on another day than they began.
    pub over_midnight: u32,
    /// How many texts each kind of fault was told of.
    pub told: BTreeMap<FactFaultCode, u32>,
    #[serde(skip)]
    shapes: BTreeMap<Target, Vec<String>>,
    #[serde(skip)]
    leaves: Leaves,
}

impl Summary {
    /// Of a table that was not read yet.
    pub fn of_table(reading: &Reading) -> Self {
        let taken = reading.taken_as();
        let columns = reading
            .columns()
            .iter()
            .enumerate()
            .map(|(at, name)| ColumnSummary {
                name: name.clone(),
                taken_as: taken.get(&at).cloned().unwrap_or_default(),
                is_personal: reading.personal().get(at).copied().unwrap_or_default(),
                ..ColumnSummary::default()
            });
        Self {
            columns: columns.collect(),
            ..Self::default()
        }
    }

    /// Of a side-car that was not read yet.
    pub fn of_tree() -> Self {
        Self::default()
    }

    /// The places of a side-car's records that say something, from the record on, and whether there are more.
    pub fn leaves(&self) -> (&[Leaf], bool) {
        self.leaves.found()
    }

    pub(crate) fn cell(&mut self, at: usize, cell: &str) {
        let Some(column) = self.columns.get_mut(at) else {
            return;
        };
        let text = cell_text(cell);
        if text.is_empty() {
            return;
        }
        column.filled += 1;
        if column.samples.len() < SAMPLES
            && !column.samples.iter().any(|known| is_shown_as(known, text))
        {
            column.samples.push(shown(text));
        }
    }

    pub(crate) fn node(&mut self, record: &Node) {
        self.leaves.see(record);
    }

    pub(crate) fn empty(&mut self, target: Target) {
        self.facts.entry(target).or_default().empty += 1;
    }

    pub(crate) fn read(&mut self, target: Target, text: &str, read: &Read) {
        let fact = self.facts.entry(target).or_default();
        if read.is_nothing {
            fact.empty += 1;
            return;
        }
        let Some(value) = &read.value else {
            fact.unreadable += 1;
            fact.first_unreadable.get_or_insert_with(|| shown(text));
            return;
        };
        fact.read += 1;
        if matches!(value, qinting_domain::FactValue::Text(_)) {
            return;
        }
        let shapes = self.shapes.entry(target).or_default();
        let shape = shape_of(text);
        match shapes.iter().position(|known| *known == shape) {
            Some(at) => fact.ways[at].count += 1,
            None if shapes.len() == MOST_WAYS => fact.other_ways += 1,
            None => {
                shapes.push(shape);
                fact.ways.push(Way {
                    example: shown(text),
                    count: 1,
                });
            }
        }
    }

    pub(crate) fn record(&mut self, facts: &ContactFacts, zone: &Zone) {
        self.records += 1;
        for fault in &facts.faults {
            *self.told.entry(fault.code).or_default() += 1;
        }
        if let Some(at) = facts.at(FactKey::BeganAt) {
            let (first, last) = self.began.unwrap_or((at, at));
            self.began = Some((first.min(at), last.max(at)));
        }
        let day = |key| facts.at(key).and_then(|at| day_of(at, zone));
        if let (Some(began), Some(ended)) = (day(FactKey::BeganAt), day(FactKey::EndedAt))
            && began != ended
        {
            self.over_midnight += 1;
        }
    }
}

fn shown(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}

fn is_shown_as(known: &str, text: &str) -> bool {
    known == text || (text.len() > MOST_SHOWN && shown(text) == known)
}
