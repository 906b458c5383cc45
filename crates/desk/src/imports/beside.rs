//! What comes beside recordings: which tables and side-cars tell of which calls, looked at before anything happens.

mod asked;
mod gather;
mod here;
mod ports;
mod shapes;
mod sound;

pub use ports::*;
pub use shapes::*;

use super::batches::Looked;
use super::plan::{PlannedCall, plan_items};
use crate::desk::AtDesk;
use crate::ports::FoundFiles;
use asked::Asked;
use gather::{Gathered, Row, Told, masked, masked_doubts};
use here::{Here, KnownHere};
use qinting_app::{AppResult, Cancel, codes};
use qinting_domain::*;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};

/// Calls of a table that began so long before or after these are of another time; clocks and zones are not a day
/// apart.
const ANOTHER_TIME_MS: i64 = 26 * 3_600_000;

/// How a plan is made, where a person said so.
#[derive(Clone, Debug, Default)]
pub struct BesideWays {
    /// How facts are read.
    pub facts: FactWays,
    /// What was said of single sources, by where they lie.
    pub by_source: BTreeMap<PathBuf, SourceWays>,
    /// Which of several rows about one call counts.
    pub counts: WhichCounts,
    /// How the two files of one call are called.
    pub suffix_rules: Vec<SuffixRule>,
}

impl BesideWays {
    /// As everything is read where a person said nothing.
    pub fn usual(suffix_rules: Vec<SuffixRule>) -> Self {
        let facts = FactWays {
            zone: USUAL_ZONE.to_owned(),
            ..FactWays::default()
        };
        Self {
            facts,
            suffix_rules,
            ..Self::default()
        }
    }
}

/// How one source is read, where a person said so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceWays {
    /// The profile it is read by.
    pub profile: Option<ProfileNamed>,
    /// How it is read as a table. What is left out is as for all of them.
    pub table: TableWays,
}

/// What names tell, by which ways.
struct NamesRead<'w> {
    ways: Asked<'w>,
    by_name: NamesTold,
    /// Remembered profiles that were passed over.
    unreadable: Vec<String>,
}

impl AtDesk {
    /// What recordings, tables and side-cars among files and folders belong together, and what an import of all of it
    /// brings in. Nothing has happened.
    pub fn calls_with_facts(
        &self,
        named: &[PathBuf],
        ways: &BesideWays,
    ) -> AppResult<(FactsPlan, Incoming)> {
        let (plan, looked) = self.look_at(named, ways)?;
        let of = |call: &PlannedFacts| {
            let paths = call.files.iter().map(|file| file.path.clone()).collect();
            looked.call_of(paths, &call.title, call.files.iter().map(|file| file.at))
        };
        let incoming = Incoming {
            calls: plan.calls.iter().map(of).collect(),
            later: looked.later,
            basis: ImportBasis::default(),
        };
        Ok((plan, incoming))
    }

    /// The plan, and what an import of it needs beside what is shown.
    pub(super) fn look_at(
        &self,
        named: &[PathBuf],
        ways: &BesideWays,
    ) -> AppResult<(FactsPlan, Looked)> {
        self.read(|seen| seen.may(Action::CaseImport, None))?;
        let cancel = Cancel::of_this_call().unwrap_or_default();
        let mut found = self.desk.walk(named)?;
        let tells: HashSet<PathBuf> = found.beside.iter().map(|(path, _)| path.clone()).collect();
        found.files.retain(|(path, _)| !tells.contains(path));

        let calls = plan_items(&found.files, &ways.suffix_rules);
        let names: Vec<String> = calls.iter().map(|call| call.name.clone()).collect();
        let NamesRead {
            ways,
            by_name,
            unreadable,
        } = self.read_names(&names, ways, &cancel)?;
        let keys: Vec<CallKeys> = calls
            .iter()
            .zip(&by_name.facts)
            .map(|(call, facts)| keys_of(call, facts, &found))
            .collect();
        let known = KnownCalls::of(&keys);
        let here = match found.beside.is_empty() {
            true => Here::default(),
            false => Here::of(self, &ways.facts, &cancel)?,
        };
        let known_here = KnownHere::of(&here.keys);
        let mut gathered = Gathered::of(&known, &known_here);
        let may_pass = |path: &PathBuf| is_prose(path) && !named.contains(path);
        let mut sources = self.read_beside(&found, &ways, &mut gathered, &may_pass, &cancel)?;
        tell_another_time(&mut sources, &keys);

        let of_here = std::mem::take(&mut gathered.of_here);
        let mut looked = Looked::of(&found.files, &sources);
        let mut plan = Vec::with_capacity(calls.len());
        for (at, (call, by_name)) in calls.into_iter().zip(&by_name.facts).enumerate() {
            let rows = gathered.of_calls.remove(&at).unwrap_or_default();
            let (mut shown, whole) = planned(call, by_name, rows, &found, ways.counts);
            let doubts = shown.contradictions;
            shown.contradictions = masked_doubts(&doubts);
            looked.tell(shown.files.iter().map(|file| file.at), whole);
            looked.doubt(shown.files.iter().map(|file| file.at), doubts);
            plan.push(shown);
        }
        self.look_at_sound(&mut plan, &found.files, &cancel)?;
        let mut told_here = here.told(of_here, ways.counts);
        told_here.add_known(&plan, &looked);
        looked.later = told_here.later;
        let (ignored, ignored_count) = left_over(&mut found, &sources);
        let plan = FactsPlan {
            calls: plan,
            here: told_here.shown,
            here_count: told_here.count,
            profiles_unused: unused(&by_name, ways.named, &sources),
            shipped: by_name.shipped,
            profiles_unreadable: unreadable,
            sources,
            without_call: gathered.without_call,
            without_call_count: gathered.without_call_count,
            undecided: gathered.undecided,
            undecided_count: gathered.undecided_count,
            ignored_count,
            ignored,
            unopened: found.unopened,
        };
        Ok((plan, looked))
    }

    /// What names of recordings tell. Profiles that are remembered were checked, by this version or by another one:
    /// what cannot be followed any more is passed over and told.
    fn read_names<'w>(
        &self,
        names: &[String],
        ways: &'w BesideWays,
        cancel: &Cancel,
    ) -> AppResult<NamesRead<'w>> {
        let reader = &self.desk.machine.facts;
        let mut remembered = self.get_settings(())?.workspace.import_profiles;
        let mut unreadable = Vec::new();
        let mut asked = Asked::of(ways, remembered.clone());
        let mut told = reader.names(names, &asked.facts, cancel);
        if told
            .as_ref()
            .is_err_and(|e| e.code().starts_with("profile."))
        {
            for one in std::mem::take(&mut remembered) {
                match self.check_profiles(std::slice::from_ref(&one), &[]) {
                    Ok(()) => remembered.push(one),
                    Err(e) if is_of_profile(e.code()) => unreadable.push(one.name),
                    Err(e) => return Err(e),
                }
            }
            asked = Asked::of(ways, remembered);
            told = reader.names(names, &asked.facts, cancel);
        }
        Ok(NamesRead {
            ways: asked,
            by_name: told?,
            unreadable,
        })
    }

    /// What the tables and side-cars say. Of one that cannot be read it is told why; the others are read.
    fn read_beside(
        &self,
        found: &FoundFiles,
        ways: &Asked<'_>,
        gathered: &mut Gathered<'_>,
        may_pass: &dyn Fn(&PathBuf) -> bool,
        cancel: &Cancel,
    ) -> AppResult<Vec<PlannedSource>> {
        let mut sources = Vec::new();
        for (path, bytes) in &found.beside {
            let source = u32::try_from(sources.len()).unwrap_or(u32::MAX);
            let request = ways.of_source(source, path);
            gathered.begin(source);
            let mut take = |row: FactsRow| gathered.put(row);
            let reader = &self.desk.machine.facts;
            let (told, error) = match reader.read(&request, &mut take, cancel) {
                Ok(mut told) => {
                    ways.tell_remembered(&request, &mut told.profile);
                    (Some(told), None)
                }
                // Of what was said of this source alone it is told where it stands.
                Err(e) if is_of_all(e.code()) && !ways.is_of_one(path, e.code()) => return Err(e),
                Err(e) => (None, Some(e.note)),
            };
            let is_passed =
                may_pass(path) && ways.is_unsaid(path) && !tells_of_calls(told.as_ref());
            if error.is_some() || is_passed {
                gathered.drop_source();
            }
            if is_passed {
                continue;
            }
            sources.push(PlannedSource {
                path: path.clone(),
                bytes: *bytes,
                told,
                error,
                joined: gathered.joined(),
                is_of_another_time: false,
            });
        }
        Ok(sources)
    }
}

/// A text that may be a table, and more often is a word to the reader.
fn is_prose(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_ascii_lowercase());
    ending.is_some_and(|ending| ending == "txt")
}

/// Whether anything in a source was written for a program, or leads to a call.
fn tells_of_calls(told: Option<&SourceTold>) -> bool {
    told.is_some_and(|told| told.leads_to_calls || told.profile.by != ProfileBy::Suggested)
}

/// What is passed over: the first of it, and how much in all. Sources lie among it where they were found in a folder.
fn left_over(found: &mut FoundFiles, sources: &[PlannedSource]) -> (Vec<PathBuf>, u32) {
    let read: HashSet<&Path> = sources.iter().map(|one| one.path.as_path()).collect();
    let mut ignored = std::mem::take(&mut found.ignored);
    let all = ignored.len();
    ignored.retain(|path| !read.contains(path.as_path()));
    let of_sources = u32::try_from(all - ignored.len()).unwrap_or(u32::MAX);
    (ignored, found.ignored_count.saturating_sub(of_sources))
}

/// Whether what went wrong is none of one source's: the others would say the same.
fn is_of_all(code: &str) -> bool {
    code == codes::CANCELLED || code == codes::INVALID || code.starts_with("profile.")
}

/// Whether a profile is at fault, or what it calls itself.
fn is_of_profile(code: &str) -> bool {
    code == codes::INVALID || code.starts_with("profile.")
}

/// What a call is recognised by.
fn keys_of(call: &PlannedCall, by_name: &ContactFacts, found: &FoundFiles) -> CallKeys {
    let files = call.files.iter().map(|&at| &found.files[at].0);
    let mut names: Vec<String> = files.clone().map(path_text::to_text).collect();
    if let (true, Some(first)) = (call.files.len() > 1, files.clone().next()) {
        names.push(path_text::to_text(first.with_file_name(&call.name)));
    }
    let number = by_name.text(FactKey::Number).and_then(PhoneNumber::read);
    CallKeys {
        names,
        id: by_name.text(FactKey::CallId).map(str::to_owned),
        number: number.or_else(|| phone_in_name(&call.name)),
        began_at: by_name.at(FactKey::BeganAt),
    }
}

/// A call with what its rows tell, as it is shown but for its contradictions, and whole. What its name tells fills what they leave open.
fn planned(
    call: PlannedCall,
    by_name: &ContactFacts,
    rows: Vec<Row>,
    found: &FoundFiles,
    counts: WhichCounts,
) -> (PlannedFacts, ContactFacts) {
    let Told {
        mut known,
        rest,
        from,
        contradictions,
    } = Told::of(rows, counts);
    for (key, value) in &by_name.known {
        known.entry(*key).or_insert_with(|| value.clone());
    }
    let file = |at: usize| PlannedFile {
        at: u32::try_from(at).unwrap_or(u32::MAX),
        path: found.files[at].0.clone(),
        bytes: found.files[at].1,
    };
    let origin = from.first().map_or(&by_name.origin, |(origin, _)| origin);
    let whole = ContactFacts {
        rest,
        ..ContactFacts::of(origin.clone())
    };
    let shown = PlannedFacts {
        files: call.files.into_iter().map(file).collect(),
        title: call.title,
        known: masked(&known),
        from,
        contradictions,
        ..PlannedFacts::default()
    };
    (shown, ContactFacts { known, ..whole })
}

/// Marks sources that tell of none of the calls, and of another time than theirs.
fn tell_another_time(sources: &mut [PlannedSource], keys: &[CallKeys]) {
    let began = keys.iter().filter_map(|call| call.began_at);
    let (Some(first), Some(last)) = (began.clone().min(), began.max()) else {
        return;
    };
    for source in sources.iter_mut().filter(|source| source.joined.is_empty()) {
        let its = source.told.as_ref().and_then(|told| told.began);
        source.is_of_another_time = its.is_some_and(|(from, to)| {
            from.saturating_sub(last) > ANOTHER_TIME_MS
                || first.saturating_sub(to) > ANOTHER_TIME_MS
        });
    }
}

/// Of the profiles a person named, which come first, those that nothing was read by.
fn unused(names: &NamesTold, named: usize, sources: &[PlannedSource]) -> Vec<String> {
    let told = sources.iter().filter_map(|source| source.told.as_ref());
    let own = told.filter(|told| told.profile.by == ProfileBy::Person);
    let mut used: BTreeSet<String> = own.map(|told| told.profile.name.clone()).collect();
    used.extend(names.used.iter().cloned());
    let all = names.profiles.iter().take(named);
    all.filter(|name| !used.contains(*name)).cloned().collect()
}
