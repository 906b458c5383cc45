//! The window as the system sees it: its title, its close button, and keys pressed anywhere.

use qinting_testkit::wait::wait;
use std::time::Duration;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, InputFocus, KEY_PRESS_EVENT,
    KEY_RELEASE_EVENT, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

const LIMIT: Duration = Duration::from_secs(15);

/// A window on a display.
pub struct OnScreen {
    display: RustConnection,
    root: Window,
    window: Window,
}

impl OnScreen {
    /// The window whose title holds `name`.
    ///
    /// # Panics
    /// When there is none.
    pub fn find(display: &str, name: &str) -> Self {
        wait("the window is on the screen", LIMIT, || {
            Self::look_for(display, name)
        })
    }

    /// The same, if it is there now.
    ///
    /// # Panics
    /// When there is no such display.
    pub fn look_for(display: &str, name: &str) -> Option<Self> {
        let (display, screen) = x11rb::connect(Some(display)).expect("the display answers");
        let root = display.setup().roots[screen].root;
        // WebKit and GTK have helper windows of the same name; people see the one that can be closed.
        let window = below(&display, root).into_iter().find(|w| {
            title_of(&display, *w).is_some_and(|title| title.contains(name))
                && can_be_closed(&display, *w)
        })?;
        Some(Self {
            display,
            root,
            window,
        })
    }

    /// Its title.
    pub fn title(&self) -> String {
        title_of(&self.display, self.window).unwrap_or_default()
    }

    /// Waits until its title holds `words`.
    ///
    /// # Panics
    /// When it does not.
    #[track_caller]
    pub fn until_titled(&self, words: &str) {
        wait(&format!("the title says {words}"), LIMIT, || {
            self.title().contains(words).then_some(())
        });
    }

    /// Closes it as a click on its close button does.
    ///
    /// # Panics
    /// When the display refuses.
    pub fn close(&self) {
        let [protocols, delete] = ["WM_PROTOCOLS", "WM_DELETE_WINDOW"].map(|name| self.atom(name));
        let message = ClientMessageEvent::new(32, self.window, protocols, [delete, 0, 0, 0, 0]);
        self.display
            .send_event(false, self.window, EventMask::NO_EVENT, message)
            .expect("the display takes a message")
            .check()
            .expect("the window takes a message");
    }

    /// Gives it the keyboard and presses a key. One that is not drawn yet, or is gone, hears nothing.
    ///
    /// # Panics
    /// When the display refuses.
    pub fn focus_and_press(&self, key: u32) {
        let focus =
            self.display
                .set_input_focus(InputFocus::PARENT, self.window, x11rb::CURRENT_TIME);
        if focus.expect("the display takes a wish").check().is_ok() {
            self.press(&[key]);
        }
    }

    /// Whether it points itself out to whoever looks elsewhere.
    pub fn is_urgent(&self) -> bool {
        const URGENCY: u32 = 1 << 8;
        let hints = AtomEnum::WM_HINTS;
        self.display
            .get_property(false, self.window, hints, hints, 0, 1)
            .ok()
            .and_then(|asked| asked.reply().ok())
            .and_then(|hints| hints.value32()?.next())
            .is_some_and(|flags| flags & URGENCY != 0)
    }

    /// Presses keys together, wherever the keyboard's focus is.
    ///
    /// # Panics
    /// When the keyboard has no such key.
    pub fn press(&self, keysyms: &[u32]) {
        let codes: Vec<u8> = keysyms.iter().map(|key| self.code(*key)).collect();
        let strokes = codes
            .iter()
            .map(|code| (KEY_PRESS_EVENT, *code))
            .chain(codes.iter().rev().map(|code| (KEY_RELEASE_EVENT, *code)));
        for (kind, code) in strokes {
            self.display
                .xtest_fake_input(kind, code, 0, self.root, 0, 0, 0)
                .expect("the display takes keys")
                .check()
                .expect("the display has a keyboard to press");
        }
    }

    fn code(&self, keysym: u32) -> u8 {
        let setup = self.display.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let map = self
            .display
            .get_keyboard_mapping(first, last - first + 1)
            .expect("the display has a keyboard")
            .reply()
            .expect("and says what is on it");
        let width = usize::from(map.keysyms_per_keycode);
        let at = map.keysyms.iter().position(|known| *known == keysym);
        let at = at.expect("the key is on the keyboard");
        first + u8::try_from(at / width).expect("a key code")
    }

    fn atom(&self, name: &str) -> u32 {
        atom_of(&self.display, name)
    }
}

fn atom_of(display: &RustConnection, name: &str) -> u32 {
    display
        .intern_atom(false, name.as_bytes())
        .expect("the display knows names")
        .reply()
        .expect("and gives them numbers")
        .atom
}

/// A window and all windows in it. What went away meanwhile has none.
fn below(display: &RustConnection, window: Window) -> Vec<Window> {
    let children = display
        .query_tree(window)
        .ok()
        .and_then(|asked| asked.reply().ok())
        .map(|tree| tree.children)
        .unwrap_or_default();
    let mut all = vec![window];
    all.extend(children.into_iter().flat_map(|child| below(display, child)));
    all
}

fn title_of(display: &RustConnection, window: Window) -> Option<String> {
    let [name, text] = ["_NET_WM_NAME", "UTF8_STRING"].map(|name| atom_of(display, name));
    let said = display
        .get_property(false, window, name, text, 0, 256)
        .ok()?
        .reply()
        .ok()?;
    String::from_utf8(said.value).ok()
}

fn can_be_closed(display: &RustConnection, window: Window) -> bool {
    let [protocols, delete] =
        ["WM_PROTOCOLS", "WM_DELETE_WINDOW"].map(|name| atom_of(display, name));
    display
        .get_property(false, window, protocols, AtomEnum::ATOM, 0, 32)
        .ok()
        .and_then(|asked| asked.reply().ok())
        .and_then(|known| Some(known.value32()?.any(|atom| atom == delete)))
        .unwrap_or(false)
}
