//! An account in which no other program has made a cookie for the sound server.

use qinting_tests::live_room::LiveRoom;
use qinting_tests::sound::{Sink, is_there};
use serde_json::Value;
use std::process::Command;

#[test]
fn an_account_without_a_cookie_lists_and_hears_what_the_machine_plays() {
    if !is_there() {
        return;
    }
    let line = Sink::new("agent-line", 8_000, 1);
    let room = LiveRoom::with(std::slice::from_ref(&line));
    let lane = room.lane(&line, "=agent");
    let without_cookie = |args: &[&str]| -> Command {
        let mut command = room.home.command(args);
        room.speaker.lend(&mut command);
        command
            .env_remove("PULSE_COOKIE")
            .env("XDG_CONFIG_HOME", room.home.dir().join("moved"));
        command
    };

    let listed = without_cookie(&["live", "sources", "--json"]).output();
    let listed: Value =
        serde_json::from_slice(&listed.expect("qinting starts").stdout).expect("one JSON value");
    let ids: Vec<&str> = listed["sources"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|source| source["id"].as_str())
        .collect();
    assert!(
        ids.iter().any(|id| id.ends_with(&line.monitor())),
        "{ids:?}"
    );

    let mut record = vec!["live", "record", "--mode", "record", "--seconds", "1"];
    record.extend(["--consent", "drill", "--notice", "spoken"]);
    record.extend(["--lane", &lane[1]]);
    let recorded = without_cookie(&record).output().expect("qinting starts");
    assert!(recorded.status.success(), "{recorded:?}");
}
