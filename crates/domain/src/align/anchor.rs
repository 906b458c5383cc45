//! The number a call and its later recording both know.

use crate::phone::{is_of_number, is_phone, national};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Bytes of the hash that are kept: enough to tell numbers of one workspace apart.
const HASH_BYTES: usize = 8;
/// Digits from which on a bare number is taken for somebody's phone.
const LEAST_PHONE: usize = 7;
/// Shortest number that counts where it only stands among others, as in a file name.
const LEAST_AMONG: usize = 3;

/// An anchor as it is kept. Full-width digits become plain, letters small, spaces single. What may
/// be a phone number is never kept itself, wherever it stands in the text, only as `h:` and the
/// beginning of its SHA-256. That is no secret to somebody who tries all numbers; it keeps them off
/// screens, out of exports and searches.
pub fn anchor_of(text: &str) -> String {
    let plain = plain(text);
    if is_hash(&plain) {
        return plain;
    }
    match phones_in(&plain).first() {
        Some(digits) => hashed(digits),
        None => plain,
    }
}

/// Every anchor that stands in a text: the whole of it, its words, and its numbers.
pub fn anchors_in(text: &str) -> Vec<String> {
    let plain = plain(text);
    let mut found: Vec<String> = phones_in(&plain).iter().map(|d| hashed(d)).collect();
    found.extend(words(&plain).filter(|w| w.chars().count() >= LEAST_AMONG));
    if !plain.is_empty() {
        found.push(plain);
    }
    found
}

fn is_hash(text: &str) -> bool {
    text.strip_prefix("h:").is_some_and(|hex| {
        hex.len() == 2 * HASH_BYTES && hex.bytes().all(|b| b.is_ascii_hexdigit())
    })
}

fn plain(text: &str) -> String {
    let folded: String = text.chars().map(crate::text::fold).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs of letters and digits as people part them: `ext8012-01` gives itself, `ext8012`, `01`,
/// `ext`, `8012`.
fn words(plain: &str) -> impl Iterator<Item = String> {
    let chunks = plain.split(|c: char| c.is_whitespace() || "_/\\()（）【】,，:：".contains(c));
    chunks.flat_map(|chunk| {
        let mut out = vec![chunk.to_owned()];
        // A file name's ending is no part of the number before it.
        out.extend(chunk.rsplit_once('.').map(|(name, _)| name.to_owned()));
        for word in chunk.split(|c: char| !c.is_alphanumeric()) {
            out.push(word.to_owned());
            out.extend(same_kind_runs(word));
        }
        out
    })
}

fn same_kind_runs(word: &str) -> Vec<String> {
    let mut runs: Vec<String> = Vec::new();
    let mut was_digit = None;
    for c in word.chars() {
        let is_digit = c.is_ascii_digit();
        match runs.last_mut() {
            Some(run) if was_digit == Some(is_digit) => run.push(c),
            _ => runs.push(c.to_string()),
        }
        was_digit = Some(is_digit);
    }
    runs
}

/// What may be phone numbers, as national digits. In a text of its own a number of seven digits and
/// more is one; among other words only what has the shape of one, so that call ids stay readable.
fn phones_in(plain: &str) -> Vec<String> {
    let is_alone = !plain.is_empty() && plain.chars().all(is_of_number);
    let mut found = Vec::new();
    for piece in plain.split(|c| !is_of_number(c)) {
        let joined = national(piece);
        if is_alone && joined.len() >= LEAST_PHONE {
            found.push(joined);
        }
        // With its separators it may be one number, or several beside each other.
        let parts = piece
            .split(' ')
            .chain(piece.split(|c: char| !c.is_ascii_digit()));
        for part in std::iter::once(piece).chain(parts) {
            let digits = national(part);
            if is_phone(&digits, part.trim().starts_with('+')) {
                found.push(digits);
            }
        }
    }
    found
}

fn hashed(digits: &str) -> String {
    let mut out = String::from("h:");
    for byte in Sha256::digest(digits).iter().take(HASH_BYTES) {
        // Writing into a string cannot fail.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::extension(" ８０１２ ", "8012")]
    #[case::call_id("CALL-20261122-0007", "call-20261122-0007")]
    #[case::words("工号  1024", "工号 1024")]
    #[case::nothing("   ", "")]
    fn what_names_nobody_is_kept_in_one_way_of_writing(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(anchor_of(typed), kept);
        assert_eq!(anchor_of(kept), kept);
    }

    #[rstest]
    #[case::mobile("13800138000")]
    #[case::spaced("138 0013 8000")]
    #[case::dashed("138-0013-8000")]
    #[case::full_width("１３８００１３８０００")]
    #[case::from_abroad("+86 138 0013 8000")]
    #[case::from_abroad_dialled("0086-13800138000")]
    #[case::country_without_plus("8613800138000")]
    #[case::long_distance("013800138000")]
    #[case::among_words("客户 13800138000 来电")]
    #[case::in_a_name("out-13800138000_8012.wav")]
    #[case::beside_a_number("8012 138-0013-8000 转")]
    fn a_phone_number_is_one_hash_however_it_is_written(#[case] typed: &str) {
        assert_eq!(anchor_of(typed), anchor_of("13800138000"));
        assert!(anchors_in(typed).contains(&anchor_of("13800138000")));
    }

    #[rstest]
    #[case::beijing("010-65529988", "+86 10 6552 9988")]
    #[case::service_line("400-820-8820", "4008208820")]
    #[case::local("6552 9988", "65529988")]
    #[case::another_country("+1 (415) 555-2671", "0014155552671")]
    fn fixed_lines_are_hashed_too(#[case] one: &str, #[case] other: &str) {
        let anchor = anchor_of(one);
        assert!(is_hash(&anchor), "{anchor}");
        assert_eq!(anchor, anchor_of(other));
        assert_eq!(anchor_of(&anchor), anchor);
    }

    #[test]
    fn a_phone_number_is_found_beside_the_time_in_a_name() {
        let found = anchors_in("20251113-021310 13800138000");
        assert!(found.contains(&anchor_of("13800138000")));
    }

    #[test]
    fn no_digit_of_a_phone_number_is_left() {
        for typed in [
            "13800138000",
            "张三 138-0013-8000 (回拨)",
            "tel:+8613800138000",
        ] {
            assert!(!anchor_of(typed).contains("138"), "{typed}");
        }
        assert_ne!(anchor_of("13800138000"), anchor_of("13800138001"));
    }

    #[rstest]
    #[case::extension_in_a_name("8012_20261122-141310.wav", "8012", true)]
    #[case::after_the_time("20251113-021310 8012", "8012", true)]
    #[case::agent("工号1024", "1024", true)]
    #[case::call_id_in_a_name("rec_CALL-20261122-0007.wav", "call-20261122-0007", true)]
    #[case::part_of_a_number("80123", "8012", false)]
    #[case::two_digits_among_others("a 12 b", "12", false)]
    #[case::two_digits_alone("12", "12", true)]
    fn an_anchor_is_found_where_it_stands_whole(
        #[case] text: &str,
        #[case] anchor: &str,
        #[case] is_there: bool,
    ) {
        assert_eq!(anchors_in(text).contains(&anchor.to_owned()), is_there);
    }
}
