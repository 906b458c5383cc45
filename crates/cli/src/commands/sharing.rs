//! `qinting sharing`

use crate::answer::Answer;
use qinting_desk::{AppResult, AtDesk, Sharing};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Standing {
    sharing: Sharing,
}

/// Says that others can use the workspace, on the side, until somebody has said whether they should.
pub(crate) fn ask(at_desk: &AtDesk) {
    if at_desk.sharing() == Sharing::Unsettled {
        // A terminal that takes no words is no reason to stop.
        let _ = std::io::stderr()
            .lock()
            .write_all(words(Sharing::Unsettled).as_bytes());
    }
}

pub(crate) fn run(at_desk: &AtDesk, choice: Option<Sharing>) -> AppResult<Answer> {
    let sharing = match choice {
        Some(choice) => at_desk.settle_sharing(choice)?.sharing,
        None => at_desk.sharing(),
    };
    Answer::new(&Standing { sharing }, words(sharing).to_owned())
}

fn words(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Private => "这个工作区只有自己能用。\nThis workspace is yours alone.\n",
        Sharing::Group => {
            "这个工作区和同组的人共用。\nThis workspace is shared with the group on purpose.\n"
        }
        Sharing::Unsettled => {
            "别人也能用这个工作区的文件夹，里面有录音和文字：收回用 qinting sharing private，继续共用用 qinting sharing group。\n\
             Others can use this workspace's folder, which holds recordings and text: take it back with qinting sharing private, \
             or keep it with qinting sharing group.\n"
        }
    }
}
