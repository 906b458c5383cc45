//! What comes in broken, hostile or contradictory is told, never believed and never a panic.

use crate::common::{beijing, of_rows, of_table, of_tree, told};
use qinting_domain::{FactFaultCode, FactKey, FactOrigin, FactPlace};
use qinting_facts::tree::{self, TreeReason};
use qinting_facts::{
    Deliveries, Delivery, FactReading, Profile, Reading, Reads, Summary, built_in,
};
use qinting_table::value::zone_named;
use rstest::rstest;

/// A table of calls by usual columns.
fn calls() -> Profile {
    let mut profile = Profile::new("calls", Reads::Table);
    for (key, column) in [
        (FactKey::FileName, "录音文件"),
        (FactKey::CallId, "通话ID"),
        (FactKey::BeganAt, "开始时间"),
        (FactKey::AnsweredAt, "接听时间"),
        (FactKey::EndedAt, "结束时间"),
        (FactKey::TalkMs, "通话时长"),
        (FactKey::Transfers, "转接次数"),
        (FactKey::Direction, "方向"),
        (FactKey::Title, "标题"),
    ] {
        profile.facts.insert(key, FactReading::of(&[column]));
    }
    profile
}

/// One row under a heading, as lines.
fn one(profile: &Profile, columns: &[&str], cells: &[&str]) -> Vec<String> {
    let owned = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let facts = of_table(profile, &owned(columns), &[(2, owned(cells))]);
    told(&facts[0])
}

#[rstest]
#[case::unreadable(&["开始时间"], &["上周二"], &["began_at: TimeUnreadable (上周二)"])]
#[case::time_without_a_day(&["开始时间"], &["09:15"], &["began_at: DateMissing (09:15)"])]
#[case::nothing_as_a_time(&["开始时间", "接听时间"], &["0000-00-00 00:00:00", "NULL"], &[])]
#[case::length(&["通话时长"], &["很久"], &["talk_ms: DurationUnreadable (很久)"])]
#[case::count(&["转接次数"], &["几次"], &["transfers: NumberUnreadable (几次)"])]
#[case::word(&["方向"], &["横向"], &["direction: WordUnknown (横向)"])]
#[case::formula(&["开始时间", "标题"], &["=NOW()", "=1+1"], &["title==1+1", "began_at: TimeUnreadable (=NOW())"])]
#[case::kept_as_text(&["通话ID"], &["=\"0012345678901234567\""], &["call_id=0012345678901234567"])]
#[case::end_before_begin(
    &["开始时间", "结束时间"], &["2026-11-17 09:15", "2026-11-17 09:14"],
    &["began_at=2026-11-17T01:15:00Z", "ended_at: EndsBeforeBegin (2026-11-17 09:14)"],
)]
#[case::over_midnight(
    &["开始时间", "结束时间"], &["2026-11-17 23:58:20", "00:02:05"],
    &["began_at=2026-11-17T15:58:20Z", "ended_at=2026-11-17T16:02:05Z", "ended_at: NextDay (00:02:05)"],
)]
#[case::same_day(
    &["开始时间", "结束时间"], &["2026-11-17 09:15", "09:18:15"],
    &["began_at=2026-11-17T01:15:00Z", "ended_at=2026-11-17T01:18:15Z"],
)]
#[case::doubled_heading(
    &["通话ID", "通话ID", "通话ID"], &["a-1", "a-1", "b-2"],
    &["call_id=a-1", "call_id: DoubledOtherwise (b-2)"],
)]
#[case::row_too_short(&["通话ID", "标题"], &["a-1"], &["call_id=a-1"])]
#[case::row_too_long(&["通话ID"], &["a-1", "x", "y"], &["call_id=a-1"])]
fn a_cell_that_is_not_simply_understood_is_told(
    #[case] columns: &[&str],
    #[case] cells: &[&str],
    #[case] lines: &[&str],
) {
    assert_eq!(one(&calls(), columns, cells), lines);
}

#[test]
fn a_report_in_a_title_stays_among_the_rest() {
    let long = "长".repeat(501);
    let facts = of_table(&calls(), &["标题".to_owned()], &[(2, vec![long.clone()])]);
    assert_eq!(facts[0].faults[0].code, FactFaultCode::TooLong);
    assert_eq!(facts[0].rest["标题"], long);
}

#[test]
fn the_hour_that_comes_twice_is_told_of_the_row() {
    let mut profile = calls();
    profile.zone = Some("America/New_York".to_owned());
    let lines = one(
        &profile,
        &["开始时间", "结束时间"],
        &["2026-11-01 01:30", "2026-03-08 02:30"],
    );
    let expected = [
        "began_at=2026-11-01T05:30:00Z",
        "began_at: TimeTwice (2026-11-01 01:30)",
        "ended_at: TimeSkipped (2026-03-08 02:30)",
        "ended_at: EndsBeforeBegin (2026-03-08 02:30)",
    ];
    assert_eq!(lines, expected);
}

#[test]
fn everything_that_came_is_kept_as_it_came() {
    let columns = ["电话", "电话", "", "备注"].map(str::to_owned);
    let cells = [" 139 ", "0571", "x", ""].map(str::to_owned).to_vec();
    let mut facts = of_table(
        &calls(),
        &columns,
        &[(7, [cells, vec!["more".to_owned()]].concat())],
    );
    let facts = facts.remove(0);
    let kept: Vec<(&str, &str)> = facts
        .rest
        .iter()
        .map(|(name, cell)| (name.as_str(), cell.as_str().unwrap()))
        .collect();
    let expected = [
        ("#3", "x"),
        ("#5", "more"),
        ("电话", " 139 "),
        ("电话 (2)", "0571"),
    ];
    assert_eq!(kept, expected);
    assert_eq!(facts.origin.place, FactPlace::Line { line: 7 });
}

/// A delivery of a call, told at a minute.
fn delivery(
    line: u64,
    id: &str,
    file: &str,
    title: &str,
    as_of: Option<i64>,
) -> qinting_domain::ContactFacts {
    let columns = ["通话ID", "录音文件", "标题"].map(str::to_owned);
    let cells = [id, file, title].map(str::to_owned).to_vec();
    let mut facts = of_table(&calls(), &columns, &[(line, cells)]).remove(0);
    facts.as_of = as_of;
    facts
}

#[test]
fn delivered_twice_is_one() {
    let mut seen = Deliveries::default();
    let mut see = |facts| seen.see("x", &facts);
    let of = |line| FactOrigin {
        source: 0,
        place: FactPlace::Line { line },
    };
    assert_eq!(
        see(delivery(2, "a", "a.wav", "退货", Some(1))),
        Delivery::First
    );
    assert_eq!(
        see(delivery(3, "a", "a.wav", "退货", Some(1))),
        Delivery::Again { of: of(2) }
    );
    assert_eq!(
        see(delivery(4, "a", "a.wav", "退款", Some(2))),
        Delivery::Newer { of: of(2) }
    );
    assert_eq!(
        see(delivery(5, "a", "a.wav", "退货", Some(1))),
        Delivery::Older { of: of(4) }
    );
    let keys = vec![FactKey::Title];
    assert_eq!(
        see(delivery(6, "a", "a.wav", "换货", None)),
        Delivery::Contradicts { of: of(4), keys }
    );
    assert_eq!(
        see(delivery(7, "a", "", "", None)),
        Delivery::Again { of: of(4) }
    );
    assert_eq!(
        see(delivery(8, "b", "https://x.example.com/A.mp3", "", None)),
        Delivery::SameFile { of: of(4) }
    );
    assert_eq!(
        see(delivery(9, "", "a.wav", "退款", None)),
        Delivery::Again { of: of(4) }
    );
    assert_eq!(see(delivery(10, "c", "", "", None)), Delivery::First);
    assert_eq!(
        see(delivery(11, "c", "c.wav", "", None)),
        Delivery::More { of: of(10) }
    );
    assert_eq!(see(delivery(12, "", "", "x", None)), Delivery::First);
}

#[test]
fn ids_of_two_systems_are_not_one() {
    let mut seen = Deliveries::default();
    assert_eq!(
        seen.see("x", &delivery(2, "1", "", "退货", None)),
        Delivery::First
    );
    assert_eq!(
        seen.see("y", &delivery(2, "1", "", "换货", None)),
        Delivery::First
    );
}

#[test]
fn two_kinds_of_dates_in_a_column_are_told_of() {
    let rows: Vec<(u64, Vec<String>)> = ["11/17/2026", "17/11/2026", "3/4/2026"]
        .iter()
        .zip(2..)
        .map(|(cell, line)| (line, vec![(*cell).to_owned()]))
        .collect();
    let columns = ["开始时间".to_owned()];
    let mut reading = Reading::of_table(&calls(), &columns, &beijing(), 0).unwrap();
    rows.iter().for_each(|(_, cells)| reading.look(cells));
    assert_eq!(reading.contradictory_orders().len(), 1);
    let (facts, _) = of_rows(&reading, &rows);
    let doubtful = facts
        .iter()
        .filter(|facts| !facts.faults.is_empty())
        .count();
    assert_eq!(doubtful, 1, "only what could be read either way is told of");
}

#[test]
fn a_bomb_a_fetch_and_a_thousand_levels_are_refused_by_their_codes() {
    let deep = format!("{}1{}", "{\"a\":".repeat(1_000), "}".repeat(1_000));
    let bomb = "<!DOCTYPE a [<!ENTITY b \"x\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
    let fetch = "<!DOCTYPE a SYSTEM \"http://example.com/a.dtd\"><a/>";
    let codes: Vec<&str> = [deep.as_str(), bomb, fetch]
        .iter()
        .map(|text| tree::parse(text.as_bytes()).unwrap_err().code())
        .collect();
    let unsafe_xml = "side_car.unsafe";
    assert_eq!(codes, ["side_car.too_deep", unsafe_xml, unsafe_xml]);
}

#[test]
fn a_side_car_without_end_is_refused_after_what_is_allowed() {
    let endless = std::io::repeat(b' ');
    assert_eq!(tree::read(endless).unwrap_err().reason, TreeReason::TooBig);
    let many = format!("[{}]", "1,".repeat(tree::MOST_NODES + 1));
    assert_eq!(
        tree::parse(many.as_bytes()).unwrap_err().reason,
        TreeReason::TooMany
    );
}

#[test]
fn a_side_car_that_is_no_record_gives_no_facts_and_no_panic() {
    for text in ["[]", "[1, 2]", "\"x\"", "{}", "[[{}]]", "<a/>"] {
        let (_, root) = tree::parse(text.as_bytes()).unwrap();
        for profile in built_in()
            .iter()
            .filter(|profile| !matches!(profile.reads, Reads::Table | Reads::FileName))
        {
            for facts in of_tree(profile, &root) {
                assert!(facts.known.is_empty(), "{text} by {}", profile.name);
            }
        }
    }
}

#[test]
fn a_zone_of_the_column_outweighs_that_of_the_profile() {
    let mut profile = calls();
    profile.zone = Some("Asia/Shanghai".to_owned());
    let lines = one(&profile, &["开始时间(UTC)"], &["2026-11-17 01:15"]);
    assert_eq!(lines, ["began_at=2026-11-17T01:15:00Z"]);
}

#[test]
fn a_profile_without_a_zone_takes_the_one_passed_in() {
    let columns = ["开始时间".to_owned()];
    let zone = zone_named("America/New_York").unwrap();
    let reading = Reading::of_table(&calls(), &columns, &zone, 3).unwrap();
    let facts = reading.row(2, &["2026-11-17 09:15"], &mut Summary::of_table(&reading));
    assert_eq!(told(&facts), ["began_at=2026-11-17T14:15:00Z"]);
    assert_eq!(facts.origin.source, 3);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_a_tree_or_a_fault(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
        if let Ok((_, root)) = tree::parse(&bytes) {
            root.to_json();
            tree::leaves(&root);
        }
    }

    #[test]
    fn anything_like_json_or_xml_is_a_tree_or_a_fault(
        json in "[\\[\\]{}:：,，\"'/*\\\\a1\\-.e\\n u]{0,60}",
        xml in "(<[/!?]?[ab]( a=['\"][b&;]*['\"])?[/?]?>|&[a-z#0-9]{0,4};|<!\\[CDATA\\[|\\]\\]>|<!--|-->|<!DOCTYPE|x| ){0,20}",
    ) {
        for text in [json.as_str(), xml.as_str()] {
            if let Ok((_, root)) = tree::parse(text.as_bytes()) {
                for profile in built_in() {
                    if matches!(profile.reads, Reads::Json | Reads::Xml) {
                        of_tree(profile, &root);
                    }
                }
            }
        }
    }
}
