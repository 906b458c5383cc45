//! Calls put together from real clips: where lines begin and end, as it was said and as it comes out
//! of a telephone line.

use super::compose::{Call, Clip};
use super::places::{self, Places, median};
use super::zh::{self, LANGUAGE, Reference};
use super::{Engines, Pair, shape, telephone};
use crate::report::{Row, say};
use crate::speak::RATE_HZ;
use crate::text::Line;
use crate::wav;
use anyhow::Context;
use qinting_testkit::data::shared_quietly as data;
use qinting_testkit::dice::Dice;
use qinting_testkit::sound::whole;

/// Longer clips are no turn of a call.
const LONGEST_MS: usize = 15_000;
const SEED: u64 = 21;
const MOST_START_MS: u64 = 120;
const MOST_END_MS: u64 = 200;

/// Clips for a call, without the quiet around them.
pub(super) fn clips() -> anyhow::Result<Vec<Clip>> {
    let mut clips = Vec::new();
    for Reference { file, .. } in zh::references()? {
        let lanes = wav::channels(&data(&file).context("a clip of the list")?)?;
        let sound = lanes.first().context("a clip with a lane")?;
        if sound.len() <= LONGEST_MS * RATE_HZ as usize / 1_000 {
            clips.extend(Clip::of(sound));
        }
    }
    let mut dice = Dice::at(SEED);
    for n in (1..clips.len()).rev() {
        clips.swap(n, dice.below(n + 1));
    }
    Ok(clips)
}

pub(super) fn measure(engines: &mut Engines, is_quick: bool) -> anyhow::Result<Vec<Row>> {
    let clips = clips()?;
    if clips.is_empty() {
        let why = "no clips in the shared data";
        return Ok(vec![Row::skipped("composed calls", why, "")]);
    }
    let call = Call::in_turns(&clips, if is_quick { 1 } else { 2 }, SEED);
    let clean = call.lanes.each_ref().map(|lane| whole(lane));
    let mut dice = Dice::at(SEED);
    let line = call
        .lanes
        .each_ref()
        .map(|lane| telephone::through(lane, &mut dice));
    let mut rows = Vec::new();
    for (name, rate_hz, lanes) in [
        ("16 kHz clean", RATE_HZ, clean),
        ("8 kHz u-law, noise", telephone::LINE_HZ, line),
    ] {
        say(&format!("writing down a composed call, {name}"));
        let file = engines.file("composed.wav");
        wav::write(&file, rate_hz, &lanes)?;
        let heard = engines.both(&file, LANGUAGE)?;
        rows.extend(found(name, &call, &heard));
        rows.extend(shape::rows(&format!("composed, {name}"), &heard, true));
    }
    Ok(rows)
}

fn found(name: &str, call: &Call, heard: &Pair<Vec<Line>>) -> Vec<Row> {
    let places = Pair {
        ours: places::of(&heard.ours, &call.said, call.length_ms()),
        bare: places::of(&heard.bare, &call.said, call.length_ms()),
    };
    let ours = &places.ours;
    let middle = |pick: fn(&Places) -> &Vec<u64>| {
        move |p: &Places| match pick(p).as_slice() {
            [] => "none".into(),
            sorted => format!("{} ms", median(sorted)),
        }
    };
    let row = |what: &str, pick: fn(&Places) -> &Vec<u64>, most: u64| {
        let is_met = !pick(ours).is_empty() && median(pick(ours)) <= most;
        let target = format!("<= {most} ms");
        Row::new(what, places.both(middle(pick)), &target, is_met)
    };
    vec![
        row(
            &format!("composed, {name}: start error, median"),
            |p| &p.starts_ms,
            MOST_START_MS,
        ),
        row("  end error, median", |p| &p.ends_ms, MOST_END_MS),
        Row::new(
            "  lines over a pause of 1.5 s",
            places.both(|p| p.over_pause.to_string()),
            "0",
            ours.over_pause == 0,
        ),
        Row::told(
            "  clips without a line",
            places.both(|p| format!("{} of {}", p.without, p.clips)),
        ),
    ]
}
