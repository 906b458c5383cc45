//! Sounds of a telephone line that are not speech.

use crate::dice::Dice;

/// A minute at 8 kHz.
pub fn no_speech(name: &str) -> Vec<f32> {
    let mut dice = Dice::new(11);
    let tau = std::f32::consts::TAU;
    let tune = [262.0f32, 330.0, 392.0, 523.0, 440.0, 349.0, 294.0, 392.0];
    (0..60 * 8_000)
        .map(|i| {
            let t = i as f32 / 8_000.0;
            let sine = |hz: f32| (tau * hz * t).sin();
            let hiss = dice.bell();
            match name {
                "zeros" => 0.0,
                "line noise" => hiss * 1e-3,
                "loud noise" => hiss * 0.1,
                "hum" => 0.05 * sine(50.0) + 0.02 * sine(150.0) + hiss * 1e-3,
                "ring tone" if t % 5.0 < 1.0 => 0.2 * sine(450.0) + hiss * 1e-3,
                "american ring tone" if t % 6.0 < 2.0 => {
                    0.15 * (sine(440.0) + sine(480.0)) + hiss * 1e-3
                }
                "busy tone" if t % 0.7 < 0.35 => 0.2 * sine(450.0) + hiss * 1e-3,
                "tune" => {
                    let note = tune[(t / 0.4) as usize * 5 % 8];
                    let fading = (-(t % 0.4) * 4.0).exp();
                    0.2 * fading * (sine(note) + 0.5 * sine(2.0 * note) + 0.25 * sine(3.0 * note))
                        + 0.1 * sine(note / 4.0)
                }
                "chords" => {
                    let root = tune[(t / 2.0) as usize * 3 % 8];
                    [1.0f32, 1.25, 1.5, 2.0]
                        .iter()
                        .flat_map(|r| (1..6).map(move |h| (r * h as f32, 0.05 / h as f32)))
                        .map(|(times, loud)| loud * sine(root * times))
                        .sum()
                }
                _ => hiss * 1e-3,
            }
        })
        .collect()
}
