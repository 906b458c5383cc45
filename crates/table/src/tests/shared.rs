//! Tables that real systems wrote.

use super::{all, lines, names, table};
use crate::Damage;
use qinting_testkit::data::shared;
use std::fs;

#[test]
fn a_call_log_of_a_contact_centre_in_gbk_is_read() {
    let Some(path) = shared("metadata/cc_inbound_call_log_gbk.csv") else {
        return;
    };
    let mut table = table(fs::read(path).expect("a file"));
    let reading = table.reading();
    assert_eq!(reading.encoding, Some("gb18030"));
    assert_eq!((reading.delimiter, reading.header), (Some(','), Some(1)));
    assert_eq!(names(&table).len(), 28);
    assert_eq!(names(&table)[..4], ["企业id", "话单id", "接入号码", "主叫"]);
    let (rows, faults) = all(&mut table);
    assert_eq!((rows.len(), faults.len()), (2, 0));
    assert_eq!(rows[0].cells[1].text(), "1700000000000000001");
    assert_eq!(rows[1].cells[3].text(), "013900002222");
    assert_eq!(
        rows[0].cells[25].text(),
        "{\"vip\":\"1\",\"备注\":\"要求回电,勿催\"}"
    );
    assert!(
        rows.iter()
            .all(|row| row.missing == 0 && row.beyond.is_empty())
    );
}

#[test]
fn a_call_record_of_asterisk_has_no_header_and_a_quote_too_few() {
    let Some(path) = shared("metadata/asterisk_cdr_buggy.csv") else {
        return;
    };
    let mut table = table(fs::read(path).expect("a file"));
    assert_eq!(table.reading().header, None);
    assert_eq!(names(&table).len(), 18);
    assert_eq!(names(&table)[17], "R");
    assert_eq!(
        lines(&mut table),
        [concat!(
            "|test|100|context|\"Test User\" <test>|SIP/test-02897fd8||Hangup||",
            "2009-01-14 23:51:15|2009-01-14 23:51:15|2009-01-14 23:51:20|5|5|ANSWERED|",
            "DOCUMENTATION|1231977075.0|"
        )]
    );
    let (rows, _) = all(&mut table);
    assert_eq!(rows[0].cells[17].damage(), Some(Damage::Quote));
}
