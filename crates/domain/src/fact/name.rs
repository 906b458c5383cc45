//! By what the name of a recording is compared, however it was written down.

use unicode_normalization::UnicodeNormalization;

/// Endings that say what a file is and nothing of which one: a side-car of `call.wav` is called `call.json` or
/// `call.wav.json`.
const ENDINGS: &[&str] = &[
    "wav", "mp3", "m4a", "mp4", "aac", "ogg", "oga", "opus", "webm", "flac", "amr", "3gp", "gsm",
    "wma", "v3", "vox", "au", "snd", "ulaw", "alaw", "json", "jsonl", "xml", "csv", "txt", "done",
];
/// Longest ending that is taken off without being on the list.
const LONGEST_ENDING: usize = 4;

/// The part of a recording's name or address that two writings of it share: the last segment without its ending
/// and without what follows `?` or `#` of an address, in one case and one form of its characters.
pub fn compared_name(name: &str) -> String {
    let name = name.trim();
    let is_address = name.contains("://");
    let path = if is_address {
        name.split(['?', '#']).next().unwrap_or(name)
    } else {
        name
    };
    let path = path.trim_end_matches(['/', '\\']);
    let last = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let last = if is_address {
        unescaped(last)
    } else {
        last.to_owned()
    };
    let folded: String = last.nfkc().flat_map(char::to_lowercase).collect();
    without_endings(folded.trim()).to_owned()
}

fn without_endings(name: &str) -> &str {
    let mut left = name;
    while let Some((stem, ending)) = left.rsplit_once('.') {
        if stem.is_empty() || !ENDINGS.contains(&ending) {
            break;
        }
        left = stem;
    }
    if left.len() == name.len()
        && let Some((stem, ending)) = name.rsplit_once('.')
        && !stem.is_empty()
        && is_ending(ending)
    {
        left = stem;
    }
    left
}

/// An ending nobody listed. What is digits alone belongs to the name: `2026.11.22 14.13.10`.
fn is_ending(text: &str) -> bool {
    (1..=LONGEST_ENDING).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric())
        && text.bytes().any(|b| b.is_ascii_alphabetic())
}

/// An address writes some characters as `%` and two digits. What is no text afterwards stays as it came.
pub fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut left = text.as_bytes();
    while let Some((first, after)) = left.split_first() {
        let escaped = (*first == b'%')
            .then(|| after.get(..2))
            .flatten()
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        left = if escaped.is_some() {
            &after[2..]
        } else {
            after
        };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::name("Call-0007.wav", "call-0007")]
    #[case::no_ending("Call-0007", "call-0007")]
    #[case::side_car("Call-0007.wav.json", "call-0007")]
    #[case::windows(r"D:\录音\Call-0007.WAV", "call-0007")]
    #[case::address(
        "https://rec.example.com/a/Call-0007.mp3?sign=a.b%2Fc#t=1",
        "call-0007"
    )]
    #[case::escaped(
        "https://rec.example.com/%E5%BD%95%E9%9F%B3%20Call-0007.wav",
        "录音 call-0007"
    )]
    #[case::escaped_badly("https://rec.example.com/100%-Call%FF.wav", "100%-call%ff")]
    #[case::not_an_address("Call#7?.wav", "call#7?")]
    #[case::full_width("Ｃａｌｌ－０００７．ｗａｖ", "call-0007")]
    #[case::time_with_dots("2026.11.22 14.13.10", "2026.11.22 14.13.10")]
    #[case::time_with_dots_and_ending("2026.11.22 14.13.10.wav", "2026.11.22 14.13.10")]
    #[case::unknown_ending("call.nmf", "call")]
    #[case::long_ending("call.recording", "call.recording")]
    #[case::hidden(".wav", ".wav")]
    #[case::folder("a/b/", "b")]
    #[case::nothing("  ", "")]
    fn two_writings_of_a_name_are_one(#[case] written: &str, #[case] compared: &str) {
        assert_eq!(compared_name(written), compared);
    }

    #[test]
    fn a_name_in_parted_characters_is_the_same() {
        assert_eq!(compared_name("Cafe\u{301}.wav"), compared_name("Café.mp3"));
    }

    proptest::proptest! {
        #[test]
        fn what_is_compared_is_compared_again_alike(name in "\\PC{0,30}", ending in "[a-z0-9.%/]{0,9}") {
            let once = compared_name(&format!("{name}{ending}"));
            proptest::prop_assert!(once.len() <= 18 * (name.len() + ending.len()));
        }
    }
}
