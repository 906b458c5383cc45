//! `qinting-stage`: the product behind its door, for the tests of the page and for its development server.
//!
//! It answers the lines of `qinting call`. As a stage (`qinting-stage ROOM [BUILT]`) its clock stands until it is
//! told, nothing sounds, calls are written-down texts, and any number of workspaces are opened one after the other,
//! each a copy of a built one. As the demo (`qinting-stage --demo FOLDER`) everything is real.

mod clock;
mod copying;
mod demo;
mod door;
mod ears;
mod hands;
mod machine;
mod models;
mod player;
mod room;
mod sound;
mod written;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    // The demo decodes and hears in processes of their own: this one, started again.
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    qinting_host::keep_private();
    qinting_host::init_logs("warn");
    let said: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let ended = match said.as_slice() {
        [flag, folder] if flag.as_os_str() == "--demo" => demo::show(folder),
        [room] => door::open(room, None),
        [room, built] => door::open(room, Some(built)),
        _ => {
            say("qinting-stage ROOM [BUILT] | qinting-stage --demo FOLDER");
            return ExitCode::from(2);
        }
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            say(e.code());
            ExitCode::FAILURE
        }
    }
}

/// Says why nothing is played. Whoever does not listen is told nothing.
fn say(why: &str) {
    let _ = writeln!(std::io::stderr(), "{why}");
}
