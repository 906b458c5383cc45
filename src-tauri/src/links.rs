//! What a start, or a second start, brings along: links, files to import.

use crate::start::WINDOW;
use qinting_desk::{AppEvent, AtDesk, BesideWays, DeskEvent, Incoming, Kind, RecordEvent, codes};
use qinting_domain::{Address, ErrorNote, path_text};
use qinting_host::OpenWorkspace;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager};
use tauri_plugin_deep_link::DeepLinkExt;

/// Whether a start brings recordings along, and not only links.
pub fn brings_files(args: &[String]) -> bool {
    args.iter().any(|arg| !Address::claims(arg))
}

/// Takes what was handed over. `running`: the page is up and hears events.
pub fn take(app: &AppHandle, args: &[String], cwd: &Path, running: bool) {
    let (links, files): (Vec<&String>, Vec<&String>) =
        args.iter().partition(|a| Address::claims(a));
    if let Some(url) = links.last() {
        open_link(app, url, running);
    }
    let paths: Vec<PathBuf> = files
        .iter()
        .map(|f| cwd.join(path_text::from_text(f)))
        .collect();
    if !paths.is_empty()
        && let Some(at_desk) = seat_for_files(app, running)
    {
        import(&at_desk, &paths);
    }
}

/// Takes links that the system hands over, now and later.
pub fn listen(app: &AppHandle) {
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        let urls: Vec<String> = event.urls().iter().map(ToString::to_string).collect();
        take(&handle, &urls, &PathBuf::new(), true);
    });
    #[cfg(target_os = "linux")]
    register(app);
}

/// Says to the desktop whose links they are. That runs programs of the desktop and waits for them, which the
/// first screen must not.
#[cfg(target_os = "linux")]
fn register(app: &AppHandle) {
    let app = app.clone();
    let work = move || {
        if let Err(e) = app.deep_link().register_all() {
            tracing::info!(kind = %Kind::of(&e), "link scheme not registered");
        }
    };
    if let Err(e) = qinting_desk::spawn_named("links", work, drop) {
        tracing::warn!(code = e.code(), "link scheme not registered");
    }
}

/// The open workspace; where none is, the person's own, which the page then shows.
fn seat_for_files(app: &AppHandle, running: bool) -> Option<AtDesk> {
    let opened = app.state::<Arc<OpenWorkspace>>();
    let at_desk = opened.at_desk();
    if !matches!(&at_desk, Err(e) if e.code() == codes::WORKSPACE_NONE) {
        return at_desk.ok();
    }
    if let Err(e) = opened.open_own() {
        tracing::warn!(error = %e.kind(), "files handed over were not imported");
        return None;
    }
    if let Some(window) = app.get_webview_window(WINDOW).filter(|_| running)
        && let Err(e) = window.reload()
    {
        tracing::warn!(kind = %Kind::of(&e), "the page still shows the doors");
    }
    opened.at_desk().ok()
}

/// What cannot be shown now waits until a page asks for it.
fn open_link(app: &AppHandle, url: &str, running: bool) {
    let opened = app.state::<Arc<OpenWorkspace>>();
    let Some(led) = opened.hand_link(url, running) else {
        return;
    };
    let event = match led {
        Ok(link) => AppEvent::Desk(DeskEvent::OpenLink { link }),
        Err(e) => AppEvent::Record(RecordEvent::Notice { note: e.note }),
    };
    if let Ok(at_desk) = opened.at_desk() {
        at_desk.desk().tell(event);
    }
}

fn import(at_desk: &AtDesk, paths: &[PathBuf]) {
    let started = at_desk
        .get_settings(())
        .and_then(|s| at_desk.calls_with_facts(paths, &BesideWays::usual(s.workspace.suffix_rules)))
        .and_then(|(_, incoming)| match incoming == Incoming::default() {
            true => Ok(0),
            false => at_desk.bring_in_with_facts(incoming),
        });
    if let Err(e) = started {
        tracing::warn!(error = %e.kind(), "files handed over were not imported");
        at_desk.desk().tell(RecordEvent::Notice {
            note: ErrorNote::new(e.code()),
        });
    }
}
