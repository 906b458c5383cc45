//! Suggestions held against calls whose offset is known.

use super::*;
use crate::{ForeignLine, Format, Party, Place, Speaker};
use qinting_testkit::dice::Dice;
use rstest::rstest;

/// A call: two sides take turns, with pauses, for so many minutes.
fn call(minutes: u64, seed: u64) -> (Vec<Vec<Stretch>>, u64) {
    let mut dice = Dice::new(seed);
    let (mut at, mut side, mut lanes) = (2_000, 0, vec![Vec::new(), Vec::new()]);
    let length_ms = minutes * 60_000;
    while at + 20_000 < length_ms {
        for _ in 0..dice.within(1..4) {
            let lasts = dice.within(400..5_000);
            lanes[side].push(stretch(at, at + lasts));
            at += lasts + dice.within(250..1_100);
        }
        at += dice.within(0..2_500);
        side = 1 - side;
    }
    (lanes, length_ms)
}

fn stretch(start_ms: u64, end_ms: u64) -> Stretch {
    Stretch { start_ms, end_ms }
}

/// What another engine makes of such a call: its lines begin and end a little elsewhere, some are missing, and all
/// of it lies `later_ms` later. `who` says which speaker a lane is for it.
fn text(speech: &[Vec<Stretch>], later_ms: i64, who: &[Option<u32>], seed: u64) -> ForeignText {
    let mut dice = Dice::new(seed);
    let mut lines = Vec::new();
    for (lane, stretches) in speech.iter().enumerate() {
        for heard in stretches {
            let start = heard.start_ms as i64 + later_ms - dice.within(0..300) as i64;
            let end = heard.end_ms as i64 + later_ms + dice.within(0..300) as i64;
            if start < 0 || dice.below(12) == 0 {
                continue;
            }
            lines.push(ForeignLine {
                stretch: Some(stretch(start as u64, end as u64)),
                speaker: who[lane],
                text: "好".into(),
                words: Vec::new(),
                confidence: None,
                at: Place::Line(1),
            });
        }
    }
    let speaker = |n: u32| Speaker {
        label: n.to_string(),
        party: Party::Unknown,
        channel: None,
    };
    let count = who.iter().flatten().max().map_or(0, |most| most + 1);
    ForeignText {
        format: Format::Iflytek,
        engine: String::new(),
        model: String::new(),
        language: String::new(),
        length_ms: None,
        begins_ms: 0,
        speakers: (0..count).map(speaker).collect(),
        lines,
        notes: Vec::new(),
    }
}

const TWO: &[Option<u32>] = &[Some(0), Some(1)];

#[rstest]
fn a_text_that_lies_elsewhere_is_brought_back(
    #[values(-58_000, -12_340, -700, 3_000, 59_000)] later_ms: i64,
    #[values(1, 2)] seed: u64,
) {
    let (speech, length_ms) = call(5, seed);
    let text = text(&speech, later_ms, TWO, seed + 9);
    let found = suggest(&text, &speech, length_ms).expect("a place");
    assert!((found.offset_ms + later_ms).abs() <= 100, "{found:?}");
    assert!(found.confidence >= 700, "{found:?}");
    assert_eq!(found.lanes, [Some(0), Some(1)]);
}

#[test]
fn a_text_that_lies_where_it_is_stays() {
    let (speech, length_ms) = call(5, 3);
    let found = suggest(&text(&speech, 30, TWO, 4), &speech, length_ms).expect("a place");
    assert_eq!(found.offset_ms, 0);
    assert!(found.confidence >= 700 && found.fit >= 850, "{found:?}");
}

#[test]
fn speakers_are_told_from_each_other_by_who_is_heard_when() {
    let (speech, length_ms) = call(5, 5);
    let swapped = text(&speech, 2_000, &[Some(1), Some(0)], 6);
    let found = suggest(&swapped, &speech, length_ms).expect("a place");
    assert_eq!(found.lanes, [Some(1), Some(0)]);
    let nobody = text(&speech, 2_000, &[None, None], 6);
    let found = suggest(&nobody, &speech, length_ms).expect("a place");
    assert!(found.lanes.is_empty() && (found.offset_ms + 2_000).abs() <= 100);
}

#[test]
fn one_lane_and_one_speaker_on_both_say_nothing_of_who() {
    let (speech, length_ms) = call(5, 7);
    let mixed = vec![speech.concat()];
    let found = suggest(&text(&speech, 4_000, TWO, 8), &mixed, length_ms).expect("a place");
    assert_eq!(found.lanes, [None, None]);
    assert!((found.offset_ms + 4_000).abs() <= 100, "{found:?}");
    let one = text(&speech, 0, &[Some(0), Some(0)], 8);
    let found = suggest(&one, &speech, length_ms).expect("a place");
    assert_eq!(found.lanes, [None], "both sides are that one");
}

#[test]
fn a_text_of_another_call_is_not_believed() {
    for seed in 10..16 {
        let (speech, length_ms) = call(5, seed);
        let (other, _) = call(5, seed + 50);
        if let Some(found) = suggest(&text(&other, 0, TWO, seed), &speech, length_ms) {
            assert!(found.confidence < 500, "{found:?}");
        }
    }
}

#[test]
fn little_to_go_by_is_little_confidence() {
    let (speech, length_ms) = call(5, 3);
    let mut short = text(&speech, 20_000, TWO, 4);
    short.lines.truncate(2);
    let found = suggest(&short, &speech, length_ms).expect("a place");
    assert!(found.confidence < 300, "{found:?}");
}

#[test]
fn a_clock_that_begins_elsewhere_is_looked_at_too() {
    let (speech, length_ms) = call(5, 3);
    let mut later = text(&speech, 1_358_000, TWO, 4);
    later.begins_ms = 1_358_893;
    let found = suggest(&later, &speech, length_ms).expect("a place");
    assert!((found.offset_ms + 1_358_000).abs() <= 100, "{found:?}");
}

#[test]
fn nothing_said_or_nothing_heard_is_no_place() {
    let (speech, length_ms) = call(5, 3);
    let mut silent = text(&speech, 0, TWO, 4);
    assert_eq!(suggest(&silent, &[Vec::new(), Vec::new()], length_ms), None);
    assert_eq!(suggest(&silent, &[], length_ms), None);
    silent.lines.iter_mut().for_each(|line| line.stretch = None);
    assert_eq!(suggest(&silent, &speech, length_ms), None);
}

#[rstest]
#[case::agrees(Some(300_500), 0, 300_000, None)]
#[case::longer(Some(400_000), 0, 300_000, Some(400_000))]
#[case::shorter(Some(100_000), 0, 300_000, Some(100_000))]
#[case::not_said(None, 0, 300_000, None)]
#[case::last_line_over(None, 60_000, 300_000, Some(340_000))]
fn lengths_that_contradict_each_other_are_told(
    #[case] said: Option<u64>,
    #[case] offset_ms: i64,
    #[case] recording_ms: u64,
    #[case] conflict: Option<u64>,
) {
    let line = vec![vec![stretch(270_000, 279_900)]];
    let mut text = text(&line, 0, &[None], 1);
    text.lines
        .iter_mut()
        .for_each(|line| line.stretch = Some(stretch(270_000, 280_000)));
    text.length_ms = said;
    let found = length_conflict(&text, offset_ms, recording_ms);
    assert_eq!(found.map(|found| found.text_ms), conflict);
}

#[test]
fn a_call_of_three_hours_takes_a_moment() {
    let (speech, length_ms) = call(180, 21);
    let text = text(&speech, 30_000, TWO, 22);
    let begun = std::time::Instant::now();
    let found = suggest(&text, &speech, length_ms).expect("a place");
    let took = begun.elapsed();
    assert!((found.offset_ms + 30_000).abs() <= 100, "{found:?}");
    assert!(
        took.as_secs() < 10,
        "{took:?} on a machine that does other things, too"
    );
}
