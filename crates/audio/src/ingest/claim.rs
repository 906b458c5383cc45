//! What a container's own count of sound bytes is worth. Recorders that are killed, or write to a
//! pipe, leave placeholders; others count their header along. The bytes rule.

/// Sizes from here on are placeholders where the file is smaller: sox, ffmpeg and telephone systems
/// write 0x7FFFF000, 0x7FFFFFFF or 0xFFFFFFFF until they know better.
const PLACEHOLDER: u64 = 0x7FFF_F000;
/// The same for 64-bit sizes: no recording has a terabyte.
const LONG_PLACEHOLDER: u64 = 1 << 40;

/// A size that a header states, and what is there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Claim {
    /// Bytes of sound that the header states.
    pub claimed: u64,
    /// The size has 64 bits.
    pub is_long: bool,
    /// Bytes from the beginning of the sound to the end of the file.
    pub present: u64,
    /// Bytes of sound per second.
    pub byte_rate: u64,
}

/// What is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Bytes of sound.
    pub bytes: u64,
    /// The size was a placeholder or slightly wrong.
    pub unfinished: bool,
    /// Bytes that were promised and are not there.
    pub missing: u64,
}

impl Claim {
    /// `rest` tells of the bytes behind what is claimed whether they are something else than sound.
    pub(crate) fn settle<E>(self, rest: impl FnOnce() -> Result<bool, E>) -> Result<Taken, E> {
        let Self {
            claimed, present, ..
        } = self;
        let limit = if self.is_long {
            LONG_PLACEHOLDER
        } else {
            PLACEHOLDER
        };
        let whole = |unfinished| Taken {
            bytes: present,
            unfinished,
            missing: 0,
        };
        let as_claimed = Taken {
            bytes: claimed,
            unfinished: false,
            missing: 0,
        };
        Ok(if claimed == present {
            whole(false)
        } else if claimed > present {
            let excess = claimed - present;
            if present > 0 && (claimed >= limit || excess < self.byte_rate) {
                whole(true)
            } else {
                Taken {
                    missing: excess,
                    ..whole(false)
                }
            }
        } else if present - claimed <= 1 || rest()? {
            as_claimed
        } else {
            whole(true)
        })
    }
}
