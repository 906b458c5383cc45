//! Dialogs that the program itself puts on the screen: no page can answer them.

use crate::stage::Stage;
use crate::x11::OnScreen;
use serde_json::{Value, json};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

/// The title of a question about what nothing takes back.
const ASKED: &str = "请确认";
/// How long a question may stand before it is seen.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// X11 keysyms.
const ENTER: u32 = 0xff0d;
const ESCAPE: u32 = 0xff1b;

impl Stage {
    /// Does something the program asks about first, and says yes as often as it asks.
    ///
    /// # Panics
    /// When nothing was asked.
    pub fn saying_yes<T>(&self, deed: impl FnOnce() -> T) -> T {
        self.answering(ENTER, deed)
    }

    /// The same, and leaves each question.
    ///
    /// # Panics
    /// When nothing was asked.
    pub fn saying_no<T>(&self, deed: impl FnOnce() -> T) -> T {
        self.answering(ESCAPE, deed)
    }

    fn answering<T>(&self, key: u32, deed: impl FnOnce() -> T) -> T {
        let is_done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let asked = scope.spawn(|| {
                let mut asked = false;
                while !is_done.load(Ordering::Relaxed) {
                    if let Some(dialog) = OnScreen::look_for(&self.display, ASKED) {
                        asked = true;
                        dialog.focus_and_press(key);
                    }
                    std::thread::sleep(LOOK_AGAIN);
                }
                asked
            });
            let done = deed();
            is_done.store(true, Ordering::Relaxed);
            assert!(asked.join().is_ok_and(|asked| asked), "nothing was asked");
            done
        })
    }

    /// A ticket for a file or folder, as a person gives one out: by a word at the start of the program.
    ///
    /// # Panics
    /// When the window does not take it.
    pub fn ticket(&self, path: &Path) -> Value {
        static GIVEN: AtomicU32 = AtomicU32::new(0);
        let name = format!("given-{}", GIVEN.fetch_add(1, Ordering::Relaxed));
        let grant = format!("{name}={}", path.display());
        let handed = self.second_instance(&["--grant", &grant]);
        assert!(handed.status.success(), "{handed:?}");
        json!(name)
    }
}
