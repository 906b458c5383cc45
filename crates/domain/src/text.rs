//! Text rules: how Chinese, Latin and numbers become search tokens, and how alike two titles are.
//!
//! Han runs become overlapping bigrams, Latin words and digit runs stay whole, symbols stand alone.
//! Plain word tokenisers find nothing inside a Chinese sentence and trigrams miss two-character
//! words such as 退款. Long numbers are found by any of their parts, see [`numbers`].

mod folding;
mod numbers;
mod units;

pub use units::{Unit, units};

use crate::numerals::other_spellings;
use folding::folded;
use std::collections::HashSet;

/// Longest text that is looked at for one index row; the rest is stored but not indexed.
pub const MAX_INDEXED_CHARS: usize = 20_000;

/// Which rules the index was written by. Raised with every change of [`index_text`]; rows by older
/// rules are then written anew in the background.
pub const INDEX_RULES: u32 = 2;

/// Whether a character is Chinese writing: 々 and 〇 are.
pub fn is_han(c: char) -> bool {
    matches!(u32::from(c),
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x323AF | 0x3005 | 0x3007)
}

/// Emoji, arrows, currencies, and other signs that somebody may look for. ASCII marks are none:
/// they part words.
fn is_symbol(c: char) -> bool {
    matches!(u32::from(c),
        0xA2..=0xA9 | 0xAC | 0xAE | 0xB0 | 0xB1 | 0xD7 | 0xF7 | 0x20A0..=0x20CF
        | 0x2100..=0x214F | 0x2190..=0x23FF | 0x2500..=0x27BF | 0x2900..=0x2BFF
        | 0x1F000..=0x1FAFF)
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

#[derive(PartialEq, Clone, Copy, Debug)]
enum Kind {
    Han,
    Word,
    Digits,
    Symbols,
}

impl Kind {
    fn of(c: char) -> Option<Self> {
        if is_han(c) {
            Some(Self::Han)
        } else if c.is_numeric() {
            Some(Self::Digits)
        } else if c.is_alphanumeric() {
            Some(Self::Word)
        } else {
            is_symbol(c).then_some(Self::Symbols)
        }
    }
}

/// Characters of one kind in a row.
struct Run {
    kind: Kind,
    chars: Vec<char>,
    /// Only blanks and dashes part it from the run before.
    is_near: bool,
}

impl Run {
    fn text(&self) -> String {
        self.chars.iter().collect()
    }
}

/// Splits text into runs; everything else separates.
fn runs(text: &str) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    let mut between = 0;
    let mut is_near = false;
    for (c, _) in folded(text, MAX_INDEXED_CHARS) {
        let Some(kind) = Kind::of(c) else {
            is_near = (is_near || between == 0) && numbers::parts(c);
            between += 1;
            continue;
        };
        match out.last_mut() {
            Some(run) if between == 0 && run.kind == kind => run.chars.push(c),
            _ => out.push(Run {
                kind,
                chars: vec![c],
                is_near: is_near && between <= numbers::MOST_BETWEEN,
            }),
        }
        (between, is_near) = (0, false);
    }
    out
}

/// Words of a text in order, without the parts of numbers.
fn words(runs: &[Run]) -> Vec<String> {
    let mut tokens = Vec::new();
    for run in runs {
        match run.kind {
            Kind::Han => {
                tokens.extend(run.chars.windows(2).map(|w| w.iter().collect::<String>()));
                tokens.extend(run.chars.last().map(char::to_string));
            }
            Kind::Symbols => tokens.extend(run.chars.iter().map(char::to_string)),
            Kind::Word | Kind::Digits => tokens.push(run.text()),
        }
    }
    tokens
}

/// Tokens for the index: words in order, then the parts of long numbers. A Han run of n characters
/// gives n−1 bigrams plus its last character alone, so that a single character is found as a prefix
/// wherever it stands.
pub fn index_tokens(text: &str) -> Vec<String> {
    let runs = runs(text);
    let mut tokens = words(&runs);
    tokens.extend(numbers::of(&runs).iter().flat_map(numbers::Number::parts));
    tokens
}

/// The same as one string, ready for a full-text column that splits on spaces.
pub fn index_text(text: &str) -> String {
    index_tokens(text).join(" ")
}

/// What a person typed as a full-text query: one quoted phrase per run, all of them required.
/// `None` when there is nothing to look for. A lone Han character, a word or a number is looked
/// for as a prefix, so results appear while typing; a long number also by its parts, and each number
/// in its other spellings: 365, 三六五, 三百六十五.
pub fn match_query(typed: &str) -> Option<String> {
    let runs = runs(typed);
    let spelled = |run: &Run| or_spelled(phrase(run), &run.chars);
    let others = runs.iter().filter(|run| run.kind != Kind::Digits);
    let numbers = numbers::of(&runs).into_iter().map(|number| {
        let whole: Vec<char> = number.whole().chars().collect();
        or_spelled(number.query(), &whole)
    });
    let phrases: Vec<String> = others.map(spelled).chain(numbers).collect();
    (!phrases.is_empty()).then(|| phrases.join(" AND "))
}

fn phrase(run: &Run) -> String {
    match (run.kind, run.chars.len()) {
        (Kind::Han, 2..) => {
            let bigrams = run.chars.windows(2).map(|w| w.iter().collect());
            format!("\"{}\"", bigrams.collect::<Vec<String>>().join(" "))
        }
        (Kind::Symbols, _) => {
            let signs = run.chars.iter().map(char::to_string);
            format!("\"{}\"", signs.collect::<Vec<_>>().join(" "))
        }
        _ => format!("\"{}\"*", run.text()),
    }
}

/// The query of one run or number, or of the other ways to spell the numbers in it.
fn or_spelled(query: String, typed: &[char]) -> String {
    let mut ways = vec![query];
    for other in other_spellings(typed) {
        let runs = runs(&other);
        let others = runs.iter().filter(|run| run.kind != Kind::Digits);
        let numbers = numbers::of(&runs);
        let all: Vec<String> = others
            .map(phrase)
            // Whole: who typed 八十 does not mean the beginning of 8021.
            .chain(numbers.iter().map(|n| n.query().replace("\"*", "\"")))
            .collect();
        ways.push(match all.len() {
            1 => all.concat(),
            _ => format!("({})", all.join(" AND ")),
        });
    }
    match ways.len() {
        1 => ways.concat(),
        _ => format!("({})", ways.join(" OR ")),
    }
}

/// Pieces of what was typed that no search can look for, such as a lone comma.
pub fn left_out(typed: &str) -> Vec<String> {
    typed
        .split_whitespace()
        .filter(|piece| runs(piece).is_empty())
        .map(str::to_owned)
        .collect()
}

/// A looser query for "is there something like this": any token may match.
pub fn similar_query(title: &str) -> Option<String> {
    let mut seen = HashSet::new();
    let tokens: Vec<String> = words(&runs(title))
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
        words(&runs(t))
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

/// Where `needle` stands in `haystack`, as character ranges, by the rules of the search: whatever
/// case, width or script, numbers also across blanks and dashes and however they are spelled.
pub fn find_all(haystack: &str, needle: &str) -> Vec<(usize, usize)> {
    let hay = numbers::joined(folded(haystack, usize::MAX));
    let pin = numbers::joined(folded(needle.trim(), usize::MAX));
    let typed: Vec<char> = pin.into_iter().map(|(c, _)| c).collect();
    let others = other_spellings(&typed);
    let mut pins: Vec<Vec<char>> = others.iter().map(|o| o.chars().collect()).collect();
    pins.push(typed.clone());
    pins.retain(|pin| !pin.is_empty() && pin.len() <= hay.len());
    let is_digit = |at: usize| hay.get(at).is_some_and(|c| c.0.is_ascii_digit());
    let stands = |pin: &Vec<char>, at: usize| {
        let end = at + pin.len();
        let here = hay.get(at..end);
        // Another spelling is a whole number: 八十 is not in 8021.
        let inside = at > 0 && is_digit(at - 1) && is_digit(at)
            || end > 0 && is_digit(end - 1) && is_digit(end);
        let is_whole = *pin == typed || !inside;
        is_whole && here.is_some_and(|here| here.iter().zip(pin).all(|(a, b)| a.0 == *b))
    };
    let mut out = Vec::new();
    let mut i = 0;
    while !pins.is_empty() && i < hay.len() {
        match pins.iter().find(|pin| stands(pin, i)) {
            Some(pin) => {
                out.push((hay[i].1, hay[i + pin.len() - 1].1 + 1));
                i += pin.len();
            }
            None => i += 1,
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
    let whole = typed.split_whitespace().map(str::to_owned);
    let at = std::iter::once(typed.to_owned())
        .chain(whole)
        .chain(runs(typed).iter().map(Run::text))
        .find_map(|piece| find_all(text, &piece).first().copied())
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
mod tests;
