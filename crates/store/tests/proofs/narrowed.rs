//! What the library is narrowed, ordered and counted by, and that its index follows whatever is done with a case.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;
use rusqlite::Connection;

fn titles(base: &TestWorkspace, query: CaseQuery) -> Vec<String> {
    let page = base.store.cases(&query).unwrap();
    assert_eq!(page.total as usize, page.rows.len(), "one window holds all");
    page.rows.into_iter().map(|r| r.case.title).collect()
}

fn by(filters: Vec<CaseFilter>) -> CaseQuery {
    CaseQuery {
        filters,
        ..CaseQuery::default()
    }
}

fn one_of(fact: CaseFact, values: &[&str]) -> CaseFilter {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    CaseFilter::OneOf { fact, values }
}

fn between(fact: CaseFact, from: Option<i64>, to: Option<i64>) -> CaseFilter {
    CaseFilter::Between { fact, from, to }
}

fn is(state: CaseState, yes: bool) -> CaseFilter {
    CaseFilter::Is { state, yes }
}

/// Three calls: 甲 of the night shift, marked, filed and heard; 乙 by day with text; 丙 of which next to nothing is
/// known.
fn three() -> TestWorkspace {
    let base = TestWorkspace::new();
    let night = case(&base, "甲", "生鲜", |k| Contact {
        queue: "夜班".into(),
        agent: "1024 林".into(),
        csat: "1".into(),
        began_at: Some(300),
        wait_ms: Some(60_000),
        transfers: Some(2),
        direction: Some(Direction::Inbound),
        ..k
    });
    let day = case(&base, "乙", "售后", |k| Contact {
        queue: "白班".into(),
        agent: "abe".into(),
        csat: "5".into(),
        began_at: Some(200),
        wait_ms: Some(5_000),
        talk_ms: Some(90_000),
        ..k
    });
    case(&base, "丙", "", |k| Contact {
        queue: String::new(),
        agent: String::new(),
        began_at: None,
        kind: ContactKind::Chat,
        ..k
    });
    let mark = base.mark(night, 0, "记");
    base.link(base.issue("七天").id, mark.id);
    base.listened(night.1, base.person, 0);
    base.transcript(day.1, &[(0, 900, 0, "您好")]);
    base
}

fn case(
    base: &TestWorkspace,
    title: &str,
    business_line: &str,
    told: impl FnOnce(Contact) -> Contact,
) -> (CaseId, RecordingId) {
    let case = Case {
        business_line: business_line.into(),
        ..base.case_of(title)
    };
    let contact = told(base.contact_of(case.id, "王先生"));
    let seed = u8::try_from(title.chars().next().unwrap() as u32 % 199).unwrap();
    let recording = base.recording_of(case.id, seed);
    let ids = (case.id, recording.id);
    let records = vec![case.into(), contact.into(), recording.into()];
    base.store
        .commit(base.operation(Action::CaseImport, records))
        .unwrap();
    ids
}

#[rstest]
#[case::a_word(vec![one_of(CaseFact::Queue, &["夜班"])], &["甲"])]
#[case::one_of_two(vec![one_of(CaseFact::Queue, &["夜班", "白班"])], &["乙", "甲"])]
#[case::not_known(vec![one_of(CaseFact::Queue, &[""])], &["丙"])]
#[case::none_of_any(vec![one_of(CaseFact::Queue, &[])], &[])]
#[case::of_the_case(vec![one_of(CaseFact::BusinessLine, &["生鲜"])], &["甲"])]
#[case::a_kind(vec![one_of(CaseFact::Kind, &["chat"])], &["丙"])]
#[case::a_direction(vec![one_of(CaseFact::Direction, &["inbound"])], &["甲"])]
#[case::both_bounds_count(vec![between(CaseFact::BeganAt, Some(200), Some(300))], &["乙", "甲"])]
#[case::from_here(vec![between(CaseFact::Wait, Some(5_001), None)], &["甲"])]
#[case::to_there(vec![between(CaseFact::Wait, None, Some(5_000))], &["乙"])]
#[case::known_at_all(vec![between(CaseFact::Transfers, None, None)], &["甲"])]
#[case::marked(vec![is(CaseState::Marked, true)], &["甲"])]
#[case::not_marked(vec![is(CaseState::Marked, false)], &["丙", "乙"])]
#[case::filed(vec![is(CaseState::Filed, true)], &["甲"])]
#[case::heard(vec![is(CaseState::Heard, true)], &["甲"])]
#[case::not_heard(vec![is(CaseState::Heard, false)], &["丙", "乙"])]
#[case::with_text(vec![is(CaseState::HasText, true)], &["乙"])]
#[case::with_sound(vec![is(CaseState::HasSound, true)], &["丙", "乙", "甲"])]
#[case::each_counts(vec![one_of(CaseFact::Queue, &["夜班", "白班"]), is(CaseState::Heard, false)], &["乙"])]
#[case::a_value_is_no_sql(vec![one_of(CaseFact::Queue, &["夜班') OR ('1' = '1"])], &[])]
fn the_library_is_narrowed_by_what_is_known(
    #[case] filters: Vec<CaseFilter>,
    #[case] found: &[&str],
) {
    let base = three();
    let ids = base.store.case_ids(&by(filters.clone()), 9).unwrap();
    assert_eq!(ids.len(), found.len());
    assert_eq!(titles(&base, by(filters)), found);
}

#[test]
fn words_and_filters_count_together() {
    let base = three();
    let query = CaseQuery {
        text: "白班".into(),
        ..by(vec![is(CaseState::Heard, false)])
    };
    assert_eq!(titles(&base, query), ["乙"]);
}

#[rstest]
#[case::imported(CaseSort::Imported, ["丙", "乙", "甲"], ["甲", "乙", "丙"])]
#[case::began(CaseSort::StartedAt, ["甲", "乙", "丙"], ["乙", "甲", "丙"])]
#[case::title(CaseSort::Title, ["丙", "乙", "甲"], ["甲", "乙", "丙"])]
#[case::wait(CaseSort::Wait, ["甲", "乙", "丙"], ["乙", "甲", "丙"])]
#[case::talk(CaseSort::Talk, ["乙", "丙", "甲"], ["乙", "丙", "甲"])]
#[case::transfers(CaseSort::Transfers, ["甲", "丙", "乙"], ["甲", "丙", "乙"])]
#[case::marks(CaseSort::Marks, ["甲", "丙", "乙"], ["丙", "乙", "甲"])]
#[case::agent(CaseSort::Agent, ["甲", "乙", "丙"], ["乙", "甲", "丙"])]
#[case::csat(CaseSort::Csat, ["甲", "乙", "丙"], ["乙", "甲", "丙"])]
#[case::business_line(CaseSort::BusinessLine, ["乙", "甲", "丙"], ["甲", "乙", "丙"])]
fn it_stands_in_an_order_or_turned_around_and_what_is_not_known_stands_last(
    #[case] sort: CaseSort,
    #[case] order: [&str; 3],
    #[case] turned: [&str; 3],
) {
    let base = three();
    for (reversed, order) in [(false, order), (true, turned)] {
        let query = CaseQuery {
            sort,
            reversed,
            ..CaseQuery::default()
        };
        assert_eq!(titles(&base, query), order, "reversed: {reversed}");
    }
}

#[test]
fn it_is_narrowed_to_the_list_of_a_session() {
    let base = three();
    let all = base.store.cases(&CaseQuery::default()).unwrap().rows;
    let session = base.session("专场", &[all[2].case.id, all[0].case.id]);
    let filter = CaseFilter::InSession {
        session_id: session.id,
    };
    assert_eq!(titles(&base, by(vec![filter])), ["丙", "甲"]);
    let filter = CaseFilter::InSession {
        session_id: SessionId(new_id()),
    };
    assert!(titles(&base, by(vec![filter])).is_empty());
}

fn values(
    base: &TestWorkspace,
    query: CaseQuery,
    fact: CaseFact,
    part: &str,
) -> Vec<(String, u32)> {
    let asked = CaseValues {
        query,
        fact,
        part: part.into(),
    };
    let found = base.store.case_values(&asked).unwrap().into_iter();
    found.map(|one| (one.value, one.count)).collect()
}

#[test]
fn values_of_a_fact_are_counted_among_the_calls_of_the_rest_of_a_query() {
    let base = three();
    case(&base, "丁", "", |k| Contact {
        queue: "夜班".into(),
        ..k
    });
    let told = |found: &[(&str, u32)]| -> Vec<(String, u32)> {
        found.iter().map(|(v, n)| ((*v).to_owned(), *n)).collect()
    };
    let all = told(&[("夜班", 2), ("", 1), ("白班", 1)]);
    assert_eq!(values(&base, by(vec![]), CaseFact::Queue, ""), all);
    // What is chosen of the fact itself does not hide what else there is to choose.
    let chosen = by(vec![one_of(CaseFact::Queue, &["白班"])]);
    assert_eq!(values(&base, chosen, CaseFact::Queue, ""), all);
    let heard = by(vec![is(CaseState::Heard, true)]);
    assert_eq!(
        values(&base, heard, CaseFact::Queue, ""),
        told(&[("夜班", 1)])
    );
    assert_eq!(
        values(&base, by(vec![]), CaseFact::Queue, "白"),
        told(&[("白班", 1)])
    );
    let nothing = CaseQuery {
        text: "！！".into(),
        ..CaseQuery::default()
    };
    assert!(values(&base, nothing, CaseFact::Queue, "").is_empty());
}

#[test]
fn of_many_values_the_most_frequent_are_given() {
    let base = TestWorkspace::new();
    for n in 0..MOST_VALUES + 5 {
        case(&base, &format!("第{n}通"), "", |k| Contact {
            queue: format!("{n:02}"),
            ..k
        });
    }
    let found = values(&base, by(vec![]), CaseFact::Queue, "");
    assert_eq!(found.len(), MOST_VALUES as usize);
}

/// What the index holds, and what it would hold if it were made now.
fn index_and_truth(base: &TestWorkspace) -> [Vec<String>; 2] {
    let conn = Connection::open(base.dir.path().join("workspace.db")).unwrap();
    let rows = |sql: &str| {
        let mut statement = conn.prepare(sql).unwrap();
        let rows = statement.query_map([], |r| r.get(0)).unwrap();
        rows.map(Result::unwrap).collect::<Vec<String>>()
    };
    let told = "'|' || coalesce(k.queue, '') || '|' || coalesce(k.began_at, '-')
        || '|' || coalesce(r.duration_ms, '-') || '|' || coalesce(r.audio_sha256 <> '', 0)";
    [
        rows(
            "SELECT row || title || business_line || '|' || queue || '|' || coalesce(began_at, '-')
                || '|' || coalesce(duration_ms, '-') || '|' || has_sound FROM library ORDER BY row",
        ),
        rows(&format!(
            "SELECT t.row || t.title || t.business_line || {told} FROM \"case\" t
             LEFT JOIN contact k ON k.row = (SELECT x.row FROM contact x
                WHERE x.case_id = t.id AND x.deleted_at IS NULL
                ORDER BY x.began_at IS NULL, x.began_at, x.row LIMIT 1)
             LEFT JOIN recording r ON r.row = (SELECT min(row) FROM recording
                WHERE case_id = t.id AND deleted_at IS NULL)
             WHERE t.deleted_at IS NULL ORDER BY t.row"
        )),
    ]
}

#[test]
fn the_index_follows_whatever_is_done_with_a_case() {
    let base = three();
    let agree = |after: &str, rows: usize| {
        let [index, truth] = index_and_truth(&base);
        assert_eq!(index, truth, "after {after}");
        assert_eq!(index.len(), rows, "after {after}");
    };
    agree("the import", 3);
    let row = base
        .store
        .cases(&CaseQuery::default())
        .unwrap()
        .rows
        .remove(2);
    let (case, contact) = (row.case, row.contact.unwrap());
    let renamed = Case {
        title: "改了名".into(),
        business_line: "家电".into(),
        ..case.clone()
    };
    base.save(Action::CaseEdit, renamed);
    agree("another title", 3);
    let earlier = Contact {
        id: ContactId(new_id()),
        began_at: Some(1),
        queue: "更早".into(),
        meta: base.meta(),
        ..contact.clone()
    };
    let earlier = base.save(Action::ContactAdd, earlier);
    agree("an earlier contact", 3);
    base.delete(EntityKind::Contact, earlier.uuid());
    agree("its end", 3);
    base.delete(EntityKind::Recording, row.recording_id.unwrap().0);
    agree("the end of a recording", 3);
    base.restore(EntityKind::Recording, row.recording_id.unwrap().0);
    agree("its return", 3);
    base.delete(EntityKind::Case, case.id.0);
    agree("the bin", 2);
    base.restore(EntityKind::Case, case.id.0);
    agree("the way back", 3);
    purge(&base, case.id);
    agree("a purge", 2);
}

/// A case goes for good, from the bin.
fn purge(base: &TestWorkspace, case: CaseId) {
    base.delete(EntityKind::Case, case.0);
    let what = (EntityKind::Case, case.0);
    let certificate = Purge::of(PurgeId(new_id()), what, "客户要求".into(), base.meta());
    base.save(Action::Purge, certificate);
}

#[test]
fn it_holds_no_customer_and_forgets_what_was_purged() {
    let base = three();
    let all = base.store.cases(&CaseQuery::default()).unwrap().rows;
    for row in &all {
        purge(&base, row.case.id);
    }
    let conn = Connection::open(base.dir.path().join("workspace.db")).unwrap();
    let left: u32 = conn
        .query_row("SELECT count(*) FROM library", [], |r| r.get(0))
        .unwrap();
    assert_eq!(left, 0);
    let sql =
        "SELECT count(*) FROM pragma_table_info('library') WHERE name IN ('customer', 'number')";
    let customers: u32 = conn.query_row(sql, [], |r| r.get(0)).unwrap();
    assert_eq!(customers, 0);
}
