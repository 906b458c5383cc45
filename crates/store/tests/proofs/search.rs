//! One search box: Chinese, English, numbers; every hit leads to its moment.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use proptest::prelude::*;
use qinting_app::*;
use qinting_domain::*;
use rstest::rstest;

fn scopes(hits: &[SearchHit]) -> Vec<SearchScope> {
    hits.iter().map(|h| h.target.scope()).collect()
}

#[test]
fn hits_come_grouped_and_lead_to_their_moment() {
    let base = TestWorkspace::new();
    let call = base.call_by("退款来电", "王先生", 1);
    base.transcript(
        call.1,
        &[(0, 900, 0, "您好"), (1_000, 2_500, 1, "我要退款，现在就要")],
    );
    let mark = base.mark(call, 1_200, "退款被拒");
    let issue = base.issue("退款慢");
    base.save_issue(Issue {
        statement: "退款要等十天".into(),
        ..issue.clone()
    });

    let hits = base.find("退款");
    let order = [
        SearchScope::Issue,
        SearchScope::Observation,
        SearchScope::Case,
        SearchScope::Segment,
    ];
    assert_eq!(scopes(&hits), order);
    let [in_issue, in_mark, in_case, in_text] = hits.as_slice() else {
        panic!("four hits")
    };
    let (issue_id, number) = (issue.id, 1);
    assert_eq!(in_issue.target, SearchTarget::Issue { issue_id, number });
    assert_eq!(
        (in_issue.title.as_str(), in_issue.excerpt.as_str()),
        ("退款慢", "退款要等十天")
    );
    let at = |start_ms, end_ms| MomentLink {
        start_ms: Some(start_ms),
        end_ms: Some(end_ms),
        ..MomentLink::to(call.0)
    };
    assert_eq!(
        in_mark.target,
        SearchTarget::Observation {
            observation_id: mark.id,
            at: at(1_200, 2_200)
        }
    );
    assert_eq!(
        (in_mark.title.as_str(), in_mark.excerpt.as_str()),
        ("退款来电", "退款被拒")
    );
    assert_eq!(in_case.target, SearchTarget::Case { case_id: call.0 });
    assert_eq!(in_case.title, "退款来电");
    assert_eq!(
        in_text.target,
        SearchTarget::Segment {
            at: at(1_000, 2_500),
            role: ChannelRole::Customer,
            doubtful: false
        }
    );
    assert_eq!(in_text.title, "退款来电");
    assert_eq!(in_text.excerpt, "我要退款，现在就要");

    let only = [SearchScope::Segment, SearchScope::Issue];
    assert_eq!(
        scopes(&base.find_in("退款", &only)),
        [SearchScope::Issue, SearchScope::Segment]
    );
}

#[rstest]
#[case::heard_well(0.9, None, false)]
#[case::hardly_heard(0.3, None, true)]
#[case::hardly_heard_and_corrected(0.3, Some("我要退款吗"), false)]
fn what_was_hardly_heard_is_not_found_as_certain(
    #[case] confidence: f32,
    #[case] corrected: Option<&str>,
    #[case] doubtful: bool,
) {
    let base = TestWorkspace::new();
    let (_, recording) = base.call("来电", 1);
    let mut lines = base.lines(&[(0, 900, 1, "我要退款")]);
    lines[0].heard.confidence = confidence;
    base.text(recording, &lines).unwrap();
    if let Some(text) = corrected {
        let heard = &base.store.segments(recording, 0, 1).unwrap()[0];
        base.save(
            Action::SegmentEdit,
            Segment {
                text: text.into(),
                text_original: Some(heard.text.clone()),
                ..heard.clone()
            },
        );
    }
    let hits = base.find("退款");
    let [hit] = hits.as_slice() else {
        panic!("one hit")
    };
    assert!(matches!(hit.target, SearchTarget::Segment { doubtful: d, .. } if d == doubtful));
}

#[rstest]
#[case("退", true)]
#[case("七天无理由", true)]
#[case("iphone", true)]
#[case("iPh", true)]
#[case("ＩＰＨＯＮＥ１５", true)]
#[case("8842", true)]
#[case("88", true)]
#[case("iphone 退款", true)]
#[case("退款 iphone", true)]
#[case("理由退", true)]
#[case("phone", false)]
#[case("由款", false)]
#[case("七天 八天", false)]
#[case("", false)]
#[case("。。", false)]
fn typed_text_finds_a_line(#[case] typed: &str, #[case] found: bool) {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    base.transcript(call.1, &[(0, 900, 0, "七天无理由退款，iPhone15 订单8842")]);
    assert_eq!(
        !base.find_in(typed, &[SearchScope::Segment]).is_empty(),
        found
    );
}

#[rstest]
#[case("电话 13800138000", "8000", true)]
#[case("电话 13800138000", "138-0013-8000", true)]
#[case("电话 13800138000", "0138", true)]
#[case("电话 138-0013-8000", "13800138000", true)]
#[case("电话 138 0013 8000", "00138000", true)]
#[case("单号 JD2026091400123456", "123456", true)]
#[case("单号 JD2026091400123456", "jd20260914", true)]
#[case("单号 JD2026091400123456", "1234567", false)]
#[case("电话 13800138000", "800", false)]
#[case("退貨被拒", "退货", true)]
#[case("退货被拒", "退貨", true)]
#[case("⽤户可⾃⾏退款", "用户", true)]
#[case("用户可自行退款", "⽤户", true)]
#[case("客户要退款", "⽤户", false)]
#[case("很满意👍🏽", "👍", true)]
#[case("很满意", "👍", false)]
#[case("１２８ 元", "128", true)]
#[case("订单三六五没到", "订单365", true)]
#[case("订单365没到", "订单三六五", true)]
#[case("订单 365 没到", "订单三百六十五", true)]
#[case("等了三百六十五天", "365天", true)]
#[case("等了三百六十五天", "三六五", true)]
#[case("单号 8021 没到", "八十", false)]
#[case("等了80天", "八十", true)]
#[case("等了365天", "三百六十五天 等了", true)]
#[case("电话 138-0013-8000", "幺三八零零幺三八零零零", true)]
#[case("电话一三八零零一三八零零零", "138 0013 8000", true)]
#[case("等了两百天", "200天", true)]
#[case("订单365没到", "退单三六五", false)]
#[case("订单三六五没到", "三百六", false)]
#[case("三星手机", "3", false)]
#[case("cafe\u{301}", "café", true)]
fn a_note_is_found_however_it_and_the_words_are_written(
    #[case] note: &str,
    #[case] typed: &str,
    #[case] found: bool,
) {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    base.mark(call, 1_000, note);
    let hits = base.find_in(typed, &[SearchScope::Observation]);
    assert_eq!(!hits.is_empty(), found);
}

#[test]
fn what_no_search_can_look_for_is_named() {
    let base = TestWorkspace::new();
    let asked = |text: &str| {
        let text = text.into();
        let scopes = Vec::new();
        let limit = 5;
        base.store
            .search(&SearchQuery {
                text,
                scopes,
                limit,
            })
            .unwrap()
            .left_out
    };
    assert_eq!(asked("？！ 退款 ，"), ["？！", "，"]);
    assert!(asked("退款 👍").is_empty());
}

#[test]
fn the_newest_comes_first_and_what_does_not_fit_is_announced() {
    let base = TestWorkspace::new();
    for n in 0..4u8 {
        let call = base.call(&format!("第{n}通退款"), n);
        base.transcript(call.1, &[(u64::from(n), 900, 0, "退款")]);
    }
    let query = |limit| SearchQuery {
        limit,
        ..SearchQuery::of("退款")
    };
    let two = base.store.search(&query(2)).unwrap();
    let titles: Vec<&str> = two.hits.iter().map(|h| h.title.as_str()).collect();
    assert_eq!(titles, ["第3通退款", "第2通退款", "第3通退款", "第2通退款"]);
    assert_eq!(two.more, [SearchScope::Case, SearchScope::Segment]);
    assert!(base.store.search(&query(4)).unwrap().more.is_empty());
}

#[rstest]
#[case("2")]
#[case("#2")]
#[case(" #2 ")]
fn an_issue_is_found_first_by_its_number(#[case] typed: &str) {
    let base = TestWorkspace::new();
    base.issue("甲");
    base.issue("乙");
    base.issue("两天2次来电");
    let hits = base.find_in(typed, &[SearchScope::Issue]);
    let titles: Vec<&str> = hits.iter().map(|h| h.title.as_str()).collect();
    assert_eq!(titles, ["乙", "两天2次来电"]);
}

#[test]
fn an_issue_is_found_by_all_that_is_said_about_it() {
    let base = TestWorkspace::new();
    let issue = base.issue("甲问题");
    let full = base.save_issue(Issue {
        statement: "客户等待太久".into(),
        root_cause: "仓库没有接口".into(),
        ..issue
    });
    let comment = base.comment(full.id, "财务已经确认");
    let found = |typed: &str| base.find_in(typed, &[SearchScope::Issue]).len();
    assert_eq!(["甲问题", "等待", "接口", "财务"].map(found), [1, 1, 1, 1]);
    base.delete(EntityKind::Comment, comment.0);
    base.save_issue(Issue {
        statement: "客户不等了".into(),
        ..full.clone()
    });
    assert_eq!(["等待", "接口", "财务", "不等"].map(found), [0, 1, 0, 1]);
    base.delete(EntityKind::Issue, full.id.0);
    assert_eq!(found("接口"), 0);
    base.restore(EntityKind::Issue, full.id.0);
    assert_eq!(found("接口"), 1);
}

#[test]
fn an_observation_is_found_by_words_quote_and_tags() {
    let base = TestWorkspace::new();
    let call = base.call("来电", 1);
    let tag = base.tag("二次伤害", 1);
    let mark = Observation {
        quote: "我已经打了五次".into(),
        tags: vec![tag.id],
        ..base.mark(call, 0, "客户发火")
    };
    base.save(Action::ObservationEdit, mark.clone());
    let found = |typed: &str| base.find_in(typed, &[SearchScope::Observation]).len();
    assert_eq!(
        ["发火", "五次", "二次伤害", "发火 伤害"].map(found),
        [1, 1, 1, 1]
    );
    base.save(
        Action::TagEdit,
        Tag {
            name: "反复来电".into(),
            ..tag
        },
    );
    assert_eq!(["二次伤害", "反复来电"].map(found), [0, 1]);
    base.delete(EntityKind::Observation, mark.id.0);
    assert_eq!(found("发火"), 0);
}

#[test]
fn what_was_taken_away_is_not_found_and_undo_brings_it_back() {
    let base = TestWorkspace::new();
    let call = base.call("退款来电", 1);
    let kept = base.call("另一通退款", 2);
    base.transcript(call.1, &[(0, 900, 0, "退款")]);
    base.transcript(kept.1, &[(0, 900, 0, "退款")]);
    base.mark(call, 0, "退款");
    let counts = || base.find("退款").len();
    assert_eq!(counts(), 5);
    base.delete(EntityKind::Case, call.0.0);
    assert_eq!(counts(), 2);
    base.delete(EntityKind::Recording, call.1.0);
    base.restore(EntityKind::Case, call.0.0);
    assert_eq!(counts(), 4, "the case is back, its recording is not");
    base.restore(EntityKind::Recording, call.1.0);
    assert_eq!(counts(), 5);
    let hidden = base.call("第三通", 3);
    base.delete(EntityKind::Case, hidden.0.0);
    base.transcript(hidden.1, &[(0, 900, 0, "退款")]);
    assert_eq!(
        counts(),
        5,
        "text that arrives after the case was taken away"
    );
    assert!(base.store.check_database(true).unwrap().sound);
}

const ALPHABET: &[char] = &[
    '退',
    '款',
    '七',
    '天',
    '無',
    '𠮷',
    '〇',
    'a',
    'B',
    '7',
    '，',
    ' ',
    '😀',
    'é',
    '\u{30000}',
];

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(ALPHABET), 0..24)
        .prop_map(|chars| chars.into_iter().collect())
}

fn han(c: char) -> bool {
    "退款七天無𠮷〇\u{30000}".contains(c)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_piece_of_chinese_that_occurs_is_found(texts in proptest::collection::vec(text(), 1..6)) {
        let base = TestWorkspace::new();
        let call = base.call("甲", 1);
        let lines: Vec<(u64, u64, u16, &str)> = (0u64..)
            .zip(&texts)
            .map(|(n, text)| (n * 10, n * 10 + 5, 0, text.as_str()))
            .collect();
        base.transcript(call.1, &lines);
        for text in &texts {
            let chars: Vec<char> = text.chars().collect();
            for start in 0..chars.len() {
                for end in start + 1..=chars.len() {
                    let piece = &chars[start..end];
                    if !piece.iter().all(|c| han(*c)) {
                        break;
                    }
                    let typed: String = piece.iter().collect();
                    let mut expected: Vec<u64> = (0u64..)
                        .zip(&texts)
                        .filter(|(_, t)| t.contains(&typed))
                        .map(|(n, _)| n * 10)
                        .collect();
                    let hits = base.find_in(&typed, &[SearchScope::Segment]);
                    let starts = hits.iter().filter_map(|h| h.target.at()?.start_ms);
                    let mut found: Vec<u64> = starts.collect();
                    // A number is found in its other spellings too: 七七 in "77".
                    if !numerals::other_spellings(piece).is_empty() {
                        found.retain(|n| expected.contains(n));
                    }
                    found.sort_unstable();
                    expected.sort_unstable();
                    prop_assert_eq!(found, expected, "{}", typed);
                }
            }
        }
    }
}
