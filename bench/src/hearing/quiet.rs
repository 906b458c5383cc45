//! What the real model makes of ten minutes each of what a line sounds like when nobody speaks.

use super::{Engines, zh};
use crate::live::quiet::{SECONDS, SOUNDS, characters, sound};
use crate::report::{Row, say};
use crate::speak::RATE_HZ;
use crate::wav;

pub(super) fn measure(engines: &mut Engines) -> anyhow::Result<Vec<Row>> {
    let (mut live, mut batch) = (Vec::new(), Vec::new());
    for name in SOUNDS {
        say(&format!("listening to {name}"));
        live.push(characters(&engines.model, name)?);
        let file = engines.file("quiet.wav");
        let lane = (0..SECONDS).flat_map(|second| sound(name, second));
        wav::write(&file, RATE_HZ, &[lane.collect()])?;
        let lines = engines.ours(&file, zh::LANGUAGE)?;
        batch.push(lines.iter().map(|l| l.text.chars().count()).sum());
    }
    let row = |what: &str, letters: &[usize]| {
        let told: Vec<String> = letters.iter().map(usize::to_string).collect();
        let is_met = letters.iter().all(|n| *n == 0);
        Row::new(what, told.join(" / "), "0", is_met)
    };
    Ok(vec![
        row("10 min silence/noise/music/ring, live characters", &live),
        row("  batch characters", &batch),
    ])
}
