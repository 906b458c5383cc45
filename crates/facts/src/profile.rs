//! How one source's facts are read: an editable file, remembered by source. docs/profiles.md has every word of it.

mod built_in;
pub(crate) mod fault;

pub use built_in::{built_in, built_in_named};
pub use fault::ProfileFault;

use crate::tree;
use qinting_domain::{ChannelRole, FactKey, compared_name};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Version of the shape a profile is written in. One of a newer version is refused, not half understood.
pub const SCHEMA: u32 = 1;

/// What a profile reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reads {
    /// Rows of a table; names are names of columns, or `#7` for the seventh.
    Table,
    /// A JSON side-car; names are paths.
    Json,
    /// An XML side-car; names are paths.
    Xml,
    /// The name of the recording; names are those of groups in the pattern.
    FileName,
}

/// What says which recording a record is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// Its facts: a file name, a call id, or number and time.
    #[default]
    Key,
    /// The name of the side-car, which is that of the recording but for its ending.
    SideCar,
}

/// What a bare number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Microseconds.
    Us,
    /// Milliseconds.
    Ms,
    /// Seconds.
    S,
    /// Minutes; of a length only.
    Min,
    /// Hours; of a length only.
    H,
    /// Days: as spreadsheets keep times and lengths.
    Day,
}

/// In what order the numbers of `11/12/26` stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Year, month, day.
    YearFirst,
    /// Month, day, year.
    MonthFirst,
    /// Day, month, year.
    DayFirst,
}

/// What `10:15` is as a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colons {
    /// Ten minutes and fifteen seconds.
    MinutesSeconds,
    /// Ten hours and fifteen minutes.
    HoursMinutes,
}

/// What is read, beside the facts themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The number that called, whoever's it is.
    Caller,
    /// The number that was called.
    Callee,
    /// When the source last changed the record.
    AsOf,
    /// A fact.
    #[serde(untagged)]
    Fact(FactKey),
}

/// Where one fact stands and how it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FactReading {
    /// Columns, paths or groups; the first that says something.
    pub from: Vec<String>,
    /// What a bare number counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// Which of the numbers of a date is the day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
    /// What `10:15` is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colons: Option<Colons>,
    /// The zone of this one, where it is not the profile's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Where the day stands, when `from` has the time of day alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// What words mean: `"0": "inbound"`, `"金卡": "老会员"`. An empty meaning is none; `*` is every other word.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<String, String>,
    /// A pattern for the part that is meant: its first group, or all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taking: Option<String>,
    /// Written as in an address: `%2B86`.
    #[serde(skip_serializing_if = "is_false")]
    pub escaped: bool,
    /// What it is where nothing stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constant: Option<String>,
}

fn is_false(yes: &bool) -> bool {
    !yes
}

impl FactReading {
    /// Read from these, in order of preference, without anything special.
    pub fn of(from: &[&str]) -> Self {
        Self {
            from: from.iter().map(|name| (*name).to_owned()).collect(),
            ..Self::default()
        }
    }
}

/// What a source must have for a profile to be recognised. All of it; of several profiles the one that asks most.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recognised {
    /// Columns or paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has: Vec<String>,
    /// How many columns a table without a heading may have.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<usize>,
    /// What stands in cells or at paths: name and pattern.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub says: BTreeMap<String, String>,
    /// A pattern for the name of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
}

/// Who speaks on the left and right channel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Channels {
    /// When the customer called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub inbound: Option<[ChannelRole; 2]>,
    /// When the customer was called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outbound: Option<[ChannelRole; 2]>,
}

/// How one source's facts are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// [`SCHEMA`] at the time it was written.
    pub schema: u32,
    /// As it is listed.
    pub name: String,
    /// Whose system it is; may be empty.
    #[serde(default)]
    pub vendor: String,
    /// Tried on a real example; otherwise written from documentation alone.
    #[serde(default)]
    pub tried: bool,
    /// What whoever wrote it wants known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What it reads.
    pub reads: Reads,
    /// What a source must have.
    #[serde(default)]
    pub recognised: Recognised,
    /// Path of the records in a side-car; empty where all of it is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub records: String,
    /// Pattern with named groups; of file names only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// What says which recording is meant.
    #[serde(default)]
    pub joined: Joined,
    /// Zone of times that name none: `Asia/Shanghai`, `+08:00`. Without one, that of the workspace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// The facts.
    #[serde(default)]
    pub facts: BTreeMap<FactKey, FactReading>,
    /// The number that called: the customer's of an inbound call, ours of an outbound one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caller: Option<FactReading>,
    /// The number that was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callee: Option<FactReading>,
    /// When the source last changed the record: of two deliveries the newer one counts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<FactReading>,
    /// Numbers of ours, for calls that do not say their direction.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub own_lines: Vec<String>,
    /// Who speaks on which channel.
    #[serde(default)]
    pub channels: Channels,
    /// Columns or paths that tell of a person, beside those read as agent, customer and numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub personal: Vec<String>,
}

impl Profile {
    /// An empty one.
    pub fn new(name: &str, reads: Reads) -> Self {
        Self {
            schema: SCHEMA,
            name: name.to_owned(),
            vendor: String::new(),
            tried: false,
            note: String::new(),
            reads,
            recognised: Recognised::default(),
            records: String::new(),
            pattern: None,
            joined: Joined::default(),
            zone: None,
            facts: BTreeMap::new(),
            caller: None,
            callee: None,
            as_of: None,
            own_lines: Vec::new(),
            channels: Channels::default(),
            personal: Vec::new(),
        }
    }

    /// Reads the text of a profile, which may have comments, and looks whether it can be followed.
    ///
    /// # Errors
    /// [`ProfileFault`]
    pub fn parse(bytes: &[u8]) -> Result<Self, ProfileFault> {
        let (_, root) = tree::parse(bytes).map_err(ProfileFault::NotRead)?;
        let value = root.to_json();
        let schema = value["schema"].as_u64();
        if schema != Some(u64::from(SCHEMA)) {
            return Err(ProfileFault::Version { found: schema });
        }
        let profile: Self = serde_json::from_value(value).map_err(|error| ProfileFault::Shape {
            said: error.to_string(),
        })?;
        profile.look()?;
        Ok(profile)
    }

    /// The text of a profile, as [`parse`](Self::parse) reads it.
    pub fn written(&self) -> String {
        let mut text =
            serde_json::to_string_pretty(self).expect("its maps have texts as keys, so it is JSON");
        text.push('\n');
        text
    }

    /// Whether it asks nothing of a source: then it is meant for every one of its kind.
    pub fn asks_nothing(&self) -> bool {
        self.recognised == Recognised::default()
    }

    /// Whether it leads from a record to a recording: by file name, id, number and time, or the side-car's own name.
    pub fn leads_to_calls(&self) -> bool {
        let has = |key| self.facts.contains_key(&key);
        let has_number = has(FactKey::Number) || self.caller.is_some() || self.callee.is_some();
        let has_time = has(FactKey::BeganAt) || has(FactKey::AnsweredAt);
        let is_named = has(FactKey::FileName) || has(FactKey::CallId);
        is_named || (has_number && has_time) || self.joined == Joined::SideCar
    }

    /// All that is read, with how.
    pub fn readings(&self) -> impl Iterator<Item = (Target, &FactReading)> {
        let beside = [
            (Target::Caller, self.caller.as_ref()),
            (Target::Callee, self.callee.as_ref()),
            (Target::AsOf, self.as_of.as_ref()),
        ];
        let facts = self
            .facts
            .iter()
            .map(|(key, reading)| (Target::Fact(*key), reading));
        facts.chain(
            beside
                .into_iter()
                .filter_map(|(target, reading)| Some((target, reading?))),
        )
    }

    /// What the recording of a side-car is called, as [`compared_name`] compares it: the side-car's name, or the
    /// first group of the pattern for it (`^(.*)_metadata\.json$`). `None` where it is joined by its facts.
    pub fn recording_of(&self, side_car: &str) -> Option<String> {
        if self.joined == Joined::Key {
            return None;
        }
        let name = crate::name::last_part(side_car);
        let written = self.recognised.file_name.as_deref();
        let pattern =
            written.and_then(|written| fault::pattern("recognised.file_name", written).ok());
        let stem = pattern
            .as_ref()
            .and_then(|pattern| pattern.captures(name)?.get(1))
            .map_or(name, |stem| stem.as_str());
        Some(compared_name(stem))
    }

    /// Whether what stands under a name or path tells of a person: it is listed, or below what is listed, or read
    /// as somebody's name or number.
    pub fn is_personal(&self, name: &str) -> bool {
        let is_below = |listed: &String| {
            let rest = name.strip_prefix(listed.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let mut read = self.readings().filter(|(target, _)| target.is_personal());
        self.personal.iter().any(is_below)
            || read.any(|(_, reading)| reading.from.iter().any(|from| from == name))
    }
}

impl Target {
    /// Whether it tells of a person.
    pub const fn is_personal(self) -> bool {
        match self {
            Self::Caller | Self::Callee => true,
            Self::AsOf => false,
            Self::Fact(key) => key.is_personal(),
        }
    }

    /// Name in a profile.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Callee => "callee",
            Self::AsOf => "as_of",
            Self::Fact(key) => key.as_str(),
        }
    }
}

#[cfg(test)]
mod tests;
