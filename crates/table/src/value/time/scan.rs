//! A written time cut into numbers, words and signs.

use super::words::WORDS;

/// A piece of a written time, in the folded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'a> {
    /// Digits.
    Number(&'a str),
    /// Letters in a row, or one word of [`WORDS`], or one other character.
    Word(&'a str),
    /// A sign, or a blank (several are one).
    Sign(char),
}

/// What follows the numbers of a Chinese date and time.
const MARKS: &[&str] = &["年", "月", "日", "号", "时", "点", "點", "分", "秒"];

/// Most pieces of anything that is a time; what has more is none.
const MOST_PIECES: usize = 32;

/// The pieces; `None` where there are more than any time has.
pub(super) fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut out = Vec::with_capacity(16);
    let mut left = text;
    while let Some(first) = left.chars().next() {
        if out.len() == MOST_PIECES {
            return None;
        }
        let run = |is: fn(char) -> bool| left.find(|c| !is(c)).unwrap_or(left.len());
        let (piece, len) = if first.is_ascii_digit() {
            let len = run(|c| c.is_ascii_digit());
            (Piece::Number(&left[..len]), len)
        } else if first.is_ascii_alphabetic() {
            let len = run(|c| c.is_ascii_alphabetic());
            (Piece::Word(&left[..len]), len)
        } else if first == ' ' {
            (Piece::Sign(' '), run(|c| c == ' '))
        } else if first.is_ascii() {
            (Piece::Sign(first), 1)
        } else {
            let known = WORDS.iter().find(|word| left.starts_with(**word));
            let len = known.map_or(first.len_utf8(), |word| word.len());
            (Piece::Word(&left[..len]), len)
        };
        if is_spaced_out(&out, piece) {
            out.pop();
        }
        out.push(piece);
        left = &left[len..];
    }
    Some(out)
}

/// Whether the blank before a piece only spaces out a Chinese date: `2026 年 11 月 17 日`.
fn is_spaced_out(before: &[Piece<'_>], piece: Piece<'_>) -> bool {
    let [.., earlier, Piece::Sign(' ')] = before else {
        return false;
    };
    match (earlier, piece) {
        (Piece::Number(_), Piece::Word(mark)) => MARKS.contains(&mark),
        (Piece::Word(mark), Piece::Number(_)) => MARKS.contains(mark),
        _ => false,
    }
}

/// Pieces that are gone through from left to right.
pub(super) struct Reel<'a> {
    pieces: &'a [Piece<'a>],
    at: usize,
}

impl<'a> Reel<'a> {
    pub fn new(pieces: &'a [Piece<'a>]) -> Self {
        Self { pieces, at: 0 }
    }

    /// The piece so many further on.
    pub fn ahead(&self, by: usize) -> Option<Piece<'a>> {
        self.pieces.get(self.at + by).copied()
    }

    /// Goes on by so many.
    pub fn skip(&mut self, by: usize) {
        self.at += by;
    }

    /// The number so many further on.
    pub fn number(&self, by: usize) -> Option<&'a str> {
        match self.ahead(by)? {
            Piece::Number(digits) => Some(digits),
            _ => None,
        }
    }

    /// The word so many further on.
    pub fn word(&self, by: usize) -> Option<&'a str> {
        match self.ahead(by)? {
            Piece::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The sign so many further on.
    pub fn sign(&self, by: usize) -> Option<char> {
        match self.ahead(by)? {
            Piece::Sign(sign) => Some(sign),
            _ => None,
        }
    }

    /// How many pieces further on the next one that is no blank stands, from there.
    pub fn past_blank(&self, by: usize) -> usize {
        by + usize::from(self.sign(by) == Some(' '))
    }
}
