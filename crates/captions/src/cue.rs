//! What WebVTT and SubRip share: the line with two times, and voices and marks inside of the text.

use crate::clock::of_clock;
use crate::draft::{Draft, Told};
use crate::{ForeignWord, NoteKind, Place, Reason, Refusal, Stretch, wording};

const ARROW: &str = "-->";

/// Whether a line tells two times.
pub(crate) fn is_timing(line: &str) -> bool {
    has_arrow(line) && timing(line).is_some()
}

/// Whether a line is meant to tell two times.
pub(crate) fn has_arrow(line: &str) -> bool {
    line.contains(ARROW)
}

/// Start and end in milliseconds. What stands behind the end is settings or coordinates.
pub(crate) fn timing(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once(ARROW)?;
    let end = rest.split_whitespace().next()?;
    Some((of_clock(start.trim())?, of_clock(end)?))
}

/// A cue as it stood in the file.
pub(crate) struct Cue {
    /// Start and end in milliseconds.
    pub span: (u64, u64),
    /// Its text, marks and all.
    pub text: String,
    /// How sure the engine was.
    pub confidence: Option<f64>,
    /// The line with its times.
    pub line: u32,
}

/// The times of a line that is meant to tell them.
///
/// # Errors
/// They cannot be read, or the end is before the start.
pub(crate) fn times(line: &str, number: u32) -> Result<(u64, u64), Refusal> {
    let refused = |reason| Refusal::at(reason, Place::Line(number)).showing(line);
    let (start, end) = timing(line).ok_or_else(|| refused(Reason::Time))?;
    match start <= end {
        true => Ok((start, end)),
        false => Err(refused(Reason::EndBeforeStart)),
    }
}

/// Takes a cue: each voice in it is a line.
pub(crate) fn push(draft: &mut Draft, cue: &Cue) -> Result<(), Refusal> {
    let at = || Place::Line(cue.line);
    let told = voices(&cue.text);
    if told.is_open {
        draft.note(NoteKind::VoiceNotClosed, Some(at()));
    }
    let is_empty = |voice: &Voice| wording::on_one_line(&voice.text()).is_empty();
    if told.voices.iter().all(is_empty) {
        return draft.push(Told::new(Some(cue.span), "", at()));
    }
    for voice in told.voices.iter().filter(|voice| !is_empty(voice)) {
        let speaker = draft.speaker(&voice.name)?;
        draft.push(Told {
            speaker,
            words: voice.words(cue.span),
            confidence: cue.confidence,
            ..Told::new(Some(cue.span), voice.text(), at())
        })?;
    }
    Ok(())
}

/// What one voice says in a cue.
#[derive(Debug, Default, PartialEq)]
struct Voice {
    name: String,
    /// Its text in pieces, each with the time that stands before it.
    pieces: Vec<(Option<u64>, String)>,
}

impl Voice {
    fn of(name: String) -> Self {
        let pieces = vec![(None, String::new())];
        Self { name, pieces }
    }

    fn text(&self) -> String {
        self.pieces.iter().map(|(_, text)| text.as_str()).collect()
    }

    fn last(&mut self) -> &mut String {
        if self.pieces.is_empty() {
            self.pieces.push((None, String::new()));
        }
        let last = self.pieces.len() - 1;
        &mut self.pieces[last].1
    }

    /// The pieces as words, where times stand between them.
    fn words(&self, (start, end): (u64, u64)) -> Vec<ForeignWord> {
        if self.pieces.iter().all(|(at, _)| at.is_none()) {
            return Vec::new();
        }
        let starts: Vec<u64> = self
            .pieces
            .iter()
            .map(|(at, _)| at.unwrap_or(start).clamp(start, end))
            .collect();
        let ends = starts.iter().skip(1).copied().chain([end]);
        let words = self.pieces.iter().zip(starts.iter().zip(ends));
        words
            .filter(|((_, text), _)| !text.trim().is_empty())
            .map(|((_, text), (start_ms, end_ms))| ForeignWord {
                stretch: Stretch {
                    start_ms: *start_ms,
                    end_ms: end_ms.max(*start_ms),
                },
                text: wording::on_one_line(text),
                confidence: None,
            })
            .collect()
    }
}

/// The voices of a cue.
#[derive(Debug, Default, PartialEq)]
struct Voices {
    voices: Vec<Voice>,
    /// One of them was not closed.
    is_open: bool,
}

/// Takes a cue's text apart. Marks of looks are left out, readings over characters (`<rt>`) too; a `<` that begins
/// no mark is a character.
fn voices(text: &str) -> Voices {
    let mut told = Voices {
        voices: vec![Voice::default()],
        is_open: false,
    };
    let (mut rest, mut is_reading, mut is_named) = (text, false, false);
    while let Some(at) = rest.find(['<', '&', '{']) {
        let (before, mark) = rest.split_at(at);
        told.add(before, is_reading);
        let (taken, length) = mark_of(mark);
        rest = &mark[length..];
        match taken {
            Mark::Voice(name) => {
                told.is_open |= is_named;
                is_named = true;
                told.voices.push(Voice::of(name));
            }
            Mark::VoiceEnd => {
                is_named = false;
                told.voices.push(Voice::default());
            }
            Mark::Time(ms) => told.at(ms),
            Mark::Reading(begins) => is_reading = begins,
            Mark::Looks => {}
            Mark::Text(text) => told.add(&text, is_reading),
        }
    }
    told.add(rest, is_reading);
    told.is_open |= is_named;
    told
}

impl Voices {
    fn add(&mut self, text: &str, is_reading: bool) {
        if let Some(voice) = self.voices.last_mut().filter(|_| !is_reading) {
            voice.last().push_str(text);
        }
    }

    fn at(&mut self, ms: u64) {
        if let Some(voice) = self.voices.last_mut() {
            voice.pieces.push((Some(ms), String::new()));
        }
    }
}

/// What stands at a `<`, `&` or `{`.
enum Mark {
    Voice(String),
    VoiceEnd,
    Time(u64),
    Reading(bool),
    Looks,
    Text(String),
}

/// The mark a text begins with, and how many bytes it has.
fn mark_of(text: &str) -> (Mark, usize) {
    let one = || {
        let first = text.chars().next().map_or("", |c| &text[..c.len_utf8()]);
        (Mark::Text(first.into()), first.len())
    };
    match text.as_bytes() {
        [b'&', ..] => entity(text).map_or_else(one, |(c, length)| (Mark::Text(c), length)),
        // Positions of Aegisub, which SubRip files carry: {\an8}.
        [b'{', b'\\', ..] => match text.find('}') {
            Some(end) => (Mark::Looks, end + 1),
            None => one(),
        },
        [b'<', b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/', ..] => match text.find('>') {
            Some(end) => (tag(&text[1..end]), end + 1),
            None => one(),
        },
        _ => one(),
    }
}

/// What stands between `<` and `>`.
fn tag(inside: &str) -> Mark {
    if let Some(ms) = of_clock(inside.trim()) {
        return Mark::Time(ms);
    }
    let (name, rest) = match inside.find(|c: char| c == '.' || c.is_whitespace()) {
        Some(at) => inside.split_at(at),
        None => (inside, ""),
    };
    match name {
        "v" => {
            // Classes stand between the name and the first blank.
            let said = rest.find(char::is_whitespace).map_or("", |at| &rest[at..]);
            Mark::Voice(unescaped(said.trim()))
        }
        "/v" => Mark::VoiceEnd,
        "rt" => Mark::Reading(true),
        "/rt" | "/ruby" => Mark::Reading(false),
        _ => Mark::Looks,
    }
}

/// A text in which each entity is its character.
pub(crate) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = entity(rest).unwrap_or_else(|| ("&".into(), 1));
        out.push_str(&c);
        rest = &rest[length..];
    }
    out + rest
}

/// The character an entity at the start of a text stands for, and how many bytes it has.
fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => "&".into(),
        "lt" => "<".into(),
        "gt" => ">".into(),
        "quot" => "\"".into(),
        "apos" => "'".into(),
        "nbsp" => " ".into(),
        // Marks of direction are not seen.
        "lrm" | "rlm" => String::new(),
        _ => numbered(name.strip_prefix('#')?)?.to_string(),
    };
    Some((c, end + 1))
}

fn numbered(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn told(text: &str) -> Vec<(String, String)> {
        let voices = voices(text).voices.into_iter();
        let told = voices.map(|v| (v.name.clone(), v.text().trim().to_owned()));
        told.filter(|(_, text)| !text.is_empty()).collect()
    }

    #[rstest]
    #[case("好的", &[("", "好的")])]
    #[case("<v 客户>我要退款</v>", &[("客户", "我要退款")])]
    #[case("<v.loud.first 客户 王>我要退款", &[("客户 王", "我要退款")])]
    #[case("<v>It's a blue apple tree!", &[("", "It's a blue apple tree!")])]
    #[case("<v A&amp;B>x</v> y", &[("A&B", "x"), ("", "y")])]
    #[case("<v 客户>在吗\n<v 坐席>在的", &[("客户", "在吗"), ("坐席", "在的")])]
    #[case("<i>Laughs</i> 3 < 5 &lt;b&gt; &#20320;&#x597D; &unknown; A&B", &[("", "Laughs 3 < 5 <b> 你好 &unknown; A&B")])]
    #[case("<ruby>客<rt>kè</rt></ruby>户", &[("", "客户")])]
    #[case("{\\an8}<font color=\"#fff\">上面</font> {note}", &[("", "上面 {note}")])]
    #[case("<c.yellow.bg_blue>a</c> <never closed", &[("", "a <never closed")])]
    fn a_cue_is_what_its_voices_say(#[case] text: &str, #[case] expected: &[(&str, &str)]) {
        let told = told(text);
        let told: Vec<_> = told.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        assert_eq!(told, expected);
    }

    #[rstest]
    #[case("<v 客户>好", true)]
    #[case("<v 客户>好<v 坐席>好</v>", true)]
    #[case("<v 客户>好</v>", false)]
    #[case("好", false)]
    fn a_voice_that_is_not_closed_is_known(#[case] text: &str, #[case] is_open: bool) {
        assert_eq!(voices(text).is_open, is_open);
    }

    #[test]
    fn times_inside_of_a_cue_tell_its_words() {
        let told = voices("您好<00:00:01.500>请<00:00:01.900><c>讲</c>");
        let words = told.voices[0].words((1_000, 2_000));
        let words: Vec<_> = words
            .iter()
            .map(|w| (w.stretch.start_ms, w.stretch.end_ms, w.text.as_str()))
            .collect();
        let expected = [
            (1_000, 1_500, "您好"),
            (1_500, 1_900, "请"),
            (1_900, 2_000, "讲"),
        ];
        assert_eq!(words, expected);
    }

    #[rstest]
    #[case("00:00:01,000 --> 00:00:02,000 X1:10 X2:20", Some((1_000, 2_000)))]
    #[case("00:11.000-->00:13.000 align:end", Some((11_000, 13_000)))]
    #[case("a --> b", None)]
    #[case("--> 00:01.000", None)]
    #[case("00:01.000 -->", None)]
    fn the_line_of_times_is_read(#[case] line: &str, #[case] span: Option<(u64, u64)>) {
        assert_eq!(timing(line), span);
    }
}
