//! Tells tones and music from speech: their spectrum stands still, speech never does.

use crate::vad::FRAME;
use realfft::num_complex::Complex;
use realfft::{RealFftPlanner, RealToComplex};
use std::collections::VecDeque;
use std::sync::Arc;

/// Frames between the two spectra that are compared (96 ms). Shorter and a held vowel looks
/// steady; longer and a quick tune does not.
const LAG: usize = 6;
/// Similarity from which a frame counts as standing still. Over this lag 55–97 % of the frames of
/// ring tones, busy tones and chords lie above it, and at most 1 % of the frames of speech.
const STILL: f32 = 0.95;
/// Bins looked at: 125 Hz to 3.7 kHz, what a telephone carries.
const BINS: std::ops::Range<usize> = 4..120;

/// Compares each frame's spectrum with the one 96 ms before.
pub(crate) struct Steadiness {
    fft: Arc<dyn RealToComplex<f32>>,
    window: Vec<f32>,
    last_frame: Vec<f32>,
    spectra: VecDeque<Vec<f32>>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
}

impl Steadiness {
    pub(crate) fn new() -> Self {
        let size = 2 * FRAME;
        let fft = RealFftPlanner::<f32>::new().plan_fft_forward(size);
        let turn = std::f32::consts::TAU / size as f32;
        Self {
            window: (0..size)
                .map(|i| 0.5 - 0.5 * (turn * i as f32).cos())
                .collect(),
            last_frame: vec![0.0; FRAME],
            spectra: VecDeque::with_capacity(LAG + 1),
            input: fft.make_input_vec(),
            output: fft.make_output_vec(),
            fft,
        }
    }

    /// Whether the sound stands still between 96 ms ago and this frame.
    pub(crate) fn push(&mut self, frame: &[f32]) -> bool {
        self.input[..FRAME].copy_from_slice(&self.last_frame);
        self.input[FRAME..].copy_from_slice(frame);
        self.last_frame.copy_from_slice(frame);
        for (sample, w) in self.input.iter_mut().zip(&self.window) {
            *sample *= w;
        }
        // The lengths come from the planner itself, so the transform cannot refuse them; were it
        // to, the spectrum of the frame before would stand, which is harmless.
        if self.fft.process(&mut self.input, &mut self.output).is_err() {
            return false;
        }
        // Fourth root of power: quiet harmonics count as well as loud ones.
        let mut spectrum: Vec<f32> = self.output[BINS].iter().map(|c| c.norm().sqrt()).collect();
        let mean = spectrum.iter().sum::<f32>() / spectrum.len() as f32;
        spectrum.iter_mut().for_each(|s| *s -= mean);
        let length = spectrum.iter().map(|s| s * s).sum::<f32>().sqrt();
        if length > 0.0 {
            spectrum.iter_mut().for_each(|s| *s /= length);
        }
        self.spectra.push_back(spectrum);
        if self.spectra.len() <= LAG {
            return false;
        }
        let Some(old) = self.spectra.pop_front() else {
            return false;
        };
        let now = &self.spectra[LAG - 1];
        old.iter().zip(now).map(|(a, b)| a * b).sum::<f32>() > STILL
    }
}
