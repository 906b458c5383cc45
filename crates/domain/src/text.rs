//! Text rules: how Chinese, Latin and numbers become search tokens, and how alike two titles are.
//!
//! Han runs become overlapping bigrams, Latin words and digit runs stay whole and lower-cased.
//! Plain word tokenisers find nothing inside a Chinese sentence and trigrams miss two-character
//! words such as 退款.

use std::collections::HashSet;

/// Longest text that is looked at for one index row; the rest is stored but not indexed.
pub const MAX_INDEXED_CHARS: usize = 20_000;

fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF | 0x3005 | 0x3007)
}

/// Full-width forms become ASCII, letters lower-case; other characters stay.
pub(crate) fn fold(c: char) -> char {
    let c = match u32::from(c) {
        u @ 0xFF01..=0xFF5E => char::from_u32(u - 0xFEE0).unwrap_or(c),
        0x3000 => ' ',
        _ => c,
    };
    c.to_lowercase().next().unwrap_or(c)
}

#[derive(PartialEq, Clone, Copy)]
enum Run {
    Han,
    Word,
    Digits,
}

/// Splits text into runs of Han, letters, or digits; everything else separates.
fn runs(text: &str) -> Vec<(Run, Vec<char>)> {
    let mut out: Vec<(Run, Vec<char>)> = Vec::new();
    let mut open = false;
    for c in text.chars().take(MAX_INDEXED_CHARS).map(fold) {
        let kind = if is_han(c) {
            Run::Han
        } else if c.is_numeric() {
            Run::Digits
        } else if c.is_alphanumeric() {
            Run::Word
        } else {
            open = false;
            continue;
        };
        match out.last_mut() {
            Some((k, run)) if open && *k == kind => run.push(c),
            _ => out.push((kind, vec![c])),
        }
        open = true;
    }
    out
}

/// Tokens for the index, in order. A Han run of n characters gives n−1 bigrams plus its last
/// character alone, so that a single character is found as a prefix wherever it stands.
pub fn index_tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    for (kind, run) in runs(text) {
        if kind == Run::Han {
            tokens.extend(run.windows(2).map(|w| w.iter().collect::<String>()));
            tokens.extend(run.last().map(char::to_string));
        } else {
            tokens.push(run.into_iter().collect());
        }
    }
    tokens
}

/// The same as one string, ready for a full-text column that splits on spaces.
pub fn index_text(text: &str) -> String {
    index_tokens(text).join(" ")
}

/// What a person typed as a full-text query: one quoted phrase per run, all of them required.
/// `None` when there is nothing to look for. A lone Han character, a word or a number is looked
/// for as a prefix, so results appear while typing.
pub fn match_query(typed: &str) -> Option<String> {
    let phrases: Vec<String> = runs(typed)
        .into_iter()
        .map(|(kind, run)| match (kind, run.len()) {
            (Run::Han, 2..) => {
                let bigrams: Vec<String> = run.windows(2).map(|w| w.iter().collect()).collect();
                format!("\"{}\"", bigrams.join(" "))
            }
            _ => format!("\"{}\"*", run.into_iter().collect::<String>()),
        })
        .collect();
    (!phrases.is_empty()).then(|| phrases.join(" "))
}

/// A looser query for "is there something like this": any token may match.
pub fn similar_query(title: &str) -> Option<String> {
    let mut seen = HashSet::new();
    let tokens: Vec<String> = index_tokens(title)
        .into_iter()
        .filter(|t| t.chars().count() > 1 && seen.insert(t.clone()))
        .take(64)
        .map(|t| format!("\"{t}\""))
        .collect();
    (!tokens.is_empty()).then(|| tokens.join(" OR "))
}

/// How alike two short texts are: shared tokens over all tokens (Jaccard), 0–1.
pub fn likeness(a: &str, b: &str) -> f32 {
    let set = |t: &str| {
        index_tokens(t)
            .into_iter()
            .filter(|t| t.chars().count() > 1)
            .collect::<HashSet<_>>()
    };
    let (a, b) = (set(a), set(b));
    let shared = a.intersection(&b).count();
    let all = a.union(&b).count();
    if all == 0 {
        0.0
    } else {
        shared as f32 / all as f32
    }
}

/// Where `needle` stands in `haystack`, as character ranges, ignoring case and width.
pub fn find_all(haystack: &str, needle: &str) -> Vec<(usize, usize)> {
    let hay: Vec<char> = haystack.chars().map(fold).collect();
    let pin: Vec<char> = needle.trim().chars().map(fold).collect();
    if pin.is_empty() || pin.len() > hay.len() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut i = 0;
    while i + pin.len() <= hay.len() {
        if hay[i..i + pin.len()] == pin[..] {
            out.push((i, i + pin.len()));
            i += pin.len();
        } else {
            i += 1;
        }
    }
    out
}

/// The piece of `text` around the first place where a run of `typed` stands, at most `max_chars`
/// characters, with an ellipsis where something was cut.
pub fn excerpt(text: &str, typed: &str, max_chars: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= max_chars {
        return text.to_owned();
    }
    let at = runs(typed)
        .iter()
        .find_map(|(_, run)| {
            find_all(text, &run.iter().collect::<String>())
                .first()
                .copied()
        })
        .map_or(0, |(s, _)| s);
    let start = at
        .saturating_sub(max_chars / 3)
        .min(chars.len() - max_chars);
    let end = start + max_chars;
    let body: String = chars[start..end].iter().collect();
    format!(
        "{}{body}{}",
        if start > 0 { "…" } else { "" },
        if end < chars.len() { "…" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("我要退款", vec!["我要", "要退", "退款", "款"])]
    #[case("退", vec!["退"])]
    #[case("iPhone15 退款，ＯＫ", vec!["iphone", "15", "退款", "款", "ok"])]
    #[case("订单 8842 没到", vec!["订单", "单", "8842", "没到", "到"])]
    #[case("😀<b>' OR 1=1 --", vec!["b", "or", "1", "1"])]
    #[case("", vec![])]
    fn text_becomes_tokens(#[case] text: &str, #[case] tokens: Vec<&str>) {
        assert_eq!(index_tokens(text), tokens);
    }

    #[rstest]
    #[case("退款", Some("\"退款\""))]
    #[case("退", Some("\"退\"*"))]
    #[case("七天无理由", Some("\"七天 天无 无理 理由\""))]
    #[case("refund 8842", Some("\"refund\"* \"8842\"*"))]
    #[case("\"退款\" AND *", Some("\"退款\" \"and\"*"))]
    #[case("，。！", None)]
    fn what_is_typed_becomes_a_safe_query(#[case] typed: &str, #[case] query: Option<&str>) {
        assert_eq!(match_query(typed).as_deref(), query);
    }

    #[test]
    fn titles_about_the_same_thing_are_alike() {
        let a = likeness("冰箱超过七天不能退货", "冰箱超过七天退货被拒");
        let b = likeness("冰箱超过七天不能退货", "行李箱有划痕");
        assert!(a > 0.4 && b < 0.1, "{a} {b}");
    }

    #[test]
    fn an_excerpt_shows_the_place_that_was_found() {
        let long = format!("{}退款{}", "前".repeat(100), "后".repeat(100));
        let cut = excerpt(&long, "退款", 30);
        assert!(cut.contains("退款") && cut.chars().count() <= 32, "{cut}");
    }

    proptest::proptest! {
        #[test]
        fn no_text_upsets_the_tokeniser(text: String) {
            for t in index_tokens(&text) {
                proptest::prop_assert!(!t.contains('"') && !t.contains(' ') && !t.is_empty());
            }
            let _ = (match_query(&text), similar_query(&text), excerpt(&text, &text, 10));
        }
    }
}
