//! One fact of a profile, ready to be read.

use super::headings::Headings;
use super::record::{Place, Raw};
use super::value::Read;
use super::words;
use crate::profile::fault::{path, pattern};
use crate::profile::{Colons, FactReading, Order, ProfileFault, Target, Unit};
use jiff::civil::Date;
use qinting_domain::{FactFaultCode, FactKey, FactKind, FactValue};
use qinting_table::value::{
    DateOrder, DurationReading, DurationUnit, EpochUnit, OrderSeen, TimeReading, TimeTold,
    TimeUnreadable, Zone, cell_text, day_of, folded, is_blank, read_count, read_duration,
    read_time, zone_named,
};
use regex::Regex;
use std::borrow::Cow;
use std::collections::HashMap;

/// Longest text a fact may be, in characters. What is longer is a report, and stays among the rest.
const MOST_TEXT: usize = 500;
/// Longest name or address of a recording; addresses are signed, and long.
const MOST_NAME: usize = 4_000;

/// One fact of a profile, with where it stands in this source.
pub(super) struct Compiled {
    pub target: Target,
    kind: FactKind,
    places: Vec<Place>,
    dates: Vec<Place>,
    missing: Vec<String>,
    time: TimeReading,
    is_order_stated: bool,
    duration: DurationReading,
    words: HashMap<String, String>,
    /// The meaning of every other word.
    other: Option<String>,
    taking: Option<Regex>,
    is_escaped: bool,
    constant: Option<String>,
}

impl Compiled {
    pub fn new(
        target: Target,
        reading: &FactReading,
        zone: &Zone,
        headings: Option<&Headings<'_>>,
    ) -> Result<Self, ProfileFault> {
        let of = target.as_str();
        let (places, missing) = places(of, &reading.from, headings)?;
        let named = headings.and_then(|headings| match places.first()? {
            Place::Column(at) => headings.read.get(*at),
            _ => None,
        });
        let own_zone = reading.zone.as_deref().and_then(zone_named);
        let zone = own_zone
            .or_else(|| named?.zone.clone())
            .unwrap_or_else(|| zone.clone());
        let order = reading.order.map(order_of);
        let folded_words = reading
            .words
            .iter()
            .map(|(word, meaning)| (key_of(word), meaning.clone()));
        Ok(Self {
            target,
            kind: match target {
                Target::Fact(key) => key.kind(),
                Target::AsOf => FactKind::Time,
                Target::Caller | Target::Callee => FactKind::Text,
            },
            dates: places_of(of, &reading.date, headings)?,
            places,
            missing,
            time: TimeReading {
                number: reading.unit.and_then(epoch_unit),
                order,
                ..TimeReading::in_zone(zone)
            },
            is_order_stated: order.is_some(),
            duration: DurationReading {
                unit: reading
                    .unit
                    .and_then(duration_unit)
                    .or_else(|| named?.unit)
                    .unwrap_or(DurationUnit::Second),
                is_hours_minutes: reading.colons.map(|colons| colons == Colons::HoursMinutes),
            },
            words: folded_words.collect(),
            other: reading.words.get("*").cloned(),
            taking: reading
                .taking
                .as_deref()
                .map(|written| pattern(of, written))
                .transpose()?,
            is_escaped: reading.escaped,
            constant: reading.constant.clone(),
        })
    }

    /// Whether the column as a whole could say which number of a date is the day.
    pub fn wants_order(&self) -> bool {
        self.kind == FactKind::Time && !self.is_order_stated
    }

    /// Takes over what the column as a whole says.
    pub fn settle(&mut self, seen: OrderSeen) {
        if self.wants_order() {
            self.time.order = seen.order();
        }
    }

    pub fn columns(&self) -> impl Iterator<Item = usize> {
        self.places
            .iter()
            .chain(&self.dates)
            .filter_map(|place| match place {
                Place::Column(at) | Place::InColumn(at, _) => Some(*at),
                Place::Path(_) | Place::FromRoot(_) => None,
            })
    }

    pub fn is_of_column(&self, column: usize) -> bool {
        self.columns().any(|at| at == column)
    }

    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.missing.iter().map(String::as_str)
    }

    /// The text it is read from: the first place that says something, or the constant.
    pub fn raw<'a>(&'a self, record: &'a dyn Raw) -> Option<Cow<'a, str>> {
        let mut said = self.places.iter().filter_map(|place| record.at(place));
        said.find(|text| !is_blank(text))
            .or(self.constant.as_deref().map(Cow::Borrowed))
    }

    /// The day of a time of day, where a column of its own has it.
    pub fn day(&self, record: &dyn Raw) -> Option<Date> {
        let mut said = self.dates.iter().filter_map(|place| record.at(place));
        let text = said.find(|text| !is_blank(text))?;
        let at = read_time(&text, &self.time).ok()?.at;
        day_of(at, &self.time.zone)
    }

    /// What a text says.
    pub fn value(&self, raw: &str, day: Option<Date>) -> Read {
        let unescaped;
        let mut text = cell_text(raw);
        if self.is_escaped {
            unescaped = qinting_domain::unescaped(text);
            text = &unescaped;
        }
        if let Some(taking) = &self.taking {
            let Some(found) = taking.captures(text) else {
                return Read::nothing();
            };
            text = found
                .get(1)
                .or(found.get(0))
                .map_or("", |part| part.as_str());
        }
        let meaning = self.meaning(text);
        match (self.kind, meaning) {
            (_, Some("")) => Read::nothing(),
            (FactKind::Direction, meaning) => {
                let found = words::direction(&key_of(meaning.unwrap_or(text)));
                found.map_or_else(
                    || Read::fault(FactFaultCode::WordUnknown),
                    |d| Read::of(FactValue::Direction(d)),
                )
            }
            (FactKind::HandledBy, meaning) => {
                let found = words::handled_by(&key_of(meaning.unwrap_or(text)));
                found.map_or_else(
                    || Read::fault(FactFaultCode::WordUnknown),
                    |h| Read::of(FactValue::HandledBy(h)),
                )
            }
            (FactKind::Text, meaning) => {
                let text = meaning.unwrap_or(text);
                if self.target == Target::Fact(FactKey::FileName) {
                    name_of(text)
                } else {
                    words_of(text)
                }
            }
            (FactKind::Count, meaning) => read_count(meaning.unwrap_or(text)).map_or_else(
                || Read::fault(FactFaultCode::NumberUnreadable),
                |count| Read::of(FactValue::Count(count)),
            ),
            (FactKind::Duration, meaning) => self.length(meaning.unwrap_or(text)),
            (FactKind::Time, meaning) => self.moment(meaning.unwrap_or(text), day),
        }
    }

    fn meaning(&self, text: &str) -> Option<&str> {
        if self.words.is_empty() {
            return None;
        }
        let found = self.words.get(&key_of(text)).or(self.other.as_ref());
        found.map(String::as_str)
    }

    fn length(&self, text: &str) -> Read {
        match read_duration(text, &self.duration) {
            Ok(read) => Read {
                told: read
                    .is_assumed_minutes
                    .then_some(FactFaultCode::MinutesAssumed),
                ..Read::of(FactValue::Ms(read.ms))
            },
            Err(_) => Read::fault(FactFaultCode::DurationUnreadable),
        }
    }

    fn moment(&self, text: &str, day: Option<Date>) -> Read {
        let with_day;
        let reading = match day {
            Some(_) => {
                with_day = TimeReading {
                    date: day,
                    ..self.time.clone()
                };
                &with_day
            }
            None => &self.time,
        };
        match read_time(text, reading) {
            Ok(read) => Read {
                told: read.told.map(told_of),
                is_time_alone: read.is_time_alone,
                ..Read::of(FactValue::At(read.at))
            },
            Err(TimeUnreadable::Zero) => Read::nothing(),
            Err(TimeUnreadable::DateMissing) => Read::fault(FactFaultCode::DateMissing),
            Err(TimeUnreadable::NotATime) => Read::fault(FactFaultCode::TimeUnreadable),
        }
    }
}

/// Words on one line, bounded.
fn words_of(text: &str) -> Read {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return Read::nothing();
    }
    if line.chars().nth(MOST_TEXT).is_some() {
        return Read::fault(FactFaultCode::TooLong);
    }
    Read::of(FactValue::Text(line))
}

/// A name is what it is, blanks included.
fn name_of(text: &str) -> Read {
    if text.chars().nth(MOST_NAME).is_some() {
        return Read::fault(FactFaultCode::TooLong);
    }
    Read::of(FactValue::Text(text.to_owned()))
}

/// By what words are compared.
fn key_of(word: &str) -> String {
    folded(cell_text(word)).trim().to_owned()
}

fn places(
    of: &str,
    names: &[String],
    headings: Option<&Headings<'_>>,
) -> Result<(Vec<Place>, Vec<String>), ProfileFault> {
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for name in names {
        match headings {
            Some(headings) => match headings.place(of, name)? {
                Some(place) => found.push(place),
                None => missing.push(name.clone()),
            },
            None => found.push(match name.strip_prefix("$.") {
                Some(rest) => Place::FromRoot(path(of, rest)?),
                None => Place::Path(path(of, name)?),
            }),
        }
    }
    Ok((found, missing))
}

fn places_of(
    of: &str,
    names: &[String],
    headings: Option<&Headings<'_>>,
) -> Result<Vec<Place>, ProfileFault> {
    places(of, names, headings).map(|(found, _)| found)
}

const fn order_of(order: Order) -> DateOrder {
    match order {
        Order::YearFirst => DateOrder::YearFirst,
        Order::MonthFirst => DateOrder::MonthFirst,
        Order::DayFirst => DateOrder::DayFirst,
    }
}

const fn epoch_unit(unit: Unit) -> Option<EpochUnit> {
    match unit {
        Unit::Us => Some(EpochUnit::Microsecond),
        Unit::Ms => Some(EpochUnit::Millisecond),
        Unit::S => Some(EpochUnit::Second),
        Unit::Day => Some(EpochUnit::SpreadsheetDay),
        Unit::Min | Unit::H => None,
    }
}

const fn duration_unit(unit: Unit) -> Option<DurationUnit> {
    match unit {
        Unit::Ms => Some(DurationUnit::Millisecond),
        Unit::S => Some(DurationUnit::Second),
        Unit::Min => Some(DurationUnit::Minute),
        Unit::H => Some(DurationUnit::Hour),
        Unit::Day => Some(DurationUnit::Day),
        Unit::Us => None,
    }
}

const fn told_of(told: TimeTold) -> FactFaultCode {
    match told {
        TimeTold::Twice => FactFaultCode::TimeTwice,
        TimeTold::Skipped => FactFaultCode::TimeSkipped,
        TimeTold::DayOrMonth => FactFaultCode::DayOrMonth,
    }
}
