//! Keeps what Whisper makes up out of the transcript. Pure rules, per character: rules that split
//! on spaces do nothing for Chinese.

use qinting_domain::text::is_han;
use std::collections::HashSet;

/// What the gates look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate<'a> {
    /// Text of the segment.
    pub(crate) text: &'a str,
    /// Length in milliseconds.
    pub(crate) duration_ms: u64,
    /// Share of that time in which voice activity heard speech, 0–1.
    pub(crate) speech_share: f32,
    /// Mean token probability, 0–1.
    pub(crate) confidence: f32,
    /// Text of the segment before it on the same channel.
    pub(crate) before: Option<&'a str>,
}

/// What becomes of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Goes into the transcript.
    Keep,
    /// Is left out, for this reason (for the log).
    Drop(&'static str),
    /// Loops or races: worth another decoding, then [`unlooped`].
    Doubt,
}

/// Less speech than this in a segment: it was made up.
const NO_SPEECH_SHARE: f32 = 0.2;
/// Below this share or this confidence, known made-up phrases are believed to be made up.
const WEAK: f32 = 0.5;
/// Surer than this, a phrase of that kind is believed to be said.
const MADE_UP_SURE: f32 = 0.85;
/// Speech shorter than this, in milliseconds, is where Whisper makes them up most.
const SHORT_MS: u64 = 700;
/// So often in a row makes a loop.
const LOOP_TIMES: usize = 4;
/// Nobody says more Han characters a second.
const HAN_PER_SECOND: f32 = 12.0;
/// Nor more letters of an alphabet.
const LETTERS_PER_SECOND: f32 = 35.0;
/// Longest unit of a loop, in characters.
const LOOP_UNIT: usize = 30;

/// Phrases Whisper learned from subtitles and writes into silence; both scripts, without
/// punctuation, lower case.
const MADE_UP: &[&str] = &[
    "字幕由amaraorg社区提供",
    "字幕由amaraorg社區提供",
    "中文字幕由amaraorg社区提供",
    "中文字幕由amaraorg社區提供",
    "请不吝点赞订阅转发打赏支持明镜与点点栏目",
    "請不吝點贊訂閱轉發打賞支持明鏡與點點欄目",
    "請不吝點讚訂閱轉發打賞支持明鏡與點點欄目",
    "谢谢观看",
    "謝謝觀看",
    "感谢观看",
    "感謝觀看",
    "感谢收看",
    "感謝收看",
    "谢谢收看",
    "謝謝收看",
    "谢谢大家",
    "謝謝大家",
    "感谢您的观看",
    "感謝您的觀看",
    "我们下期再见",
    "我們下期再見",
    "字幕志愿者李宗盛",
    "字幕志願者李宗盛",
    "字幕制作贝尔",
    "字幕by索兰娅",
    "字幕by索蘭婭",
    "thanksforwatching",
    "thankyouforwatching",
    "thankyou",
    "thankyouverymuch",
    "pleasesubscribe",
    "subtitlesbytheamaraorgcommunity",
    "you",
];

/// Words a bracketed caption is made of; the demo of a caption is that it stands alone in
/// brackets, so the list is not asked: anything wholly bracketed goes.
const BRACKETS: &[(char, char)] = &[
    ('（', '）'),
    ('(', ')'),
    ('[', ']'),
    ('【', '】'),
    ('〔', '〕'),
    ('♪', '♪'),
    ('*', '*'),
];

/// Runs the gates in their order.
pub(crate) fn judge(c: &Candidate) -> Verdict {
    let letters = letters(c.text);
    if letters.is_empty() {
        return Verdict::Drop("no letters");
    }
    if c.speech_share < NO_SPEECH_SHARE {
        return Verdict::Drop("no speech");
    }
    if is_caption(c.text) {
        return Verdict::Drop("caption");
    }
    let is_short = c.duration_ms < SHORT_MS && c.confidence < MADE_UP_SURE;
    let weak = is_short || c.speech_share < WEAK || c.confidence < WEAK;
    if weak && is_made_up(&letters) {
        return Verdict::Drop("made up");
    }
    if loops(&letters) || compresses(&letters) || races(&letters, c.duration_ms) {
        return Verdict::Doubt;
    }
    let same = c.before.is_some_and(|b| self::letters(b) == letters);
    if same && c.speech_share < WEAK {
        return Verdict::Drop("repeated");
    }
    Verdict::Keep
}

/// A text that repeats itself, or is nothing but what Whisper learned to write into silence and is not
/// sure of now.
pub(crate) fn is_doubtful(text: &str, confidence: f32) -> bool {
    let letters = letters(text);
    let is_made_up = confidence < MADE_UP_SURE && is_made_up(&letters);
    loops(&letters) || is_made_up || compresses(&letters) || repeats_a_sentence(text)
}

fn is_made_up(letters: &[char]) -> bool {
    let flat: String = letters.iter().collect();
    MADE_UP.contains(&flat.as_str())
}

/// A sentence of some length stands there twice.
fn repeats_a_sentence(text: &str) -> bool {
    const SOME: usize = 8;
    let sentences = text.split(['。', '？', '！', '.', '?', '!']);
    let mut seen: Vec<Vec<char>> = Vec::new();
    for sentence in sentences.map(letters).filter(|s| s.len() >= SOME) {
        if seen.contains(&sentence) {
            return true;
        }
        seen.push(sentence);
    }
    false
}

/// Letters and digits, lower case.
fn letters(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// The whole text is one or more bracketed captions, such as （音乐） or [BLANK_AUDIO].
fn is_caption(text: &str) -> bool {
    let mut rest = text.trim();
    let mut found = false;
    while let Some(open) = rest.chars().next() {
        let Some((_, close)) = BRACKETS.iter().find(|(o, _)| *o == open) else {
            return false;
        };
        let Some(end) = rest[open.len_utf8()..].find(*close) else {
            return false;
        };
        rest = rest[open.len_utf8() + end + close.len_utf8()..].trim_start_matches(|c: char| {
            c.is_whitespace()
                || c.is_ascii_punctuation() && c != '[' && c != '(' && c != '*'
                || c == '。'
        });
        found = true;
    }
    found
}

/// A unit of two or more characters (or one, eight times) stands there four times in a row.
/// A number read out ("8888") and an eager "对对对对" stay under it.
fn loops(letters: &[char]) -> bool {
    find_loop(letters).is_some()
}

/// Start, unit length and end of the first loop.
fn find_loop(letters: &[char]) -> Option<(usize, usize, usize)> {
    for unit in 1..=LOOP_UNIT.min(letters.len() / LOOP_TIMES) {
        let times = if unit == 1 {
            2 * LOOP_TIMES
        } else {
            LOOP_TIMES
        };
        let mut run = 0;
        for i in unit..letters.len() {
            run = if letters[i] == letters[i - unit] {
                run + 1
            } else {
                0
            };
            if run >= unit * (times - 1) {
                let start = i + 1 - run - unit;
                let same = |j: &usize| letters[*j] == letters[*j - unit];
                let end = (i + 1..letters.len())
                    .take_while(same)
                    .last()
                    .map_or(i, |j| j)
                    + 1;
                return Some((start, unit, end));
            }
        }
    }
    None
}

/// A text that says the same few things over and over, if never twice in a row: less than half of what
/// stands in it, three letters at a time, is new.
fn compresses(letters: &[char]) -> bool {
    const TELLING: usize = 24;
    if letters.len() < TELLING {
        return false;
    }
    let new: HashSet<&[char]> = letters.windows(3).collect();
    2 * new.len() < letters.len() - 2
}

/// More text than a mouth can say in the time.
fn races(letters: &[char], duration_ms: u64) -> bool {
    let han = letters.iter().filter(|c| is_han(**c)).count() as f32;
    let other = letters.len() as f32 - han;
    let least_s = han / HAN_PER_SECOND + other / LETTERS_PER_SECOND;
    // A short answer whose ends voice activity set tightly is no race.
    letters.len() > 6 && least_s * 1_000.0 > duration_ms as f32
}

/// The text with each loop cut down to one round.
pub(crate) fn unlooped(text: &str) -> String {
    let mut text = text.to_owned();
    loop {
        let places: Vec<(usize, char)> = text
            .char_indices()
            .filter(|(_, c)| c.is_alphanumeric())
            .collect();
        let flat: Vec<char> = places
            .iter()
            .flat_map(|(_, c)| c.to_lowercase().next())
            .collect();
        let Some((start, unit, end)) = find_loop(&flat) else {
            return text;
        };
        let cut_from = places[start + unit].0;
        let cut_to = places.get(end).map_or(text.len(), |(at, _)| *at);
        let tail = if end == places.len() {
            // The loop runs to the end: keep the closing mark.
            let last = places[end - 1];
            text[last.0 + last.1.len_utf8()..].to_owned()
        } else {
            text[cut_to..].to_owned()
        };
        let keep = text[..cut_from]
            .trim_end_matches(|c: char| !c.is_alphanumeric())
            .to_owned();
        let gap = if end < places.len() {
            text[keep.len()..cut_from].to_owned()
        } else {
            String::new()
        };
        text = keep + &gap + &tail;
    }
}

#[cfg(test)]
mod tests;
