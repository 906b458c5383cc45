//! From a stretch of the recording to frames for the device: read, stretch in time with the pitch
//! kept, resample, fade the edges. Every frame knows its place exactly.

use super::mixer::{FADE_S, Frame, PLACES_PER_MS};
use audioadapter_buffers::direct::InterleavedSlice;
use qinting_desk::Bytes;
use rtrb::Producer;
use rubato::{Fft, FixedSync, Resampler};
use signalsmith_stretch::Stretch;
use std::io::BufReader;

/// The playable WAV of a recording.
pub(super) struct PcmFile {
    reader: hound::WavReader<BufReader<Box<dyn Bytes>>>,
    at: u64,
    pub frames: u64,
    pub rate_hz: u32,
    pub channels: usize,
}

impl PcmFile {
    pub(super) fn open(bytes: Box<dyn Bytes>) -> Result<Self, hound::Error> {
        let reader = hound::WavReader::new(BufReader::new(bytes))?;
        let spec = reader.spec();
        let ours = spec.bits_per_sample == 16
            && spec.sample_format == hound::SampleFormat::Int
            && (1..=2).contains(&spec.channels)
            && spec.sample_rate > 0;
        if !ours {
            return Err(hound::Error::Unsupported);
        }
        Ok(Self {
            at: 0,
            frames: u64::from(reader.duration()),
            rate_hz: spec.sample_rate,
            channels: usize::from(spec.channels),
            reader,
        })
    }

    /// Appends `n` interleaved frames from `from`; silence before the start and past the end.
    fn read(&mut self, from: i64, n: usize, out: &mut Vec<f32>) {
        let wanted = out.len() + n * self.channels;
        let before = (-from).clamp(0, n as i64) as usize;
        out.resize(out.len() + before * self.channels, 0.0);
        let start = (from + before as i64).max(0) as u64;
        let there = self.frames.saturating_sub(start).min((n - before) as u64) as usize;
        // RIFF sizes are 32-bit, so every frame has a 32-bit number.
        if there > 0 && (self.at == start || self.reader.seek(start as u32).is_ok()) {
            let samples = self.reader.samples::<i16>().take(there * self.channels);
            out.extend(
                samples
                    .map_while(Result::ok)
                    .map(|s| f32::from(s) / 32768.0),
            );
            self.at = start + there as u64;
        }
        out.resize(wanted, 0.0);
    }
}

/// One contiguous stretch being rendered at one speed.
pub(super) struct Render {
    start: u64,
    end: u64,
    /// Source frames per device frame.
    step: f64,
    produced: u64,
    total: u64,
    fade: u64,
    read_at: i64,
    stretch: Option<Stretch>,
    resampler: Option<Fft<f32>>,
    speed: f64,
    chunk: usize,
    chunks: u64,
    discard: usize,
    input: Vec<f32>,
    stretched: Vec<f32>,
    ready: Vec<f32>,
    taken: usize,
}

impl Render {
    /// Prepares source frames `start..end` for a device at `rate_hz`.
    pub(super) fn new(pcm: &PcmFile, start: u64, end: u64, speed: f64, rate_hz: u32) -> Self {
        let source = f64::from(pcm.rate_hz);
        let ratio = f64::from(rate_hz) / source;
        let stretch =
            (speed != 1.0).then(|| Stretch::preset_default(pcm.channels as u32, pcm.rate_hz));
        let resampler = (pcm.rate_hz != rate_hz)
            .then(|| {
                let (from, to) = (pcm.rate_hz as usize, rate_hz as usize);
                Fft::new(from, to, from / 50, pcm.channels, FixedSync::Input).ok()
            })
            .flatten();
        let chunk = resampler
            .as_ref()
            .map_or(pcm.rate_hz as usize / 50, |r| r.input_frames_next());
        // Filters hear what comes before the edge, and their delay is thrown away.
        let lead = source * if stretch.is_some() { 0.15 } else { 0.02 };
        let lead = lead.round();
        let latency = stretch.as_ref().map_or(0.0, |s| {
            s.input_latency() as f64 + s.output_latency() as f64 * speed
        });
        let delay = resampler.as_ref().map_or(0, |r| r.output_delay());
        let step = speed / ratio;
        Self {
            start,
            end,
            step,
            produced: 0,
            total: ((end - start) as f64 / step).round() as u64,
            fade: (f64::from(rate_hz) * FADE_S).round() as u64,
            read_at: start as i64 - lead as i64,
            discard: ((lead + latency) / step).round() as usize + delay,
            stretch,
            resampler,
            speed,
            chunk,
            chunks: 0,
            input: Vec::new(),
            stretched: Vec::new(),
            ready: Vec::new(),
            taken: 0,
        }
    }

    /// Ends the stretch after a fade from here: the next one goes on at [`Render::end_frame`].
    pub(super) fn cut(&mut self) {
        self.total = self.total.min(self.produced + self.fade);
    }

    pub(super) fn is_done(&self) -> bool {
        self.produced >= self.total
    }

    /// Source frame at which the stretch ends.
    pub(super) fn end_frame(&self) -> u64 {
        let at = self.start + (self.total as f64 * self.step).round() as u64;
        if at + 4 >= self.end { self.end } else { at }
    }

    /// Pushes frames until the ring is full or the stretch is done.
    pub(super) fn push(&mut self, pcm: &mut PcmFile, run: u32, ring: &mut Producer<Frame>) {
        let channels = pcm.channels;
        let per_frame = PLACES_PER_MS * 1000.0 / f64::from(pcm.rate_hz);
        while !self.is_done() && !ring.is_full() {
            if self.taken + channels > self.ready.len() {
                self.more(pcm);
                continue;
            }
            let sound = &self.ready[self.taken..self.taken + channels];
            let edge = (self.produced + 1).min(self.total - self.produced);
            let level = (edge as f32 / self.fade as f32).min(1.0);
            let place = (self.start as f64 + self.produced as f64 * self.step) * per_frame;
            let lanes = [sound[0] * level, sound.get(1).map_or(0.0, |s| s * level)];
            self.taken += channels;
            self.produced += 1;
            // Checked above: the ring has room, and this is its only producer.
            let _ = ring.push(Frame {
                lanes,
                place: place as u32,
                run,
            });
        }
    }

    /// Makes one more chunk ready.
    fn more(&mut self, pcm: &mut PcmFile) {
        let channels = pcm.channels;
        let through = |n: u64| (n as f64 * self.chunk as f64 * self.speed).round() as u64;
        let frames = (through(self.chunks + 1) - through(self.chunks)) as usize;
        self.chunks += 1;
        self.input.clear();
        pcm.read(self.read_at, frames, &mut self.input);
        self.read_at += frames as i64;
        let sound = match &mut self.stretch {
            Some(stretch) => {
                self.stretched.clear();
                self.stretched.resize(self.chunk * channels, 0.0);
                stretch.process(&self.input, &mut self.stretched);
                &self.stretched
            }
            None => &self.input,
        };
        self.ready.clear();
        match &mut self.resampler {
            Some(resampler) => {
                let room = resampler.output_frames_max();
                self.ready.resize(room * channels, 0.0);
                let made = resample(resampler, sound, &mut self.ready, channels);
                self.ready.truncate(made * channels);
            }
            None => self.ready.extend_from_slice(sound),
        }
        let skip = self.discard.min(self.ready.len() / channels);
        self.discard -= skip;
        self.taken = skip * channels;
    }
}

fn resample(resampler: &mut Fft<f32>, from: &[f32], to: &mut [f32], channels: usize) -> usize {
    let (frames_in, frames_out) = (from.len() / channels, to.len() / channels);
    let made = InterleavedSlice::new(from, channels, frames_in)
        .ok()
        .and_then(|input| {
            let mut output = InterleavedSlice::new_mut(to, channels, frames_out).ok()?;
            resampler
                .process_into_buffer(&input, &mut output, None)
                .ok()
        });
    match made {
        Some((_, n)) => n,
        None => {
            // The sizes are the resampler's own, so this cannot happen; silence keeps time if it does.
            to.fill(0.0);
            frames_out
        }
    }
}
