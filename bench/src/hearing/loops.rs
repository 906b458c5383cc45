//! Text that goes round in circles.

use crate::text::Line;
use qinting_domain::text::is_han;
use qinting_testkit::text::letters;

/// So often in a row makes a loop.
const TIMES: usize = 4;

/// Lines that say what the line before on their lane said, or that loop.
pub(super) fn repeats(lines: &[Line]) -> usize {
    let mut lanes: Vec<u16> = lines.iter().map(|l| l.lane).collect();
    lanes.sort_unstable();
    lanes.dedup();
    lanes.into_iter().map(|lane| on_lane(lines, lane)).sum()
}

fn on_lane(lines: &[Line], lane: u16) -> usize {
    let mut mine: Vec<&Line> = lines.iter().filter(|l| l.lane == lane).collect();
    mine.sort_by_key(|l| l.start_ms);
    let same = |n: usize| n > 0 && letters(&mine[n - 1].text) == letters(&mine[n].text);
    let is_wrong = |n: &usize| !letters(&mine[*n].text).is_empty();
    (0..mine.len())
        .filter(is_wrong)
        .filter(|n| same(*n) || loops(&mine[*n].text))
        .count()
}

/// Whether a unit stands four times in a row: a word, or two Han characters or more. Four times the
/// same Han character or digit is how people laugh and what telephone numbers are like.
pub(super) fn loops(text: &str) -> bool {
    let units = units(text);
    (1..=units.len() / TIMES).any(|length| {
        let mut run = 0;
        (length..units.len()).any(|at| {
            run = if units[at] == units[at - length] {
                run + 1
            } else {
                0
            };
            run >= length * (TIMES - 1) && (length > 1 || is_word(&units[at]))
        })
    })
}

fn is_word(unit: &str) -> bool {
    unit.chars().all(|c| c.is_alphabetic() && !is_han(c))
}

/// Han characters and digits one by one, everything else word by word.
fn units(text: &str) -> Vec<String> {
    let mut units = Vec::new();
    let mut word = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let is_alone = is_han(c) || c.is_numeric();
        if (is_alone || !c.is_alphanumeric()) && c != '\'' {
            units.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty()));
        }
        if is_alone {
            units.push(c.into());
        } else if c.is_alphanumeric() {
            word.push(c);
        }
    }
    units.extend(Some(word).filter(|w| !w.is_empty()));
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("Okay, thank you. Thank you.", false)]
    #[case("no no no", false)]
    #[case("No, no, no, no.", true)]
    #[case("I'll do that. I'll do that. I'll do that. I'll do that.", true)]
    #[case("哈哈哈哈哈", false)]
    #[case("您好您好您好", false)]
    #[case("您好您好，您好您好", true)]
    #[case("号码是13888886666", false)]
    #[case("我说谢谢你谢谢你谢谢你谢谢你", true)]
    fn a_unit_four_times_in_a_row_is_a_loop(#[case] text: &str, #[case] want: bool) {
        assert_eq!(loops(text), want);
    }

    #[test]
    fn a_line_repeats_what_its_own_lane_said_just_before() {
        let line = |lane, start_ms, text: &str| Line {
            lane,
            start_ms,
            end_ms: start_ms + 500,
            text: text.into(),
        };
        let lines = [
            line(0, 0, "好的。"),
            line(1, 1_000, "好的"),
            line(0, 2_000, "好的"),
            line(0, 3_000, "再见"),
            line(0, 4_000, "好的"),
            line(1, 5_000, "……"),
            line(1, 6_000, "……"),
        ];
        assert_eq!(repeats(&lines), 1);
    }
}
