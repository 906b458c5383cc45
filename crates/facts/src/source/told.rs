//! What a person is told of a source before anything happens.

use crate::Delivery;
use crate::profile::{Profile, Reads, Target};
use crate::reading::Reading;
use crate::source::MOST_FAULTS;
use crate::summary::{ColumnSummary, FactSummary, Summary};
use crate::tree::Leaf;
use qinting_domain::{ContactFacts, FactFault, FactFaultCode, FactPlace, masked_text};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// Rows under columns.
    Table,
    /// JSON
    Json,
    /// XML
    Xml,
}

impl SourceKind {
    /// The same, as profiles say it.
    pub const fn reads(self) -> Reads {
        match self {
            Self::Table => Reads::Table,
            Self::Json => Reads::Json,
            Self::Xml => Reads::Xml,
        }
    }
}

/// How a source came to its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ChosenBy {
    /// A person named it.
    Person,
    /// It comes with the program, and fits.
    BuiltIn,
    /// None fits: made of the names and values that are there.
    Suggested,
}

/// What a person says of how a table is read; of what is empty the table itself is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct TableWays {
    /// Name of an encoding.
    pub encoding: Option<String>,
    /// What stands between cells.
    #[ts(type = "string | null")]
    pub delimiter: Option<char>,
    /// Line of the header, from 1; 0 for a table without one.
    #[ts(type = "number | null")]
    pub header: Option<u64>,
    /// Name of a sheet.
    pub sheet: Option<String>,
}

/// How a table was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableTold {
    /// Encoding of a text.
    pub encoding: Option<String>,
    /// What stands between the cells of a text.
    #[ts(type = "string | null")]
    pub delimiter: Option<char>,
    /// Line of the header, from 1.
    #[ts(type = "number | null")]
    pub header: Option<u64>,
    /// What stands above it.
    pub above: Vec<String>,
    /// The sheet.
    pub sheet: Option<String>,
    /// Sheets there are.
    pub sheets: Vec<String>,
    /// Totals and remarks below, repeated headers.
    #[ts(type = "number")]
    pub passed_over: u64,
    /// Rows that could not be read.
    #[ts(type = "number")]
    pub unreadable: u64,
    /// The first of these: line and code.
    #[ts(type = "[number, string][]")]
    pub faults: Vec<(u64, String)>,
    /// Rows with a cell whose digits were lost before it came here.
    #[ts(type = "number")]
    pub damaged: u64,
    /// Cells that are formulas; their last results were read.
    #[ts(type = "number")]
    pub formulas: u64,
}

/// A source as it was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceTold {
    /// What it is.
    pub kind: SourceKind,
    /// The profile, as a file of its own would say it.
    pub profile: Profile,
    /// How it came to it.
    pub by: ChosenBy,
    /// Names of other profiles that fit.
    pub others: Vec<String>,
    /// Of a table.
    pub table: Option<TableTold>,
    /// Rows or records.
    pub records: u32,
    /// Of these: the same once more, and earlier states of what is known later.
    pub again: u32,
    /// Of these: they say otherwise than one before, and neither says that it is later.
    pub contradicting: u32,
    /// Calls that end on another day than they began.
    pub over_midnight: u32,
    /// Columns of a table.
    pub columns: Vec<ColumnSummary>,
    /// Places of a side-car that say something.
    pub leaves: Vec<Leaf>,
    /// What is read, with how that went.
    pub facts: Vec<(Target, FactSummary)>,
    /// Columns or places the profile asks for, and that are not there.
    pub missing: Vec<String>,
    /// Facts whose dates are written with the day first and with the month first.
    pub mixed_dates: Vec<Target>,
    /// How many texts each kind of fault was told of.
    pub faults: BTreeMap<FactFaultCode, u32>,
    /// The first faults, and where they stand.
    pub first_faults: Vec<(FactPlace, FactFault)>,
}

impl SourceTold {
    pub(super) fn of(
        kind: SourceKind,
        profile: &Profile,
        by: ChosenBy,
        others: Vec<String>,
    ) -> Self {
        Self {
            kind,
            profile: profile.clone(),
            by,
            others,
            table: None,
            records: 0,
            again: 0,
            contradicting: 0,
            over_midnight: 0,
            columns: Vec::new(),
            leaves: Vec::new(),
            facts: Vec::new(),
            missing: Vec::new(),
            mixed_dates: Vec::new(),
            faults: BTreeMap::new(),
            first_faults: Vec::new(),
        }
    }

    pub(super) fn count(&mut self, facts: &ContactFacts, delivery: &Delivery) {
        match delivery {
            Delivery::Again { .. } | Delivery::Older { .. } => self.again += 1,
            Delivery::Contradicts { .. } => self.contradicting += 1,
            _ => {}
        }
        let left = MOST_FAULTS.saturating_sub(self.first_faults.len());
        let of_place = |fault: &FactFault| (facts.origin.place.clone(), fault.clone());
        (self.first_faults).extend(facts.faults.iter().take(left).map(of_place));
    }

    pub(super) fn settle(&mut self, summary: &Summary, reading: &Reading) {
        self.records = summary.records;
        self.over_midnight = summary.over_midnight;
        self.columns.clone_from(&summary.columns);
        self.leaves = summary.leaves().0.to_vec();
        self.mask();
        self.facts = (summary.facts.iter())
            .map(|(target, one)| (*target, one.clone()))
            .collect();
        self.missing = (reading.missing().into_iter()).map(str::to_owned).collect();
        self.mixed_dates = reading.contradictory_orders();
        self.faults.clone_from(&summary.told);
    }

    /// Samples are shown to whoever looks at the plan: of names and numbers the beginning is enough.
    fn mask(&mut self) {
        let mask = |samples: &mut Vec<String>| {
            samples
                .iter_mut()
                .for_each(|text| *text = masked_text(text));
        };
        for column in &mut self.columns {
            let is_read_so = column.taken_as.iter().any(|target| target.is_personal());
            if is_read_so || self.profile.is_personal(&column.name) {
                mask(&mut column.samples);
            }
        }
        for leaf in &mut self.leaves {
            if self.profile.is_personal(&leaf.path) {
                mask(&mut leaf.samples);
            }
        }
    }
}
