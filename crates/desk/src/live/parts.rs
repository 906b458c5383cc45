//! The files a capture left, as they are and as they were promised.

use crate::desk::Desk;
use crate::live::ports::RepairedPart;
use qinting_app::*;
use qinting_domain::*;

/// One file of a recording.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) file: LentFile,
    /// Where it begins, in milliseconds from recording start.
    pub(super) start_ms: u64,
    /// What was promised of it, in milliseconds.
    pub(super) promised_ms: u64,
    /// What is there, in milliseconds…
    pub(super) length_ms: u64,
    /// …and in frames.
    pub(super) frames: u64,
    /// Less is there than was promised.
    pub(super) is_short: bool,
}

impl Part {
    pub(super) fn end_ms(&self) -> u64 {
        self.start_ms + self.length_ms
    }
}

impl Desk {
    /// Looks at every file of a recording and mends what a dead process left. A file without a row
    /// was begun in the last moment; a row without a file promised what is not there.
    pub(super) fn look_at_parts(&self, recording: RecordingId) -> AppResult<Vec<Part>> {
        let capture = self.machine.capture.as_ref();
        let capture = capture.ok_or_else(|| {
            AppError::new(codes::INTERNAL).because("files of a capture without a capture")
        })?;
        let folder = self.machine.media.live(recording)?;
        let rows = self.ports.store.parts_of(recording)?;
        let mut files: Vec<(Option<CapturePart>, PartName)> = rows
            .into_iter()
            .map(|row| {
                let name = row.file.clone();
                (Some(row), name)
            })
            .collect();
        let there = folder.names()?;
        for name in &there {
            if !files.iter().any(|(_, known)| known == name) {
                files.push((None, name.clone()));
            }
        }
        files.sort_by(|a, b| a.1.cmp(&b.1));
        let mut parts: Vec<Part> = Vec::with_capacity(files.len());
        for (row, name) in files {
            let file = folder.lend(&name);
            let after = parts.last().map_or(0, Part::end_ms);
            let mended = match there.contains(&name) {
                true => Some(capture.repair(&*folder, &name)?),
                false => None,
            };
            parts.push(part_of(row.as_ref(), mended, file, after));
        }
        Ok(parts)
    }
}

fn part_of(
    row: Option<&CapturePart>,
    mended: Option<RepairedPart>,
    file: LentFile,
    after_ms: u64,
) -> Part {
    let ms = |frames: u64, hz: u32| frames * 1000 / u64::from(hz.max(1));
    Part {
        file,
        start_ms: row.map_or(after_ms, CapturePart::start_ms),
        promised_ms: row.map_or(0, |r| ms(r.frames, r.sample_rate_hz)),
        length_ms: mended.map_or(0, |m| ms(m.frames, m.sample_rate_hz)),
        frames: mended.map_or(0, |m| m.frames),
        is_short: mended.map_or(0, |m| m.frames) < row.map_or(0, |r| r.frames),
    }
}
