//! What a cell looks like, as far as a header differs from data.

use crate::Cell;
use crate::source::Raw;

/// Longer than this no column is named: it is a sentence.
const LONGEST_WORD: usize = 40;

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Empty,
    /// What a column may be called.
    Word,
    /// A number, a telephone number, masked ones too.
    Number,
    /// A day, a time, a stretch of time.
    Time,
    /// An id, an address of the web.
    Id,
    /// A sentence.
    Long,
}

impl Shape {
    pub(super) fn of(cell: &Cell) -> Self {
        match cell {
            Cell::Empty => Self::Empty,
            Cell::Number { .. } | Cell::Boolean(_) | Cell::Error(_) => Self::Number,
            Cell::Damaged { text, .. } | Cell::Text(text) => Self::of_text(text),
            Cell::Date(_) | Cell::DateTime(_) | Cell::Duration(_) => Self::Time,
        }
    }

    pub(super) fn is_value(self) -> bool {
        !matches!(self, Self::Empty | Self::Word)
    }

    fn of_text(text: &str) -> Self {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits == 0 {
            let is_blanked = text.bytes().all(|b| b"-*/.#".contains(&b));
            return match text.chars().count() {
                _ if is_blanked => Self::Empty,
                0..=LONGEST_WORD => Self::Word,
                _ => Self::Long,
            };
        }
        if text.contains("://") {
            return Self::Id;
        }
        let is_only = |signs: &str| {
            text.chars()
                .all(|c| c.is_ascii_digit() || signs.contains(c))
        };
        if is_only("-:/. T年月日时分秒小钟") && text.len() > digits && !is_number(text) {
            return Self::Time;
        }
        if is_only("+-.,*%() eE￥¥$") {
            return Self::Number;
        }
        let is_plain = text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_@.:/".contains(&b));
        if is_plain && (digits * 2 >= text.len() || digits >= 4) {
            return Self::Id;
        }
        match text.chars().count() {
            0..=LONGEST_WORD => Self::Word,
            _ => Self::Long,
        }
    }
}

/// Digits with a sign and a point, or a telephone number with its parts.
fn is_number(text: &str) -> bool {
    let plain = text.trim_start_matches(['-', '+']);
    let points = plain.bytes().filter(|b| *b == b'.').count();
    let is_decimal = points < 2 && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    // 010-88886666 has one dash and a long end; 2023-11-15 has two.
    let parts: Vec<&str> = plain.split('-').collect();
    let is_telephone = parts.len() == 2
        && parts[1].len() >= 6
        && parts
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    is_decimal || is_telephone
}

/// What a column is like below a row.
pub(super) struct Below<'r> {
    rows: &'r [Raw],
    column: usize,
    filled: usize,
}

impl<'r> Below<'r> {
    pub(super) fn of(rows: &'r [Raw], column: usize) -> Self {
        let mut below = Self {
            rows,
            column,
            filled: 0,
        };
        below.filled = below.shapes().count();
        below
    }

    fn shapes(&self) -> impl Iterator<Item = Shape> {
        let cells = self
            .rows
            .iter()
            .filter_map(|row| row.cells.get(self.column));
        cells.map(Shape::of).filter(|shape| *shape != Shape::Empty)
    }

    /// Whether most of it is of one shape. A row with nothing below it is like what would be there.
    pub(super) fn is_of(&self, shape: Shape) -> bool {
        self.shapes().filter(|other| *other == shape).count() * 2 >= self.filled
    }

    /// Whether most of it is values.
    pub(super) fn is_of_values(&self) -> bool {
        self.filled > 0 && self.shapes().filter(|shape| shape.is_value()).count() * 2 > self.filled
    }

    /// Whether a word comes again.
    pub(super) fn says(&self, word: &str) -> bool {
        let cells = self
            .rows
            .iter()
            .filter_map(|row| row.cells.get(self.column));
        cells.into_iter().any(|cell| cell.text() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("主叫号码", Shape::Word)]
    #[case("通话时长(秒)", Shape::Word)]
    #[case("uuid1", Shape::Word)]
    #[case("第1次进队列时间", Shape::Word)]
    #[case("Q1", Shape::Id)]
    #[case("13900001111", Shape::Number)]
    #[case("+86 139-0000-1111", Shape::Number)]
    #[case("139****1111", Shape::Number)]
    #[case("010-88886666", Shape::Number)]
    #[case("-12.5", Shape::Number)]
    #[case("95%", Shape::Number)]
    #[case("2023-11-15", Shape::Time)]
    #[case("2023/11/15 06:13", Shape::Time)]
    #[case("2023年11月15日", Shape::Time)]
    #[case("00:05:10", Shape::Time)]
    #[case("5分10秒", Shape::Time)]
    #[case("A001", Shape::Id)]
    #[case("agent01@demo", Shape::Word)]
    #[case("SIP/test-02897fd8", Shape::Id)]
    #[case("https://example.com/1.wav", Shape::Id)]
    #[case("--", Shape::Empty)]
    #[case(
        "客户第三次来电要求把上个月多扣的三百元退回原来的卡里并且不接受任何优惠券的补偿方案",
        Shape::Long
    )]
    fn a_cell_looks_like_what_it_is(#[case] text: &str, #[case] shape: Shape) {
        assert_eq!(Shape::of_text(text), shape);
    }
}
