//! A heap of JSON documents that answers the gate's questions: what a hub without a schema would do.

use qinting_domain::*;
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
