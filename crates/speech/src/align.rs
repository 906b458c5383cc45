//! Puts Whisper's segments back onto the recording.
//!
//! whisper.cpp 1.8.3 reports the end of the segment before as the start of the next one, seconds
//! early when somebody paused. Ends are reliable. So starts come from voice activity.

use crate::vad::Span;
use crate::window::Window;

/// A boundary this near to the edge of an island belongs to the pause beside it, in samples
/// (0.2 s).
const NEAR: u64 = 3_200;
/// A pause this long inside a segment may split it, in samples (1 s).
const SPLIT_PAUSE: u64 = 16_000;
/// How far, as a share of the text, a sentence's end may lie from where the pause is.
const SPLIT_SLACK: f32 = 0.15;

/// The end of somebody's speech that a segment takes along by mistake is at most this share of what
/// it covers.
const TAIL_SHARE: f32 = 0.25;

/// Text with a time of the recording, in samples at 16 kHz.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Placed {
    pub(crate) text: String,
    pub(crate) span: Span,
    /// Share of Whisper's own interval in which there was speech, 0–1.
    pub(crate) speech_share: f32,
}

/// Places one segment: `inside` is Whisper's interval in samples of the window.
pub(crate) fn place(window: &Window, text: &str, inside: Span) -> Vec<Placed> {
    let end = inside.end.min(window.samples.len() as u64);
    let inside = Span {
        start: inside.start.min(end),
        end,
    };
    let islands = window.islands_inside();
    let heard: u64 = islands.iter().map(|i| i.shared(inside)).sum();
    let speech_share = heard as f32 / inside.len().max(1) as f32;
    let mine = pieces_of(&islands, &window.islands, inside);
    let Some((first, last)) = mine.first().zip(mine.last()) else {
        return Vec::new();
    };
    let whole = Span {
        start: first.start,
        end: last.end,
    };
    let begins_inside = !window.islands.iter().any(|i| i.start == first.start);
    split(text, whole, &mine, begins_inside)
        .into_iter()
        .map(|(text, span)| Placed {
            text,
            span,
            speech_share,
        })
        .collect()
}

/// The speech a segment covers, in recording samples. Boundaries that nearly touch a pause are
/// moved to it; one in the middle of speech stays.
fn pieces_of(inside: &[Span], outside: &[Span], segment: Span) -> Vec<Span> {
    let mut mine = Vec::new();
    let mut nearest: Option<(u64, Span)> = None;
    for (here, there) in inside.iter().zip(outside) {
        let shared = here.shared(segment);
        if shared == 0 {
            continue;
        }
        if nearest.is_none_or(|(most, _)| shared > most) {
            nearest = Some((shared, *there));
        }
        let near = NEAR.min(here.len() / 2);
        let late = segment.start > here.start + near;
        let early = segment.end + near < here.end;
        // Only the edge of this island lies inside: it belongs to the neighbour.
        if shared <= near && shared < here.len() {
            continue;
        }
        mine.push(Span {
            start: if late {
                there.start + (segment.start - here.start)
            } else {
                there.start
            },
            end: if early {
                there.end - (here.end - segment.end)
            } else {
                there.end
            },
        });
    }
    if mine.is_empty() {
        mine.extend(nearest.map(|(_, span)| span));
    }
    mine
}

/// Splits a text at its longest pause where a sentence ends about there, and goes on with the
/// halves. Without a fitting sentence end the text stays whole; when it then begins with the mere
/// end of an island (`begins_inside`), that was the line before, and the text starts after the pause.
fn split(text: &str, whole: Span, islands: &[Span], begins_inside: bool) -> Vec<(String, Span)> {
    let unsplit = || vec![(text.trim().to_owned(), whole)];
    let longest = (1..islands.len()).max_by_key(|i| islands[*i].start - islands[*i - 1].end);
    let Some(at) = longest.filter(|i| islands[*i].start - islands[*i - 1].end >= SPLIT_PAUSE)
    else {
        return unsplit();
    };
    let speech = |s: &[Span]| s.iter().map(|i| i.len()).sum::<u64>() as f32;
    let share = speech(&islands[..at]) / speech(islands).max(1.0);
    let letters = text.chars().filter(|c| c.is_alphanumeric()).count().max(1) as f32;
    let mut seen = 0.0;
    let mut best: Option<(f32, usize)> = None;
    for (i, c) in text.char_indices() {
        if c.is_alphanumeric() {
            seen += 1.0;
        } else if "。？！；，.?!;,".contains(c) {
            let off = (seen / letters - share).abs();
            if best.is_none_or(|(least, _)| off < least) {
                best = Some((off, i + c.len_utf8()));
            }
        }
    }
    let Some((_, cut)) = best.filter(|(off, _)| *off <= SPLIT_SLACK) else {
        if begins_inside && share <= TAIL_SHARE {
            let rest = Span {
                start: islands[at].start,
                end: whole.end,
            };
            return split(text, rest, &islands[at..], false);
        }
        return unsplit();
    };
    let (left, right) = text.split_at(cut);
    if right.trim().is_empty() || left.trim().is_empty() {
        return unsplit();
    }
    let left_span = Span {
        start: whole.start,
        end: islands[at - 1].end,
    };
    let right_span = Span {
        start: islands[at].start,
        end: whole.end,
    };
    let mut out = split(left, left_span, &islands[..at], begins_inside);
    out.extend(split(right, right_span, &islands[at..], false));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vad::Utterance;
    use crate::window::{Packer, Tape};
    use rstest::rstest;

    const SECOND: u64 = 16_000;

    /// A window over 60 s of tape with speech at these seconds.
    fn window(speech: &[(f64, f64)]) -> Window {
        let at = |s: f64| (s * SECOND as f64) as u64;
        let mut tape = Tape::default();
        tape.push(&vec![0.0; 60 * SECOND as usize]);
        let mut packer = Packer::default();
        for (start, end) in speech {
            let islands = vec![Span {
                start: at(*start),
                end: at(*end),
            }];
            assert!(
                packer
                    .add(
                        &tape,
                        &Utterance {
                            islands,
                            cut: false
                        }
                    )
                    .is_none()
            );
        }
        packer.take(0, true).unwrap()
    }

    fn placed(speech: &[(f64, f64)], text: &str, inside: (f64, f64)) -> Vec<(String, f64, f64)> {
        let at = |s: f64| (s * SECOND as f64) as u64;
        let seconds = |n: u64| n as f64 / SECOND as f64;
        place(
            &window(speech),
            text,
            Span {
                start: at(inside.0),
                end: at(inside.1),
            },
        )
        .into_iter()
        .map(|p| (p.text, seconds(p.span.start), seconds(p.span.end)))
        .collect()
    }

    /// Speech at 10–12 s and 40–43 s lies at 0.4–2.4 s and 3.2–6.2 s of the window.
    const TWO: &[(f64, f64)] = &[(10.0, 12.0), (40.0, 43.0)];

    #[rstest]
    #[case::own_bounds((0.4, 2.4), 10.0, 12.0)]
    #[case::start_is_the_end_before((2.4, 6.2), 40.0, 43.0)]
    #[case::bounds_a_little_off((2.3, 6.3), 40.0, 43.0)]
    #[case::takes_along_the_end_of_the_line_before((1.8, 6.2), 40.0, 43.0)]
    #[case::second_half_of_speech((4.2, 6.2), 41.0, 43.0)]
    #[case::runs_past_the_window((2.4, 30.0), 40.0, 43.0)]
    fn a_segment_starts_where_its_speech_does(
        #[case] inside: (f64, f64),
        #[case] start: f64,
        #[case] end: f64,
    ) {
        assert_eq!(
            placed(TWO, "好的。", inside),
            [("好的。".to_owned(), start, end)]
        );
    }

    #[test]
    fn a_segment_over_no_speech_has_no_place() {
        assert_eq!(placed(TWO, "谢谢观看", (2.5, 3.1)), []);
    }

    #[test]
    fn a_segment_over_a_long_pause_is_split_where_a_sentence_ends() {
        let two = placed(TWO, "订单号呢？我现在就去找。", (0.4, 6.2));
        let want = [
            ("订单号呢？".to_owned(), 10.0, 12.0),
            ("我现在就去找。".to_owned(), 40.0, 43.0),
        ];
        assert_eq!(two, want);
    }

    #[test]
    fn without_a_sentence_end_about_there_it_stays_whole() {
        let one = placed(TWO, "好，我现在就去找那张订单的号码。", (0.4, 6.2));
        assert_eq!(
            one,
            [("好，我现在就去找那张订单的号码。".to_owned(), 10.0, 43.0)]
        );
    }

    #[test]
    fn the_share_of_speech_is_measured_over_whispers_own_interval() {
        let share = |inside: Span| place(&window(TWO), "好", inside)[0].speech_share;
        assert_eq!(
            share(Span {
                start: 6_400,
                end: 38_400
            }),
            1.0
        );
        assert!(
            share(Span {
                start: 38_000,
                end: 54_400
            }) < 0.3
        );
    }
}
