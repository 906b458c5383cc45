//! What the sound of recordings tells: what of it is on record, and of which recordings it is not known yet. Who
//! measures is the host's machine.

pub(crate) mod reads;

pub use reads::*;

use qinting_domain::*;

/// What was found out about the sound of a recording, to be put on record.
#[derive(Clone, Debug)]
pub struct MeasuredSound {
    /// The recording.
    pub recording_id: RecordingId,
    /// SHA-256 of the playable audio that was measured.
    pub sound_sha256: Sha256,
    /// When.
    pub at: UnixMs,
    /// Sealed bytes that hold it, and the short of it, unless nothing was recorded; `None` where the sound could not
    /// be read. Then it is left alone for [`LEFT_ALONE_MS`].
    pub found: Option<(Blob, Option<SoundSummary>)>,
}

/// What is on record of the sound that a recording has now, by the present rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SoundOnRecord {
    /// It was measured: bytes of the recording hold [`Acoustics`] with this hash.
    Measured(Sha256),
    /// It could not be read.
    Unreadable,
}
