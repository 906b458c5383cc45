//! Text for a terminal: tables that line up in Chinese, and nothing that could steer the terminal.

use qinting_export::labels;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text as one harmless line: what people and files wrote must not move the cursor, change
/// colours, or turn the reading direction of the rest of the line.
pub(crate) fn line(text: &str) -> String {
    isolated(harmless(text))
}

/// What runs from the right stands by itself: what a terminal puts beside it keeps its place.
fn isolated(text: String) -> String {
    match text.chars().any(runs_from_the_right) {
        true => format!("\u{2068}{text}\u{2069}"),
        false => text,
    }
}

fn runs_from_the_right(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            c if c.is_control() || is_direction_mark(c) => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The same, at most `columns` wide.
pub(crate) fn short(text: &str, columns: usize) -> String {
    let text = harmless(text);
    if text.width() <= columns {
        return isolated(text);
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        out.push(c);
    }
    isolated(out + "…")
}

/// What was said, as one harmless line; with a sign before it where it was heard with doubt.
pub(crate) fn words(text: &str, doubtful: bool) -> String {
    let text = line(text);
    if doubtful {
        format!("（{}）{text}", labels::DOUBTFUL)
    } else {
        text
    }
}

/// Rows under a header, columns as wide as their widest cell; the last one is not padded.
pub(crate) fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let mut widths = header.map(UnicodeWidthStr::width);
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut out = String::new();
    let mut push = |cells: [&str; N]| {
        let mut line = String::new();
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    };
    push(header);
    for row in rows {
        push(row.each_ref().map(String::as_str));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn columns_line_up_when_characters_are_two_wide() {
        let rows = [["退款".into(), "a".into()], ["x".into(), "冰箱".into()]];
        assert_eq!(
            table(["标签", "n"], &rows),
            "标签  n\n退款  a\nx     冰箱\n"
        );
    }

    #[rstest]
    #[case("退款没到账", 10, "退款没到账")]
    #[case("退款没到账", 9, "退款没到…")]
    #[case("refund", 3, "re…")]
    #[case("", 3, "")]
    #[case("שלום", 3, "\u{2068}של…\u{2069}")]
    fn a_long_text_is_cut_by_width(#[case] text: &str, #[case] columns: usize, #[case] cut: &str) {
        assert_eq!(short(text, columns), cut);
    }

    #[rstest]
    #[case("\u{1b}[2J红", "\u{FFFD}[2J红")]
    #[case("甲\n乙\t丙\r丁", "甲 乙 丙 丁")]
    #[case("a\u{202E}b", "a\u{FFFD}b")]
    #[case("שלום 😀", "\u{2068}שלום 😀\u{2069}")]
    fn a_terminal_shows_text_and_obeys_none_of_it(#[case] text: &str, #[case] shown: &str) {
        assert_eq!(line(text), shown);
    }
}
