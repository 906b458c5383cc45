//! `qinting export`

use crate::answer::Answer;
use crate::args::Export;
use qinting_desk::{AppError, AppResult, AtDesk, ExportFormat, codes};
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

pub(crate) fn run(at_desk: &AtDesk, args: &Export) -> AppResult<Answer> {
    let format = args.format.into();
    match &args.output {
        Some(path) => to_file(at_desk, format, path),
        None => to_stream(at_desk, format),
    }
}

fn to_file(at_desk: &AtDesk, format: ExportFormat, path: &Path) -> AppResult<Answer> {
    let done = at_desk.export_findings_to(format, path)?;
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

fn to_stream(at_desk: &AtDesk, format: ExportFormat) -> AppResult<Answer> {
    let bytes = at_desk.render_findings(format)?;
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
