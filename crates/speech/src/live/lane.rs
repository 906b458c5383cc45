//! One lane of a call while it goes on: what is being said, and what was said and waits for its
//! final text.

use super::agreement::Agreement;
use crate::decode::Weighed;
use crate::gate::{self, Candidate, Verdict};
use crate::high_pass::HighPass;
use crate::scribe::Speaker;
use crate::units::{spread, units};
use crate::vad::{Cut, FRAME, MIN_SPEECH, Span, Utterance, VoiceActivity, ms};
use crate::window::{NATURAL, PAD, Packer, Tape, Window};
use qinting_domain::HeardSegment;

/// A hole in the sound up to this long is silence (1 s); after a longer one listening begins anew.
const SMALL_HOLE: u64 = 16_000;

/// What is over so soon after the beginning is not believed, in samples (0.5 s): nothing is known of
/// the line's noise yet.
const UNKNOWN_LINE: u64 = 8_000;

/// An utterance longer than this is not heard as if it were over whenever somebody pauses, in samples
/// (6 s): it costs more each time.
const FORESEEN_MOST: u64 = 96_000;

/// Drafts of the utterance that is being spoken.
#[derive(Default)]
struct Drafted {
    number: u64,
    start: u64,
    agreement: Agreement,
    /// Sound up to here is in it.
    heard_to: u64,
    /// Speech that was in it, in samples.
    speech: u64,
    /// A draft of it was told.
    was_told: bool,
}

/// Sound for a draft.
pub(super) struct Clip {
    pub(super) samples: Vec<f32>,
    islands: Vec<Span>,
    edge: u64,
}

/// Text of an utterance made while it might have been over: nobody said more since.
pub(super) struct Foreseen {
    islands: Vec<Span>,
    pub(super) segments: Vec<HeardSegment>,
    /// Who said it, as they stand when it is the final text.
    pub(super) speaker: Speaker,
}

/// A draft as it is told.
#[derive(Debug, PartialEq)]
pub(super) struct DraftText {
    pub(super) utterance: u64,
    pub(super) start_ms: u64,
    pub(super) end_ms: u64,
    pub(super) committed: String,
    pub(super) tentative: String,
}

/// An utterance that is over and waits for its final text.
pub(super) struct Ended {
    pub(super) lane: usize,
    pub(super) number: u64,
    pub(super) span: Span,
    /// Sound up to here is in its drafts.
    pub(super) heard_to: u64,
    /// What its drafts said last, if one was told.
    pub(super) drafted: Option<String>,
    /// Its text, if it was foreseen that it would be over.
    pub(super) foreseen: Option<Foreseen>,
    /// The sound to decode, which is held as `samples`; `None`: it was no speech after all.
    window: Option<Window>,
    samples: Vec<i16>,
}

impl Ended {
    /// Length of the sound that is held for it, in samples.
    pub(super) fn held(&self) -> u64 {
        self.samples.len() as u64
    }

    /// It was speech after all.
    pub(super) fn was_speech(&self) -> bool {
        self.window.is_some()
    }

    /// The sound to decode.
    pub(super) fn window(&self) -> Option<Window> {
        let mut window = self.window.clone()?;
        window.samples = floats(&self.samples);
        Some(window)
    }
}

/// A lane.
pub(super) struct EarLane {
    index: usize,
    pub(super) speaker: Speaker,
    activity: VoiceActivity,
    below_voice: HighPass,
    tape: Tape,
    packer: Packer,
    /// First sample that was heard.
    begun: Option<u64>,
    next_number: u64,
    drafted: Option<Drafted>,
    foreseen: Option<Foreseen>,
}

impl EarLane {
    pub(super) fn new(index: usize) -> Self {
        Self {
            index,
            speaker: Speaker::on(index as u16),
            activity: VoiceActivity::new(Cut::WHILE_SOMEBODY_WAITS),
            below_voice: HighPass::new(),
            tape: Tape::default(),
            packer: Packer::default(),
            begun: None,
            next_number: 0,
            drafted: None,
            foreseen: None,
        }
    }

    /// End of the sound that came, in samples.
    pub(super) fn newest(&self) -> u64 {
        self.tape.end()
    }

    /// Takes sound; gives the utterances that ended with it, and how loud it was from which frame on.
    pub(super) fn hear(
        &mut self,
        at_sample: u64,
        samples: &[i16],
    ) -> (Vec<Ended>, (u64, Vec<f32>)) {
        let mut ended = Vec::new();
        let far = self.begun.is_none() || at_sample > self.tape.end() + SMALL_HOLE;
        let mut from = at_sample;
        if far {
            ended = self.finish();
            let frame = at_sample.div_ceil(FRAME as u64);
            from = frame * FRAME as u64;
            self.activity = VoiceActivity::starting_at(frame, Cut::WHILE_SOMEBODY_WAITS);
            self.below_voice = HighPass::new();
            self.tape = Tape::starting_at(from);
            self.begun = Some(from);
        }
        // What was heard before is not heard again.
        let known = (self.tape.end().max(from) - at_sample).min(samples.len() as u64);
        let hole = at_sample.saturating_sub(self.tape.end());
        let mut fresh = floats(&samples[known as usize..]);
        self.below_voice.apply(&mut fresh);
        // A hole is silence in the copy too, whatever offset stands on both sides of it.
        let mut sound = vec![0.0; hole as usize];
        sound.append(&mut fresh);
        self.tape.push(&sound);
        let levels = self.activity.push(&sound);
        let utterances = self.activity.utterances();
        ended.extend(self.ended(utterances));
        let keep_from = self.activity.holds_from().saturating_sub(PAD + NATURAL);
        self.tape.forget(keep_from);
        (ended, levels)
    }

    /// How loud the lane beside this one was.
    pub(super) fn other_sounds(&mut self, levels: &(u64, Vec<f32>)) {
        self.activity.other_sounds(levels);
    }

    /// No more sound comes.
    pub(super) fn finish(&mut self) -> Vec<Ended> {
        let utterances = self.activity.finish();
        let mut ended = self.ended(utterances);
        let drafted = self.drafted.take();
        ended.extend(drafted.map(|d| self.closed(Some(d), None)));
        ended
    }

    fn ended(&mut self, utterances: Vec<Utterance>) -> Vec<Ended> {
        let mut ended: Vec<Ended> = utterances.iter().map(|u| self.over(u)).collect();
        let holds_from = self.activity.holds_from();
        // Voice activity thought better of it: a click, a tone.
        if let Some(drafted) = self.drafted.take_if(|d| d.heard_to <= holds_from) {
            ended.push(self.closed(Some(drafted), None));
        }
        ended
    }

    fn over(&mut self, utterance: &Utterance) -> Ended {
        let drafted = self.drafted.take_if(|d| utterance.start() < d.heard_to);
        self.packer.add(&self.tape, utterance);
        let believed = self.believed_from();
        let window = self
            .packer
            .take(0, true)
            .filter(|_| utterance.end() > believed);
        let mut ended = self.closed(drafted, window);
        let foreseen = self.foreseen.take();
        ended.foreseen = foreseen.filter(|f| f.islands == utterance.islands);
        ended.span = Span {
            start: utterance.start(),
            end: utterance.end(),
        };
        ended
    }

    /// Nothing that is over before this sample is believed.
    fn believed_from(&self) -> u64 {
        self.begun.map_or(0, |from| from + UNKNOWN_LINE)
    }

    fn closed(&mut self, drafted: Option<Drafted>, mut window: Option<Window>) -> Ended {
        let heard = window.as_mut().map(|w| std::mem::take(&mut w.samples));
        let drafted = drafted.unwrap_or_else(|| self.undrafted(0));
        let (committed, tentative) = drafted.agreement.text();
        Ended {
            lane: self.index,
            number: drafted.number,
            span: Span {
                start: drafted.start,
                end: drafted.heard_to,
            },
            heard_to: drafted.heard_to,
            drafted: drafted.was_told.then(|| committed + &tentative),
            foreseen: None,
            window,
            samples: heard.iter().flatten().map(|s| whole(*s)).collect(),
        }
    }

    fn undrafted(&mut self, start: u64) -> Drafted {
        let number = self.next_number;
        self.next_number += 1;
        Drafted {
            number,
            start,
            ..Drafted::default()
        }
    }

    /// First sample of speech that no draft has.
    pub(super) fn unheard_from(&self) -> Option<u64> {
        let heard_to = self.drafted.as_ref().map_or(0, |d| d.heard_to);
        let islands = self.activity.open_islands();
        let island = islands.into_iter().find(|i| i.end > heard_to)?;
        Some(island.start.max(heard_to))
    }

    /// Speech that no draft has, in samples.
    pub(super) fn fresh_speech(&self) -> u64 {
        let islands = self.activity.open_islands();
        let speech: u64 = islands.iter().map(|i| i.len()).sum();
        speech.saturating_sub(self.drafted.as_ref().map_or(0, |d| d.speech))
    }

    /// Somebody sounds right now.
    pub(super) fn is_sounding(&self) -> bool {
        self.activity.is_sounding()
    }

    /// What was said so far, when somebody pauses and it may be over: as its final text will hear it.
    pub(super) fn may_be_over(&self) -> Option<(Clip, Window)> {
        if self.activity.is_sounding() {
            return None;
        }
        let clip = self.clip()?;
        let is_known = |f: &Foreseen| f.islands == clip.islands;
        let end = clip.islands.last()?.end;
        let length = end - clip.islands.first()?.start;
        let speech: u64 = clip.islands.iter().map(|i| i.len()).sum();
        if speech < MIN_SPEECH
            || length > FORESEEN_MOST
            || end <= self.believed_from()
            || self.foreseen.as_ref().is_some_and(is_known)
        {
            return None;
        }
        let mut packer = Packer::after(self.packer.spoken_to());
        let utterance = Utterance {
            islands: clip.islands.clone(),
            cut: false,
        };
        packer.add(&self.tape, &utterance);
        let window = packer.take(0, true)?;
        Some((clip, window))
    }

    /// Keeps the text of what may be over; it is a draft too.
    pub(super) fn foresee(
        &mut self,
        clip: &Clip,
        speaker: Speaker,
        segments: Vec<HeardSegment>,
    ) -> Option<DraftText> {
        let mut draft = Weighed::default();
        for segment in &segments {
            draft.text.push_str(&segment.text);
            draft
                .sure
                .resize(draft.text.chars().count(), segment.confidence);
        }
        self.foreseen = Some(Foreseen {
            islands: clip.islands.clone(),
            segments,
            speaker,
        });
        self.drafted(clip, &draft)
    }

    /// Everything said so far in the utterance that is being spoken.
    pub(super) fn clip(&self) -> Option<Clip> {
        let islands = self.activity.open_islands();
        let start = islands.first()?.start.saturating_sub(PAD);
        let edge = self.tape.end();
        let from = start.max(self.packer.spoken_to());
        let (_, samples) = self.tape.cut(Span {
            start: from,
            end: edge,
        });
        Some(Clip {
            samples: samples.to_vec(),
            islands,
            edge,
        })
    }

    /// What Whisper heard in a clip becomes a draft, if it passes the gates.
    pub(super) fn drafted(&mut self, clip: &Clip, text: &Weighed) -> Option<DraftText> {
        let start = clip.islands.first().map_or(0, |i| i.start);
        let speech: u64 = clip.islands.iter().map(|i| i.len()).sum();
        let mut drafted = self.drafted.take().unwrap_or_else(|| self.undrafted(start));
        drafted.heard_to = clip.edge;
        drafted.speech = speech;
        let told = self.is_credible(clip, speech, text).then(|| {
            let mut fresh = units(&text.text, &text.sure);
            spread(&mut fresh, &clip.islands);
            drafted.agreement.hear(fresh, clip.edge);
            drafted.was_told = true;
            let (committed, tentative) = drafted.agreement.text();
            DraftText {
                utterance: drafted.number,
                start_ms: ms(drafted.start),
                end_ms: ms(clip.edge),
                committed,
                tentative,
            }
        });
        self.drafted = Some(drafted);
        told
    }

    /// The gates of a final text; what they doubt is no draft either, the next one comes soon.
    fn is_credible(&self, clip: &Clip, speech: u64, text: &Weighed) -> bool {
        let Some((first, last)) = clip.islands.first().zip(clip.islands.last()) else {
            return false;
        };
        let within = last.end.saturating_sub(first.start).max(1);
        let candidate = Candidate {
            text: text.text.trim(),
            duration_ms: ms(speech),
            speech_share: speech as f32 / within as f32,
            confidence: text.confidence(),
            before: self.speaker.last_text.as_deref(),
        };
        gate::judge(&candidate) == Verdict::Keep
    }
}

fn floats(samples: &[i16]) -> Vec<f32> {
    samples.iter().map(|s| f32::from(*s) / 32_768.0).collect()
}

/// Back to 16 bits, in which what waits takes half the room.
fn whole(sample: f32) -> i16 {
    (sample * 32_768.0).round() as i16
}
