//! Text cells: what keeps Excel from eating a number is taken off, and what it did eat is told.

use super::{Cell, Damage};
use std::borrow::Cow;

/// From here on Excel writes a whole number with an exponent where the column is narrow: a telephone
/// number of nine digits is the shortest that matters.
const SHORTEST_EXPONENT: usize = 8;

/// More digits behind the point than Excel shows: another writer's number, whole.
const MOST_SHOWN: usize = 5;

/// What stands around a cell and is no part of it.
pub(crate) fn is_padding(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// A text cell.
pub(crate) fn of_text(said: &str) -> Cell {
    let text = trimmed(said);
    if text.is_empty() {
        return Cell::Empty;
    }
    let damage = if is_exponent(&text) {
        Damage::Exponent
    } else if text.len() > 2 && text.bytes().all(|b| b == b'#') {
        Damage::Hashes
    } else {
        return Cell::Text(text.into_owned());
    };
    Cell::Damaged {
        text: text.into_owned(),
        damage,
    }
}

/// Without blanks around it, and without `="…"` or an apostrophe that only says "this is text".
pub(crate) fn trimmed(said: &str) -> Cow<'_, str> {
    let text = bare(said);
    let inside = text
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'));
    if let Some(inside) = inside {
        // A quote inside is doubled; one that is not ends the text, and then this is a formula.
        let plain = inside.replace("\"\"", "");
        if !plain.contains('"') {
            return Cow::Owned(bare(&inside.replace("\"\"", "\"")).to_owned());
        }
    }
    match text.strip_prefix('\'') {
        Some(rest) if is_guarded(rest) => Cow::Borrowed(bare(rest)),
        _ => Cow::Borrowed(text),
    }
}

fn bare(text: &str) -> &str {
    // Most cells have nothing to trim, and are ASCII.
    let is_plain = |b: Option<&u8>| b.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) {
        return text;
    }
    text.trim_matches(is_padding)
}

/// Whether an apostrophe in front of this is no part of it: before a number, or a formula.
fn is_guarded(rest: &str) -> bool {
    rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '=' | '+' | '-' | '@'))
        && !rest.contains('\'')
}

/// A whole number whose end is lost: `1.39E+10`, not `1.5E-05` and not `1.3900001111E10`, which has
/// all its digits.
fn is_exponent(text: &str) -> bool {
    // Most cells are ruled out by this.
    if text.len() > 24 || !text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+') {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mantissa = mantissa.trim_start_matches(['-', '+']);
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let size = exponent.strip_prefix('+').unwrap_or(exponent);
    if whole.len() != 1 || !digits(whole) || !digits(decimals) || !digits(size) {
        return false;
    }
    let Ok(size) = size.parse::<usize>() else {
        return false;
    };
    let is_whole =
        decimals.len() >= size || (decimals.len() > MOST_SHOWN && !exponent.starts_with('+'));
    size >= SHORTEST_EXPONENT && !is_whole
}
