use super::*;
use rstest::rstest;

#[rstest]
#[case("我要退款", vec!["我要", "要退", "退款", "款"])]
#[case("退", vec!["退"])]
#[case("iPhone15 退款，ＯＫ", vec!["iphone", "15", "退款", "款", "ok"])]
#[case("订单 8842 没到", vec!["订单", "单", "8842", "没到", "到"])]
#[case("😀<b>' OR 1=1 --", vec!["😀", "b", "or", "1", "1"])]
#[case("退貨👍🏽👍", vec!["退货", "货", "👍", "👍"])]
#[case("JD20260914", vec!["jd", "20260914", "·0260914", "·260914", "·60914", "·0914"])]
#[case("010-8888", vec!["010", "8888", "·0108888", "·108888", "·08888", "·8888"])]
#[case("3 天 12 小时", vec!["3", "天", "12", "小时", "时"])]
#[case("13800\n138", vec!["13800", "138", "·3800"])]
#[case("", vec![])]
fn text_becomes_tokens(#[case] text: &str, #[case] tokens: Vec<&str>) {
    assert_eq!(index_tokens(text), tokens);
}

#[rstest]
#[case("退款", Some("\"退款\""))]
#[case("退貨", Some("\"退货\""))]
#[case("退", Some("\"退\"*"))]
#[case("七天无理由", Some("\"七天 天无 无理 理由\""))]
#[case(
    "refund 884",
    Some("\"refund\"* AND (\"884\"* OR \"八百 百八 八十 十四\" OR \"八八 八四\")")
)]
#[case("refund 8", Some("\"refund\"* AND \"8\"*"))]
#[case("0842", Some("((\"0842\"* OR \"·0842\"*) OR \"零八 八四 四二\")"))]
#[case(
    "订单三六五",
    Some(
        "(\"订单 单三 三六 六五\" OR (\"订单\" AND \"365\") OR \"订单 单三 三百 百六 六十 十五\")"
    )
)]
#[case("一个万一", Some("\"一个 个万 万一\""))]
#[case(
    "038-0023",
    Some(
        "(((\"038\"* AND \"0023\"*) OR \"0380023\"* OR \"·0380023\"*) OR \"零三 三八 八零 零零 零二 二三\")"
    )
)]
#[case("\"退款\" AND *", Some("\"退款\" AND \"and\"*"))]
#[case("👍👍", Some("\"👍 👍\""))]
#[case("，。！", None)]
fn what_is_typed_becomes_a_safe_query(#[case] typed: &str, #[case] query: Option<&str>) {
    assert_eq!(match_query(typed).as_deref(), query);
}

#[rstest]
#[case("退款", vec![])]
#[case("退款 , 128", vec![","])]
#[case("？！ --", vec!["？！", "--"])]
#[case("👍 €", vec![])]
fn what_cannot_be_looked_for_is_named(#[case] typed: &str, #[case] named: Vec<&str>) {
    assert_eq!(left_out(typed), named);
}

#[test]
fn titles_about_the_same_thing_are_alike() {
    let a = likeness("冰箱超过七天不能退货", "冰箱超过七天退货被拒");
    let b = likeness("冰箱超过七天不能退货", "行李箱有划痕");
    assert!(a > 0.4 && b < 0.1, "{a} {b}");
}

#[rstest]
#[case("我要退貨，退货！", "退货", vec![(2, 4), (5, 7)])]
#[case("电话 138-0013-8000 不通", "13800138000", vec![(3, 16)])]
#[case("电话 138-0013-8000 不通", "0013 8000", vec![(7, 16)])]
#[case("订单 13800138000", "138-0013", vec![(3, 10)])]
#[case("⽤户可⾃⾏退款", "自行", vec![(3, 5)])]
#[case("3 - 4", "34", vec![])]
#[case("订单三六五没到，365", "365", vec![(2, 5), (8, 11)])]
#[case("订单365没到", "三六五", vec![(2, 5)])]
#[case("等了365天", "三百六十五天", vec![(2, 6)])]
#[case("单号8021，等了80天", "八十", vec![(9, 11)])]
#[case("单号1803", "八十", vec![])]
#[case("等了两百天和二百天", "200天", vec![(2, 5), (6, 9)])]
#[case("打幺三八零零", "13800", vec![(1, 6)])]
#[case("打138-00没人", "一三八零零", vec![(1, 7)])]
#[case("三星手机", "3", vec![])]
#[case("abc", "", vec![])]
fn what_is_found_is_found_in_its_place(
    #[case] text: &str,
    #[case] typed: &str,
    #[case] places: Vec<(usize, usize)>,
) {
    assert_eq!(find_all(text, typed), places);
}

#[rstest]
#[case("退款", "退款")]
#[case("退貨", "退货")]
#[case("13800138000", "138-0013-8000")]
fn an_excerpt_shows_the_place_that_was_found(#[case] typed: &str, #[case] written: &str) {
    let long = format!("{}{written}{}", "前".repeat(100), "后".repeat(100));
    let cut = excerpt(&long, typed, 30);
    assert!(cut.contains(written) && cut.chars().count() <= 32, "{cut}");
}

#[test]
fn a_text_of_digits_alone_stays_within_bounds() {
    let body = index_text(&"7".repeat(MAX_INDEXED_CHARS));
    assert!(body.len() < MAX_INDEXED_CHARS * 30, "{}", body.len());
}

proptest::proptest! {
    #[test]
    fn no_text_upsets_the_tokeniser(text: String) {
        for t in index_tokens(&text) {
            proptest::prop_assert!(!t.contains('"') && !t.contains(' ') && !t.is_empty());
        }
        let _ = (match_query(&text), similar_query(&text), excerpt(&text, &text, 10));
    }

    #[test]
    fn any_four_digits_in_a_row_are_in_the_index(
        number in "[0-9]{5,20}", from in 0usize..16, dashes in 0usize..4,
    ) {
        let from = from.min(number.len() - 4);
        let part = &number[from..from + 4];
        let (head, tail) = number.split_at(dashes.min(number.len()));
        let written = if head.is_empty() { number.clone() } else { format!("{head}-{tail}") };
        let tokens = index_tokens(&written);
        let is_there = tokens
            .iter()
            .any(|t| t.starts_with(part) || t.strip_prefix('·').is_some_and(|t| t.starts_with(part)));
        proptest::prop_assert!(is_there, "{part} in {tokens:?}");
    }
}
