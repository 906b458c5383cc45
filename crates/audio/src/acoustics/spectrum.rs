//! The spectrum of a frame, and what it says: whether it stands still, whether there is a pitch.

use realfft::num_complex::Complex;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::Arc;

/// Samples of a spectrum: 32 ms at 8 kHz.
pub(super) const SIZE: usize = 256;
/// Bands that two lanes are compared in.
pub(super) const BANDS: usize = 8;
/// Their edges, in Hz: about as the ear has them.
const EDGES_HZ: [f32; BANDS + 1] = [
    250.0, 450.0, 700.0, 1_000.0, 1_350.0, 1_800.0, 2_300.0, 2_900.0, 3_600.0,
];
/// What a telephone carries, in Hz.
const CARRIED_HZ: (f32, f32) = (125.0, 3_700.0);
/// Frames between two spectra that are compared (100 ms). Shorter and a held vowel looks steady; longer and a quick
/// tune does not.
const LAG: usize = 5;
/// Similarity from which sound stands still. Ring tones, busy tones and chords lie above it in most frames, speech in
/// hardly any (`speech/steadiness` measured it).
const STILL: f32 = 0.95;
/// Frames after which music has moved on, and hum or a tone has not (2 s).
const LATER: usize = 100;
/// Pitches of voices, in Hz, and how like itself sound has to be one period later.
const PITCH_HZ: (f32, f32) = (80.0, 400.0);
const VOICED: f32 = 0.5;
/// Nothing is quieter, in dB of full scale.
pub(super) const NOTHING_DB: f32 = -90.0;

/// What the spectrum of a frame says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Colour {
    /// Level by band, in dB.
    pub(super) bands_db: [f32; BANDS],
    /// It is as it was 100 ms ago.
    pub(super) is_still: bool,
    /// It is not as it was two seconds ago.
    pub(super) has_moved: bool,
    /// It has a pitch, as a vowel has.
    pub(super) is_voiced: bool,
}

impl Colour {
    /// Of a frame in which there is nothing to hear.
    pub(super) const NONE: Self = Self {
        bands_db: [NOTHING_DB; BANDS],
        is_still: false,
        has_moved: false,
        is_voiced: false,
    };
}

/// Looks at one frame after the other.
pub(super) struct Spectrum {
    ahead: Arc<dyn RealToComplex<f32>>,
    back: Arc<dyn ComplexToReal<f32>>,
    window: Vec<f32>,
    bins: Range<usize>,
    bands: [Range<usize>; BANDS],
    /// Periods of a voice, in samples; one more on either side is looked at.
    periods: Range<usize>,
    /// How like itself the sound has to be at each shift to have a pitch there: the window makes it less.
    voiced: Vec<f32>,
    /// Shapes of the frames before, the newest last; empty where there was nothing to hear.
    shapes: VecDeque<Vec<f32>>,
    input: Vec<f32>,
    output: Vec<Complex<f32>>,
}

impl Spectrum {
    pub(super) fn new(rate_hz: f32) -> Self {
        let mut planner = RealFftPlanner::<f32>::new();
        let (ahead, back) = (
            planner.plan_fft_forward(SIZE),
            planner.plan_fft_inverse(SIZE),
        );
        let turn = std::f32::consts::TAU / SIZE as f32;
        let bin = |hz: f32| ((hz / rate_hz * SIZE as f32).round() as usize).min(SIZE / 2);
        let period = |hz: f32| (rate_hz / hz).round() as usize;
        let window: Vec<f32> = (0..SIZE)
            .map(|i| 0.5 - 0.5 * (turn * i as f32).cos())
            .collect();
        let mut spectrum = Self {
            input: ahead.make_input_vec(),
            output: ahead.make_output_vec(),
            ahead,
            back,
            bins: bin(CARRIED_HZ.0)..bin(CARRIED_HZ.1),
            bands: std::array::from_fn(|i| bin(EDGES_HZ[i])..bin(EDGES_HZ[i + 1])),
            periods: period(PITCH_HZ.1)..(period(PITCH_HZ.0) + 1).min(SIZE / 2),
            voiced: Vec::new(),
            shapes: VecDeque::with_capacity(LATER + 1),
            window,
        };
        spectrum.input.copy_from_slice(&spectrum.window);
        if spectrum.transform() {
            spectrum.correlate();
        }
        let own = spectrum.input[0];
        spectrum.voiced = spectrum.input.iter().map(|at| VOICED * at / own).collect();
        spectrum
    }

    /// There was nothing to hear in this frame.
    pub(super) fn skip(&mut self) -> Colour {
        let mut shape = self.forgotten();
        shape.clear();
        self.shapes.push_back(shape);
        Colour::NONE
    }

    /// Takes the last [`SIZE`] samples, within ±1.
    pub(super) fn look(&mut self, samples: &[f32]) -> Colour {
        for ((to, sample), w) in self.input.iter_mut().zip(samples).zip(&self.window) {
            *to = sample * w;
        }
        if !self.transform() {
            return self.skip();
        }
        let bands_db = std::array::from_fn(|i| self.band_db(i));
        let shape = self.shape();
        let like = |back: usize| {
            self.shapes
                .iter()
                .rev()
                .nth(back - 1)
                .map(|old| dot(old, &shape))
        };
        let is_still = like(LAG).is_some_and(|alike| alike > STILL);
        let has_moved = is_still && like(LATER).is_some_and(|alike| alike <= STILL);
        self.shapes.push_back(shape);
        self.correlate();
        Colour {
            bands_db,
            is_still,
            has_moved,
            is_voiced: self.is_voiced(),
        }
    }

    /// Room for one more shape: that of the oldest.
    fn forgotten(&mut self) -> Vec<f32> {
        match self.shapes.len() > LATER {
            true => self.shapes.pop_front().unwrap_or_default(),
            false => Vec::new(),
        }
    }

    /// The lengths come from the planner, so the transform cannot refuse them; where it does all the same, the frame
    /// is as one without sound.
    fn transform(&mut self) -> bool {
        self.ahead
            .process(&mut self.input, &mut self.output)
            .is_ok()
    }

    fn band_db(&self, band: usize) -> f32 {
        let power: f32 = self.output[self.bands[band].clone()]
            .iter()
            .map(Complex::norm_sqr)
            .sum();
        // The window's own power and the transform's length, so that a full-scale tone is near 0 dB.
        let scaled = power / (SIZE * SIZE) as f32 * (16.0 / 3.0);
        (10.0 * scaled.max(1e-12).log10()).max(NOTHING_DB)
    }

    /// Fourth root of power, of length 1 around its mean: quiet harmonics count as well as loud ones.
    fn shape(&mut self) -> Vec<f32> {
        let mut shape = self.forgotten();
        shape.clear();
        let bins = self.output[self.bins.clone()].iter();
        shape.extend(bins.map(|c| c.norm_sqr().sqrt().sqrt()));
        let mean = shape.iter().sum::<f32>() / shape.len() as f32;
        shape.iter_mut().for_each(|s| *s -= mean);
        let length = dot(&shape, &shape).sqrt();
        if length > 0.0 {
            shape.iter_mut().for_each(|s| *s /= length);
        }
        shape
    }

    /// Turns the spectrum in `output` into how like itself the sound is at each shift, into `input`.
    fn correlate(&mut self) {
        for c in &mut self.output {
            *c = Complex::new(c.norm_sqr(), 0.0);
        }
        if self
            .back
            .process(&mut self.output, &mut self.input)
            .is_err()
        {
            self.input.fill(0.0);
        }
    }

    fn is_voiced(&self) -> bool {
        let whole = self.input[0];
        let mut shifts = self.periods.clone();
        whole > 0.0
            && shifts.any(|at| {
                let here = self.input[at];
                here >= whole * self.voiced[at]
                    && here >= self.input[at - 1]
                    && here >= self.input[at + 1]
            })
    }
}

/// In eight sums beside each other, which the processor adds at once.
pub(super) fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}
