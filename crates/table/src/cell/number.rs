//! Numbers of a sheet, as people read them.

use super::{Cell, Damage};

/// Digits a sheet keeps of a number. A longer one may have lost what stands behind them.
const DIGITS: usize = 15;

/// The longest number that is written out: beyond, it is a measure of something and no id.
const LONGEST: f64 = 1e22;

/// A number of a workbook. `zeros` is how many digits its format asks for.
pub(crate) fn of_f64(value: f64, zeros: usize) -> Cell {
    let size = value.abs();
    if value.fract() == 0.0 && size < LONGEST {
        let text = padded(format!("{value:.0}"), zeros);
        return if size >= 1e15 {
            damaged(text)
        } else {
            Cell::Number { text, value }
        };
    }
    Cell::Number {
        text: rounded(value),
        value,
    }
}

fn damaged(text: String) -> Cell {
    Cell::Damaged {
        text,
        damage: Damage::Digits,
    }
}

/// A format of zeros alone (`00000000000`) is how people keep the zeros in front of an id.
fn padded(text: String, zeros: usize) -> String {
    match text.strip_prefix('-') {
        Some(digits) => format!("-{digits:0>zeros$}"),
        None => format!("{text:0>zeros$}"),
    }
}

/// With the digits a sheet shows: 3.6, where the bytes say 3.5999999999999996.
fn rounded(value: f64) -> String {
    let near: f64 = format!("{value:.*e}", DIGITS - 1).parse().unwrap_or(value);
    let size = near.abs();
    if (1e-7..LONGEST).contains(&size) {
        near.to_string()
    } else {
        format!("{near:E}")
    }
}
