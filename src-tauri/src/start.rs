//! From the command line to a window.

use crate::on_air::{self, OnAir};
use crate::{commands, confirm, dropped, links, webview, words};
use clap::Parser;
use clap::builder::{OsStringValueParser, TypedValueParser};
use qinting_desk::{AppEvent, Kind};
use qinting_domain::path_text;
use qinting_host::{Door, Grant, OpenWorkspace, Places, Setup, Start};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Emitter, Manager, RunEvent, WebviewUrl, WebviewWindowBuilder};

/// Name of the one event the page listens to.
pub const EVENT: &str = "qinting";
/// Label of the one window; the capability file names it too.
pub const WINDOW: &str = "main";

/// When the process started.
pub struct Started(pub Instant);

/// 亲听 Qinting: hear the customer's own voice.
#[derive(Parser, Debug)]
#[command(version, about)]
struct Args {
    /// Workspace folder.
    #[arg(long, value_name = "DIR", value_parser = path)]
    workspace: Option<PathBuf>,
    /// Models folder.
    #[arg(long, value_name = "DIR", value_parser = path)]
    models: Option<PathBuf>,
    /// Size of the window, e.g. 1440x900.
    #[arg(long, value_name = "WxH", value_parser = size)]
    size: Option<(f64, f64)>,
    /// A file or folder the page may name once, for whoever tries the window without a hand at its dialogs.
    #[arg(long = "grant", value_name = "NAME=PATH", hide = true,
        value_parser = OsStringValueParser::new().try_map(Grant::read))]
    grants: Vec<Grant>,
    /// Recordings to import, or a qinting:// link to open.
    #[arg(value_name = "FILE|LINK")]
    bring: Vec<String>,
}

/// Every argument is a path as text here; see [`words::settle`].
fn path(text: &str) -> Result<PathBuf, std::convert::Infallible> {
    Ok(path_text::from_text(text))
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
    words::settle();
    let args = Args::parse();
    let named = args.workspace.clone();
    let named = named.or_else(qinting_host::named_workspace);
    let places = Places::of_this_user();
    let bus_name = bus_name(named.as_deref(), &places);
    let start = places.start(named, links::brings_files(&args.bring));
    let setup = Setup {
        places,
        models: args.models.clone(),
        player: true,
        is_window: true,
    };
    let single = tauri_plugin_single_instance::Builder::new()
        .dbus_id(bus_name)
        .callback(|app, argv, cwd| second_start(app, &argv, &cwd))
        .build();
    let built = tauri::Builder::default()
        .plugin(single)
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands::handler())
        .on_window_event(|window, event| {
            on_air::on_window_event(window, event);
            dropped::on_window_event(window, event);
        })
        .setup(move |app| {
            app.manage(Started(started));
            set_up(app.handle(), args, setup, start)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|handle, event| {
                if matches!(event, RunEvent::Exit) {
                    handle.state::<Arc<OpenWorkspace>>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(e) => {
            if met_a_window_that_was_closing(&e) {
                start_again();
            }
            tracing::error!(kind = %Kind::of(&e), "window not opened");
            ExitCode::FAILURE
        }
    }
}

/// The window that had the name on the session bus went away while it was asked to come forward:
/// somebody closed Qinting and opened it again at once.
fn met_a_window_that_was_closing(error: &tauri::Error) -> bool {
    matches!(error, tauri::Error::PluginInitialization(name, _) if name == "single-instance")
}

/// Starts this program over in its own process, a moment later and not for ever. Comes back when
/// that cannot be done.
#[cfg(unix)]
fn start_again() {
    use std::os::unix::process::CommandExt;
    const TRIES: &str = "QINTING_START_TRIES";
    let tries: u32 = std::env::var(TRIES)
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(0);
    if tries >= 10 {
        return;
    }
    std::thread::sleep(Duration::from_millis(300));
    let Ok(program) = std::env::current_exe() else {
        return;
    };
    qinting_host::give_back();
    let error = std::process::Command::new(program)
        .args(std::env::args_os().skip(1))
        .env(TRIES, (tries + 1).to_string())
        .exec();
    tracing::error!(kind = ?error.kind(), "not started again");
}

/// Elsewhere the name goes with the process that held it.
#[cfg(not(unix))]
fn start_again() {}

fn set_up(app: &AppHandle, args: Args, setup: Setup, start: Start) -> tauri::Result<()> {
    let handle = app.clone();
    let ear = move |event: &AppEvent| {
        handle.state::<OnAir>().hear(event);
        if let Err(e) = handle.emit(EVENT, event) {
            tracing::warn!(kind = %Kind::of(&e), "event not delivered");
        }
    };
    app.manage(OnAir::new(app));
    app.manage(confirm::Speaks::default());
    let opened = Arc::new(OpenWorkspace::new(setup, Arc::new(ear)));
    grant(&opened, args.grants);
    let door = Door::new(opened.clone(), commands::Window(app.clone()));
    app.manage(Arc::new(door));
    app.manage(opened.clone());
    let (width, height) = args.size.unwrap_or((1440.0, 900.0));
    let window = WebviewWindowBuilder::new(app, WINDOW, WebviewUrl::default())
        .title(on_air::TITLE)
        .inner_size(width, height)
        .min_inner_size(1100.0, 720.0)
        .on_navigation(webview::is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .build()?;
    webview::revive(&window)?;
    // While the web view's processes start. What the page asks waits for this thread.
    opened.start(start);
    let cwd = std::env::current_dir().unwrap_or_default();
    links::take(app, &args.bring, &cwd, false);
    end_on_signal(app);
    links::listen(app);
    Ok(())
}

/// A signal, such as the end of the session, ends the window as closing it does: a call that goes on
/// is stopped in good order.
fn end_on_signal(app: &AppHandle) {
    let app = app.clone();
    if let Err(e) = ctrlc::set_handler(move || app.exit(0)) {
        tracing::warn!(kind = %Kind::of(&e), "signals end the window without a word");
    }
}

fn grant(opened: &OpenWorkspace, grants: Vec<Grant>) {
    for Grant { name, path } in grants {
        opened.tickets().grant(&name, path);
    }
}

/// Somebody started the app again: the window comes to the front and takes what
/// they brought.
fn second_start(app: &AppHandle, argv: &[String], cwd: &str) {
    if let Some(window) = app.get_webview_window(WINDOW) {
        for step in [window.unminimize(), window.show(), window.set_focus()] {
            if let Err(e) = step {
                tracing::info!(kind = %Kind::of(&e), "window not raised");
            }
        }
    }
    match Args::try_parse_from(argv) {
        Ok(args) => {
            grant(&app.state::<Arc<OpenWorkspace>>(), args.grants);
            links::take(app, &args.bring, &PathBuf::from(cwd), true);
        }
        Err(e) => tracing::warn!(error = %e.kind(), "second start not understood"),
    }
}

/// One name on the session bus for each workspace that is asked for by name. All other starts of one
/// user share a name, whatever the window has open: the first window takes what they bring.
fn bus_name(named: Option<&Path>, places: &Places) -> String {
    let (kind, folder) = match named {
        Some(workspace) => ('w', workspace),
        None => ('d', places.data()),
    };
    let folder = qinting_host::real_path(folder);
    let hash = hex::encode(Sha256::digest(folder.as_os_str().as_encoded_bytes()));
    format!("cn.qinting.app.{kind}{}", &hash[..16])
}
