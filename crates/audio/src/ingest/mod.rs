//! Foreign bytes in, playable audio out.

mod claim;
mod codec;
mod compressed;
mod edits;
mod fault;
mod found;
mod frames;
mod head;
mod kind;
mod lay;
mod link;
mod moved;
mod mp4;
mod ogg;
mod outputs;
mod packets;
mod page;
mod pair;
mod pcm;
mod scan;
mod source;
mod stream;
mod tail;
mod wav;

pub(crate) use fault::Fault;
pub use moved::bytes_moved;
pub(crate) use source::MAX_SOURCE_BYTES;
pub use source::hash_file;
pub(crate) use stream::{HOUR_MS, MAX_HOURS};

use compressed::{CompressedStream, Known};
use found::Found;
use frames::FrameStream;
use ogg::OggStream;
use outputs::Outputs;
use pair::PairReader;
use qinting_desk::{AppError, AppResult, Cancel, Decoded, IngestRequest, Ingested, codes};
use qinting_domain::{SoundNotice, SourceFile};
use source::copy_hashed;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use stream::{PcmStream, checked_length};

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
    let names = request.called();
    if names.is_empty() || names.len() > 2 {
        return Err(AppError::new(codes::INVALID).with("field", "paths"));
    }
    let mut shown = ShownProgress {
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

/// How long the sound of a file is, in milliseconds, as it says of itself: nothing is decoded but the first of it.
/// `None` where that cannot be told, as of what is wrapped or decoded by another program.
///
/// # Errors
/// `media.*`, with the name of the file.
pub fn length_of(path: &Path) -> AppResult<Option<u64>> {
    let told = open_stream(path, true).map(|stream| {
        let frames = stream.frames_told()?;
        Some(stream.format().frames_to_ms(frames))
    });
    told.map_err(|fault| fault.into_app(&source::file_name(path)))
}

/// A fault and which of the sources it is about.
type Blamed = (Fault, usize);

struct ShownProgress<'a> {
    last: u16,
    sink: &'a mut dyn FnMut(u16),
}

impl ShownProgress<'_> {
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
    progress: &'a mut ShownProgress<'p>,
    cancel: &'a Cancel,
}

impl Run<'_, '_> {
    fn ingest(&mut self) -> Result<Ingested, Blamed> {
        let copies = self.copy_all()?;
        let mut streams = Vec::new();
        for (i, _) in copies.iter().enumerate() {
            let stream = self.open(i).map_err(|f| (f, i))?;
            // Said before twelve hours of it are written.
            if let Some(frames) = stream.frames_to_come() {
                checked_length(frames, stream.format(), self.longest_ms()).map_err(|f| (f, i))?;
            }
            streams.push(stream);
        }
        let codecs: Vec<String> = streams.iter().map(|s| s.format().codec.clone()).collect();
        let (outputs, mut found) = self.decode(streams)?;
        self.progress.at(DECODE_END);
        let mut ingested = outputs.finish(self.cancel).map_err(|f| (f, 0))?;
        for decoded in &self.request.decoded {
            if let Some(found) = found.get_mut(decoded.source) {
                found.add_gaps(&decoded.gaps);
            }
        }
        let (notices, gaps, shift_ms) = found::told(&found);
        ingested.notices.extend(notices);
        ingested.gaps = gaps;
        ingested.shift_ms = shift_ms;
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
        self.tell_decoded(&mut ingested);
        self.progress.at(1000.0);
        tracing::debug!(
            frames = ingested.frames,
            rate_hz = ingested.sample_rate_hz,
            channels = ingested.channels,
            "recording decoded"
        );
        Ok(ingested)
    }

    /// The decoder of a source, by its bytes; what a program outside of ours made of it is only read.
    fn open(&self, i: usize) -> Result<Box<dyn PcmStream>, Fault> {
        let lenient = self.request.take_what_is_there;
        if let Some(decoded) = self.decoded(i) {
            return open_stream(&decoded.audio, lenient);
        }
        let path = self.source_path(i);
        let kind = kind::of(&path, self.request.paths[i].extension())?;
        let inside = self.request.work_dir.join(format!("inside-{i}"));
        if kind::unwrapped(&path, &inside)? {
            return open_stream(&inside, lenient);
        }
        open_stream(&path, lenient).map_err(|fault| kind::named(fault, kind, &path))
    }

    /// Says of sources that were decoded outside what they were.
    fn tell_decoded(&self, ingested: &mut Ingested) {
        for decoded in &self.request.decoded {
            if let Some(source) = ingested.sources.get_mut(decoded.source) {
                source.codec.clone_from(&decoded.codec);
            }
            let codec = decoded.codec.clone();
            let notice = SoundNotice::Converted { codec };
            if !ingested.notices.contains(&notice) {
                ingested.notices.push(notice);
            }
        }
    }

    fn decoded(&self, i: usize) -> Option<&Decoded> {
        self.request.decoded.iter().find(|d| d.source == i)
    }

    fn longest_ms(&self) -> u64 {
        self.request.longest_ms.unwrap_or(MAX_HOURS * HOUR_MS)
    }

    fn source_path(&self, i: usize) -> std::path::PathBuf {
        self.request.work_dir.join(format!("source-{i}"))
    }

    fn copy_all(&mut self) -> Result<Vec<source::Copied>, Blamed> {
        let n = self.request.paths.len();
        let mut copies = Vec::new();
        for (i, path) in self.request.paths.iter().enumerate() {
            let to = self.source_path(i);
            if self.decoded(i).is_some() {
                copies.push(source::copied(&to, self.cancel).map_err(|f| (f, i))?);
                continue;
            }
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

    fn decode(
        &mut self,
        mut streams: Vec<Box<dyn PcmStream>>,
    ) -> Result<(Outputs, Vec<Found>), Blamed> {
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
            .map_err(|f| (f, 0))?
            .up_to(self.longest_ms());
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
                let found = match &pair {
                    Some(pair) => pair.found(),
                    None => streams.iter().map(|s| s.found()).collect(),
                };
                return Ok((outputs, found));
            }
            outputs.push(&samples).map_err(|f| (f, 0))?;
            self.progress
                .at(COPY_SHARE + (DECODE_END - COPY_SHARE) * fraction);
        }
    }
}

/// Finds the decoder for a copied source, by its content.
fn open_stream(path: &Path, lenient: bool) -> Result<Box<dyn PcmStream>, Fault> {
    let file = File::open(path).map_err(Fault::Unreadable)?;
    let len = file.metadata().map_err(Fault::Unreadable)?.len();
    let again = || file.try_clone().map_err(Fault::Unreadable);
    let mut known = Known::default();
    match wav::walk(again()?, len, lenient)? {
        wav::Walk::Pcm(stream) => return Ok(Box::new(stream)),
        wav::Walk::Compressed(packed) => known = packed.known(),
        wav::Walk::NotWav => {
            let mut head = [0u8; 4];
            rewound(&file)?.read_exact(&mut head).ok();
            if &head == b"OggS"
                && let Some(stream) = OggStream::open(again()?, len, lenient)?
            {
                return Ok(Box::new(stream));
            }
            if &head == b"fLaC" {
                known.promise.counted = true;
                known.promise.starts_at_zero = true;
            } else if let Some(mp4) = mp4::look(&mut again()?, len)? {
                known.promise.cut = mp4.cut;
                known.promise.counted = true;
                known.patches = mp4.patches;
                known.edits = mp4.edits;
            } else if could_be_frames(head)
                && let Some(stream) = FrameStream::open(again()?, len, lenient)?
            {
                return Ok(Box::new(stream));
            }
        }
    }
    rewound(&file)?;
    Ok(Box::new(CompressedStream::open(file, len, known, lenient)?))
}

fn rewound(mut file: &File) -> Result<&File, Fault> {
    std::io::Seek::rewind(&mut file).map_err(Fault::Unreadable)?;
    Ok(file)
}

/// Whether a file does not begin like a container that symphonia walks.
fn could_be_frames(head: [u8; 4]) -> bool {
    !matches!(
        &head,
        b"\x1A\x45\xDF\xA3" | b"FORM" | b"caff" | b"OggS" | b"RIFF"
    )
}
