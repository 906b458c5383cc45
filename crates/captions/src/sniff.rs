//! What a text is, by what stands in it.

use crate::{Format, cue, plain};

/// So many lines from the top are looked at.
const LOOKED_AT: usize = 200;

/// How a text is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    WebVtt,
    Srt(Format),
    TextGrid,
    Json,
    Plain,
}

/// What it is; `None`: nothing that is known. The ending of its name counts where cues have no heading.
pub(crate) fn kind_of(text: &str, name: Option<&str>) -> Option<Kind> {
    let start = text.trim_start();
    let is_named = |ending: &str| {
        name.and_then(|name| name.rsplit_once('.'))
            .is_some_and(|(_, found)| found.eq_ignore_ascii_case(ending))
    };
    if is_webvtt(start) {
        return Some(Kind::WebVtt);
    }
    if is_json(start) {
        return Some(Kind::Json);
    }
    let head: String = start.chars().take(200).collect();
    if head.contains("ooTextFile") && head.contains("TextGrid") {
        return Some(Kind::TextGrid);
    }
    let mut lines = start.lines().take(LOOKED_AT);
    if lines.clone().any(cue::is_timing) {
        let format = match is_named("vtt") {
            true => Format::WebVtt,
            false => Format::Srt,
        };
        return Some(Kind::Srt(format));
    }
    lines.any(plain::is_timed).then_some(Kind::Plain)
}

/// The word, and nothing or a blank behind it.
fn is_webvtt(start: &str) -> bool {
    start
        .strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// An object, or a list of something other than the digits a time in brackets begins with; comments may stand
/// before it.
pub(crate) fn is_json(start: &str) -> bool {
    let mut bytes = start.bytes().filter(|b| !b.is_ascii_whitespace());
    match bytes.next() {
        Some(b'{') => true,
        Some(b'[') => matches!(bytes.next(), Some(b'{' | b'[' | b'"' | b']')),
        Some(b'/') => matches!(bytes.next(), Some(b'/' | b'*')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const CUE: &str = "1\n00:00:01,000 --> 00:00:02,000\n好\n";

    #[rstest]
    #[case("WEBVTT\n", None, Some(Kind::WebVtt))]
    #[case("WEBVTT - call\n", Some("a.srt"), Some(Kind::WebVtt))]
    #[case("WEBVTTX\n", None, None)]
    #[case(CUE, None, Some(Kind::Srt(Format::Srt)))]
    #[case(CUE, Some("a.VTT"), Some(Kind::Srt(Format::WebVtt)))]
    #[case(
        "File type = \"ooTextFile\"\nObject class = \"TextGrid\"",
        None,
        Some(Kind::TextGrid)
    )]
    #[case("  {\"a\":1}", Some("a.srt"), Some(Kind::Json))]
    #[case("[ {\"a\":1}]", None, Some(Kind::Json))]
    #[case("// made by hand\n{}", None, Some(Kind::Json))]
    #[case("[00:01:02] 客户：退款", None, Some(Kind::Plain))]
    #[case("[0:0.020,0:2.380]  您好", None, Some(Kind::Plain))]
    #[case("00:01:02 坐席: 您好", None, Some(Kind::Plain))]
    #[case("说话人1 00:12\n您好", None, Some(Kind::Plain))]
    #[case("a,b,c\n1,2,3\n", Some("a.srt"), None)]
    #[case("明天 10:30 再打", None, None)]
    #[case("", None, None)]
    fn content_says_what_it_is_and_the_ending_only_where_it_does_not(
        #[case] text: &str,
        #[case] name: Option<&str>,
        #[case] kind: Option<Kind>,
    ) {
        assert_eq!(kind_of(text, name), kind);
    }
}
