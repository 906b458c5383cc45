//! A profile made ready for one source: which columns it means there, and how each value is read.

mod compiled;
mod headings;
mod record;
mod sides;
mod value;
mod words;

use crate::profile::fault::path;
use crate::profile::{Profile, ProfileFault, Reads, Target};
use crate::summary::Summary;
use crate::tree::{Node, Path, keep};
use compiled::Compiled;
use headings::Headings;
use jiff::civil::Date;
use qinting_domain::{
    ContactFacts, FactFault, FactFaultCode, FactKey, FactOrigin, FactPlace, FactValue,
};
use qinting_table::value::{OrderSeen, Zone, cell_text, day_of, zone_named};
use record::{Cells, Raw, TreeRecord};
use std::collections::BTreeMap;

pub(crate) use value::Read;
pub(crate) use words::{is_word_of, meaning_of};

/// A profile that is applied to one source.
pub struct Reading {
    source: u32,
    zone: Zone,
    readings: Vec<Compiled>,
    /// What the sides of a call are decided by.
    own_lines: Vec<String>,
    /// Names of the columns as they are kept; none of a side-car.
    columns: Vec<String>,
    /// Their places in the order of those names: a map that is filled in its order is filled fast.
    by_name: Vec<usize>,
    /// Which of them tell of a person.
    personal: Vec<bool>,
    /// Columns of the same name after the first.
    doubled: Vec<(usize, usize)>,
    records: Path,
    /// What the cells of a column tell of the order of their dates, by reading.
    orders: Vec<OrderSeen>,
}

impl Reading {
    /// For a table of these columns. `default_zone` is that of times which name none, where the profile does not
    /// say. `source` is which of the sources of an import it is.
    ///
    /// # Errors
    /// [`ProfileFault`] for a profile that was made and not parsed.
    pub fn of_table(
        profile: &Profile,
        columns: &[String],
        default_zone: &Zone,
        source: u32,
    ) -> Result<Self, ProfileFault> {
        let headings = Headings::of(columns);
        let mut reading = Self::new(profile, default_zone, source, Some(&headings))?;
        reading.doubled = headings.doubled();
        reading.columns = headings.kept_names();
        reading.by_name = (0..columns.len()).collect();
        reading
            .by_name
            .sort_by_key(|at| reading.columns[*at].as_str());
        reading.personal = reading.personal_columns(profile, &headings);
        Ok(reading)
    }

    /// For a side-car.
    ///
    /// # Errors
    /// As [`Reading::of_table`].
    pub fn of_tree(
        profile: &Profile,
        default_zone: &Zone,
        source: u32,
    ) -> Result<Self, ProfileFault> {
        Self::new(profile, default_zone, source, None)
    }

    fn new(
        profile: &Profile,
        default_zone: &Zone,
        source: u32,
        headings: Option<&Headings>,
    ) -> Result<Self, ProfileFault> {
        let zone = profile
            .zone
            .as_deref()
            .and_then(zone_named)
            .unwrap_or_else(|| default_zone.clone());
        let readings = profile
            .readings()
            .map(|(target, reading)| Compiled::new(target, reading, &zone, headings))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self {
            source,
            zone,
            orders: vec![OrderSeen::default(); readings.len()],
            readings,
            own_lines: profile.own_lines.clone(),
            columns: Vec::new(),
            by_name: Vec::new(),
            personal: Vec::new(),
            doubled: Vec::new(),
            records: if profile.reads == Reads::FileName {
                Path::default()
            } else {
                path("records", &profile.records)?
            },
        })
    }

    /// Looks at a row before any is read, for what only the column as a whole tells: whether day or month comes
    /// first. As many as the caller has at hand; the more, the surer.
    pub fn look<S: AsRef<str>>(&mut self, cells: &[S]) {
        let row = Cells::of(cells);
        for (compiled, seen) in self.readings.iter().zip(&mut self.orders) {
            if compiled.wants_order()
                && let Some(raw) = compiled.raw(&row)
            {
                seen.see(&raw);
            }
        }
        for (compiled, seen) in self.readings.iter_mut().zip(&self.orders) {
            compiled.settle(*seen);
        }
    }

    /// The facts of one row. A line of the file is counted from 1.
    pub fn row<S: AsRef<str>>(
        &self,
        line: u64,
        cells: &[S],
        summary: &mut Summary,
    ) -> ContactFacts {
        let mut facts = ContactFacts::of(FactOrigin {
            source: self.source,
            place: FactPlace::Line { line },
        });
        for (at, cell) in cells.iter().enumerate() {
            summary.cell(at, cell.as_ref());
        }
        let said = |at: &usize| {
            let cell = cells.get(*at)?.as_ref();
            let is_empty = cell_text(cell).is_empty();
            (!is_empty).then(|| (self.columns[*at].clone(), cell.into()))
        };
        facts.rest = self.by_name.iter().filter_map(said).collect();
        for (at, cell) in cells.iter().enumerate().skip(self.columns.len()) {
            if !cell_text(cell.as_ref()).is_empty() {
                facts
                    .rest
                    .insert(format!("#{}", at + 1), cell.as_ref().into());
            }
        }
        self.read(&Cells::of(cells), &mut facts, summary);
        self.tell_doubled(cells, &mut facts);
        summary.record(&facts, &self.zone);
        facts
    }

    /// The facts of each record of a side-car.
    pub fn records<'a>(&'a self, root: &'a Node) -> impl Iterator<Item = (String, &'a Node)> {
        self.records
            .places(root)
            .into_iter()
            .flat_map(|(way, node)| match node {
                // What stands in a list are the records, whether or not the path says so.
                Node::List(nodes) => nodes
                    .iter()
                    .enumerate()
                    .map(|(at, node)| (format!("{way}[{at}]"), node))
                    .collect(),
                _ => vec![(way, node)],
            })
    }

    /// The facts of one record.
    pub fn record(
        &self,
        way: &str,
        record: &Node,
        root: &Node,
        summary: &mut Summary,
    ) -> ContactFacts {
        let place = FactPlace::Path {
            path: way.to_owned(),
        };
        let mut facts = ContactFacts::of(FactOrigin {
            source: self.source,
            place,
        });
        match record {
            Node::Record(fields) => {
                for (name, node) in fields {
                    keep(&mut facts.rest, name, node.to_json());
                }
            }
            other => keep(&mut facts.rest, "value", other.to_json()),
        }
        summary.node(record);
        self.read(&TreeRecord { record, root }, &mut facts, summary);
        summary.record(&facts, &self.zone);
        facts
    }

    /// The facts of a name, by the groups of its pattern.
    pub(crate) fn name(&self, groups: &[(String, String)], summary: &mut Summary) -> ContactFacts {
        let mut facts = ContactFacts::of(FactOrigin {
            source: self.source,
            place: FactPlace::Name,
        });
        for (name, said) in groups {
            keep(&mut facts.rest, name, said.as_str().into());
        }
        let cells: Vec<&str> = groups.iter().map(|(_, said)| said.as_str()).collect();
        self.read(&Cells::of(&cells), &mut facts, summary);
        summary.record(&facts, &self.zone);
        facts
    }

    fn read(&self, raw: &dyn Raw, facts: &mut ContactFacts, summary: &mut Summary) {
        let mut sides = sides::Sides::default();
        let mut began_on: Option<Date> = None;
        // Facts are in the order of their keys, so the beginning is read before what takes its day from it.
        for compiled in &self.readings {
            let Some(text) = compiled.raw(raw) else {
                summary.empty(compiled.target);
                continue;
            };
            let day = compiled.day(raw).or(began_on);
            let read = compiled.value(&text, day);
            summary.read(compiled.target, &text, &read);
            match compiled.target {
                Target::Caller => sides.caller = read.text(),
                Target::Callee => sides.callee = read.text(),
                Target::AsOf => facts.as_of = read.at(),
                Target::Fact(key) => {
                    if let Some(code) = read.told {
                        facts.faults.push(FactFault::new(key, &text, code));
                    }
                    if key == FactKey::BeganAt {
                        began_on = read.at().and_then(|at| day_of(at, &self.zone));
                    }
                    if let Some(value) =
                        self.fitting(facts, key, read.value, read.is_time_alone, &text)
                    {
                        facts.known.insert(key, value);
                    }
                }
            }
        }
        sides.turn(facts, &self.own_lines);
    }

    /// An end that lies before the beginning: on the day after where only the time of day is told, a fault
    /// otherwise.
    fn fitting(
        &self,
        facts: &mut ContactFacts,
        key: FactKey,
        value: Option<FactValue>,
        is_time_alone: bool,
        text: &str,
    ) -> Option<FactValue> {
        let is_later = matches!(key, FactKey::AnsweredAt | FactKey::EndedAt);
        let (Some(FactValue::At(at)), Some(began), true) =
            (&value, facts.at(FactKey::BeganAt), is_later)
        else {
            return value;
        };
        if *at >= began {
            return value;
        }
        let next = is_time_alone.then(|| next_day(*at, &self.zone)).flatten();
        let code = if next.is_some() {
            FactFaultCode::NextDay
        } else {
            FactFaultCode::EndsBeforeBegin
        };
        facts.faults.push(FactFault::new(key, text, code));
        next.map(FactValue::At)
    }

    /// Columns of one name that say different things: the first counts, and the others are told of.
    fn tell_doubled<S: AsRef<str>>(&self, cells: &[S], facts: &mut ContactFacts) {
        for (first, other) in &self.doubled {
            let [one, two] =
                [first, other].map(|at| cells.get(*at).map_or("", |cell| cell_text(cell.as_ref())));
            if two.is_empty() || one == two {
                continue;
            }
            let read = self
                .readings
                .iter()
                .find(|compiled| compiled.is_of_column(*first));
            if let Some(Target::Fact(key)) = read.map(|compiled| compiled.target) {
                facts
                    .faults
                    .push(FactFault::new(key, two, FactFaultCode::DoubledOtherwise));
            }
        }
    }

    /// Columns whose dates can only be read in different orders, by what is read from them: they hold two kinds
    /// of dates, and no reading of them is right.
    pub fn contradictory_orders(&self) -> Vec<Target> {
        let all = self.readings.iter().zip(&self.orders);
        all.filter(|(_, seen)| seen.is_contradictory())
            .map(|(compiled, _)| compiled.target)
            .collect()
    }

    fn personal_columns(&self, profile: &Profile, headings: &Headings<'_>) -> Vec<bool> {
        let mut out = vec![false; self.columns.len()];
        let listed = profile
            .personal
            .iter()
            .filter_map(|name| headings.find(name));
        let read = self
            .readings
            .iter()
            .filter(|compiled| compiled.target.is_personal());
        for at in listed.chain(read.flat_map(Compiled::columns)) {
            if let Some(is_personal) = out.get_mut(at) {
                *is_personal = true;
            }
        }
        out
    }

    /// Which columns tell of a person, by place: what is shown of them is masked.
    pub fn personal(&self) -> &[bool] {
        &self.personal
    }

    /// What each column of a table is taken as, by place.
    pub fn taken_as(&self) -> BTreeMap<usize, Vec<Target>> {
        let mut out: BTreeMap<usize, Vec<Target>> = BTreeMap::new();
        for compiled in &self.readings {
            for at in compiled.columns() {
                out.entry(at).or_default().push(compiled.target);
            }
        }
        out
    }

    /// Names a profile has that the table does not.
    pub fn missing(&self) -> Vec<&str> {
        self.readings.iter().flat_map(Compiled::missing).collect()
    }

    /// The zone times are read in that name none.
    pub const fn zone(&self) -> &Zone {
        &self.zone
    }

    /// Names of the columns as they are kept.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

/// The same time on a wall, a day later.
fn next_day(at: i64, zone: &Zone) -> Option<i64> {
    let at = jiff::Timestamp::from_millisecond(at).ok()?;
    let later = at.to_zoned(zone.clone()).tomorrow().ok()?;
    Some(later.timestamp().as_millisecond())
}
