//! Ten minutes each of what a line sounds like when nobody speaks.

use super::request;
use crate::report::Row;
use crate::speak::RATE_HZ;
use qinting_desk::{Cancel, LiveHeard};
use qinting_speech::{Inbox, Sound};
use qinting_testkit::dice::Dice;
use std::path::Path;

/// Length of each of [`SOUNDS`].
pub(crate) const SECONDS: u32 = 600;
/// Their names.
pub(crate) const SOUNDS: [&str; 4] = ["silence", "line noise", "hold music", "ring tone"];

pub(super) fn measure(model: &Path) -> anyhow::Result<Row> {
    let (mut letters, mut told) = (0, Vec::new());
    for name in SOUNDS {
        let heard = characters(model, name)?;
        letters += heard;
        told.push(heard.to_string());
    }
    Ok(Row::new(
        "  characters on 10 min silence/noise/music/ring",
        told.join(" / "),
        "0",
        letters == 0,
    ))
}

/// Characters told, in drafts and finals, of ten minutes of a sound. As fast as it goes: the policy
/// is driven by samples.
pub(crate) fn characters(model: &Path, name: &str) -> anyhow::Result<usize> {
    let inbox = Inbox::default();
    for second in 0..SECONDS {
        inbox.put(Sound {
            lane: 0,
            at_sample: u64::from(second * RATE_HZ),
            samples: sound(name, second),
        });
    }
    inbox.close();
    let mut letters = 0;
    let mut count = |heard| match heard {
        LiveHeard::Draft {
            committed,
            tentative,
            ..
        } => letters += committed.chars().count() + tentative.chars().count(),
        LiveHeard::Doubt { text, .. } => letters += text.chars().count(),
        LiveHeard::Final { segments, .. } => {
            letters += segments
                .iter()
                .map(|s| s.text.chars().count())
                .sum::<usize>();
        }
        LiveHeard::Ready | LiveHeard::Lag { .. } | LiveHeard::Failed { .. } => {}
    };
    qinting_speech::listen(request(model, "zh"), &inbox, &mut count, &Cancel::default())?;
    Ok(letters)
}

/// A second of it.
pub(crate) fn sound(name: &str, second: u32) -> Vec<i16> {
    const TUNE: [f32; 8] = [262.0, 330.0, 392.0, 523.0, 440.0, 349.0, 294.0, 392.0];
    let mut dice = Dice::at(u64::from(second) + 1);
    let sample = |n: u32| {
        let t = second as f32 + n as f32 / RATE_HZ as f32;
        let sine = |hz: f32| (std::f32::consts::TAU * hz * t).sin();
        let hiss = (dice.below(64) as f32 - 32.0) / 32_768.0;
        let heard = match name {
            "silence" => 0.0,
            "hold music" => {
                let note = TUNE[(t / 0.4) as usize * 5 % 8];
                let fading = (-(t % 0.4) * 4.0).exp();
                0.2 * fading * (sine(note) + 0.5 * sine(2.0 * note) + 0.25 * sine(3.0 * note))
                    + 0.1 * sine(note / 4.0)
                    + hiss
            }
            "ring tone" if t % 5.0 < 1.0 => 0.2 * sine(450.0) + hiss,
            _ => hiss,
        };
        (heard * 32_767.0) as i16
    };
    (0..RATE_HZ).map(sample).collect()
}
