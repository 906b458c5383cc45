//! Voice activity: where somebody speaks, to a few milliseconds.
//!
//! A small neural detector says *whether*; the level, in steps of 4 ms, says *when*: the detector
//! answers 60–70 ms late, and a click on a transcript row must not miss the first syllable.

mod cross_talk;
mod floor;
mod utterance;

use crate::steadiness::Steadiness;
use cross_talk::Beside;
use earshot::Detector;
use floor::Floor;
use std::collections::VecDeque;
pub(crate) use utterance::{Cut, Span, Utterance, ms};

/// Samples per frame (16 ms), what the detector takes.
pub(crate) const FRAME: usize = 256;
/// Samples per level step (4 ms).
const STEP: usize = 64;
const STEPS: usize = FRAME / STEP;

/// Score that opens speech.
const OPEN: f32 = 0.5;
/// Score below which a frame is quiet.
const SHUT: f32 = 0.35;
/// A step this far above the noise floor is sound, in dB.
const LOUD_DB: f32 = 6.0;
/// A frame less than this above the floor is quiet whatever the detector says, in dB.
const QUIET_DB: f32 = 4.0;
/// Quiet frames that end an island (96 ms): longer than the closure of a stop consonant.
const ISLAND_GAP: usize = 6;
/// Silence that ends an utterance, in frames (448 ms).
const UTTERANCE_GAP: u64 = 28;
/// Look-back for the onset, in steps (240 ms).
const LOOK_BACK: usize = 60;
/// Quiet steps an onset may reach over (16 ms): the burst of a plosive stands apart.
const ONSET_HOLE: usize = 4;
/// Speech an utterance needs at least, in samples (160 ms): below lie clicks.
pub(crate) const MIN_SPEECH: u64 = 2_560;
/// Frames per judgement whether a sound stands still (1.5 s).
const STILL_PIECE: usize = 94;
/// Share of steady frames from which a piece is a tone or music.
const STILL_SHARE: f32 = 0.3;
/// Frames kept while nobody speaks.
const KEEP: usize = 48;

#[derive(Clone, Copy)]
struct Frame {
    steps_db: [f32; STEPS],
    level_db: f32,
    score: f32,
    steady: bool,
    /// What sounds in it is the other lane's.
    others: bool,
}

/// Finds the utterances of one channel as its audio streams by.
pub(crate) struct VoiceActivity {
    detector: Box<Detector>,
    steadiness: Steadiness,
    floor: Floor,
    rest: Vec<f32>,
    last_sample: f32,
    frames: VecDeque<Frame>,
    /// Number of the first frame in `frames`.
    first: u64,
    /// Start of the open island.
    open: Option<u64>,
    quiet: usize,
    islands: Vec<Span>,
    last_end: u64,
    cut: Cut,
    beside: Beside,
    /// Measured, not judged yet.
    fresh: VecDeque<Frame>,
}

impl VoiceActivity {
    pub(crate) fn new(cut: Cut) -> Self {
        Self::starting_at(0, cut)
    }

    /// The first sample will be that of this frame.
    pub(crate) fn starting_at(frame: u64, cut: Cut) -> Self {
        Self {
            detector: Detector::default_boxed(),
            steadiness: Steadiness::new(),
            floor: Floor::default(),
            rest: Vec::with_capacity(FRAME),
            last_sample: 0.0,
            frames: VecDeque::new(),
            first: frame,
            open: None,
            quiet: 0,
            islands: Vec::new(),
            last_end: frame * FRAME as u64,
            cut,
            beside: Beside::default(),
            fresh: VecDeque::new(),
        }
    }

    /// Takes audio at 16 kHz within ±1. Gives how loud it was, in dB by frame, from this frame on: the
    /// lane beside it wants to know.
    pub(crate) fn push(&mut self, samples: &[f32]) -> (u64, Vec<f32>) {
        self.rest.extend_from_slice(samples);
        let whole = self.rest.len() / FRAME * FRAME;
        let taken: Vec<f32> = self.rest.drain(..whole).collect();
        let from = self.at() / FRAME as u64 + self.fresh.len() as u64;
        let mut levels_db = Vec::new();
        for samples in taken.chunks_exact(FRAME) {
            let frame = self.measure(samples);
            levels_db.push(frame.level_db);
            self.fresh.push_back(frame);
        }
        (from, levels_db)
    }

    /// How loud the lane beside it was.
    pub(crate) fn other_sounds(&mut self, (from, levels_db): &(u64, Vec<f32>)) {
        self.beside.other_sounds(*from, levels_db);
    }

    /// Judges what was pushed; the utterances that are over.
    pub(crate) fn utterances(&mut self) -> Vec<Utterance> {
        let mut out = Vec::new();
        while let Some(frame) = self.fresh.pop_front() {
            self.frame(frame, &mut out);
        }
        out
    }

    /// The recording is over.
    pub(crate) fn finish(&mut self) -> Vec<Utterance> {
        let mut out = self.utterances();
        if self.open.is_some() {
            self.close_island();
        }
        self.emit(false, &mut out);
        out
    }

    /// The speech of the utterance that is not over yet; empty while nobody speaks. What sounds right
    /// now counts only after the same judgement a finished island gets.
    pub(crate) fn open_islands(&self) -> Vec<Span> {
        let mut islands = self.islands.clone();
        if let Some(start) = self.open {
            let sounding = Span {
                start,
                end: self.at().saturating_sub((self.quiet * FRAME) as u64),
            };
            islands.extend(self.speech_in(sounding, self.floor.db()));
        }
        islands
    }

    /// Somebody sounds right now, as far as can be told.
    pub(crate) fn is_sounding(&self) -> bool {
        self.open.is_some()
    }

    /// No utterance to come starts before this sample.
    pub(crate) fn holds_from(&self) -> u64 {
        let open = self.islands.first().map(|s| s.start).or(self.open);
        open.unwrap_or_else(|| {
            self.at()
                .saturating_sub((LOOK_BACK * STEP + 2 * FRAME) as u64)
        })
    }

    fn at(&self) -> u64 {
        (self.first + self.frames.len() as u64) * FRAME as u64
    }

    fn frame(&mut self, mut frame: Frame, out: &mut Vec<Utterance>) {
        let number = self.first + self.frames.len() as u64;
        frame.others = self.beside.is_others(number, frame.level_db);
        self.floor.push(frame.level_db);
        let before = self.frames.back().map_or(0.0, |f| f.score);
        self.frames.push_back(frame);
        let floor = self.floor.db();
        if self.open.is_some() {
            let quiet = frame.score < SHUT || frame.level_db < floor + QUIET_DB || frame.others;
            self.quiet = if quiet { self.quiet + 1 } else { 0 };
            if self.quiet >= ISLAND_GAP {
                self.close_island();
            }
        } else if !frame.others
            && frame.score >= OPEN
            && before >= OPEN
            && frame.level_db >= floor + LOUD_DB
        {
            self.open = Some(self.onset(floor));
            self.quiet = 0;
        }
        let idle = self.at().saturating_sub(self.last_end) / FRAME as u64;
        if self.open.is_none() && idle >= self.ending_pause() {
            self.emit(idle < UTTERANCE_GAP, out);
        }
        self.cut_when_long(out);
        if self.open.is_none() && self.islands.is_empty() {
            while self.frames.len() > KEEP {
                self.frames.pop_front();
                self.first += 1;
            }
        }
    }

    /// The pause that ends the utterance, in frames.
    fn ending_pause(&self) -> u64 {
        let start = self.islands.first().map_or(self.last_end, |i| i.start);
        let length = (self.last_end.saturating_sub(start) / FRAME as u64) as usize;
        let mut pauses = self.cut.pauses.iter().rev();
        let shorter = pauses.find(|(from, _)| length >= *from);
        shorter.map_or(UTTERANCE_GAP, |(_, pause)| *pause)
    }

    fn measure(&mut self, samples: &[f32]) -> Frame {
        let mut steps_db = [0.0; STEPS];
        let mut total = 0.0;
        for (db, step) in steps_db.iter_mut().zip(samples.chunks_exact(STEP)) {
            let mut power = 0.0;
            for s in step {
                // The difference takes mains hum out of the level.
                let edge = s - 0.9 * self.last_sample;
                self.last_sample = *s;
                power += edge * edge;
            }
            total += power;
            *db = decibel(power / STEP as f32);
        }
        Frame {
            steps_db,
            level_db: decibel(total / FRAME as f32),
            score: self.detector.predict_f32(samples),
            steady: self.steadiness.push(samples),
            others: false,
        }
    }

    fn step_db(&self, step: u64) -> f32 {
        let (frame, inside) = (step / STEPS as u64, (step % STEPS as u64) as usize);
        let index = frame
            .checked_sub(self.first)
            .and_then(|i| usize::try_from(i).ok());
        index
            .and_then(|i| self.frames.get(i))
            .filter(|f| !f.others)
            .map_or(f32::MIN, |f| f.steps_db[inside])
    }

    /// Walks back from the detector's answer to where the sound came out of the noise.
    fn onset(&self, floor: f32) -> u64 {
        let end = self.at() / STEP as u64;
        let bound = self.last_end.div_ceil(STEP as u64);
        // The detector needed two frames; the sound was there when the first one began.
        let mut onset = end.saturating_sub(2 * STEPS as u64).max(bound);
        let mut hole = 0;
        for back in 1..=LOOK_BACK as u64 {
            let Some(step) = onset_step(end, 2 * STEPS as u64 + back, bound) else {
                break;
            };
            if self.step_db(step) > floor + LOUD_DB {
                onset = step;
                hole = 0;
            } else {
                hole += 1;
                if hole > ONSET_HOLE {
                    break;
                }
            }
        }
        onset * STEP as u64
    }

    fn close_island(&mut self) {
        let Some(start) = self.open.take() else {
            return;
        };
        let floor = self.floor.db();
        let first = start / STEP as u64;
        let mut end = self.at() / STEP as u64;
        while end > first + 1 && self.step_db(end - 1) <= floor + LOUD_DB {
            end -= 1;
        }
        self.quiet = 0;
        let span = Span {
            start,
            end: end * STEP as u64,
        };
        self.last_end = span.end;
        self.keep_speech(span, floor);
    }

    /// Keeps what of a finished island is speech, and how loud this lane's own voice is.
    fn keep_speech(&mut self, island: Span, floor: f32) {
        for speech in self.speech_in(island, floor) {
            let inside = |at: u64| (at / FRAME as u64).saturating_sub(self.first) as usize;
            let to = inside(speech.end).min(self.frames.len());
            let levels = self.frames.range(inside(speech.start).min(to)..to);
            self.beside.spoke(levels.map(|f| f.level_db));
            self.islands.push(speech);
        }
    }

    /// The parts of an island that are speech: not steady, and not the noise the floor had not
    /// yet caught up with.
    fn speech_in(&self, span: Span, floor: f32) -> Vec<Span> {
        let from = (span.start / FRAME as u64).saturating_sub(self.first) as usize;
        let to = (span.end.div_ceil(FRAME as u64).saturating_sub(self.first) as usize)
            .min(self.frames.len());
        let frames: Vec<Frame> = self.frames.range(from.min(to)..to).copied().collect();
        let pieces = (frames.len() / STILL_PIECE).max(1);
        let size = frames.len().div_ceil(pieces).max(1);
        let mut kept: Vec<Span> = Vec::new();
        for (i, piece) in frames.chunks(size).enumerate() {
            if !is_speech(piece, floor) {
                continue;
            }
            let start = ((self.first + (from + i * size) as u64) * FRAME as u64).max(span.start);
            let end =
                (start / FRAME as u64 * FRAME as u64 + (piece.len() * FRAME) as u64).min(span.end);
            match kept.last_mut() {
                Some(last) if last.end >= start => last.end = end,
                _ => kept.push(Span { start, end }),
            }
        }
        kept.retain(|s| s.len() > 0);
        kept
    }

    fn emit(&mut self, cut: bool, out: &mut Vec<Utterance>) {
        let islands = std::mem::take(&mut self.islands);
        if islands.iter().map(|s| s.len()).sum::<u64>() >= MIN_SPEECH {
            out.push(Utterance { islands, cut });
        }
    }

    fn cut_when_long(&mut self, out: &mut Vec<Utterance>) {
        let Some(start) = self.islands.first().map(|s| s.start).or(self.open) else {
            return;
        };
        let begun = (start / FRAME as u64).saturating_sub(self.first) as usize;
        if self.frames.len() < begun + self.cut.at {
            return;
        }
        let cut = (self.first + self.quietest(begun + self.cut.from) as u64) * FRAME as u64;
        // Whatever is open is closed here and goes on right after the cut.
        let open = self.open.take();
        if let Some(from) = open {
            let floor = self.floor.db();
            let before = Span {
                start: from,
                end: cut.max(from),
            };
            self.keep_speech(before, floor);
            self.open = Some(cut.max(from));
        }
        let (before, after): (Vec<Span>, Vec<Span>) =
            self.islands.drain(..).partition(|s| s.start < cut);
        self.islands = before;
        self.emit(true, out);
        self.islands = after;
        self.last_end = self.last_end.max(cut);
        let drop = (cut / FRAME as u64).saturating_sub(self.first) as usize;
        self.frames.drain(..drop.min(self.frames.len()));
        self.first += drop as u64;
    }

    /// The frame in the middle of the quietest 80 ms from `from` on.
    fn quietest(&self, from: usize) -> usize {
        let levels: Vec<f32> = self.frames.range(from..).map(|f| f.level_db).collect();
        let calm = |i: usize| levels[i..(i + 5).min(levels.len())].iter().sum::<f32>();
        let best = (0..levels.len().saturating_sub(5)).min_by(|a, b| calm(*a).total_cmp(&calm(*b)));
        from + best.unwrap_or(0) + 2
    }
}

fn onset_step(end: u64, back: u64, bound: u64) -> Option<u64> {
    end.checked_sub(back).filter(|step| *step >= bound)
}

fn decibel(power: f32) -> f32 {
    10.0 * power.max(1e-12).log10()
}

fn is_speech(piece: &[Frame], floor: f32) -> bool {
    let voiced: Vec<&Frame> = piece.iter().filter(|f| f.score >= SHUT).collect();
    if voiced.is_empty() {
        return false;
    }
    let share = |n: usize| n as f32 / voiced.len() as f32;
    let steady = voiced.iter().filter(|f| f.steady).count();
    let loud = voiced
        .iter()
        .filter(|f| f.level_db >= floor + LOUD_DB)
        .count();
    share(steady) < STILL_SHARE && share(loud) > 0.25
}
