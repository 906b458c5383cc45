//! `qinting adopt`

use crate::answer::Answer;
use crate::screen;
use qinting_desk::AppResult;
use qinting_domain::path_text;
use qinting_host::Places;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Adopted {
    workspace: String,
}

/// Nothing is done in it yet: that begins with the next command, or the window.
pub(crate) fn run(folder: &Path) -> AppResult<Answer> {
    qinting_host::adopt(folder, &Places::of_this_user().device())?;
    let adopted = Adopted {
        workspace: path_text::to_text(folder),
    };
    let shown = screen::line(&path_text::shown(folder));
    Answer::new(&adopted, format!("这个工作区从此是我们的：{shown}\n"))
}
