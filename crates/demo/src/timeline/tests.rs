//! The story is played through with the rules of the domain and no workspace.

use super::*;
use crate::calls::calls;
use crate::story::{Deed, story};
use qinting_desk::Clock;
use qinting_domain::{EvidenceRelation, IssueStatus, ObservationKind, Role, Stage};
use std::collections::{HashMap, HashSet};

/// 2026-11-22 07:00 UTC.
const NOW: UnixMs = 1_795_330_800_000;

fn told() -> Vec<(UnixMs, Happening<'static>)> {
    timeline(story(), calls(), &StoryClock::new(NOW)).expect("the story fits the calls")
}

/// An issue as far as the rules look at it.
#[derive(Default)]
struct Kept {
    status: Option<IssueStatus>,
    /// Keys of marks, with the call they were made in and how they speak.
    evidence: Vec<(&'static str, &'static str, EvidenceRelation)>,
    reason: String,
}

/// Everything at the end, and the calls marks were made in.
fn played() -> (
    HashMap<&'static str, Kept>,
    HashMap<&'static str, &'static str>,
) {
    let mut marks: HashMap<&str, &str> = HashMap::new();
    let mut issues: HashMap<&str, Kept> = HashMap::new();
    for (_, happening) in told() {
        match happening {
            Happening::Marked(listen, mark, _) => {
                assert_eq!(marks.insert(&mark.key, &listen.call), None, "{}", mark.key);
            }
            Happening::Filed(issue) => {
                let rests = issue.rests_on.iter();
                let evidence = rests
                    .map(|m| (m.as_str(), marks[m.as_str()], EvidenceRelation::Evidence))
                    .collect();
                let kept = Kept {
                    status: Some(IssueStatus::New),
                    evidence,
                    ..Kept::default()
                };
                assert!(
                    issues.insert(&issue.key, kept).is_none(),
                    "{} twice",
                    issue.key
                );
            }
            Happening::WentOn(issue, step) => go_on(&mut issues, &marks, &issue.key, &step.deed),
            _ => {}
        }
    }
    (issues, marks)
}

fn go_on(
    issues: &mut HashMap<&'static str, Kept>,
    marks: &HashMap<&'static str, &'static str>,
    key: &'static str,
    deed: &'static Deed,
) {
    let kept = issues.get_mut(key).expect("filed before it goes on");
    match deed {
        Deed::Move { to, reason } => {
            let from = kept.status.expect("it stands somewhere");
            let moved = from.check_move(*to, kept.evidence.len(), reason);
            assert_eq!(moved, Ok(()), "{key}: {from:?} to {to:?}");
            kept.status = Some(*to);
            kept.reason.clone_from(reason);
        }
        Deed::Attach {
            marks: more,
            relation,
        } => {
            let relation = relation.unwrap_or(EvidenceRelation::Evidence);
            let more = more.iter();
            kept.evidence
                .extend(more.map(|m| (m.as_str(), marks[m.as_str()], relation)));
        }
        Deed::MergeInto(other) => {
            let moved = std::mem::take(&mut kept.evidence);
            assert!(!moved.is_empty(), "{key} takes its moments along");
            kept.status = Some(IssueStatus::Merged);
            let into = issues.get_mut(other.as_str()).expect("it is there already");
            into.evidence.extend(moved);
        }
        Deed::Comment(text) => assert!(!text.trim().is_empty()),
        Deed::Edit(_) => {}
    }
}

#[test]
fn the_story_only_moves_forward_and_ends_before_it_is_told() {
    let clock = StoryClock::new(NOW);
    let times: Vec<UnixMs> = told().into_iter().map(|(at, _)| at).collect();
    assert!(times.is_sorted());
    assert!(
        clock.now_ms() < times[0],
        "people and tags come before everything else"
    );
    let day = 86_400_000;
    assert!(times[times.len() - 1] < NOW);
    assert!(
        times[0] > NOW - 36 * day,
        "it takes five weeks, and no longer"
    );
    for issue in &story().issues {
        let steps: Vec<UnixMs> = issue.then.iter().map(|s| clock.time_of(s.when)).collect();
        assert!(steps.is_sorted(), "{}", issue.key);
        assert!(
            steps.iter().all(|at| *at > clock.time_of(issue.when)),
            "{}",
            issue.key
        );
    }
}

#[test]
fn every_status_of_the_life_cycle_is_told_once() {
    let (issues, _) = played();
    for status in IssueStatus::ALL {
        let there = issues.values().filter(|i| i.status == Some(status)).count();
        assert_eq!(there, 1, "{status:?}");
    }
    assert_eq!(issues.len(), 14);
}

#[test]
fn every_issue_that_was_judged_rests_on_what_was_heard() {
    let (issues, _) = played();
    for (key, issue) in &issues {
        let stage = issue.status.expect("it stands somewhere").stage();
        let needs = stage > Stage::Sense && issue.status != Some(IssueStatus::Merged);
        assert!(!needs || !issue.evidence.is_empty(), "{key}");
    }
    let calls_of = |key: &str| {
        let heard = issues[key].evidence.iter().map(|(_, call, _)| *call);
        heard.collect::<HashSet<_>>().len()
    };
    let wide = issues.keys().filter(|key| calls_of(key) > 1).count();
    assert!(
        wide >= 6,
        "common causes show in several calls, here in {wide}"
    );
    assert_eq!(calls_of("how-long"), 4);
}

#[test]
fn what_was_closed_was_listened_to_again_and_what_came_back_was_heard() {
    let (issues, _) = played();
    let has = |key: &str, relation| issues[key].evidence.iter().any(|e| e.2 == relation);
    assert!(has("workdays", EvidenceRelation::Verification));
    assert!(has("complaint-first", EvidenceRelation::Recurrence));
    assert!(has("freight", EvidenceRelation::CounterEvidence));
    for key in ["workdays", "complaint-first", "thirty-days"] {
        assert!(issues[key].reason.chars().count() > 20, "{key} says why");
    }
}

#[test]
fn the_marks_are_many_and_of_every_kind() {
    let listens = &story().listens;
    let all: Vec<_> = listens.iter().flat_map(|l| &l.marks).collect();
    assert!((20..=28).contains(&all.len()), "{}", all.len());
    let inside = listens.iter().filter(|l| l.in_session);
    let inside: usize = inside.map(|l| l.marks.len()).sum();
    assert!(2 * inside > all.len(), "{inside} of {}", all.len());
    let kinds: HashSet<ObservationKind> = all.iter().map(|m| m.kind).collect();
    assert_eq!(kinds.len(), 5);
    let authors: HashSet<&str> = all.iter().map(|m| m.by.as_str()).collect();
    assert!(authors.len() >= 7);
    assert!(all.iter().any(|m| m.text.is_empty()));
    assert!(
        all.iter()
            .all(|m| m.severity <= 3 && (1..=2).contains(&m.tags.len()))
    );
    for listen in listens {
        let here = |who: &String| listen.people.contains(who);
        assert!(
            listen.marks.iter().all(|m| here(&m.by)),
            "who marks listens: {}",
            listen.call
        );
    }
}

#[test]
fn the_marks_of_the_session_are_made_while_its_calls_are_played() {
    let story = story();
    let clock = StoryClock::new(NOW);
    let played: Vec<_> = story.listens.iter().filter(|l| l.in_session).collect();
    let order: Vec<&str> = played.iter().map(|l| l.call.as_str()).collect();
    assert_eq!(order, story.session.calls);
    for listen in played {
        assert!(clock.time_of(listen.when) > clock.time_of(story.session.starts));
        let invited = |who| story.session.people.contains(who) || story.session.facilitator == *who;
        assert!(listen.people.iter().all(invited));
    }
}

#[test]
fn everybody_named_is_somebody() {
    let story = story();
    let people: HashSet<&str> = story.people.iter().map(|p| p.key.as_str()).collect();
    assert_eq!(people.len(), story.people.len());
    let mut named: Vec<&str> = vec![
        &story.codebook.by,
        &story.session.by,
        &story.session.facilitator,
    ];
    named.extend(story.session.people.iter().map(String::as_str));
    for listen in &story.listens {
        named.extend(listen.people.iter().map(String::as_str));
    }
    for issue in &story.issues {
        named.push(&issue.by);
        for step in &issue.then {
            named.push(&step.by);
            if let Deed::Edit(edit) = &step.deed {
                named.extend(edit.owner.as_deref());
            }
        }
    }
    for who in named {
        assert!(people.contains(who), "{who}");
    }
    for role in [
        Role::Participant,
        Role::Mentor,
        Role::Facilitator,
        Role::Curator,
        Role::Exporter,
    ] {
        assert!(
            story.people.iter().any(|p| p.roles.contains(&role)),
            "{role:?}"
        );
    }
}

#[test]
fn every_tag_is_in_the_codebook() {
    let story = story();
    let starter = qinting_domain::STARTER_CODEBOOK;
    let mut known: HashSet<&str> = starter.iter().map(|(name, ..)| *name).collect();
    known.extend(starter.iter().flat_map(|(_, _, children)| *children));
    for tag in &story.codebook.new {
        assert!(known.contains(tag.parent.as_str()), "{}", tag.parent);
        assert!(!tag.definition.is_empty());
    }
    assert!(
        story
            .codebook
            .defined
            .iter()
            .all(|d| known.contains(d.name.as_str()))
    );
    for tag in &story.codebook.new {
        assert!(
            known.insert(&tag.name),
            "{} is there from the start",
            tag.name
        );
    }
    for mark in story.listens.iter().flat_map(|l| &l.marks) {
        for tag in &mark.tags {
            assert!(known.contains(tag.as_str()), "{tag}");
        }
    }
}

#[test]
fn one_issue_is_overdue_one_is_due_today_and_one_next_week() {
    let due: Vec<i64> = story()
        .issues
        .iter()
        .filter_map(|i| {
            let mut edits = i.then.iter().filter_map(|s| match &s.deed {
                Deed::Edit(edit) => edit.due_in_days,
                _ => None,
            });
            edits.next_back()
        })
        .collect();
    assert!(due.iter().any(|d| *d < 0));
    assert!(due.contains(&0));
    assert!(due.iter().any(|d| (4..=10).contains(d)));
    assert!(due.len() < story().issues.len(), "some have no day");
}
