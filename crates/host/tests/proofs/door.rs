//! What the one door asks before it does what nothing takes back, and what it takes no path for.
#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up stops right there"
)]

use crate::common::desk::desk_at;
use parking_lot::Mutex;
use qinting_desk::{ChosenFor, NewPerson, codes};
use qinting_domain::{ErrorNote, Role};
use qinting_host::{Answer, Door, Hands, Mark, NoHands, OpenWorkspace, Places, marked};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::Arc;
use tempfile::TempDir;

/// A desk with a workspace open, and a door to it.
struct House {
    dir: TempDir,
    opened: Arc<OpenWorkspace>,
    door: Door,
}

impl House {
    fn with(hands: impl Hands + 'static) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path().join("data"));
        let opened = Arc::new(desk_at(&places, false));
        opened.open_own().unwrap();
        let door = Door::new(opened.clone(), hands);
        Self { dir, opened, door }
    }

    fn call(&self, command: &str, request: Value) -> Result<Value, ErrorNote> {
        self.repeat(command, request, None)
    }

    fn repeat(
        &self,
        command: &str,
        request: Value,
        token: Option<&str>,
    ) -> Result<Value, ErrorNote> {
        let call = self.door.begin("1").confirmed_by(token.map(str::to_owned));
        let answer = self.door.answer(call, command, &request)?;
        Ok(match answer {
            Answer::Json(text) => serde_json::from_str(&text).unwrap(),
            Answer::Bytes(bytes) => json!(bytes.len()),
        })
    }

    /// Somebody who can be purged.
    fn somebody(&self, name: &str) -> Value {
        let new = NewPerson {
            name: name.into(),
            roles: [Role::Participant].into(),
            org_unit: String::new(),
        };
        let added = self.opened.at_desk().unwrap().add_person(new).unwrap();
        json!({"kind": "person", "id": added.id, "reason": "本人要求"})
    }

    fn people(&self) -> usize {
        let people = self.opened.at_desk().unwrap().list_people(());
        people.unwrap().len()
    }

    /// What every command that destroys could be asked here.
    fn asked(&self, command: &str) -> Value {
        match command {
            "purge" => self.somebody("走的人"),
            "remove_model" => json!("tiny"),
            "reset_demo" => Value::Null,
            other => panic!("how {other} is asked must stand here"),
        }
    }
}

/// Somebody who is asked and answers; remembers what they were asked.
struct Person {
    says: bool,
    asked: Arc<Mutex<Vec<(String, String)>>>,
}

impl Hands for Person {
    fn confirms(&self, command: &str, named: &str) -> Option<bool> {
        self.asked.lock().push((command.into(), named.into()));
        Some(self.says)
    }
}

fn destroys() -> Vec<&'static str> {
    let marked = marked().filter(|(_, mark)| *mark == Mark::Destroys);
    marked.map(|(command, _)| command).collect()
}

#[test]
fn what_destroys_is_not_done_by_lines_until_exactly_it_is_repeated_with_its_token() {
    let house = House::with(NoHands);
    for command in destroys() {
        let request = house.asked(command);
        let before = house.people();
        let refused = house.call(command, request.clone()).unwrap_err();
        assert_eq!(refused.code, codes::COMMAND_CONFIRM, "{command}");
        let token = &refused.args["token"];
        // A token is of one call: not of another one, not of the same about something else.
        let other = house.asked(command);
        for (name, asked) in [("purge", &other), (command, &json!({"more": 1}))] {
            if (name, asked) != (command, &request) {
                let again = house.repeat(name, asked.clone(), Some(token));
                assert!(again.is_err(), "{command}: {name}");
            }
        }
        let made_up = house.repeat(command, request.clone(), Some("0000"));
        assert_eq!(made_up.unwrap_err().code, codes::COMMAND_CONFIRM);
        let untouched = usize::from(command == "purge");
        assert_eq!(house.people(), before + untouched, "{command} did nothing");
        let done = house.repeat(command, request.clone(), Some(token));
        let asked_again = |e: &ErrorNote| e.code == codes::COMMAND_CONFIRM;
        assert!(
            !done.is_err_and(|e| asked_again(&e)),
            "{command} goes through"
        );
        let spent = house.repeat(command, request, Some(token)).unwrap_err();
        assert!(
            asked_again(&spent) || spent.code == codes::NOT_FOUND,
            "{command}: {spent:?}"
        );
    }
}

#[test]
fn in_a_window_the_person_is_asked_by_name_and_their_no_is_a_no() {
    for says in [false, true] {
        let asked = Arc::default();
        let house = House::with(Person {
            says,
            asked: Arc::clone(&asked),
        });
        for command in destroys() {
            let request = house.asked(command);
            let before = house.people();
            let answer = house.call(command, request);
            let refused = answer.as_ref().is_err_and(|e| e.code == codes::CANCELLED);
            assert_eq!(refused, !says, "{command}: {answer:?}");
            if !says {
                assert_eq!(house.people(), before, "{command}");
            }
        }
        let asked = asked.lock();
        let purge = asked.iter().find(|(command, _)| command == "purge");
        assert_eq!(purge.unwrap().1, "走的人", "they see whom it is about");
        assert_eq!(asked.len(), destroys().len(), "each was asked once");
    }
}

#[test]
fn what_leaves_goes_only_where_a_person_said_and_once() {
    let house = House::with(NoHands);
    let leaves = marked().filter(|(_, mark)| *mark == Mark::Leaves);
    let leaves: Vec<&str> = leaves.map(|(command, _)| command).collect();
    assert_eq!(leaves, ["export_findings"], "each of them is tried here");
    let file = house.dir.path().join("out.csv");
    let request = |to: &str| json!({"format": "csv", "to": to});
    for place in [file.to_str().unwrap(), "report", ""] {
        let refused = house.call("export_findings", request(place)).unwrap_err();
        assert_eq!(refused.code, codes::TICKET_SPENT);
    }
    let opened = house.opened.tickets();
    let dropped = opened.give(ChosenFor::Recordings, vec![file.clone()]);
    let refused = house.call("export_findings", request(&dropped.0));
    assert_eq!(refused.unwrap_err().code, codes::TICKET_SPENT);
    assert!(!file.exists());

    opened.grant("report", file.clone());
    house.call("export_findings", request("report")).unwrap();
    assert!(file.exists());
    let again = house.call("export_findings", request("report"));
    assert_eq!(again.unwrap_err().code, codes::TICKET_SPENT);
}

#[test]
fn only_a_window_has_dialogs_and_a_clipboard() {
    let house = House::with(NoHands);
    for (command, request) in [
        ("pick_audio", Value::Null),
        ("pick_audio_folder", Value::Null),
        ("pick_model_file", Value::Null),
        ("pick_export_path", json!("csv")),
        ("pick_workspace", Value::Null),
        ("copy_text", json!("字")),
        ("speak", json!("en")),
        ("take_pending_link", Value::Null),
        ("ui_ready", Value::Null),
    ] {
        let refused = house.call(command, request).unwrap_err();
        assert_eq!(refused.code, codes::COMMAND_ELSEWHERE, "{command}");
    }
}

#[test]
fn a_text_that_looks_like_a_place_is_none() {
    let house = House::with(NoHands);
    let victim = house.dir.path().join("victim.bin");
    std::fs::write(&victim, "sound").unwrap();
    let far: PathBuf = ["..", "..", "victim.bin"].iter().collect();
    for place in [victim.to_str().unwrap(), far.to_str().unwrap()] {
        for command in [
            "download_model",
            "remove_model",
            "add_model_file",
            "open_workspace",
            "restore_copy",
        ] {
            let refused = house.call(command, json!(place)).unwrap_err();
            let token = refused.args.get("token").cloned();
            if let Some(token) = token {
                assert!(house.repeat(command, json!(place), Some(&token)).is_err());
            }
        }
        let plan = json!({
            "ticket": place, "suffix_rules": [], "zone": "UTC", "counts": "last", "sources": [],
        });
        let refused = house.call("import_plan", plan).unwrap_err();
        assert_eq!(refused.code, codes::TICKET_SPENT);
    }
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "sound");
}
