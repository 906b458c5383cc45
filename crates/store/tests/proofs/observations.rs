//! Observations: listed, filed, tagged.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
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
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    let late = base.mark(call, 9_000, "后");
    let early = base.mark(call, 1_000, "前");
    let gone = base.mark(call, 2_000, "没了");
    base.delete(EntityKind::Observation, gone.id.0);
    let (a, b) = (base.issue("甲"), base.issue("乙"));
    base.link(b.id, late.id);
    base.link(a.id, late.id);
    let unlinked = base.link(a.id, early.id);
    base.delete(EntityKind::IssueLink, unlinked.0);

    let views = base.store.observations_of(call.0).unwrap();
    let texts: Vec<&str> = views.iter().map(|v| v.observation.text.as_str()).collect();
    assert_eq!(texts, ["前", "后"]);
    assert_eq!(
        (views[1].case_title.as_str(), views[1].author.as_str()),
        ("退款来电", "林夕")
    );
    let filed: Vec<u32> = views[1].issues.iter().map(|i| i.number).collect();
    assert_eq!((filed, views[0].issues.len()), (vec![1, 2], 0));
    assert_eq!(
        base.store.observation_view(late.id).unwrap().as_ref(),
        Some(&views[1])
    );
    assert_eq!(base.store.observation_view(gone.id).unwrap(), None);
}

#[test]
fn the_workspace_list_is_newest_first_and_can_be_narrowed() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let tag = base.tag("情绪", 1);
    let one = base.mark(call, 0, "一");
    let two = base.mark(call, 1_000, "二");
    let quote = Observation {
        kind: ObservationKind::Quote,
        tags: vec![tag.id],
        ..base.mark(call, 500, "三")
    };
    base.save(Action::ObservationEdit, quote);
    base.link(base.issue("甲").id, two.id);

    let page = |query: ObservationQuery| base.store.observations(&query).unwrap();
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

    base.delete(EntityKind::Case, call.0.0);
    assert_eq!(page(observations_query()).total, 0);
    base.restore(EntityKind::Case, call.0.0);
    base.delete(EntityKind::Observation, one.id.0);
    assert_eq!(page(observations_query()).total, 2);
}

#[test]
fn a_merged_tag_shows_and_counts_as_the_one_that_took_over() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let (a, b, c) = (
        base.tag("退钱", 1),
        base.tag("退费", 2),
        base.tag("退款", 3),
    );
    let retired = Tag {
        status: TagStatus::Retired,
        ..base.tag("旧码", 4)
    };
    base.save(Action::TagRetire, retired.clone());
    let mark = base.mark(call, 0, "一");
    let stored = vec![a.id, c.id, retired.id, b.id];
    base.save(
        Action::CaseEdit,
        Observation {
            tags: stored.clone(),
            ..mark.clone()
        },
    );
    base.save(
        Action::TagMerge,
        Tag {
            status: TagStatus::MergedInto(b.id),
            ..a.clone()
        },
    );
    base.save(
        Action::TagMerge,
        Tag {
            status: TagStatus::MergedInto(c.id),
            ..b.clone()
        },
    );

    let view = base.store.observation_view(mark.id).unwrap().unwrap();
    assert_eq!(view.observation.tags, [c.id, retired.id]);
    let Some(Record::Observation(raw)) = base
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
        assert_eq!(base.store.observations(&query).unwrap().total, 1);
    }
    assert_eq!(base.find_in("退款", &[SearchScope::Observation]).len(), 1);
}

#[test]
fn tags_keep_the_order_they_were_given_in() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let tags: Vec<TagId> = (0..4).map(|n| base.tag(&format!("码{n}"), n).id).collect();
    let given = vec![tags[2], tags[0], tags[3]];
    let mark = base.mark(call, 0, "一");
    base.save(
        Action::CaseEdit,
        Observation {
            tags: given.clone(),
            ..mark.clone()
        },
    );
    let view = base.store.observation_view(mark.id).unwrap().unwrap();
    assert_eq!(view.observation.tags, given);
}
