//! Files over the window. Where they lie stays here; the page gets a ticket.

use crate::start::EVENT;
use qinting_desk::{ChosenFor, DeskEvent, Kind};
use qinting_host::OpenWorkspace;
use std::sync::Arc;
use tauri::{DragDropEvent, Emitter, Manager, Window, WindowEvent};

/// Tells the page when files hover over the window, leave it, or are let go.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(drag) = event else {
        return;
    };
    let told = match drag {
        DragDropEvent::Enter { .. } => DeskEvent::Dragged { over: true },
        DragDropEvent::Leave => DeskEvent::Dragged { over: false },
        DragDropEvent::Drop { paths, .. } => {
            let opened = window.state::<Arc<OpenWorkspace>>();
            let ticket = opened.tickets().give(ChosenFor::Recordings, paths.clone());
            DeskEvent::Dropped { ticket }
        }
        _ => return,
    };
    if let Err(e) = window.emit(EVENT, told) {
        tracing::warn!(kind = %Kind::of(&e), "a drop was not told");
    }
}
