//! Lines people can read: a sentence or a breath each, never over a long pause, never longer than
//! one takes in at a glance.

use crate::align::{Mark, mark_of};
use crate::units::{Unit, written};
use crate::vad::Span;
use qinting_domain::text::is_han;

/// No line goes on over a pause this long, in samples (1.2 s).
const LONG_PAUSE: u64 = 19_200;
/// A pause at which a clause may end a line, and words without any marks do, in samples (0.6 s).
const PAUSE: u64 = 9_600;
/// Longest line, in samples (12 s) …
const MOST_TIME: u64 = 192_000;
/// … and in width: 60 Han characters, or 120 letters, less the mark that may be put behind it.
const MOST_WIDTH: usize = 118;
/// A sentence shorter than this, in samples (1.5 s), goes on into the next one when there is no pause.
const SHORT: u64 = 24_000;
/// What counts as a pause between two short sentences, in samples (0.3 s).
const BRIEF: u64 = 4_800;

/// A line of a transcript.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct TextLine {
    pub(crate) units: Vec<Unit>,
}

impl TextLine {
    /// As it is written, without blanks around it.
    pub(crate) fn text(&self) -> String {
        let (text, tail) = written(&self.units);
        text + tail.trim_end()
    }

    /// From its first word to its last.
    pub(crate) fn span(&self) -> Span {
        let ends = self.units.first().zip(self.units.last());
        ends.map_or(Span::default(), |(first, last)| Span {
            start: first.span.start,
            end: last.span.end,
        })
    }

    /// Mean probability of its characters, 0–1.
    pub(crate) fn sure(&self) -> f32 {
        let letters = |u: &Unit| u.text.chars().count() as f32;
        let all: f32 = self.units.iter().map(letters).sum();
        let sure: f32 = self.units.iter().map(|u| u.sure * letters(u)).sum();
        sure / all.max(1.0)
    }

    /// Nothing says that the sentence is over.
    pub(crate) fn is_open(&self) -> bool {
        self.units
            .last()
            .is_some_and(|u| mark_of(u) != Mark::Sentence)
    }

    fn width(&self) -> usize {
        self.units.iter().map(Unit::width).sum()
    }

    fn is_too_long(&self) -> bool {
        self.width() > MOST_WIDTH || self.span().len() > MOST_TIME
    }

    /// Goes on with what was said right behind it, where that makes one readable line.
    pub(crate) fn joined(&self, next: &Self) -> Option<Self> {
        let gap = next.span().start.saturating_sub(self.span().end);
        if !self.is_open() || gap >= PAUSE {
            return None;
        }
        let mut line = self.clone();
        if let Some(last) = line.units.last_mut()
            && last.tail.is_empty()
            && !last.text.chars().next_back().is_some_and(is_han)
        {
            last.tail.push(' ');
        }
        line.units.extend_from_slice(&next.units);
        (!line.is_too_long()).then_some(line)
    }
}

/// Cuts placed words into lines.
pub(crate) fn lines(units: &[Unit]) -> Vec<TextLine> {
    let has_marks = units.iter().filter(|u| mark_of(u) > Mark::None).count() * 12 >= units.len();
    let mut out = Vec::new();
    let mut begin = 0;
    for next in 1..=units.len() {
        let is_over = next == units.len() || ends(&units[begin..next], &units[next], has_marks);
        if is_over {
            let line = TextLine {
                units: units[begin..next].to_vec(),
            };
            out.extend(short_enough(line));
            begin = next;
        }
    }
    out
}

/// Whether a line is over before `next`.
fn ends(line: &[Unit], next: &Unit, has_marks: bool) -> bool {
    let (first, last) = (&line[0], &line[line.len() - 1]);
    let pause = next.span.start.saturating_sub(last.span.end);
    if pause >= LONG_PAUSE {
        return true;
    }
    match mark_of(last) {
        Mark::Sentence => pause >= BRIEF || last.span.end - first.span.start >= SHORT,
        Mark::Clause => pause >= PAUSE,
        Mark::None => pause >= PAUSE && !has_marks,
    }
}

/// Cuts a line that is too long where it hurts least, again and again.
fn short_enough(line: TextLine) -> Vec<TextLine> {
    if !line.is_too_long() || line.units.len() < 2 {
        return vec![line];
    }
    let whole = line.span().len().max(1) as f32;
    let start = line.span().start;
    let best = (1..line.units.len()).max_by(|a, b| {
        let worth = |at: usize| {
            let (before, behind) = (&line.units[at - 1], &line.units[at]);
            let pause = behind.span.start.saturating_sub(before.span.end);
            let mark = match mark_of(before) {
                Mark::Sentence => 2.0,
                Mark::Clause => 1.0,
                Mark::None => 0.0,
            };
            let share = (behind.span.start - start) as f32 / whole;
            // Near the middle, so that nothing is left over that is too long again.
            mark + (pause as f32 / PAUSE as f32).min(1.0) - 3.0 * (share - 0.5).abs()
        };
        worth(*a).total_cmp(&worth(*b))
    });
    let Some(at) = best else {
        return vec![line];
    };
    let mut first = line.units;
    let second = first.split_off(at);
    let mut out = short_enough(TextLine { units: first });
    out.extend(short_enough(TextLine { units: second }));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{spread, units};
    use rstest::rstest;

    const TENTH: u64 = 1_600;

    /// Words of breaths, each with its start and end in tenths of a second.
    fn said(breaths: &[(u64, u64, &str)]) -> Vec<Unit> {
        let mut out = Vec::new();
        for (start, end, text) in breaths {
            let mut part = units(text, &vec![0.9; text.chars().count()]);
            let island = Span {
                start: start * TENTH,
                end: end * TENTH,
            };
            spread(&mut part, &[island]);
            out.extend(part);
        }
        out
    }

    fn cut(breaths: &[(u64, u64, &str)]) -> Vec<String> {
        lines(&said(breaths)).iter().map(TextLine::text).collect()
    }

    #[rstest]
    #[case::sentences(&[(0, 40, "您好，这里是售后服务中心。请问有什么可以帮您？")], &["您好，这里是售后服务中心。", "请问有什么可以帮您？"])]
    #[case::short_sentences_without_a_pause(&[(0, 30, "Okay. Thank you for that. Could you spell it?")], &["Okay. Thank you for that.", "Could you spell it?"])]
    #[case::short_sentences_with_one(&[(0, 5, "Okay. "), (9, 20, "Thank you.")], &["Okay.", "Thank you."])]
    #[case::a_long_pause(&[(0, 10, "我现在就去找"), (25, 40, "那张订单")], &["我现在就去找", "那张订单"])]
    #[case::a_breath_without_marks(&[(0, 10, "我现在就去找"), (17, 40, "那张订单")], &["我现在就去找", "那张订单"])]
    #[case::hesitation_inside_a_sentence(&[(0, 20, "You forget to switch that little "), (28, 32, "light. "), (33, 40, "Really.")], &["You forget to switch that little light.", "Really."])]
    fn a_line_is_a_sentence_or_a_breath(
        #[case] breaths: &[(u64, u64, &str)],
        #[case] want: &[&str],
    ) {
        assert_eq!(cut(breaths), want);
    }

    #[test]
    fn without_pauses_and_marks_no_line_is_longer_than_one_takes_in() {
        let text = "天地玄黄宇宙洪荒日月盈昃辰宿列张".repeat(12);
        let units = said(&[(0, 530, &text)]);
        let lines = lines(&units);
        assert!(lines.iter().all(|l| !l.is_too_long()), "{}", lines.len());
        assert!(lines.iter().all(|l| l.width() >= 24));
        assert_eq!(lines.iter().map(TextLine::text).collect::<String>(), text);
    }

    #[test]
    fn a_sentence_two_windows_share_is_one_line() {
        let first = lines(&said(&[(0, 20, "You forget to switch that little")]));
        let second = lines(&said(&[(21, 25, "light.")]));
        let joined = first[0].joined(&second[0]).unwrap();
        assert_eq!(joined.text(), "You forget to switch that little light.");
        let late = lines(&said(&[(40, 45, "light.")]));
        assert_eq!(first[0].joined(&late[0]), None);
    }
}
