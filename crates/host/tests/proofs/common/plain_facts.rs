//! Tables without a worker: what stands in them is as simple as can be.

use super::Stage;
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::*;
use serde_json::json;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Reads lines of `name of the recording,agent,note[,when it began]`, and keeps what it was asked. A written profile is its own
/// name; `bad` in it cannot be followed.
#[derive(Default)]
pub struct PlainFacts {
    pub asked: Mutex<Vec<FactsRequest>>,
    pub of_names: Mutex<Vec<FactWays>>,
    /// A profile that cannot be followed any more.
    pub outgrown: Mutex<Option<String>>,
}

impl PlainFacts {
    /// Reads for whoever is handed the stage's machine.
    pub fn of() -> Arc<Self> {
        Arc::default()
    }
}

impl PlainFacts {
    fn name_of(&self, profile: &ProfileNamed) -> AppResult<String> {
        let (ProfileNamed::Named(name) | ProfileNamed::Written(name)) = profile;
        let is_outgrown = self.outgrown.lock().as_ref() == Some(name);
        match name.contains("bad") || is_outgrown {
            true => Err(AppError::new(codes::PROFILE_UNKNOWN).with("name", name)),
            false => Ok(name.clone()),
        }
    }
}

fn row(source: u32, line: u64, text: &str) -> FactsRow {
    let mut cells = text.split(',').map(str::to_owned);
    let mut cell = || FactValue::Text(cells.next().unwrap_or_default());
    let mut known = BTreeMap::from([(FactKey::FileName, cell()), (FactKey::Agent, cell())]);
    let FactValue::Text(note) = cell() else {
        unreachable!("a cell is a text")
    };
    if let Some(at) = cells.next() {
        known.insert(FactKey::BeganAt, FactValue::At(at.parse().unwrap()));
    }
    let place = FactPlace::Line { line };
    FactsRow {
        facts: ContactFacts {
            known,
            ..ContactFacts::of(FactOrigin { source, place })
        },
        rest: serde_json::value::to_raw_value(&json!({ "备注": note })).unwrap(),
        instead_of: None,
    }
}

impl FactReader for PlainFacts {
    fn read(
        &self,
        request: &FactsRequest,
        take: &mut dyn FnMut(FactsRow),
        _: &Cancel,
    ) -> AppResult<SourceTold> {
        self.asked.lock().push(request.clone());
        let profiles = request.chosen.iter().chain(&request.ways.profiles);
        let names: Vec<String> =
            (profiles.map(|one| self.name_of(one))).collect::<AppResult<_>>()?;
        let text = std::fs::read_to_string(&request.path).unwrap();
        let mut records = 0;
        for line in text.lines() {
            records += 1;
            take(row(request.source, u64::from(records), line));
        }
        Ok(SourceTold {
            form: SourceForm::Table,
            profile: ProfileTold {
                by: match names.first() {
                    Some(_) => ProfileBy::Person,
                    None => ProfileBy::Suggested,
                },
                name: names.into_iter().next().unwrap_or_default(),
                tried: false,
                others: Vec::new(),
                why: Vec::new(),
                written: json!({}),
            },
            leads_to_calls: true,
            table: Some(TableTold::default()),
            records,
            again: 0,
            contradicting: 0,
            began: None,
            over_midnight: 0,
            columns: Vec::new(),
            facts: Vec::new(),
            missing: Vec::new(),
            mixed_dates: Vec::new(),
            faults: [].into(),
            first_faults: Vec::new(),
        })
    }

    fn names(&self, names: &[String], ways: &FactWays, _: &Cancel) -> AppResult<NamesTold> {
        self.of_names.lock().push(ways.clone());
        let facts = ContactFacts::of(FactOrigin {
            source: 0,
            place: FactPlace::Name,
        });
        Ok(NamesTold {
            facts: vec![facts; names.len()],
            profiles: ways
                .profiles
                .iter()
                .map(|one| self.name_of(one))
                .collect::<AppResult<_>>()?,
            ..NamesTold::default()
        })
    }
}

impl Stage {
    /// A plan of what somebody brought, read as it is by itself.
    pub fn plan_of(&self, ticket: &Ticket) -> ImportPlanRequest {
        ImportPlanRequest {
            ticket: ticket.clone(),
            suffix_rules: self.suffix_rules(),
            zone: "Asia/Shanghai".into(),
            counts: WhichCounts::Last,
            sources: Vec::new(),
        }
    }
}
