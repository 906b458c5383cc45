//! Reading of tables and side-cars, as it is asked for.

use qinting_app::{AppResult, Cancel};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::PathBuf;
use ts_rs::TS;

/// A profile that a person named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProfileNamed {
    /// One that the workspace remembers, or else one that comes with the program, by its name.
    Named(String),
    /// The text of one.
    Written(String),
}

/// What a person says of how tables are read; of what is left out the table itself is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableWays {
    /// Name of an encoding.
    pub encoding: Option<String>,
    /// What stands between two cells of a text: a sign of ASCII, no letter, digit or quote.
    pub delimiter: Option<char>,
    /// Line of the header, from 1; 0 for a table without one.
    pub header: Option<u64>,
    /// Name of a sheet.
    pub sheet: Option<String>,
}

/// The zone of times that name none, where nobody says another: most calls are Mandarin.
pub const USUAL_ZONE: &str = "Asia/Shanghai";

/// How facts are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactWays {
    /// A person's own profiles, asked before those that come with the program.
    pub profiles: Vec<ProfileNamed>,
    /// How tables are read.
    pub table: TableWays,
    /// Zone of times that name none: a name of the IANA list, or an offset.
    pub zone: String,
}

/// A file of facts somebody brought.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactsRequest {
    /// Where it lies.
    #[serde(with = "path_text::one")]
    pub path: PathBuf,
    /// Which of the sources of its import it is.
    pub source: u32,
    /// How it is to be read.
    pub ways: FactWays,
    /// The profile a person chose for this very source: it is read by it whether or not it looks like it.
    pub chosen: Option<ProfileNamed>,
}

/// What a row of a table, or a record of a side-car, tells of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FactsRow {
    /// The facts, without what came beside them.
    pub facts: ContactFacts,
    /// Everything that came, as it came: an object of JSON. It is not taken apart before somebody needs it.
    pub rest: Box<RawValue>,
    /// It is a later state of what stood there.
    pub instead_of: Option<FactOrigin>,
}

/// Reads facts in a child process.
pub trait FactReader: Send + Sync {
    /// Hands over what a file tells of calls, row by row; what it tells twice is told once. `table.*`, `side_car.*`
    /// where nothing of it can be read, `profile.*` or `invalid` where it cannot be read as it is asked for,
    /// `disk.*`, `facts.worker_died`, `cancelled`.
    fn read(
        &self,
        request: &FactsRequest,
        take: &mut dyn FnMut(FactsRow),
        cancel: &Cancel,
    ) -> AppResult<SourceTold>;

    /// What names of recordings tell. `profile.*`, `invalid`, `facts.worker_died`, `cancelled`.
    fn names(&self, names: &[String], ways: &FactWays, cancel: &Cancel) -> AppResult<NamesTold>;
}

/// What names of recordings tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct NamesTold {
    /// What each tells, in their order.
    pub facts: Vec<ContactFacts>,
    /// What the person's profiles are called, in their order.
    pub profiles: Vec<String>,
    /// Those of them whose pattern fits a name.
    pub used: Vec<String>,
    /// Profiles of tables and side-cars that come with the program.
    pub shipped: Vec<ShippedProfile>,
}

/// A profile that comes with the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShippedProfile {
    /// As it is listed.
    pub name: String,
    /// What it reads.
    pub form: SourceForm,
    /// Tried on a real example; otherwise written from documentation alone.
    pub tried: bool,
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SourceForm {
    /// Rows under columns.
    Table,
    /// JSON
    Json,
    /// XML
    Xml,
}

/// How a source came to its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ProfileBy {
    /// A person named it, and it fits, or chose it for this source.
    Person,
    /// The workspace remembers it, and it fits.
    Remembered,
    /// It comes with the program, and fits.
    BuiltIn,
    /// None fits: made of the names and values that are there.
    Suggested,
}

/// The profile a source was read by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ProfileTold {
    /// As it is listed.
    pub name: String,
    /// Tried on a real example; otherwise written from documentation alone.
    pub tried: bool,
    /// How the source came to it.
    pub by: ProfileBy,
    /// Names of others that fit.
    pub others: Vec<String>,
    /// Of one that was made of what is there: what was thought about its columns.
    pub why: Vec<WhyTold>,
    /// As a file says it.
    #[ts(type = "{ [word: string]: unknown }")]
    pub written: Value,
}

/// Why a column is taken as something, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WhyTold {
    /// The column, or the way to a place.
    pub column: String,
    /// What it is, or would be, taken as.
    pub fact: String,
    /// Why.
    pub because: WhyColumn,
}

/// Why a column is taken as something, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum WhyColumn {
    /// Its name says so.
    Name,
    /// Its name does not say; what stands in it does.
    Values,
    /// Another column of the same meaning comes first; this one is asked where that one is empty.
    Next,
    /// A column of exactly this name came before: that one is taken.
    Doubled,
    /// Its name would say so, what stands in it does not: it is left alone.
    ValuesOtherwise,
}

/// A source as it was read. Names and numbers of people are masked in all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceTold {
    /// What it is.
    pub form: SourceForm,
    /// By which profile.
    pub profile: ProfileTold,
    /// Whether anything in it says of which recording a record is: a file name, an id, or a number and a time.
    pub leads_to_calls: bool,
    /// Of a table.
    pub table: Option<TableTold>,
    /// Rows or records.
    pub records: u32,
    /// Of these: the same once more, and earlier states of what is known later.
    pub again: u32,
    /// Of these: they say otherwise than one before, and neither says that it is later.
    pub contradicting: u32,
    /// When its first and its last call began.
    pub began: Option<(UnixMs, UnixMs)>,
    /// Calls that end on another day than they began.
    pub over_midnight: u32,
    /// Columns of a table, places of a side-car.
    pub columns: Vec<ColumnTold>,
    /// What is read, with how that went.
    pub facts: Vec<FactTold>,
    /// Columns or places the profile asks for, and that are not there.
    pub missing: Vec<String>,
    /// Facts whose dates are written with the day first and with the month first.
    pub mixed_dates: Vec<String>,
    /// How many texts each kind of fault was told of.
    pub faults: BTreeMap<FactFaultCode, u32>,
    /// The first faults, and where they stand.
    pub first_faults: Vec<(FactPlace, FactFault)>,
}

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TableTold {
    /// Encoding of a text.
    pub encoding: Option<String>,
    /// What stands between the cells of a text.
    pub delimiter: Option<char>,
    /// Line of the header, from 1.
    pub header: Option<u64>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Sheets there are.
    pub sheets: Vec<String>,
    /// Totals and remarks below, repeated headers.
    pub passed_over: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
    /// The first of these: line and code.
    pub faults: Vec<(u64, String)>,
    /// Rows with a number that lost its digits before it came here; it is not used.
    pub lost_digits: u64,
    /// Rows with a cell that is damaged otherwise: a quote that does not close, signs of no encoding.
    pub damaged: u64,
    /// Cells that are formulas; their last results were read.
    pub formulas: u64,
}

/// A column of a table, or a place of a side-car.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ColumnTold {
    /// Its name, or the way to it, as profiles write it.
    pub name: String,
    /// The first different values; masked where they may be of a person.
    pub samples: Vec<String>,
    /// How often it says something.
    pub filled: u32,
    /// What it is taken as; empty where it stays among the rest.
    pub taken_as: Vec<String>,
}

/// A fact that is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FactTold {
    /// Its key in profiles.
    pub fact: String,
    /// The columns, or places, it is read from.
    pub from: Vec<String>,
    /// How often it was understood.
    pub read: u32,
    /// How often it was not.
    pub unreadable: u32,
    /// How often nothing stood there.
    pub empty: u32,
    /// In which ways it is written: the first text of each, and how many are.
    pub ways: Vec<(String, u32)>,
    /// The first text that was not understood.
    pub first_unreadable: Option<String>,
}
