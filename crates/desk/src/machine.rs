//! What one machine has for sound, files and text.

use crate::imports::FactReader;
use crate::live::ports::{Capture, CaptureLock, LiveEars};
use crate::ports::*;
use crate::tickets::Tickets;
use qinting_app::MediaFolder;
use std::sync::Arc;

/// What the machine has.
pub struct Machine {
    /// Media folder of the workspace.
    pub media: Arc<dyn MediaFolder>,
    /// Who else may use the workspace's folder.
    pub rights: Arc<dyn FolderRights>,
    /// Files somebody brings.
    pub files_in: Arc<dyn FilesIn>,
    /// Files and folders somebody chose.
    pub tickets: Arc<Tickets>,
    /// Reading of tables and side-cars.
    pub facts: Arc<dyn FactReader>,
    /// Decoding of foreign files.
    pub decoder: Arc<dyn MediaDecoder>,
    /// Peaks and regions.
    pub audio: Arc<dyn AudioFiles>,
    /// Speech to text.
    pub transcriber: Arc<dyn Transcriber>,
    /// Models on disk.
    pub models: Arc<dyn ModelShelf>,
    /// Sound out; absent in hosts that never play.
    pub player: Option<Arc<dyn Player>>,
    /// Sound in; absent in hosts that never capture.
    pub capture: Option<Arc<dyn Capture>>,
    /// Speech to text while somebody speaks.
    pub ears: Option<Arc<dyn LiveEars>>,
    /// The one place a call is captured from.
    pub capture_lock: Option<Arc<dyn CaptureLock>>,
}
