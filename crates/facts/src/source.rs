//! One source, from its bytes to facts: which profile it is read by, and what was seen on the way.

mod table;
mod told;

pub use told::{ChosenBy, SourceKind, SourceTold, TableTold, TableWays};

use crate::profile::{Profile, ProfileFault, Reads, built_in};
use crate::reading::{Reading, apply_tree};
use crate::recognise::recognise_tree;
use crate::suggest::suggest;
use crate::tree::{self, Node, TreeFault, Written, leaves};
use crate::{Deliveries, Delivery};
use qinting_domain::{ContactFacts, FactKey, FactValue};
use qinting_table::Bytes;
use qinting_table::value::Zone;
use std::io::Read;
use thiserror::Error;

/// How much of a source is looked at to find out what it is; bytes.
const LOOK: u64 = 512;
/// How many faults of one source are handed on one by one; all are counted.
pub const MOST_FAULTS: usize = 50;

/// How a source is to be read.
#[derive(Clone, Debug)]
pub struct HowToRead {
    /// Its name, of which the ending says little and the rest may be that of a recording.
    pub name: String,
    /// Which of the sources of an import it is.
    pub source: u32,
    /// By this profile and no other.
    pub profile: Option<Profile>,
    /// What a person said of the table.
    pub ways: TableWays,
    /// The zone of times that name none.
    pub zone: Zone,
}

/// Why a source was not read.
#[derive(Debug, Error)]
pub enum SourceFault {
    /// As a table.
    #[error("{0}")]
    Table(#[from] qinting_table::Error),
    /// As a side-car.
    #[error("{0}")]
    SideCar(#[from] TreeFault),
    /// The profile is none, or of another kind of source.
    #[error("{0}")]
    Profile(#[from] ProfileFault),
}

impl SourceFault {
    /// The code it crosses a border as, and what its wording needs.
    pub fn told(&self) -> (String, Vec<(&'static str, String)>) {
        match self {
            Self::Table(e) => (e.code(), e.args()),
            Self::SideCar(e) => {
                let place = [
                    ("line", e.line.to_string()),
                    ("column", e.column.to_string()),
                ];
                (e.code().to_owned(), place.into())
            }
            Self::Profile(e) => (e.code().to_owned(), vec![("said", e.to_string())]),
        }
    }
}

/// Reads a source and hands over its facts one by one, with what each is to those before it. `open` gives its bytes
/// from the beginning, as often as it is asked.
///
/// # Errors
/// [`SourceFault`] where nothing can be read of it. What is wrong with one row or record is told with it.
pub fn read_source(
    open: &dyn Fn() -> std::io::Result<Box<dyn Bytes>>,
    how: &HowToRead,
    take: &mut dyn FnMut(ContactFacts, Delivery),
) -> Result<SourceTold, SourceFault> {
    let unreadable = qinting_table::Error::from;
    let is_side_car = match how.profile.as_ref().map(|profile| profile.reads) {
        Some(reads) => matches!(reads, Reads::Json | Reads::Xml),
        None => {
            let begins = begins_with(&mut open().map_err(unreadable)?).map_err(unreadable)?;
            matches!(begins, Some('{' | '[' | '<'))
        }
    };
    if is_side_car {
        let (written, root) = tree::read(open().map_err(unreadable)?)?;
        read_tree(written, &root, how, take)
    } else {
        table::read(open, how, take)
    }
}

/// The first character of a text that is no blank; `None` where it is none of ASCII.
fn begins_with(bytes: &mut dyn Bytes) -> std::io::Result<Option<char>> {
    let mut start = Vec::new();
    bytes.take(LOOK).read_to_end(&mut start)?;
    // Marks at the beginning, and the zeros between the characters of UTF-16.
    let says = |b: &&u8| !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF);
    let first = (start.iter().filter(says)).find(|b| !b.is_ascii_whitespace());
    Ok(first.map(|&b| char::from(b)).filter(char::is_ascii))
}

fn read_tree(
    written: Written,
    root: &Node,
    how: &HowToRead,
    take: &mut dyn FnMut(ContactFacts, Delivery),
) -> Result<SourceTold, SourceFault> {
    let kind = match written {
        Written::Json => SourceKind::Json,
        Written::Xml => SourceKind::Xml,
    };
    let (profile, by, others) = chosen(how, |all| {
        let fits = recognise_tree(all, written, root, &how.name);
        fits.into_iter().map(|fit| fit.profile).collect()
    });
    let (profile, by) = match profile {
        Some(profile) => (profile, by),
        None => (suggested_of(root, kind, &how.name), ChosenBy::Suggested),
    };
    let reading = Reading::of_tree(&profile, &how.zone, how.source)?;
    let mut told = SourceTold::of(kind, &profile, by, others);
    let mut seen = Seen::default();
    let mut applied = apply_tree(&reading, root);
    for facts in applied.by_ref() {
        seen.hand_on(how, facts, &mut told, take);
    }
    told.settle(&applied.summary, &reading);
    Ok(told)
}

/// A profile for a side-car nobody knows, by the names in it: of the list with the most records, or of all of it.
fn suggested_of(root: &Node, kind: SourceKind, name: &str) -> Profile {
    let (places, _) = leaves(root);
    let mut lists: Vec<(&str, u32)> = Vec::new();
    for place in &places {
        if let Some((list, _)) = place.path.rsplit_once("[*].") {
            match lists.iter_mut().find(|(known, _)| *known == list) {
                Some((_, count)) => *count += place.count,
                None => lists.push((list, place.count)),
            }
        }
    }
    let records = lists.iter().max_by_key(|(_, count)| *count);
    let records = records.map_or(String::new(), |(list, _)| format!("{list}[*]"));
    let columns = places.iter().filter_map(|place| {
        let path = place.path.strip_prefix(&records)?;
        let path = path.strip_prefix('.').unwrap_or(path);
        Some((path.to_owned(), place.samples.clone()))
    });
    let columns: Vec<_> = columns.collect();
    suggest(kind.reads(), name, &records, &columns).profile
}

/// The profile a source is read by and how it came to it, and the names of others that fit as well.
fn chosen(
    how: &HowToRead,
    fitting: impl Fn(&[Profile]) -> Vec<usize>,
) -> (Option<Profile>, ChosenBy, Vec<String>) {
    let known = built_in();
    let mut fits = fitting(known).into_iter().map(|at| &known[at]);
    let (profile, by) = match &how.profile {
        Some(profile) => (Some(profile), ChosenBy::Person),
        None => (fits.next(), ChosenBy::BuiltIn),
    };
    let is_taken = |other: &&Profile| profile.is_none_or(|taken| taken.name != other.name);
    let others = fits
        .filter(is_taken)
        .map(|other| other.name.clone())
        .collect();
    (profile.cloned(), by, others)
}

/// What came so far.
#[derive(Default)]
struct Seen(Deliveries);

impl Seen {
    /// Hands facts on with what they are to those before them. A side-car that is joined by its name has that of
    /// its recording.
    fn hand_on(
        &mut self,
        how: &HowToRead,
        mut facts: ContactFacts,
        told: &mut SourceTold,
        take: &mut dyn FnMut(ContactFacts, Delivery),
    ) {
        if !facts.known.contains_key(&FactKey::FileName)
            && told.kind != SourceKind::Table
            && let Some(recording) = told.profile.recording_of(&how.name)
        {
            facts
                .known
                .insert(FactKey::FileName, FactValue::Text(recording));
        }
        let delivery = self.0.see(&told.profile.name, &facts);
        told.count(&facts, &delivery);
        take(facts, delivery);
    }
}

#[cfg(test)]
mod tests;
