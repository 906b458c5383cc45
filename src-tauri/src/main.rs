//! The window of Qinting.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod confirm;
mod dropped;
mod links;
mod on_air;
mod start;
mod webview;
mod words;

use std::process::ExitCode;

fn main() -> ExitCode {
    let started = std::time::Instant::now();
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    qinting_host::keep_private();
    qinting_host::init_logs("warn,qinting=info");
    webview::prepare();
    qinting_host::prepare_sound();
    start::run(started)
}
