//! The noise floor speech has to stand out from.

use std::collections::VecDeque;

/// Frames per block of the noise floor (0.5 s), and blocks it looks back on (8 s): in 8 s even a
/// fast speaker pauses.
const FLOOR_BLOCK: usize = 31;
const FLOOR_BLOCKS: usize = 16;
/// Nothing is quieter than this, in dB of full scale.
const FLOOR_MIN_DB: f32 = -72.0;
/// The floor is not believed to be louder than this before a second has been heard.
const FLOOR_START_DB: f32 = -50.0;

/// Noise floor: the quietest frame of the last 8 s.
#[derive(Default)]
pub(super) struct Floor {
    blocks: VecDeque<f32>,
    in_block: usize,
}

impl Floor {
    /// Takes the level of the next frame, in dB of full scale.
    pub(super) fn push(&mut self, level_db: f32) {
        if self.in_block == 0 {
            self.blocks.push_back(level_db);
            if self.blocks.len() > FLOOR_BLOCKS {
                self.blocks.pop_front();
            }
        } else if let Some(last) = self.blocks.back_mut() {
            *last = last.min(level_db);
        }
        self.in_block = (self.in_block + 1) % FLOOR_BLOCK;
    }

    /// The floor now, in dB of full scale.
    pub(super) fn db(&self) -> f32 {
        let least = self
            .blocks
            .iter()
            .copied()
            .fold(f32::MAX, f32::min)
            .max(FLOOR_MIN_DB);
        if self.blocks.len() <= 2 {
            least.min(FLOOR_START_DB)
        } else {
            least
        }
    }
}
