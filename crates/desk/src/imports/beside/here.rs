//! Calls that are here already: what tables and side-cars that come later tell of them.

use super::ANOTHER_TIME_MS;
use super::gather::{Row, Told, masked, masked_doubts};
use super::ports::FactWays;
use super::shapes::{HereFacts, PlannedFacts};
use crate::desk::AtDesk;
use crate::imports::batches::Looked;
use crate::imports::plan::stem;
use qinting_app::{AppResult, Cancel, FactsOf};
use qinting_domain::*;
use std::collections::HashMap;
use std::path::Path;

/// Calls that are here and of which something is told, that are handed on one by one; all are counted.
const MOST_SHOWN: usize = 200;

/// The calls of the library.
#[derive(Default)]
pub(super) struct Here {
    calls: Vec<(Case, Contact, Recording)>,
    /// What they are recognised by, in their order.
    pub(super) keys: Vec<CallKeys>,
}

/// What is told of them.
#[derive(Default)]
pub(super) struct HereTold {
    /// The first of them, as they are shown.
    pub(super) shown: Vec<HereFacts>,
    /// How many there are.
    pub(super) count: usize,
    /// What is told, whole.
    pub(super) later: Vec<FactsOf>,
}

impl HereTold {
    /// Of planned calls whose bytes are here already something may be told, too.
    pub(super) fn add_known(&mut self, plan: &[PlannedFacts], looked: &Looked) {
        for call in plan.iter().filter(|call| !call.from.is_empty()) {
            let facts = looked.facts_of(call.files.iter().map(|file| file.at));
            let Some((already, facts)) = call.already.filter(|a| !a.in_bin).zip(facts) else {
                continue;
            };
            self.add(already.contact_id, (*facts).clone(), || HereFacts {
                case_id: already.case_id,
                title: call.title.clone(),
                known: call.known.clone(),
                from: call.from.clone(),
                contradictions: call.contradictions.clone(),
                lengths_apart: call.lengths_apart,
            });
        }
    }

    fn add(
        &mut self,
        contact_id: ContactId,
        facts: ContactFacts,
        shown: impl FnOnce() -> HereFacts,
    ) {
        self.count += 1;
        if self.shown.len() < MOST_SHOWN {
            self.shown.push(shown());
        }
        self.later.push(FactsOf { contact_id, facts });
    }
}

impl Here {
    /// All of them. Where nobody said when one began, its name may tell, as it does of one that comes in.
    pub(super) fn of(at_desk: &AtDesk, ways: &FactWays, cancel: &Cancel) -> AppResult<Self> {
        let calls = at_desk.read(|seen| seen.recordings_brought_in())?;
        let names: Vec<String> = calls.iter().map(|(_, _, r)| name_of(r)).collect();
        let by_name = at_desk.desk.machine.facts.names(&names, ways, cancel)?;
        let told = names.into_iter().zip(&by_name.facts);
        let keys = calls.iter().zip(told);
        let keys = keys.map(|((_, contact, recording), (name, by_name))| {
            keys_of(contact, recording, name, by_name)
        });
        Ok(Self {
            keys: keys.collect(),
            calls,
        })
    }

    /// What the rows of calls say together; `rows` has them by the places of [`Here::keys`].
    pub(super) fn told(&self, mut rows: HashMap<usize, Vec<Row>>, counts: WhichCounts) -> HereTold {
        let mut all = HereTold::default();
        for (at, (case, contact, recording)) in self.calls.iter().enumerate() {
            let Some(rows) = rows.remove(&at).filter(|rows| !rows.is_empty()) else {
                continue;
            };
            let origin = rows[0].facts.origin.clone();
            let Told {
                known,
                rest,
                from,
                contradictions,
            } = Told::of(rows, counts);
            let facts = ContactFacts {
                known,
                rest,
                ..ContactFacts::of(origin)
            };
            let (shown, apart) = (
                masked(&facts.known),
                lengths_apart(&facts.known, recording.duration_ms),
            );
            all.add(contact.id, facts, || HereFacts {
                case_id: case.id,
                title: case.title.clone(),
                known: shown,
                from,
                contradictions: masked_doubts(&contradictions),
                lengths_apart: apart,
            });
        }
        all
    }
}

/// Calls that are here, by what they are recognised by.
pub(super) struct KnownHere<'a> {
    keys: &'a [CallKeys],
    known: KnownCalls<'a>,
}

impl<'a> KnownHere<'a> {
    /// These.
    pub(super) fn of(keys: &'a [CallKeys]) -> Self {
        Self {
            keys,
            known: KnownCalls::of(keys),
        }
    }

    /// The call facts are about. Recorders count from one every month: a name alone is not enough where both say when
    /// the call began, and that is days apart.
    pub(super) fn about(&self, facts: &ContactFacts) -> FactsAbout {
        let about = self.known.about(facts);
        match about {
            FactsAbout::Call {
                call,
                by: JoinedBy::Name,
            } if self.is_other_time(call, facts) => FactsAbout::NoCall,
            about => about,
        }
    }

    fn is_other_time(&self, call: usize, facts: &ContactFacts) -> bool {
        let told = (facts.at(FactKey::BeganAt)).or(facts.at(FactKey::AnsweredAt));
        let began = self.keys[call].began_at;
        (told.zip(began))
            .is_some_and(|(a, b)| a.saturating_sub(b).saturating_abs() > ANOTHER_TIME_MS)
    }
}

/// The name a recording came in by: of two files, what theirs have in common.
fn name_of(recording: &Recording) -> String {
    let mut stems = recording
        .sources
        .iter()
        .map(|source| stem(Path::new(&source.name)));
    let first = stems.next().unwrap_or_default();
    let common = stems.fold(first, |common, other| {
        let same = common.chars().zip(other.chars());
        same.take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
    });
    common.trim_end_matches(['_', '-', '.', ' ']).to_owned()
}

fn keys_of(
    contact: &Contact,
    recording: &Recording,
    name: String,
    by_name: &ContactFacts,
) -> CallKeys {
    let said = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let by_its_name = by_name.text(FactKey::Number).and_then(PhoneNumber::read);
    let number = PhoneNumber::read(&contact.number).or(by_its_name);
    let number = number.or_else(|| phone_in_name(&name));
    let mut names: Vec<String> = recording.sources.iter().map(|s| s.name.clone()).collect();
    if names.len() > 1 {
        names.push(name);
    }
    CallKeys {
        names,
        id: said(&contact.external_id).or_else(|| by_name.text(FactKey::CallId).and_then(said)),
        number,
        began_at: contact.began_at.or(by_name.at(FactKey::BeganAt)),
    }
}
