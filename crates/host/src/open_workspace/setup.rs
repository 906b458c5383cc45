//! What a desk is set up with.

use crate::places::Places;
use qinting_desk::AppEvent;
use std::path::PathBuf;
use std::sync::Arc;

/// Hears what the open workspace tells.
pub type Ear = Arc<dyn Fn(&AppEvent) + Send + Sync>;

/// What a desk is set up with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Where things live.
    pub places: Places,
    /// Models folder; `None` takes the default.
    pub models: Option<PathBuf>,
    /// Start a player with every workspace.
    pub player: bool,
    /// A person sits before it: a workspace has one window, the days it is open count for its bin, and the next
    /// one begins where it was left.
    pub is_window: bool,
}
