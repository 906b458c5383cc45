//! Marks that stand at no moment of sound, from the command line.

use crate::terminal::{Terminal, text};
use serde_json::json;

#[test]
fn a_mark_of_the_whole_is_told_linked_and_exported_as_such() {
    let terminal = Terminal::new();
    let case = terminal.one_case();
    let marked = terminal.ok(["mark", &case, "--whole", "--note", "整通都在推"]);
    let o = &marked["observation"];
    let facts = json!([o["anchor"], o["place"], o["link"]]);
    assert_eq!(
        facts,
        json!(["whole", "整通", format!("qinting://case/{case}")])
    );
    let out = terminal.run(["export", "--format", "md"]).out;
    assert!(
        out.contains(&format!("[整通](qinting://case/{case})")),
        "{out}"
    );
    for place in [&["--whole", "--at", "0"][..], &["--turn", "0"], &[]] {
        let mark = ["mark", &case]
            .iter()
            .chain(place)
            .copied()
            .collect::<Vec<_>>();
        assert_eq!(terminal.run(mark).code, 64, "{place:?}");
    }
    // Only a chat has turns.
    let (exit, answer) = terminal.json(["mark", &case, "--turn", "1-2"]);
    assert_eq!(
        (exit, text(&answer["error"]["code"]).as_str()),
        (64, "invalid")
    );
}
