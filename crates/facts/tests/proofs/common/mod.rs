//! How the tests read whole files: recognise, apply, and tell the facts in one line each.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use jiff::Timestamp;
use qinting_domain::{ContactFacts, FactValue};
use qinting_facts::tree::{self, Node};
use qinting_facts::{Profile, Reading, Recogniser, Summary, built_in};
use qinting_table::value::{Zone, zone_named};
use std::path::Path;

/// The clock of those who read the files.
pub fn beijing() -> Zone {
    zone_named("Asia/Shanghai").unwrap()
}

/// Which profile was found, and the facts of each record.
#[derive(Debug, PartialEq)]
pub struct Told {
    pub profile: String,
    pub records: Vec<Vec<String>>,
}

impl Told {
    /// Each fact on a line of its own, records parted by an empty one.
    pub fn of(profile: &str, records: &str) -> Self {
        let lines = |record: &str| {
            record
                .trim()
                .lines()
                .map(|line| line.trim().to_owned())
                .collect()
        };
        Self {
            profile: profile.to_owned(),
            records: records.split("\n\n").map(lines).collect(),
        }
    }
}

/// The facts in lines: `key=value`, then when they were told, then what is told of them.
pub fn told(facts: &ContactFacts) -> Vec<String> {
    let time = |at: i64| Timestamp::from_millisecond(at).unwrap().to_string();
    let mut lines: Vec<String> = facts
        .known
        .iter()
        .map(|(key, value)| {
            assert!(value.fits(*key), "{key:?} has {value:?}");
            let said = match value {
                FactValue::At(at) => time(*at),
                FactValue::Ms(ms) => ms.to_string(),
                FactValue::Count(count) => count.to_string(),
                FactValue::Direction(direction) => format!("{direction:?}").to_lowercase(),
                FactValue::HandledBy(by) => format!("{by:?}").to_lowercase(),
                FactValue::Text(text) => text.clone(),
            };
            format!("{}={said}", key.as_str())
        })
        .collect();
    lines.extend(facts.as_of.map(|at| format!("as of {}", time(at))));
    lines.extend(
        facts
            .faults
            .iter()
            .map(|fault| format!("{}: {:?} ({})", fault.key.as_str(), fault.code, fault.raw)),
    );
    lines
}

fn recogniser() -> Recogniser {
    Recogniser::of(built_in()).unwrap()
}

/// A side-car, by the profile it is recognised by.
pub fn side_car(path: &Path) -> Told {
    let name = path.file_name().unwrap().to_str().unwrap();
    side_car_of(&std::fs::read(path).unwrap(), name)
}

/// The same out of its bytes.
pub fn side_car_of(bytes: &[u8], name: &str) -> Told {
    let (written, root) = tree::parse(bytes).unwrap();
    let found = recogniser().tree(written, &root, name);
    let profile = &built_in()[found.first().expect("a profile fits").profile];
    Told {
        profile: profile.name.clone(),
        records: of_tree(profile, &root).iter().map(told).collect(),
    }
}

/// The facts of a tree.
pub fn of_tree(profile: &Profile, root: &Node) -> Vec<ContactFacts> {
    let reading = Reading::of_tree(profile, &beijing(), 0).unwrap();
    let mut summary = Summary::default();
    let records = reading.records(root);
    records
        .map(|(way, record)| reading.record(&way, record, root, &mut summary))
        .collect()
}

/// The rows of a CSV in any encoding, the first one included, each with its line.
pub fn rows(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let text = tree::text(bytes).unwrap();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|row| {
            let row = row.unwrap();
            (
                row.position().unwrap().line(),
                row.iter().map(str::to_owned).collect(),
            )
        })
        .collect()
}

/// A table, by the profile it is recognised by.
pub fn table(path: &Path) -> Told {
    let name = path.file_name().unwrap().to_str().unwrap();
    table_of(&std::fs::read(path).unwrap(), name)
}

/// The same out of its bytes.
pub fn table_of(bytes: &[u8], name: &str) -> Told {
    let mut rows = rows(bytes);
    let columns = rows[0].1.clone();
    let first: Vec<Vec<String>> = rows
        .iter()
        .skip(1)
        .map(|(_, cells)| cells.clone())
        .collect();
    let found = recogniser().table(&columns, &first, name);
    let found = found.first().expect("a profile fits");
    let profile = &built_in()[found.profile];
    let columns = if found.heading_is_record {
        Vec::new()
    } else {
        rows.remove(0).1
    };
    Told {
        profile: profile.name.clone(),
        records: of_table(profile, &columns, &rows)
            .iter()
            .map(told)
            .collect(),
    }
}

/// The facts of a table.
pub fn of_table(
    profile: &Profile,
    columns: &[String],
    rows: &[(u64, Vec<String>)],
) -> Vec<ContactFacts> {
    let mut reading = Reading::of_table(profile, columns, &beijing(), 0).unwrap();
    rows.iter().for_each(|(_, cells)| reading.look(cells));
    of_rows(&reading, rows).0
}

/// The facts of rows, and what was seen of them.
pub fn of_rows(reading: &Reading, rows: &[(u64, Vec<String>)]) -> (Vec<ContactFacts>, Summary) {
    let mut summary = Summary::of_table(reading);
    let facts = rows
        .iter()
        .map(|(line, cells)| reading.row(*line, cells, &mut summary))
        .collect();
    (facts, summary)
}
