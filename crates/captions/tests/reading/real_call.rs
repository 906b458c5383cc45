//! A real call, as far as it is here: where its sides speak is loud, and a text that lies elsewhere finds back.

use qinting_captions::{ForeignLine, ForeignText, Format, Party, Place, Speaker, Stretch, suggest};
use qinting_testkit::data::two_sided_call;
use qinting_testkit::dice::Dice;
use std::path::Path;

/// Stretches of a side that are well above its quiet, pauses under a third of a second being none; and its length.
fn loud(path: &Path) -> (Vec<Stretch>, u64) {
    let mut wav = hound::WavReader::open(path).expect("a call");
    let rate = wav.spec().sample_rate as usize;
    let samples: Vec<f64> = wav
        .samples::<i16>()
        .map(|s| f64::from(s.expect("a sample")))
        .collect();
    let frames: Vec<f64> = samples
        .chunks(rate / 50)
        .map(|frame| (frame.iter().map(|s| s * s).sum::<f64>() / frame.len() as f64).sqrt())
        .collect();
    let mut sorted = frames.clone();
    sorted.sort_by(f64::total_cmp);
    let limit = (sorted[sorted.len() / 5] * 4.0).max(sorted[sorted.len() * 19 / 20] / 8.0);
    let mut speech: Vec<Stretch> = Vec::new();
    for (nth, _) in frames
        .iter()
        .enumerate()
        .filter(|(_, level)| **level > limit)
    {
        let (start_ms, end_ms) = (nth as u64 * 20, nth as u64 * 20 + 20);
        match speech.last_mut() {
            Some(last) if start_ms < last.end_ms + 300 => last.end_ms = end_ms,
            _ => speech.push(Stretch { start_ms, end_ms }),
        }
    }
    speech.retain(|stretch| stretch.length_ms() >= 120);
    (speech, samples.len() as u64 * 1_000 / rate as u64)
}

/// Lines as an engine would cut them: breaths under a second stay in one, ends are a little off.
fn lines(speech: &[Stretch], speaker: u32, later_ms: i64, dice: &mut Dice) -> Vec<ForeignLine> {
    let mut joined: Vec<Stretch> = Vec::new();
    for heard in speech {
        match joined.last_mut() {
            Some(last) if heard.start_ms < last.end_ms + 900 => last.end_ms = heard.end_ms,
            _ => joined.push(*heard),
        }
    }
    let moved = |ms: u64, by: i64| ms.saturating_add_signed(later_ms + by);
    let line = |heard: &Stretch| ForeignLine {
        stretch: Some(Stretch {
            start_ms: moved(heard.start_ms, -(dice.within(0..250) as i64)),
            end_ms: moved(heard.end_ms, dice.within(0..250) as i64),
        }),
        speaker: Some(speaker),
        text: "yes".into(),
        words: Vec::new(),
        confidence: None,
        at: Place::Line(1),
    };
    joined.iter().map(line).collect()
}

#[test]
fn the_text_of_a_real_call_finds_its_place_and_its_speakers() {
    let Some([agent, caller]) = two_sided_call() else {
        return;
    };
    let ((agent, length_ms), (caller, _)) = (loud(&agent), loud(&caller));
    for (later_ms, seed) in [(0, 1), (1_500, 2), (-900, 3), (20_000, 4), (45_000, 5)] {
        let mut dice = Dice::new(seed);
        let mut all = lines(&agent, 1, later_ms, &mut dice);
        all.extend(lines(&caller, 0, later_ms, &mut dice));
        let text = ForeignText {
            format: Format::Iflytek,
            engine: String::new(),
            model: String::new(),
            language: "en".into(),
            length_ms: None,
            begins_ms: 0,
            speakers: ["1", "2"]
                .map(|label| Speaker {
                    label: label.into(),
                    party: Party::Unknown,
                    channel: None,
                })
                .into(),
            lines: all,
            notes: Vec::new(),
        };
        let found = suggest(&text, &[agent.clone(), caller.clone()], length_ms).expect("a place");
        assert!(
            (found.offset_ms + later_ms).abs() <= 200,
            "{later_ms}: {found:?}"
        );
        assert_eq!(found.lanes, [Some(1), Some(0)], "{later_ms}: {found:?}");
        assert!(found.confidence >= 500, "{later_ms}: {found:?}");
    }
}
