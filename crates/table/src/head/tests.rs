use super::*;
use crate::cell::of_text;
use rstest::rstest;

/// Rows written as a table people can read: one line a row, `|` between cells.
fn rows(text: &str) -> Vec<Raw> {
    let row = |(at, line): (usize, &str)| {
        let cells: Vec<_> = line.split('|').map(of_text).collect();
        Raw {
            line: at as u64 + 1,
            said: cells.len(),
            cells,
        }
    };
    text.lines().map(str::trim).enumerate().map(row).collect()
}

#[rstest]
#[case::at_the_top("主叫|坐席|开始时间\n13900001111|王小明|2023-11-15 06:13:20")]
#[case::alone("主叫|坐席|开始时间")]
#[case::words_only("姓名|部门|组别\n王小明|客服部|A组\n李四|投诉部|A组\n张三|客服部|B组")]
#[case::ids_below("call_id|agent|queue\nA0001|anna|vip\nA0002|bob|vip")]
#[case::days_as_headers("坐席|2023-11-01|2023-11-02\n王小明|12|15\n李四|8|9")]
#[case::a_year_among_them("坐席|2023|合计\n王小明|王小明在京|15\n李四|李四在沪|9")]
#[case::many_are_empty("主叫|坐席|小结|备注|标签\n13900001111||||\n13900002222|王|||")]
#[case::numbered("问题1|问题2|问题3\n5|4|3\n1|2|3")]
fn a_header_is_the_first_row(#[case] text: &str) {
    assert_eq!(header(&rows(text)), Some(0));
}

#[rstest]
#[case::title_and_exporter(
    "2023年11月通话记录|||\n导出人：admin|导出时间：2023-11-30||\n主叫|坐席|时间|时长\n139|王|06:13:20|5",
    2
)]
#[case::title_over_two_columns("通话记录|\n号码|姓名\n13900001111|王小明\n13900002222|李四", 1)]
#[case::exporter_as_wide_as_the_table(
    "导出人|张三|导出时间|2023-11-30\n主叫|被叫|开始时间|时长\n13900001111|8001|2023-11-15|214\n13900002222|8002|2023-11-15|40",
    1
)]
#[case::exporter_in_words(
    "导出人|张三|部门|客服部\n主叫|被叫|开始时间|时长\n13900001111|8001|2023-11-15|214\n13900002222|8002|2023-11-15|40",
    1
)]
#[case::groups_of_columns(
    "基本信息||通话信息||\n主叫|被叫|开始|时长|结果\n13900001111|8001|06:13:20|214|接通",
    1
)]
#[case::groups_told_for_each_column(
    "基本|基本|通话|通话\n主叫|被叫|开始|时长\n13900001111|8001|06:13:20|214\n13900002222|8002|06:15:20|14",
    1
)]
#[case::period_in_numbers(
    "2023-11-01|2023-11-30|1024|12\n主叫|被叫|结果|备注\n13900001111|8001|接通|好\n13900002222|8002|未接|无",
    1
)]
fn what_stands_above_a_header_is_none(#[case] text: &str, #[case] at: usize) {
    assert_eq!(header(&rows(text)), Some(at));
}

#[rstest]
#[case::one_row("|test|100|ctx|SIP/test-02897fd8|2009-01-14 23:51:15|5|5|ANSWERED|1231977075.0")]
#[case::people("王小明|客服部|13900001111\n李四|投诉部|13900002222\n张三|客服部|13900003333")]
#[case::numbers("13900001111\n13900002222")]
#[case::calls("139|8001|2023-11-15|接通\n138|8002|2023-11-15|接通\n137|8003|2023-11-15|未接")]
#[case::words_that_come_again(
    "王小明|客服部|A组\n李四|客服部|A组\n王小明|客服部|B组\n李四|客服部|A组"
)]
fn a_table_may_have_no_header(#[case] text: &str) {
    assert_eq!(header(&rows(text)), None);
}

#[test]
fn nothing_has_no_header() {
    assert_eq!(header(&[]), None);
}
