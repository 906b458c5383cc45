//! Marks of Chinese text: full-width beside Han, as they are within numbers, addresses and English.

use super::Sure;
use qinting_domain::text::is_han;

/// What may stand between the last word of a sentence and the end of its line.
pub(super) const CLOSING: [char; 8] = ['”', '’', '」', '』', '》', '）', '"', ')'];

/// Half-width marks and their full-width forms.
const WIDE: [(char, char); 8] = [
    (',', '，'),
    ('.', '。'),
    ('?', '？'),
    ('!', '！'),
    (':', '：'),
    (';', '；'),
    ('(', '（'),
    (')', '）'),
];

/// A mark that has the width of a character: no blank stands beside it.
pub(super) fn is_wide(c: char) -> bool {
    matches!(
        c,
        '，' | '。'
            | '？'
            | '！'
            | '：'
            | '；'
            | '、'
            | '（'
            | '）'
            | '《'
            | '》'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '…'
    )
}

/// Any mark that parts clauses.
pub(super) fn is_mark(c: char) -> bool {
    is_wide(c) || WIDE.iter().any(|(narrow, _)| *narrow == c)
}

fn wide(c: char) -> Option<char> {
    let pair = WIDE.iter().find(|(narrow, _)| *narrow == c);
    pair.map(|(_, wide)| *wide)
}

/// Gives the marks beside Han characters their full width.
pub(super) fn widened(text: Vec<Sure>) -> Vec<Sure> {
    let chars: Vec<char> = text.iter().map(|(c, _)| *c).collect();
    let is_kept = addresses(&chars);
    let mut out = text;
    let mut opened = Vec::new();
    for at in 0..chars.len() {
        let Some(wide) = wide(chars[at]).filter(|_| !is_kept[at]) else {
            continue;
        };
        match wide {
            '（' => opened.push(at),
            // A pair has one width.
            '）' => {
                let open = opened.pop();
                let ends = open.into_iter().chain([at]);
                if ends.clone().any(|i| is_beside_han(&chars, i)) {
                    for i in ends {
                        out[i].0 = if i == at { '）' } else { '（' };
                    }
                }
            }
            _ if is_widened(&chars, at) => out[at].0 = wide,
            _ => {}
        }
    }
    for at in opened.into_iter().filter(|at| is_beside_han(&chars, *at)) {
        out[at].0 = '（';
    }
    out
}

/// Whether the nearest character that is neither blank nor mark is Han, before a place.
fn is_behind_han(chars: &[char], at: usize) -> bool {
    let last = chars[..at].iter().rfind(|c| **c != ' ' && !is_mark(**c));
    last.is_some_and(|c| is_han(*c))
}

/// The same before it or behind it.
fn is_beside_han(chars: &[char], at: usize) -> bool {
    let next = chars[at..].iter().find(|c| **c != ' ' && !is_mark(**c));
    is_behind_han(chars, at) || next.is_some_and(|c| is_han(*c))
}

fn is_widened(chars: &[char], at: usize) -> bool {
    if chars[at] != '.' {
        return is_beside_han(chars, at);
    }
    // What ends a sentence stands behind Han. Behind a letter or a digit it may be "Mr." or "3.", and
    // before a letter a part of a name: 域名.com.
    let is_inside = chars.get(at + 1).is_some_and(char::is_ascii_alphanumeric);
    is_behind_han(chars, at) && !is_inside
}

/// Which characters are of an address (URL, mail), whose marks are its own.
fn addresses(chars: &[char]) -> Vec<bool> {
    let mut kept = vec![false; chars.len()];
    let mut from = 0;
    while from < chars.len() {
        let is_part = |c: &&char| c.is_ascii_graphic();
        let len = chars[from..].iter().take_while(is_part).count();
        let word: String = chars[from..from + len].iter().collect();
        if ["://", "www.", "@"].iter().any(|sign| word.contains(sign)) {
            let inside = word.trim_matches(is_mark).len();
            let skipped = len - word.trim_start_matches(is_mark).len();
            kept[from + skipped..from + skipped + inside].fill(true);
        }
        from += len.max(1);
    }
    kept
}

/// Each mark once. Of a comma and what ends a sentence, the end stays; three dots are six.
pub(super) fn collapsed(text: Vec<Sure>) -> Vec<Sure> {
    let mut out: Vec<Sure> = Vec::with_capacity(text.len());
    let mut at = 0;
    while at < text.len() {
        let (c, sure) = text[at];
        let run = text[at..].iter().take_while(|(next, _)| *next == c).count();
        at += run;
        let is_rest =
            matches!(c, '，' | '、' | '。') && out.last().is_some_and(|(last, _)| is_stop(*last));
        match c {
            '…' | '。' if c == '…' || run >= 3 => {
                if out.last().is_none_or(|(last, _)| *last != '…') {
                    out.extend([('…', sure); 2]);
                }
            }
            _ if is_rest => {}
            _ if is_wide(c) && !is_bracket(c) => {
                if is_stop(c) {
                    out.pop_if(|(last, _)| matches!(last, '，' | '、'));
                }
                if out.last().is_none_or(|(last, _)| *last != c) {
                    out.push((c, sure));
                }
            }
            _ => out.extend(std::iter::repeat_n((c, sure), run)),
        }
    }
    out
}

fn is_stop(c: char) -> bool {
    matches!(c, '。' | '？' | '！' | '；')
}

fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '（' | '）' | '《' | '》' | '「' | '」' | '『' | '』' | '【' | '】'
    )
}
