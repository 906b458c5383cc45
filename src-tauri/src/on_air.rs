//! What the window does while a call is listened to, besides showing it: it stays when it is closed,
//! says in its title that the call goes on, and marks by a key from other programs.

use crate::start::WINDOW;
use qinting_desk::{
    AppError, AppEvent, Cause, DeskEvent, Kind, LiveMark, LiveStatus, RecordEvent, codes,
    spawn_named,
};
use qinting_domain::{ErrorNote, ListenMode};
use qinting_host::OpenWorkspace;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use tauri::{AppHandle, Manager, UserAttentionType, WebviewWindow, Window, WindowEvent};
use tauri_plugin_global_shortcut::{GlobalShortcutExt, ShortcutState};

/// The title while nothing goes on.
pub const TITLE: &str = "亲听";

/// Whether a call goes on, and the thread that shows it.
pub struct OnAir {
    goes_on: AtomicBool,
    changed: Sender<()>,
}

impl OnAir {
    /// Nothing goes on.
    pub fn new(app: &AppHandle) -> Self {
        let (changed, wake) = channel();
        let app = app.clone();
        // Without it the title does not follow the call; everything else does.
        if let Err(e) = spawn_named("on-air", move || watch(&app, &wake), drop) {
            tracing::error!(code = e.code(), "nobody shows a call in the title");
        }
        Self {
            goes_on: AtomicBool::new(false),
            changed,
        }
    }

    /// Hears what the app tells.
    pub fn hear(&self, event: &AppEvent) {
        if let AppEvent::Desk(DeskEvent::Live { status }) = event {
            self.goes_on.store(status.is_some(), Ordering::SeqCst);
            // The thread lives as long as the process.
            let _ = self.changed.send(());
        }
    }
}

/// A window that is closed while a call goes on is put aside instead.
pub fn on_window_event(window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. }
            if window.state::<OnAir>().goes_on.load(Ordering::SeqCst) =>
        {
            api.prevent_close();
            tried("put aside", window.minimize());
            let look = Some(UserAttentionType::Informational);
            tried("pointed out", window.request_user_attention(look));
        }
        WindowEvent::Focused(true) => tried("quiet", window.request_user_attention(None)),
        _ => {}
    }
}

/// Shows one call after the other.
fn watch(app: &AppHandle, wake: &Receiver<()>) {
    while wake.recv().is_ok() {
        let mut key = MarkKey::default();
        let mut shown = TITLE.to_owned();
        let mut asked = None;
        while let Some(status) = status(app) {
            if status.quiet_since_ms != std::mem::replace(&mut asked, status.quiet_since_ms) {
                point_out(app, asked.is_some());
            }
            key.keep(app);
            let title = title(&status);
            if title != shown {
                show(app, &title, Some(1));
                shown = title;
            }
            // Until the next whole second of the call's clock, or until something changes.
            let rest = Duration::from_millis(1_000 - status.position_ms % 1_000);
            if let Err(RecvTimeoutError::Disconnected) = wake.recv_timeout(rest) {
                break;
            }
        }
        key.release(app);
        if shown != TITLE {
            show(app, TITLE, None);
        }
    }
}

fn status(app: &AppHandle) -> Option<LiveStatus> {
    // The first events come before the desk stands.
    let at_desk = app.try_state::<Arc<OpenWorkspace>>()?.at_desk().ok()?;
    at_desk.live_status(()).ok().flatten()
}

fn show(app: &AppHandle, title: &str, badge: Option<i64>) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        tried("named", window.set_title(title));
        tried("badged", badged(&window, badge));
    }
}

/// A call asks whether anybody is still there: the window's place in the bar does too, without coming
/// to the front.
fn point_out(app: &AppHandle, asks: bool) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        let look = asks.then_some(UserAttentionType::Informational);
        tried("pointed out", window.request_user_attention(look));
    }
}

/// A number at the icon, where the system has such a thing.
fn badged(window: &WebviewWindow, badge: Option<i64>) -> tauri::Result<()> {
    if cfg!(windows) {
        return Ok(());
    }
    window.set_badge_count(badge)
}

fn tried(what: &str, result: tauri::Result<()>) {
    if let Err(e) = result {
        tracing::info!(what, kind = %Kind::of(&e), "the window could not be");
    }
}

/// The title while a call goes on.
fn title(status: &LiveStatus) -> String {
    if status.quiet_since_ms.is_some() {
        return format!("？还在听吗 {} · {TITLE}", clock(status.position_ms));
    }
    let state = match (status.paused_since_ms, status.call.mode) {
        (Some(_), _) => "‖ 已暂停",
        (None, ListenMode::ClockOnly) => "○ 只记时钟",
        (None, ListenMode::Record | ListenMode::TextOnly) => "● 正在采集",
    };
    format!("{state} {} · {TITLE}", clock(status.position_ms))
}

/// `m:ss`, or `h:mm:ss` from one hour on.
fn clock(ms: u64) -> String {
    let s = ms / 1_000;
    match s / 3_600 {
        0 => format!("{}:{:02}", s / 60, s % 60),
        h => format!("{h}:{:02}:{:02}", s / 60 % 60, s % 60),
    }
}

/// The key that marks while another program has the keyboard. Held only while a call goes on.
#[derive(Default)]
struct MarkKey {
    /// What the settings asked for last, and whether it was had.
    asked: Option<(String, bool)>,
}

impl MarkKey {
    /// Makes what is held what the settings say.
    fn keep(&mut self, app: &AppHandle) {
        let Ok(at_desk) = app.state::<Arc<OpenWorkspace>>().at_desk() else {
            return;
        };
        let settings = at_desk.get_settings(()).ok();
        let wanted = settings.and_then(|s| s.device.live.global_mark_key);
        let asked = self.asked.as_ref().map(|(key, _)| key);
        if wanted.as_ref() == asked {
            return;
        }
        self.release(app);
        let Some(key) = wanted else { return };
        let held = hold(app, &key);
        if let Err(kind) = &held {
            tracing::info!(%kind, "the global mark key was refused");
            let note = ErrorNote::new(codes::LIVE_KEY_REFUSED).with("key", &key);
            at_desk.desk().tell(RecordEvent::Notice { note });
        }
        self.asked = Some((key, held.is_ok()));
    }

    fn release(&mut self, app: &AppHandle) {
        if let Some((key, true)) = self.asked.take()
            && let Err(e) = app.global_shortcut().unregister(key.as_str())
        {
            tracing::info!(kind = %Kind::of(&e), "the global mark key was not given back");
        }
    }
}

/// Takes the chord from the system.
fn hold(app: &AppHandle, key: &str) -> Result<(), Kind> {
    // Under Wayland no program gets keys meant for another; asked through X11 it would only seem so.
    if cfg!(target_os = "linux")
        && (std::env::var_os("WAYLAND_DISPLAY").is_some() || std::env::var_os("DISPLAY").is_none())
    {
        return Err(Cause::kind(&"not under X11"));
    }
    // Its thread looks for keys many times a second: it is there only for those who want it.
    if app
        .try_state::<tauri_plugin_global_shortcut::GlobalShortcut<tauri::Wry>>()
        .is_none()
    {
        let (done, wait) = channel();
        let handle = app.clone();
        app.run_on_main_thread(move || {
            let keys = tauri_plugin_global_shortcut::Builder::new().build();
            let _ = done.send(handle.plugin(keys).map_err(|e| Kind::of(&e)));
        })
        .map_err(|e| Kind::of(&e))?;
        wait.recv().map_err(|e| Kind::of(&e))??;
    }
    let held = app.global_shortcut().on_shortcut(key, |app, _, event| {
        if event.state == ShortcutState::Pressed {
            mark(app.clone(), Instant::now());
        }
    });
    held.map_err(|e| Kind::of(&e))
}

/// Marks on a thread of its own: the one that hears keys must not wait for a disk.
fn mark(app: AppHandle, pressed: Instant) {
    let (told, missed) = (app.clone(), app.clone());
    let mark = move || {
        let marked = app
            .state::<Arc<OpenWorkspace>>()
            .at_desk()
            .and_then(|at_desk| {
                at_desk.live_mark(LiveMark {
                    id: None,
                    op_id: None,
                    kind: None,
                    tags: Vec::new(),
                    text: None,
                    ago_ms: u32::try_from(pressed.elapsed().as_millis()).unwrap_or(u32::MAX),
                })
            });
        if let Err(e) = marked {
            not_marked(&app, e);
        }
    };
    if let Err(e) = spawn_named("mark-key", mark, move |e| not_marked(&missed, e)) {
        not_marked(&told, e);
    }
}

/// The window is behind another program: it says so itself.
fn not_marked(app: &AppHandle, e: AppError) {
    tracing::warn!(code = e.code(), "not marked by the global key");
    if let Ok(at_desk) = app.state::<Arc<OpenWorkspace>>().at_desk() {
        at_desk.desk().tell(RecordEvent::Notice { note: e.note });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_in_the_title_reads_like_a_player() {
        let read = [0, 999, 65_000, 1_126_000, 3_725_000].map(clock);
        assert_eq!(read, ["0:00", "0:00", "1:05", "18:46", "1:02:05"]);
    }
}
