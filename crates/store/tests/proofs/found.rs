//! What is found beside calls and issues: sessions, codes of the codebook, people, promises.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::documents::{WORD, both};
use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

fn person(base: &TestWorkspace, name: &str, org_unit: &str) -> Person {
    let person = Person {
        id: PersonId(new_id()),
        name: name.into(),
        roles: Roles::default(),
        org_unit: org_unit.into(),
        merged_into: None,
        meta: base.meta(),
    };
    let Record::Person(person) = base.save(Action::PersonAdd, person) else {
        panic!("nobody")
    };
    person
}

fn titles(base: &TestWorkspace, typed: &str, scope: SearchScope) -> Vec<String> {
    let hits = base.find_in(typed, &[scope]);
    hits.into_iter().map(|h| h.title).collect()
}

#[test]
fn a_session_is_found_by_what_it_is_about_until_it_is_taken_away() {
    let base = TestWorkspace::new();
    let session = base.session("周五一起听", &[]);
    let session_id = session.id;
    base.save(
        Action::SessionEdit,
        ListeningSession {
            question: "七天从哪天算起？".into(),
            ..session
        },
    );
    let hits = base.find_in("七天", &[SearchScope::Session]);
    assert_eq!(hits[0].target, SearchTarget::Session { session_id });
    assert_eq!(
        (hits[0].title.as_str(), hits[0].excerpt.as_str()),
        ("周五一起听", "七天从哪天算起？")
    );
    assert_eq!(titles(&base, "一起听", SearchScope::Session).len(), 1);
    base.delete(EntityKind::Session, session_id.0);
    assert!(titles(&base, "一起听", SearchScope::Session).is_empty());
    base.restore(EntityKind::Session, session_id.0);
    assert_eq!(titles(&base, "一起听", SearchScope::Session).len(), 1);
}

#[test]
fn a_code_is_found_by_its_names_and_a_merged_one_as_the_one_it_went_into() {
    let base = TestWorkspace::new();
    let (from, into) = (base.tag("鲸落", 0), base.tag("物流慢", 1));
    let found = |typed: &str| titles(&base, typed, SearchScope::Tag);
    assert_eq!(found("鲸落"), ["鲸落"]);
    let defined = Tag {
        definition: "包裹停在半路".into(),
        ..into
    };
    let Record::Tag(into) = base.save(Action::TagEdit, defined) else {
        panic!("no tag")
    };
    assert_eq!(found("半路"), ["物流慢"]);
    let into_id = into.id;
    base.save(
        Action::TagMerge,
        Tag {
            status: TagStatus::MergedInto(into_id),
            ..from
        },
    );
    base.save(
        Action::TagMerge,
        Tag {
            aliases: vec!["鲸落".into()],
            ..into
        },
    );
    let hits = base.find_in("鲸落", &[SearchScope::Tag]);
    let tags: Vec<SearchTarget> = hits.into_iter().map(|h| h.target).collect();
    let retired = false;
    assert_eq!(
        tags,
        [SearchTarget::Tag {
            tag_id: into_id,
            retired
        }]
    );
}

#[test]
fn somebody_is_found_by_name_and_department_and_who_was_merged_is_not() {
    let base = TestWorkspace::new();
    let one = person(&base, "鲸落", "华东热线");
    let found = |typed: &str| titles(&base, typed, SearchScope::Person);
    assert_eq!(found("鲸落"), ["鲸落"]);
    assert_eq!(found("华东"), ["鲸落"]);
    let into = person(&base, "王敏", "");
    base.save(
        Action::PersonMerge,
        Person {
            merged_into: Some(into.id),
            ..one
        },
    );
    assert!(found("鲸落").is_empty());
}

#[test]
fn a_guest_finds_no_colleague_by_what_a_guest_is_not_told() {
    let mut both = both();
    let guest = both.somebody(&[Role::Guest]);
    let other = both.somebody(&[Role::Curator]);
    let find = |who: PersonId| {
        let mut found = Vec::new();
        both.base
            .store
            .read(who, &mut |_, reads| {
                found = reads.search(&SearchQuery::of(WORD))?.hits;
                Ok(())
            })
            .unwrap();
        found.into_iter().map(|h| h.target).collect::<Vec<_>>()
    };
    let them = SearchTarget::Person { person_id: other };
    assert!(find(other).contains(&them));
    assert!(!find(guest).contains(&them));
    let is_session = |t: &SearchTarget| matches!(t, SearchTarget::Session { .. });
    assert!(find(other).iter().any(is_session));
    assert!(!find(guest).iter().any(is_session));
}
