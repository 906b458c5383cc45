use super::*;
use qinting_domain::{FactKey, FactPlace};
use qinting_table::value::zone_named;
use rstest::rstest;
use std::io::Cursor;

fn read(name: &str, bytes: &[u8]) -> (Result<SourceRead, SourceFault>, Vec<ContactFacts>) {
    read_by(name, bytes, &[])
}

/// The same by a person's own profiles.
fn read_by(
    name: &str,
    bytes: &[u8],
    profiles: &[&str],
) -> (Result<SourceRead, SourceFault>, Vec<ContactFacts>) {
    read_as(name, bytes, profiles, None)
}

/// The same, by one that was chosen for this very source.
fn read_as(
    name: &str,
    bytes: &[u8],
    profiles: &[&str],
    chosen: Option<&str>,
) -> (Result<SourceRead, SourceFault>, Vec<ContactFacts>) {
    let parse = |written: &str| Profile::parse(written.as_bytes()).unwrap();
    let how = HowToRead {
        name: name.to_owned(),
        source: 3,
        profiles: profiles.iter().map(|one| parse(one)).collect(),
        chosen: chosen.map(parse),
        choices: Choices::default(),
        zone: zone_named("Asia/Shanghai").unwrap(),
    };
    let bytes = bytes.to_vec();
    let open = || Ok(Box::new(Cursor::new(bytes.clone())) as Box<dyn Bytes>);
    let mut facts = Vec::new();
    let mut take = |one, _| {
        facts.push(one);
        ControlFlow::Continue(())
    };
    let told = read_source(&open, &how, &mut take);
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
    assert_eq!((told.by, told.summary.records), (ChosenBy::Suggested, 2));
    let [first, second] = facts.as_slice() else {
        panic!("two rows")
    };
    assert_eq!(
        first.text(FactKey::FileName),
        Some("20261117_0915_8841.wav")
    );
    assert_eq!(first.at(FactKey::BeganAt), Some(1_794_878_100_000));
    assert_eq!(first.ms(FactKey::TalkMs), Some(766_000));
    assert_eq!(second.ms(FactKey::TalkMs), Some(310_000));
    assert_eq!(second.text(FactKey::Csat), None);
    assert_eq!(
        (second.origin.source, &second.origin.place),
        (3, &FactPlace::Line { line: 3 })
    );
}

#[test]
fn a_side_car_is_known_by_what_is_in_it_and_tells_of_the_recording_of_its_name() {
    let twilio = r#"{"sid":"CA00000000000000000000000000000001","account_sid":"AC1","from":"+15005550002",
        "to":"+15005550001","start_time":"Tue, 10 Aug 2010 08:02:31 +0000","end_time":"Tue, 10 Aug 2010 08:02:47 +0000",
        "duration":"16","direction":"inbound","status":"completed","subresource_uris":{}}"#;
    let (told, facts) = read("call-7.json", twilio.as_bytes());
    let told = told.unwrap();
    assert_eq!(told.by, ChosenBy::BuiltIn);
    assert_eq!(told.profile.name, "Twilio · call");
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
    assert_eq!(
        (told.summary.records, told.again, told.contradicting),
        (3, 1, 0)
    );
}

#[rstest]
#[case::nothing(b"".as_slice(), "table.empty")]
#[case::cut(br#"{"sid": "CA1", "duration""#.as_slice(), "side_car.cut_off")]
#[case::bomb(br#"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"#.as_slice(), "side_car.unsafe")]
#[case::page(b"<html><table><tr><td>1</table>".as_slice(), "table.html")]
#[case::sound(b"RIFF....WAVEfmt ".as_slice(), "table.kind")]
fn what_cannot_be_read_says_why(#[case] bytes: &[u8], #[case] code: &str) {
    let (told, facts) = read("x", bytes);
    assert_eq!(told.unwrap_err().code(), code);
    assert_eq!(facts, []);
}

const OWN: &str = r#"{ "schema": 1, "name": "我们的", "reads": "table",
    "recognised": { "has": ["录音文件名", "坐席工号"] },
    "facts": { "file_name": { "from": ["录音文件名"] }, "agent": { "from": ["坐席工号"] } } }"#;

#[test]
fn a_persons_own_profile_is_asked_before_those_that_ship() {
    let (told, facts) = read_by("calls.csv", CALLS.as_bytes(), &[OWN]);
    let told = told.unwrap();
    assert_eq!(
        (told.by, told.profile.name.as_str()),
        (ChosenBy::Person, "我们的")
    );
    assert_eq!(facts[0].text(FactKey::Agent), Some("8841"));
    assert_eq!(facts[0].at(FactKey::BeganAt), None);
}

#[test]
fn a_profile_of_another_source_leaves_this_one_alone() {
    let (told, _) = read_by("x.csv", b"a,b\n1,2\n", &[OWN]);
    assert_eq!(told.unwrap().by, ChosenBy::Suggested);
}

#[test]
fn a_source_is_read_by_the_profile_that_was_chosen_for_it_though_it_does_not_look_like_it() {
    let (told, facts) = read_as("x.csv", b"a,b\n1,2\n", &[], Some(OWN));
    let told = told.unwrap();
    assert_eq!(
        (told.by, told.missing.len(), facts.len()),
        (ChosenBy::Person, 2, 1)
    );
    let side_car = r#"{ "schema": 1, "name": "边车", "reads": "json" }"#;
    let (told, _) = read_as("x.csv", b"a,b\n1,2\n", &[], Some(side_car));
    assert_eq!(told.unwrap().by, ChosenBy::Suggested, "it reads no tables");
}

#[test]
fn a_profile_that_asks_nothing_is_for_every_source_of_its_kind() {
    let all = r##"{ "schema": 1, "name": "都这样", "reads": "table", "facts": { "call_id": { "from": ["#1"] } } }"##;
    let (told, facts) = read_by("x.csv", b"a,b\n7,2\n", &[all]);
    assert_eq!(told.unwrap().by, ChosenBy::Person);
    assert_eq!(facts[0].text(FactKey::CallId), Some("7"));
}

#[test]
fn a_number_that_lost_its_digits_is_no_id() {
    let (told, facts) = read("calls.csv", b"call_id,start\n1.7E+18,2026-11-17 09:15:00\n");
    assert_eq!(facts[0].text(FactKey::CallId), None);
    let table = told.unwrap().table.unwrap();
    assert_eq!((table.lost_digits, table.damaged), (1, 0));
}

#[test]
fn whoever_has_enough_ends_the_reading() {
    let many = format!("{CALLS}{}", "x.wav,,,,,\n".repeat(10_000));
    let how = HowToRead {
        name: "calls.csv".into(),
        source: 0,
        profiles: Vec::new(),
        chosen: None,
        choices: Choices::default(),
        zone: zone_named("UTC").unwrap(),
    };
    let open = || Ok(Box::new(Cursor::new(many.clone().into_bytes())) as Box<dyn Bytes>);
    let mut count = 0;
    let mut take = |_, _| {
        count += 1;
        ControlFlow::Break(())
    };
    read_source(&open, &how, &mut take).unwrap();
    assert_eq!(count, 1);
}

#[rstest]
#[case::brackets_in_a_heading("[主叫],被叫\n13900001111,8000\n")]
#[case::angles_in_a_heading("<ANI>,<DNIS>\n13900001111,8000\n")]
fn a_heading_in_brackets_is_no_side_car(#[case] text: &str) {
    let (told, _) = read("x.csv", text.as_bytes());
    assert!(told.unwrap().table.is_some());
}
