//! The lines between a host and its worker.

use qinting_desk::{
    FactWays, FactsRequest, IngestRequest, Ingested, LentFile, LiveEarsRequest, LiveHeard,
    NamesTold, SourceTold, TranscribeEvent, TranscribeRequest,
};
use qinting_domain::{ErrorNote, Sha256, path_text};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Host → worker.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub(crate) enum Ask {
    /// Begin a piece of work.
    Do { id: u64, work: Work },
    /// Stop it.
    Cancel { id: u64 },
    /// Sound of a live call.
    Sound {
        id: u64,
        lane: u16,
        /// Place of the first sample on the call clock, in samples at 16 kHz.
        at_sample: u64,
        /// Mono 16-bit samples, little-endian, in hexadecimal.
        pcm: String,
    },
    /// The live call is over: what is being said ends here.
    End { id: u64 },
}

/// What the worker can do.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub(crate) enum Work {
    /// SHA-256 of a file.
    Hash {
        #[serde(with = "path_text::one")]
        path: PathBuf,
    },
    /// The lengths of some files' sound, where they are known without decoding.
    Lengths {
        #[serde(with = "path_text::many")]
        paths: Vec<PathBuf>,
    },
    /// Foreign audio to playable audio and peaks.
    Ingest { request: IngestRequest },
    /// Playable audio to text.
    Transcribe { request: TranscribeRequest },
    /// A table or a side-car, to facts.
    Facts { request: FactsRequest },
    /// Names of recordings, to facts.
    Names { names: Vec<String>, ways: FactWays },
    /// The sound that follows, to text as it comes.
    Live { request: LiveEarsRequest },
}

impl Work {
    /// The files of recordings it is lent.
    pub(crate) fn lent(&mut self) -> Vec<&mut LentFile> {
        match self {
            Self::Ingest { request } => request.kept.iter_mut().collect(),
            Self::Transcribe { request } => vec![&mut request.audio],
            Self::Hash { .. }
            | Self::Lengths { .. }
            | Self::Facts { .. }
            | Self::Names { .. }
            | Self::Live { .. } => Vec::new(),
        }
    }
}

/// Worker → host.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Tell {
    /// The piece of work.
    pub id: u64,
    /// What happened.
    #[serde(flatten)]
    pub news: News,
}

/// What can happen.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub(crate) enum News {
    /// Thousandths done.
    Progress { permille: u16 },
    /// Bytes moved since the last word: it does not hang, however slow the disk.
    Beat,
    /// Text.
    Heard { event: TranscribeEvent },
    /// Text of a live call.
    Live { heard: LiveHeard },
    /// The live call's text is complete.
    LiveOver,
    /// Hash ready.
    Hashed { sha256: Sha256 },
    /// The lengths of sounds in milliseconds, where they are known.
    Measured { lengths_ms: Vec<Option<u64>> },
    /// What some rows tell: their JSON as a text of its own, which is read once and not twice.
    Facts { rows: String },
    /// All of a source was told.
    FactsRead { told: Box<SourceTold> },
    /// What names tell.
    NamesRead { told: NamesTold },
    /// Audio ready.
    Ingested { ingested: Ingested },
    /// Text complete, by this engine.
    Transcribed { engine: String },
    /// It could not be done.
    Failed { note: ErrorNote },
}

/// Samples as they travel.
pub(crate) fn to_pcm(samples: &[i16]) -> String {
    let bytes: Vec<u8> = samples.iter().flat_map(|s| s.to_le_bytes()).collect();
    hex::encode(bytes)
}

/// The way back; `None` when it is none.
pub(crate) fn from_pcm(pcm: &str) -> Option<Vec<i16>> {
    let bytes = hex::decode(pcm).ok()?;
    let samples = bytes.chunks_exact(2);
    samples
        .remainder()
        .is_empty()
        .then(|| samples.map(|b| i16::from_le_bytes([b[0], b[1]])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_travel_unchanged() {
        let samples = [0, 1, -1, 256, i16::MIN, i16::MAX];
        assert_eq!(from_pcm(&to_pcm(&samples)), Some(samples.to_vec()));
        assert_eq!(from_pcm("012"), None);
        assert_eq!(from_pcm("0102xx"), None);
        assert_eq!(from_pcm("010203"), None);
    }
}
