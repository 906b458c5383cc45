//! Who speaks, where lines begin with it: `坐席：您好`, `【客户】在吗`, `Anna: hello`.

use crate::cue::Cue;
use crate::draft::Draft;
use crate::{NoteKind, Party, Place, Refusal};
use std::collections::HashMap;

/// A name is no longer than this, in characters.
pub(crate) const LONGEST: usize = 24;
/// So many different beginnings may be names in one text; more of them are words that were said.
const MOST_NAMES: usize = 12;

/// The name a line begins with, and what stands behind it. Whether it is one, the other lines say.
pub(crate) fn named(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let (name, rest) = match line.strip_prefix(['【', '[']) {
        Some(inside) => inside.split_once(['】', ']'])?,
        None => line.split_once(['：', ':'])?,
    };
    let rest = rest.trim_start_matches(['：', ':']);
    let name = name.trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && !name.contains(['，', '。', '？', '！', ',', '?', '!', '<', '>', '"', '“'])
        && name.chars().any(char::is_alphabetic)
        // `10:30` is a time, `https://` leads somewhere.
        && !rest.starts_with("//")
        && !name.ends_with(|c: char| c.is_ascii_digit() && rest.starts_with(|r: char| r.is_ascii_digit()));
    is_name.then_some((name, rest.trim_start()))
}

/// The line without marks of looks before its first word: `{\an8}`, `<i>`.
fn unmarked(line: &str) -> &str {
    let mut rest = line.trim_start();
    loop {
        let is_tag = rest
            .strip_prefix('<')
            .is_some_and(|inside| inside.starts_with(|c: char| c.is_ascii_alphabetic()));
        let end = match (is_tag, rest.starts_with("{\\")) {
            (true, _) => rest.find('>'),
            (_, true) => rest.find('}'),
            _ => None,
        };
        match end {
            Some(end) => rest = rest[end + 1..].trim_start(),
            None => return rest,
        }
    }
}

/// Turns names at the beginnings of cues into voices, where they are names: a word for a party, or the same one
/// again and again, in most lines. Cues that have voices keep them.
pub(crate) fn take_out(draft: &mut Draft, cues: &mut [Cue]) -> Result<(), Refusal> {
    if cues.iter().any(|cue| cue.text.contains("<v")) {
        return Ok(());
    }
    let names = names(cues.iter().flat_map(|cue| cue.text.lines()));
    for cue in cues {
        if let Some(voiced) = voiced(&cue.text, &names) {
            cue.text = voiced;
            draft.note(NoteKind::SpeakerFromText, Some(Place::Line(cue.line)));
        }
    }
    Ok(())
}

/// The text with voices in the place of names; `None` where no line of it begins with one.
fn voiced(text: &str, names: &HashMap<String, usize>) -> Option<String> {
    let (mut out, mut is_voiced) = (String::with_capacity(text.len() + 16), false);
    for line in text.lines() {
        match named(unmarked(line)).filter(|(name, _)| names.contains_key(*name)) {
            Some((name, rest)) => {
                out.push_str(if is_voiced { "</v>" } else { "" });
                out.push_str(&format!("<v {name}>{rest}"));
                is_voiced = true;
            }
            None => out.push_str(line),
        }
        out.push('\n');
    }
    is_voiced.then(|| out + "</v>")
}

/// The beginnings that are names, and how often each stands.
pub(crate) fn names<'t>(lines: impl Iterator<Item = &'t str>) -> HashMap<String, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut all = 0;
    for line in lines.filter(|line| !line.trim().is_empty()) {
        all += 1;
        if let Some((name, _)) = named(unmarked(line)) {
            *counts.entry(name).or_default() += 1;
        }
    }
    let is_party = |name: &str| Party::of(name) != Party::Unknown;
    let most: usize = counts.values().sum();
    // What begins most lines is a name; what begins a few is one only where it is the word for a party.
    let are_usual = most * 2 > all && counts.len() <= MOST_NAMES;
    counts.retain(|name, count| is_party(name) || (are_usual && *count > 1));
    let owned = counts.into_iter().map(|(name, count)| (name.into(), count));
    owned.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("坐席：您好", Some(("坐席", "您好")))]
    #[case("【客户】：在吗", Some(("客户", "在吗")))]
    #[case("[Anna] hello", Some(("Anna", "hello")))]
    #[case("Anna Li: hello", Some(("Anna Li", "hello")))]
    #[case("10:30 再打", None)]
    #[case("时间10:30", None)]
    #[case("https://example.com", None)]
    #[case("我说，注意：别挂", None)]
    #[case("：好", None)]
    #[case("好的", None)]
    fn a_line_may_begin_with_a_name(#[case] line: &str, #[case] found: Option<(&str, &str)>) {
        assert_eq!(named(line), found);
    }

    #[test]
    fn what_begins_one_line_of_many_was_said() {
        let said = ["注意：别挂", "好的", "金额：三百", "嗯", "客户：在吗", "喂"];
        let names = names(said.into_iter());
        assert_eq!(names.into_keys().collect::<Vec<_>>(), ["客户"]);
    }

    #[test]
    fn what_begins_most_lines_again_and_again_is_a_name() {
        let said = [
            "小林：您好",
            "王磊：在吗",
            "小林：在的",
            "王磊：退款",
            "备注：无",
        ];
        let mut names: Vec<_> = names(said.into_iter()).into_keys().collect();
        names.sort_unstable();
        assert_eq!(names, ["小林", "王磊"]);
    }
}
