//! What the values of a column say of it.

use crate::profile::{Order, Target, Unit};
use crate::reading::is_word_of;
use jiff::civil::date;
use qinting_domain::{FactKey, FactKind, PhoneNumber};
use qinting_table::value::{
    DateOrder, DurationReading, EpochUnit, OrderSeen, TimeReading, TimeUnreadable, Zone, cell_text,
    folded, is_blank, read_count, read_duration, read_number, read_time,
};

/// Endings of recordings.
const SOUND: &[&str] = &[
    ".wav", ".mp3", ".m4a", ".ogg", ".opus", ".flac", ".amr", ".aac", ".webm", ".v3", ".vox",
    ".gsm", ".mp4", ".3gp",
];
/// Lengths in seconds whose middle one is beyond this are milliseconds: nobody talks for five hours.
const LONGEST_TALK_S: f64 = 18_000.0;

/// Whether values can be what a column is taken as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// Nothing else has such values.
    Certain,
    /// They can be.
    Can,
    /// More than half of them are not.
    No,
}

/// Whether the values fit. A column without any fits whatever its name says.
pub(super) fn fit(target: Target, samples: &[&str]) -> Fit {
    let said: Vec<&str> = samples
        .iter()
        .copied()
        .filter(|cell| !is_blank(cell))
        .collect();
    if said.is_empty() {
        return Fit::Can;
    }
    let share = |is: &dyn Fn(&str) -> bool| share_of(&said, is);
    let decide = |(most, all): (bool, bool), is_telling: bool| match (most, all && is_telling) {
        (_, true) => Fit::Certain,
        (true, _) => Fit::Can,
        (false, _) => Fit::No,
    };
    match target {
        Target::Caller | Target::Callee => Fit::Can,
        Target::AsOf => decide(share(&is_time), false),
        Target::Fact(key) => match key.kind() {
            FactKind::Time => decide(share(&is_time), false),
            FactKind::Duration => decide(share(&is_length), false),
            FactKind::Count => decide(share(&|cell| read_count(cell).is_some()), false),
            // Numbers stand for words that only the source knows: whoever looks at it gives them a meaning.
            FactKind::Direction | FactKind::HandledBy => {
                let is_word = |cell: &str| is_word_of(key, folded(cell_text(cell)).trim());
                let is_code = |cell: &str| read_count(cell).is_some_and(|code| code < 100);
                match decide(share(&is_word), true) {
                    Fit::No => decide(share(&is_code), false),
                    found => found,
                }
            }
            FactKind::Text => text(key, &said),
        },
    }
}

/// Whether most of what is said is so, and whether all is.
fn share_of(said: &[&str], is: impl Fn(&str) -> bool) -> (bool, bool) {
    let fitting = said.iter().filter(|cell| is(cell)).count();
    (fitting * 2 > said.len(), fitting == said.len())
}

fn text(key: FactKey, said: &[&str]) -> Fit {
    match key {
        FactKey::FileName => match share_of(said, is_sound) {
            (_, true) => Fit::Certain,
            // A name without an ending is one, too; a flag (`是`, `1`) is none.
            (most, _) if most || said.iter().all(|cell| cell.chars().count() > 3) => Fit::Can,
            _ => Fit::No,
        },
        FactKey::Number => match share_of(said, is_mobile) {
            (_, true) => Fit::Certain,
            _ if share_of(said, |cell| PhoneNumber::read(cell).is_some()).0 => Fit::Can,
            _ => Fit::No,
        },
        // A disposition that is a number all along is a code, and still one.
        _ => Fit::Can,
    }
}

fn reading() -> TimeReading {
    TimeReading {
        // A time of day alone is one when a day stands elsewhere.
        date: Some(date(2026, 1, 1)),
        ..TimeReading::in_zone(Zone::UTC)
    }
}

fn is_time(cell: &str) -> bool {
    let as_number = TimeReading {
        number: Some(EpochUnit::SpreadsheetDay),
        ..reading()
    };
    read_time(cell, &reading()).is_ok() || read_time(cell, &as_number).is_ok()
}

fn is_length(cell: &str) -> bool {
    read_duration(cell, &DurationReading::default()).is_ok()
}

fn is_sound(cell: &str) -> bool {
    let cell = cell_text(cell).to_lowercase();
    let name = cell.split(['?', '#']).next().unwrap_or(&cell);
    SOUND.iter().any(|ending| name.ends_with(ending))
}

fn is_mobile(cell: &str) -> bool {
    match PhoneNumber::read(cell) {
        Some(PhoneNumber::Whole(digits)) => {
            digits.len() == 11 && digits.starts_with('1') && !digits.starts_with("10")
        }
        Some(PhoneNumber::Masked { head, tail }) => {
            head.starts_with('1') && head.len() == 3 && tail.len() == 4
        }
        None => false,
    }
}

/// Whether all tell the time of day alone.
pub(super) fn are_clock_times(samples: &[&str]) -> bool {
    let without_day = TimeReading::in_zone(Zone::UTC);
    let is_clock = |cell: &&str| read_time(cell, &without_day) == Err(TimeUnreadable::DateMissing);
    !samples.is_empty() && samples.iter().all(is_clock)
}

/// Whether all tell the day alone.
pub(super) fn are_days(samples: &[&str]) -> bool {
    let is_day = |cell: &&str| read_time(cell, &reading()).is_ok_and(|read| read.is_day_alone);
    !samples.is_empty() && samples.iter().all(is_day)
}

/// Times that are days of a spreadsheet.
pub(super) fn times_unit(samples: &[&str]) -> Option<Unit> {
    let mut said = samples.iter().filter(|cell| !is_blank(cell)).peekable();
    said.peek()?;
    let is_day = |cell: &&str| {
        read_number(cell).is_some_and(|number| (29_000.0..110_000.0).contains(&number))
    };
    said.all(is_day).then_some(Unit::Day)
}

/// Which number of the dates is the day, where they tell.
pub(super) fn order_of(samples: &[&str]) -> Option<Order> {
    let mut seen = OrderSeen::default();
    samples.iter().for_each(|cell| seen.see(cell));
    seen.order().map(|order| match order {
        DateOrder::YearFirst => Order::YearFirst,
        DateOrder::MonthFirst => Order::MonthFirst,
        DateOrder::DayFirst => Order::DayFirst,
    })
}

/// Bare numbers that are too many to be seconds; or parts of a day, as spreadsheets keep `00:05:10`.
pub(super) fn lengths_unit(samples: &[&str]) -> Option<Unit> {
    let mut numbers: Vec<f64> = samples
        .iter()
        .filter_map(|cell| read_number(cell))
        .filter(|n| *n > 0.0)
        .collect();
    numbers.sort_by(f64::total_cmp);
    let middle = *numbers.get(numbers.len() / 2)?;
    let largest = *numbers.last()?;
    if middle > LONGEST_TALK_S {
        return Some(Unit::Ms);
    }
    (largest < 1.0).then_some(Unit::Day)
}
