//! Where somebody speaks on a lane.

use super::ear::{FAINT_DB, Frame, QUIET_DB};
use super::{STEP_MS, STEPS};
use qinting_domain::Stretch;
use std::collections::VecDeque;

/// So far above the floor sound opens speech, in dB.
const LOUD_DB: f32 = 9.0;
/// What is further below one's own voice than this is no speech of one's own, in dB: breath, keys, the room.
const BELOW_VOICE_DB: f32 = 30.0;
/// The same of all that was said in one go, against all that was said.
const FAR_BELOW_VOICE_DB: f64 = 25.0;
/// Quiet frames that end a sound (100 ms): longer than the closure of a stop consonant.
const GAP: usize = 5;
/// Frames that are judged at once, at most (1.5 s): longer talk is judged piece by piece.
const PIECE: u64 = 75;
/// Frames before a sound opens that its onset may reach back (60 ms): a weak consonant comes before the vowel.
const LOOK_BACK: u64 = 3;
/// Share of frames that stand still from which a piece is a tone or music.
const STILL_SHARE: f32 = 0.3;
/// A piece this long whose level varies less than this, in dB around its mean, is noise: speech has syllables.
const FLAT_PIECE: usize = 20;
const FLAT_DB: f32 = 1.6;
/// Frames with a pitch that a piece of speech has at least (60 ms).
const VOICED: usize = 3;
/// Frames that one's voice is measured over, about (20 s).
const VOICE: f64 = 1_000.0;

/// Finds speech as frames go by.
#[derive(Default)]
pub(super) struct Talk {
    /// The last frames; the first of them has this number.
    frames: VecDeque<Frame>,
    first: u64,
    /// Start of the sound that goes on, and quiet frames at its end.
    open: Option<u64>,
    quiet: usize,
    /// Mean power of one's own voice, lately; 0 before it was heard.
    voice: f64,
    /// Frames of speech.
    heard: u64,
    speech: Vec<Heard>,
}

/// A stretch of speech, and how loud it was.
#[derive(Clone, Copy)]
struct Heard {
    stretch: Stretch,
    power: f64,
    frames: u64,
}

impl Talk {
    pub(super) fn push(&mut self, frame: &Frame) {
        self.frames.push_back(*frame);
        let number = self.first + self.frames.len() as u64 - 1;
        let over = |db: f32| frame.level_db >= self.threshold_db(frame.floor_db + db);
        match self.open {
            None if over(LOUD_DB) && !frame.is_others => {
                self.open = Some(number);
                self.quiet = 0;
            }
            None => {}
            Some(start) => {
                let is_quiet = !over(QUIET_DB) || frame.is_others;
                self.quiet = if is_quiet { self.quiet + 1 } else { 0 };
                if self.quiet >= GAP {
                    self.close(start, number + 1 - self.quiet as u64);
                    self.open = None;
                } else if number + 1 - start >= 2 * PIECE {
                    self.judge(start, start + PIECE);
                    self.open = Some(start + PIECE);
                }
            }
        }
        self.forget();
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.frames.len()
    }

    /// All that was said, and how loud it was, in dB of full scale.
    pub(super) fn finish(mut self) -> (Vec<Stretch>, Option<f32>) {
        if let Some(start) = self.open {
            let end = self.first + (self.frames.len() - self.quiet) as u64;
            self.close(start, end);
        }
        let loudness = |of: &[Heard]| {
            let frames: u64 = of.iter().map(|h| h.frames).sum();
            let power: f64 = of.iter().map(|h| h.power).sum();
            10.0 * (power / frames.max(1) as f64).max(1e-12).log10()
        };
        // Before one's own voice is known, breath and a voice in the room are taken for it.
        let own = loudness(&self.speech);
        self.speech
            .retain(|h| loudness(&[*h]) >= own - FAR_BELOW_VOICE_DB);
        let speech_dbfs = (!self.speech.is_empty()).then(|| loudness(&self.speech));
        let speech_dbfs = speech_dbfs.map(|db| (db * 10.0).round() as f32 / 10.0);
        (self.speech.iter().map(|h| h.stretch).collect(), speech_dbfs)
    }

    /// A sound is over: what is left of it, in two halves where it is long.
    fn close(&mut self, start: u64, end: u64) {
        let middle = match end - start > PIECE {
            true => start + (end - start) / 2,
            false => start,
        };
        self.judge(start, middle);
        self.judge(middle, end);
    }

    fn threshold_db(&self, over_floor_db: f32) -> f32 {
        let voice_db = match self.voice > 0.0 {
            true => 10.0 * self.voice.log10() as f32,
            false => f32::MIN,
        };
        over_floor_db.max(FAINT_DB).max(voice_db - BELOW_VOICE_DB)
    }

    /// Keeps a sound that is speech, from frame to frame.
    fn judge(&mut self, start: u64, end: u64) {
        let at = |number: u64| (number - self.first) as usize;
        if start >= end {
            return;
        }
        let piece = self.frames.range(at(start)..at(end));
        if !is_speech(piece.clone()) {
            return;
        }
        let (mut power, mut frames) = (0.0, 0);
        for frame in piece {
            power += frame.power;
            frames += 1;
            self.heard += 1;
            self.voice += (frame.power - self.voice) / (self.heard as f64).min(VOICE);
        }
        let floor_db = self.frames[at(end - 1)].floor_db;
        let edge_db = self.threshold_db(floor_db + QUIET_DB);
        let loud = |step: u64| {
            let frame = &self.frames[at(step / STEPS as u64)];
            !frame.is_others && frame.steps_db[(step % STEPS as u64) as usize] >= edge_db
        };
        let steps = start * STEPS as u64..end * STEPS as u64;
        let onset = steps.clone().find(|step| loud(*step));
        let last = steps.rev().find(|step| loud(*step));
        let (Some(mut from), Some(last)) = (onset, last) else {
            return;
        };
        let earliest = start.saturating_sub(LOOK_BACK).max(self.first) * STEPS as u64;
        while from > earliest && loud(from - 1) {
            from -= 1;
        }
        let stretch = Stretch::new(from * STEP_MS, (last + 1) * STEP_MS);
        self.keep(Heard {
            stretch,
            power,
            frames,
        });
    }

    /// A piece that goes on where the one before was cut is one stretch with it.
    fn keep(&mut self, found: Heard) {
        match self.speech.last_mut() {
            Some(last) if found.stretch.start_ms <= last.stretch.end_ms => {
                last.stretch.end_ms = found.stretch.end_ms;
                last.power += found.power;
                last.frames += found.frames;
            }
            _ => self.speech.push(found),
        }
    }

    /// What no sound that goes on needs.
    fn forget(&mut self) {
        let here = self.first + self.frames.len() as u64;
        let needed = self
            .open
            .unwrap_or(here)
            .saturating_sub(LOOK_BACK)
            .max(self.first);
        self.frames.drain(..(needed - self.first) as usize);
        self.first = needed;
    }
}

fn is_speech<'a>(piece: impl Iterator<Item = &'a Frame> + Clone) -> bool {
    let frames = piece.clone().count();
    let count = |is: fn(&Frame) -> bool| piece.clone().filter(|f| is(f)).count();
    if count(|f| f.colour.is_voiced) < VOICED {
        return false;
    }
    if count(|f| f.colour.is_still) as f32 >= STILL_SHARE * frames as f32 {
        return false;
    }
    let mean = piece.clone().map(|f| f.level_db).sum::<f32>() / frames as f32;
    let varies = piece.map(|f| (f.level_db - mean).powi(2)).sum::<f32>() / frames as f32;
    frames < FLAT_PIECE || varies.sqrt() >= FLAT_DB
}

/// The same with what lies closer together as one.
pub(super) fn runs(list: &[Stretch], gap_ms: u64) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::new();
    for next in list {
        match joined.last_mut() {
            Some(last) if next.start_ms <= last.end_ms + gap_ms => last.end_ms = next.end_ms,
            _ => joined.push(*next),
        }
    }
    joined
}
