//! Where a mark stands in what was heard or read.

use crate::Unfit;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Where a mark stands. The stretch of sound that plays for it lies beside this, whatever this is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// In that stretch of sound.
    #[default]
    Sound,
    /// In turns of a chat, which keep their numbers: nobody writes a chat anew.
    Turns(Turns),
    /// In the whole of it: no one moment says it.
    Whole,
}

/// Turns of a chat one after another, by their numbers from 1; both ends are among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
pub struct Turns {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

impl Turns {
    /// These turns; `None` where no chat could have them.
    pub fn new(first: u32, last: u32) -> Option<Self> {
        (first > 0 && first <= last).then_some(Self { first, last })
    }

    /// `12-14`, or `12`, as links and people write it.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |text: &str| {
            let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            text.parse().ok().filter(|_| is_number)
        };
        match text.split_once('-') {
            Some((first, last)) => Self::new(number(first)?, number(last)?),
            None => number(text).and_then(|n| Self::new(n, n)),
        }
    }

    /// How many they are.
    pub fn count(self) -> u32 {
        self.last - self.first + 1
    }
}

impl std::fmt::Display for Turns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}-{}", self.first, self.last),
        }
    }
}

impl Anchor {
    /// The stretch of sound that plays where a mark comes to lie in a recording of `length_ms`, `stretch` being
    /// where its own has gone: what stands in the whole stands in all of it, whatever its length.
    pub fn stretch(self, stretch: (u64, u64), length_ms: u64) -> (u64, u64) {
        match self {
            Self::Whole => (0, length_ms),
            Self::Sound | Self::Turns(_) => stretch,
        }
    }

    /// Whether there can be such a place.
    pub(crate) fn fits(self) -> Result<(), Unfit> {
        match self {
            Self::Turns(t) if Turns::new(t.first, t.last).is_none() => Err(Unfit::of("anchor")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use serde_json::json;

    #[rstest]
    #[case("12-14", Some((12, 14)))]
    #[case("12", Some((12, 12)))]
    #[case("12-12", Some((12, 12)))]
    #[case("14-12", None)]
    #[case("0", None)]
    #[case("0-3", None)]
    #[case("+3", None)]
    #[case("3-", None)]
    #[case("-3", None)]
    #[case("1-2-3", None)]
    #[case("4294967296", None)]
    #[case("１２", None)]
    #[case("", None)]
    fn turns_are_read_as_people_write_them(#[case] text: &str, #[case] turns: Option<(u32, u32)>) {
        let read = Turns::parse(text);
        assert_eq!(read.map(|t| (t.first, t.last)), turns);
        if let Some(turns) = read {
            assert_eq!(Turns::parse(&turns.to_string()), read);
        }
    }

    #[rstest]
    #[case(Anchor::Sound, json!("sound"), (3, 9))]
    #[case(Anchor::Turns(Turns { first: 12, last: 14 }), json!({"turns": {"first": 12, "last": 14}}), (3, 9))]
    #[case(Anchor::Whole, json!("whole"), (0, 60))]
    fn a_place_is_kept_as_it_is_and_moves_with_its_sound(
        #[case] anchor: Anchor,
        #[case] kept: serde_json::Value,
        #[case] plays: (u64, u64),
    ) {
        assert_eq!(serde_json::to_value(anchor).unwrap(), kept);
        assert_eq!(serde_json::from_value::<Anchor>(kept).unwrap(), anchor);
        assert_eq!(anchor.stretch((3, 9), 60), plays);
    }

    #[rstest]
    #[case(0, 1)]
    #[case(3, 2)]
    fn no_chat_has_such_turns(#[case] first: u32, #[case] last: u32) {
        assert!(Anchor::Turns(Turns { first, last }).fits().is_err());
    }
}
