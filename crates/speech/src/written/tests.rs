use super::*;
use ferrous_opencc::config::BuiltinConfig;
use rstest::rstest;

fn zh(said: &str) -> String {
    let cc = OpenCC::from_config(BuiltinConfig::T2s).unwrap();
    text(Some(&cc), NumberStyle::AsHeard, said, "zh")
}

#[rstest]
// Blanks
#[case("今天 天气 很好", "今天天气很好")]
#[case(
    "清晨 保护龙赵大地 空气中迷慢著一丝清晰的良意",
    "清晨保护龙赵大地，空气中迷慢着一丝清晰的良意"
)]
#[case(
    "秋天总是那么富有诗意 树叶渐渐变红",
    "秋天总是那么富有诗意，树叶渐渐变红"
)]
#[case(
    "这个可以 那个东西不行 我再看看吧",
    "这个可以，那个东西不行，我再看看吧"
)]
#[case("我们 一起去 公园 吧", "我们一起去公园吧")]
#[case("好的 我帮您查一下", "好的我帮您查一下")]
#[case("广州市 房地产 中介协会分析", "广州市房地产中介协会分析")]
#[case("我用 iPhone 打电话 他们没有接到", "我用 iPhone 打电话，他们没有接到")]
#[case("我用  iPhone  打", "我用 iPhone 打")]
#[case("订单 365 没到", "订单 365 没到")]
#[case("好 ， 我知道", "好，我知道")]
#[case(" 好的　我知道 ", "好的我知道")]
#[case("Hello  world 你好", "Hello world 你好")]
// Marks
#[case("好,我知道了.", "好，我知道了。")]
#[case("你好, 请问是王先生吗?", "你好，请问是王先生吗？")]
#[case("真的吗?!", "真的吗？！")]
#[case("电话:12:30打的;好", "电话：12:30打的；好")]
#[case("一共3.5元", "一共3.5元")]
#[case("一共1,000元,对", "一共1,000元，对")]
#[case("版本(v2)好", "版本（v2）好")]
#[case("他说 (yes, no) 我听", "他说（yes, no）我听")]
#[case("他说 Hello, how are you, 对吧", "他说 Hello, how are you，对吧")]
#[case("打开https://a.com/x?q=1,然后", "打开https://a.com/x?q=1，然后")]
#[case("发到kf@a.com,谢谢", "发到kf@a.com，谢谢")]
#[case("域名.com也行", "域名.com也行")]
#[case("Mr. 王来了", "Mr. 王来了")]
#[case("用Node.js写", "用Node.js写")]
#[case("OK,好的", "OK，好的")]
#[case("OK, no problem.", "OK, no problem.")]
// Marks again and again
#[case("好,,我知道。。", "好，我知道。")]
#[case("什么？？？", "什么？")]
#[case("然后...", "然后……")]
#[case("嗯…好", "嗯……好")]
#[case("好，。我", "好。我")]
// Script
#[case("電話裡說退貨", "电话里说退货")]
#[case("他看著我說", "他看着我说")]
#[case("拿著手機", "拿着手机")]
#[case("人們穿上外套 享受著涼爽的秋風", "人们穿上外套，享受着凉爽的秋风")]
#[case("您別著急", "您别着急")]
#[case("著急", "着急")]
#[case("很著名的著作", "很著名的著作")]
#[case("效果顯著", "效果显著")]
#[case("這是一本名著", "这是一本名著")]
#[case("土著和原著", "土著和原著")]
#[case("以此著稱", "以此著称")]
#[case("著書立說", "著书立说")]
#[case("看著書", "看着书")]
#[case("", "")]
fn chinese_is_written_as_people_read_it(#[case] heard: &str, #[case] read: &str) {
    assert_eq!(zh(heard), read);
}

#[rstest]
#[case("en", "Hello,  how are you?  Fine", "Hello, how are you? Fine")]
#[case("en", "The shop (小店) is open, 好", "The shop (小店) is open, 好")]
#[case("en", "好的, 我知道", "好的，我知道")]
#[case("ja", "私 の 本,", "私 の 本,")]
#[case("de", "Ja,  genau...", "Ja, genau...")]
fn other_languages_only_lose_their_doubled_blanks(
    #[case] language: &str,
    #[case] heard: &str,
    #[case] read: &str,
) {
    assert_eq!(text(None, NumberStyle::AsHeard, heard, language), read);
}

#[rstest]
#[case("我帮您查一下", Some(900), "我帮您查一下。")]
#[case("我帮您查一下", Some(600), "我帮您查一下。")]
#[case("我帮您查一下", Some(599), "我帮您查一下，")]
#[case("我帮您查一下", None, "我帮您查一下。")]
#[case("您是王先生吗", None, "您是王先生吗？")]
#[case("您是王先生吗", Some(100), "您是王先生吗？")]
#[case("这是为什么呢", None, "这是为什么呢？")]
#[case("好的，那你呢", None, "好的，那你呢？")]
#[case("我还忙着呢", None, "我还忙着呢。")]
#[case("先这样吧", None, "先这样吧。")]
#[case("好的。", None, "好的。")]
#[case("好的，", None, "好的，")]
#[case("他说“好的”", None, "他说“好的”。")]
#[case("他说“好的。”", None, "他说“好的。”")]
#[case("我用的是 iPhone", None, "我用的是 iPhone。")]
#[case("订单 365", Some(0), "订单 365，")]
#[case("OK", None, "OK")]
#[case("I see the 店", None, "I see the 店")]
#[case("", None, "")]
fn a_line_without_a_mark_is_closed_by_the_pause_after_it(
    #[case] line: &str,
    #[case] pause_after_ms: Option<u64>,
    #[case] closed_line: &str,
) {
    assert_eq!(closed(line, pause_after_ms), closed_line);
}

#[rstest]
#[case("看著 你,", vec![0.1, 0.2, 0.3, 0.4, 0.5], "看着你，", vec![0.1, 0.2, 0.4, 0.5])]
#[case("今天天气 非常好啊", vec![0.5; 9], "今天天气非常好啊", vec![0.5; 8])]
fn a_draft_keeps_how_sure_each_character_is(
    #[case] heard: &str,
    #[case] sure: Vec<f32>,
    #[case] read: &str,
    #[case] still: Vec<f32>,
) {
    let heard = Weighed {
        stamps: Vec::new(),
        text: heard.to_owned(),
        sure,
    };
    let shown = draft(None, heard, "zh");
    assert_eq!((shown.text.as_str(), shown.sure), (read, still));
}

proptest::proptest! {
    #[test]
    fn what_is_read_well_stays_as_it_is(said in "[你好我是,.?! a1:;()，。…著]{0,24}") {
        let once = text(None, NumberStyle::AsHeard, &said, "zh");
        proptest::prop_assert_eq!(text(None, NumberStyle::AsHeard, &once, "zh"), once);
    }

    #[test]
    fn a_draft_has_one_probability_per_character(said: String) {
        let sure = vec![0.5; said.chars().count()];
        let shown = draft(None, Weighed { text: said, sure, stamps: Vec::new() }, "zh");
        proptest::prop_assert_eq!(shown.text.chars().count(), shown.sure.len());
    }
}
