//! Numbers people read out and copy: a phone number is looked for by its last digits, an order
//! number by what stands behind its date, and nobody remembers where the dashes were.
//!
//! Of a number of five digits and more the index holds every part that reaches to its end, under a
//! mark of its own. A search for the beginning of such a part finds the digits wherever they stand.
//! Three digits and less are looked for from the beginning only: within numbers they are everywhere.

use super::folding::Folded;
use super::{Kind, Run};

/// Blanks and dashes between two groups of digits of one number.
pub(super) const MOST_BETWEEN: usize = 3;
/// The shortest part a number is found by.
const LEAST_PART: usize = 4;
/// The longest part that is indexed. Of longer ones the beginning decides.
const MOST_PART: usize = 24;
/// Stands in front of a part, and in no word.
const MARK: char = '·';

/// Whether a character may part the groups of a number.
pub(super) fn parts(c: char) -> bool {
    let is_blank = c.is_whitespace() && !matches!(c, '\n' | '\r');
    is_blank || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Groups of digits with only blanks and dashes between them.
pub(super) struct Number {
    groups: Vec<String>,
}

/// The numbers of a text in order.
pub(super) fn of(runs: &[Run]) -> Vec<Number> {
    let mut numbers: Vec<Number> = Vec::new();
    let mut was_digits = false;
    for run in runs {
        let is_digits = run.kind == Kind::Digits;
        match numbers.last_mut() {
            Some(number) if is_digits && was_digits && run.is_near => {
                number.groups.push(run.text());
            }
            _ if is_digits => numbers.push(Number {
                groups: vec![run.text()],
            }),
            _ => {}
        }
        was_digits = is_digits;
    }
    numbers
}

impl Number {
    /// What the index holds of it beside its groups.
    pub fn parts(&self) -> Vec<String> {
        let digits: Vec<char> = self.groups.iter().flat_map(|g| g.chars()).collect();
        if digits.len() <= LEAST_PART {
            return Vec::new();
        }
        // Undivided, the number stands among the words as a whole.
        let first = usize::from(self.groups.len() == 1);
        (first..=digits.len() - LEAST_PART)
            .map(|from| {
                let part = digits[from..].iter().take(MOST_PART);
                std::iter::once(&MARK).chain(part).collect()
            })
            .collect()
    }

    /// Its digits without what parts them.
    pub fn whole(&self) -> String {
        self.groups.concat()
    }

    /// How it is looked for: as it was typed, or undivided, or as a part of a longer one.
    pub fn query(&self) -> String {
        let typed = self.groups.iter().map(|g| format!("\"{g}\"*"));
        let typed = typed.collect::<Vec<_>>().join(" AND ");
        let whole = self.whole();
        let part: String = whole.chars().take(MOST_PART).collect();
        match (self.groups.len(), part.len() >= LEAST_PART) {
            (1, false) => typed,
            (1, true) => format!("({typed} OR \"{MARK}{part}\"*)"),
            (_, false) => format!("({typed})"),
            (_, true) => format!("(({typed}) OR \"{whole}\"* OR \"{MARK}{part}\"*)"),
        }
    }
}

/// A text whose longer numbers stand undivided.
pub(super) fn joined(text: Vec<Folded>) -> Vec<Folded> {
    let is_digit = |at: usize| text[at].0.is_ascii_digit();
    let mut gone = vec![false; text.len()];
    let mut at = 0;
    while at < text.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let (end, between, digits) = number_from(&text, at);
        if digits > LEAST_PART {
            between.iter().for_each(|i| gone[*i] = true);
        }
        at = end;
    }
    let kept = text.into_iter().zip(gone).filter(|(_, gone)| !gone);
    kept.map(|(folded, _)| folded).collect()
}

/// Where the number that begins at `from` ends, what parts it, and how many digits it has.
fn number_from(text: &[Folded], from: usize) -> (usize, Vec<usize>, usize) {
    let (mut end, mut between, mut digits) = (from, Vec::new(), 0);
    let mut at = from;
    while at < text.len() && at <= end + MOST_BETWEEN {
        if text[at].0.is_ascii_digit() {
            between.extend(end..at);
            digits += 1;
            end = at + 1;
        } else if !parts(text[at].0) {
            break;
        }
        at += 1;
    }
    (end, between, digits)
}
