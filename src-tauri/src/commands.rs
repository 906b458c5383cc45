//! The commands: parse, call one use case, map. Made from the one list, so that a command which
//! is listed and not written does not compile.

use crate::links::PendingLink;
use crate::start::Started;
use qinting_desk::*;
use qinting_domain::*;
use qinting_host::OpenWorkspace;
use tauri::ipc::Response;
use tauri::{AppHandle, Manager, State};
use tauri_plugin_clipboard_manager::ClipboardExt;
use tauri_plugin_dialog::DialogExt;

/// How an error crosses: code and arguments. The technical cause goes to the log.
fn note(command: &str, e: AppError) -> ErrorNote {
    if e.code() == codes::INTERNAL {
        tracing::error!(command, error = %e.kind(), "command failed");
    } else {
        tracing::info!(command, code = e.code(), "command refused");
    }
    e.note
}

macro_rules! seat_commands {
    ($($name:ident($req:ty) -> $res:ty;)*) => {
        $(
            #[tauri::command(async)]
            fn $name(opened: State<'_, OpenWorkspace>, req: $req) -> Result<$res, ErrorNote> {
                opened.at_desk().and_then(|at_desk| at_desk.$name(req)).map_err(|e| note(stringify!($name), e))
            }
        )*
    };
}
qinting_ipc::with_commands!(seat_commands);

/// Bytes to the page, without a detour through JSON.
type PeaksBytes = Response;

#[tauri::command(async)]
fn peaks(opened: State<'_, OpenWorkspace>, req: PeaksRequest) -> Result<PeaksBytes, ErrorNote> {
    opened
        .at_desk()
        .and_then(|s| s.peaks(req))
        .map(Response::new)
        .map_err(|e| note("peaks", e))
}

fn chosen(paths: Option<Vec<tauri_plugin_dialog::FilePath>>) -> Vec<String> {
    let paths = paths
        .into_iter()
        .flatten()
        .filter_map(|p| p.into_path().ok());
    paths.map(path_text::to_text).collect()
}

#[tauri::command(async)]
fn pick_audio(app: AppHandle, req: ()) -> Result<Vec<String>, ErrorNote> {
    let () = req;
    Ok(chosen(app.dialog().file().blocking_pick_files()))
}

#[tauri::command(async)]
fn pick_audio_folder(app: AppHandle, req: ()) -> Result<Vec<String>, ErrorNote> {
    let () = req;
    Ok(chosen(app.dialog().file().blocking_pick_folders()))
}

#[tauri::command(async)]
fn pick_model_file(app: AppHandle, req: ()) -> Result<Option<String>, ErrorNote> {
    let () = req;
    let dialog = app.dialog().file().add_filter("ggml", &["bin"]);
    Ok(chosen(dialog.blocking_pick_file().map(|p| vec![p]))
        .into_iter()
        .next())
}

#[tauri::command(async)]
fn pick_export_path(app: AppHandle, req: ExportFormat) -> Result<Option<String>, ErrorNote> {
    let ending = match req {
        ExportFormat::Json => "json",
        ExportFormat::Csv => "csv",
        ExportFormat::Md => "md",
    };
    let dialog = app
        .dialog()
        .file()
        .add_filter(ending, &[ending])
        .set_file_name(format!("亲听.{ending}"));
    Ok(chosen(dialog.blocking_save_file().map(|p| vec![p]))
        .into_iter()
        .next())
}

#[tauri::command(async)]
fn copy_text(app: AppHandle, req: String) -> Result<(), ErrorNote> {
    let copied = app.clipboard().write_text(req);
    copied.map_err(|e| {
        note(
            "copy_text",
            AppError::new(codes::INTERNAL).because(Kind::of(&e)),
        )
    })
}

#[tauri::command]
fn take_pending_link(pending: State<'_, PendingLink>, req: ()) -> Option<MomentLink> {
    let () = req;
    pending.0.lock().take()
}

#[tauri::command(async)]
fn doors(opened: State<'_, OpenWorkspace>, req: ()) -> Doors {
    let () = req;
    opened.doors()
}

#[tauri::command(async)]
fn pick_workspace(app: AppHandle, req: ()) -> Option<String> {
    let () = req;
    let dialog = app.dialog().file().set_can_create_directories(true);
    let folder = dialog.blocking_pick_folder().map(|p| vec![p]);
    chosen(folder).into_iter().next()
}

/// Goes to another workspace, on a thread that may wait: other commands go on meanwhile.
async fn switch<T: Send + 'static>(
    app: AppHandle,
    command: &'static str,
    to: impl FnOnce(&OpenWorkspace) -> AppResult<T> + Send + 'static,
) -> Result<T, ErrorNote> {
    let gone =
        tauri::async_runtime::spawn_blocking(move || to(&app.state::<OpenWorkspace>())).await;
    let place = gone.unwrap_or_else(|e| Err(AppError::new(codes::INTERNAL).because(Kind::of(&e))));
    place.map_err(|e| note(command, e))
}

#[tauri::command]
async fn open_demo(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "open_demo", OpenWorkspace::open_demo).await
}

#[tauri::command]
async fn reset_demo(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "reset_demo", OpenWorkspace::reset_demo).await
}

#[tauri::command]
async fn leave_demo(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "leave_demo", OpenWorkspace::leave_demo).await
}

#[tauri::command]
async fn open_own(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "open_own", OpenWorkspace::open_own).await
}

#[tauri::command]
async fn open_workspace(app: AppHandle, req: String) -> Result<OpenedPlace, ErrorNote> {
    let folder = path_text::from_text(&req);
    switch(app, "open_workspace", move |opened| {
        opened.open_workspace(&folder)
    })
    .await
}

#[tauri::command]
async fn copy_here(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "copy_here", OpenWorkspace::copy_here).await
}

#[tauri::command]
async fn take_as_ours(app: AppHandle, req: ()) -> Result<OpenedPlace, ErrorNote> {
    let () = req;
    switch(app, "take_as_ours", OpenWorkspace::take_as_ours).await
}

#[tauri::command]
async fn list_copies(app: AppHandle, req: ()) -> Result<Vec<CopyRow>, ErrorNote> {
    let () = req;
    switch(app, "list_copies", OpenWorkspace::copies).await
}

#[tauri::command]
async fn restore_copy(app: AppHandle, req: String) -> Result<OpenedPlace, ErrorNote> {
    switch(app, "restore_copy", move |opened| opened.restore_copy(&req)).await
}

#[tauri::command]
async fn salvage(app: AppHandle, req: ()) -> Result<Salvaged, ErrorNote> {
    let () = req;
    switch(app, "salvage", OpenWorkspace::salvage).await
}

/// The page has painted its first screen.
#[tauri::command]
fn ui_ready(app: AppHandle, req: ()) {
    let () = req;
    let ms = app.state::<Started>().0.elapsed().as_millis();
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
}

macro_rules! handler {
    ($($name:ident($req:ty) -> $res:ty;)*) => {
        /// Names of the commands the window carries.
        pub fn handler() -> impl Fn(tauri::ipc::Invoke<tauri::Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![
                $($name,)*
                peaks,
                pick_audio,
                pick_audio_folder,
                pick_model_file,
                pick_export_path,
                copy_text,
                take_pending_link,
                ui_ready,
                doors,
                open_demo,
                reset_demo,
                leave_demo,
                open_own,
                pick_workspace,
                open_workspace,
                copy_here,
                take_as_ours,
                list_copies,
                restore_copy,
                salvage
            ]
        }
    };
}
qinting_ipc::with_commands!(handler);

/// Every window command of the list is written above; one that is missing does not compile.
#[cfg(test)]
macro_rules! window_names {
    ($($name:ident($req:ty) -> $res:ty;)*) => { [$(stringify!($name)),*] };
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_window_command_of_the_list_is_carried() {
        let source = include_str!("commands.rs");
        for name in qinting_ipc::with_window_commands!(window_names) {
            assert!(
                source.contains(&format!("fn {name}(")),
                "{name} is listed and not written"
            );
        }
    }
}
