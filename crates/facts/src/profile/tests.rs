use super::*;
use crate::profile::built_in::FILES;
use rstest::rstest;

#[test]
fn every_profile_that_ships_can_be_followed_and_is_written_alike() {
    for (name, text) in FILES {
        let profile =
            Profile::parse(text.as_bytes()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(
            Profile::parse(profile.written().as_bytes()),
            Ok(profile.clone()),
            "{name}"
        );
        let asked = &profile.recognised;
        assert!(
            !asked.has.is_empty() || !asked.says.is_empty(),
            "{name} is never recognised"
        );
        let leads = profile.facts.contains_key(&FactKey::CallId)
            || profile.facts.contains_key(&FactKey::FileName);
        assert!(
            leads || profile.joined == Joined::SideCar,
            "{name} leads to no recording"
        );
        let says_so = profile.note.contains("documentation") || profile.note.contains("文档");
        assert_eq!(
            says_so, !profile.tried,
            "{name} says what it was written from"
        );
    }
    assert_eq!(built_in().len(), FILES.len());
}

#[test]
fn every_profile_in_the_folder_ships() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("profiles");
    let mut found: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    found.sort();
    let shipped: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    assert_eq!(found, shipped);
}

fn fault(body: &str) -> ProfileFault {
    let text = format!(r#"{{ "schema": 1, "name": "x", "reads": "json", {body} }}"#);
    Profile::parse(text.as_bytes()).unwrap_err()
}

#[rstest]
#[case::other_word(r#""fakts": {}"#, "profile.word")]
#[case::other_fact(r#""facts": { "began": { "from": ["a"] } }"#, "profile.word")]
#[case::other_role(r#""channels": { "inbound": ["left", "right"] }"#, "profile.word")]
#[case::no_path(r#""facts": { "began_at": { "from": ["a..b"] } }"#, "profile.word")]
#[case::no_records(r##""records": "a[""##, "profile.word")]
#[case::no_zone(r#""zone": "Mars/Olympus""#, "profile.word")]
#[case::no_own_zone(
    r#""facts": { "began_at": { "from": ["a"], "zone": "CST" } }"#,
    "profile.word"
)]
#[case::no_pattern(
    r#""facts": { "agent": { "from": ["a"], "taking": "(" } }"#,
    "profile.word"
)]
#[case::huge_pattern(r#""recognised": { "file_name": "(a{1000}){1000}" }"#, "profile.word")]
#[case::no_meaning(
    r#""facts": { "direction": { "from": ["a"], "words": { "0": "left" } } }"#,
    "profile.word"
)]
#[case::not_json(r#""facts": }"#, "profile.unreadable")]
fn a_profile_that_cannot_be_followed_is_refused(#[case] body: &str, #[case] code: &str) {
    assert_eq!(fault(body).code(), code);
}

#[test]
fn a_profile_of_another_version_is_refused_by_its_number() {
    let fault = Profile::parse(br#"{ "schema": 2, "name": "x", "reads": "json" }"#).unwrap_err();
    assert_eq!(fault, ProfileFault::Version { found: Some(2) });
    let fault =
        Profile::parse(br#"{ "schema": 1, "name": "x", "reads": "file_name" }"#).unwrap_err();
    assert_eq!(fault, ProfileFault::PatternMissing);
}

#[test]
fn what_is_read_as_somebodys_name_or_number_is_personal() {
    let mut profile = Profile::new("x", Reads::Table);
    profile
        .facts
        .insert(FactKey::Agent, FactReading::of(&["坐席"]));
    profile
        .facts
        .insert(FactKey::Queue, FactReading::of(&["技能组"]));
    profile.caller = Some(FactReading::of(&["主叫"]));
    profile.personal = vec!["身份证".to_owned(), "staff".to_owned()];
    let is = |name| profile.is_personal(name);
    assert!(is("staff.mail") && is("staff[*].name") && !is("staffing"));
    assert_eq!(
        [
            is("坐席"),
            is("主叫"),
            is("身份证"),
            is("技能组"),
            is("备注")
        ],
        [true, true, true, false, false]
    );
}

#[rstest]
#[case::by_its_name(None, "rec/Call-7.json", Some("call-7"))]
#[case::by_its_part(
    Some("^(.*)_metadata\\.json$"),
    "a\\0b7.opus_metadata.json",
    Some("0b7")
)]
#[case::another_name(Some("^(.*)_metadata\\.json$"), "0b7.json", Some("0b7"))]
fn a_side_car_says_by_its_name_which_recording_it_is_of(
    #[case] pattern: Option<&str>,
    #[case] name: &str,
    #[case] recording: Option<&str>,
) {
    let mut profile = Profile::new("x", Reads::Json);
    assert_eq!(profile.recording_of(name), None);
    profile.joined = Joined::SideCar;
    profile.recognised.file_name = pattern.map(str::to_owned);
    assert_eq!(profile.recording_of(name).as_deref(), recording);
}
