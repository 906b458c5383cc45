//! What is open at a desk, or why nothing is.

use crate::demo;
use crate::host::Host;
use qinting_desk::{AppError, OpenedPlace, codes};
use qinting_domain::{ErrorNote, path_text};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// A workspace that is left gets this long for what is under way in it.
const LETTING_GO: Duration = Duration::from_secs(10);

pub(super) enum Present {
    Open(Opened),
    /// What every command answers, and what the doors say about the last workspace.
    Shut {
        answer: ErrorNote,
        problem: Option<ErrorNote>,
        /// The one that could not be opened.
        folder: Option<PathBuf>,
    },
}

pub(super) struct Opened {
    pub host: Arc<Host>,
    pub folder: PathBuf,
    pub is_demo: bool,
    /// False once it is left: the next workspace's page must not hear from this one.
    pub is_heard: Arc<AtomicBool>,
    pub _window: Option<File>,
}

impl Opened {
    pub fn place(&self) -> OpenedPlace {
        let start_at = self
            .is_demo
            .then(|| demo::first_case(&self.folder, &self.host.at_desk()))
            .flatten();
        OpenedPlace {
            path: path_text::to_text(&self.folder),
            is_demo: self.is_demo,
            start_at,
        }
    }

    /// Ends it in good order; gives the downloads that were under way, and whether all is ended.
    pub fn leave(self) -> (Vec<String>, bool) {
        self.is_heard.store(false, Ordering::SeqCst);
        let downloads = self.host.downloads();
        let ended = self.host.end(LETTING_GO);
        if !ended {
            tracing::warn!("a workspace was left while something still worked on it");
        }
        (downloads, ended)
    }
}

impl Present {
    pub fn nothing(problem: Option<ErrorNote>) -> Self {
        Self::Shut {
            answer: AppError::new(codes::WORKSPACE_NONE).note,
            problem,
            folder: None,
        }
    }

    pub fn open(&self) -> Option<&Opened> {
        match self {
            Self::Open(opened) => Some(opened),
            Self::Shut { .. } => None,
        }
    }
}
