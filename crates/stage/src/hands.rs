//! What only somebody before a screen can do, done as it was said before.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::MomentLink;
use qinting_host::Hands;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is chosen in dialogs, and what came onto the clipboard.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Choices {
    pub audio: Vec<String>,
    pub folder: Vec<String>,
    pub model: Option<String>,
    pub export: Option<String>,
    pub workspace: Option<String>,
    /// Text on the clipboard.
    pub copied: String,
}

/// Hands that choose what they are told.
#[derive(Clone, Default)]
pub(crate) struct ToldHands(pub Arc<Mutex<Choices>>);

impl Hands for ToldHands {
    fn pick_audio(&self, (): ()) -> AppResult<Vec<String>> {
        Ok(self.0.lock().audio.clone())
    }

    fn pick_audio_folder(&self, (): ()) -> AppResult<Vec<String>> {
        Ok(self.0.lock().folder.clone())
    }

    fn pick_model_file(&self, (): ()) -> AppResult<Option<String>> {
        Ok(self.0.lock().model.clone())
    }

    fn pick_export_path(&self, _: ExportFormat) -> AppResult<Option<String>> {
        Ok(self.0.lock().export.clone())
    }

    fn pick_workspace(&self, (): ()) -> AppResult<Option<String>> {
        Ok(self.0.lock().workspace.clone())
    }

    fn copy_text(&self, text: String) -> AppResult<()> {
        self.0.lock().copied = text;
        Ok(())
    }

    fn take_pending_link(&self, (): ()) -> AppResult<Option<MomentLink>> {
        Ok(None)
    }

    fn ui_ready(&self, (): ()) -> AppResult<()> {
        Ok(())
    }
}
