//! From what the engine writes to what people read. Whisper writes Chinese as its training text came:
//! in either script, with blanks where it heard a pause, with marks of any width, or with none.
//!
//! Pure rules over characters, each with the probability it came with (0–1), so that a draft keeps one
//! per character.

mod marks;
mod numbers;

use crate::decode::Weighed;
use ferrous_opencc::OpenCC;
use qinting_domain::NumberStyle;
use qinting_domain::text::is_han;

/// A character and how sure it is, 0–1.
type Sure = (char, f32);

/// Base writes a blank where it heard a pause. One between two clauses of so many Han characters each is a
/// comma; among shorter pieces it may part words (广州市 房地产 中介协会).
const CLAUSE: usize = 4;
/// A pause this long after a line ends a sentence, in milliseconds.
const ENDS_SENTENCE_MS: u64 = 600;

/// A final text as it is shown.
pub(crate) fn text(
    simplify: Option<&OpenCC>,
    numbers: NumberStyle,
    text: &str,
    language: &str,
) -> String {
    let text = simplify.map_or_else(|| text.to_owned(), |cc| cc.convert(text));
    let sure = text.chars().map(|c| (c, 1.0)).collect();
    let joined = |out: Vec<Sure>| out.into_iter().map(|(c, _)| c).collect::<String>();
    if is_chinese(&text, language) {
        numbers::styled(&joined(readable(sure, Blanks::Pauses)), numbers)
    } else {
        joined(single_blanks(sure))
    }
}

/// A draft as it is shown. Blanks are no commas here and numbers stay as they are: what follows decides
/// both, and what was shown once may only grow.
pub(crate) fn draft(simplify: Option<&OpenCC>, mut heard: Weighed, language: &str) -> Weighed {
    if let Some(cc) = simplify {
        heard.text = cc.convert(&heard.text);
        // A phrase may change its length; then no character is surer than all of them.
        if heard.text.chars().count() != heard.sure.len() {
            let least = heard.sure.iter().copied().fold(1.0, f32::min);
            heard.sure = vec![least; heard.text.chars().count()];
        }
    }
    let is_chinese = is_chinese(&heard.text, language);
    let sure = heard.text.chars().zip(heard.sure).collect();
    let out = if is_chinese {
        readable(sure, Blanks::Gone)
    } else {
        single_blanks(sure)
    };
    let (text, sure) = out.into_iter().unzip();
    Weighed {
        text,
        sure,
        stamps: Vec::new(),
    }
}

/// A Chinese line with a mark at its end: one that has none gets it by the pause after it, in
/// milliseconds; `None` after the last one of an utterance. Other lines stay as they are.
pub(crate) fn closed(text: &str, pause_after_ms: Option<u64>) -> String {
    let text = text.trim_end();
    let said = text.trim_end_matches(marks::CLOSING);
    let is_open = said.chars().last().is_some_and(char::is_alphanumeric);
    if !is_open || !text.chars().any(is_han) || !is_chinese(text, "") {
        return text.to_owned();
    }
    let ends = pause_after_ms.is_none_or(|ms| ms >= ENDS_SENTENCE_MS);
    let mark = match ends {
        _ if asks(said) => '？',
        true => '。',
        false => '，',
    };
    format!("{text}{mark}")
}

/// Words that make a line ending in 呢 a question.
const ASKING: &[&str] = &[
    "什么",
    "怎么",
    "怎样",
    "哪",
    "谁",
    "多少",
    "几",
    "为啥",
    "是不是",
    "能不能",
    "有没有",
    "要不要",
    "会不会",
    "可不可以",
    "干嘛",
];
/// Lines that are questions by 呢 alone.
const ASKED_SHORT: &[&str] = &[
    "你呢",
    "您呢",
    "他呢",
    "她呢",
    "他们呢",
    "你们呢",
    "然后呢",
    "后来呢",
    "结果呢",
    "人呢",
    "那你呢",
    "那我呢",
    "那您呢",
];

/// Whether a line is a question for certain.
fn asks(said: &str) -> bool {
    let clause = said.rsplit(marks::is_mark).next().unwrap_or(said).trim();
    clause.ends_with('吗')
        || ASKED_SHORT.contains(&clause)
        || (clause.ends_with('呢') && ASKING.iter().any(|w| clause.contains(w)))
}

/// Whether the rules of Chinese hold: by the language it was heard in, or by its characters.
fn is_chinese(text: &str, language: &str) -> bool {
    if matches!(language, "zh" | "yue") {
        return true;
    }
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FF}');
    let is_letter = |c: char| c.is_alphabetic() && !is_han(c);
    let words = text.split(|c| !is_letter(c)).filter(|w| !w.is_empty());
    let han = text.chars().filter(|c| is_han(*c)).count();
    han > words.count() && !text.chars().any(is_kana)
}

/// What becomes of a blank between two Han characters.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Blanks {
    /// A comma between clauses, nothing between words.
    Pauses,
    Gone,
}

fn readable(text: Vec<Sure>, blanks: Blanks) -> Vec<Sure> {
    let text = without_blanks(&marks::widened(single_blanks(text)), blanks);
    marks::collapsed(particle(text))
}

/// Each run of blanks as one, none at the ends.
fn single_blanks(text: Vec<Sure>) -> Vec<Sure> {
    let mut out: Vec<Sure> = Vec::with_capacity(text.len());
    for (c, sure) in text {
        let is_blank = c.is_whitespace();
        if !(is_blank && out.last().is_none_or(|(last, _)| *last == ' ')) {
            out.push((if is_blank { ' ' } else { c }, sure));
        }
    }
    if out.last().is_some_and(|(c, _)| *c == ' ') {
        out.pop();
    }
    out
}

/// Takes out the blanks that Chinese does not have: beside its marks and between its characters.
fn without_blanks(text: &[Sure], blanks: Blanks) -> Vec<Sure> {
    let mut out = Vec::with_capacity(text.len());
    for (at, (c, sure)) in text.iter().enumerate() {
        // `single_blanks` left none at the ends and none beside another.
        let around = (*c == ' ')
            .then(|| text.get(at.wrapping_sub(1)).zip(text.get(at + 1)))
            .flatten();
        let Some(((before, _), (after, _))) = around else {
            out.push((*c, *sure));
            continue;
        };
        if is_han(*before) && is_han(*after) {
            if blanks == Blanks::Pauses && parts_clauses(text, at) {
                out.push(('，', *sure));
            }
        } else if !(marks::is_wide(*before) || marks::is_wide(*after)) {
            out.push((' ', *sure));
        }
    }
    out
}

/// Whether both sides of a blank are long enough to be clauses.
fn parts_clauses(text: &[Sure], blank: usize) -> bool {
    let is_end = |at: usize| {
        let beside = |i: usize| text.get(i).is_some_and(|(c, _)| is_han(*c));
        match text[at].0 {
            ' ' => beside(at.wrapping_sub(1)) && beside(at + 1),
            c => marks::is_wide(c),
        }
    };
    let han = |at: &usize| is_han(text[*at].0);
    let before = (0..blank).rev().take_while(|at| !is_end(*at)).filter(han);
    let after = (blank + 1..text.len())
        .take_while(|at| !is_end(*at))
        .filter(han);
    before.count() >= CLAUSE && after.count() >= CLAUSE
}

/// What stands before 著 where it is no particle: 显著, 名著 …
const BEFORE_WORK: &str = "显名原土编译专昭卓论巨拙合遗撰所新旧知";
/// What stands behind it there: 著名, 著作 …
const BEHIND_WORK: &str = "名作称述者录";
/// What stands behind it where it is 着 whatever stands before: 着急, 着火 …
const BEHIND_TOUCH: &str = "急火凉迷手想眼重陆装实力落";

/// 著 as 着, except in the words it is a word of its own in. The converter leaves it: in
/// Traditional text it is both.
fn particle(mut text: Vec<Sure>) -> Vec<Sure> {
    for at in 0..text.len() {
        if text[at].0 != '著' {
            continue;
        }
        let char_at = |i: usize| text.get(i).map_or('\0', |(c, _)| *c);
        let (before, behind) = (char_at(at.wrapping_sub(1)), char_at(at + 1));
        let is_work = BEFORE_WORK.contains(before)
            || BEHIND_WORK.contains(behind)
            || (behind == '书' && char_at(at + 2) == '立');
        if !is_work && (is_han(before) || BEHIND_TOUCH.contains(behind)) {
            text[at].0 = '着';
        }
    }
    text
}

#[cfg(test)]
mod tests;
