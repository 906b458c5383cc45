//! The use cases over a real workspace, without window, sound, engine, network, or wall clock.

use crate::common::{Stage, code, person};
use qinting_desk::*;
use qinting_domain::*;

#[test]
fn a_mark_takes_the_sentence_that_was_just_heard() {
    let stage = Stage::new();
    stage.says(&[(10_000, 14_000, 1, "我要退款"), (15_000, 19_000, 0, "好的")]);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let seen = stage.mark(recording, 14_500).observation;
    assert_eq!((seen.start_ms, seen.end_ms), (10_000, 14_000));
    assert_eq!(
        (seen.raw_mark_ms, seen.lag_ms, seen.quote.as_str()),
        (14_500, 2_000, "我要退款")
    );
    assert_eq!(stage.at_desk.observations_of(case).unwrap().len(), 1);
}

#[test]
fn every_action_carries_who_sits_at_the_seat() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    let new = NewPerson {
        name: "周以宁".into(),
        roles: [Role::Participant].into(),
        org_unit: "".into(),
    };
    let person = stage.at_desk.add_person(new).unwrap();
    stage.at_desk.switch_person(person.id).unwrap();
    assert_eq!(stage.mark(recording, 5_000).author, "周以宁");
}

#[test]
fn undo_takes_back_what_this_person_did_newest_first_and_once() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    stage.mark(recording, 5_000);
    stage.mark(recording, 20_000);
    let left = || stage.at_desk.observations_of(case).unwrap().len();
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "observation.mark");
    assert_eq!(left(), 1);
    stage.at_desk.undo(()).unwrap();
    assert_eq!(left(), 0);
    // What is left is the import; it can be taken back too, and then there is nothing.
    assert_eq!(stage.at_desk.undo(()).unwrap().action, "case.import");
    assert_eq!(code(stage.at_desk.undo(())), codes::NOTHING_TO_UNDO);
}

#[test]
fn one_person_does_not_undo_another() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    stage.mark(recording, 5_000);
    let new = NewPerson {
        name: "乙".into(),
        roles: [Role::Mentor].into(),
        org_unit: "".into(),
    };
    let other = stage.at_desk.add_person(new).unwrap();
    stage.at_desk.switch_person(other.id).unwrap();
    assert_eq!(code(stage.at_desk.undo(())), codes::NOTHING_TO_UNDO);
    assert_eq!(stage.at_desk.observations_of(case).unwrap().len(), 1);
}

#[test]
fn a_stale_edit_is_refused_and_nothing_is_overwritten() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    let o = stage.mark(recording, 5_000).observation;
    let edit = |text: &str| RecordPatch::of(&o, [("text", text.into())]);
    stage.at_desk.edit_record(edit("先写的")).unwrap();
    assert_eq!(
        code(stage.at_desk.edit_record(edit("后写的"))),
        codes::CONFLICT
    );
    let kept = stage.at_desk.observations_of(o.case_id).unwrap();
    assert_eq!(kept[0].observation.text, "先写的");
}

#[test]
fn an_issue_goes_through_its_life_only_with_evidence_and_reasons() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    let row = stage.issue("七天怎么算", vec![]);
    let go = |id, status, reason: &str| {
        let rev = stage.at_desk.get_issue(id).unwrap().row.issue.meta.rev;
        code(stage.at_desk.change_status(StatusChange {
            id,
            rev,
            status,
            reason: reason.into(),
        }))
    };
    let id = row.issue.id;
    assert_eq!(go(id, IssueStatus::Triage, ""), codes::ISSUE_NO_EVIDENCE);
    let o = stage.mark(recording, 5_000).observation.id;
    let file = AttachRequest {
        issue_id: id,
        observation_ids: vec![o, o],
        relation: None,
    };
    assert_eq!(
        stage
            .at_desk
            .attach_evidence(file.clone())
            .unwrap()
            .evidence
            .len(),
        1
    );
    assert_eq!(
        stage.at_desk.attach_evidence(file).unwrap().evidence.len(),
        1,
        "not filed twice"
    );
    assert_eq!(go(id, IssueStatus::Triage, ""), "ok");
    assert_eq!(
        go(id, IssueStatus::Declined, " "),
        codes::ISSUE_REASON_NEEDED
    );
    for step in [
        IssueStatus::Claimed,
        IssueStatus::Full,
        IssueStatus::ToVerify,
    ] {
        assert_eq!(go(id, step, ""), "ok");
    }
    assert_eq!(go(id, IssueStatus::VerifiedClosed, "听了三通新案"), "ok");
    let view = stage.at_desk.get_issue(id).unwrap();
    assert_eq!(
        *view.history[0].change.fields["status"].after().unwrap(),
        "verified_closed"
    );
    assert_eq!(view.row.issue.status_reason, "听了三通新案");
}

#[test]
fn merging_moves_the_evidence_leaves_a_redirect_and_can_be_undone() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    let both = stage.mark(recording, 5_000).observation.id;
    let only = stage.mark(recording, 30_000).observation.id;
    let from = stage.issue("甲", vec![both, only]).issue;
    let into = stage.issue("乙", vec![both]).issue;
    let merge = IssueMerge {
        from: from.id,
        into: into.id,
    };
    let view = stage.at_desk.merge_issues(merge.clone()).unwrap();
    assert_eq!(view.evidence.len(), 2, "the shared moment stays once");
    assert_eq!(view.merged[0].number, from.number);
    let gone = stage.at_desk.get_issue(from.id).unwrap();
    assert_eq!(gone.merged_into.unwrap().number, into.number);
    assert_eq!(
        code(stage.at_desk.merge_issues(merge)),
        codes::ISSUE_MERGE_TARGET
    );
    // Filing under the merged one follows the redirect.
    let late = stage.mark(recording, 45_000).observation.id;
    let file = AttachRequest {
        issue_id: from.id,
        observation_ids: vec![late],
        relation: None,
    };
    assert_eq!(
        stage.at_desk.attach_evidence(file).unwrap().row.issue.id,
        into.id
    );
    stage.at_desk.undo(()).unwrap();
    stage.at_desk.undo(()).unwrap();
    stage.at_desk.undo(()).unwrap();
    assert_eq!(stage.at_desk.get_issue(from.id).unwrap().evidence.len(), 2);
    assert_eq!(stage.at_desk.get_issue(into.id).unwrap().evidence.len(), 1);
    assert_eq!(
        stage.at_desk.get_issue(from.id).unwrap().row.issue.status,
        IssueStatus::New
    );
}

#[test]
fn a_similar_issue_is_suggested_while_the_title_is_typed() {
    let stage = Stage::new();
    stage.issue("冰箱超过七天不能退货", vec![]);
    stage.issue("行李箱有划痕", vec![]);
    let ask = SimilarRequest {
        text: "七天退货".into(),
        observation_id: None,
        except: None,
    };
    let found = stage.at_desk.similar_issues(ask).unwrap();
    assert_eq!(
        found.iter().map(|r| r.issue.number).collect::<Vec<_>>(),
        [1]
    );
}

#[test]
fn a_hit_leads_to_its_moment() {
    let stage = Stage::new();
    stage.says(&[(12_400, 18_900, 1, "我量的是你们写的那个数")]);
    let (case, recording) = stage.case("call");
    stage.desk.drain_jobs().unwrap();
    let o = stage.mark(recording, 15_000).observation;
    let issue = stage.issue("页面没写含铰链宽度", vec![o.id]).issue;
    let hits = stage
        .at_desk
        .search(SearchQuery::of("那个数"))
        .unwrap()
        .hits;
    let segment = hits
        .iter()
        .find(|h| h.target.scope() == SearchScope::Segment)
        .unwrap();
    let at = segment.target.at().unwrap();
    assert_eq!((at.case_id, at.start_ms), (case, Some(12_400)));
    let hits = stage.at_desk.search(SearchQuery::of("铰链")).unwrap().hits;
    assert_eq!(
        hits[0].target,
        SearchTarget::Issue {
            issue_id: issue.id,
            number: issue.number
        }
    );
    let link = Link::Moment(MomentLink {
        start_ms: Some(12_400),
        end_ms: Some(18_900),
        ..MomentLink::to(case)
    });
    let url = stage.at_desk.link_to(link).unwrap();
    assert_eq!(stage.at_desk.resolve_link(url).unwrap(), link);
    assert_eq!(
        code(stage.at_desk.resolve_link("qinting://case/x".into())),
        codes::LINK_INVALID
    );
}

#[test]
fn merged_tags_count_under_the_one_that_stays() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let tags = stage.at_desk.list_tags(()).unwrap();
    let (a, b) = (tags[0].id, tags[1].id);
    stage
        .at_desk
        .mark(MarkRequest {
            tags: vec![a],
            ..MarkRequest::at(recording, 5_000)
        })
        .unwrap();
    stage
        .at_desk
        .merge_tags(TagMerge { from: a, into: b })
        .unwrap();
    assert_eq!(
        stage.at_desk.observations_of(case).unwrap()[0]
            .observation
            .tags,
        [b]
    );
    let late = MarkRequest {
        tags: vec![a],
        ..MarkRequest::at(recording, 9_000)
    };
    assert_eq!(stage.at_desk.mark(late).unwrap().observation.tags, [b]);
    let taken = NewTag {
        name: tags[1].name.clone(),
        colour: TagColour::Ink,
        parent_id: None,
    };
    assert_eq!(code(stage.at_desk.add_tag(taken)), codes::NAME_TAKEN);
    stage.at_desk.undo(()).unwrap();
    stage.at_desk.undo(()).unwrap();
    assert_eq!(
        stage.at_desk.observations_of(case).unwrap()[0]
            .observation
            .tags,
        [a]
    );
}

#[test]
fn events_come_after_the_commit_and_say_what_was_touched() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    stage.events.lock().clear();
    let o = stage.mark(recording, 5_000).observation;
    let events = stage.events.lock().clone();
    let touched = events.iter().any(|e| {
        matches!(e, AppEvent::Record(RecordEvent::Changed { touched, undoable: true, .. })
            if touched.iter().any(|t| t.id == o.id.0))
    });
    assert!(touched, "{events:?}");
}

#[test]
fn settings_that_would_lock_somebody_out_are_refused() {
    let stage = Stage::new();
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    settings.person.keymap.insert("mark".into(), "x".into());
    settings.person.keymap.insert("quote".into(), "x".into());
    assert_eq!(
        code(stage.at_desk.update_settings(settings)),
        codes::KEY_TAKEN
    );

    let mut settings = stage.at_desk.get_settings(()).unwrap();
    settings
        .device
        .model_mirrors
        .push("http://10.0.0.8:8080".into());
    assert_eq!(
        code(stage.at_desk.update_settings(settings)),
        codes::INVALID
    );
}

#[test]
fn settings_are_the_workspaces_the_persons_and_the_machines() {
    let stage = Stage::new();
    let guest = stage.at_desk.add_person(person("陆鸣")).unwrap().id;
    let mut settings = stage.at_desk.get_settings(()).unwrap();
    settings.workspace.bin_days = 90;
    settings.person.mark_lag_ms = 900;
    settings.device.default_model = Some("tiny".into());
    let kept = stage.at_desk.update_settings(settings.clone()).unwrap();
    assert_eq!(kept, settings);

    // Somebody else sits down: what is theirs is theirs, the rest stays.
    let theirs = AtDesk::new(stage.desk.clone(), guest);
    let found = theirs.get_settings(()).unwrap();
    assert_eq!(found.person, PersonSettings::default());
    assert_eq!(found.workspace, settings.workspace);
    assert_eq!(found.device, settings.device);
    let mut found = found;
    found.person.mark_lag_ms = 3_000;
    theirs.update_settings(found).unwrap();
    assert_eq!(stage.at_desk.get_settings(()).unwrap(), settings);

    // Each is taken back by itself, and can be set again.
    let actions = ["device.settings", "person.settings", "settings.edit"];
    for action in actions {
        assert_eq!(stage.at_desk.undo(()).unwrap().action, action);
    }
    assert_eq!(stage.at_desk.get_settings(()).unwrap(), Settings::default());
    let again = stage.at_desk.update_settings(settings.clone()).unwrap();
    assert_eq!(again, settings);
}

#[test]
fn payloads_are_text_everywhere() {
    let stage = Stage::new();
    let (case, recording) = stage.case("call");
    let long = "很长".repeat(16_000);
    for text in [
        "'; DROP TABLE issue; --",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u{202e}右到左\u{202c} emoji 👩‍👩‍👧 ＝cmd|' /C calc'!A0",
        &long,
    ] {
        let request = MarkRequest {
            text: Some(text.into()),
            ..MarkRequest::at(recording, 5_000)
        };
        let o = stage.at_desk.mark(request).unwrap().observation;
        assert_eq!(o.text, text);
        let row = stage.issue(text, vec![o.id]);
        assert_eq!(row.issue.title, text.trim());
        let view = stage.at_desk.get_issue(row.issue.id).unwrap();
        assert_eq!(view.evidence[0].observation.text, text);
        stage
            .at_desk
            .search(SearchQuery::of(text.chars().take(40).collect::<String>()))
            .unwrap();
    }
    assert_eq!(stage.at_desk.observations_of(case).unwrap().len(), 4);
    assert_eq!(
        stage
            .at_desk
            .list_issues(IssueQuery::default())
            .unwrap()
            .total,
        4
    );
}
