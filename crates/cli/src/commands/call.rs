//! `qinting call`: the door the window goes through, for scripts, as lines of standard input and output.

use crate::answer::Answer;
use qinting_desk::AppResult;
use qinting_host::{
    Door, Grant, NoHands, OpenWorkspace, Places, Setup, Start, answer_lines, tell_line,
};
use std::path::PathBuf;
use std::sync::Arc;

pub(crate) fn run(
    workspace: PathBuf,
    models: Option<PathBuf>,
    granted: &[Grant],
) -> AppResult<Answer> {
    let setup = Setup {
        places: Places::of_this_user(),
        models,
        player: true,
        is_window: false,
    };
    let opened = Arc::new(OpenWorkspace::new(setup, Arc::new(tell_line)));
    for Grant { name, path } in granted {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.clone());
        opened.tickets().grant(name, path);
    }
    opened.start(Start::Named(workspace));
    let read = answer_lines(&Arc::new(Door::new(opened.clone(), NoHands)));
    opened.close();
    read.map(|()| Answer::nothing())
}
