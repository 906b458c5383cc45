//! From a playable WAV to segments: voice activity, windows, Whisper, gates.

use crate::decode::Decoder;
use crate::scribe::{Frames, Scribe, Simplifier, Speaker};
use crate::vad::{Cut, VoiceActivity};
use crate::wav::CallReader;
use crate::window::{NATURAL, PAD, Packer, Tape, Window};
use qinting_app::error::{AppError, AppResult, codes};
use qinting_app::ports::{Cancel, TranscribeEvent, TranscribeRequest};
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
        let mut reader = CallReader::open(&request.audio)?;
        let length = reader.length().max(1);
        let mut lanes: Vec<Lane> = (0..reader.channels())
            .map(|i| Lane::new(i as u16))
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
        let mut told = 0;
        on_event(TranscribeEvent::Progress { permille: 0 });
        loop {
            if cancel.is_cancelled() {
                return Err(AppError::new(codes::CANCELLED));
            }
            let blocks = reader.next_block()?;
            let over = blocks.is_none();
            let mut ready: Vec<(usize, Window)> = Vec::new();
            hear_side_by_side(&mut lanes, blocks.as_deref());
            for (i, lane) in lanes.iter_mut().enumerate() {
                ready.extend(lane.windows(over).into_iter().map(|w| (i, w)));
            }
            ready.sort_by_key(|(_, window)| window.start());
            for (i, window) in ready {
                let segments = scribe.window(&mut lanes[i].speaker, &window)?;
                if !segments.is_empty() {
                    on_event(TranscribeEvent::Segments { segments });
                }
            }
            let done: u64 = lanes.iter().map(Lane::done_to).sum();
            let permille = (done * 1_000 / (length * lanes.len() as u64)).min(999) as u16;
            if permille > told {
                told = permille;
                on_event(TranscribeEvent::Progress { permille });
            }
            if over {
                for lane in &mut lanes {
                    let segments = scribe.finish(&mut lane.speaker)?;
                    if !segments.is_empty() {
                        on_event(TranscribeEvent::Segments { segments });
                    }
                }
                break;
            }
        }
        on_event(TranscribeEvent::Progress { permille: 1_000 });
        Ok(())
    }
}

/// Hands channels their next audio, and to each how loud the one beside it is.
fn hear_side_by_side(lanes: &mut [Lane], blocks: Option<&[Vec<f32>]>) {
    let blocks = blocks.into_iter().flatten();
    let levels: Vec<_> = lanes
        .iter_mut()
        .zip(blocks)
        .map(|(lane, block)| lane.hear(block))
        .collect();
    if let ([one, two], [of_one, of_two]) = (lanes, levels.as_slice()) {
        one.activity.other_sounds(of_two);
        two.activity.other_sounds(of_one);
    }
}

/// One channel while its recording streams by.
struct Lane {
    speaker: Speaker,
    activity: VoiceActivity,
    tape: Tape,
    packer: Packer,
    over: bool,
}

impl Lane {
    fn new(channel: u16) -> Self {
        Self {
            speaker: Speaker::on(channel),
            activity: VoiceActivity::new(Cut::AS_LATE_AS_POSSIBLE),
            tape: Tape::default(),
            packer: Packer::default(),
            over: false,
        }
    }

    /// Takes the next audio; gives how loud it was.
    fn hear(&mut self, samples: &[f32]) -> (u64, Vec<f32>) {
        self.tape.push(samples);
        self.activity.push(samples)
    }

    /// The windows that are ready. `over`: no more audio comes.
    fn windows(&mut self, over: bool) -> Vec<Window> {
        self.over = over;
        let utterances = match over {
            true => self.activity.finish(),
            false => self.activity.utterances(),
        };
        let mut ready: Vec<Window> = utterances
            .iter()
            .filter_map(|u| self.packer.add(&self.tape, u))
            .collect();
        ready.extend(self.packer.take(self.tape.end(), self.over));
        self.tape
            .forget(self.activity.holds_from().saturating_sub(PAD + NATURAL));
        ready
    }

    /// Everything before this sample is in the transcript.
    fn done_to(&self) -> u64 {
        if self.over {
            return self.tape.end();
        }
        self.packer
            .waiting_from()
            .unwrap_or_else(|| self.activity.holds_from())
    }
}
