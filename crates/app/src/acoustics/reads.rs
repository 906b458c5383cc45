//! What is asked of the database here.

use super::SoundOnRecord;
use crate::error::AppResult;
use crate::port::reads;
use qinting_domain::*;

reads! {
    $ hand_acoustic_reads
    /// What the sound of recordings tells.
    AcousticReads {
        /// What is on record of a recording; `None` where its sound, as it is now, was not measured yet.
        sound_of(recording: RecordingId) -> Option<SoundOnRecord>;
        /// Some of the recordings whose sound was not measured yet, the newest first. What could not be read is
        /// not among them for [`LEFT_ALONE_MS`].
        unmeasured(now: UnixMs, most: u32) -> Vec<RecordingId>;
    }
}
