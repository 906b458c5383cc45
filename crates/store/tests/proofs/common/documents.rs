//! A heap of JSON documents that answers the gate's questions: what a hub without a schema would do.

use super::everywhere::everywhere;
use super::{TestWorkspace, new_id};
use qinting_app::{Reads, RecordReads, Store, TranscriptReads};
use qinting_domain::*;
use qinting_testkit::records;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::convert::Infallible;
use uuid::Uuid;

#[derive(Default)]
pub struct Documents(BTreeMap<(EntityKind, Uuid), Map<String, Value>>);

impl Documents {
    pub fn put(&mut self, record: &Record) {
        let place = (record.kind(), record.uuid());
        self.0.insert(place, record.to_fields());
    }

    pub fn all(&self) -> Vec<Record> {
        let documents = self.0.iter();
        let all = documents.map(|((kind, _), d)| Record::from_fields(*kind, d.clone()).unwrap());
        all.collect()
    }
}

impl Facts for Documents {
    type Fault = Infallible;

    fn one(&self, kind: EntityKind, id: Uuid) -> Result<Option<Record>, Infallible> {
        let document = self.0.get(&(kind, id));
        Ok(document.map(|d| Record::from_fields(kind, d.clone()).unwrap()))
    }

    fn holding(
        &self,
        kind: EntityKind,
        field: &'static str,
        value: &Value,
    ) -> Result<Vec<Record>, Infallible> {
        let mut all = self.all();
        all.retain(|r| r.kind() == kind && r.holds(field, value));
        Ok(all)
    }
}

/// Stands in every field of every record.
pub const WORD: &str = "零九暗号";

/// A workspace with a record of each kind, and the same as documents.
pub struct Both {
    pub base: TestWorkspace,
    pub documents: Documents,
}

pub fn both() -> Both {
    let base = TestWorkspace::new();
    let records = everywhere(&base, WORD);
    let call = match (&records[1], &records[3]) {
        (Record::Case(c), Record::Recording(r)) => (c.id, r.id),
        other => panic!("a call, not {other:?}"),
    };
    let mut written = base
        .store
        .commit(base.operation(Action::CaseImport, records))
        .unwrap()
        .records;
    base.transcript(call.1, &[(0, 900, 0, WORD)]);
    written.extend(
        base.store
            .segments(call.1, 0, 9)
            .unwrap()
            .into_iter()
            .map(Record::from),
    );
    written.push(base.session(WORD, &[call.0]).into());
    let me = base
        .store
        .record(EntityKind::Person, base.person.0)
        .unwrap();
    written.extend(me);
    written.extend(base.store.tags().unwrap().into_iter().map(Record::from));
    written.extend(base.store.record(EntityKind::Case, call.0.0).unwrap());
    let mut documents = Documents::default();
    for record in &written {
        let now = base.store.record(record.kind(), record.uuid()).unwrap();
        documents.put(&now.unwrap());
    }
    Both { base, documents }
}

impl Both {
    pub fn reads(&self) -> &dyn Reads {
        &self.base.store
    }

    pub fn save(&mut self, action: Action, record: impl Into<Record>) -> Record {
        let saved = self.base.save(action, record);
        self.documents.put(&saved);
        saved
    }

    /// Somebody of these roles, in a workspace somebody administers.
    pub fn somebody(&mut self, roles: &[Role]) -> PersonId {
        let person = |name: &str, roles: &[Role]| Person {
            org_unit: WORD.into(),
            ..records::person(PersonId(new_id()), name, roles, self.base.meta())
        };
        let (boss, one) = (person("管", &[Role::Administrator]), person("来", roles));
        let id = one.id;
        self.save(Action::PersonAdd, boss);
        self.save(Action::PersonAdd, one);
        id
    }

    /// What the gate says of a record in a new state, the same from both.
    pub fn verdict(&self, actor: &Actor, action: Action, after: &Record) -> Result<(), Refusal> {
        let written = std::slice::from_ref(after);
        let by_database = {
            let before = self.reads().record(after.kind(), after.uuid()).unwrap();
            let facts = Proposed::new(self.reads(), written);
            refusal(check(actor, action, before.as_ref(), after, &facts))
        };
        let by_documents = {
            let Ok(before) = self.documents.one(after.kind(), after.uuid());
            let facts = Proposed::new(&self.documents, written);
            refusal(check(actor, action, before.as_ref(), after, &facts))
        };
        let what = format!(
            "{action} of {} by {:?}",
            after.kind().as_str(),
            actor.rights
        );
        assert_eq!(by_database, by_documents, "{what}");
        by_documents
    }
}

fn refusal<E: std::fmt::Debug>(asked: Result<(), Denial<E>>) -> Result<(), Refusal> {
    asked.map_err(|denial| match denial {
        Denial::Refused(refusal) => refusal,
        Denial::Fault(e) => panic!("no facts: {e:?}"),
    })
}
