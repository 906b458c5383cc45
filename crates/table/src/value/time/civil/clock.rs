//! The time of day of a written time.

use super::{Draft, value};
use crate::value::time::scan::{Piece, Reel};

impl Draft {
    /// `0915`, `091500`, `091500123`.
    pub(super) fn compact_clock(&mut self, digits: &str) -> Option<()> {
        let part = |from: usize| digits.get(from..from + 2).map_or(Some(0), value);
        let thousandths = digits.get(6..).filter(|rest| !rest.is_empty());
        let nanos = thousandths.map_or(Some(0), value)? * 1_000_000;
        self.clock = Some([part(0)?, part(2)?, part(4)?, nanos]);
        Some(())
    }

    /// `9:15`, `09:15:00.250`, `14-13-10`, `9时15分`, `9点半`, `9 am`.
    pub(super) fn clock_at(&mut self, reel: &mut Reel<'_>) -> Option<()> {
        if self.clock.is_some() {
            return None;
        }
        let hour = value(reel.number(0)?)?;
        reel.skip(1);
        match reel.ahead(0) {
            Some(Piece::Word("时" | "點" | "点")) => self.spoken(reel, hour),
            Some(Piece::Sign(parting @ (':' | '.' | '-'))) => self.parted(reel, hour, parting),
            Some(Piece::Sign(' ') | Piece::Word("am" | "pm")) => {
                self.clock = Some([hour, 0, 0, 0]);
                Some(())
            }
            _ => None,
        }
    }

    /// What follows the hour of `09:15:00.250`: one sign between its parts.
    fn parted(&mut self, reel: &mut Reel<'_>, hour: u32, parting: char) -> Option<()> {
        let mut part = || {
            if reel.sign(0) != Some(parting) {
                return Some(0);
            }
            let digits = reel.number(1).filter(|digits| digits.len() <= 2)?;
            reel.skip(2);
            value(digits)
        };
        let (minute, second) = (part()?, part()?);
        self.clock = Some([hour, minute, second, 0]);
        self.fraction(reel)
    }

    /// What follows the hour of `9时15分30秒`, `9点半`, `9点整`.
    fn spoken(&mut self, reel: &mut Reel<'_>, hour: u32) -> Option<()> {
        // The word for hours.
        reel.skip(1);
        let mut part = |unit: &str| {
            let Some(digits) = reel.number(0).filter(|digits| digits.len() <= 2) else {
                return Some(0);
            };
            reel.skip(1);
            if reel.word(0) == Some(unit) {
                reel.skip(1);
            }
            value(digits)
        };
        let (mut minute, second) = (part("分")?, part("秒")?);
        match reel.word(0) {
            Some("半") if minute == 0 => {
                minute = 30;
                reel.skip(1);
            }
            Some("整") => reel.skip(1),
            _ => {}
        }
        self.clock = Some([hour, minute, second, 0]);
        Some(())
    }

    /// What stands behind the seconds, to the billionth.
    pub(super) fn fraction(&mut self, reel: &mut Reel<'_>) -> Option<()> {
        let (Some('.' | ','), Some(digits)) = (reel.sign(0), reel.number(1)) else {
            return Some(());
        };
        let zeros = std::iter::repeat('0');
        let nine: String = digits.chars().chain(zeros).take(9).collect();
        self.clock.as_mut()?[3] = value(&nine)?;
        reel.skip(2);
        Some(())
    }
}
