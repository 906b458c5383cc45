//! `qinting`: the same use cases without a window. No logic of its own: arguments in, a use case,
//! an answer for people or (`--json`) for programs out.

mod answer;
mod args;
mod commands;
mod exit;
mod find;
mod progress;
mod screen;
mod words;

use args::Args;
use clap::Parser;
use qinting_desk::AppError;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    // The same binary is also the process that decodes foreign files and runs the engine.
    if let Some(code) = qinting_host::run_if_worker() {
        return code;
    }
    qinting_host::keep_private();
    qinting_host::forbid_looking_in();
    // People get words; logs come only when asked for (QINTING_LOG=info).
    qinting_host::init_logs("off");
    qinting_host::prepare_sound();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(refused) => return usage(&refused),
    };
    let json = args.json;
    match commands::run(args) {
        Ok(answer) => {
            let code = answer.exit;
            written(
                std::io::stdout().lock().write_all(&answer.bytes(json)),
                code,
            )
        }
        Err(error) => failed(&error, json),
    }
}

/// Reports an error: an object for programs, two lines for people.
fn failed(error: &AppError, json: bool) -> ExitCode {
    tracing::error!(error = %error.kind(), "command failed");
    let code = exit::of(error);
    let result = if json {
        std::io::stdout()
            .lock()
            .write_all(&words::as_json(&error.note))
    } else {
        std::io::stderr()
            .lock()
            .write_all(words::as_text(&error.note).as_bytes())
    };
    written(result, code)
}

/// A reader that went away (`qinting cases | head`) is no failure; any other refusal is.
fn written(result: std::io::Result<()>, code: u8) -> ExitCode {
    let flushed = result.and_then(|()| std::io::stdout().flush());
    match flushed {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => ExitCode::from(exit::ERROR),
        _ => ExitCode::from(code),
    }
}

/// Help and version come the same way as refusals, but are none.
fn usage(refused: &clap::Error) -> ExitCode {
    // Nothing is left to do when even the terminal refuses.
    let _ = refused.print();
    if !refused.use_stderr() {
        return ExitCode::SUCCESS;
    }
    if std::env::args_os().any(|a| a == "--json") {
        return failed(&AppError::new(words::USAGE), true);
    }
    ExitCode::from(exit::USAGE)
}
