//! Which profile a source is one of.

use crate::name::last_part;
use crate::profile::fault::{path, pattern};
use crate::profile::{Profile, ProfileFault, Reads};
use crate::tree::{Node, Path, Written};
use qinting_table::value::{cell_text, heading};
use regex::Regex;
use std::cmp::Reverse;

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

/// Profiles made ready to be compared with many sources.
pub struct Recogniser {
    asked: Vec<Asked>,
}

/// What one profile asks for.
struct Asked {
    reads: Reads,
    file_name: Option<Regex>,
    /// Columns: as they are written, and folded.
    columns: Vec<(String, String)>,
    paths: Vec<Path>,
    widths: Vec<usize>,
    says: Vec<(Place, Regex)>,
}

/// Where something is said.
enum Place {
    /// A column, from 0.
    Number(usize),
    Column(String, String),
    Path(Path),
}

impl Asked {
    fn of(profile: &Profile) -> Result<Self, ProfileFault> {
        let asked = &profile.recognised;
        let is_tree = matches!(profile.reads, Reads::Json | Reads::Xml);
        let regex = |of: &str, written: &Option<String>| {
            written
                .as_deref()
                .map(|written| pattern(of, written))
                .transpose()
        };
        let place = |name: &str| -> Result<Place, ProfileFault> {
            if is_tree {
                return path("recognised", name).map(Place::Path);
            }
            let number = name
                .strip_prefix('#')
                .and_then(|number| number.parse::<usize>().ok());
            Ok(match number.and_then(|number| number.checked_sub(1)) {
                Some(at) => Place::Number(at),
                None => Place::Column(name.to_owned(), heading(name).name),
            })
        };
        let says = asked
            .says
            .iter()
            .map(|(name, written)| Ok((place(name)?, pattern(name, written)?)));
        let mut paths = Vec::new();
        let mut columns = Vec::new();
        for name in &asked.has {
            if is_tree {
                paths.push(path("recognised", name)?);
            } else {
                columns.push((name.clone(), heading(name).name));
            }
        }
        Ok(Self {
            reads: profile.reads,
            file_name: regex("recognised.file_name", &asked.file_name)?,
            columns,
            paths,
            widths: asked.columns.clone(),
            says: says.collect::<Result<_, _>>()?,
        })
    }

    fn is_called(&self, file_name: &str) -> bool {
        self.file_name
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(last_part(file_name)))
    }

    fn asks(&self) -> usize {
        let has = self.columns.len() + self.paths.len();
        has + self.says.len() + usize::from(self.file_name.is_some())
    }

    fn says_in(&self, said: impl Fn(&Place) -> Option<String>) -> bool {
        let fits = |(place, pattern): &(Place, Regex)| {
            said(place).is_some_and(|said| pattern.is_match(cell_text(&said)))
        };
        self.says.iter().all(fits)
    }

    /// Whether a table fits, and whether what was taken for its heading is a record.
    fn fits_table(
        &self,
        columns: &[String],
        headings: &[String],
        rows: &[Vec<String>],
    ) -> Option<bool> {
        let find = |exact: &str, folded: &str| {
            let written = columns.iter().position(|column| cell_text(column) == exact);
            written.or_else(|| headings.iter().position(|heading| heading == folded))
        };
        let said_in = |row: &[String]| {
            self.says_in(|place| {
                let at = match place {
                    Place::Number(at) => *at,
                    Place::Column(exact, folded) => find(exact, folded)?,
                    Place::Path(_) => return None,
                };
                row.get(at).cloned()
            })
        };
        if !self.columns.is_empty() {
            let has = self
                .columns
                .iter()
                .all(|(exact, folded)| find(exact, folded).is_some());
            let says = self.says.is_empty() || rows.first().is_some_and(|row| said_in(row));
            return (has && says).then_some(false);
        }
        let by_place = |row: &[String]| {
            let is_wide = self.widths.is_empty() || self.widths.contains(&row.len());
            is_wide && !self.says.is_empty() && said_in(row)
        };
        if by_place(columns) {
            return Some(true);
        }
        // With or without a heading above it.
        rows.first()
            .is_some_and(|row| by_place(row))
            .then_some(false)
    }

    fn fits_tree(&self, root: &Node) -> bool {
        let is_asking = !(self.paths.is_empty() && self.says.is_empty());
        let said = |place: &Place| match place {
            Place::Path(path) => Some(path.first(root)?.cell()?.into_owned()),
            Place::Number(_) | Place::Column(..) => None,
        };
        is_asking && self.paths.iter().all(|path| path.is_in(root)) && self.says_in(said)
    }
}

impl Recogniser {
    /// For these profiles, a person's own before those that ship: of two that ask alike the earlier one is taken.
    ///
    /// # Errors
    /// [`ProfileFault`] for a profile that was made and not parsed.
    pub fn of(profiles: &[Profile]) -> Result<Self, ProfileFault> {
        let asked = profiles.iter().map(Asked::of).collect::<Result<_, _>>()?;
        Ok(Self { asked })
    }

    /// Profiles of tables that fit, the likeliest first. `columns` is what was taken for the heading (empty, or
    /// names of places, where none was found), `rows` the first rows, `file_name` that of the table.
    pub fn table(&self, columns: &[String], rows: &[Vec<String>], file_name: &str) -> Vec<Match> {
        let headings: Vec<String> = columns.iter().map(|name| heading(name).name).collect();
        self.matches(Reads::Table, file_name, |asked| {
            asked.fits_table(columns, &headings, rows)
        })
    }

    /// Profiles of side-cars that fit, the likeliest first.
    pub fn tree(&self, written: Written, root: &Node, file_name: &str) -> Vec<Match> {
        let reads = match written {
            Written::Json => Reads::Json,
            Written::Xml => Reads::Xml,
        };
        self.matches(reads, file_name, |asked| {
            asked.fits_tree(root).then_some(false)
        })
    }

    fn matches(
        &self,
        reads: Reads,
        file_name: &str,
        fits: impl Fn(&Asked) -> Option<bool>,
    ) -> Vec<Match> {
        let mut found: Vec<Match> = self
            .asked
            .iter()
            .enumerate()
            .filter(|(_, asked)| asked.reads == reads && asked.is_called(file_name))
            .filter_map(|(profile, asked)| {
                Some(Match {
                    profile,
                    heading_is_record: fits(asked)?,
                    asks: asked.asks(),
                })
            })
            .collect();
        found.sort_by_key(|found| Reverse(found.asks));
        found
    }
}
