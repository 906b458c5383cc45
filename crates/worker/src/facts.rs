//! Tables, side-cars and names, read where foreign bytes are.

mod told;

use qinting_desk::{
    AppError, AppResult, Cancel, FactWays, FactsRequest, FactsRow, NamesTold, ProfileNamed,
    ShippedProfile, SourceTold, codes,
};
use qinting_domain::{ContactFacts, FactValue, path_text};
use qinting_facts::{
    Delivery, HowToRead, Names, Profile, ProfileFault, Reads, built_in, built_in_named, read_source,
};
use qinting_table::value::{Zone, zone_named};
use qinting_table::{Bytes, Choices, Header};
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use std::fs::File;
use std::ops::ControlFlow;

/// Rows that are told of together, and bytes of their texts.
const TOGETHER: usize = 200;
const TOGETHER_BYTES: usize = 128 << 10;
/// How much of what came beside the facts of a row is sent on, and of one of its values; bytes of JSON.
const MOST_REST: usize = 256 << 10;
const MOST_VALUE: usize = 64 << 10;

/// Reads a source; what the same source tells once more, or told later, is left out.
pub(crate) fn read(
    request: &FactsRequest,
    tell: &mut dyn FnMut(Vec<FactsRow>),
    cancel: &Cancel,
) -> AppResult<SourceTold> {
    let how = HowToRead {
        name: path_text::to_text(&request.path),
        source: request.source,
        profiles: profiles(&request.ways.profiles)?,
        chosen: request.chosen.as_ref().map(profile).transpose()?,
        choices: choices(&request.ways),
        zone: zone(&request.ways)?,
    };
    let path = &request.path;
    File::open(path).map_err(|e| AppError::of_disk(&e, path))?;
    let open = || File::open(path).map(|file| Box::new(file) as Box<dyn Bytes>);
    let mut rows = Waiting::default();
    let mut take = |facts, delivery| {
        if cancel.is_cancelled() {
            return ControlFlow::Break(());
        }
        if rows.put(facts, delivery) {
            tell(rows.take());
        }
        ControlFlow::Continue(())
    };
    let read = read_source(&open, &how, &mut take).map_err(|fault| {
        let error = AppError::new(&fault.code());
        fault
            .args()
            .into_iter()
            .fold(error, |error, (name, value)| error.with(name, value))
    })?;
    if cancel.is_cancelled() {
        return Err(AppError::new(codes::CANCELLED));
    }
    tell(rows.take());
    Ok(told::of(read))
}

/// What names of recordings tell.
pub(crate) fn names(names: &[String], ways: &FactWays) -> AppResult<NamesTold> {
    let profiles = profiles(&ways.profiles)?;
    let all = Names::of(&profiles, &zone(ways)?).map_err(refused)?;
    let mut used = Vec::new();
    let mut facts = Vec::new();
    for name in names {
        let (mut told, by) = all.read(name);
        used.extend(by.filter(|by| !used.contains(by)));
        told.rest.clear();
        facts.push(told);
    }
    Ok(NamesTold {
        facts,
        profiles: profiles.iter().map(|one| one.name.clone()).collect(),
        used: used.into_iter().map(str::to_owned).collect(),
        shipped: built_in().iter().filter_map(shipped).collect(),
    })
}

fn shipped(profile: &Profile) -> Option<ShippedProfile> {
    (profile.reads != Reads::FileName).then(|| ShippedProfile {
        name: profile.name.clone(),
        form: form_of(profile.reads),
        tried: profile.tried,
    })
}

fn zone(ways: &FactWays) -> AppResult<Zone> {
    zone_named(&ways.zone).ok_or_else(|| AppError::new(codes::INVALID).with("field", "zone"))
}

fn profiles(named: &[ProfileNamed]) -> AppResult<Vec<Profile>> {
    named.iter().map(profile).collect()
}

fn profile(named: &ProfileNamed) -> AppResult<Profile> {
    match named {
        ProfileNamed::Named(name) => {
            let unknown = || AppError::new(codes::PROFILE_UNKNOWN).with("name", name);
            built_in_named(name).cloned().ok_or_else(unknown)
        }
        ProfileNamed::Written(text) => Profile::parse(text.as_bytes()).map_err(refused),
    }
}

fn refused(fault: ProfileFault) -> AppError {
    let error = AppError::new(fault.code());
    fault
        .args()
        .into_iter()
        .fold(error, |error, (name, value)| error.with(name, value))
}

fn choices(ways: &FactWays) -> Choices {
    let ways = &ways.table;
    Choices {
        encoding: ways.encoding.clone(),
        delimiter: ways.delimiter,
        header: ways.header.map(|line| match line {
            0 => Header::None,
            line => Header::Line(line),
        }),
        sheet: ways.sheet.clone(),
        ..Choices::default()
    }
}

/// Rows that wait to be told.
#[derive(Default)]
struct Waiting {
    rows: Vec<FactsRow>,
    bytes: usize,
}

impl Waiting {
    /// Puts a row; whether there are enough to be told.
    fn put(&mut self, mut facts: ContactFacts, delivery: Delivery) -> bool {
        let instead_of = match delivery {
            Delivery::Again { .. } | Delivery::Older { .. } => return false,
            Delivery::Newer { of } => Some(of),
            _ => None,
        };
        let rest = rest_of(std::mem::take(&mut facts.rest));
        let length = |value: &FactValue| match value {
            FactValue::Text(text) => text.len(),
            _ => 0,
        };
        self.bytes += facts.known.values().map(length).sum::<usize>() + rest.get().len();
        self.rows.push(FactsRow {
            facts,
            rest,
            instead_of,
        });
        self.rows.len() >= TOGETHER || self.bytes >= TOGETHER_BYTES
    }

    fn take(&mut self) -> Vec<FactsRow> {
        self.bytes = 0;
        std::mem::take(&mut self.rows)
    }
}

/// Everything that came, as it is sent on. A value of such a length is a text or a sound of its own, and no fact; and
/// of a row nobody could read, the beginning is kept.
fn rest_of(rest: Map<String, Value>) -> Box<RawValue> {
    let mut bytes = 0;
    let mut kept = Map::new();
    for (name, value) in rest {
        let length = name.len() + length_of(&value);
        if length <= MOST_VALUE && bytes + length <= MOST_REST {
            bytes += length;
            kept.insert(name, value);
        }
    }
    to_raw_value(&kept).expect("its maps have texts as keys, so it is JSON")
}

fn length_of(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        other => other.to_string().len(),
    }
}

/// What a source is, by what its profile reads.
fn form_of(reads: Reads) -> qinting_desk::SourceForm {
    match reads {
        Reads::Json => qinting_desk::SourceForm::Json,
        Reads::Xml => qinting_desk::SourceForm::Xml,
        Reads::Table | Reads::FileName => qinting_desk::SourceForm::Table,
    }
}
