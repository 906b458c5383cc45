//! The time on a wall, read out of what is written.

mod clock;
mod date;

use super::order::DateOrder;
use super::scan::{Piece, Reel, pieces};
use super::words::{Half, is_weekday, month};
use crate::value::zone::offset;
use jiff::civil::{Date, Time};
use jiff::tz::Offset;

/// What a text says of its zone.
#[derive(Debug, PartialEq)]
pub(super) enum WallZone {
    /// So far ahead of UTC.
    Offset(Offset),
    /// `CST`, `PDT`: who calls its time so is to be asked.
    Abbreviation(String),
}

/// A date and a time as they are written.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Wall {
    pub date: Option<Date>,
    pub time: Option<Time>,
    pub zone: Option<WallZone>,
    /// `24:00`: the end of the day.
    pub is_next_day: bool,
    /// Day and month could be the other way round, and nobody said.
    pub is_day_or_month: bool,
    /// `0000-00-00`
    pub is_zero: bool,
}

/// What is being put together.
#[derive(Default)]
struct Draft {
    wall: Wall,
    half: Option<Half>,
    /// Hour, minute, second, nanosecond as written.
    clock: Option<[u32; 4]>,
    /// Month and day that wait for their year: `Nov 17 09:15:00 2026`.
    pending: Option<(u32, u32)>,
}

/// Reads a folded text; `None` where it is no time, or says more than one.
pub(super) fn wall(text: &str, order: Option<DateOrder>) -> Option<Wall> {
    let pieces = pieces(text)?;
    let mut reel = Reel::new(&pieces);
    let mut draft = Draft::default();
    while let Some(piece) = reel.ahead(0) {
        match piece {
            Piece::Number(digits) => draft.number(&mut reel, digits, order)?,
            Piece::Word(word) => draft.word(&mut reel, word)?,
            Piece::Sign(' ' | ',') => reel.skip(1),
            // What joins a date and its time.
            Piece::Sign('-' | '_' | ':' | '/')
                if draft.wall.date.is_some() && draft.clock.is_none() =>
            {
                reel.skip(1)
            }
            Piece::Sign(sign @ ('+' | '-')) if draft.clock.is_some() => {
                draft.offset(&mut reel, sign)?
            }
            Piece::Sign(_) => return None,
        }
    }
    draft.done()
}

/// The three numbers a text begins with, where they are parted as a date is.
pub(super) fn triple(text: &str) -> Option<[&str; 3]> {
    let pieces = pieces(text)?;
    let mut at = pieces
        .iter()
        .position(|piece| matches!(piece, Piece::Number(_)))?;
    let mut numbers = [""; 3];
    for (place, number) in numbers.iter_mut().enumerate() {
        let Some(Piece::Number(digits)) = pieces.get(at) else {
            return None;
        };
        *number = digits;
        let is_parted = matches!(pieces.get(at + 1), Some(Piece::Sign('-' | '/' | '.')));
        if place < 2 && !is_parted {
            return None;
        }
        at += 2;
    }
    numbers
        .iter()
        .all(|digits| digits.len() <= 4)
        .then_some(numbers)
}

fn value(digits: &str) -> Option<u32> {
    digits.parse().ok()
}

impl Draft {
    fn number(
        &mut self,
        reel: &mut Reel<'_>,
        digits: &str,
        order: Option<DateOrder>,
    ) -> Option<()> {
        let next = reel.ahead(1);
        let is_clock = matches!(
            next,
            Some(Piece::Sign(':') | Piece::Word("时" | "點" | "点"))
        );
        let has_date = self.wall.date.is_some() || self.wall.is_zero || self.pending.is_some();
        match digits.len() {
            _ if is_clock && digits.len() <= 3 => self.clock_at(reel),
            12 | 14 | 17 if !has_date && self.clock.is_none() => {
                self.compact_date(&digits[..8])?;
                reel.skip(1);
                self.compact_clock(&digits[8..])
            }
            8 if !has_date => {
                reel.skip(1);
                self.compact_date(digits)
            }
            4 if self.pending.is_some() => self.pending_year(reel, digits),
            4 | 6 | 9 if has_date && self.clock.is_none() => {
                reel.skip(1);
                self.compact_clock(digits)?;
                self.fraction(reel)
            }
            1 | 2 if has_date && self.clock.is_none() => self.clock_at(reel),
            1..=4 if !has_date => self.date_at(reel, order),
            _ => None,
        }
    }

    fn word(&mut self, reel: &mut Reel<'_>, word: &str) -> Option<()> {
        if let Some(half) = Half::of(word) {
            let is_first = self.half.replace(half).is_none();
            reel.skip(1);
            return is_first.then_some(());
        }
        if is_weekday(word) {
            reel.skip(1);
            return Some(());
        }
        if let Some(month) = month(word)
            && self.wall.date.is_none()
            && self.pending.is_none()
        {
            return self.month_first(reel, month);
        }
        match word {
            "t" if self.wall.date.is_some() && self.clock.is_none() => reel.skip(1),
            // `a.m.`
            "a" | "p" if reel.sign(1) == Some('.') && reel.word(2) == Some("m") => {
                self.half = Half::of(if word == "a" { "am" } else { "pm" });
                reel.skip(3 + usize::from(reel.sign(3) == Some('.')));
            }
            _ if self.clock.is_some() && self.wall.zone.is_none() && word.is_ascii() => {
                self.zone(reel, word)
            }
            _ => return None,
        }
        Some(())
    }

    fn zone(&mut self, reel: &mut Reel<'_>, word: &str) {
        let is_utc = matches!(word, "z" | "utc" | "gmt");
        self.wall.zone = match (is_utc, reel.sign(1)) {
            // The offset that follows says it.
            (true, Some('+' | '-')) => None,
            (true, _) => Some(WallZone::Offset(Offset::UTC)),
            (false, _) => Some(WallZone::Abbreviation(word.to_owned())),
        };
        reel.skip(1);
    }

    fn offset(&mut self, reel: &mut Reel<'_>, sign: char) -> Option<()> {
        let hours = reel.number(1)?;
        let minutes = (reel.sign(2) == Some(':'))
            .then(|| reel.number(3))
            .flatten();
        let digits = format!("{hours}{}", minutes.unwrap_or_default());
        let found = offset(if sign == '-' { -1 } else { 1 }, &digits)?;
        let is_first = self.wall.zone.replace(WallZone::Offset(found)).is_none();
        reel.skip(if minutes.is_some() { 4 } else { 2 });
        is_first.then_some(())
    }

    fn done(mut self) -> Option<Wall> {
        if self.pending.is_some() || (self.half.is_some() && self.clock.is_none()) {
            return None;
        }
        if let Some([hour, minute, second, nanos]) = self.clock {
            let mut hour = self.half.map_or(hour, |half| half.hour(hour));
            if hour == 24 && minute == 0 && second == 0 {
                (hour, self.wall.is_next_day) = (0, true);
            }
            // A leap second is on no clock of ours.
            let second = if second == 60 { 59 } else { second };
            let part = |number: u32| i8::try_from(number).ok();
            let nanos = i32::try_from(nanos).ok()?;
            self.wall.time =
                Some(Time::new(part(hour)?, part(minute)?, part(second)?, nanos).ok()?);
        }
        let says_something =
            self.wall.date.is_some() || self.wall.time.is_some() || self.wall.is_zero;
        says_something.then_some(self.wall)
    }
}
