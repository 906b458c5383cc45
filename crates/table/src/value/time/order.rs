//! Which of `11/12/2026` is the day, as the other cells of the column tell.

use super::civil::triple;
use crate::value::fold::{cell_text, folded};

/// In what order the numbers of a date stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `26/11/17`
    YearFirst,
    /// `11/17/2026`
    MonthFirst,
    /// `17/11/2026`
    DayFirst,
}

/// What the cells of a column tell of the order of their dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderSeen {
    /// Cells that can only be read with the year first.
    pub year_first: u32,
    /// Cells that can only be read with the month first.
    pub month_first: u32,
    /// Cells that can only be read with the day first.
    pub day_first: u32,
    /// Cells that could be read in several ways.
    pub open: u32,
}

impl OrderSeen {
    /// Looks at one more cell. Dates that begin with a year of four digits tell nothing, they need no order.
    pub fn see(&mut self, raw: &str) {
        let text = folded(cell_text(raw));
        let Some([first, second, third]) = triple(text.trim()) else {
            return;
        };
        let value = |digits: &str| digits.parse::<u32>().unwrap_or(0);
        match (value(first), value(second)) {
            _ if first.len() == 4 => {}
            (32.., _) => self.year_first += 1,
            (13.., 1..=12) if third.len() == 4 => self.day_first += 1,
            (1..=12, 13..=31) if third.len() == 4 || value(third) > 31 => self.month_first += 1,
            // `13/11/26` may begin with its year.
            _ => self.open += 1,
        }
    }

    /// The order every cell agrees with, where any tells; `None` where none does, or they contradict.
    pub fn order(&self) -> Option<DateOrder> {
        match (
            self.year_first > 0,
            self.month_first > 0,
            self.day_first > 0,
        ) {
            (true, false, false) => Some(DateOrder::YearFirst),
            (false, true, false) => Some(DateOrder::MonthFirst),
            (false, false, true) => Some(DateOrder::DayFirst),
            _ => None,
        }
    }

    /// Whether cells can only be read in different orders: no single one is right.
    pub fn is_contradictory(&self) -> bool {
        let told = [self.year_first, self.month_first, self.day_first];
        told.iter().filter(|cells| **cells > 0).count() > 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case::by_one_cell(&["11/12/2026", "11/17/2026", "3/4/2026"], Some(DateOrder::MonthFirst))]
    #[case::day_first(&["11/12/2026", "17/11/2026 9:15"], Some(DateOrder::DayFirst))]
    #[case::two_digit_year_last(&["1/2/99", "17/11/99"], None)]
    #[case::year_first(&["99/11/17"], Some(DateOrder::YearFirst))]
    #[case::open(&["11/12/2026", "3/4/2026"], None)]
    #[case::contradictory(&["11/17/2026", "17/11/2026"], None)]
    #[case::needs_none(&["2026/11/17", "2026-11-17"], None)]
    #[case::no_dates(&["呼入", "", "9:15"], None)]
    fn a_column_tells_its_order(#[case] cells: &[&str], #[case] order: Option<DateOrder>) {
        let mut seen = OrderSeen::default();
        for cell in cells {
            seen.see(cell);
        }
        assert_eq!(seen.order(), order, "{seen:?}");
    }
}
