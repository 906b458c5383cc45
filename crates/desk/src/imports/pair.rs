//! A call of two files of which one is bad: the blame stays with its file, the other one comes in.

use super::batch::{Batch, CasePlace, Taken};
use super::decoded::Decoded;
use crate::imports::shapes::CallFiles;
use qinting_app::*;
use qinting_domain::ChannelRole;
use std::path::PathBuf;

/// Who speaks in the first file of a pair, and who in the second.
pub(super) const SIDES: [ChannelRole; 2] = [ChannelRole::Agent, ChannelRole::Customer];

/// What one of the files is by itself.
enum Judged {
    There(Taken),
    Sound(Decoded),
}

impl Batch {
    /// Judges the files of a pair that did not come in together, each for itself. One that is good
    /// becomes a call of its own; when both are, the fault is between them, and both get it.
    pub(super) fn take_halves(
        &self,
        item: &CallFiles,
        index: u32,
        together: AppError,
    ) -> Vec<AppResult<Taken>> {
        let judged: Vec<AppResult<Judged>> = (index..)
            .zip(&item.paths)
            .map(|(at, path)| {
                self.look_at(at);
                self.judge(item, path.clone())
            })
            .collect();
        if judged.iter().all(Result::is_ok) {
            return vec![Err(together.clone()), Err(together)];
        }
        let halves = judged.into_iter().zip(SIDES);
        halves
            .map(|(half, role)| match half? {
                Judged::There(taken) => Ok(taken),
                Judged::Sound(decoded) => self.keep(item, decoded, CasePlace::Half(role)),
            })
            .collect()
    }

    fn judge(&self, item: &CallFiles, path: PathBuf) -> AppResult<Judged> {
        if self.cancel.is_cancelled() {
            return Err(AppError::new(codes::CANCELLED));
        }
        let path = vec![path];
        match self.known_already(item, &path)? {
            Some(there) => Ok(Judged::There(there)),
            None => self.decode(item, path).map(Judged::Sound),
        }
    }
}
