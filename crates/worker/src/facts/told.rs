//! What is told of a source: everything that may be of a person is masked before it leaves.

use super::form_of;
use qinting_desk::{
    ColumnTold, FactTold, ProfileBy, ProfileTold, SourceTold, TableTold, WhyColumn, WhyTold,
};
use qinting_domain::{FactFault, FactPlace, masked_text, shown_text};
use qinting_facts::{
    Because, ChosenBy, FactSummary, Profile, SourceRead, Summary, TableRead, Target, Why,
};

/// Columns, or places, that are told of.
const MOST_COLUMNS: usize = 300;
/// How much of a name is shown, in characters.
const MOST_SHOWN: usize = 120;

/// The source as a person is told of it.
pub(super) fn of(read: SourceRead) -> SourceTold {
    let SourceRead {
        profile,
        by,
        others,
        why,
        table,
        summary,
        again,
        contradicting,
        missing,
        mixed_dates,
        faults,
    } = read;
    SourceTold {
        form: form_of(profile.reads),
        leads_to_calls: profile.leads_to_calls(),
        columns: match &table {
            Some(_) => columns_of(&summary),
            None => places_of(&summary, &profile),
        },
        records: summary.records,
        again,
        contradicting,
        began: summary.began,
        over_midnight: summary.over_midnight,
        facts: (summary.facts.iter())
            .map(|(target, seen)| fact(*target, seen, &profile, &summary))
            .collect(),
        missing: missing.iter().map(|name| shown(name)).collect(),
        mixed_dates: words(&mixed_dates),
        faults: summary.told,
        first_faults: faults.into_iter().map(fault).collect(),
        table: table.map(table_told),
        profile: ProfileTold {
            name: profile.name.clone(),
            tried: profile.tried,
            by: match by {
                ChosenBy::Person => ProfileBy::Person,
                ChosenBy::BuiltIn => ProfileBy::BuiltIn,
                ChosenBy::Suggested => ProfileBy::Suggested,
            },
            others,
            why: why.iter().take(MOST_COLUMNS).map(why_told).collect(),
            written: serde_json::to_value(&profile)
                .expect("its maps have texts as keys, so it is JSON"),
        },
    }
}

fn why_told(why: &Why) -> WhyTold {
    WhyTold {
        column: shown(&why.name),
        fact: why.target.as_str().to_owned(),
        because: match why.because {
            Because::Name => WhyColumn::Name,
            Because::Values => WhyColumn::Values,
            Because::Next => WhyColumn::Next,
            Because::Doubled => WhyColumn::Doubled,
            Because::ValuesOtherwise => WhyColumn::ValuesOtherwise,
        },
    }
}

fn words(targets: &[Target]) -> Vec<String> {
    let all = targets.iter();
    all.map(|target| target.as_str().to_owned()).collect()
}

/// What stands in a column is shown where it is read as something that is nobody's; what nobody has a name for may
/// be anybody's.
fn columns_of(summary: &Summary) -> Vec<ColumnTold> {
    let told = summary.columns.iter().take(MOST_COLUMNS).map(|column| {
        let taken_as = column.taken_as.first().filter(|_| !column.is_personal);
        ColumnTold {
            name: shown(&column.name),
            samples: samples(&column.samples, taken_as),
            filled: column.filled,
            taken_as: words(&column.taken_as),
        }
    });
    told.collect()
}

/// The same of a side-car.
fn places_of(summary: &Summary, profile: &Profile) -> Vec<ColumnTold> {
    let told = summary.leaves().0.iter().take(MOST_COLUMNS).map(|leaf| {
        let read = profile.readings();
        let taken_as: Vec<Target> = read
            .filter(|(_, reading)| reading.from.contains(&leaf.path))
            .map(|(target, _)| target)
            .collect();
        let is_personal = profile.is_personal(&leaf.path);
        ColumnTold {
            name: shown(&leaf.path),
            samples: samples(&leaf.samples, taken_as.first().filter(|_| !is_personal)),
            filled: leaf.count,
            taken_as: words(&taken_as),
        }
    });
    told.collect()
}

fn samples(samples: &[String], taken_as: Option<&Target>) -> Vec<String> {
    let one = |text: &String| match taken_as {
        Some(target) => shown_as(*target, text),
        None => masked_text(text),
    };
    samples.iter().map(one).collect()
}

fn shown_as(target: Target, text: &str) -> String {
    match target {
        Target::Fact(key) => shown_text(key, text),
        Target::Caller | Target::Callee => masked_text(text),
        Target::AsOf => text.to_owned(),
    }
}

fn fact(target: Target, seen: &FactSummary, profile: &Profile, summary: &Summary) -> FactTold {
    let text = |text: &String| shown_as(target, text);
    let columns = summary.columns.iter();
    let columns = columns.filter(|column| column.taken_as.contains(&target));
    let mut from: Vec<String> = columns.map(|column| shown(&column.name)).collect();
    if summary.columns.is_empty() {
        let readings = profile.readings().filter(|(read, _)| *read == target);
        let places = readings.flat_map(|(_, reading)| &reading.from);
        from.extend(places.map(|place| shown(place)));
    }
    FactTold {
        from,
        fact: target.as_str().to_owned(),
        read: seen.read,
        unreadable: seen.unreadable,
        empty: seen.empty,
        ways: (seen.ways.iter())
            .map(|way| (text(&way.example), way.count))
            .collect(),
        first_unreadable: seen.first_unreadable.as_ref().map(text),
    }
}

fn fault((place, mut fault): (FactPlace, FactFault)) -> (FactPlace, FactFault) {
    fault.raw = shown_text(fault.key, &fault.raw);
    (place, fault)
}

fn table_told(read: TableRead) -> TableTold {
    let faults = read.faults.into_iter();
    TableTold {
        encoding: read.encoding,
        delimiter: read.delimiter,
        header: read.header,
        sheet: read.sheet,
        sheets: read.sheets,
        passed_over: read.passed_over,
        unreadable: read.unreadable,
        faults: faults.map(|(line, code)| (line, code.to_owned())).collect(),
        lost_digits: read.lost_digits,
        damaged: read.damaged,
        formulas: read.formulas,
    }
}

fn shown(text: &str) -> String {
    text.chars().take(MOST_SHOWN).collect()
}
