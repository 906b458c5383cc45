//! `qinting export`

use crate::answer::Answer;
use crate::args::Export;
use qinting_app::{AppError, AppResult, ExportFormat, Seat, codes};
use qinting_domain::path_text;
use serde::Serialize;
use std::path::Path;

#[derive(Serialize)]
struct Written {
    format: ExportFormat,
    path: String,
    bytes: u64,
    observations: u32,
    issues: u32,
}

/// An export that is not JSON itself, on its way to a program that wants JSON.
#[derive(Serialize)]
struct Wrapped<'a> {
    format: ExportFormat,
    content: &'a str,
}

pub(crate) fn run(seat: &Seat, args: &Export) -> AppResult<Answer> {
    let format = args.format.into();
    match &args.output {
        Some(path) => to_file(seat, format, path),
        None => to_stream(seat, format),
    }
}

fn to_file(seat: &Seat, format: ExportFormat, path: &Path) -> AppResult<Answer> {
    let done = seat.export_findings_to(format, path)?;
    let text = format!(
        "{} 条观察，{} 个问题 → {}\n",
        done.observations,
        done.issues,
        crate::screen::line(&path_text::shown(path_text::from_text(&done.path)))
    );
    let written = Written {
        format,
        path: done.path,
        bytes: done.bytes,
        observations: done.observations,
        issues: done.issues,
    };
    Answer::new(&written, text)
}

fn to_stream(seat: &Seat, format: ExportFormat) -> AppResult<Answer> {
    let bytes = seat.render_findings(format)?;
    let content = String::from_utf8_lossy(&bytes);
    let json = match format {
        ExportFormat::Json => content.into_owned(),
        ExportFormat::Csv | ExportFormat::Md => serde_json::to_string_pretty(&Wrapped {
            format,
            content: &content,
        })
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))?,
    };
    Ok(Answer::document(json, bytes))
}
