//! The date of a written time.

use super::{Draft, value};
use crate::value::time::order::DateOrder;
use crate::value::time::scan::Reel;
use crate::value::time::words::month;
use jiff::civil::Date;

/// Two digits of a year from here on are of the last century.
const LAST_CENTURY: i16 = 69;

impl Draft {
    /// `2026-11-17`, `11/17/2026`, `2026年11月17日`, `10 Aug 2010`, `10-Aug-10`.
    pub(super) fn date_at(&mut self, reel: &mut Reel<'_>, order: Option<DateOrder>) -> Option<()> {
        let first = reel.number(0)?;
        let by_word = reel.past_blank(1);
        let by_word = by_word + usize::from(matches!(reel.sign(by_word), Some('-' | '/')));
        if let Some(month) = reel.word(by_word).and_then(month) {
            let to_year = reel.past_blank(by_word + 1);
            let to_year =
                to_year + usize::from(matches!(reel.sign(to_year), Some('-' | '/' | ',' | '.')));
            let to_year = reel.past_blank(to_year);
            let year = reel.number(to_year)?;
            reel.skip(to_year + 1);
            return self.date(year_of(year)?, month, value(first)?);
        }
        let is_chinese = reel.word(1) == Some("年");
        let parting = reel.sign(1);
        let second = reel.number(2)?;
        let is_parted_alike = if is_chinese {
            reel.word(3) == Some("月")
        } else {
            matches!(parting, Some('-' | '/' | '.')) && reel.sign(3) == parting
        };
        let third = reel.number(4).filter(|_| is_parted_alike)?;
        let mut taken = 5;
        if matches!(reel.word(taken), Some("日" | "号")) {
            taken += 1;
        }
        reel.skip(taken);
        let numbers = [first, second, third];
        if is_chinese || first.len() == 4 {
            return self.date(year_of(first)?, value(second)?, value(third)?);
        }
        self.ordered(numbers, parting == Some('.'), order)
    }

    /// Three numbers of which the first is no year of four digits.
    fn ordered(
        &mut self,
        numbers: [&str; 3],
        is_dotted: bool,
        order: Option<DateOrder>,
    ) -> Option<()> {
        let [first, second, third] = numbers.map(value);
        let (first, second) = (first?, second?);
        let has_long_year = numbers[2].len() == 4;
        let order = match order {
            Some(DateOrder::YearFirst) if has_long_year => None,
            stated => stated,
        };
        let could_be = |month: u32, day: u32| (1..=12).contains(&month) && (1..=31).contains(&day);
        let chosen = match order {
            Some(order) => order,
            None if first > 31 => DateOrder::YearFirst,
            None if could_be(first, second) && !could_be(second, first) => DateOrder::MonthFirst,
            None if could_be(second, first) && !could_be(first, second) => DateOrder::DayFirst,
            None => {
                self.wall.is_day_or_month = first != second || !has_long_year;
                if is_dotted {
                    DateOrder::DayFirst
                } else {
                    DateOrder::MonthFirst
                }
            }
        };
        match chosen {
            DateOrder::YearFirst => self.date(year_of(numbers[0])?, second, third?),
            DateOrder::MonthFirst => self.date(year_of(numbers[2])?, first, second),
            DateOrder::DayFirst => self.date(year_of(numbers[2])?, second, first),
        }
    }

    /// `Aug 10, 2010`, `Nov 17 09:15:00 2026`.
    pub(super) fn month_first(&mut self, reel: &mut Reel<'_>, month: u32) -> Option<()> {
        let mut at = reel.past_blank(1);
        if reel.sign(at) == Some('.') {
            at = reel.past_blank(at + 1);
        }
        let day = value(reel.number(at).filter(|digits| digits.len() <= 2)?)?;
        let mut after = reel.past_blank(at + 1);
        if reel.sign(after) == Some(',') {
            after = reel.past_blank(after + 1);
        }
        match reel.number(after).filter(|digits| digits.len() == 4) {
            Some(year) => {
                reel.skip(after + 1);
                self.date(year_of(year)?, month, day)
            }
            None => {
                reel.skip(at + 1);
                self.pending = Some((month, day));
                Some(())
            }
        }
    }

    pub(super) fn pending_year(&mut self, reel: &mut Reel<'_>, digits: &str) -> Option<()> {
        let (month, day) = self.pending.take()?;
        reel.skip(1);
        self.date(year_of(digits)?, month, day)
    }

    pub(super) fn compact_date(&mut self, digits: &str) -> Option<()> {
        let (year, rest) = digits.split_at(4);
        self.date(year_of(year)?, value(&rest[..2])?, value(&rest[2..])?)
    }

    fn date(&mut self, year: i16, month: u32, day: u32) -> Option<()> {
        if year == 0 && month == 0 && day == 0 {
            self.wall.is_zero = true;
            return Some(());
        }
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        self.wall.date.replace(date).is_none().then_some(())
    }
}

/// A year of four digits, or of two: 69–99 are of the last century.
fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        4 => Some(year),
        2 if year < LAST_CENTURY => Some(2_000 + year),
        2 => Some(1_900 + year),
        _ => None,
    }
}
