//! The bytes of a recording: files it was made from, its playable sound, its waveform, its texts, what its sound
//! tells.

use crate::{BlobId, RecordingId, Sha256};
use sha2::Digest as _;

/// What bytes are to their recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlobRole {
    /// A file it was made from, byte for byte.
    Source,
    /// What is played: a WAV of 16 bits.
    Audio,
    /// The waveform at several zooms.
    Peaks,
    /// What one run heard in it: see [`Transcript`](crate::Transcript).
    Transcript,
    /// What its sound tells: see [`Acoustics`](crate::Acoustics). It can be measured again.
    Acoustics,
}

impl BlobRole {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Source,
        Self::Audio,
        Self::Peaks,
        Self::Transcript,
        Self::Acoustics,
    ];

    /// Name in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Audio => "audio",
            Self::Peaks => "peaks",
            Self::Transcript => "transcript",
            Self::Acoustics => "acoustics",
        }
    }
}

/// SHA-256 of bytes, as it is written everywhere.
pub fn sha256_of(bytes: &[u8]) -> Sha256 {
    Sha256::from(<[u8; 32]>::from(sha2::Sha256::digest(bytes)))
}

/// Bytes are kept as they are. Another layout, with a key, has another number.
pub const PLAIN: u8 = 0;

/// Some bytes of one recording. They are never another's too, whatever they hold: what one of the two has to
/// forget, the other may keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blob {
    /// Where they are found. Nothing about them follows from it.
    pub id: BlobId,
    /// Whose they are.
    pub recording_id: RecordingId,
    /// What they are to it.
    pub role: BlobRole,
    /// How they are kept: [`PLAIN`].
    pub format: u8,
    /// SHA-256 of what they hold, in lower-case hexadecimal: a fact about them, and not their name.
    pub sha256: Sha256,
    /// How many they are, if that is on record.
    pub bytes: Option<u64>,
}
