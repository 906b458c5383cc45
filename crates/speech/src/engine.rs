//! From a playable WAV to segments: voice activity, windows, Whisper, gates.

use crate::decode::Decoder;
use crate::scribe::{Frames, Scribe, Simplifier, Speaker};
use crate::vad::{Cut, Utterance, VoiceActivity};
use crate::wav::CallReader;
use crate::window::{NATURAL, PAD, Packer, Tape, Window};
use qinting_desk::error::{AppError, AppResult, codes};
use qinting_desk::{Cancel, TranscribeEvent, TranscribeRequest};
use qinting_domain::HeardSegment;
use std::collections::VecDeque;
use std::path::Path;

/// The engine as it lives in the worker process: a loaded model, kept between recordings.
pub struct Engine {
    decoder: Decoder,
    simplifier: Simplifier,
}

impl Engine {
    /// Loads a model. The file's head is checked before whisper.cpp sees it; the error is
    /// `speech.model_unreadable`.
    pub fn load(model: &Path) -> AppResult<Self> {
        Ok(Self {
            decoder: Decoder::load(model)?,
            simplifier: Simplifier::default(),
        })
    }

    /// Decodes a playable WAV (16-bit PCM, 8–48 kHz, one or two channels), streaming: memory does
    /// not grow with the recording. Segments come in batches, window by window, so that text
    /// appears from the beginning of the call on both channels; in time order per channel.
    /// `cancel` ends it with `cancelled` within one step of Whisper's graph; only the detection
    /// of a language (one encode) cannot be interrupted.
    pub fn transcribe(
        &mut self,
        request: &TranscribeRequest,
        on_event: &mut dyn FnMut(TranscribeEvent),
        cancel: &Cancel,
    ) -> AppResult<()> {
        let speech = speech_in(request.audio.for_worker(), cancel)?;
        let mut progress = Progress::of(&speech);
        let mut reader = CallReader::open(request.audio.for_worker())?;
        let lanes = speech.into_iter().enumerate();
        let mut lanes: Vec<BatchLane> = lanes
            .map(|(i, said)| BatchLane::new(i as u16, said))
            .collect();
        self.decoder.on_threads(request.threads, &request.model);
        let mut scribe = Scribe {
            decoder: &mut self.decoder,
            to_simplified: self.simplifier.when(request.simplified)?,
            numbers: request.numbers,
            language: &request.language,
            frames: Frames::ForARecording,
            cancel,
        };
        on_event(TranscribeEvent::Progress { permille: 0 });
        loop {
            let blocks = next_block(&mut reader, cancel)?;
            let mut ready: Vec<(usize, Window)> = Vec::new();
            for (i, lane) in lanes.iter_mut().enumerate() {
                let block = blocks.as_ref().map(|b| b[i].as_slice());
                ready.extend(lane.hear(block).into_iter().map(|w| (i, w)));
            }
            ready.sort_by_key(|(_, window)| window.start());
            for (i, window) in ready {
                tell(scribe.window(&mut lanes[i].speaker, &window)?, on_event);
                if let Some(permille) = progress.heard(&window) {
                    on_event(TranscribeEvent::Progress { permille });
                }
            }
            if blocks.is_none() {
                break;
            }
        }
        for lane in &mut lanes {
            tell(scribe.finish(&mut lane.speaker)?, on_event);
        }
        on_event(TranscribeEvent::Progress { permille: 1_000 });
        Ok(())
    }
}

fn tell(segments: Vec<HeardSegment>, on_event: &mut dyn FnMut(TranscribeEvent)) {
    if !segments.is_empty() {
        on_event(TranscribeEvent::Segments { segments });
    }
}

fn next_block(reader: &mut CallReader, cancel: &Cancel) -> AppResult<Option<Vec<Vec<f32>>>> {
    if cancel.is_cancelled() {
        return Err(AppError::new(codes::CANCELLED));
    }
    reader.next_block()
}

/// Where somebody speaks, by channel: a look through the whole recording before the first word is
/// written, for a thousandth of what that costs.
fn speech_in(audio: &Path, cancel: &Cancel) -> AppResult<Vec<Vec<Utterance>>> {
    let mut reader = CallReader::open(audio)?;
    let channels = 0..reader.channels();
    let mut lanes: Vec<VoiceActivity> = channels
        .map(|_| VoiceActivity::new(Cut::AS_LATE_AS_POSSIBLE))
        .collect();
    let mut speech = vec![Vec::new(); lanes.len()];
    while let Some(blocks) = next_block(&mut reader, cancel)? {
        let sounds = lanes.iter_mut().zip(&blocks);
        let levels: Vec<_> = sounds.map(|(lane, block)| lane.push(block)).collect();
        if let ([one, two], [of_one, of_two]) = (lanes.as_mut_slice(), levels.as_slice()) {
            one.other_sounds(of_two);
            two.other_sounds(of_one);
        }
        for (lane, said) in lanes.iter_mut().zip(&mut speech) {
            said.extend(lane.utterances());
        }
    }
    for (lane, said) in lanes.iter_mut().zip(&mut speech) {
        said.extend(lane.finish());
    }
    Ok(speech)
}

/// How much of what is said is written down: silence takes no time and is no progress.
struct Progress {
    /// Samples of speech on all channels.
    all: u64,
    heard: u64,
    told: u16,
}

impl Progress {
    fn of(speech: &[Vec<Utterance>]) -> Self {
        let islands = speech.iter().flatten().flat_map(|u| &u.islands);
        Self {
            all: islands.map(|i| i.len()).sum::<u64>().max(1),
            heard: 0,
            told: 0,
        }
    }

    /// Thousandths that are written down with this window, if that is more than was told.
    fn heard(&mut self, window: &Window) -> Option<u16> {
        self.heard += window.islands.iter().map(|i| i.len()).sum::<u64>();
        let permille = (self.heard * 1_000 / self.all).min(999) as u16;
        let is_more = permille > self.told;
        self.told = self.told.max(permille);
        is_more.then_some(permille)
    }
}

/// One channel while its recording streams by.
struct BatchLane {
    speaker: Speaker,
    /// What is said on it, and not packed yet.
    speech: VecDeque<Utterance>,
    tape: Tape,
    packer: Packer,
}

impl BatchLane {
    fn new(channel: u16, speech: Vec<Utterance>) -> Self {
        Self {
            speaker: Speaker::on(channel),
            speech: speech.into(),
            tape: Tape::default(),
            packer: Packer::default(),
        }
    }

    /// Takes the next audio (`None`: the end); gives the windows that are ready.
    fn hear(&mut self, block: Option<&[f32]>) -> Vec<Window> {
        self.tape.push(block.unwrap_or_default());
        let (end, is_over) = (self.tape.end(), block.is_none());
        let mut ready = Vec::new();
        while let Some(said) = self
            .speech
            .pop_front_if(|u| is_over || u.end() + PAD <= end)
        {
            ready.extend(self.packer.add(&self.tape, &said));
        }
        ready.extend(self.packer.take(end, is_over));
        let next = self.speech.front().map_or(end, Utterance::start);
        self.tape
            .forget(next.min(end).saturating_sub(PAD + NATURAL));
        ready
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vad::Span;

    #[test]
    fn progress_is_told_by_what_is_said() {
        let said = |seconds: u64| Utterance {
            islands: vec![Span {
                start: 0,
                end: seconds * 16_000,
            }],
            cut: false,
        };
        let window = |seconds: u64| {
            let mut window = Window::default();
            window.islands = said(seconds).islands;
            window
        };
        let mut progress = Progress::of(&[vec![said(6)], vec![said(2)]]);
        assert_eq!(progress.heard(&window(2)), Some(250));
        assert_eq!(progress.heard(&window(0)), None);
        assert_eq!(progress.heard(&window(4)), Some(750));
        assert_eq!(progress.heard(&window(2)), Some(999));
    }
}
