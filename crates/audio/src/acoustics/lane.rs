//! What one lane tells, and what is made of all of them.

use super::ear::Frame;
use super::hold::{Instead, common, holds};
use super::talk::{Talk, runs};
use qinting_domain::acoustics::stretches::{total_ms, united, without};
use qinting_domain::{Acoustics, LaneAcoustics, Loudness, OVERTALK_MS, Stretch};

/// Breaths inside of a sentence, in milliseconds: it goes on.
const BREATH_MS: u64 = 300;
/// Sounds shorter than this that stand alone are clicks, in milliseconds.
const CLICK_MS: u64 = 100;

/// What one lane tells.
#[derive(Default)]
pub(super) struct Lane {
    talk: Talk,
    instead: Instead,
    clipped: u32,
}

impl Lane {
    pub(super) fn push(&mut self, frame: &Frame) {
        self.talk.push(frame);
        self.instead.push(frame);
        self.clipped += frame.clipped;
    }

    #[cfg(test)]
    pub(super) fn held(&self) -> usize {
        self.talk.held()
    }
}

/// What was measured of a recording of this length, outside of gaps.
pub(super) fn measured(lanes: Vec<Lane>, length_ms: u64, gaps: &[Stretch]) -> Acoustics {
    let gaps = united(gaps, &[], length_ms);
    let (mut sounds, mut speech, mut beside) = (Vec::new(), Vec::new(), Vec::new());
    for lane in lanes {
        let (found, speech_dbfs) = lane.talk.finish();
        let found = without(&found, &lane.instead.music());
        speech.push(sentences(&found, length_ms));
        sounds.push(found);
        beside.push((lane.instead, lane.clipped, speech_dbfs));
    }
    if let [first, second] = speech.as_mut_slice() {
        let seams = seams(
            [&sounds[0], &sounds[1]],
            [first.as_slice(), second.as_slice()],
        );
        *first = without(first, &without(&seams, &sounds[0]));
        *second = without(second, &without(&seams, &sounds[1]));
    }
    let (mut heard, mut instead) = (Vec::new(), Vec::new());
    for (said, (other, clipped, speech_dbfs)) in speech.iter().zip(beside) {
        let speech = without(said, &gaps);
        let loudness = Loudness {
            clipped,
            speech_dbfs: speech_dbfs.filter(|_| !speech.is_empty()),
        };
        heard.push(LaneAcoustics { speech, loudness });
        instead.push(other);
    }
    let said: Vec<&[Stretch]> = heard.iter().map(|lane| lane.speech.as_slice()).collect();
    let holds = holds(instead.into_iter().zip(said).collect(), length_ms, &gaps);
    Acoustics {
        length_ms,
        holds,
        lanes: heard,
        gaps,
    }
}

/// Sounds with the breaths between them, without clicks.
fn sentences(sounds: &[Stretch], length_ms: u64) -> Vec<Stretch> {
    let mut joined = runs(sounds, BREATH_MS);
    for said in &mut joined {
        said.end_ms = said.end_ms.min(length_ms);
    }
    joined.retain(|said| said.len_ms() >= CLICK_MS);
    joined
}

/// Where both are in a sentence and hardly sound at once: a word of the one in a breath of the other is no overtalk.
fn seams(sounds: [&[Stretch]; 2], speech: [&[Stretch]; 2]) -> Vec<Stretch> {
    let at_once = common(sounds[0], sounds[1]);
    let is_seam = |both: &Stretch| total_ms(&common(&at_once, &[*both])) < OVERTALK_MS;
    let mut both = common(speech[0], speech[1]);
    both.retain(is_seam);
    both
}
