//! What `qinting import --plan` says of tables and side-cars that are broken, hostile or odd.

use crate::terminal::Terminal;
use crate::terminal::planned::{TABLE, folder, plan, put, refused};
use rstest::rstest;
use serde_json::json;

#[test]
fn what_cannot_be_read_costs_its_own_file_and_says_why() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let mut bomb = "<!DOCTYPE a [<!ENTITY b0 \"ha\">".to_owned();
    for n in 1..30 {
        bomb.push_str(&format!("<!ENTITY b{n} \"&b{0};&b{0};\">", n - 1));
    }
    put(&terminal, "a bomb.xml", format!("{bomb}]><a>&b29;</a>"));
    put(
        &terminal,
        "b fetch.xml",
        "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>",
    );
    put(
        &terminal,
        "c deep.json",
        format!("{}{}", "[".repeat(1_000), "]".repeat(1_000)),
    );
    put(&terminal, "d cut.json", "{\"calls\": [{\"id\": ");
    put(&terminal, "e page.xls", "<html><table><tr><td>1</table>");
    put(&terminal, "f empty.csv", "");
    put(&terminal, "g broken.xlsx", "PK\x03\x04 and nothing");
    put(&terminal, "h bare.xls", b"\x09\x08\x08\0\0\x10\0\0\0\0\0\0");
    let plan = plan(&terminal, &[]);
    let codes = [
        ("a bomb.xml", "side_car.unsafe"),
        ("b fetch.xml", "side_car.unsafe"),
        ("c deep.json", "side_car.too_deep"),
        ("d cut.json", "side_car.cut_off"),
        ("e page.xls", "table.html"),
        ("f empty.csv", "table.empty"),
        ("g broken.xlsx", "table.damaged"),
        ("h bare.xls", "table.kind"),
    ];
    assert_eq!(
        refused(&plan),
        codes.map(|(name, code)| (name.to_owned(), code.to_owned()))
    );
    assert_eq!(
        plan["calls"][0]["known"]["csat"]["value"], "5",
        "the good one is read"
    );
}

#[rstest]
#[case::another_month("a,开始时间,call_id\nx.wav,2026-10-05 09:00:00,c-00001\n", &[], "is_of_another_time")]
#[case::midnight("录音文件名,开始时间,结束时间\n20261117_0915_8841.wav,2026-11-17 23:58:00,00:03:00\n", &[], "next_day")]
#[case::clocks_back("录音文件名,开始时间\n20261117_0915_8841.wav,2026-11-01 01:30:00\n", &["--zone", "America/New_York"], "time_twice")]
#[case::clocks_forward("录音文件名,开始时间\n20261117_0915_8841.wav,2026-03-08 02:30:00\n", &["--zone", "America/New_York"], "time_skipped")]
#[case::no_key("满意度,小结\n5,退货\n", &[], "leads_to_calls")]
fn odd_tables_are_told_for_what_they_are(
    #[case] table: &str,
    #[case] with: &[&str],
    #[case] what: &str,
) {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", table);
    let source = plan(&terminal, with)["sources"][0].clone();
    let faults = &source["told"]["faults"];
    let is_told = match what {
        "is_of_another_time" => source[what] == true,
        "leads_to_calls" => source["told"][what] == false,
        fault => faults[fault] == 1,
    };
    assert!(is_told, "{source:#}");
}

/// On other systems a worker's memory has other bounds, and the workbook is damaged or empty.
#[cfg(target_os = "linux")]
#[test]
fn a_workbook_that_kills_its_reader_costs_its_own_file() {
    let terminal = Terminal::new();
    folder(&terminal);
    put(&terminal, "t.csv", TABLE);
    let mut bytes = include_bytes!("../../../table/look_alikes/mac_1904.xls").to_vec();
    // The record that says how many rows and columns there are (MS-XLS 2.4.90), for which its reader sets memory aside.
    let at = bytes
        .windows(4)
        .position(|record| record == [0x00, 0x02, 0x0E, 0x00]);
    let at = at.expect("a record of dimensions") + 4;
    bytes[at + 4..at + 8].copy_from_slice(&0xFFFF_FFF0_u32.to_le_bytes());
    bytes[at + 10..at + 12].copy_from_slice(&0xFFFF_u16.to_le_bytes());
    put(&terminal, "a killer.xls", bytes);
    let plan = plan(&terminal, &[]);
    let refused = refused(&plan);
    assert_eq!(
        refused,
        [("a killer.xls".to_owned(), "facts.worker_died".to_owned())]
    );
    assert_eq!(
        plan["calls"][0]["known"]["csat"]["value"], "5",
        "the good one is read"
    );
}

#[test]
fn a_workbook_is_planned_like_a_table() {
    let terminal = Terminal::new();
    folder(&terminal);
    let excel = include_bytes!("../../../table/look_alikes/excel.xlsx");
    put(&terminal, "calls.xlsx", excel);
    let source = plan(&terminal, &[])["sources"][0].clone();
    let table = &source["told"]["table"];
    assert_eq!(
        (&table["sheet"], &table["header"]),
        (&json!("通话记录"), &json!(3))
    );
    assert_eq!(
        (&table["formulas"], &table["lost_digits"]),
        (&json!(5), &json!(1))
    );
    let other = plan(&terminal, &["--sheet", "没有"]);
    assert_eq!(
        refused(&other),
        [("calls.xlsx".to_owned(), "table.sheet".to_owned())]
    );
}
