//! Room on the disk, and how long it will last.

/// Time left from which on it is told.
const WARN_MINUTES: u32 = 30;
/// Time left at which a recording is closed while there is still room to close it.
const CLOSE_SECONDS: u64 = 120;

/// A look at the room that is left.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Left {
    /// Minutes, when they are to be told.
    pub(super) news: Option<u32>,
    /// It is time to close.
    pub(super) is_low: bool,
}

/// Watches how long the room will last.
pub(super) struct Watch {
    bytes_per_second: u64,
    told: u32,
}

impl Watch {
    pub(super) fn new(bytes_per_second: u64) -> Self {
        Self {
            bytes_per_second: bytes_per_second.max(1),
            told: u32::MAX,
        }
    }

    /// Whole minutes that `bytes` last.
    pub(super) fn minutes(&self, bytes: u64) -> u32 {
        u32::try_from(bytes / self.bytes_per_second / 60).unwrap_or(u32::MAX)
    }

    /// Minutes are told whenever they change and are few, and once when they are many again.
    pub(super) fn look(&mut self, bytes: u64) -> Left {
        let minutes = self.minutes(bytes);
        let is_news = minutes != self.told && minutes.min(self.told) <= WARN_MINUTES;
        if is_news {
            self.told = minutes;
        }
        Left {
            news: is_news.then_some(minutes),
            is_low: self.is_low(bytes),
        }
    }

    /// Whether `bytes` are too few to go on.
    pub(super) fn is_low(&self, bytes: u64) -> bool {
        bytes <= CLOSE_SECONDS.saturating_mul(self.bytes_per_second)
    }
}
