//! The lines between a host and its worker.

use qinting_app::{Ingested, TranscribeEvent, TranscribeRequest};
use qinting_domain::ErrorNote;
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
}

/// What the worker can do.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "work", rename_all = "snake_case")]
pub(crate) enum Work {
    /// SHA-256 of a file.
    Hash { path: PathBuf },
    /// Foreign audio to playable audio and peaks.
    Ingest {
        paths: Vec<PathBuf>,
        work_dir: PathBuf,
    },
    /// Playable audio to text.
    Transcribe { request: TranscribeRequest },
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
    /// Text.
    Heard { event: TranscribeEvent },
    /// Hash ready.
    Hashed { sha256: String },
    /// Audio ready.
    Ingested { ingested: Ingested },
    /// Text complete.
    Transcribed,
    /// It could not be done.
    Failed { note: ErrorNote },
}
