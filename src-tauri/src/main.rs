//! The window of Qinting.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod links;
mod on_air;
mod start;
mod webview;

use std::process::ExitCode;

fn main() -> ExitCode {
    let started = std::time::Instant::now();
    qinting_host::keep_rights();
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    qinting_host::init_logs("warn,qinting=info");
    webview::prepare();
    qinting_host::prepare_sound();
    start::run(started)
}
