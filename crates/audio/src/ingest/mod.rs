//! Foreign bytes in, playable audio out.

mod compressed;
mod fault;
mod moved;
mod outputs;
mod promise;
mod source;
mod stream;
mod wav;

pub(crate) use fault::Fault;
pub use moved::bytes_moved;
pub use source::hash_file;

use compressed::CompressedStream;
use outputs::{Outputs, PairReader};
use qinting_app::{AppError, AppResult, Cancel, IngestRequest, Ingested, codes};
use qinting_domain::SourceFile;
use source::{copy_hashed, file_name};
use std::fs::File;
use std::path::Path;
use stream::PcmStream;

/// Thousandths of the progress bar that copying takes.
const COPY_SHARE: f64 = 150.0;
/// Thousandths at which decoding is over and only hashing is left.
const DECODE_END: f64 = 970.0;

/// Streams the sources of one recording into `request.work_dir`: copies (`source-N`), playable
/// audio (`audio.wav`), and peaks (`audio.peaks`). `progress` gets thousandths, never falling.
pub fn ingest(
    request: &IngestRequest,
    progress: &mut dyn FnMut(u16),
    cancel: &Cancel,
) -> AppResult<Ingested> {
    let names: Vec<String> = request.paths.iter().map(|p| file_name(p)).collect();
    if names.is_empty() || names.len() > 2 {
        return Err(AppError::new(codes::INVALID).with("field", "paths"));
    }
    let mut shown = Shown {
        last: 0,
        sink: progress,
    };
    let mut run = Run {
        request,
        names: &names,
        progress: &mut shown,
        cancel,
    };
    run.ingest()
        .map_err(|(fault, who)| fault.into_app(&names[who]))
}

/// A fault and which of the sources it is about.
type Blamed = (Fault, usize);

struct Shown<'a> {
    last: u16,
    sink: &'a mut dyn FnMut(u16),
}

impl Shown<'_> {
    fn at(&mut self, permille: f64) {
        let now = permille.clamp(0.0, 1000.0) as u16;
        if now > self.last {
            self.last = now;
            (self.sink)(now);
        }
    }
}

struct Run<'a, 'p> {
    request: &'a IngestRequest,
    names: &'a [String],
    progress: &'a mut Shown<'p>,
    cancel: &'a Cancel,
}

impl Run<'_, '_> {
    fn ingest(&mut self) -> Result<Ingested, Blamed> {
        let copies = self.copy_all()?;
        let mut streams = Vec::new();
        for (i, _) in copies.iter().enumerate() {
            streams.push(open_stream(&self.source_path(i)).map_err(|f| (f, i))?);
        }
        let codecs: Vec<String> = streams.iter().map(|s| s.format().codec.clone()).collect();
        let outputs = self.decode(streams)?;
        self.progress.at(DECODE_END);
        let mut ingested = outputs.finish(self.cancel).map_err(|f| (f, 0))?;
        ingested.sources = copies
            .into_iter()
            .zip(codecs)
            .zip(self.names)
            .map(|((copied, codec), name)| SourceFile {
                sha256: copied.sha256,
                name: name.clone(),
                bytes: copied.bytes,
                codec,
            })
            .collect();
        self.progress.at(1000.0);
        tracing::debug!(
            frames = ingested.frames,
            rate_hz = ingested.sample_rate_hz,
            channels = ingested.channels,
            "recording decoded"
        );
        Ok(ingested)
    }

    fn source_path(&self, i: usize) -> std::path::PathBuf {
        self.request.work_dir.join(format!("source-{i}"))
    }

    fn copy_all(&mut self) -> Result<Vec<source::Copied>, Blamed> {
        let n = self.request.paths.len();
        let mut copies = Vec::new();
        for (i, path) in self.request.paths.iter().enumerate() {
            let to = self.source_path(i);
            let share = COPY_SHARE / n as f64;
            let done = share * i as f64;
            let progress = &mut self.progress;
            let copied = copy_hashed(path, &to, self.cancel, &mut |f| {
                progress.at(done + share * f);
            });
            copies.push(copied.map_err(|f| (f, i))?);
        }
        Ok(copies)
    }

    fn decode(&mut self, mut streams: Vec<Box<dyn PcmStream>>) -> Result<Outputs, Blamed> {
        let mut pair = match (streams.pop(), streams.pop()) {
            (Some(second), Some(first)) => Some(PairReader::new(first, second)?),
            (Some(only), None) => {
                streams.push(only);
                None
            }
            _ => None,
        };
        let format = match (&pair, streams.first()) {
            (Some(pair), _) => pair.format().clone(),
            (None, Some(only)) => only.format().clone(),
            // `ingest` let only one or two paths through, and each gave a stream.
            (None, None) => return Err((Fault::Empty, 0)),
        };
        let request = self.request;
        let mut outputs = Outputs::create(&request.work_dir, &format, request.keep_both_lanes)
            .map_err(|f| (f, 0))?;
        let mut samples = Vec::new();
        loop {
            if self.cancel.is_cancelled() {
                return Err((Fault::Cancelled, 0));
            }
            samples.clear();
            let (more, fraction) = match &mut pair {
                Some(pair) => (pair.read(&mut samples)?, pair.fraction()),
                None => {
                    let only = &mut streams[0];
                    (
                        only.read(&mut samples).map_err(|f| (f, 0))?,
                        only.fraction(),
                    )
                }
            };
            if !more {
                return Ok(outputs);
            }
            outputs.push(&samples).map_err(|f| (f, 0))?;
            self.progress
                .at(COPY_SHARE + (DECODE_END - COPY_SHARE) * fraction);
        }
    }
}

/// Finds the decoder for a copied source, by its content.
fn open_stream(path: &Path) -> Result<Box<dyn PcmStream>, Fault> {
    let mut file = File::open(path).map_err(Fault::Unreadable)?;
    let len = file.metadata().map_err(Fault::Unreadable)?.len();
    let again = file.try_clone().map_err(Fault::Unreadable)?;
    match wav::walk(again, len)? {
        wav::Walk::Pcm(stream) => return Ok(Box::new(stream)),
        wav::Walk::Compressed | wav::Walk::NotWav => {}
    }
    let promise = promise::look(&mut file, len)?;
    std::io::Seek::rewind(&mut file).map_err(Fault::Unreadable)?;
    Ok(Box::new(CompressedStream::open(file, len, promise)?))
}
