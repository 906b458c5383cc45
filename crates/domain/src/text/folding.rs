//! Which characters are the same when text is looked for: forms of width and composition (NFKC),
//! case, traditional and simplified, and radicals that stand in PDFs for the character they look like.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Pairs of characters in the order of the first.
static ALIKE: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    let lines = include_str!("alike.txt").lines();
    let mut characters = lines.filter(|l| !l.starts_with('#')).flat_map(str::chars);
    let mut pairs = Vec::with_capacity(4_300);
    while let (Some(written), Some(meant)) = (characters.next(), characters.next()) {
        pairs.push((written, meant));
    }
    pairs
});

/// A character as it is compared, and which character of the text it comes from.
pub(super) type Folded = (char, usize);

/// A text as it is compared, at most its first `most` characters. Characters that are not seen are
/// left out, some become several.
pub(super) fn folded(text: &str, most: usize) -> Vec<Folded> {
    let mut out = Vec::with_capacity(text.len().min(most));
    let mut rest = text.chars().take(most).enumerate().peekable();
    while let Some((at, c)) = rest.next() {
        let is_alone = rest.peek().is_none_or(|(_, next)| !continues(*next));
        if is_alone && c.is_ascii() {
            out.push((c.to_ascii_lowercase(), at));
        } else if is_alone && is_unified(c) {
            out.push((meant(c), at));
        } else {
            let mut together = String::from(c);
            while let Some((_, next)) = rest.next_if(|(_, next)| continues(*next)) {
                together.push(next);
            }
            let seen = together.nfkc().filter(|c| !is_unseen(*c));
            out.extend(seen.map(|c| (meant(lower(c)), at)));
        }
    }
    out
}

/// Whether a character may become one with what stands before it.
fn continues(c: char) -> bool {
    !c.is_ascii() && (is_combining_mark(c) || matches!(c, '\u{1160}'..='\u{11FF}'))
}

/// The block most Chinese characters are in; none of them decomposes.
fn is_unified(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

fn meant(c: char) -> char {
    if c < '\u{2E80}' {
        return c;
    }
    ALIKE
        .binary_search_by_key(&c, |(written, _)| *written)
        .map_or(c, |at| ALIKE[at].1)
}

/// Marks of order and joining, choices between forms of one character, and tones of skin.
fn is_unseen(c: char) -> bool {
    matches!(c,
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn of(text: &str) -> String {
        folded(text, 1_000).into_iter().map(|(c, _)| c).collect()
    }

    #[rstest]
    #[case("退貨", "退货")]
    #[case("退货", "退货")]
    #[case("電話裡說", "电话里说")]
    #[case("⽤⼾⾃⾏", "用户自行")]
    #[case("⻓⻋⺟⻢", "长车母马")]
    #[case("ＡＢ－９", "ab-9")]
    #[case("①㈱ﬁ", "1(株)fi")]
    #[case("cafe\u{301} CAFÉ", "café café")]
    #[case("㎏ ℃", "kg °c")]
    #[case("한\u{1112}\u{1161}\u{11AB}", "한한")]
    #[case("👍🏽❤️", "👍❤")]
    #[case("13800\u{200B}138000", "13800138000")]
    #[case("葛\u{E0100}", "葛")]
    #[case("", "")]
    fn what_is_alike_is_written_alike(#[case] text: &str, #[case] folded: &str) {
        assert_eq!(of(text), folded);
    }

    #[test]
    fn every_character_knows_where_it_stood() {
        let all = folded("e\u{301}㈱👍🏽貨", 1_000);
        let expected = [
            ('é', 0),
            ('(', 2),
            ('株', 2),
            (')', 2),
            ('👍', 3),
            ('货', 5),
        ];
        assert_eq!(all, expected);
    }

    #[test]
    fn the_table_is_in_order_and_leads_no_further() {
        assert!(ALIKE.is_sorted_by(|a, b| a.0 < b.0));
        for (written, meant_by_it) in ALIKE.iter() {
            assert_eq!(meant(*meant_by_it), *meant_by_it, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn folding_twice_is_folding_once(text: String) {
            let once = of(&text);
            proptest::prop_assert_eq!(of(&once), once);
        }
    }
}
