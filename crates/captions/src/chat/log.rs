//! Logs of chats as programs write them for people: `客户 10:02:11` with the text below, `[2026-03-06 10:02:11]
//! 客户: 在吗`, `Anna: hello`.

use super::draft::{Draft, Told};
use super::{ChatFormat, ChatTurns, TurnKind, TurnTime, time};
use crate::prefix::{LONGEST, named, names};
use crate::{Party, Place, Reason, Refusal};
use std::collections::HashMap;

/// Reads such a log.
pub(super) fn read(text: &str) -> Result<ChatTurns, Refusal> {
    let mut draft = Draft::of(ChatFormat::Log);
    push_all(&mut draft, text, &[], &Place::Line)?;
    draft.finish().map_err(|refused| match refused.reason {
        Reason::Empty => Refusal::of(Reason::Unknown),
        _ => refused,
    })
}

/// What a line is that begins a turn.
struct Heading<'t> {
    name: &'t str,
    time: Option<TurnTime>,
    /// What stands behind it on the line.
    rest: &'t str,
    /// Nothing else looks like it.
    is_sure: bool,
}

/// Takes the turns of a log; `known` are names of people who take part.
pub(super) fn push_all(
    draft: &mut Draft,
    text: &str,
    known: &[&str],
    at: &dyn Fn(u32) -> Place,
) -> Result<(), Refusal> {
    let bare = names(text.lines());
    let is_known = |name: &str| known.contains(&name) || Party::of(name) != Party::Unknown;
    let mut counts: HashMap<&str, u32> = HashMap::new();
    for heading in text.lines().filter_map(timed) {
        *counts.entry(heading.name).or_default() += 1;
    }
    let is_heading = |heading: &Heading<'_>| {
        heading.is_sure
            || is_known(heading.name)
            || counts.get(heading.name).is_some_and(|n| *n > 1)
    };
    let mut turn: Option<Told> = None;
    for (number, line) in (1..).zip(text.lines()) {
        let timed = timed(line).filter(is_heading);
        let found = timed.or_else(|| {
            let (name, rest) = named(line)?;
            let is_name = known.contains(&name) || bare.contains_key(name);
            is_name.then_some(Heading {
                name,
                time: None,
                rest,
                is_sure: true,
            })
        });
        match (found, &mut turn) {
            (Some(heading), _) => {
                if let Some(done) = turn.take() {
                    draft.push(done)?;
                }
                turn = Some(Told {
                    participant: draft.participant(heading.name, Party::Unknown)?,
                    time: heading.time,
                    kind: kind_of(heading.rest),
                    text: heading.rest.to_owned(),
                    at: at(number),
                });
            }
            (None, Some(turn)) => {
                turn.kind = if turn.text.is_empty() {
                    kind_of(line)
                } else {
                    turn.kind
                };
                turn.text.push('\n');
                turn.text.push_str(line);
                turn.text = std::mem::take(&mut turn.text).trim_start().to_owned();
            }
            // What stands above the first turn is a heading of the file.
            (None, None) => {}
        }
    }
    turn.map_or(Ok(()), |last| draft.push(last))
}

/// A line that begins a turn with its time: the time before the name, or behind it.
fn timed(line: &str) -> Option<Heading<'_>> {
    let line = line.trim();
    leading(line).or_else(|| trailing(line))
}

/// `[2026-03-06 10:02:11] 客户: 在吗`, `10:02:11 客户`.
fn leading(line: &str) -> Option<Heading<'_>> {
    let (said, time, rest) = match line.strip_prefix(['[', '【', '(', '（']) {
        Some(inside) => {
            let (said, rest) = inside.split_once([']', '】', ')', '）'])?;
            (said, time_of(said)?, rest)
        }
        None => blanks(line).into_iter().rev().find_map(|at| {
            let (said, rest) = line.split_at(at);
            Some((said, time_of(said)?, rest))
        })?,
    };
    let rest = rest.trim_start_matches(['-', ' ', '\t', '　']).trim();
    match named(rest) {
        Some((name, rest)) => Some(Heading {
            name,
            time: Some(time),
            rest,
            is_sure: true,
        }),
        None => name_alone(rest).map(|name| Heading {
            name,
            time: Some(time),
            rest: "",
            is_sure: is_exact(said),
        }),
    }
}

/// `客户 10:02:11`, `小林(客服) 2026/3/6 10:02`, `客户（10:02:11）：在吗`.
fn trailing(line: &str) -> Option<Heading<'_>> {
    let (line, rest) = match line.split_once(['）', ')']) {
        Some((before, rest)) if rest.starts_with(['：', ':']) => {
            (before, rest.trim_start_matches(['：', ':']).trim())
        }
        _ => (line.trim_end_matches(['：', ':', ')', '）', ']', '】']), ""),
    };
    let starts = blanks(line).into_iter().chain(
        line.char_indices()
            .filter(|(_, c)| matches!(c, '(' | '（' | '[' | '【'))
            .map(|(at, _)| at),
    );
    let mut starts: Vec<usize> = starts.collect();
    starts.sort_unstable();
    starts.into_iter().find_map(|at| {
        let (name, said) = line.split_at(at);
        let said = said.trim_start_matches(['(', '（', '[', '【', ' ', '\t', '　']);
        Some(Heading {
            time: Some(time_of(said)?),
            name: name_alone(name)?,
            rest,
            is_sure: is_exact(said),
        })
    })
}

/// Where blanks begin, the first few.
fn blanks(line: &str) -> Vec<usize> {
    let blanks = line.char_indices().filter(|(_, c)| c.is_whitespace());
    blanks.map(|(at, _)| at).take(8).collect()
}

/// A time with hours and minutes; a bare number or day is none.
fn time_of(said: &str) -> Option<TurnTime> {
    time::of_text(said).filter(|_| said.contains([':', '：']))
}

/// With seconds or a date: words that are said have neither.
fn is_exact(said: &str) -> bool {
    said.matches([':', '：']).count() > 1 || said.contains(['-', '/', '年'])
}

fn name_alone(name: &str) -> Option<&str> {
    let name = name.trim().trim_end_matches(['：', ':', ',', '，']).trim();
    let is_name = !name.is_empty()
        && name.chars().count() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && !name.contains(['，', '。', '？', '！', '：', ':', '?', '!', ';', '；']);
    is_name.then_some(name)
}

/// What programs write in the place of what they cannot write.
fn kind_of(text: &str) -> TurnKind {
    match text.trim() {
        "[图片]" | "【图片】" | "[表情]" | "[image]" | "[picture]" | "[Image]" => {
            TurnKind::Picture
        }
        "[文件]" | "[语音]" | "[视频]" | "【文件】" | "【语音】" | "[file]" | "[voice]"
        | "[video]" => TurnKind::File,
        _ => TurnKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn told(text: &str) -> Vec<(String, bool, String)> {
        let chat = read(text).expect("a chat");
        let turns = chat.turns.iter().map(|turn| {
            let who = turn
                .participant
                .map(|at| chat.participants[at as usize].label.clone());
            (
                who.unwrap_or_default(),
                turn.time.is_some(),
                turn.text.clone(),
            )
        });
        turns.collect()
    }

    #[rstest]
    #[case::text_below(
        "会话记录\n客户 10:02:11\n在吗\n\n退款到了吗\n客服小林 10:02:40\n在的，10:30 再看\n",
        true
    )]
    #[case::time_before(
        "[2026-03-06 10:02:11] 客户: 在吗\n\n退款到了吗\n[2026-03-06 10:02:40] 客服小林: 在的，10:30 再看",
        true
    )]
    #[case::time_behind(
        "客户（10:02:11）：在吗\n\n退款到了吗\n客服小林（10:02:40）：在的，10:30 再看",
        true
    )]
    #[case::date_behind(
        "客户 2026/3/6 10:02\n在吗\n\n退款到了吗\n客服小林 2026/3/6 10:03\n在的，10:30 再看",
        true
    )]
    #[case::time_above(
        "2026-03-06 10:02:11 客户\n在吗\n\n退款到了吗\n2026-03-06 10:02:40 客服小林\n在的，10:30 再看",
        true
    )]
    #[case::no_times("客户：在吗\n\n退款到了吗\n客服小林：在的，10:30 再看", false)]
    fn logs_are_read_as_programs_write_them(#[case] text: &str, #[case] has_times: bool) {
        let expected = [
            ("客户".into(), has_times, "在吗\n\n退款到了吗".into()),
            ("客服小林".into(), has_times, "在的，10:30 再看".into()),
        ];
        assert_eq!(told(text), expected);
    }

    #[test]
    fn a_picture_is_one_in_words() {
        let chat = read("客户 10:02:11\n[图片]\n客户 10:02:13\n这个[图片]\n").expect("a chat");
        let kinds: Vec<_> = chat.turns.iter().map(|turn| turn.kind).collect();
        assert_eq!(kinds, [TurnKind::Picture, TurnKind::Text]);
    }

    #[rstest]
    #[case("明天 再打\n")]
    #[case("")]
    #[case("a,b\n1,2\n")]
    fn what_is_no_log_is_refused(#[case] text: &str) {
        assert_eq!(read(text).expect_err("no chat").reason, Reason::Unknown);
    }
}
