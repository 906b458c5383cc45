//! The window's end of the one door, and what only a window can do.

use crate::confirm;
use crate::start::Started;
use qinting_desk::{AppError, AppResult, ChosenFor, ExportFormat, Kind, Ticket, codes};
use qinting_domain::{ErrorNote, Link};
use qinting_host::{Answer, Door, Hands, OpenWorkspace};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;
use tauri::ipc::{Invoke, Response};
use tauri::{AppHandle, Manager, State, Wry};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::{DialogExt, FilePath};

/// Every call of the page, each on a thread that may wait: others go on meanwhile.
#[tauri::command]
async fn call(
    door: State<'_, Arc<Door>>,
    id: String,
    command: String,
    request: Value,
) -> Result<Response, ErrorNote> {
    let door = door.inner().clone();
    let call = door.begin(id);
    let deed = move || door.answer(call, &command, &request);
    let answered = tauri::async_runtime::spawn_blocking(deed).await;
    let answered = answered.unwrap_or_else(|e| {
        tracing::error!(kind = %Kind::of(&e), "a call broke off");
        Err(AppError::new(codes::INTERNAL).note)
    });
    answered.map(|answer| match answer {
        Answer::Json(text) => Response::new(text),
        Answer::Bytes(bytes) => Response::new(bytes),
    })
}

/// What the window carries.
pub fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![call]
}

/// The dialogs, the clipboard and the screen of this window.
pub struct Window(pub AppHandle);

impl Window {
    fn failed(e: &(impl std::error::Error + ?Sized)) -> AppError {
        AppError::new(codes::INTERNAL).because(Kind::of(e))
    }

    /// A ticket for what somebody chose, if they did.
    fn ticket(&self, paths: Option<Vec<FilePath>>, wanted_for: ChosenFor) -> Option<Ticket> {
        let paths = paths.into_iter().flatten();
        let paths: Vec<PathBuf> = paths.filter_map(|p| p.into_path().ok()).collect();
        let tickets = self.0.state::<Arc<OpenWorkspace>>();
        (!paths.is_empty()).then(|| tickets.tickets().give(wanted_for, paths))
    }

    fn ticket_of(
        &self,
        path: Option<FilePath>,
        wanted_for: ChosenFor,
    ) -> AppResult<Option<Ticket>> {
        Ok(self.ticket(path.map(|p| vec![p]), wanted_for))
    }
}

impl Hands for Window {
    fn pick_audio(&self, (): ()) -> AppResult<Option<Ticket>> {
        let files = self.0.dialog().file().blocking_pick_files();
        Ok(self.ticket(files, ChosenFor::Recordings))
    }

    fn pick_audio_folder(&self, (): ()) -> AppResult<Option<Ticket>> {
        let folders = self.0.dialog().file().blocking_pick_folders();
        Ok(self.ticket(folders, ChosenFor::Recordings))
    }

    fn pick_model_file(&self, (): ()) -> AppResult<Option<Ticket>> {
        let dialog = self.0.dialog().file().add_filter("ggml", &["bin"]);
        self.ticket_of(dialog.blocking_pick_file(), ChosenFor::Model)
    }

    fn pick_export_path(&self, format: ExportFormat) -> AppResult<Option<Ticket>> {
        let ending = match format {
            ExportFormat::Json => "json",
            ExportFormat::Csv => "csv",
            ExportFormat::Md => "md",
        };
        let dialog = self.0.dialog().file().add_filter(ending, &[ending]);
        let dialog = dialog.set_file_name(format!("亲听.{ending}"));
        self.ticket_of(dialog.blocking_save_file(), ChosenFor::Findings)
    }

    fn pick_workspace(&self, (): ()) -> AppResult<Option<Ticket>> {
        let dialog = self.0.dialog().file().set_can_create_directories(true);
        self.ticket_of(dialog.blocking_pick_folder(), ChosenFor::Workspace)
    }

    fn copy_text(&self, text: String) -> AppResult<()> {
        let copied = self.0.clipboard().write_text(text);
        copied.map_err(|e| Self::failed(&e))
    }

    fn take_pending_link(&self, (): ()) -> AppResult<Option<Link>> {
        self.0.state::<Arc<OpenWorkspace>>().take_link()
    }

    fn confirms(&self, command: &str, named: &str) -> Option<bool> {
        Some(confirm::asks(&self.0, command, named))
    }

    fn speak(&self, language: String) -> AppResult<()> {
        self.0.state::<confirm::Speaks>().hear(&language);
        Ok(())
    }

    /// The page has painted its first screen.
    fn ui_ready(&self, (): ()) -> AppResult<()> {
        let ms = self.0.state::<Started>().0.elapsed().as_millis();
        tracing::info!(ms, "window ready");
        if std::env::var_os("QINTING_REPORT_READY").is_some() {
            #[expect(
                clippy::print_stderr,
                reason = "asked for by whoever measures the start"
            )]
            {
                eprintln!("window_ready_ms={ms}");
            }
        }
        Ok(())
    }
}
