//! One source, from its bytes to facts: which profile it is read by, and what was seen on the way.

mod table;

pub use table::TableRead;

use crate::name::last_part;
use crate::profile::{Profile, ProfileFault, Reads, Target, built_in};
use crate::reading::Reading;
use crate::recognise::{Match, Recogniser};
use crate::suggest::{Suggestion, Why, suggest};
use crate::summary::Summary;
use crate::tree::{self, Node, TreeFault, Written, leaves};
use crate::{Deliveries, Delivery};
use qinting_domain::{ContactFacts, FactFault, FactKey, FactPlace, FactValue};
use qinting_table::value::Zone;
use qinting_table::{Bytes, Choices};
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::OnceLock;

/// How much of a source is looked at to find out what it is; bytes.
const LOOK: u64 = 512;
/// How many faults of one source are handed on one by one; all are counted.
const MOST_FAULTS: usize = 50;

/// How a source is to be read.
#[derive(Clone, Debug)]
pub struct HowToRead {
    /// Its name, of which the ending says little and the rest may be that of a recording.
    pub name: String,
    /// Which of the sources of an import it is.
    pub source: u32,
    /// A person's own profiles, which are asked before those that ship. One that asks nothing of a source is for
    /// every one of its kind.
    pub profiles: Vec<Profile>,
    /// The one a person chose for this very source: it is read by it, whether or not it is recognised. One for
    /// another kind of source is passed over.
    pub chosen: Option<Profile>,
    /// What a person said of a table.
    pub choices: Choices,
    /// The zone of times that name none.
    pub zone: Zone,
}

/// How a source came to its profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenBy {
    /// A person's own.
    Person,
    /// It comes with the program, and fits.
    BuiltIn,
    /// None fits: made of the names and values that are there.
    Suggested,
}

/// A source as it was read.
#[derive(Debug)]
pub struct SourceRead {
    /// The profile it was read by.
    pub profile: Profile,
    /// How it came to it.
    pub by: ChosenBy,
    /// Names of other profiles that fit.
    pub others: Vec<String>,
    /// Of a profile that was made of what is there: what was thought about its columns.
    pub why: Vec<Why>,
    /// Of a table: how it was read.
    pub table: Option<TableRead>,
    /// What was seen in it.
    pub summary: Summary,
    /// Of its records: the same once more, and earlier states of what is known later.
    pub again: u32,
    /// Of its records: they say otherwise than one before, and neither says that it is later.
    pub contradicting: u32,
    /// Columns or places the profile asks for, and that are not there.
    pub missing: Vec<String>,
    /// Facts whose dates are written with the day first and with the month first.
    pub mixed_dates: Vec<Target>,
    /// The first faults, and where they stand.
    pub faults: Vec<(FactPlace, FactFault)>,
}

/// Why a source was not read.
#[derive(Debug, thiserror::Error)]
pub enum SourceFault {
    /// As a table.
    #[error(transparent)]
    Table(#[from] qinting_table::Error),
    /// As a side-car.
    #[error(transparent)]
    SideCar(#[from] TreeFault),
    /// A profile cannot be followed.
    #[error(transparent)]
    Profile(#[from] ProfileFault),
}

impl SourceFault {
    /// The code it crosses a border as.
    pub fn code(&self) -> String {
        match self {
            Self::Table(fault) => fault.code(),
            Self::SideCar(fault) => fault.code().to_owned(),
            Self::Profile(fault) => fault.code().to_owned(),
        }
    }

    /// What its wording needs beside the code.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Table(fault) => fault.args(),
            Self::SideCar(fault) => fault.args(),
            Self::Profile(fault) => fault.args(),
        }
    }
}

/// Whoever is handed the facts of a source, one record after the other, with what each is to those before it. A
/// break ends the reading.
pub type Take<'t> = dyn FnMut(ContactFacts, Delivery) -> ControlFlow<()> + 't;

/// Reads a source. `open` gives its bytes from the beginning, as often as it is asked.
///
/// # Errors
/// [`SourceFault`] where nothing can be read of it. What is wrong with one row or record is told with it.
pub fn read_source(
    open: &dyn Fn() -> std::io::Result<Box<dyn Bytes>>,
    how: &HowToRead,
    take: &mut Take<'_>,
) -> Result<SourceRead, SourceFault> {
    let unreadable = qinting_table::Error::from;
    let mut bytes = open().map_err(unreadable)?;
    if is_side_car(&mut bytes).map_err(unreadable)? {
        let (written, root) = tree::read(open().map_err(unreadable)?)?;
        read_tree(written, &root, how, take)
    } else {
        table::read(open, how, take)
    }
}

/// Whether a text begins as JSON or XML does, and no table (`[主叫],被叫`, `<ANI>,<DNIS>`). A web page is refused as
/// what it is where it is read as a table.
fn is_side_car(bytes: &mut dyn Bytes) -> std::io::Result<bool> {
    let mut start = Vec::new();
    bytes.take(LOOK).read_to_end(&mut start)?;
    // Marks at the beginning, and the zeros between the characters of UTF-16.
    start.retain(|b| !matches!(b, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF));
    let text = String::from_utf8_lossy(&start).to_lowercase();
    let text = text.trim_start();
    if let Some(inside) = text.strip_prefix(['{', '[']) {
        let next = inside.trim_start().chars().next();
        return Ok(matches!(
            next,
            Some('{' | '[' | '"' | ']' | '}' | '/') | None
        ));
    }
    let is_page = ["<html", "<!doctype html", "<table"]
        .iter()
        .any(|tag| text.starts_with(tag));
    let is_document = ["<?xml", "xmlns", "</", "/>", "<!doctype"]
        .iter()
        .any(|sign| text.contains(sign));
    Ok(text.starts_with('<') && is_document && !is_page)
}

fn read_tree(
    written: Written,
    root: &Node,
    how: &HowToRead,
    take: &mut Take<'_>,
) -> Result<SourceRead, SourceFault> {
    let reads = match written {
        Written::Json => Reads::Json,
        Written::Xml => Reads::Xml,
    };
    let fits = |all: &Recogniser| all.tree(written, root, &how.name);
    let chosen = chosen(how, reads, fits, || {
        suggested_of(root, reads, last_part(&how.name))
    })?;
    let reading = Reading::of_tree(&chosen.profile, &how.zone, how.source)?;
    let mut read = SourceRead::of(chosen);
    let mut seen = Deliveries::default();
    let mut summary = Summary::default();
    for (way, record) in reading.records(root) {
        let mut facts = reading.record(&way, record, root, &mut summary);
        read.name_recording(&how.name, &mut facts);
        if read.hand_on(&mut seen, facts, take).is_break() {
            break;
        }
    }
    read.settle(summary, &reading);
    Ok(read)
}

/// A profile for a side-car nobody knows, by the names in it: of the list with the most records, or of all of it.
fn suggested_of(root: &Node, reads: Reads, name: &str) -> Suggestion {
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
    suggest(reads, name, &records, &columns)
}

/// The profile a source is read by.
struct Chosen {
    profile: Profile,
    by: ChosenBy,
    others: Vec<String>,
    why: Vec<Why>,
    /// What was taken for the heading of a table is its first record.
    heading_is_record: bool,
}

/// Those that ship, made ready once.
fn shipped() -> Result<&'static Recogniser, ProfileFault> {
    static READY: OnceLock<Result<Recogniser, ProfileFault>> = OnceLock::new();
    let ready = READY.get_or_init(|| Recogniser::of(built_in()));
    ready.as_ref().map_err(Clone::clone)
}

/// A person's own profile that fits; one of theirs that asks nothing; one that ships; or else one that is suggested.
fn chosen(
    how: &HowToRead,
    reads: Reads,
    fits: impl Fn(&Recogniser) -> Vec<Match>,
    suggested: impl FnOnce() -> Suggestion,
) -> Result<Chosen, ProfileFault> {
    let own = fits(&Recogniser::of(&how.profiles)?);
    let own = own
        .iter()
        .map(|fit| (&how.profiles[fit.profile], fit.heading_is_record));
    let for_all = how.profiles.iter();
    let for_all = for_all.filter(|profile| profile.reads == reads && profile.asks_nothing());
    let shipped = fits(shipped()?);
    let shipped = shipped
        .iter()
        .map(|fit| (&built_in()[fit.profile], fit.heading_is_record));
    let told = how.chosen.iter().filter(|profile| profile.reads == reads);
    let told = told.map(|profile| {
        let fits = Recogniser::of(std::slice::from_ref(profile)).map(|one| fits(&one))?;
        let heading_is_record = fits.first().is_some_and(|fit| fit.heading_is_record);
        Ok((profile, ChosenBy::Person, heading_is_record))
    });
    let told: Vec<_> = told.collect::<Result<_, ProfileFault>>()?;
    let mut all = (told.into_iter())
        .chain(own.map(|(profile, is)| (profile, ChosenBy::Person, is)))
        .chain(for_all.map(|profile| (profile, ChosenBy::Person, false)))
        .chain(shipped.map(|(profile, is)| (profile, ChosenBy::BuiltIn, is)));
    let Some((profile, by, heading_is_record)) = all.next() else {
        let Suggestion { profile, why } = suggested();
        return Ok(Chosen {
            profile,
            by: ChosenBy::Suggested,
            others: Vec::new(),
            why,
            heading_is_record: false,
        });
    };
    let others = all.map(|(other, ..)| other.name.clone());
    let others = others.filter(|name| *name != profile.name).collect();
    Ok(Chosen {
        profile: profile.clone(),
        by,
        others,
        why: Vec::new(),
        heading_is_record,
    })
}

impl SourceRead {
    fn of(chosen: Chosen) -> Self {
        Self {
            profile: chosen.profile,
            by: chosen.by,
            others: chosen.others,
            why: chosen.why,
            table: None,
            summary: Summary::default(),
            again: 0,
            contradicting: 0,
            missing: Vec::new(),
            mixed_dates: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// A side-car that is called like its recording names it so; in its own folder.
    fn name_recording(&self, side_car: &str, facts: &mut ContactFacts) {
        let Some(recording) = self.profile.recording_of(side_car) else {
            return;
        };
        let folder = side_car.strip_suffix(last_part(side_car)).unwrap_or("");
        let named = FactValue::Text(format!("{folder}{recording}"));
        facts.known.entry(FactKey::FileName).or_insert(named);
    }

    fn hand_on(
        &mut self,
        seen: &mut Deliveries,
        facts: ContactFacts,
        take: &mut Take<'_>,
    ) -> ControlFlow<()> {
        let delivery = seen.see(&self.profile.name, &facts);
        match &delivery {
            Delivery::Again { .. } | Delivery::Older { .. } => self.again += 1,
            Delivery::Contradicts { .. } => self.contradicting += 1,
            _ => {}
        }
        let left = MOST_FAULTS.saturating_sub(self.faults.len());
        let placed = |fault: &FactFault| (facts.origin.place.clone(), fault.clone());
        (self.faults).extend(facts.faults.iter().take(left).map(placed));
        take(facts, delivery)
    }

    fn settle(&mut self, summary: Summary, reading: &Reading) {
        self.summary = summary;
        self.missing = (reading.missing().into_iter()).map(str::to_owned).collect();
        self.mixed_dates = reading.contradictory_orders();
    }
}

#[cfg(test)]
mod tests;
