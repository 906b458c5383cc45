//! What is not taken, and what is said of it.

use crate::told::{bytes, place};
use proptest::prelude::*;
use qinting_captions::{Place, Reason, Refusal, read, read_chat, turns_from_rows};
use rstest::rstest;

fn refused(text: &str, name: Option<&str>) -> Refusal {
    read(text.as_bytes(), name).expect_err("not taken")
}

#[rstest]
#[case::vtt_end_first("WEBVTT\n\n00:03.000 --> 00:02.000\n好\n", Reason::EndBeforeStart, 3)]
#[case::vtt_no_time("WEBVTT\n\nid\n00:03.000 --> later\n好\n", Reason::Time, 4)]
#[case::vtt_sixty_one("WEBVTT\n\n00:61.000 --> 00:62.000\n好\n", Reason::Time, 3)]
#[case::srt_end_first(
    "1\n00:00:01,000 --> 00:00:02,000\n好\n\n2\n00:00:05,000 --> 00:00:04,000\n好\n",
    Reason::EndBeforeStart,
    6
)]
#[case::srt_no_time(
    "1\n00:00:01,000 --> 00:00:02,000\n好\n\n2\n00:00:05,000 --> \n好\n",
    Reason::Time,
    6
)]
#[case::plain_end_first("[0:3.000,0:2.000]  好\n", Reason::EndBeforeStart, 1)]
#[case::grid_cut(
    "\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"a\"\n0\n1\n2\n0\n",
    Reason::Cut,
    13
)]
#[case::grid_end_first(
    "\"ooTextFile\"\n\"TextGrid\"\n0\n1\n<exists>\n1\n\"IntervalTier\"\n\"a\"\n0\n1\n1\n1\n0\n\"好\"",
    Reason::EndBeforeStart,
    14
)]
#[case::grid_wrong("\"ooTextFile\"\n\"TextGrid\"\n0\n\"x\"\n", Reason::Syntax, 4)]
#[case::json_cut("[{\"bg\":\"1\",\n\"ed\":\"2\",\"onebest\":\"好", Reason::Cut, 2)]
#[case::json_wrong("[{\"bg\":\"1\",\n\"ed\" \"2\"}]", Reason::Syntax, 2)]
fn what_is_malformed_is_refused_with_its_line(
    #[case] text: &str,
    #[case] reason: Reason,
    #[case] line: u32,
) {
    let refused = refused(text, None);
    assert_eq!(
        (refused.reason, refused.at),
        (reason, Some(Place::Line(line)))
    );
}

#[rstest]
#[case(
    r#"[{"bg":"9","ed":"2","onebest":"好"}]"#,
    Reason::EndBeforeStart,
    "[0]"
)]
#[case(
    r#"[{"bg":"1","ed":"2","onebest":"好"},{"bg":"x","ed":"2","onebest":"好"}]"#,
    Reason::Time,
    "[1].bg"
)]
#[case(
    r#"{"Result":{"Sentences":[{"BeginTime":-5,"EndTime":2,"ChannelId":0,"Text":"好"}]}}"#,
    Reason::Time,
    "Result.Sentences[0].BeginTime"
)]
fn a_value_that_is_wrong_is_refused_with_its_path(
    #[case] text: &str,
    #[case] reason: Reason,
    #[case] path: &str,
) {
    let refused = refused(text, Some("a.json"));
    assert_eq!(
        (refused.reason, refused.at),
        (reason, Some(Place::Path(path.into())))
    );
}

#[rstest]
#[case("WEBVTT\n", Reason::Empty)]
#[case("WEBVTT\n\n00:01.000 --> 00:02.000\n\n", Reason::Empty)]
#[case("{}", Reason::Unknown)]
#[case("[1, 2]", Reason::Unknown)]
#[case("随便写写\n", Reason::Unknown)]
#[case("", Reason::Unknown)]
#[case(
    r#"{"Response":{"Data":{"TaskId":1,"Status":3,"StatusStr":"failed","Result":""}}}"#,
    Reason::Unfinished
)]
#[case(
    r#"{"StatusText":"SUCCESS_WITH_NO_VALID_FRAGMENT","TaskId":"1"}"#,
    Reason::Empty
)]
#[case(r#"{"StatusText":"RUNNING","TaskId":"1"}"#, Reason::Unfinished)]
#[case(
    r#"{"content":{"orderInfo":{"status":3},"orderResult":""}}"#,
    Reason::Unfinished
)]
#[case(
    r#"{"Transcript":[{"AbsoluteTime":"2026-03-06T09:15:00Z","Content":"在吗"}]}"#,
    Reason::Chat
)]
fn what_holds_no_text_of_a_call_says_why(#[case] text: &str, #[case] reason: Reason) {
    assert_eq!(refused(text, None).reason, reason);
}

#[test]
fn what_is_nested_a_thousand_deep_is_refused() {
    let deep = "{\"a\":".repeat(1_000) + "1" + &"}".repeat(1_000);
    assert_eq!(refused(&deep, None).reason, Reason::TooDeep);
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let latin = b"1\n00:00:01,000 --> 00:00:02,000\ncaf\xE9 cr\xE8me\n";
    let refused = read(&latin[..], Some("a.srt")).expect_err("not taken");
    assert_eq!(refused.reason, Reason::Encoding);
}

#[test]
fn a_text_is_no_chat_and_says_so() {
    for name in ["whisper.json", "aliyun.json"] {
        let refused = read_chat(&*bytes(name), Some(name)).expect_err("no chat");
        assert_eq!(refused.reason, Reason::NoChat, "{name}");
    }
}

/// Every file of ours cut anywhere and with any byte changed is read or refused.
#[test]
fn files_of_ours_that_were_damaged_are_read_or_refused() {
    let mut dice = qinting_testkit::dice::Dice::new(14);
    for entry in std::fs::read_dir(place("")).expect("our files") {
        let whole = std::fs::read(entry.expect("an entry").path()).expect("a file");
        for _ in 0..60 {
            let mut bytes = whole[..dice.below(whole.len() + 1)].to_vec();
            let _ = (read(&*bytes, None), read_chat(&*bytes, None));
            bytes.clone_from(&whole);
            for _ in 0..=dice.below(4) {
                let at = dice.below(bytes.len());
                bytes[at] = dice.next() as u8;
            }
            let _ = (read(&*bytes, None), read_chat(&*bytes, None));
        }
    }
}

/// What captions, logs and documents are made of.
fn stuff() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "WEBVTT",
        "\n",
        "\n\n",
        "00:01.000",
        " --> ",
        "1:2:3,4",
        "<v ",
        "<",
        ">",
        "</v>",
        "&#",
        ";",
        "&amp;",
        "NOTE ",
        "{\\",
        "}",
        "[",
        "]",
        "客户",
        "：",
        ":",
        " ",
        "12",
        "2026-03-06",
        "10:02:11",
        "\"",
        "\"TextGrid\"",
        "\"ooTextFile\"",
        "<exists>",
        "3",
        "-1",
        "1e9",
        "{\"segments\":[{",
        "\"start\":",
        "\"text\":\"",
        ",",
        "\\u",
        "\u{FEFF}",
        "𠮷",
        "\u{301}",
        "（",
        "）",
        "-",
        "9999999999:00",
        ".",
        "\t",
        "\r\n",
    ]);
    prop::collection::vec(pieces, 0..60).prop_map(|all| all.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = (read(&*bytes, Some("a.srt")), read_chat(&*bytes, None));
    }

    #[test]
    fn anything_made_of_their_stuff_is_read_or_refused(text in stuff()) {
        let _ = (read(text.as_bytes(), Some("a.vtt")), read_chat(text.as_bytes(), None));
        let headed = format!("WEBVTT\n\n{text}");
        let _ = read(headed.as_bytes(), None);
        let grid = format!("\"ooTextFile\" \"TextGrid\" 0 1 <exists> {text}");
        let _ = read(grid.as_bytes(), None);
        let _ = turns_from_rows(&["内容", &text], &[vec![text.as_str(), text.as_str()]]);
    }
}
