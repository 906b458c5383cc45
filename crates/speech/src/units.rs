//! The units a text is made of, for agreeing, placing and cutting lines: one Han character, one word,
//! one run of digits. Punctuation is no such unit: it changes with every pass and goes along with the
//! unit before it, an opening mark with the one behind it.

use crate::vad::Span;
use qinting_domain::text::is_han;

/// A unit of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Unit {
    /// Which character of the text it begins with.
    pub(crate) at: usize,
    /// Opening marks before it.
    pub(crate) lead: String,
    /// As it is written.
    pub(crate) text: String,
    /// Punctuation and spaces behind it.
    pub(crate) tail: String,
    /// Its least probability, 0–1.
    pub(crate) sure: f32,
    /// When it was said, in samples at 16 kHz; nothing until it is placed.
    pub(crate) span: Span,
}

impl Unit {
    /// Whether two passes mean the same by it.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.text == other.text || self.text.to_lowercase() == other.text.to_lowercase()
    }

    /// How long it takes to say, in syllables: a Han character or a digit is one, three letters are
    /// about one.
    pub(crate) fn syllables(&self) -> f32 {
        let letters = self.text.chars().count() as f32;
        match kind_of(self.text.chars().next().unwrap_or(' ')) {
            Kind::Word => (letters / 3.0).max(1.0),
            Kind::Alone | Kind::Digit | Kind::None => letters,
        }
    }

    /// Room it takes in a line with its marks: a letter has half the width of a Han character, which is 2.
    pub(crate) fn width(&self) -> usize {
        [&self.lead, &self.text, &self.tail]
            .iter()
            .flat_map(|part| part.chars())
            .map(|c| if c.is_ascii() { 1 } else { 2 })
            .sum()
    }
}

/// Marks that belong to what comes behind them.
const OPENING: &str = "“‘「『（([【《<$¥￥€£#";

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A unit by itself.
    Alone,
    /// Part of a word.
    Word,
    /// Part of a number.
    Digit,
    /// Punctuation or space.
    None,
}

fn kind_of(c: char) -> Kind {
    let is_syllable = matches!(u32::from(c), 0x3040..=0x30FF | 0xAC00..=0xD7AF);
    if is_han(c) || is_syllable {
        Kind::Alone
    } else if c.is_numeric() {
        Kind::Digit
    } else if c.is_alphabetic() {
        Kind::Word
    } else {
        Kind::None
    }
}

/// Cuts a text into units; `sure` has a probability for each of its characters. Nothing is known of
/// their places yet.
pub(crate) fn units(text: &str, sure: &[f32]) -> Vec<Unit> {
    let letters: Vec<char> = text.chars().collect();
    let mut out: Vec<Unit> = Vec::new();
    let mut before = Kind::None;
    let mut lead = String::new();
    for (i, c) in letters.iter().enumerate() {
        let mut kind = kind_of(*c);
        let next = letters.get(i + 1).map_or(Kind::None, |n| kind_of(*n));
        // don't, e-mail, a.m.; 3.5, 12:30
        let joins = match before {
            Kind::Word => "'’-.".contains(*c) && next == Kind::Word,
            Kind::Digit => ".:,".contains(*c) && next == Kind::Digit,
            Kind::Alone | Kind::None => false,
        };
        if joins {
            kind = before;
        }
        let p = sure.get(i).copied().unwrap_or(0.0);
        let is_first = out.is_empty();
        match out.last_mut() {
            _ if kind == Kind::None && is_lead(*c, &lead, is_first) => lead.push(*c),
            Some(unit) if kind == Kind::None => unit.tail.push(*c),
            Some(unit) if kind == before && kind != Kind::Alone => {
                unit.text.push(*c);
                unit.sure = unit.sure.min(p);
            }
            _ if kind == Kind::None => {}
            _ => out.push(Unit {
                at: i,
                lead: std::mem::take(&mut lead),
                text: c.to_string(),
                tail: String::new(),
                sure: p,
                span: Span::default(),
            }),
        }
        before = kind;
    }
    out
}

/// Whether a mark belongs to the unit behind it.
fn is_lead(c: char, lead: &str, is_first: bool) -> bool {
    OPENING.contains(c) || !lead.is_empty() || is_first && "\"'".contains(c)
}

/// Spreads units evenly over the speech they were heard in.
pub(crate) fn spread(units: &mut [Unit], islands: &[Span]) {
    let speech = islands.iter().map(|i| i.len()).sum::<u64>() as f32;
    let all: f32 = units.iter().map(Unit::syllables).sum();
    let at = |said: f32| (speech * said / all.max(1.0)) as u64;
    let mut said = 0.0;
    for unit in units {
        let start = sample_at(islands, at(said), Edge::Behind);
        said += unit.syllables();
        unit.span = Span {
            start,
            end: sample_at(islands, at(said), Edge::Before).max(start),
        };
    }
}

/// On which side of a pause a place at its edge lies.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Before,
    Behind,
}

/// Where so much speech is over.
fn sample_at(islands: &[Span], speech: u64, edge: Edge) -> u64 {
    let mut left = speech;
    let mut end = 0;
    for island in islands {
        end = island.start + left.min(island.len());
        if left < island.len() || left == island.len() && edge == Edge::Before {
            break;
        }
        left -= island.len();
    }
    end
}

/// The text of units, without what stands behind the last one; that comes second.
pub(crate) fn written(units: &[Unit]) -> (String, String) {
    let mut text = String::new();
    let mut tail = String::new();
    for unit in units {
        text.push_str(&tail);
        text.push_str(&unit.lead);
        text.push_str(&unit.text);
        tail.clone_from(&unit.tail);
    }
    (text, tail)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn cut(text: &str) -> Vec<String> {
        let units = units(text, &vec![1.0; text.chars().count()]);
        units.into_iter().map(|u| u.text).collect()
    }

    #[rstest]
    #[case("你好，世界。", &["你", "好", "世", "界"])]
    #[case(" I don't know.", &["I", "don't", "know"])]
    #[case("订单3658尾号12:30", &["订", "单", "3658", "尾", "号", "12:30"])]
    #[case("at 8 a.m. or 10.", &["at", "8", "a.m", "or", "10"])]
    #[case("iPhone15坏了", &["iPhone", "15", "坏", "了"])]
    #[case("「喂」", &["喂"])]
    #[case("花了$50（税前）", &["花", "了", "50", "税", "前"])]
    #[case("カード", &["カ", "ー", "ド"])]
    #[case("。，", &[])]
    fn a_unit_is_a_character_a_word_or_a_number(#[case] text: &str, #[case] want: &[&str]) {
        assert_eq!(cut(text), want);
    }

    #[test]
    fn a_unit_is_as_sure_as_its_least_sure_character() {
        let sure = [0.9, 0.8, 0.2, 0.7, 0.6];
        let units = units("ab c。", &sure);
        let got: Vec<(&str, &str, f32)> = units
            .iter()
            .map(|u| (u.text.as_str(), u.tail.as_str(), u.sure))
            .collect();
        assert_eq!(got, [("ab", " ", 0.8), ("c", "。", 0.7)]);
    }

    #[test]
    fn what_is_cut_is_written_as_it_was() {
        for text in ["“喂”，花了$50（税前）。", "(Sure) it's \"fine\" – $5."] {
            let units = units(text, &[]);
            let (written, tail) = written(&units);
            assert_eq!(written + &tail, text);
        }
    }

    #[test]
    fn places_follow_the_speech_and_leave_out_its_pauses() {
        let islands = [
            Span {
                start: 0,
                end: 32_000,
            },
            Span {
                start: 64_000,
                end: 96_000,
            },
        ];
        let mut four = units("一二三四", &[1.0; 4]);
        spread(&mut four, &islands);
        let spans: Vec<(u64, u64)> = four.iter().map(|u| (u.span.start, u.span.end)).collect();
        let want = [
            (0, 16_000),
            (16_000, 32_000),
            (64_000, 80_000),
            (80_000, 96_000),
        ];
        assert_eq!(spans, want);
    }
}
