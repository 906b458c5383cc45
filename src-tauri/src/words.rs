//! The words this program was started with, as text that can travel.

use qinting_domain::path_text;
use std::ffi::OsString;

/// Says that the words are text already.
#[cfg(unix)]
const ARE_TEXT: &str = "QINTING_ARGS_ARE_TEXT";

/// The words as text, where some are not what they are as text.
fn as_text(words: &[OsString]) -> Option<Vec<String>> {
    let text: Vec<String> = words.iter().map(path_text::to_text).collect();
    let is_same = words
        .iter()
        .zip(&text)
        .all(|(word, text)| word == text.as_str());
    (!is_same).then_some(text)
}

/// Starts this program over with its words as text, where they are bytes that are not: what hands
/// them to a window that is already open carries text only, and would lose a name in another
/// encoding. Comes back when nothing has to be done, or cannot be.
#[cfg(unix)]
pub fn settle() {
    use std::os::unix::process::CommandExt;
    if std::env::var_os(ARE_TEXT).is_some() {
        return;
    }
    let words: Vec<OsString> = std::env::args_os().skip(1).collect();
    let (Some(text), Ok(program)) = (as_text(&words), std::env::current_exe()) else {
        return;
    };
    let error = std::process::Command::new(program)
        .args(text)
        .env(ARE_TEXT, "1")
        .exec();
    tracing::error!(kind = ?error.kind(), "names in another encoding may be lost");
}

/// On Windows every name that people make is text.
#[cfg(not(unix))]
pub fn settle() {
    let _ = as_text;
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::ffi::OsStringExt;

    #[test]
    fn only_words_that_are_not_text_are_put_into_text() {
        let word = |bytes: &[u8]| OsString::from_vec(bytes.to_vec());
        assert_eq!(as_text(&["退款.wav".into(), "--size".into()]), None);
        let text = as_text(&[word(b"\xCD\xCB.wav"), "a".into()]);
        assert_eq!(text, Some(vec!["\u{EFCD}\u{EFCB}.wav".into(), "a".into()]));
    }
}
