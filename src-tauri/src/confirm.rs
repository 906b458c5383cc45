//! What nothing takes back is asked about by the program itself, in a dialog that no page can answer.

use crate::start::WINDOW;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::{DialogExt, MessageDialogButtons, MessageDialogKind};

/// Whether the page speaks English; Chinese until it says so.
#[derive(Default)]
pub struct Speaks(pub AtomicBool);

impl Speaks {
    /// The page says which language it is read in, as a tag such as `zh-CN`.
    pub fn hear(&self, language: &str) {
        self.0.store(!language.starts_with("zh"), Ordering::Relaxed);
    }
}

/// A question: what is asked, and what the button says that does it.
type Question = (String, &'static str);

/// What is asked before a command that destroys; `named` is what it is about.
fn question(command: &str, named: &str, english: bool) -> Option<Question> {
    Some(match (command, english) {
        ("purge", false) => (
            format!("彻底删除「{named}」？录音、文字、标记和备份里的都不再有，没有办法找回。"),
            "彻底删除",
        ),
        ("purge", true) => (
            format!(
                "Delete “{named}” for good? Sound, text and marks go, out of the copies, too. Nothing brings them back."
            ),
            "Delete for good",
        ),
        ("reset_demo", false) => (
            "演示重来一遍？你在演示里做的标记和问题都不再有。".into(),
            "重来一遍",
        ),
        ("reset_demo", true) => (
            "Begin the demo anew? Marks and issues you made in it go.".into(),
            "Begin anew",
        ),
        ("remove_model", false) => (
            format!("从这台电脑上删除模型「{named}」？要再用得重新下载。"),
            "删除",
        ),
        ("remove_model", true) => (
            format!(
                "Remove the model “{named}” from this computer? To use it again it has to be downloaded again."
            ),
            "Remove",
        ),
        _ => return None,
    })
}

/// Asks, and waits for the answer. What has no words here is not done.
pub fn asks(app: &AppHandle, command: &str, named: &str) -> bool {
    let english = app.state::<Speaks>().0.load(Ordering::Relaxed);
    let Some((asked, yes)) = question(command, named, english) else {
        return false;
    };
    let (title, no) = match english {
        false => ("亲听 · 请确认", "取消"),
        true => ("Qinting · please confirm", "Cancel"),
    };
    let dialog = app.dialog().message(asked).title(title);
    let dialog = dialog
        .kind(MessageDialogKind::Warning)
        .buttons(MessageDialogButtons::OkCancelCustom(yes.into(), no.into()));
    match app.get_webview_window(WINDOW) {
        Some(window) => dialog.parent(&window).blocking_show(),
        None => dialog.blocking_show(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_host::{Mark, marked};

    #[test]
    fn whatever_destroys_is_asked_about_in_both_languages() {
        let destroys = marked().filter(|(_, mark)| *mark == Mark::Destroys);
        for (command, _) in destroys {
            for english in [false, true] {
                assert!(question(command, "名", english).is_some(), "{command}");
            }
        }
    }
}
