//! Which profile a source is one of.

use crate::profile::fault::{path, pattern};
use crate::profile::{Profile, Reads};
use crate::tree::{Node, Written};
use qinting_table::value::{cell_text, heading};
use regex::Regex;

/// A profile that fits, of those that were asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match {
    /// Its place among them.
    pub profile: usize,
    /// How much it asks for; the one that asks most is the likeliest.
    pub asks: usize,
    /// The row that was taken for the heading is a record: the table has none.
    pub heading_is_record: bool,
}

/// Profiles of tables that fit, the likeliest first. `columns` is what was taken for the heading (empty where
/// none was found), `rows` the first rows, `file_name` that of the table.
pub fn recognise_table(
    profiles: &[Profile],
    columns: &[String],
    rows: &[Vec<String>],
    file_name: &str,
) -> Vec<Match> {
    let headings: Vec<String> = columns.iter().map(|name| heading(name).name).collect();
    let fits = |profile: &Profile| -> Option<bool> {
        let asked = &profile.recognised;
        let has = |name: &String| {
            let wanted = heading(name).name;
            columns.iter().any(|column| cell_text(column) == name) || headings.contains(&wanted)
        };
        if !asked.has.is_empty() {
            // With a heading, what stands in cells is in the first row.
            let says = says(asked.says.iter(), |name| {
                let at = place(name, columns, &headings)?;
                Some(rows.first()?.get(at)?.clone())
            });
            return (asked.has.iter().all(has) && says).then_some(false);
        }
        let by_place = |row: &[String]| {
            let is_wide = asked.columns.is_empty() || asked.columns.contains(&row.len());
            let said = says(asked.says.iter(), |name| {
                let at: usize = name.strip_prefix('#')?.parse().ok()?;
                row.get(at.checked_sub(1)?).cloned()
            });
            is_wide && said && !asked.says.is_empty()
        };
        if by_place(columns) {
            return Some(true);
        }
        let is_without_heading =
            columns.is_empty() && rows.first().is_some_and(|row| by_place(row));
        is_without_heading.then_some(false)
    };
    matches(profiles, &[Reads::Table], file_name, fits)
}

/// Profiles of side-cars that fit, the likeliest first.
pub fn recognise_tree(
    profiles: &[Profile],
    written: Written,
    root: &Node,
    file_name: &str,
) -> Vec<Match> {
    let reads = match written {
        Written::Json => Reads::Json,
        Written::Xml => Reads::Xml,
    };
    let fits = |profile: &Profile| -> Option<bool> {
        let asked = &profile.recognised;
        let is_there = |name: &String| path("recognised", name).is_ok_and(|path| path.is_in(root));
        let said = says(asked.says.iter(), |name| {
            let path = path("recognised", name).ok()?;
            Some(path.first(root)?.cell()?.into_owned())
        });
        let is_asking = !(asked.has.is_empty() && asked.says.is_empty());
        (is_asking && asked.has.iter().all(is_there) && said).then_some(false)
    };
    matches(profiles, &[reads], file_name, fits)
}

/// Profiles of file names whose pattern fits a name, the longest pattern first.
pub fn recognise_name(profiles: &[Profile], file_name: &str) -> Vec<Match> {
    let fits = |profile: &Profile| -> Option<bool> {
        let written = profile.pattern.as_deref()?;
        let pattern = pattern("pattern", written).ok()?;
        pattern
            .is_match(crate::name::last_part(file_name))
            .then_some(false)
    };
    let mut found = matches(profiles, &[Reads::FileName], file_name, fits);
    let length = |found: &Match| {
        profiles[found.profile]
            .pattern
            .as_deref()
            .map_or(0, str::len)
    };
    found.sort_by_key(|found| std::cmp::Reverse(length(found)));
    found
}

fn matches(
    profiles: &[Profile],
    reads: &[Reads],
    file_name: &str,
    fits: impl Fn(&Profile) -> Option<bool>,
) -> Vec<Match> {
    let mut found: Vec<Match> = profiles
        .iter()
        .enumerate()
        .filter(|(_, profile)| reads.contains(&profile.reads))
        .filter(|(_, profile)| {
            let asked = profile.recognised.file_name.as_deref();
            asked.is_none_or(|written| {
                pattern("recognised.file_name", written).is_ok_and(|name| name.is_match(file_name))
            })
        })
        .filter_map(|(at, profile)| {
            let heading_is_record = fits(profile)?;
            let asked = &profile.recognised;
            Some(Match {
                profile: at,
                asks: asked.has.len() + asked.says.len() + usize::from(asked.file_name.is_some()),
                heading_is_record,
            })
        })
        .collect();
    found.sort_by_key(|found| std::cmp::Reverse(found.asks));
    found
}

/// Whether each name says what its pattern asks.
fn says<'a>(
    asked: impl Iterator<Item = (&'a String, &'a String)>,
    said: impl Fn(&str) -> Option<String>,
) -> bool {
    let fits = |(name, written): (&String, &String)| {
        let pattern: Option<Regex> = pattern(name, written).ok();
        pattern.is_some_and(|pattern| {
            said(name).is_some_and(|said| pattern.is_match(cell_text(&said)))
        })
    };
    asked.map(fits).all(|fits| fits)
}

fn place(name: &str, columns: &[String], headings: &[String]) -> Option<usize> {
    if let Some(number) = name.strip_prefix('#') {
        return number.parse::<usize>().ok()?.checked_sub(1);
    }
    let wanted = heading(name).name;
    let exact = columns.iter().position(|column| cell_text(column) == name);
    exact.or_else(|| headings.iter().position(|found| *found == wanted))
}
