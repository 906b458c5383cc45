//! Observations: listed, filed, tagged.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::*;
use qinting_app::*;
use qinting_domain::*;

fn texts(page: &Page<ObservationView>) -> Vec<&str> {
    page.rows
        .iter()
        .map(|v| v.observation.text.as_str())
        .collect()
}

#[test]
fn observations_of_a_case_stand_in_time_order_with_where_they_are_filed() {
    let desk = Desk::new();
    let call = desk.call("退款来电", 1);
    let late = desk.mark(call, 9_000, "后");
    let early = desk.mark(call, 1_000, "前");
    let gone = desk.mark(call, 2_000, "没了");
    desk.delete(EntityKind::Observation, gone.id.0);
    let (a, b) = (desk.issue("甲"), desk.issue("乙"));
    desk.link(b.id, late.id);
    desk.link(a.id, late.id);
    let unlinked = desk.link(a.id, early.id);
    desk.delete(EntityKind::IssueLink, unlinked.0);

    let views = desk.store.observations_of(call.0).unwrap();
    let texts: Vec<&str> = views.iter().map(|v| v.observation.text.as_str()).collect();
    assert_eq!(texts, ["前", "后"]);
    assert_eq!(
        (views[1].case_title.as_str(), views[1].author.as_str()),
        ("退款来电", "林夕")
    );
    let filed: Vec<u32> = views[1].issues.iter().map(|i| i.number).collect();
    assert_eq!((filed, views[0].issues.len()), (vec![1, 2], 0));
    assert_eq!(
        desk.store.observation_view(late.id).unwrap().as_ref(),
        Some(&views[1])
    );
    assert_eq!(desk.store.observation_view(gone.id).unwrap(), None);
}

#[test]
fn the_workspace_list_is_newest_first_and_can_be_narrowed() {
    let desk = Desk::new();
    let call = desk.call("来电", 1);
    let tag = desk.tag("情绪", 1);
    let one = desk.mark(call, 0, "一");
    let two = desk.mark(call, 1_000, "二");
    let quote = Observation {
        kind: ObservationKind::Quote,
        tags: vec![tag.id],
        ..desk.mark(call, 500, "三")
    };
    desk.save(Action::ObservationEdit, quote);
    desk.link(desk.issue("甲").id, two.id);

    let page = |query: ObservationQuery| desk.store.observations(&query).unwrap();
    assert_eq!(texts(&page(observations_query())), ["三", "二", "一"]);
    let window = page(ObservationQuery {
        offset: 1,
        limit: 1,
        ..observations_query()
    });
    assert_eq!((texts(&window), window.total), (vec!["二"], 3));
    let unfiled = page(ObservationQuery {
        unfiled: true,
        ..observations_query()
    });
    assert_eq!((texts(&unfiled), unfiled.total), (vec!["三", "一"], 2));
    let kind = Some(ObservationKind::Quote);
    assert_eq!(
        texts(&page(ObservationQuery {
            kind,
            ..observations_query()
        })),
        ["三"]
    );
    let tagged = ObservationQuery {
        tag: Some(tag.id),
        ..observations_query()
    };
    assert_eq!(texts(&page(tagged)), ["三"]);

    desk.delete(EntityKind::Case, call.0.0);
    assert_eq!(page(observations_query()).total, 0);
    desk.restore(EntityKind::Case, call.0.0);
    desk.delete(EntityKind::Observation, one.id.0);
    assert_eq!(page(observations_query()).total, 2);
}

#[test]
fn a_merged_tag_shows_and_counts_as_the_one_that_took_over() {
    let desk = Desk::new();
    let call = desk.call("来电", 1);
    let (a, b, c) = (
        desk.tag("退钱", 1),
        desk.tag("退费", 2),
        desk.tag("退款", 3),
    );
    let retired = Tag {
        status: TagStatus::Retired,
        ..desk.tag("旧码", 4)
    };
    desk.save(Action::TagRetire, retired.clone());
    let mark = desk.mark(call, 0, "一");
    let stored = vec![a.id, c.id, retired.id, b.id];
    desk.save(
        Action::CaseEdit,
        Observation {
            tags: stored.clone(),
            ..mark.clone()
        },
    );
    desk.save(
        Action::TagMerge,
        Tag {
            status: TagStatus::MergedInto(b.id),
            ..a.clone()
        },
    );
    desk.save(
        Action::TagMerge,
        Tag {
            status: TagStatus::MergedInto(c.id),
            ..b.clone()
        },
    );

    let view = desk.store.observation_view(mark.id).unwrap().unwrap();
    assert_eq!(view.observation.tags, [c.id, retired.id]);
    let Some(Record::Observation(raw)) = desk
        .store
        .record(EntityKind::Observation, mark.id.0)
        .unwrap()
    else {
        panic!("the observation is there")
    };
    assert_eq!(raw.tags, stored, "what was given stays in the record");
    for tag in [a.id, b.id, c.id] {
        let query = ObservationQuery {
            tag: Some(tag),
            ..observations_query()
        };
        assert_eq!(desk.store.observations(&query).unwrap().total, 1);
    }
    assert_eq!(desk.find_in("退款", &[SearchScope::Observation]).len(), 1);
}

#[test]
fn tags_keep_the_order_they_were_given_in() {
    let desk = Desk::new();
    let call = desk.call("来电", 1);
    let tags: Vec<TagId> = (0..4).map(|n| desk.tag(&format!("码{n}"), n).id).collect();
    let given = vec![tags[2], tags[0], tags[3]];
    let mark = desk.mark(call, 0, "一");
    desk.save(
        Action::CaseEdit,
        Observation {
            tags: given.clone(),
            ..mark.clone()
        },
    );
    let view = desk.store.observation_view(mark.id).unwrap().unwrap();
    assert_eq!(view.observation.tags, given);
}
