//! What one lane tells, and what is made of all of them.

use super::ear::Frame;
use super::hold::{Instead, holds};
use super::talk::{Talk, runs};
use qinting_domain::acoustics::stretches::{united, without};
use qinting_domain::{Acoustics, LaneAcoustics, Loudness, Stretch};

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
    let mut heard = Vec::new();
    let mut instead = Vec::new();
    for lane in lanes {
        let (found, loudness) = lane.talk.finish();
        let music = lane.instead.music();
        let mut speech = runs(&without(&found, &music), BREATH_MS);
        for said in &mut speech {
            said.end_ms = said.end_ms.min(length_ms);
        }
        speech.retain(|said| said.len_ms() >= CLICK_MS);
        let speech = without(&speech, &gaps);
        heard.push(LaneAcoustics {
            loudness: Loudness {
                clipped: lane.clipped,
                speech_dbfs: loudness.filter(|_| !speech.is_empty()),
            },
            speech,
        });
        instead.push(lane.instead);
    }
    let speech: Vec<&[Stretch]> = heard.iter().map(|lane| lane.speech.as_slice()).collect();
    let holds = holds(instead.into_iter().zip(speech).collect(), length_ms, &gaps);
    Acoustics {
        length_ms,
        holds,
        lanes: heard,
        gaps,
    }
}
