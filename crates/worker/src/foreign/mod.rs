//! Codecs that phones and recorders write and we do not decode: the system's ffmpeg does it, in a
//! process of its own that gets one open file and gives raw samples. What comes out goes the way
//! every recording goes; the source is kept as it is.

mod process;
mod program;
mod words;

pub(super) use process::{Bounds, SUBCOMMAND, become_ffmpeg};
pub(super) use program::Program;

use super::client::WorkerClient;
use process::{FfmpegHeard, Run};
use qinting_desk::sniff::{self, Demuxer, Look, Reader};
use qinting_desk::{
    AppError, AppResult, Cancel, Cause, Decoded, IngestRequest, Ingested, MediaDecoder, codes,
};
use qinting_domain::Sha256;
use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Thousandths of the progress bar between which ffmpeg works: the copy is made, the rest is to come.
const SHARE: (f64, f64) = (150.0, 500.0);

/// Our own decoders in their worker, and ffmpeg for what they do not know.
pub(super) struct Decoding {
    worker: WorkerClient,
    program: Program,
    bounds: Bounds,
}

impl Decoding {
    /// With the ffmpeg of this system, if there is one.
    pub(super) fn new() -> Self {
        Self::with(Program::OfSystem, Bounds::default())
    }

    pub(super) fn with(program: Program, bounds: Bounds) -> Self {
        Self {
            worker: WorkerClient::for_media(bounds.stall),
            program,
            bounds,
        }
    }

    /// Has ffmpeg decode the source that `refusal` is about. The copy in the work folder is what it
    /// reads: its hash is the one that is kept.
    fn decode(
        &self,
        request: &IngestRequest,
        refusal: AppError,
        progress: &mut dyn FnMut(f64),
        cancel: &Cancel,
    ) -> AppResult<Decoded> {
        let Some(source) = blamed(request, &refusal) else {
            return Err(refusal);
        };
        let copy = request.work_dir.join(format!("source-{source}"));
        let Some(demuxer) =
            demuxer_of(&copy, request.paths.get(source).and_then(|p| p.extension()))
        else {
            return Err(refusal);
        };
        let Some(program) = self.program.find() else {
            return Err(without_ffmpeg(refusal));
        };
        let audio = request.work_dir.join(format!("decoded-{source}.wav"));
        let file = File::open(&copy).map_err(|e| failed(&refusal, codes::MEDIA_UNREADABLE, e))?;
        let run = Run {
            program: &program,
            demuxer,
            bounds: self.bounds,
        };
        let heard = run
            .go(file, &audio, progress, cancel)
            .map_err(|e| of_file(e, &refusal))?;
        judged(&heard, &refusal)?;
        Ok(Decoded {
            source,
            audio,
            codec: words_of(&refusal, heard.words.codec()),
            gaps: heard.words.gaps,
        })
    }
}

/// Which source a refusal is about. Two halves of one name are told apart by having been done.
fn blamed(request: &IngestRequest, refusal: &AppError) -> Option<usize> {
    let name = refusal.note.args.get("name")?;
    let called = request.called().into_iter().enumerate();
    let mut is_it =
        called.map(|(i, its)| its == *name && request.decoded.iter().all(|d| d.source != i));
    is_it.position(|it| it)
}

fn demuxer_of(copy: &Path, ending: Option<&OsStr>) -> Option<Demuxer> {
    let mut head = Vec::with_capacity(sniff::HEAD_BYTES);
    let file = File::open(copy).ok()?;
    file.take(sniff::HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .ok()?;
    match sniff::look(&head, ending) {
        Look::Recording(kind) => match kind.reader {
            Reader::Foreign(demuxer) | Reader::OursFirst(demuxer) => Some(demuxer),
            Reader::Ours | Reader::Nobody => None,
        },
        _ => None,
    }
}

/// The same refusal with another code.
fn failed(refusal: &AppError, code: &str, why: impl Cause) -> AppError {
    let mut error = AppError::new(code).because(why);
    error.note.args.clone_from(&refusal.note.args);
    error
}

/// What a run ended with, said of the file.
fn of_file(error: AppError, refusal: &AppError) -> AppError {
    match refusal.note.args.get("name") {
        Some(name) if error.code() != codes::CANCELLED => error.with("name", name),
        _ => error,
    }
}

fn without_ffmpeg(refusal: AppError) -> AppError {
    failed(&refusal, codes::MEDIA_NEEDS_FFMPEG, "no ffmpeg on the path")
}

/// What ffmpeg's end means.
fn judged(heard: &FfmpegHeard, refusal: &AppError) -> AppResult<()> {
    match (heard.has_sound, heard.succeeded) {
        (true, true) => Ok(()),
        (true, false) => Err(failed(
            refusal,
            codes::MEDIA_BROKEN,
            "ffmpeg gave up half-way",
        )),
        (false, _) if heard.words.codec().is_some() => Err(failed(
            refusal,
            codes::MEDIA_UNSUPPORTED,
            "ffmpeg gave no sound",
        )),
        (false, _) => Err(failed(
            refusal,
            codes::MEDIA_NOT_AUDIO,
            "ffmpeg found no sound",
        )),
    }
}

/// Container and codec in words; what ffmpeg calls it is surer than our first look.
fn words_of(refusal: &AppError, codec: Option<String>) -> String {
    let ours = refusal.note.args.get("codec").cloned().unwrap_or_default();
    match (ours.split_once('/'), codec) {
        (Some((container, _)), Some(codec)) => format!("{container}/{codec}"),
        (None, Some(codec)) => codec,
        (_, None) => ours,
    }
}

impl MediaDecoder for Decoding {
    fn ingest(
        &self,
        request: &IngestRequest,
        progress: &mut dyn FnMut(u16),
        cancel: &Cancel,
    ) -> AppResult<Ingested> {
        let mut highest = 0;
        let mut rising = |permille: u16| {
            if permille > highest {
                highest = permille;
                progress(permille);
            }
        };
        let mut request = request.clone();
        loop {
            let refusal = match self.worker.ingest(&request, &mut rising, cancel) {
                Err(e) if e.code() == codes::MEDIA_UNSUPPORTED => e,
                done => return done,
            };
            let mut part = |f: f64| rising((SHARE.0 + (SHARE.1 - SHARE.0) * f) as u16);
            let decoded = self.decode(&request, refusal, &mut part, cancel)?;
            request.decoded.push(decoded);
        }
    }

    fn hash(&self, path: &Path, cancel: &Cancel) -> AppResult<Sha256> {
        self.worker.hash(path, cancel)
    }

    fn lengths(&self, paths: &[PathBuf], cancel: &Cancel) -> AppResult<Vec<Option<u64>>> {
        self.worker.lengths(paths, cancel)
    }

    fn outside(&self) -> Option<String> {
        self.program.version()
    }
}
