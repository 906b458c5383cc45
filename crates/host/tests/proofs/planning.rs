//! What an import would do, asked as the page asks it: sources are named by their places, profiles by their names.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::plain_facts::PlainFacts;
use crate::common::{Stage, code, refused};
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;
use std::sync::Arc;

/// A stage where somebody dropped two calls and two tables.
fn dropped() -> (Stage, Arc<PlainFacts>, Ticket) {
    let reader = PlainFacts::of();
    let port = reader.clone();
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.machine.facts = port;
    });
    let files = [
        ("a.wav", "one"),
        ("b.wav", "two"),
        ("11月.csv", "a.wav,林小满,要求回电\na.wav,王小明,已回电"),
        ("12月.csv", "c.wav,陈立,"),
    ];
    let paths = files.map(|(name, text)| stage.file(name, text).into());
    let ticket = stage.tickets.give(ChosenFor::Recordings, paths.into());
    (stage, reader, ticket)
}

fn named(name: &str) -> ProfileNamed {
    ProfileNamed::Named(name.into())
}

fn asked_of(source: u32, profile: Option<ProfileNamed>) -> SourceAsked {
    SourceAsked {
        source,
        profile,
        table: TableWays {
            header: Some(3),
            ..TableWays::default()
        },
    }
}

fn remember(stage: &Stage, profiles: &[(&str, &str)]) -> AppResult<Settings> {
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    let one = |(name, written): &(&str, &str)| ImportProfile {
        name: (*name).into(),
        written: (*written).into(),
    };
    settings.workspace.import_profiles = profiles.iter().map(one).collect();
    stage.at_desk.update_settings(settings)
}

#[test]
fn a_plan_tells_of_calls_their_facts_and_what_has_no_call() {
    let (stage, _, ticket) = dropped();
    let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    let agents: Vec<Option<&FactValue>> = (plan.calls.iter())
        .map(|call| call.known.get(&FactKey::Agent))
        .collect();
    let masked = FactValue::Text("王**".into());
    assert_eq!(agents, [Some(&masked), None]);
    assert_eq!(plan.calls[0].contradictions.len(), 1);
    assert_eq!((plan.sources.len(), plan.without_call_count), (2, 1));
}

#[test]
fn which_row_counts_is_asked_for() {
    let (stage, _, ticket) = dropped();
    for (counts, agent) in [(WhichCounts::First, "林**"), (WhichCounts::Last, "王**")] {
        let ask = ImportPlanRequest {
            counts,
            ..stage.plan_of(&ticket)
        };
        let plan = stage.at_desk.import_plan(ask).unwrap();
        assert_eq!(
            plan.calls[0].known[&FactKey::Agent],
            FactValue::Text(agent.into())
        );
    }
}

#[test]
fn what_is_said_of_a_source_is_of_the_one_the_plan_before_has_there() {
    let (stage, reader, ticket) = dropped();
    let ask = ImportPlanRequest {
        sources: vec![asked_of(1, Some(named("机房")))],
        ..stage.plan_of(&ticket)
    };
    let unseen = stage.at_desk.import_plan(ask.clone());
    assert_eq!(refused(unseen), (codes::INVALID.into(), "sources".into()));
    stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    reader.asked.lock().clear();
    let plan = stage.at_desk.import_plan(ask).unwrap();
    let asked = reader.asked.lock();
    let said: Vec<_> = (asked.iter())
        .map(|one| (one.chosen.clone(), one.ways.table.header))
        .collect();
    assert_eq!(said, [(None, None), (Some(named("机房")), Some(3))]);
    let by: Vec<ProfileBy> = (plan.sources.iter())
        .map(|source| source.told.as_ref().unwrap().profile.by)
        .collect();
    assert_eq!(by, [ProfileBy::Suggested, ProfileBy::Person]);
}

#[test]
fn a_profile_that_cannot_be_followed_is_told_at_its_source_and_the_others_are_read() {
    let (stage, _, ticket) = dropped();
    stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    let ask = ImportPlanRequest {
        sources: vec![asked_of(0, Some(ProfileNamed::Written("bad".into())))],
        ..stage.plan_of(&ticket)
    };
    let plan = stage.at_desk.import_plan(ask).unwrap();
    let errors: Vec<Option<&str>> = (plan.sources.iter())
        .map(|source| source.error.as_ref().map(|e| e.code.as_str()))
        .collect();
    assert_eq!(errors, [Some(codes::PROFILE_UNKNOWN), None]);
}

#[test]
fn remembered_profiles_are_asked_at_every_plan_and_found_by_name() {
    let (stage, reader, ticket) = dropped();
    remember(&stage, &[("我们的", "我们的")]).unwrap();
    let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    let written = ProfileNamed::Written("我们的".into());
    let first = reader.asked.lock()[0].ways.profiles.clone();
    assert_eq!(first, std::slice::from_ref(&written));
    let told = plan.sources[0].told.as_ref().unwrap();
    assert_eq!(told.profile.by, ProfileBy::Remembered);
    assert_eq!(plan.profiles_unused, Vec::<String>::new());

    reader.asked.lock().clear();
    let ask = ImportPlanRequest {
        sources: vec![asked_of(0, Some(named("我们的")))],
        ..stage.plan_of(&ticket)
    };
    let plan = stage.at_desk.import_plan(ask).unwrap();
    assert_eq!(reader.asked.lock()[0].chosen, Some(written));
    let told = plan.sources[0].told.as_ref().unwrap();
    assert_eq!(told.profile.by, ProfileBy::Person);
}

#[test]
fn a_remembered_profile_that_cannot_be_followed_any_more_is_told_and_stops_nobody() {
    let (stage, reader, ticket) = dropped();
    remember(&stage, &[("旧的", "旧的"), ("我们的", "我们的")]).unwrap();
    *reader.outgrown.lock() = Some("旧的".into());
    let plan = stage.at_desk.import_plan(stage.plan_of(&ticket)).unwrap();
    assert_eq!(plan.profiles_unreadable, ["旧的"]);
    assert_eq!(
        plan.sources[0].told.as_ref().unwrap().profile.name,
        "我们的"
    );
    // Who asks for it by name is told that it is not there.
    let ask = ImportPlanRequest {
        sources: vec![asked_of(0, Some(named("旧的")))],
        ..stage.plan_of(&ticket)
    };
    let plan = stage.at_desk.import_plan(ask).unwrap();
    let error = plan.sources[0].error.as_ref().unwrap();
    assert_eq!(error.code, codes::PROFILE_UNKNOWN);
}

#[rstest]
#[case::one(&[("我们的", "我们的")], ("ok", ""))]
#[case::that_cannot_be_followed(&[("bad", "bad")], (codes::PROFILE_UNKNOWN, ""))]
#[case::that_calls_itself_otherwise(&[("我们的", "别的")], (codes::INVALID, "import_profiles"))]
#[case::twice(&[("我们的", "我们的"), ("我们的", "我们的")], (codes::INVALID, "import_profiles"))]
#[case::without_a_name(&[("", "")], (codes::INVALID, "import_profiles"))]
fn a_profile_is_looked_at_before_it_is_remembered(
    #[case] profiles: &[(&str, &str)],
    #[case] (code, field): (&str, &str),
) {
    let (stage, ..) = dropped();
    let said = refused(remember(&stage, profiles));
    assert_eq!(said, (code.into(), field.into()));
}

#[test]
fn no_more_are_remembered_than_can_be_asked_and_none_that_is_a_book() {
    let (stage, ..) = dropped();
    let names: Vec<String> = (0..=IMPORT_PROFILES).map(|n| format!("方案 {n}")).collect();
    let all: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), n.as_str())).collect();
    assert_eq!(code(remember(&stage, &all)), codes::INVALID);
    remember(&stage, &all[1..]).unwrap();
    let book = "长".repeat(PROFILE_BYTES);
    assert_eq!(code(remember(&stage, &[("书", &book)])), codes::INVALID);
}

#[test]
fn remembering_a_profile_is_an_operation_that_can_be_undone() {
    let (stage, ..) = dropped();
    remember(&stage, &[("我们的", "我们的")]).unwrap();
    remember(&stage, &[]).unwrap();
    stage.at_desk.undo(()).unwrap();
    let settings = stage.at_desk.get_settings(()).unwrap();
    assert_eq!(settings.workspace.import_profiles[0].name, "我们的");
}
