//! What a plan is asked with: what a person said, and what the workspace remembers.

use super::{BesideWays, FactWays, FactsRequest, ProfileBy, ProfileNamed, ProfileTold, TableWays};
use qinting_domain::{ImportProfile, WhichCounts};
use std::path::Path;

/// The ways of a plan, with what the workspace remembers.
pub(super) struct Asked<'w> {
    ways: &'w BesideWays,
    remembered: Vec<ImportProfile>,
    /// How facts are read where nothing was said of a source: a person's own profiles, then the remembered ones.
    pub(super) facts: FactWays,
    /// How many of these profiles a person named.
    pub(super) named: usize,
    pub(super) counts: WhichCounts,
}

impl<'w> Asked<'w> {
    pub(super) fn of(ways: &'w BesideWays, remembered: Vec<ImportProfile>) -> Self {
        let named = ways.facts.profiles.iter();
        let mut profiles: Vec<_> = named.map(|one| resolved(one, &remembered)).collect();
        let written = |one: &ImportProfile| ProfileNamed::Written(one.written.clone());
        for one in remembered.iter().map(written) {
            if !profiles.contains(&one) {
                profiles.push(one);
            }
        }
        Self {
            ways,
            remembered,
            facts: FactWays {
                profiles,
                ..ways.facts.clone()
            },
            named: ways.facts.profiles.len(),
            counts: ways.counts,
        }
    }

    /// How a source is to be read.
    pub(super) fn of_source(&self, source: u32, path: &Path) -> FactsRequest {
        let own = self.ways.by_source.get(path);
        let mut ways = self.facts.clone();
        if let Some(own) = own {
            ways.table = over(&own.table, ways.table);
        }
        let chosen = own.and_then(|own| own.profile.as_ref());
        FactsRequest {
            path: path.to_owned(),
            source,
            ways,
            chosen: chosen.map(|named| resolved(named, &self.remembered)),
        }
    }

    /// A source that came to a remembered profile by itself was not told by anybody to be read by it.
    pub(super) fn tell_remembered(&self, request: &FactsRequest, profile: &mut ProfileTold) {
        let is_remembered = |one: &ImportProfile| {
            let text = ProfileNamed::Written(one.written.clone());
            one.name == profile.name && !self.facts.profiles[..self.named].contains(&text)
        };
        if profile.by == ProfileBy::Person
            && request.chosen.is_none()
            && self.remembered.iter().any(is_remembered)
        {
            profile.by = ProfileBy::Remembered;
        }
    }

    /// Whether nobody said anything of this source.
    pub(super) fn is_unsaid(&self, path: &Path) -> bool {
        !self.ways.by_source.contains_key(path)
    }

    /// Whether what went wrong was said of this source and of no other.
    pub(super) fn is_of_one(&self, path: &Path, code: &str) -> bool {
        let own = self.ways.by_source.get(path);
        code.starts_with("profile.") && own.is_some_and(|own| own.profile.is_some())
    }
}

/// A name leads to what is remembered under it, if anything is.
fn resolved(named: &ProfileNamed, remembered: &[ImportProfile]) -> ProfileNamed {
    let ProfileNamed::Named(name) = named else {
        return named.clone();
    };
    let found = remembered.iter().find(|one| one.name == *name);
    found.map_or_else(
        || named.clone(),
        |one| ProfileNamed::Written(one.written.clone()),
    )
}

fn over(own: &TableWays, all: TableWays) -> TableWays {
    TableWays {
        encoding: own.encoding.clone().or(all.encoding),
        delimiter: own.delimiter.or(all.delimiter),
        header: own.header.or(all.header),
        sheet: own.sheet.clone().or(all.sheet),
    }
}

#[cfg(test)]
mod tests {
    use super::super::SourceWays;
    use super::*;

    fn remembered(name: &str) -> ImportProfile {
        ImportProfile {
            name: name.into(),
            written: format!("{{\"name\":\"{name}\"}}"),
        }
    }

    #[test]
    fn a_name_is_that_of_what_is_remembered_before_that_of_what_ships() {
        let ways = BesideWays {
            facts: FactWays {
                profiles: ["我们的", "twilio_call"]
                    .map(|name| ProfileNamed::Named(name.into()))
                    .into(),
                ..FactWays::default()
            },
            ..BesideWays::default()
        };
        let asked = Asked::of(&ways, vec![remembered("别的"), remembered("我们的")]);
        let written = |name| ProfileNamed::Written(remembered(name).written);
        let all = [
            written("我们的"),
            ProfileNamed::Named("twilio_call".into()),
            written("别的"),
        ];
        assert_eq!(
            (asked.facts.profiles.as_slice(), asked.named),
            (&all[..], 2)
        );
    }

    #[test]
    fn what_is_said_of_one_source_goes_before_what_is_said_of_all() {
        let one = Path::new("/r/a.csv");
        let table = |encoding: &str, header| TableWays {
            encoding: Some(encoding.into()),
            header,
            ..TableWays::default()
        };
        let own = SourceWays {
            profile: Some(ProfileNamed::Named("我们的".into())),
            table: table("gbk", None),
        };
        let ways = BesideWays {
            facts: FactWays {
                table: table("utf-8", Some(3)),
                ..FactWays::default()
            },
            by_source: [(one.to_owned(), own)].into(),
            ..BesideWays::default()
        };
        let asked = Asked::of(&ways, vec![remembered("我们的")]);
        let first = asked.of_source(0, one);
        assert_eq!(first.ways.table, table("gbk", Some(3)));
        let written = ProfileNamed::Written(remembered("我们的").written);
        assert_eq!(first.chosen, Some(written));
        let other = asked.of_source(1, Path::new("/r/b.csv"));
        assert_eq!(
            (other.ways.table, other.chosen),
            (table("utf-8", Some(3)), None)
        );
    }
}
