//! What a worker says it read in a table, a side-car or a name.

use super::{Broken, Kept, MOST_NAME, MOST_TEXT, hold, is_text};
use crate::wire::News;
use qinting_desk::{FactsRow, NamesTold, SourceTold};
use qinting_domain::{ContactFacts, FactValue};

/// Most rows in one piece of news, and faults of one row.
const MOST_ROWS: usize = 1_000;
const MOST_FAULTS: usize = 100;

/// Rows of the source that was asked about.
pub(crate) fn rows(news: News, source: u32) -> Kept<Vec<FactsRow>> {
    let News::Facts { rows } = news else {
        return Err(Broken("facts"));
    };
    let rows: Vec<FactsRow> = serde_json::from_str(&rows).map_err(|_| Broken("facts"))?;
    hold(rows.len() <= MOST_ROWS, "rows that can be counted")?;
    rows.iter().try_for_each(|row| {
        let FactsRow {
            facts,
            rest,
            instead_of,
        } = row;
        hold(rest.get().starts_with('{'), "what came beside them")?;
        let mut origins = instead_of.iter().chain([&facts.origin]);
        let is_its = origins.all(|origin| origin.source == source);
        hold(is_its, "the source it reads")?;
        told_of_one(facts)
    })?;
    Ok(rows)
}

/// What so many names tell.
pub(crate) fn names(news: News, count: usize) -> Kept<NamesTold> {
    let News::NamesRead { told } = news else {
        return Err(Broken("what names tell"));
    };
    hold(told.facts.len() == count, "facts for each name")?;
    told.facts.iter().try_for_each(told_of_one)?;
    let shipped = told.shipped.iter().map(|one| &one.name);
    let mut profiles = (told.profiles.iter()).chain(&told.used).chain(shipped);
    hold(
        profiles.all(|name| is_text(name, MOST_TEXT)),
        "names of profiles",
    )?;
    Ok(told)
}

fn told_of_one(facts: &ContactFacts) -> Kept<()> {
    hold(
        facts.known.iter().all(|(key, value)| value.fits(*key)),
        "values of their facts",
    )?;
    let mut texts = facts.known.values().filter_map(|value| match value {
        FactValue::Text(text) => Some(text),
        _ => None,
    });
    hold(
        texts.all(|text| is_text(text, MOST_TEXT)),
        "facts of a bounded length",
    )?;
    let faults = &facts.faults;
    hold(faults.len() <= MOST_FAULTS, "faults that can be counted")?;
    hold(
        faults.iter().all(|fault| is_text(&fault.raw, MOST_NAME)),
        "faults of a bounded length",
    )
}

/// The end of a source.
pub(crate) fn told(news: News) -> Kept<SourceTold> {
    let News::FactsRead { told } = news else {
        return Err(Broken("the end of the facts"));
    };
    hold(are_short(&told), "names of a bounded length")?;
    Ok(*told)
}

fn are_short(told: &SourceTold) -> bool {
    let of_columns = told.columns.iter();
    let of_columns = of_columns.flat_map(|column| column.samples.iter().chain([&column.name]));
    let of_sheets = told.table.iter().flat_map(|table| &table.sheets);
    let mut texts = of_columns.chain(of_sheets).chain(&told.profile.others);
    texts.all(|text| is_text(text, MOST_NAME))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::{Value, json};

    /// A row as a worker tells it, with one value changed.
    fn changed(pointer: &str, value: Value) -> News {
        let mut said = json!([{"instead_of": null, "rest": {"备注": "要求回电"}, "facts": {
            "known": {"began_at": {"kind": "at", "value": 5}, "agent": {"kind": "text", "value": "8012"}},
            "rest": {}, "origin": {"source": 3, "place": {"kind": "line", "line": 2}},
            "as_of": null, "faults": [{"key": "talk_ms", "raw": "好久", "code": "duration_unreadable"}],
        }}]);
        if let Some(place) = said.pointer_mut(pointer).filter(|_| !pointer.is_empty()) {
            *place = value;
        }
        News::Facts {
            rows: said.to_string(),
        }
    }

    #[rstest]
    #[case::as_it_should_be("", Value::Null, true)]
    #[case::of_another_source("/0/facts/origin/source", 4.into(), false)]
    #[case::in_place_of_another_sources(
        "/0/instead_of",
        json!({"source": 4, "place": {"kind": "name"}}),
        false
    )]
    #[case::a_list_beside_them("/0/rest", json!([1]), false)]
    #[case::a_length_for_a_moment("/0/facts/known/began_at", json!({"kind": "ms", "value": 5}), false)]
    #[case::a_book("/0/facts/known/agent/value", "货".repeat(40_000).into(), false)]
    #[case::an_end_in_a_text("/0/facts/known/agent/value", "80\u{0}12".into(), false)]
    #[case::a_fault_like_a_book("/0/facts/faults/0/raw", "x".repeat(5_000).into(), false)]
    fn rows_are_held_against_what_can_be_true(
        #[case] pointer: &str,
        #[case] value: Value,
        #[case] is_kept: bool,
    ) {
        assert_eq!(rows(changed(pointer, value), 3).is_ok(), is_kept);
    }

    #[test]
    fn each_name_has_its_facts() {
        let told = NamesTold {
            facts: Vec::new(),
            profiles: vec!["机房".into()],
            used: Vec::new(),
            shipped: Vec::new(),
        };
        let news = || News::NamesRead { told: told.clone() };
        assert!(names(news(), 0).is_ok());
        assert!(names(news(), 1).is_err());
        assert!(names(News::Beat, 0).is_err());
    }
}
