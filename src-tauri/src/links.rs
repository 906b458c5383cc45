//! What a start, or a second start, brings along: links to moments, files to import.

use crate::desk::Desk;
use qinting_app::{AppEvent, ImportPlanRequest};
use qinting_domain::{ErrorNote, LINK_SCHEME, MomentLink};
use std::path::{Path, PathBuf};
use tauri::{AppHandle, Manager};

/// Takes what was handed over. `running`: the page is up and hears events.
pub fn take(app: &AppHandle, args: &[String], cwd: &Path, running: bool) {
    let (links, files): (Vec<&String>, Vec<&String>) = args
        .iter()
        .partition(|a| a.starts_with(&format!("{LINK_SCHEME}:")));
    if let Some(url) = links.last() {
        open_link(app, url, running);
    }
    let paths: Vec<String> = files
        .iter()
        .map(|f| absolute(cwd, f).to_string_lossy().into_owned())
        .collect();
    if !paths.is_empty() {
        import(app, paths);
    }
}

fn absolute(cwd: &Path, file: &str) -> PathBuf {
    cwd.join(file)
}

fn open_link(app: &AppHandle, url: &str, running: bool) {
    let desk = app.state::<Desk>();
    let Ok(seat) = desk.seat() else { return };
    let event = match seat.resolve_link(url.to_owned()) {
        Ok(link) => opened(&desk, link, running),
        Err(e) => Some(AppEvent::Notice { note: e.note }),
    };
    if let Some(event) = event {
        seat.app().tell(&event);
    }
}

fn opened(desk: &Desk, link: MomentLink, running: bool) -> Option<AppEvent> {
    if running {
        Some(AppEvent::OpenLink { link })
    } else {
        *desk.pending_link.lock() = Some(link);
        None
    }
}

fn import(app: &AppHandle, paths: Vec<String>) {
    let desk = app.state::<Desk>();
    let Ok(seat) = desk.seat() else { return };
    let started = seat
        .get_settings(())
        .and_then(|s| {
            seat.import_plan(ImportPlanRequest {
                paths,
                suffix_rules: s.suffix_rules,
            })
        })
        .and_then(|plan| {
            if plan.items.is_empty() {
                Ok(0)
            } else {
                seat.import_start(plan.items)
            }
        });
    if let Err(e) = started {
        tracing::warn!(error = %e, "files handed over were not imported");
        seat.app().tell(&AppEvent::Notice {
            note: ErrorNote::new(e.code()),
        });
    }
}
