//! Facts of 10,000 calls that are in already come in: one operation, its log and its index.

use crate::report::{Row, say};
use crate::{host, search};
use anyhow::{Context, ensure};
use qinting_desk::{CaseReads, FactsOf};
use qinting_domain::*;
use serde_json::{Map, Value};
use std::time::Instant;

const CALLS: u32 = 10_000;
const MOST_SECONDS: f64 = 10.0;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let host = host(dir.path())?;
    say("writing 10,000 calls");
    let contacts = calls(dir.path())?;
    let told: Vec<FactsOf> = (0..).zip(contacts).map(|(n, id)| facts(n, id)).collect();
    let start = Instant::now();
    let applied = host.at_desk().apply_facts(&told)?;
    let taken = start.elapsed().as_secs_f64();
    ensure!(applied.contacts == CALLS, "calls without their facts");
    let start = Instant::now();
    let again = host.at_desk().apply_facts(&told)?;
    let again_taken = start.elapsed().as_secs_f64();
    ensure!(again.op_id.is_none(), "the same twice was written twice");
    Ok(vec![
        Row::new(
            "facts of 10,000 calls applied, 14 fields and 6 more each",
            format!("{taken:.1} s"),
            "<= 10 s",
            taken <= MOST_SECONDS,
        ),
        Row::new(
            "  the same delivered again",
            format!("{again_taken:.1} s"),
            "<= 10 s",
            again_taken <= MOST_SECONDS,
        ),
    ])
}

/// Calls of which nothing is known, by their contacts.
fn calls(folder: &std::path::Path) -> anyhow::Result<Vec<ContactId>> {
    let store = qinting_store::Workspace::open(
        &folder.join("workspace"),
        &qinting_store::Device::kept_in(&folder.join("data")),
    )?;
    (0..CALLS)
        .map(|n| {
            let (case, _) = search::call(&store, n, 60_000)?;
            let contacts = store.contacts_of(case)?;
            Ok(contacts.first().context("a call has a contact")?.id)
        })
        .collect()
}

fn facts(n: u32, contact_id: ContactId) -> FactsOf {
    let text = |text: String| FactValue::Text(text);
    let began = 1_795_000_000_000 + i64::from(n) * 1_000;
    let known = [
        (FactKey::CallId, text(format!("1700000000{n:08}"))),
        (FactKey::BeganAt, FactValue::At(began)),
        (FactKey::AnsweredAt, FactValue::At(began + 8_000)),
        (FactKey::EndedAt, FactValue::At(began + 200_000)),
        (FactKey::TalkMs, FactValue::Ms(192_000)),
        (FactKey::WaitMs, FactValue::Ms(8_000)),
        (FactKey::Transfers, FactValue::Count(n % 3)),
        (FactKey::Direction, FactValue::Direction(Direction::Inbound)),
        (FactKey::Agent, text(format!("坐席{}", n % 300))),
        (FactKey::Number, text(format!("139{n:08}"))),
        (FactKey::Queue, text("大家电售后".into())),
        (FactKey::Csat, text((1 + n % 5).to_string())),
        (FactKey::OrderNumber, text(format!("20261117{n:06}"))),
        (FactKey::CustomerTier, text("金卡".into())),
    ];
    let rest = (0..6).map(|at| (format!("随路{at}"), Value::from(format!("值{}", n % 97))));
    let mut facts = ContactFacts::of(FactOrigin {
        source: 0,
        place: FactPlace::Line {
            line: u64::from(n) + 2,
        },
    });
    facts.known = known.into();
    facts.rest = Map::from_iter(rest);
    FactsOf { contact_id, facts }
}
