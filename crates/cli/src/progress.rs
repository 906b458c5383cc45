//! One moving line on standard error, and only where somebody watches it.

use std::io::{IsTerminal, Write};

/// A progress line.
pub(crate) struct Progress {
    shown: bool,
    watched: bool,
}

impl Progress {
    pub fn new() -> Self {
        Self {
            shown: false,
            watched: std::io::stderr().is_terminal(),
        }
    }

    /// Shows how far `what` is, in thousandths.
    pub fn show(&mut self, what: &str, permille: u16) {
        let percent = f32::from(permille.min(1000)) / 10.0;
        self.say(&format!(
            "{percent:5.1} %  {}",
            crate::screen::short(what, 60)
        ));
    }

    /// Shows one line in place of the one before.
    pub fn say(&mut self, line: &str) {
        if self.watched {
            self.shown = true;
            put(&format!("\r\u{1b}[K{}", crate::screen::line(line)));
        }
    }

    /// Takes the line away, so that something else can be written there.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            put("\r\u{1b}[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

fn put(text: &str) {
    // A terminal that went away must not stop the work it was watching.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
