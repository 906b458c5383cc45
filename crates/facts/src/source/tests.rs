use super::*;
use qinting_domain::{FactKey, FactPlace};
use qinting_table::value::zone_named;
use rstest::rstest;
use std::io::Cursor;

fn read(name: &str, bytes: &[u8]) -> (Result<SourceTold, SourceFault>, Vec<ContactFacts>) {
    let how = HowToRead {
        name: name.to_owned(),
        source: 3,
        profile: None,
        ways: TableWays::default(),
        zone: zone_named("Asia/Shanghai").unwrap(),
    };
    let bytes = bytes.to_vec();
    let open = || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn Bytes>);
    let mut facts = Vec::new();
    let told = read_source(&open, &how, &mut |one, _| facts.push(one));
    (told, facts)
}

const CALLS: &str = "录音文件名,呼叫时间,通话时长,主叫号码,坐席工号,满意度\n\
    20261117_0915_8841.wav,2026/11/17 9:15,12分46秒,13900002280,8841,5\n\
    20261117_0932_8807.wav,2026/11/17 9:32,00:05:10,18600000417,8807,\n";

#[rstest]
#[case::utf8(CALLS.as_bytes().to_vec())]
#[case::utf16(CALLS.encode_utf16().flat_map(u16::to_le_bytes).collect())]
#[case::gbk(encoding_rs::GB18030.encode(CALLS).0.into_owned())]
fn a_table_nobody_knows_is_read_by_its_header(#[case] bytes: Vec<u8>) {
    let (told, facts) = read("11月通话明细.csv", &bytes);
    let told = told.unwrap();
    assert_eq!(
        (told.kind, told.by, told.records),
        (SourceKind::Table, ChosenBy::Suggested, 2)
    );
    let [first, second] = facts.as_slice() else {
        panic!("two rows")
    };
    assert_eq!(
        first.text(FactKey::FileName),
        Some("20261117_0915_8841.wav")
    );
    assert_eq!(first.at(FactKey::BeganAt), Some(1_794_878_100_000));
    assert_eq!(first.ms(FactKey::DurationMs), Some(766_000));
    assert_eq!(second.ms(FactKey::DurationMs), Some(310_000));
    assert_eq!(second.text(FactKey::Csat), None);
    assert_eq!(
        (second.origin.source, &second.origin.place),
        (3, &FactPlace::Line { line: 3 })
    );
}

#[test]
fn names_and_numbers_are_told_masked_and_handed_on_whole() {
    let (told, facts) = read("calls.csv", CALLS.as_bytes());
    let told = told.unwrap();
    let numbers = told.columns.iter().find(|c| c.name == "主叫号码").unwrap();
    assert_eq!(numbers.samples, ["139****2280", "186****0417"]);
    assert_eq!(facts[0].text(FactKey::Number), Some("13900002280"));
}

#[test]
fn a_side_car_is_known_by_what_is_in_it_and_tells_of_the_recording_of_its_name() {
    let twilio = r#"{"sid":"CA00000000000000000000000000000001","account_sid":"AC1","from":"+15005550002",
        "to":"+15005550001","start_time":"Tue, 10 Aug 2010 08:02:31 +0000","end_time":"Tue, 10 Aug 2010 08:02:47 +0000",
        "duration":"16","direction":"inbound","status":"completed","api_version":"2008-08-01"}"#;
    let (told, facts) = read("call-7.json", twilio.as_bytes());
    let told = told.unwrap();
    assert_eq!((told.kind, told.by), (SourceKind::Json, ChosenBy::BuiltIn));
    assert_eq!(facts[0].at(FactKey::BeganAt), Some(1_281_427_351_000));
    assert_eq!(
        facts[0].text(FactKey::CallId),
        Some("CA00000000000000000000000000000001")
    );
}

#[test]
fn a_record_that_came_twice_is_counted_once_more_and_told_so() {
    let twice = format!("{CALLS}{}", CALLS.lines().nth(1).unwrap());
    let (told, _) = read("calls.csv", twice.as_bytes());
    let told = told.unwrap();
    assert_eq!((told.records, told.again, told.contradicting), (3, 1, 0));
}

#[rstest]
#[case::nothing(b"".as_slice(), "table.empty")]
#[case::cut(br#"{"sid": "CA1", "duration""#.as_slice(), "side_car.cut_off")]
#[case::bomb(br#"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"#.as_slice(), "side_car.document_type")]
fn what_cannot_be_read_says_why(#[case] bytes: &[u8], #[case] code: &str) {
    let (told, facts) = read("x", bytes);
    assert_eq!(told.unwrap_err().told().0, code);
    assert_eq!(facts, []);
}
