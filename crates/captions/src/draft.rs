//! A foreign text while its lines are read: bounds, order and what is to be noted are here, whatever the format.

use crate::note::Notes;
use crate::source::{MOST_LINES, MOST_SPEAKERS, MOST_WORDS};
use crate::wording::on_one_line;
use crate::{
    ForeignLine, ForeignText, ForeignWord, Format, NoteKind, Party, Place, Reason, Refusal,
    Speaker, Stretch,
};
use std::collections::HashMap;

/// Lines of one speaker may touch by so much, in milliseconds, before they are said to overlap.
const TOUCH_MS: u64 = 20;
/// A line may end so much later than the sound, in milliseconds, before that is said: lengths are rounded.
const OVER_MS: u64 = 1_000;

/// A line as a format tells it.
pub(crate) struct Told {
    /// Start and end in milliseconds; `None`: not said.
    pub span: Option<(u64, u64)>,
    /// Who speaks.
    pub speaker: Option<u32>,
    /// What was said.
    pub text: String,
    /// Its words.
    pub words: Vec<ForeignWord>,
    /// How sure the engine was.
    pub confidence: Option<f64>,
    /// Where it stands.
    pub at: Place,
}

impl Told {
    /// A line of which only this is known.
    pub fn new(span: Option<(u64, u64)>, text: impl Into<String>, at: Place) -> Self {
        Self {
            span,
            speaker: None,
            text: text.into(),
            words: Vec::new(),
            confidence: None,
            at,
        }
    }
}

/// A text that is being read.
pub(crate) struct Draft {
    text: ForeignText,
    known: HashMap<String, u32>,
    words: usize,
    notes: Notes,
}

impl Draft {
    /// Nothing yet, of that format.
    pub fn of(format: Format) -> Self {
        Self {
            text: ForeignText {
                format,
                engine: format.engine().into(),
                model: String::new(),
                language: String::new(),
                length_ms: None,
                begins_ms: 0,
                speakers: Vec::new(),
                lines: Vec::new(),
                notes: Vec::new(),
            },
            known: HashMap::new(),
            words: 0,
            notes: Notes::default(),
        }
    }

    /// The language it is in; the first that is said counts.
    pub fn language(&mut self, said: Option<&str>) {
        if self.text.language.is_empty() {
            self.text.language = crate::wording::language(said.unwrap_or_default());
        }
    }

    /// The model that wrote it.
    pub fn model(&mut self, said: Option<&str>) {
        self.text.model = on_one_line(said.unwrap_or_default());
    }

    /// How long its sound is said to be, in milliseconds.
    pub fn length_ms(&mut self, said: Option<u64>) {
        self.text.length_ms = said.filter(|ms| *ms > 0).or(self.text.length_ms);
    }

    /// Where its clock begins, in milliseconds.
    pub fn begins_ms(&mut self, ms: u64) {
        self.text.begins_ms = ms;
    }

    /// Something to be known.
    pub fn note(&mut self, kind: NoteKind, at: Option<Place>) {
        self.notes.take(kind, at);
    }

    /// The speaker of that label; none of an empty one.
    pub fn speaker(&mut self, label: &str) -> Result<Option<u32>, Refusal> {
        self.speaker_on(label, Party::of(label), None)
    }

    /// The speaker of that label, who is that and speaks on that channel.
    pub fn speaker_on(
        &mut self,
        label: &str,
        party: Party,
        channel: Option<u16>,
    ) -> Result<Option<u32>, Refusal> {
        let label = on_one_line(label);
        if label.is_empty() {
            return Ok(None);
        }
        if let Some(at) = self.known.get(&label) {
            return Ok(Some(*at));
        }
        if self.known.len() == MOST_SPEAKERS {
            return Err(Refusal::of(Reason::TooMany));
        }
        let at = self.known.len() as u32;
        self.known.insert(label.clone(), at);
        let speaker = Speaker {
            label,
            party,
            channel,
        };
        self.text.speakers.push(speaker);
        Ok(Some(at))
    }

    /// Takes a line. One without words is left out and counted.
    pub fn push(&mut self, told: Told) -> Result<(), Refusal> {
        let text = on_one_line(&told.text);
        if let Some((start, end)) = told.span.filter(|(start, end)| end < start) {
            let shown = format!("{start}–{end}");
            return Err(Refusal::at(Reason::EndBeforeStart, told.at).showing(&shown));
        }
        if text.is_empty() {
            self.note(NoteKind::EmptyLeftOut, Some(told.at));
            return Ok(());
        }
        self.words += told.words.len();
        if self.text.lines.len() == MOST_LINES || self.words > MOST_WORDS {
            return Err(Refusal::at(Reason::TooMany, told.at));
        }
        self.text.lines.push(ForeignLine {
            stretch: told
                .span
                .map(|(start_ms, end_ms)| Stretch { start_ms, end_ms }),
            speaker: told.speaker,
            text,
            words: told.words,
            confidence: told.confidence.and_then(probability),
            at: told.at,
        });
        Ok(())
    }

    /// The text, its lines in order.
    pub fn finish(mut self) -> Result<ForeignText, Refusal> {
        if self.text.lines.is_empty() {
            return Err(Refusal::of(Reason::Empty));
        }
        self.put_in_order();
        self.look_at_times();
        self.text.notes = self.notes.into_notes();
        Ok(self.text)
    }

    /// By their starts. A line without a time goes with the one before it.
    fn put_in_order(&mut self) {
        let (mut latest, mut last) = (0, 0);
        let mut keyed = Vec::with_capacity(self.text.lines.len());
        for line in std::mem::take(&mut self.text.lines) {
            if let Some(stretch) = line.stretch {
                last = stretch.start_ms;
                if last < latest {
                    self.notes.take(NoteKind::OutOfOrder, Some(line.at.clone()));
                }
                latest = latest.max(last);
            }
            keyed.push((last, line));
        }
        keyed.sort_by_key(|(start, _)| *start);
        self.text.lines = keyed.into_iter().map(|(_, line)| line).collect();
    }

    fn look_at_times(&mut self) {
        let mut ends: HashMap<Option<u32>, u64> = HashMap::new();
        let over = self.text.length_ms.map(|length| length + OVER_MS);
        for line in &self.text.lines {
            let mut note = |kind| self.notes.take(kind, Some(line.at.clone()));
            let Some(stretch) = line.stretch else {
                note(NoteKind::TimesMissing);
                continue;
            };
            let end = ends.entry(line.speaker).or_default();
            if stretch.start_ms + TOUCH_MS < *end {
                note(NoteKind::Overlap);
            }
            *end = stretch.end_ms.max(*end);
            if over.is_some_and(|over| stretch.end_ms > over + self.text.begins_ms) {
                note(NoteKind::BeyondEnd);
            }
            if stretch.length_ms() == 0 {
                note(NoteKind::NoLength);
            }
        }
    }
}

/// How sure somebody was, 0–1. Some count in hundredths.
pub(crate) fn probability(said: f64) -> Option<f32> {
    let said = if said > 1.0 { said / 100.0 } else { said };
    (0.0..=1.0).contains(&said).then_some(said as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(lines: &[(u64, u64, &str)]) -> Draft {
        let mut draft = Draft::of(Format::Srt);
        for (at, (start, end, label)) in (1..).zip(lines) {
            let speaker = draft.speaker(label).expect("few speakers");
            let told = Told {
                speaker,
                ..Told::new(Some((*start, *end)), "好", Place::Line(at))
            };
            draft.push(told).expect("a line");
        }
        draft
    }

    fn notes(text: &ForeignText) -> Vec<(NoteKind, u32)> {
        text.notes
            .iter()
            .map(|note| (note.kind, note.count))
            .collect()
    }

    #[test]
    fn lines_are_put_in_order_and_what_is_odd_is_told() {
        let mut draft = draft(&[
            (5_000, 6_000, "客户"),
            (0, 2_000, "客户"),
            (1_000, 3_000, "坐席"),
            (1_500, 1_500, "客户"),
        ]);
        draft.length_ms(Some(4_000));
        draft
            .push(Told::new(None, " \n ", Place::Line(5)))
            .expect("an empty line");
        let text = draft.finish().expect("a text");
        let starts: Vec<_> = text.lines.iter().filter_map(|l| l.stretch).collect();
        assert!(starts.is_sorted());
        let told = [
            (NoteKind::Overlap, 1),
            (NoteKind::OutOfOrder, 3),
            (NoteKind::BeyondEnd, 1),
            (NoteKind::EmptyLeftOut, 1),
            (NoteKind::NoLength, 1),
        ];
        assert_eq!(notes(&text), told);
        assert_eq!(text.notes[0].first, Some(Place::Line(4)));
    }

    #[test]
    fn a_line_without_a_time_stays_behind_the_one_before_it() {
        let mut draft = draft(&[(5_000, 6_000, ""), (1_000, 2_000, "")]);
        let untimed = Told::new(None, "然后", Place::Line(3));
        draft.push(untimed).expect("a line");
        let text = draft.finish().expect("a text");
        let texts: Vec<_> = text.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(texts, ["好", "然后", "好"]);
        assert!(notes(&text).contains(&(NoteKind::TimesMissing, 1)));
    }

    #[test]
    fn a_line_that_ends_before_it_starts_is_refused_with_its_place() {
        let told = Told::new(Some((2_000, 1_000)), "好", Place::Line(9));
        let refused = Draft::of(Format::Srt).push(told).expect_err("refused");
        assert_eq!(refused.reason, Reason::EndBeforeStart);
        assert_eq!(refused.at, Some(Place::Line(9)));
    }

    #[test]
    fn there_are_bounds() {
        let mut draft = Draft::of(Format::Srt);
        for at in 0..MOST_LINES {
            let told = Told::new(Some((0, 1)), "好", Place::Line(at as u32));
            draft.push(told).expect("within bounds");
        }
        let refused = draft.push(Told::new(None, "好", Place::Line(0)));
        assert_eq!(refused.expect_err("too many").reason, Reason::TooMany);
        for at in 0..MOST_SPEAKERS {
            draft.speaker(&format!("spk{at}")).expect("within bounds");
        }
        assert!(draft.speaker("one more").is_err());
        assert_eq!(draft.speaker("spk7").expect("known"), Some(7));
    }

    #[test]
    fn a_text_without_lines_is_none() {
        let refused = Draft::of(Format::Srt).finish().expect_err("empty");
        assert_eq!(refused.reason, Reason::Empty);
    }
}
