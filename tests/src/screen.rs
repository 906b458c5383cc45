//! What a person does with the window and sees in it, through WebDriver.

use crate::artifacts;
use crate::picture::Picture;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::cell::Cell;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

/// How long anything may take to appear on a slow machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The page in the window. Every method fails the test when it cannot do what it says.
pub struct Screen {
    runtime: Runtime,
    client: Option<Client>,
    name: String,
}

/// Selector of a `data-testid`.
pub fn id(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

impl Screen {
    pub(crate) fn new(name: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime can be had");
        Self {
            runtime,
            client: None,
            name: name.into(),
        }
    }

    pub(crate) fn connect(&mut self, port: u16, options: Value) {
        let address = format!("http://127.0.0.1:{port}");
        // No browserName: WebKitWebDriver refuses one it does not know.
        let wanted = json!({ "webkitgtk:browserOptions": options });
        let wanted = wanted.as_object().expect("an object was just made").clone();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(wanted);
        let start = Instant::now();
        let client = loop {
            // A driver whose window ends before it has said a word waits for ever.
            let connecting = async {
                let connecting = builder.connect(&address);
                tokio::time::timeout(Duration::from_secs(60), connecting).await
            };
            let connected = self.runtime.block_on(connecting);
            match connected.expect("the window opens within a minute") {
                Ok(client) => break client,
                // The driver needs a moment before it listens.
                Err(fantoccini::error::NewSessionError::FailedC(_))
                    if start.elapsed() < PATIENCE =>
                {
                    std::thread::sleep(Duration::from_millis(30));
                }
                Err(error) => panic!("the window does not open: {error}"),
            }
        };
        self.client = Some(client);
        self.until("the page has loaded", |page| {
            page.eval(
                "return document.readyState === 'complete' && location.href !== 'about:blank'",
            ) == true
        });
    }

    pub(crate) fn close(&mut self) {
        if let Some(client) = self.client.take() {
            // A window that crashed cannot be closed; that is no failure of its own.
            let closing = async {
                tokio::time::timeout(Duration::from_secs(10), client.close())
                    .await
                    .is_ok()
            };
            let _ = self.runtime.block_on(closing);
        }
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the window is open")
    }

    /// Looks until `seen` holds.
    #[track_caller]
    pub fn until(&self, what: &str, seen: impl Fn(&Self) -> bool) {
        self.until_within(PATIENCE, what, seen);
    }

    /// Looks until `seen` holds, with a limit of its own.
    #[track_caller]
    pub fn until_within(&self, limit: Duration, what: &str, seen: impl Fn(&Self) -> bool) {
        let start = Instant::now();
        while !seen(self) {
            assert!(
                start.elapsed() < limit,
                "waited {} s in vain: {what}",
                limit.as_secs()
            );
            std::thread::sleep(Duration::from_millis(30));
        }
    }

    /// Waits until a visible element matches.
    #[track_caller]
    pub fn wait_for(&self, css: &str) {
        self.until(css, |page| page.is_visible(css));
    }

    /// Waits until nothing visible matches.
    #[track_caller]
    pub fn wait_gone(&self, css: &str) {
        self.until(&format!("{css} goes away"), |page| !page.is_visible(css));
    }

    /// Waits until an element says `words` somewhere in its text.
    #[track_caller]
    pub fn wait_for_text(&self, css: &str, words: &str) {
        self.until(&format!("{css} says {words:?}"), |page| {
            page.texts(css).iter().any(|text| text.contains(words))
        });
    }

    /// Whether a visible element matches.
    pub fn is_visible(&self, css: &str) -> bool {
        let script = "return [...document.querySelectorAll(arguments[0])]\
                      .some((e) => e.getClientRects().length > 0)";
        self.eval_with(script, vec![json!(css)]) == true
    }

    /// How many elements match.
    pub fn count(&self, css: &str) -> usize {
        let found = self.eval_with(
            "return document.querySelectorAll(arguments[0]).length",
            vec![json!(css)],
        );
        found.as_u64().unwrap_or(0) as usize
    }

    /// Texts of all elements that match, as shown.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText)";
        let found = self.eval_with(script, vec![json!(css)]);
        serde_json::from_value(found).unwrap_or_default()
    }

    /// Text of the first element that matches, as shown.
    #[track_caller]
    pub fn text(&self, css: &str) -> String {
        self.wait_for(css);
        self.texts(css).into_iter().next().unwrap_or_default()
    }

    /// An attribute of the first element that matches.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        let script =
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null";
        self.eval_with(script, vec![json!(css), json!(name)])
            .as_str()
            .map(str::to_owned)
    }

    /// Clicks the first visible element that matches, with the pointer.
    #[track_caller]
    pub fn click(&self, css: &str) {
        self.wait_for(css);
        let start = Instant::now();
        // A list that is just being redrawn may take the element away under the pointer.
        loop {
            let outcome = self
                .runtime
                .block_on(async { self.visible(css).await?.click().await });
            match outcome {
                Ok(()) => return,
                Err(error) => assert!(start.elapsed() < PATIENCE, "cannot click {css}: {error}"),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    async fn visible(&self, css: &str) -> Result<Element, fantoccini::error::CmdError> {
        for element in self.client().find_all(Locator::Css(css)).await? {
            if element.is_displayed().await? {
                return Ok(element);
            }
        }
        self.client().find(Locator::Css(css)).await
    }

    /// Clicks an element and types into it.
    #[track_caller]
    pub fn type_into(&self, css: &str, text: &str) {
        self.click(css);
        let typed = self
            .runtime
            .block_on(async { self.visible(css).await?.send_keys(text).await });
        typed.unwrap_or_else(|error| panic!("cannot type into {css}: {error}"));
    }

    /// Presses a key, or keys held together: `m`, `Space`, `Control+z`, `Shift+ArrowLeft`.
    #[track_caller]
    pub fn press(&self, chord: &str) {
        let keys: Vec<char> = chord.split('+').map(key).collect();
        let down = keys.iter().map(|key| KeyAction::Down { value: *key });
        let up = keys.iter().rev().map(|key| KeyAction::Up { value: *key });
        let presses = down
            .chain(up)
            .fold(KeyActions::new("keyboard".into()), |all, one| all.then(one));
        let pressed = self
            .runtime
            .block_on(self.client().perform_actions(presses));
        pressed.unwrap_or_else(|error| panic!("cannot press {chord}: {error}"));
    }

    /// Runs a function body in the page.
    #[track_caller]
    pub fn eval(&self, script: &str) -> Value {
        self.eval_with(script, vec![])
    }

    /// Runs a function body in the page with `arguments`.
    #[track_caller]
    pub fn eval_with(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self
            .runtime
            .block_on(self.client().execute(script, arguments));
        result.unwrap_or_else(|error| panic!("the page refuses a script: {error}\n{script}"))
    }

    /// Runs a function body that calls its last argument with the answer.
    #[track_caller]
    pub fn eval_async(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self
            .runtime
            .block_on(self.client().execute_async(script, arguments));
        result.unwrap_or_else(|error| panic!("the page refuses a script: {error}\n{script}"))
    }

    /// Calls one of our commands the way the page does. `Err` is the `{code, args}` it answered.
    pub fn invoke(&self, command: &str, request: Value) -> Result<Value, Value> {
        let script = "const [command, request, done] = arguments;\
                      window.__TAURI_INTERNALS__.invoke('call', { id: crypto.randomUUID(), command, request })\
                      .then((ok) => done({ ok: ok ?? null }), (err) => done({ err }))";
        let mut answer = self.eval_async(script, vec![json!(command), request]);
        match answer.get_mut("err") {
            Some(error) => Err(error.take()),
            None => Ok(answer["ok"].take()),
        }
    }

    /// Gives the page this many CSS pixels.
    #[track_caller]
    pub fn resize(&self, width: u32, height: u32) {
        self.set_outer(width, height);
        // What the window draws around the page, if anything, has to be added.
        let inner = |side: &str| {
            self.eval(&format!("return inner{side}"))
                .as_u64()
                .unwrap_or(0) as u32
        };
        let start = Instant::now();
        while (inner("Width"), inner("Height")) != (width, height) {
            assert!(
                start.elapsed() < PATIENCE,
                "the page does not become {width}×{height}"
            );
            std::thread::sleep(Duration::from_millis(100));
            let (across, down) = (inner("Width"), inner("Height"));
            let outer = self.runtime.block_on(self.client().get_window_rect());
            let (_, _, outer_across, outer_down) = outer.expect("a window has a size");
            self.set_outer(
                (outer_across as u32 + width).saturating_sub(across),
                (outer_down as u32 + height).saturating_sub(down),
            );
        }
    }

    #[track_caller]
    fn set_outer(&self, width: u32, height: u32) {
        let set = self
            .runtime
            .block_on(self.client().set_window_rect(0, 0, width, height));
        set.unwrap_or_else(|error| panic!("the window does not take a size: {error}"));
    }

    /// Saves `artifacts/screens/<name>.png` and returns the picture.
    #[track_caller]
    pub fn screenshot(&self, name: &str) -> Picture {
        let path = artifacts("screens").join(format!("{name}.png"));
        let taken = self.runtime.block_on(self.client().screenshot());
        let bytes = taken.unwrap_or_else(|error| panic!("no screenshot: {error}"));
        std::fs::write(&path, &bytes).expect("artifacts/ can be written");
        Picture::read(&bytes, path)
    }

    /// Waits until nothing moves any more (waves come after the page, and a resize is drawn a frame
    /// later), and keeps that picture.
    #[track_caller]
    pub fn screenshot_when_still(&self, name: &str) {
        let seen = Cell::new((Vec::new(), 0));
        self.until("nothing moves any more", |page| {
            let (before, same) = seen.take();
            let now = page.screenshot(name).pixels;
            let same = if now == before { same + 1 } else { 0 };
            seen.set((now, same));
            same == 2
        });
    }

    /// A last look at a window in which something went wrong.
    pub(crate) fn keep_evidence(&self, dir: &Path) {
        let Some(client) = &self.client else { return };
        let look = async {
            let picture = client.screenshot().await;
            let text = client
                .execute("return document.body.innerText", vec![])
                .await;
            (picture, text)
        };
        let limited = async { tokio::time::timeout(Duration::from_secs(10), look).await };
        let Ok((picture, text)) = self.runtime.block_on(limited) else {
            return;
        };
        // The failure itself is what must be heard; a picture that cannot be kept is no second one.
        if let Ok(picture) = picture {
            let _ = std::fs::write(dir.join(format!("{}.png", self.name)), picture);
        }
        if let Ok(text) = text {
            println!(
                "--- what the window showed\n{}",
                text.as_str().unwrap_or_default()
            );
        }
    }
}

fn key(name: &str) -> char {
    let key = match name {
        "Control" => Key::Control,
        "Shift" => Key::Shift,
        "Alt" => Key::Alt,
        "Enter" => Key::Enter,
        "Escape" => Key::Escape,
        "Tab" => Key::Tab,
        "Space" => return ' ',
        "Backspace" => Key::Backspace,
        "Delete" => Key::Delete,
        "Home" => Key::Home,
        "End" => Key::End,
        "PageUp" => Key::PageUp,
        "PageDown" => Key::PageDown,
        "ArrowLeft" => Key::Left,
        "ArrowRight" => Key::Right,
        "ArrowUp" => Key::Up,
        "ArrowDown" => Key::Down,
        _ => {
            let mut chars = name.chars();
            return match (chars.next(), chars.next()) {
                (Some(one), None) => one,
                _ => panic!("{name} is not a key"),
            };
        }
    };
    key.into()
}
