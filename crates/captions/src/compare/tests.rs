//! Texts compared whose differences are known.

use super::*;

fn line(start_ms: u64, end_ms: u64, text: &str) -> TimedLine<'_> {
    TimedLine {
        start_ms,
        end_ms,
        lane: None,
        text,
    }
}

fn shown(side: &[ComparedLine], lines: &[TimedLine<'_>]) -> Vec<String> {
    let mark = |compared: &ComparedLine| {
        let text = lines[compared.line as usize].text;
        let differs = compared.differs.iter().map(|range| &text[range.clone()]);
        format!("{text} [{}]", differs.collect::<Vec<_>>().join("|"))
    };
    side.iter().map(mark).collect()
}

#[test]
fn punctuation_width_case_and_script_are_no_difference() {
    let ours = [line(0, 2_000, "您好，我要退貨，訂單ＪＤ２０２６。")];
    let theirs = [line(100, 1_900, "您好我要退货 订单jd2026")];
    let compared = compare(&ours, &theirs);
    assert_eq!((compared.differing, compared.difference_permille()), (0, 0));
    assert_eq!((compared.ours, compared.theirs), (9, 9));
    assert_eq!(compared.rows.len(), 1);
}

#[test]
fn what_differs_is_told_by_line_and_counted_once() {
    let ours = [
        line(0, 2_000, "您好，请问有什么可以帮您"),
        line(2_500, 5_000, "我要退三百元"),
        line(5_200, 6_000, "好的"),
    ];
    let theirs = [
        line(0, 2_100, "您好请问有什么可以帮你"),
        line(2_400, 4_900, "我要退三百块钱"),
        line(9_500, 9_900, "再见"),
    ];
    let compared = compare(&ours, &theirs);
    let rows: Vec<_> = compared
        .rows
        .iter()
        .map(|row| {
            (
                shown(&row.ours, &ours),
                shown(&row.theirs, &theirs),
                row.differing,
            )
        })
        .collect();
    let owned = |all: &[&str]| all.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    let expected = [
        (
            owned(&["您好，请问有什么可以帮您 [您]"]),
            owned(&["您好请问有什么可以帮你 [你]"]),
            1,
        ),
        (
            owned(&["我要退三百元 [元]"]),
            owned(&["我要退三百块钱 [块钱]"]),
            2,
        ),
        (owned(&["好的 [好的]"]), owned(&[]), 2),
        (owned(&[]), owned(&["再见 [再见]"]), 2),
    ];
    assert_eq!(rows, expected);
    assert_eq!(compared.differing, 7);
    assert_eq!(compared.difference_permille(), 7 * 1_000 / 20);
}

#[test]
fn lines_that_are_cut_elsewhere_stand_in_one_row_without_a_difference() {
    let ours = [
        line(0, 4_000, "今天的话呢我们就在北京的国家会议中心"),
        line(4_000, 6_000, "呢举办了这么一个活动"),
    ];
    let theirs = [
        line(0, 1_500, "今天的话呢"),
        line(1_500, 3_000, "我们就在北京的"),
        line(3_000, 6_000, "国家会议中心呢举办了这么一个活动"),
    ];
    let compared = compare(&ours, &theirs);
    assert_eq!(compared.rows.len(), 1, "{:?}", compared.rows);
    assert_eq!(compared.differing, 0);
    assert!(
        compared.rows[0]
            .theirs
            .iter()
            .all(|line| line.differs.is_empty())
    );
}

#[test]
fn what_is_said_at_the_same_time_is_not_mixed_where_lanes_are_known() {
    let on = |lane, timed: TimedLine<'static>| TimedLine {
        lane: Some(lane),
        ..timed
    };
    let ours = [
        on(0, line(0, 3_000, "您先别挂我帮您查一下")),
        on(1, line(200, 2_800, "不行我现在就要投诉你们")),
    ];
    let theirs = [
        on(1, line(100, 1_200, "不行我现在")),
        on(0, line(150, 2_900, "您先别挂我帮您查一下")),
        on(1, line(1_300, 2_800, "就要投诉你们")),
    ];
    let compared = compare(&ours, &theirs);
    assert_eq!(compared.differing, 0);
    assert_eq!(compared.rows.len(), 2);
    assert_eq!(compared.rows[1].theirs.len(), 2);
}

#[test]
fn the_same_word_minutes_apart_is_another_word() {
    let ours = [line(0, 500, "好的"), line(500, 2_900, "我等")];
    let theirs = [line(90_000, 90_500, "好的")];
    let compared = compare(&ours, &theirs);
    assert_eq!(compared.rows.len(), 3);
    assert_eq!(compared.differing, 6);
}

#[test]
fn something_else_said_at_the_same_time_stands_beside() {
    let ours = [line(0, 2_000, "退款")];
    let theirs = [line(0, 1_900, "推广"), line(2_000, 2_100, "嗯")];
    let compared = compare(&ours, &theirs);
    assert_eq!(compared.rows.len(), 2);
    assert_eq!(
        (compared.rows[0].ours.len(), compared.rows[0].theirs.len()),
        (1, 1)
    );
    assert_eq!(compared.rows[0].difference_permille(), 1_000);
}

#[test]
fn nothing_compared_with_nothing_does_not_differ() {
    let compared = compare(&[], &[]);
    assert_eq!(
        (compared.rows.len(), compared.difference_permille()),
        (0, 0)
    );
    let theirs = [line(0, 1, "")];
    assert_eq!(compare(&[], &theirs).rows.len(), 1);
}

/// A text of three hours, and the same with every seventh character wrong and other cuts.
#[test]
fn a_call_of_three_hours_is_compared_in_a_moment() {
    let characters: Vec<char> = ('\u{4E00}'..'\u{5200}').collect();
    let mut dice = qinting_testkit::dice::Dice::new(3);
    let said: Vec<char> = (0..45_000)
        .map(|_| characters[dice.below(characters.len())])
        .collect();
    let heard: Vec<char> = said
        .iter()
        .enumerate()
        .map(|(at, c)| if at % 7 == 3 { '错' } else { *c })
        .collect();
    let cut = |all: &[char], length: usize| -> Vec<(u64, u64, String)> {
        let ms = |at: usize| at as u64 * 240;
        let lines = all.chunks(length).enumerate().map(|(nth, chunk)| {
            let from = nth * length;
            (ms(from), ms(from + chunk.len()), chunk.iter().collect())
        });
        lines.collect()
    };
    let (ours, theirs) = (cut(&said, 17), cut(&heard, 23));
    fn timed(all: &[(u64, u64, String)]) -> Vec<TimedLine<'_>> {
        all.iter()
            .map(|(start, end, text)| line(*start, *end, text))
            .collect()
    }
    let begun = std::time::Instant::now();
    let compared = compare(&timed(&ours), &timed(&theirs));
    let took = begun.elapsed();
    let wrong = said.iter().zip(&heard).filter(|(a, b)| a != b).count() as u32;
    assert!(
        compared.differing.abs_diff(wrong) <= wrong / 50,
        "{} for {wrong}",
        compared.differing
    );
    assert!(
        took.as_secs() < 10,
        "{took:?} on a machine that does other things, too"
    );
    let lines: usize = compared.rows.iter().map(|row| row.ours.len()).sum();
    assert_eq!(lines, ours.len());
}
