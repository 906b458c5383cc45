//! Whether anybody is still there: a call that was forgotten asks. It only ever asks; what is heard
//! goes on being kept.

/// Loudness from which a lane without voice activity counts as somebody speaking, dBFS.
const VOICE_DB: f32 = -45.0;

/// When somebody last spoke, marked, or said that the call goes on.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Quiet {
    /// On the call clock, in milliseconds.
    since_ms: u64,
}

impl Quiet {
    /// Somebody was there at this moment of the call clock.
    pub(super) fn broken(&mut self, at_ms: u64) {
        self.since_ms = self.since_ms.max(at_ms);
    }

    /// Since when nobody has been there, once that is `hours` ago.
    pub(super) fn asks(self, now_ms: u64, hours: u32) -> Option<u64> {
        let long_ms = u64::from(hours) * 3_600_000;
        (hours > 0 && now_ms >= self.since_ms.saturating_add(long_ms)).then_some(self.since_ms)
    }
}

/// Whether a lane is as loud as somebody who speaks.
pub(super) fn is_voice(rms_db: f32) -> bool {
    rms_db >= VOICE_DB
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const HOUR: u64 = 3_600_000;

    #[rstest]
    #[case::not_yet(&[], 2 * HOUR - 1, 2, None)]
    #[case::two_hours_after_the_beginning(&[], 2 * HOUR, 2, Some(0))]
    #[case::somebody_spoke_since(&[HOUR], 2 * HOUR, 2, None)]
    #[case::and_then_nobody(&[HOUR], 3 * HOUR, 2, Some(HOUR))]
    #[case::it_goes_on_and_asks_again(&[2 * HOUR], 4 * HOUR, 2, Some(2 * HOUR))]
    #[case::what_is_told_late_takes_nothing_back(&[HOUR, 5], 2 * HOUR, 2, None)]
    #[case::another_setting(&[], 5 * HOUR, 6, None)]
    #[case::never(&[], 100 * HOUR, 0, None)]
    fn it_asks_after_so_many_hours_in_which_nobody_was_there(
        #[case] there: &[u64],
        #[case] now_ms: u64,
        #[case] hours: u32,
        #[case] asks: Option<u64>,
    ) {
        let mut quiet = Quiet::default();
        there.iter().for_each(|at| quiet.broken(*at));
        assert_eq!(quiet.asks(now_ms, hours), asks);
    }
}
