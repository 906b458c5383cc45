//! Facts given to calls, row by row as they come: of those without a call only the first are kept.

use super::here::KnownHere;
use super::ports::FactsRow;
use super::shapes::LooseFacts;
use qinting_domain::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::{BTreeMap, HashMap};

/// Facts without a call, and such as fit several, that are handed on one by one; all are counted.
const MOST_LOOSE: usize = 50;

/// Where a row went.
#[derive(Clone, Copy)]
enum Went {
    To { call: usize, by: JoinedBy },
    Here { call: usize, by: JoinedBy },
    Undecided,
    Nowhere,
}

/// A row about a call.
pub(super) struct Row {
    /// What it tells, without what came beside it.
    pub(super) facts: ContactFacts,
    /// How it is known to be about the call.
    pub(super) by: JoinedBy,
    /// Everything that came, as text: of 20,000 calls that is a tenth of what it takes once it is taken apart.
    rest: Box<RawValue>,
}

/// What was gathered so far.
pub(super) struct Gathered<'k> {
    known: &'k KnownCalls<'k>,
    here: &'k KnownHere<'k>,
    /// Of each planned call: its rows.
    pub(super) of_calls: HashMap<usize, Vec<Row>>,
    /// Of each call that is here already: its rows, where no planned call is meant.
    pub(super) of_here: HashMap<usize, Vec<Row>>,
    pub(super) without_call: Vec<LooseFacts>,
    pub(super) without_call_count: usize,
    pub(super) undecided: Vec<LooseFacts>,
    pub(super) undecided_count: usize,
    source: Source,
}

/// The source that is read now.
#[derive(Default)]
struct Source {
    /// Which.
    number: u32,
    /// Rows of it that are about calls, and how that is known.
    joined: BTreeMap<JoinedBy, usize>,
    /// Rows of it without a call, and those that fit several.
    without_call: usize,
    undecided: usize,
    /// Where rows went that a later state may take the place of: only what says when it was changed can be older.
    went: HashMap<FactOrigin, Went>,
}

impl<'k> Gathered<'k> {
    pub(super) fn of(known: &'k KnownCalls<'k>, here: &'k KnownHere<'k>) -> Self {
        Self {
            known,
            here,
            of_calls: HashMap::new(),
            of_here: HashMap::new(),
            without_call: Vec::new(),
            without_call_count: 0,
            undecided: Vec::new(),
            undecided_count: 0,
            source: Source::default(),
        }
    }

    /// Another source begins.
    pub(super) fn begin(&mut self, number: u32) {
        self.source = Source {
            number,
            ..Source::default()
        };
    }

    /// What breaks off is no source that was read: what came of it goes.
    pub(super) fn drop_source(&mut self) {
        let source = std::mem::take(&mut self.source);
        let is_others = |origin: &FactOrigin| origin.source != source.number;
        for rows in self.of_calls.values_mut().chain(self.of_here.values_mut()) {
            rows.retain(|row| is_others(&row.facts.origin));
        }
        self.without_call.retain(|one| is_others(&one.origin));
        self.undecided.retain(|one| is_others(&one.origin));
        self.without_call_count -= source.without_call;
        self.undecided_count -= source.undecided;
    }

    /// A row, in the place of an earlier state of the same.
    pub(super) fn put(&mut self, row: FactsRow) {
        let FactsRow {
            facts,
            rest,
            instead_of,
        } = row;
        if let Some(earlier) = &instead_of {
            self.take_back(earlier);
        }
        let may_be_older = facts.as_of.is_some();
        let origin = facts.origin.clone();
        let went = match self.known.about(&facts) {
            FactsAbout::Call { call, by } => {
                *self.source.joined.entry(by).or_default() += 1;
                let row = Row { facts, by, rest };
                self.of_calls.entry(call).or_default().push(row);
                Went::To { call, by }
            }
            FactsAbout::AnyOf(fits) => self.leave_undecided(facts, fits),
            FactsAbout::NoCall => self.put_here(facts, rest),
        };
        if may_be_older {
            self.source.went.insert(origin, went);
        }
    }

    /// A row about none of the planned calls: it may be about one that is here already.
    fn put_here(&mut self, facts: ContactFacts, rest: Box<RawValue>) -> Went {
        match self.here.about(&facts) {
            FactsAbout::Call { call, by } => {
                *self.source.joined.entry(by).or_default() += 1;
                let row = Row { facts, by, rest };
                self.of_here.entry(call).or_default().push(row);
                Went::Here { call, by }
            }
            FactsAbout::AnyOf(_) => self.leave_undecided(facts, Vec::new()),
            FactsAbout::NoCall => {
                self.without_call_count += 1;
                self.source.without_call += 1;
                keep(&mut self.without_call, facts, Vec::new());
                Went::Nowhere
            }
        }
    }

    fn leave_undecided(&mut self, facts: ContactFacts, fits: Vec<usize>) -> Went {
        self.undecided_count += 1;
        self.source.undecided += 1;
        keep(&mut self.undecided, facts, fits);
        Went::Undecided
    }

    /// How many rows of the source that was read are about calls, and how that is known.
    pub(super) fn joined(&mut self) -> BTreeMap<JoinedBy, usize> {
        let mut joined = std::mem::take(&mut self.source.joined);
        joined.retain(|_, count| *count > 0);
        joined
    }

    fn take_back(&mut self, origin: &FactOrigin) {
        let went = self.source.went.remove(origin);
        let loose = match went {
            Some(Went::To { call, by } | Went::Here { call, by }) => {
                let calls = match went {
                    Some(Went::Here { .. }) => &mut self.of_here,
                    _ => &mut self.of_calls,
                };
                let rows = calls.entry(call).or_default();
                rows.retain(|row| row.facts.origin != *origin);
                if let Some(count) = self.source.joined.get_mut(&by) {
                    *count -= 1;
                }
                return;
            }
            Some(Went::Undecided) => {
                self.undecided_count -= 1;
                self.source.undecided -= 1;
                &mut self.undecided
            }
            Some(Went::Nowhere) => {
                self.without_call_count -= 1;
                self.source.without_call -= 1;
                &mut self.without_call
            }
            None => return,
        };
        loose.retain(|one| one.origin != *origin);
    }
}

fn keep(loose: &mut Vec<LooseFacts>, facts: ContactFacts, fits: Vec<usize>) {
    if loose.len() < MOST_LOOSE {
        loose.push(LooseFacts {
            known: masked(&facts.known),
            origin: facts.origin,
            fits,
        });
    }
}

/// What the rows of a call say together.
pub(super) struct Told {
    /// What is known, whole.
    pub(super) known: BTreeMap<FactKey, FactValue>,
    /// Everything that came, as it came.
    pub(super) rest: Map<String, Value>,
    /// Where it stood.
    pub(super) from: Vec<(FactOrigin, JoinedBy)>,
    /// In what the rows contradict each other, whole.
    pub(super) contradictions: Vec<Contradiction>,
}

impl Told {
    /// Of what several rows say of the same, what counts.
    pub(super) fn of(rows: Vec<Row>, counts: WhichCounts) -> Self {
        let from = rows.iter().map(|row| (row.facts.origin.clone(), row.by));
        let from = from.collect();
        let rest = merged_rest(&rows, counts);
        let rows: Vec<ContactFacts> = rows.into_iter().map(|row| row.facts).collect();
        let (known, contradictions) = merged_facts(&rows, counts);
        Self {
            known,
            rest,
            from,
            contradictions,
        }
    }
}

fn merged_rest(rows: &[Row], counts: WhichCounts) -> Map<String, Value> {
    let mut all = Map::new();
    for row in rows {
        // What a worker sends is looked at before it is handed on: an object.
        let rest: Map<_, _> = serde_json::from_str(row.rest.get()).unwrap_or_default();
        for (name, value) in rest {
            if counts == WhichCounts::Last || !all.contains_key(&name) {
                all.insert(name, value);
            }
        }
    }
    all
}

/// As it is shown: of names and numbers the beginning. The name of the recording is told by the call.
pub(super) fn masked(known: &BTreeMap<FactKey, FactValue>) -> BTreeMap<FactKey, FactValue> {
    let told = known.iter().filter(|(key, _)| **key != FactKey::FileName);
    told.map(|(key, value)| (*key, masked_value(*key, value)))
        .collect()
}

/// Contradictions as they are shown.
pub(super) fn masked_doubts(all: &[Contradiction]) -> Vec<Contradiction> {
    let all = all.iter().map(|Contradiction { key, said }| {
        let said = said.iter();
        let said = said.map(|(value, origin)| (masked_value(*key, value), origin.clone()));
        Contradiction {
            key: *key,
            said: said.collect(),
        }
    });
    all.collect()
}

/// One value as it is shown.
pub(super) fn masked_value(key: FactKey, value: &FactValue) -> FactValue {
    match value {
        FactValue::Text(text) => FactValue::Text(shown_text(key, text)),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(line: u64, name: &str, agent: &str) -> FactsRow {
        let known = [
            (FactKey::FileName, FactValue::Text(name.into())),
            (FactKey::Agent, FactValue::Text(agent.into())),
        ];
        let facts = ContactFacts {
            known: known.into(),
            as_of: Some(line as i64),
            ..ContactFacts::of(at(line))
        };
        let rest = serde_json::json!({ "坐席": agent, "行": line });
        FactsRow {
            facts,
            rest: serde_json::value::to_raw_value(&rest).unwrap(),
            instead_of: None,
        }
    }

    fn later(row: FactsRow, than: u64) -> FactsRow {
        FactsRow {
            instead_of: Some(at(than)),
            ..row
        }
    }

    fn at(line: u64) -> FactOrigin {
        FactOrigin {
            source: 0,
            place: FactPlace::Line { line },
        }
    }

    fn calls() -> Vec<CallKeys> {
        vec![CallKeys {
            names: vec!["/r/a.wav".into()],
            ..CallKeys::default()
        }]
    }

    #[test]
    fn a_later_state_of_a_row_takes_its_place_wherever_that_went() {
        let calls = calls();
        let known = KnownCalls::of(&calls);
        let here = KnownHere::of(&[]);
        let mut gathered = Gathered::of(&known, &here);
        gathered.put(row(1, "a.wav", "林小满"));
        gathered.put(later(row(2, "a.wav", "王小明"), 1));
        gathered.put(row(3, "b.wav", "王小明"));
        gathered.put(later(row(4, "a.wav", "陈立"), 3));
        let rows = &gathered.of_calls[&0];
        let lines: Vec<&FactPlace> = rows.iter().map(|row| &row.facts.origin.place).collect();
        assert_eq!(
            lines,
            [&FactPlace::Line { line: 2 }, &FactPlace::Line { line: 4 }]
        );
        assert_eq!(
            (gathered.without_call_count, gathered.without_call.len()),
            (0, 0)
        );
        assert_eq!(gathered.joined(), [(JoinedBy::Name, 2)].into());
    }

    #[test]
    fn of_what_two_rows_say_of_a_column_the_one_that_counts_is_kept_whole() {
        let calls = calls();
        let known = KnownCalls::of(&calls);
        let here = KnownHere::of(&[]);
        let mut gathered = Gathered::of(&known, &here);
        gathered.put(row(1, "a.wav", "林小满"));
        gathered.put(row(2, "a.wav", "王小明"));
        let rows = &gathered.of_calls[&0];
        for (counts, agent) in [
            (WhichCounts::First, "林小满"),
            (WhichCounts::Last, "王小明"),
        ] {
            assert_eq!(merged_rest(rows, counts)["坐席"], agent);
        }
    }

    #[test]
    fn what_broke_off_leaves_nothing() {
        let calls = calls();
        let known = KnownCalls::of(&calls);
        let here = KnownHere::of(&[]);
        let mut gathered = Gathered::of(&known, &here);
        gathered.put(row(1, "a.wav", "林小满"));
        gathered.begin(1);
        for (line, name) in [(1, "a.wav"), (2, "b.wav")] {
            let mut other = row(line, name, "王小明");
            other.facts.origin.source = 1;
            gathered.put(other);
        }
        gathered.drop_source();
        assert_eq!(
            (gathered.of_calls[&0].len(), gathered.without_call_count),
            (1, 0)
        );
    }

    #[test]
    fn of_facts_without_a_call_the_first_are_kept_and_all_are_counted() {
        let calls = calls();
        let known = KnownCalls::of(&calls);
        let here = KnownHere::of(&[]);
        let mut gathered = Gathered::of(&known, &here);
        (1..=200).for_each(|line| gathered.put(row(line, "b.wav", "王小明")));
        assert_eq!(
            (gathered.without_call_count, gathered.without_call.len()),
            (200, MOST_LOOSE)
        );
        let shown = &gathered.without_call[0].known;
        assert_eq!(
            *shown,
            [(FactKey::Agent, FactValue::Text("王**".into()))].into()
        );
    }
}
