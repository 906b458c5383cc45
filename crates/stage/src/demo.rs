//! The demo with everything real, for somebody who works on the page.

use qinting_desk::AppResult;
use qinting_host::{Door, NoHands, OpenWorkspace, Places, Setup, answer_lines, tell_line};
use std::path::Path;
use std::sync::Arc;

/// Opens the demo that lies below a folder, built there where there is none, and answers until nobody asks
/// any more.
pub(crate) fn show(folder: &Path) -> AppResult<()> {
    let setup = Setup {
        places: Places::below(folder.to_owned()),
        models: Some(folder.join("models")),
        player: true,
        is_window: true,
    };
    let opened = Arc::new(OpenWorkspace::new(setup, Arc::new(tell_line)));
    opened.open_demo()?;
    let read = answer_lines(&Arc::new(Door::new(opened.clone(), NoHands)));
    opened.close();
    read
}
