//! From the command line to a window.

use crate::desk::Desk;
use crate::{commands, links};
use clap::Parser;
use qinting_app::{AppError, AppResult, codes};
use qinting_host::{Host, Options};
use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;
use tauri::{AppHandle, Emitter, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};
use tauri_plugin_deep_link::DeepLinkExt;

/// Name of the one event the page listens to.
const EVENT: &str = "qinting";
/// Label of the one window; the capability file names it too.
const WINDOW: &str = "main";

/// 亲听 Qinting: hear the customer's own voice.
#[derive(Parser, Debug)]
#[command(version, about)]
struct Args {
    /// Workspace folder.
    #[arg(long, value_name = "DIR")]
    workspace: Option<PathBuf>,
    /// Models folder.
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
    /// Size of the window, e.g. 1440x900.
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(f64, f64)>,
    /// Recordings to import, or a qinting:// link to open.
    #[arg(value_name = "FILE|LINK")]
    bring: Vec<String>,
}

fn size(text: &str) -> Result<(f64, f64), String> {
    let (w, h) = text.split_once('x').ok_or("WxH")?;
    match (w.parse(), h.parse()) {
        (Ok(w), Ok(h)) => Ok((w, h)),
        _ => Err("WxH".into()),
    }
}

/// Opens the window and stays until it is closed.
pub fn run(started: Instant) -> ExitCode {
    let args = Args::parse();
    let options = Options {
        workspace: args
            .workspace
            .clone()
            .unwrap_or_else(qinting_host::default_workspace),
        models: args.models.clone(),
        player: true,
    };
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name(&options.workspace))
        .callback(|app, argv, cwd| second_start(app, &argv, &cwd))
        .build();
    let built = tauri::Builder::default()
        .plugin(single)
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            set_up(app.handle(), args, options, started)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                if matches!(event, RunEvent::Exit)
                    && let Ok(host) = &handle.state::<Desk>().host
                {
                    host.close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(e) => {
            tracing::error!(error = %e, "window not opened");
            ExitCode::FAILURE
        }
    }
}

fn set_up(app: &AppHandle, args: Args, options: Options, started: Instant) -> tauri::Result<()> {
    let host = open_workspace(app, options);
    if let Ok(host) = &host {
        let handle = app.clone();
        host.app().on_event(Box::new(move |event| {
            if let Err(e) = handle.emit(EVENT, event) {
                tracing::warn!(error = %e, "event not delivered");
            }
        }));
        host.work_on_jobs();
    }
    app.manage(Desk::new(host, started));
    let cwd = std::env::current_dir().unwrap_or_default();
    links::take(app, &args.bring, &cwd, false);
    let (width, height) = args.size.unwrap_or((1440.0, 900.0));
    WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title("亲听")
        .inner_size(width, height)
        .min_inner_size(1100.0, 720.0)
        .build()?;
    let handle = app.clone();
    app.deep_link().on_open_url(move |event| {
        let urls: Vec<String> = event.urls().iter().map(ToString::to_string).collect();
        links::take(&handle, &urls, &PathBuf::new(), true);
    });
    #[cfg(target_os = "linux")]
    if let Err(e) = app.deep_link().register_all() {
        tracing::info!(error = %e, "link scheme not registered");
    }
    Ok(())
}

fn open_workspace(app: &AppHandle, options: Options) -> AppResult<Arc<Host>> {
    // The database first: a workspace of a newer version must not even get a lock file.
    let host = Host::open(options.clone())?;
    // With a session bus the second start never gets here; without one the lock says it.
    match Host::claim_window(&options)? {
        Some(lock) => app.manage(WindowLock { _held: lock }),
        None => return Err(AppError::new(codes::WORKSPACE_BUSY)),
    };
    Ok(Arc::new(host))
}

/// Held for the life of the window.
struct WindowLock {
    _held: std::fs::File,
}

/// Somebody started the app again on this workspace: the window comes to the front and takes what
/// they brought.
fn second_start(app: &AppHandle, argv: &[String], cwd: &str) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(e) = step {
                tracing::info!(error = %e, "window not raised");
            }
        }
    }
    match Args::try_parse_from(argv) {
        Ok(args) => links::take(app, &args.bring, &PathBuf::from(cwd), true),
        Err(e) => tracing::warn!(error = %e.kind(), "second start not understood"),
    }
}

/// One name on the session bus for each workspace folder.
fn bus_name(workspace: &std::path::Path) -> String {
    let folder = std::path::absolute(workspace).unwrap_or_else(|_| workspace.to_owned());
    let folder = folder.canonicalize().unwrap_or(folder);
    let hash = hex::encode(Sha256::digest(folder.to_string_lossy().as_bytes()));
    format!("cn.qinting.app.w{}", &hash[..16])
}
