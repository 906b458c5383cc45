//! `qinting verify`: what somebody did to the log behind the program's back is found.

use crate::terminal::{Terminal, rows, text};

#[test]
fn a_log_that_was_put_back_by_hand_is_found_out() {
    let terminal = Terminal::new();
    terminal.tone("a.wav", 900, 440.0, 1);
    terminal.ok(["import", "files"]);
    let case = text(&rows(&terminal.ok(["cases"])["cases"])[0]["id"]);
    let sound = terminal.ok(["verify"]);
    assert_eq!(
        (
            sound["fault_count"].as_i64(),
            sound["chains"][0]["ours"].as_bool()
        ),
        (Some(0), Some(true))
    );
    let database = terminal.workspace().join("workspace.db");
    let before = std::fs::read(&database).expect("the database");
    terminal.ok(["mark", &case, "--at", "200"]);
    assert_eq!(
        terminal.ok(["verify"])["operations"],
        sound["operations"].as_i64().map_or(0, |n| n + 1)
    );

    std::fs::write(&database, before).expect("an older one in its place");
    let (code, found) = terminal.json(["verify"]);
    assert_eq!(code, 4);
    assert_eq!(found["faults"][0]["what"], "cut");
    assert_eq!(found["faults"][0]["count"], 1);
}
