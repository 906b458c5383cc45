//! Lines people can read: how long they are, and whether Chinese looks like Chinese.

use super::Pair;
use crate::report::Row;
use crate::text::Line;
use qinting_domain::text::is_han;

/// In Han characters; a letter has half the width.
const MOST_WIDTH: f64 = 60.0;
const MOST_MS: u64 = 12_000;

/// What is told of lines in one language.
pub(super) fn rows(label: &str, lines: &Pair<Vec<Line>>, is_chinese: bool) -> Vec<Row> {
    let ours = &lines.ours;
    let long = share(ours, is_long);
    let mut rows = vec![
        Row::told(
            &format!("lines, {label}: longest"),
            lines.both(|l| longest(l)),
        ),
        Row::new(
            "  over 60 characters (120 letters) or 12 s",
            lines.both(|l| percent(share(l, is_long))),
            "0 %",
            long == 0.0,
        ),
    ];
    if is_chinese {
        let odd = |l: &Line| has_blank(&l.text) || has_half_width(&l.text);
        rows.push(Row::new(
            "  with blanks between Han, or half-width marks",
            lines.both(|l| percent(share(l, odd))),
            "0 %",
            share(ours, odd) == 0.0,
        ));
        rows.push(Row::told(
            "  that end in punctuation",
            lines.both(|l| percent(share(l, |l| ends(&l.text)))),
        ));
    }
    rows
}

fn longest(lines: &[Line]) -> String {
    let characters = lines.iter().map(|l| l.text.chars().count()).max();
    let ms = lines.iter().map(|l| l.end_ms.saturating_sub(l.start_ms));
    let seconds = ms.max().unwrap_or(0) as f64 / 1_000.0;
    format!("{} chars {seconds:.1} s", characters.unwrap_or(0))
}

fn is_long(line: &Line) -> bool {
    width(&line.text) > MOST_WIDTH || line.end_ms.saturating_sub(line.start_ms) > MOST_MS
}

fn width(text: &str) -> f64 {
    text.chars()
        .map(|c| if c.is_ascii() { 0.5 } else { 1.0 })
        .sum()
}

fn share(lines: &[Line], is_so: impl Fn(&Line) -> bool) -> f64 {
    let count = lines.iter().filter(|l| is_so(l)).count();
    count as f64 / lines.len().max(1) as f64
}

pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// A blank between two Han characters.
fn has_blank(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .windows(2)
        .any(|w| w[0].ends_with(is_han) && w[1].starts_with(is_han))
}

/// A half-width mark beside a Han character.
fn has_half_width(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(2).any(|w| {
        let is_mark = |c: char| matches!(c, ',' | '.' | '?' | '!');
        (is_han(w[0]) && is_mark(w[1])) || (is_mark(w[0]) && is_han(w[1]))
    })
}

fn ends(text: &str) -> bool {
    text.trim_end().ends_with([
        '。', '，', '？', '！', '、', '；', '：', '…', '.', ',', '?', '!',
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("好的，谢谢。", false, false)]
    #[case("好的 谢谢", true, false)]
    #[case("用 iPhone 打开", false, false)]
    #[case("好的,谢谢", false, true)]
    #[case("是3.5万吗?", false, true)]
    #[case("是3.5万吗？", false, false)]
    fn chinese_has_neither_blanks_nor_half_width_marks(
        #[case] text: &str,
        #[case] blank: bool,
        #[case] half_width: bool,
    ) {
        assert_eq!((has_blank(text), has_half_width(text)), (blank, half_width));
    }

    #[rstest]
    #[case("字", 60, 12_000, false)]
    #[case("字", 61, 5_000, true)]
    #[case("a", 120, 5_000, false)]
    #[case("a", 121, 5_000, true)]
    #[case("字", 5, 12_001, true)]
    fn a_line_is_long_by_characters_or_by_time(
        #[case] unit: &str,
        #[case] times: usize,
        #[case] ms: u64,
        #[case] want: bool,
    ) {
        let line = Line {
            lane: 0,
            start_ms: 500,
            end_ms: 500 + ms,
            text: unit.repeat(times),
        };
        assert_eq!(is_long(&line), want);
    }
}
