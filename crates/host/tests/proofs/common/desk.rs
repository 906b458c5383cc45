//! The desk of a window or of a script over real folders, without sound.

use qinting_desk::AppEvent;
use qinting_host::{OpenWorkspace, Places, Setup};
use std::sync::Arc;

/// What a desk at these places is set up with.
pub fn setup_at(places: &Places, is_window: bool) -> Setup {
    Setup {
        places: places.clone(),
        models: Some(places.data().join("models")),
        player: false,
        is_window,
    }
}

/// A desk that nobody listens to.
pub fn desk_at(places: &Places, is_window: bool) -> OpenWorkspace {
    OpenWorkspace::new(setup_at(places, is_window), Arc::new(|_: &AppEvent| {}))
}
