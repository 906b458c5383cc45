//! Links from outside: to a moment, an issue, a session; of this workspace, of another one, before any is open.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::desk::desk_at;
use crate::common::{Stage, code, new_issue, session};
use qinting_desk::*;
use qinting_domain::*;
use qinting_host::{OpenWorkspace, Places, Start};
use tempfile::TempDir;

fn issue_in(at_desk: &AtDesk, title: &str) -> Issue {
    let new = new_issue(title, Vec::new());
    at_desk.create_issue(new).unwrap().issue
}

struct Window {
    _dir: TempDir,
    elsewhere: std::path::PathBuf,
    opened: OpenWorkspace,
}

/// A window that begins with the doors.
fn window() -> Window {
    let dir = tempfile::tempdir().unwrap();
    let places = Places::below(dir.path().join("data"));
    let opened = desk_at(&places, true);
    opened.start(Start::Doors);
    Window {
        elsewhere: dir.path().join("客户之声"),
        _dir: dir,
        opened,
    }
}

#[test]
fn an_issue_and_a_session_are_led_to_by_links_that_say_whose_they_are() {
    let stage = Stage::new();
    let issue_id = issue_in(&stage.at_desk, "退款慢").id;
    let made = stage.at_desk.add_session(session("退款专场", &[])).unwrap();
    let session_id = made.session.id;
    for link in [Link::Issue { issue_id }, Link::Session { session_id }] {
        let url = stage.at_desk.link_to(link).unwrap();
        assert!(url.contains("?w="), "{url}");
        assert_eq!(stage.at_desk.resolve_link(url).unwrap(), link);
    }
}

#[test]
fn an_issue_is_led_to_by_its_number_and_by_one_it_had() {
    let stage = Stage::new();
    let issue = issue_in(&stage.at_desk, "退款慢");
    let (issue_id, before) = (issue.id, issue.number);
    stage.at_desk.renumber_issues(100).unwrap();
    for number in [before, 101] {
        let led = stage
            .at_desk
            .resolve_link(format!("qinting://issue/{number}"));
        assert_eq!(led.unwrap(), Link::Issue { issue_id });
    }
    let nobody = stage.at_desk.resolve_link("qinting://issue/77".into());
    assert_eq!(code(nobody), codes::NOT_FOUND);
}

#[test]
fn nobody_is_led_to_what_they_do_not_see() {
    let stage = Stage::new();
    let (case, _) = stage.case("call");
    let issue = issue_in(&stage.at_desk, "退款慢");
    let made = stage
        .at_desk
        .add_session(session("退款专场", &[case]))
        .unwrap();
    let someone = |name: &str, role| NewPerson {
        name: name.into(),
        roles: [role].into(),
        org_unit: String::new(),
    };
    let guest = stage
        .at_desk
        .add_person(someone("来", Role::Guest))
        .unwrap();
    let boss = someone("管", Role::Administrator);
    stage.at_desk.add_person(boss).unwrap();
    let guest = AtDesk::new(stage.desk.clone(), guest.id);
    for url in [
        format!("qinting://case/{case}"),
        format!("qinting://issue/{}", issue.id),
        format!("qinting://issue/{}", issue.number),
        format!("qinting://session/{}", made.session.id),
    ] {
        assert_eq!(
            code(guest.resolve_link(url.clone())),
            codes::NOT_FOUND,
            "{url}"
        );
    }
}

#[test]
fn a_link_of_another_workspace_says_whose_it_is() {
    let window = window();
    window.opened.open_workspace(&window.elsewhere).unwrap();
    let there = window.opened.at_desk().unwrap();
    let issue_id = issue_in(&there, "退款慢").id;
    let url = there.link_to(Link::Issue { issue_id }).unwrap();
    window.opened.open_own().unwrap();

    let refused = window.opened.resolve_link(&url).unwrap_err().note;
    assert_eq!(refused.code, codes::LINK_ELSEWHERE_NAMED);
    assert_eq!(refused.args["name"], "客户之声");

    let unknown = url.replace(
        url.rsplit('=').next().unwrap(),
        &uuid::Uuid::from_u128(9).to_string(),
    );
    assert_eq!(
        code(window.opened.resolve_link(&unknown)),
        codes::LINK_ELSEWHERE
    );

    window.opened.open_workspace(&window.elsewhere).unwrap();
    assert_eq!(
        window.opened.resolve_link(&url).unwrap(),
        Link::Issue { issue_id }
    );
}

#[test]
fn a_link_that_comes_while_the_doors_are_shown_waits_for_a_workspace() {
    let window = window();
    assert!(window.opened.hand_link("qinting://issue/1", true).is_none());
    assert_eq!(window.opened.take_link().unwrap(), None);
    window.opened.open_own().unwrap();
    let issue_id = issue_in(&window.opened.at_desk().unwrap(), "退款慢").id;
    assert_eq!(
        window.opened.take_link().unwrap(),
        Some(Link::Issue { issue_id })
    );
    assert_eq!(
        window.opened.take_link().unwrap(),
        None,
        "it is followed once"
    );
}

#[test]
fn a_link_that_comes_before_the_page_waits_for_it_and_one_that_leads_nowhere_says_so_there() {
    let window = window();
    window.opened.open_own().unwrap();
    assert!(
        window
            .opened
            .hand_link("qinting://issue/1", false)
            .is_none()
    );
    assert!(
        window
            .opened
            .hand_link("qinting://issue/x", false)
            .is_none()
    );
    assert_eq!(code(window.opened.take_link()), codes::LINK_INVALID);
    assert_eq!(window.opened.take_link().unwrap(), None);
    let led = window.opened.hand_link("qinting://issue/1", true).unwrap();
    assert_eq!(code(led), codes::NOT_FOUND);
}
