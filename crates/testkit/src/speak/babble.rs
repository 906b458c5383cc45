//! A voice that says nothing: vowels gliding into each other, four syllables a second. Voice activity
//! takes it for speech, and no synthesiser has to be installed for it.

use crate::dice::Dice;
use crate::sound::whole;

/// Formants of five vowels, in Hz.
const VOWELS: [[f32; 3]; 5] = [
    [700.0, 1_200.0, 2_600.0],
    [300.0, 2_200.0, 3_000.0],
    [500.0, 900.0, 2_400.0],
    [350.0, 700.0, 2_500.0],
    [550.0, 1_800.0, 2_550.0],
];
const SYLLABLES_PER_SECOND: f32 = 4.3;

/// A resonance with a memory of two samples.
#[derive(Default)]
struct Formant(f32, f32);

impl Formant {
    fn ring(&mut self, pulse: f32, hz: f32, width_hz: f32) -> f32 {
        let damping = (-std::f32::consts::PI * width_hz / 16_000.0).exp();
        let turn = std::f32::consts::TAU * hz / 16_000.0;
        let now = pulse + 2.0 * damping * turn.cos() * self.0 - damping * damping * self.1;
        (self.1, self.0) = (self.0, now);
        now
    }
}

/// So many seconds of it, at 16 kHz.
pub fn babble(seconds: f32) -> Vec<f32> {
    let mut formants: [Formant; 3] = Default::default();
    let mut phase = 0.0;
    (0..(seconds * 16_000.0) as usize)
        .map(|i| {
            let t = i as f32 / 16_000.0;
            phase += (130.0 + 25.0 * (t * 5.1).sin() + 12.0 * (t * 13.7).sin()) / 16_000.0;
            let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
            phase -= pulse;
            let place = t * SYLLABLES_PER_SECOND;
            let (from, to) = (
                VOWELS[place as usize * 7 % 5],
                VOWELS[(place as usize + 1) * 7 % 5],
            );
            let loud = (std::f32::consts::PI * place.fract())
                .sin()
                .max(0.0)
                .powf(0.7);
            let ring = |(k, formant): (usize, &mut Formant)| {
                let hz = from[k] + (to[k] - from[k]) * place.fract();
                formant.ring(pulse, hz, 60.0 + 30.0 * k as f32) / (k + 1) as f32
            };
            0.04 * loud * formants.iter_mut().enumerate().map(ring).sum::<f32>()
        })
        .collect()
}

/// A lane at 16 kHz on which somebody babbles between these seconds, with line noise.
pub fn lane(seconds: f32, speech: &[(f32, f32)]) -> Vec<i16> {
    let mut dice = Dice::new(3);
    let mut track: Vec<f32> = (0..(seconds * 16_000.0) as usize)
        .map(|_| dice.bell() * 3e-4)
        .collect();
    for (start, end) in speech {
        let at = (start * 16_000.0) as usize;
        for (t, s) in track[at..].iter_mut().zip(babble(end - start)) {
            *t += s;
        }
    }
    whole(&track)
}
