//! MP3 and its kin, and raw AAC: frames without a container. They carry no time, so the bytes rule:
//! what lies between two frames and is none becomes silence of its length.

use super::codec::Codec;
use super::edits::Edits;
use super::fault::Fault;
use super::found::Found;
use super::head::{Count, Head};
use super::lay::{self, Lay};
use super::scan::{Scan, Step};
use super::stream::{PcmFormat, PcmStream, checked_frames};
use std::collections::VecDeque;
use std::fs::File;

/// A count may be this many frames more than there are.
const COUNT_SLACK: u64 = 2;
/// Frames that the length of a hole is judged by, where they differ in size.
const NEAR: usize = 128;
/// What is no frame before the first and behind the last is told from this length on.
const EDGE_MS: u64 = 1000;

/// What a first pass over the headers found.
#[derive(Clone, Debug, Default)]
struct Survey {
    count: Option<Count>,
    frames: u64,
    /// Bytes of frames, and the sizes of the smallest and the largest.
    bytes: u64,
    sizes: Option<(usize, usize)>,
    /// Bytes between frames that are none.
    junk: u64,
    rate_hz: u32,
    channels: u16,
    one_shape: bool,
}

impl Survey {
    fn of(mut scan: Scan) -> Result<Option<(Self, Head)>, Fault> {
        let mut survey = Self {
            one_shape: true,
            ..Self::default()
        };
        let mut first: Option<Head> = None;
        while let Some(step) = scan.next()? {
            match step {
                Step::Frame { head, .. } => {
                    let is_first_shape = first.get_or_insert(head).is_like(&head);
                    survey.one_shape &= is_first_shape;
                    survey.rate_hz = survey.rate_hz.max(head.sample_rate_hz);
                    survey.channels = survey.channels.max(head.channels);
                    survey.frames += 1;
                    survey.bytes += head.size as u64;
                    let (low, high) = survey.sizes.unwrap_or((head.size, head.size));
                    survey.sizes = Some((low.min(head.size), high.max(head.size)));
                }
                // Only the first frame counts all of them.
                Step::Count(count) if survey.frames == 0 && survey.count.is_none() => {
                    survey.count = Some(count);
                }
                Step::Junk { bytes } => survey.junk += bytes,
                Step::Count(_) | Step::Partial => {}
            }
        }
        Ok(first.map(|first| (survey, first)))
    }

    /// All frames are of one size, but for a byte of padding (four, in the first layer).
    fn is_even(&self) -> bool {
        self.sizes.is_some_and(|(low, high)| high - low <= 4)
    }

    fn counted(&self) -> Option<u64> {
        self.count.and_then(|count| count.frames)
    }

    /// Frames that a hole of `bytes` swallowed, where the frames near it have `near` bytes each.
    fn lost(&self, bytes: u64, near: Option<f64>) -> u64 {
        let mean = self.bytes as f64 / self.frames.max(1) as f64;
        let size = match self.counted() {
            _ if self.is_even() => mean,
            Some(n) if n > self.frames => self.junk as f64 / (n - self.frames) as f64,
            Some(_) => return 0,
            None => near.unwrap_or(mean),
        };
        (bytes as f64 / size.max(1.0)).round() as u64
    }
}

/// A decoder for a stream of frames.
pub(crate) struct FrameStream {
    scan: Scan,
    survey: Survey,
    codec: Codec,
    codec_of: Head,
    format: PcmFormat,
    edits: Edits,
    lay: Lay,
    near: VecDeque<usize>,
    /// Decoded frames so far, in the shape of the whole.
    end: u64,
    /// The stretch of one rate that this is in: where it began, its rate, its own frames.
    run: (u64, u32, u64),
    frames: u64,
    lost: u64,
    bad: u64,
    cut: Option<Option<u64>>,
    lenient: bool,
    over: bool,
}

impl FrameStream {
    /// Opens a stream of frames; `None` if there is none.
    pub(crate) fn open(file: File, len: u64, lenient: bool) -> Result<Option<Self>, Fault> {
        let Some(scan) = Scan::open(file, len)? else {
            return Ok(None);
        };
        let Some((survey, first)) = Survey::of(scan.again()?)? else {
            return Ok(None);
        };
        let codec = Codec::new(&first.params())?;
        let format = PcmFormat {
            codec: codec.word().to_owned(),
            ..PcmFormat::checked(survey.rate_hz, survey.channels)?
        };
        Ok(Some(Self {
            edits: kept(&survey, &first).in_frames(survey.rate_hz),
            lay: Lay::new(&format),
            scan,
            survey,
            codec,
            codec_of: first,
            format,
            near: VecDeque::new(),
            end: 0,
            run: (0, 0, 0),
            frames: 0,
            lost: 0,
            bad: 0,
            cut: None,
            lenient,
            over: false,
        }))
    }

    fn step(&mut self) -> Result<(), Fault> {
        match self.scan.next()? {
            None => {
                self.lay.flush();
                return self.ended();
            }
            Some(Step::Frame { at, head }) => self.frame(at, head)?,
            Some(Step::Junk { bytes }) => self.junk(bytes),
            Some(Step::Count(_) | Step::Partial) => {}
        }
        checked_frames(self.lay.at(), &self.format)
    }

    fn frame(&mut self, at: u64, head: Head) -> Result<(), Fault> {
        if !head.is_like(&self.codec_of) {
            self.codec = Codec::new(&head.params())?;
            self.codec_of = head;
        }
        self.frames += 1;
        self.near.push_back(head.size);
        if self.near.len() > NEAR {
            self.near.pop_front();
        }
        let frames = self.pass(head.samples, head.sample_rate_hz);
        let from = self.end - frames;
        let piece = self
            .codec
            .decode(self.scan.frame(at, &head)?, head.samples)?;
        let channels = usize::from(head.channels);
        for kept in self.edits.of(from, frames) {
            match &piece {
                Some(piece) if piece.channels == head.channels => {
                    let index = |frame: u64| {
                        let own = frame * u64::from(piece.sample_rate_hz);
                        let own = own / u64::from(self.format.sample_rate_hz);
                        let all = piece.samples.len();
                        if frame < frames {
                            (own as usize * channels).min(all)
                        } else {
                            all
                        }
                    };
                    self.lay.sound(super::codec::Piece {
                        samples: piece.samples[index(kept.from)..index(kept.to)].to_vec(),
                        ..*piece
                    });
                }
                _ => self.lay.hole(kept.to - kept.from),
            }
        }
        self.bad += u64::from(piece.is_none());
        Ok(())
    }

    /// Moves the end on by `samples` of `rate_hz`; gives the frames of the whole that are.
    fn pass(&mut self, samples: u64, rate_hz: u32) -> u64 {
        if rate_hz != self.run.1 {
            self.run = (self.end, rate_hz, 0);
        }
        self.run.2 += samples;
        let end = self.run.0 + self.lay.scaled(self.run.2, rate_hz);
        let frames = end - self.end;
        self.end = end;
        frames
    }

    fn junk(&mut self, bytes: u64) {
        let near: usize = self.near.iter().sum();
        let near = (!self.near.is_empty()).then(|| near as f64 / self.near.len() as f64);
        let lost = self.survey.lost(bytes, near);
        let head = self.codec_of;
        let samples = lost * head.samples;
        let at_edge = self.frames == 0 || self.frames >= self.survey.frames;
        let edge = u64::from(head.sample_rate_hz) * EDGE_MS / 1000;
        let is_known = self
            .survey
            .counted()
            .is_some_and(|n| n > self.survey.frames);
        if at_edge && !is_known && samples < edge {
            return;
        }
        self.codec.reset();
        self.lost += lost;
        let frames = self.pass(samples, head.sample_rate_hz);
        for kept in self.edits.of(self.end - frames, frames) {
            self.lay.hole(kept.to - kept.from);
        }
    }

    fn ended(&mut self) -> Result<(), Fault> {
        self.over = true;
        let there = self.frames + self.lost;
        let missing = self.survey.counted().unwrap_or(0).saturating_sub(there);
        if missing > COUNT_SLACK && self.survey.one_shape {
            if !self.lenient {
                return Err(Fault::Truncated {
                    got_ms: self.format.frames_to_ms(self.lay.at()),
                });
            }
            let frames = self.codec_of.samples * missing;
            let missing = self.lay.scaled(frames, self.codec_of.sample_rate_hz);
            self.cut = Some(Some(self.format.frames_to_ms(missing)));
        }
        if (self.bad + self.lost) > self.frames - self.bad && !self.lenient {
            return Err(Fault::Broken("more errors than sound".into()));
        }
        Ok(())
    }
}

/// What of the decoded sound is the recording: the encoder's delay and padding are not.
fn kept(survey: &Survey, first: &Head) -> Edits {
    let count = survey.count.unwrap_or_default();
    let whole = count.frames.filter(|_| survey.one_shape);
    let to = whole
        .filter(|&n| n <= survey.frames + COUNT_SLACK || survey.junk > 0)
        .filter(|&n| n >= survey.frames)
        .map(|n| (n * first.samples).saturating_sub(count.padding))
        .filter(|&to| to > count.delay);
    Edits {
        timescale: first.sample_rate_hz,
        lead: 0,
        kept: vec![(count.delay, to)],
    }
}

impl PcmStream for FrameStream {
    fn frames_told(&self) -> Option<u64> {
        let frames = self.survey.frames.saturating_mul(self.codec_of.samples);
        self.survey.one_shape.then_some(frames)
    }

    fn format(&self) -> &PcmFormat {
        &self.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        lay::read(self, |s| &mut s.lay, |s| s.over, Self::step, out)
    }

    fn fraction(&self) -> f64 {
        self.scan.fraction()
    }

    fn found(&self) -> Found {
        Found {
            cut: self.cut,
            holes: self.lay.holes.clone(),
            sample_rate_hz: self.format.sample_rate_hz,
            reshaped: self.lay.reshaped,
            ..Found::default()
        }
    }
}
