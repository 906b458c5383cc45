use super::*;
use rstest::rstest;
use serde_json::{Value, json};

fn read(text: &str) -> Result<Value, TreeFault> {
    parse(text).map(|node| node.to_json())
}

#[rstest]
#[case::standard(r#"{"a": [1, -2.5, true, null, "x"]}"#, json!({"a": [1, -2.5, true, null, "x"]}))]
#[case::empty_ones(r#"{"a": {}, "b": []}"#, json!({"a": {}, "b": []}))]
#[case::comments("{\"a\": 1, // 咨询分类\n /* more */ \"b\": 2}", json!({"a": 1, "b": 2}))]
#[case::comma_too_many(r#"{"a": [1, 2,], "b": 3,}"#, json!({"a": [1, 2], "b": 3}))]
#[case::full_width("{\"a\"：\"溢出\"，\"b\"：2}", json!({"a": "溢出", "b": 2}))]
#[case::full_width_in_texts(r#"{"a": "一：二，三"}"#, json!({"a": "一：二，三"}))]
#[case::single_quotes("{'a': 'it\\'s'}", json!({"a": "it's"}))]
#[case::bare_names("{call_id: 7, 坐席: '林'}", json!({"call_id": 7, "坐席": "林"}))]
#[case::lines("{\"a\":1}\n{\"a\":2}\r\n\n{\"a\":3}\n", json!([{"a": 1}, {"a": 2}, {"a": 3}]))]
#[case::close_together(r#"{"a":1}{"a":2}"#, json!([{"a": 1}, {"a": 2}]))]
#[case::parted_by_commas("{\"a\":1},\n{\"a\":2},", json!([{"a": 1}, {"a": 2}]))]
#[case::doubled_name(r#"{"a": 1, "a": 2, "a": 3, "a (2)": 4}"#, json!({"a": 1, "a (2)": 2, "a (3)": 3, "a (2) (2)": 4}))]
#[case::escapes(r#"{"a": "\u4e2d\ud83d\ude00\n\/\\"}"#, json!({"a": "中😀\n/\\"}))]
#[case::half_a_pair(r#"["\ud83d", "\ud83dx"]"#, json!(["\u{fffd}", "\u{fffd}x"]))]
#[case::a_windows_path(r#"["D:\录音\2026", "\u12"]"#, json!(["D:\\录音\\2026", "\\u12"]))]
#[case::a_tab_in_a_text("[\"a\tb\"]", json!(["a\tb"]))]
#[case::big(r#"[9007199254740992, 9007199254740993, 1700000000000000001]"#, json!([9007199254740992_u64, "9007199254740993", "1700000000000000001"]))]
#[case::huge("[123456789012345678901234567890]", json!(["123456789012345678901234567890"]))]
#[case::precise("[0.1234567890123456789]", json!(["0.1234567890123456789"]))]
#[case::zeros_before("[057188880000, +5, .5]", json!(["057188880000", 5, 0.5]))]
#[case::marks("\u{feff}{\"a\":\u{3000}1}", json!({"a": 1}))]
#[case::a_leaf("\"x\"", json!("x"))]
fn what_people_call_json_is_read(#[case] text: &str, #[case] value: Value) {
    assert_eq!(read(text), Ok(value));
}

#[rstest]
#[case::cut_off("{\"a\": [1,\n 2", TreeReason::CutOff, 2, 3)]
#[case::no_colon("{\"a\"\n 1}", TreeReason::Unexpected, 2, 2)]
#[case::no_comma("{\"a\": 1\n \"b\": 2}", TreeReason::Unexpected, 2, 2)]
#[case::two_commas("[1,\n,2]", TreeReason::Unexpected, 2, 1)]
#[case::wrong_bracket("{\"a\": [1}", TreeReason::Unexpected, 1, 9)]
#[case::closed_twice("{\"a\": 1}}", TreeReason::Unexpected, 1, 9)]
#[case::text_open("{\"坐席\": \"林\n}", TreeReason::TextNotClosed, 1, 8)]
#[case::text_open_at_the_end("[\"林\\", TreeReason::TextNotClosed, 1, 2)]
#[case::comment_open("{ /* \"a\": 1}", TreeReason::CutOff, 1, 3)]
#[case::not_a_number("{\"a\": NaN}", TreeReason::NotANumber, 1, 7)]
#[case::infinite("{\"a\": -Infinity}", TreeReason::NotANumber, 1, 7)]
#[case::no_number("{\"a\": 1.2.3}", TreeReason::Unexpected, 1, 7)]
#[case::no_word("{\"a\": None}", TreeReason::Unexpected, 1, 7)]
#[case::second_document("{\"a\": 1}\n{\"a\": }", TreeReason::Unexpected, 2, 7)]
#[case::prose("昨天的通话", TreeReason::Unexpected, 1, 1)]
fn what_is_not_is_told_with_its_line(
    #[case] text: &str,
    #[case] reason: TreeReason,
    #[case] line: u32,
    #[case] column: u32,
) {
    assert_eq!(
        read(text),
        Err(TreeFault {
            line,
            column,
            reason
        })
    );
}

#[test]
fn a_thousand_deep_is_refused_and_a_hundred_is_read() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(parse(&nested(MOST_DEPTH)).is_ok());
    for deep in [
        nested(MOST_DEPTH + 1),
        nested(1_000),
        "[".repeat(1_000_000),
        "{\"a\":".repeat(1_000),
    ] {
        let fault = parse(&deep).unwrap_err();
        assert_eq!((fault.reason, fault.line), (TreeReason::TooDeep, 1));
    }
}

#[test]
fn the_documentation_of_a_vendor_is_read_with_its_signs() {
    let push = r#"{
        "eventtype": 5, "sessionid": 216629286,
        "category": "售后问题/退货", //咨询分类
        "shuntGroupName"："分流客服组",
        "waitDuration":"5分10秒",  //排队等待时长
      }"#;
    let value = read(push).unwrap();
    assert_eq!(value["shuntGroupName"], "分流客服组");
    assert_eq!(value["sessionid"], 216629286);
}
