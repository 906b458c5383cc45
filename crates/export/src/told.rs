//! A record of a plain kind in one line, by what its fields declare.

use crate::{guard, labels, moment};
use qinting_domain::{EntityKind, FieldRule, Record, Shape};
use serde_json::Value;
use uuid::Uuid;

/// What it is and what it says. What it belongs to is left out: it stands beside it. `name` tells what
/// a record it refers to is called; empty says nothing.
pub fn told(record: &Record, name: impl Fn(EntityKind, Uuid) -> String) -> String {
    let fields = record.to_fields();
    let mut said = Vec::new();
    for rule in record.kind().fields().iter().filter(|r| !r.belongs) {
        let value = fields.get(rule.name).unwrap_or(&Value::Null);
        said.push(match (rule.shape, value) {
            (Shape::Line | Shape::Prose, Value::String(text)) => guard::line(text),
            (Shape::One(kind), Value::String(id)) => {
                let id = id.parse().ok();
                id.map(|id| guard::line(&name(kind, id)))
                    .unwrap_or_default()
            }
            (Shape::Day, Value::Number(at)) => at.as_i64().map(moment::day).unwrap_or_default(),
            (_, value) => labels::said(record.kind(), rule.name, value).to_owned(),
        });
    }
    // Where nobody else is named, it is the word of who wrote it.
    let people = |r: &FieldRule| r.shape == Shape::One(EntityKind::Person);
    if !record.kind().fields().iter().any(people) {
        let author = record.meta().created_by;
        said.push(guard::line(&name(EntityKind::Person, author.0)));
    }
    said.retain(|part| !part.is_empty());
    format!("{}：{}", labels::record(record.kind()), said.join(" · "))
}
