//! What exports of contact centres look like: titles above, totals below, numbers kept from Excel.

use super::{all, gbk, lines, names, table, table_with, utf16};
use crate::{Choices, Damage, Header, RowKind};
use rstest::rstest;

const TITLED: &str = "\
2023年11月呼入明细\r
导出时间：2023-12-01 09:00:00,导出人：admin\r
\r
通话ID,主叫号码,坐席,\"开始
时间\",通话时长,满意度,备注,满意度\r
1700000000000000001,\t13900001111,王小明,2023-11-15 06:13:20,00:05:10,5,\"要求回电,勿催\",满意\r
1700000000000000002,=\"013900002222\",李四,2023-11-15 07:01:00,00:00:40,,\"第一行
第二行\",\r
,,,,,,,\r
1.70E+18,'13900003333,张三,2023-11-15 08:00:00,########,1,,一般\r
通话ID,主叫号码,坐席,\"开始
时间\",通话时长,满意度,备注,满意度\r
1700000000000000004,13900004444,赵六,2023-11-15 09:00:00,00:01:00,3,好,满意\r
合计,4 通,,,00:06:50,,,\r
";

#[rstest]
#[case::gbk(gbk(TITLED), "gb18030")]
#[case::utf8(TITLED.as_bytes().to_vec(), "UTF-8")]
#[case::utf8_with_mark([b"\xEF\xBB\xBF", TITLED.as_bytes()].concat(), "UTF-8")]
#[case::utf16_of_excel(utf16(TITLED, u16::to_le_bytes, true), "UTF-16LE")]
#[case::utf16_without_mark(utf16(TITLED, u16::to_le_bytes, false), "UTF-16LE")]
#[case::utf16_the_other_way(utf16(TITLED, u16::to_be_bytes, true), "UTF-16BE")]
#[case::utf16_the_other_way_without_mark(utf16(TITLED, u16::to_be_bytes, false), "UTF-16BE")]
fn an_export_is_read_in_every_wrapping(#[case] bytes: Vec<u8>, #[case] encoding: &str) {
    let mut table = table(bytes);
    let reading = table.reading().clone();
    assert_eq!(reading.encoding, Some(encoding));
    assert_eq!((reading.delimiter, reading.header), (Some(','), Some(4)));
    assert_eq!(
        reading.above,
        [
            "2023年11月呼入明细",
            "导出时间：2023-12-01 09:00:00 导出人：admin"
        ]
    );
    assert_eq!(
        names(&table),
        [
            "通话ID",
            "主叫号码",
            "坐席",
            "开始时间",
            "通话时长",
            "满意度",
            "备注",
            "满意度 (2)"
        ]
    );
    assert_eq!(
        lines(&mut table),
        [
            "1700000000000000001|13900001111|王小明|2023-11-15 06:13:20|00:05:10|5|要求回电,勿催|满意",
            "1700000000000000002|013900002222|李四|2023-11-15 07:01:00|00:00:40||第一行\n第二行|",
            "1.70E+18|13900003333|张三|2023-11-15 08:00:00|########|1||一般",
            "通话ID|主叫号码|坐席|开始\n时间|通话时长|满意度|备注|满意度",
            "1700000000000000004|13900004444|赵六|2023-11-15 09:00:00|00:01:00|3|好|满意",
            "合计|4 通|||00:06:50|||",
        ]
    );
}

#[test]
fn each_row_has_its_line_and_what_it_is() {
    let mut table = table(gbk(TITLED));
    let (rows, faults) = all(&mut table);
    assert_eq!(faults, []);
    let told: Vec<_> = rows.iter().map(|row| (row.line, row.kind)).collect();
    assert_eq!(
        told,
        [
            (6, RowKind::Data),
            (7, RowKind::Data),
            (10, RowKind::Data),
            (11, RowKind::Header),
            (13, RowKind::Data),
            (14, RowKind::Summary),
        ]
    );
    assert_eq!(rows[2].cells[0].damage(), Some(Damage::Exponent));
    assert_eq!(rows[2].cells[4].damage(), Some(Damage::Hashes));
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    let counts = rows.counts();
    assert_eq!((counts.data, counts.headers, counts.summaries), (4, 1, 1));
    assert_eq!((counts.empty, counts.damaged), (2, 1));
}

#[rstest]
#[case::tab('\t')]
#[case::semicolon(';')]
#[case::bar('|')]
#[case::comma(',')]
fn every_usual_delimiter_is_found(#[case] delimiter: char) {
    let text = "主叫,坐席,时长\n13900001111,王小明,5\n13900002222,李四,7\n";
    let mut table = table(text.replace(',', &delimiter.to_string()));
    assert_eq!(table.reading().delimiter, Some(delimiter));
    assert_eq!(lines(&mut table)[1], "13900002222|李四|7");
}

#[rstest]
#[case::excel("sep=;\r\na;b\r\n1,5;2\r\n")]
#[case::with_mark("\u{FEFF}sep=;\r\na;b\r\n1,5;2\r\n")]
#[case::capitals("SEP=;\na;b\n1,5;2\n")]
fn a_line_that_says_the_delimiter_is_no_row(#[case] text: &str) {
    let mut table = table(text);
    assert_eq!(table.reading().delimiter, Some(';'));
    assert_eq!(table.reading().header, Some(2));
    assert_eq!(names(&table), ["a", "b"]);
    assert_eq!(all(&mut table).0[0].line, 3);
    assert_eq!(lines(&mut table), ["1,5|2"]);
}

#[test]
fn a_delimiter_may_be_a_tab_that_is_said() {
    let mut table = table("sep=\t\na\tb\n1\t2\n");
    assert_eq!(table.reading().delimiter, Some('\t'));
    assert_eq!(lines(&mut table), ["1|2"]);
}

#[test]
fn every_finding_can_be_overruled() {
    let choices = Choices {
        encoding: Some("gbk".into()),
        delimiter: Some(';'),
        quotes: Some(false),
        header: Some(Header::Line(2)),
        ..Choices::default()
    };
    let mut table = table_with(gbk("标题,a\n\"主叫;坐席\n1;\"王\n"), &choices);
    let reading = table.reading();
    assert_eq!(reading.encoding, Some("gb18030"));
    assert_eq!((reading.delimiter, reading.quotes), (Some(';'), false));
    assert_eq!(
        (reading.header, reading.above.as_slice()),
        (Some(2), ["标题,a".to_owned()].as_slice())
    );
    assert_eq!(names(&table), ["\"主叫", "坐席"]);
    assert_eq!(lines(&mut table), ["1|\"王"]);
}

#[test]
fn a_header_can_be_said_not_to_be_there() {
    let choices = Choices {
        header: Some(Header::None),
        ..Choices::default()
    };
    let mut table = table_with("a,b\n1,2\n", &choices);
    assert_eq!(names(&table), ["A", "B"]);
    assert_eq!(lines(&mut table), ["a|b", "1|2"]);
}

#[test]
fn a_table_of_one_column_needs_no_delimiter() {
    let mut table = table("号码\n13900001111\n13900002222\n");
    assert_eq!(table.reading().delimiter, None);
    assert_eq!(lines(&mut table), ["13900001111", "13900002222"]);
}

#[test]
fn line_ends_of_an_old_mac_are_line_ends() {
    let mut table = table("a,b\r1,2\r3,4\r");
    let (rows, _) = all(&mut table);
    assert_eq!((rows[0].line, rows[1].line), (2, 3));
    assert_eq!(lines(&mut table), ["1|2", "3|4"]);
}

#[test]
fn an_encoding_that_shows_late_is_judged_where_it_does() {
    // Longer than what is looked at first, and between the samples.
    let mut text = "id,agent\n".to_owned();
    text.extend((0..12_000).map(|n| format!("{n},Anna\n")));
    for end in [gbk("x,王小明\n"), "x,王小明\n".into()] {
        let mut table = table([text.as_bytes(), &end].concat());
        assert!(table.reading().is_ascii_so_far);
        let mut rows = table.rows().expect("rows");
        let last = rows.by_ref().last().expect("rows").expect("a row");
        let encoding = rows.counts().encoding.expect("a text");
        let is_gbk = end.len() == gbk("x,王小明\n").len();
        assert_eq!(encoding, if is_gbk { "gb18030" } else { "UTF-8" });
        assert!(format!("{last:?}").contains("王小明"), "{last:?}");
    }
}

#[test]
fn the_encoding_of_a_long_table_is_judged_by_all_of_it() {
    let mut text = "id,agent\n".to_owned();
    text.extend((0..60_000).map(|n| format!("{n},Anna\n")));
    text.extend((0..20_000).map(|n| format!("{n},王小明\n")));
    assert_eq!(table(gbk(&text)).reading().encoding, Some("gb18030"));
    assert_eq!(table(text).reading().encoding, Some("UTF-8"));
}

#[test]
fn bytes_that_are_no_character_are_told_where_they_stand() {
    let mut bytes = "主叫,坐席\n1,王小明\n2,".as_bytes().to_vec();
    bytes.extend(b"\xE7\x8E\n3,");
    bytes.extend("李四\n".as_bytes());
    let mut table = table(bytes);
    let (rows, _) = all(&mut table);
    assert_eq!(rows[1].cells[1].damage(), Some(Damage::Encoding));
    assert_eq!(rows[2].cells[1].text(), "李四");
    let mut bytes = gbk("主叫,坐席\n1,王小明\n2,李四\n3,");
    bytes.extend(b"\xCD\n4,x\n");
    let mut table = super::table(bytes);
    let (rows, _) = all(&mut table);
    assert_eq!(rows[2].cells[1].damage(), Some(Damage::Encoding));
    assert_eq!(rows[3].cells[0].text(), "4");
}

#[test]
fn rows_too_short_and_too_long_are_told() {
    let mut table = table("a,b,c\n1,2,3\n1,2\n1,2,3,4,5\n1,2,3,,\n");
    let (rows, faults) = all(&mut table);
    assert_eq!(faults, []);
    assert_eq!(rows[1].missing, 1);
    assert_eq!(rows[2].beyond.len(), 2);
    assert!(rows[3].beyond.is_empty(), "nothing stands there");
    let mut rows = table.rows().expect("rows");
    rows.by_ref().for_each(drop);
    assert_eq!((rows.counts().short, rows.counts().long), (1, 1));
}

#[test]
fn columns_no_header_names_are_there_all_the_same() {
    let table = table("主叫,坐席\n1,2,3\n4,5,6\n7,8,9\n");
    assert_eq!(names(&table), ["主叫", "坐席", "C"]);
}
