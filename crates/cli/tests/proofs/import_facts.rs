//! `qinting import` with tables beside the recordings, and with tables that come later.

use crate::terminal::planned::{TABLE, folder, put};
use crate::terminal::{Terminal, rows, text};
use serde_json::{Value, json};

/// The first contact of each case, in the order of the names of their files.
fn contacts(terminal: &Terminal) -> Vec<Value> {
    let cases = terminal.ok(["cases", "--sort", "title"]);
    let of = |case: &Value| {
        let all = terminal.ok(["record", "list", "contact", "--case", &text(&case["id"])]);
        all["records"][0].clone()
    };
    rows(&cases["cases"]).iter().map(of).collect()
}

#[test]
fn calls_come_in_with_what_a_table_beside_them_tells() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "11月通话明细.csv", TABLE);
    let answer = terminal.ok(["import", "files"]);
    let told: Vec<&Value> = rows(&answer["files"]).iter().map(|f| &f["facts"]).collect();
    assert!(
        told.iter().all(|facts| facts.as_u64() > Some(4)),
        "{answer:#}"
    );
    let facts = &answer["facts"];
    assert_eq!(facts["sources"][0]["joined"], 3);
    assert_eq!(
        (&facts["without_call"], &facts["applied"]),
        (&json!(1), &Value::Null)
    );
    let all = contacts(&terminal);
    let known: Vec<_> = all
        .iter()
        .map(|c| (text(&c["agent"]), text(&c["csat"])))
        .collect();
    let of = |agent: &str, csat: &str| (agent.to_owned(), csat.to_owned());
    assert_eq!(known, [of("林小满", "5"), of("赵一", "1")]);
    assert_eq!(all[0]["began_at"], 1_794_878_100_000_i64);
    assert_eq!(all[0]["facts"]["满意度"], "5");
    assert_eq!(rows(&terminal.ok(["search", "林小满"])["hits"]).len(), 1);
}

#[test]
fn a_table_that_comes_later_tells_of_calls_that_are_here_and_a_persons_word_stays() {
    let terminal = Terminal::new();
    folder(&terminal);
    terminal.ok(["import", "files"]);
    let first = contacts(&terminal).remove(0);
    assert_eq!(
        first["began_at"], 1_794_878_100_000_i64,
        "its name says when"
    );
    terminal.ok([
        "record",
        "edit",
        "contact",
        &text(&first["id"]),
        "csat=不满意",
    ]);

    put(&terminal, "later/11月.csv", TABLE);
    let answer = terminal.ok(["import", "files/later"]);
    assert_eq!(rows(&answer["files"]).len(), 0);
    let applied = &answer["facts"]["applied"];
    assert_eq!(
        (&applied["contacts"], &applied["differences"]),
        (&json!(2), &json!(1))
    );
    let all = contacts(&terminal);
    assert_eq!(
        (&all[0]["agent"], &all[0]["csat"]),
        (&json!("林小满"), &json!("不满意"))
    );
    let case = text(&all[0]["case_id"]);
    let differing = terminal.ok(["record", "told", &case]);
    assert_eq!(differing["differences"][0]["told"], "5");
    let again = terminal.ok(["import", "files/later"]);
    assert_eq!(
        again["facts"]["applied"]["op_id"],
        Value::Null,
        "the same twice is once"
    );
}

#[test]
fn calls_say_on_what_they_were_brought_in() {
    let terminal = Terminal::new();
    folder(&terminal);
    let notice = "通话开头语音告知，2026 版";
    terminal.ok(["import", "files", "--basis", "同意", "--notice", notice]);
    let all = contacts(&terminal);
    for contact in &all {
        assert_eq!(
            (&contact["basis"], &contact["notice"]),
            (&json!("同意"), &json!(notice))
        );
    }
    let id = text(&all[0]["id"]);
    terminal.ok(["record", "edit", "contact", &id, "basis="]);
    assert_eq!(contacts(&terminal)[0]["basis"], "");
}

#[test]
fn who_speaks_where_is_turned_round_for_several_calls_at_once() {
    let terminal = Terminal::new();
    folder(&terminal);
    terminal.ok(["import", "files"]);
    let roles = || {
        let cases = terminal.ok(["cases", "--sort", "title"]);
        let all = rows(&cases["cases"]).iter();
        let all = all.map(|case| (text(&case["id"]), case["roles"].clone()));
        all.unzip::<_, _, Vec<_>, Vec<_>>()
    };
    let (cases, before) = roles();
    assert_eq!(before, vec![json!(["agent", "customer"]); 2]);
    let swapped = terminal.ok(["record", "swap", &cases[0], &cases[1]]);
    assert_eq!(swapped, json!({ "swapped": 2 }));
    assert_eq!(roles().1, vec![json!(["customer", "agent"]); 2]);
}
