//! The noise floor speech has to stand out from.

use std::collections::VecDeque;

/// Frames per block (0.5 s), and blocks that are looked back on (8 s): in 8 s even a fast speaker pauses.
const BLOCK: usize = 25;
const BLOCKS: usize = 16;
/// Nothing is quieter than this, in dB of full scale.
const LEAST_DB: f32 = -72.0;
/// The floor is not believed to be louder than this before a second has been heard.
const FIRST_DB: f32 = -50.0;

/// The quietest frame of the last 8 s.
#[derive(Default)]
pub(super) struct Floor {
    blocks: VecDeque<f32>,
    in_block: usize,
    /// The quietest of the whole blocks.
    least: Option<f32>,
}

impl Floor {
    /// Takes the level of the next frame; gives the floor with it, both in dB of full scale.
    pub(super) fn push(&mut self, level_db: f32) -> f32 {
        if self.in_block == 0 {
            if self.blocks.len() == BLOCKS {
                self.blocks.pop_front();
            }
            self.least = self.blocks.iter().copied().reduce(f32::min);
            self.blocks.push_back(level_db);
        }
        self.in_block = (self.in_block + 1) % BLOCK;
        if let Some(last) = self.blocks.back_mut() {
            *last = last.min(level_db);
        }
        self.db()
    }

    /// The floor now.
    pub(super) fn db(&self) -> f32 {
        let newest = self.blocks.back().copied();
        let least = newest.map_or(FIRST_DB, |newest| {
            self.least.map_or(newest, |l| l.min(newest))
        });
        match self.blocks.len() <= 2 {
            true => least.clamp(LEAST_DB, FIRST_DB),
            false => least.max(LEAST_DB),
        }
    }
}
