//! How far the text is behind the sound, when that is told, and when drafts are left out for it.

use crate::vad::ms;
use crate::wav::RATE_HZ;
use qinting_desk::LiveHeard;

const SECOND: u64 = RATE_HZ as u64;
/// Further behind than three drafts take, but no less (2 s) and no more (5 s) than this, drafts are left
/// out …
const THIN: (u64, u64) = (2 * SECOND, 5 * SECOND);
/// … for at least so much sound (5 s): a machine that is too slow would else try every draft.
const REST: u64 = 5 * SECOND;
/// A change that is told, in samples (0.2 s).
const CHANGE: u64 = SECOND / 5;

/// The state of it, in samples at 16 kHz.
#[derive(Debug, Default)]
pub(super) struct Pace {
    /// Where the sound was when drafts were first left out.
    thinned_at: Option<u64>,
    told_behind: u64,
    told_at: u64,
    told_thinned: bool,
}

impl Pace {
    /// Whether drafts are left out.
    pub(super) fn is_thinned(&self) -> bool {
        self.thinned_at.is_some()
    }

    /// Looks again: the sound is at `newest`, the text `behind`; `is_clear` when no final text waits. The
    /// last draft took so much of the sound.
    pub(super) fn at(
        &mut self,
        newest: u64,
        behind: u64,
        is_clear: bool,
        draft_took: u64,
    ) -> Option<LiveHeard> {
        match self.thinned_at {
            None if behind > (3 * draft_took).clamp(THIN.0, THIN.1) => {
                self.thinned_at = Some(newest)
            }
            Some(since) if is_clear && newest >= since + REST => self.thinned_at = None,
            _ => {}
        }
        let changed = behind.abs_diff(self.told_behind) > CHANGE;
        let again = behind > SECOND && newest >= self.told_at + SECOND;
        if !changed && !again && self.told_thinned == self.is_thinned() {
            return None;
        }
        self.told_behind = behind;
        self.told_at = newest;
        self.told_thinned = self.is_thinned();
        Some(LiveHeard::Lag {
            behind_ms: u32::try_from(ms(behind)).unwrap_or(u32::MAX),
            thinned: self.is_thinned(),
        })
    }
}
