//! What only somebody before a screen can do, done as it was said before.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::{Link, path_text};
use qinting_host::{Hands, OpenWorkspace};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;

/// What is chosen in dialogs, and what came onto the clipboard.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Choices {
    pub audio: Vec<String>,
    pub folder: Vec<String>,
    pub model: Vec<String>,
    pub export: Vec<String>,
    pub workspace: Vec<String>,
    /// What nothing takes back is not to be done.
    pub says_no: bool,
    /// Text on the clipboard.
    pub copied: String,
}

/// Hands that choose what they are told.
#[derive(Clone)]
pub(crate) struct ToldHands {
    choices: Arc<Mutex<Choices>>,
    opened: Arc<OpenWorkspace>,
}

impl ToldHands {
    /// Hands at a desk; nothing is said yet of what they choose.
    pub fn of(opened: &Arc<OpenWorkspace>) -> Self {
        Self {
            choices: Arc::default(),
            opened: opened.clone(),
        }
    }

    /// Says what they choose from now on.
    pub fn choose(&self, choices: Choices) {
        *self.choices.lock() = choices;
    }

    /// What is on the clipboard.
    pub fn copied(&self) -> String {
        self.choices.lock().copied.clone()
    }

    /// A ticket for what somebody chose, if they did.
    pub fn ticket(&self, paths: &[String], wanted_for: ChosenFor) -> Option<Ticket> {
        let paths: Vec<PathBuf> = paths.iter().map(|p| path_text::from_text(p)).collect();
        (!paths.is_empty()).then(|| self.opened.tickets().give(wanted_for, paths))
    }
}

impl Hands for ToldHands {
    fn pick_audio(&self, (): ()) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(&self.choices.lock().audio, ChosenFor::Recordings))
    }

    fn pick_audio_folder(&self, (): ()) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(&self.choices.lock().folder, ChosenFor::Recordings))
    }

    fn pick_model_file(&self, (): ()) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(&self.choices.lock().model, ChosenFor::Model))
    }

    fn pick_export_path(&self, _: ExportFormat) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(&self.choices.lock().export, ChosenFor::Findings))
    }

    fn pick_workspace(&self, (): ()) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(&self.choices.lock().workspace, ChosenFor::Workspace))
    }

    fn copy_text(&self, text: String) -> AppResult<()> {
        self.choices.lock().copied = text;
        Ok(())
    }

    fn speak(&self, _: String) -> AppResult<()> {
        Ok(())
    }

    fn take_pending_link(&self, (): ()) -> AppResult<Option<Link>> {
        self.opened.take_link()
    }

    fn ui_ready(&self, (): ()) -> AppResult<()> {
        Ok(())
    }

    fn confirms(&self, _: &str, _: &str) -> Option<bool> {
        Some(!self.choices.lock().says_no)
    }
}
