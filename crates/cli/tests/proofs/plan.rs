//! What `qinting import --plan` says of recordings, tables and side-cars. Nothing is brought in by it.

use crate::terminal::planned::{TABLE, folder, plan, put};
use crate::terminal::{Terminal, rows, text};
use rstest::rstest;
use serde_json::{Value, json};
use std::fs;

#[test]
fn a_plan_says_which_call_a_table_tells_of_and_changes_nothing() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "11月通话明细.csv", TABLE);
    let plan = plan(&terminal, &[]);
    let calls = plan["calls"].as_array().expect("calls");
    assert_eq!(calls.len(), 2);
    let first = &calls[0];
    assert_eq!(first["title"], "20261117 0915 8841");
    assert_eq!(first["known"]["csat"]["value"], "5");
    assert_eq!(first["known"]["talk_ms"]["value"], 3_000);
    assert_eq!(
        first["from"],
        json!([[{"source": 0, "place": {"kind": "line", "line": 2}}, "name"]])
    );
    assert_eq!(plan["without_call_count"], 1);
    assert_eq!(plan["without_call"][0]["origin"]["place"]["line"], 5);
    let told = &plan["sources"][0]["told"];
    assert_eq!(told["profile"]["by"], "suggested");
    let why = json!({"column": "满意度", "fact": "csat", "because": "name"});
    assert!(rows(&told["profile"]["why"]).contains(&why), "{told:#}");
    assert_eq!(
        (&told["records"], &plan["sources"][0]["joined"]),
        (&json!(4), &json!({"name": 3}))
    );
    assert_eq!(
        terminal.ok(["cases"])["cases"],
        json!([]),
        "nothing was brought in"
    );
}

#[test]
fn two_rows_of_one_file_are_told_with_both_places() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let of = |more: &[&str]| plan(&terminal, more)["calls"][1].clone();
    let call = of(&[]);
    let said = &call["contradictions"][0];
    assert_eq!(said["key"], "csat");
    let places: Vec<&Value> = said["said"]
        .as_array()
        .expect("two")
        .iter()
        .map(|s| &s[1]["place"]["line"])
        .collect();
    assert_eq!(places, [&json!(3), &json!(4)]);
    assert_eq!(call["known"]["csat"]["value"], "1", "the last one counts");
    assert_eq!(of(&["--first-counts"])["known"]["csat"]["value"], "4");
}

#[test]
fn a_told_length_that_is_not_that_of_the_sound_is_shown_beside_it() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let plan = plan(&terminal, &[]);
    assert_eq!(plan["calls"][0]["lengths_apart"], Value::Null);
    let apart = json!({"sound_ms": 2_000, "told_ms": 310_000});
    assert_eq!(plan["calls"][1]["lengths_apart"], apart);
}

#[test]
fn names_and_numbers_are_masked_in_all_that_is_said() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let extra = TABLE
        .replacen("满意度", "身份证号", 1)
        .replace(",5\n", ",330106199001011234\n");
    put(&terminal, "u.csv", extra);
    let whole = [
        "王小明",
        "陈立",
        "孙二",
        "林小满",
        "赵一",
        "13900002280",
        "18600000417",
        "13700009999",
        "330106199001011234",
    ];
    let answer = plan(&terminal, &[]).to_string();
    let shown = terminal.run(["import", "--plan", "files"]).out;
    for secret in whole {
        assert!(!answer.contains(secret), "{secret} in {answer}");
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
    assert!(
        answer.contains("139****2280") && answer.contains("王**"),
        "{answer}"
    );
}

#[test]
fn what_is_here_already_and_what_comes_twice_is_told() {
    let terminal = Terminal::new();
    folder(&terminal);
    let case =
        terminal.ok(["import", "files/20261117_0915_8841.wav"])["files"][0]["case_id"].clone();
    fs::copy(
        terminal.file("20261117_0932_8807.wav"),
        terminal.file("copy.wav"),
    )
    .expect("a file");
    let plan = plan(&terminal, &[]);
    let told: Vec<_> = (plan["calls"].as_array().expect("calls").iter())
        .map(|call| (call["already"]["case_id"].clone(), call["same_as"].clone()))
        .collect();
    assert_eq!(
        told,
        [
            (case, Value::Null),
            (Value::Null, Value::Null),
            (Value::Null, json!(1))
        ]
    );
}

#[test]
fn a_side_car_is_recognised_and_joined_by_what_it_says() {
    let terminal = Terminal::new();
    terminal.tone("CA00000000000000000000000000000001.wav", 500, 330.0, 1);
    let twilio = r#"{"sid":"CA00000000000000000000000000000001","account_sid":"AC1","from":"+15005550002",
        "to":"+15005550001","start_time":"Tue, 10 Aug 2010 08:02:31 +0000","end_time":"Tue, 10 Aug 2010 08:02:47 +0000",
        "duration":"16","direction":"inbound","status":"completed","subresource_uris":{}}"#;
    put(&terminal, "x.json", twilio);
    let plan = plan(&terminal, &[]);
    let told = &plan["sources"][0]["told"]["profile"];
    assert_eq!(
        (&told["name"], &told["by"]),
        (&json!("Twilio · call"), &json!("built_in"))
    );
    assert_eq!(plan["sources"][0]["joined"], json!({"call_id": 1}));
    assert_eq!(plan["calls"][0]["known"]["direction"]["value"], "inbound");
}

#[test]
fn a_suggested_profile_is_mended_in_a_file_and_used_from_then_on() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let mut mine = plan(&terminal, &[])["sources"][0]["told"]["profile"]["written"].clone();
    mine["name"] = json!("我们的");
    mine["facts"]["disposition"] = json!({"from": ["满意度"], "words": {"1": "不满意", "*": ""}});
    let file = terminal.file("mine.profile");
    fs::write(&file, mine.to_string()).expect("a file");
    let with = ["--profile", file.to_str().expect("a path")];
    let plan = plan(&terminal, &with);
    let told = &plan["sources"][0]["told"]["profile"];
    assert_eq!(
        (&told["name"], &told["by"]),
        (&json!("我们的"), &json!("person"))
    );
    assert_eq!(plan["calls"][1]["known"]["disposition"]["value"], "不满意");
    assert_eq!(plan["profiles_unused"], json!([]));
}

#[test]
fn a_profile_of_names_tells_what_the_names_of_recordings_say() {
    let terminal = Terminal::new();
    terminal.tone("i_20261117091500_13900002280_8841.wav", 500, 330.0, 1);
    let names = r#"{"schema": 1, "name": "机房", "reads": "file_name",
        "pattern": "^(?<way>[io])_(?<began_at>\\d{14})_(?<number>\\d+)_(?<agent>\\d+)",
        "facts": {"direction": {"from": ["way"], "words": {"i": "inbound", "o": "outbound"}}}}"#;
    put(&terminal, "names.profile", names);
    put(
        &terminal,
        "cdr.csv",
        "主叫,呼叫方向,呼叫时间,技能组\n139****2280,呼入,2026-11-17 09:15:40,退货\n",
    );
    let plan = plan(&terminal, &["--profile", "files/names.profile"]);
    let call = &plan["calls"][0];
    assert_eq!(call["known"]["direction"]["value"], "inbound");
    assert_eq!(call["known"]["queue"]["value"], "退货", "{plan:#}");
    assert_eq!(plan["sources"][0]["joined"], json!({"number_and_time": 1}));
}

#[rstest]
#[case::unknown("no such thing", "profile.unknown")]
#[case::no_json("files/p.profile", "profile.unreadable")]
#[case::a_word("files/w.profile", "profile.word")]
#[case::another_version("files/v.profile", "profile.version")]
fn a_profile_that_cannot_be_followed_is_refused(#[case] named: &str, #[case] code: &str) {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "p.profile", "not json");
    put(
        &terminal,
        "w.profile",
        r#"{"schema": 1, "name": "x", "reads": "table", "zone": "Mars/Olympus"}"#,
    );
    put(
        &terminal,
        "v.profile",
        r#"{"schema": 2, "name": "x", "reads": "table"}"#,
    );
    let (exit, answer) = terminal.json(["import", "--plan", "files", "--profile", named]);
    assert_eq!(
        (exit, text(&answer["error"]["code"])),
        (1, code.to_owned()),
        "{answer:#}"
    );
}

#[test]
fn a_profile_that_fits_nothing_is_told() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let plan = plan(&terminal, &["--profile", "asterisk_cdr"]);
    assert_eq!(
        plan["profiles_unused"].as_array().expect("names").len(),
        1,
        "{plan:#}"
    );
    assert_eq!(plan["sources"][0]["told"]["profile"]["by"], "suggested");
}

#[test]
fn a_person_reads_it_in_words() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let shown = terminal.run(["import", "--plan", "files"]).out;
    for line in [
        "2 通，2 通有事实；1 条事实没有对上录音",
        "2 calls, 2 with facts; facts without a call: 1",
        "按列名和内容猜的，请过目",
        "1 通几处说法不一",
        "1 通说的时长和录音对不上",
        "什么都没有写进去",
    ] {
        assert!(shown.contains(line), "{line} is not in\n{shown}");
    }
}
