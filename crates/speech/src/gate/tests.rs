//! What goes, what stays, and what is heard again.

use super::*;
use rstest::rstest;

fn heard(text: &str) -> Candidate<'_> {
    Candidate {
        text,
        duration_ms: 4_000,
        speech_share: 0.9,
        confidence: 0.9,
        before: None,
    }
}

#[rstest]
#[case("您好，这里是售后服务中心。")]
#[case("订单号是八八八八八。")]
#[case("对对对对，就是这个。")]
#[case("好的好的好的，马上。")]
#[case("谢谢大家")]
#[case("Thank you.")]
#[case("我（就是那个买家）要退款。")]
#[case("It is seven four nine two.")]
fn what_people_say_stays(#[case] text: &str) {
    assert_eq!(judge(&heard(text)), Verdict::Keep);
}

#[rstest]
#[case("（音乐）")]
#[case("(字幕)")]
#[case("[BLANK_AUDIO]")]
#[case(" [Music] [Applause]")]
#[case("【掌声】。")]
#[case("♪ la la la ♪")]
#[case("*sighs*")]
fn captions_in_place_of_speech_go(#[case] text: &str) {
    assert_eq!(judge(&heard(text)), Verdict::Drop("caption"));
}

#[rstest]
#[case("。")]
#[case("…")]
#[case("")]
fn punctuation_alone_goes(#[case] text: &str) {
    assert_eq!(judge(&heard(text)), Verdict::Drop("no letters"));
}

#[test]
fn text_without_speech_under_it_goes() {
    let c = Candidate {
        speech_share: 0.19,
        ..heard("今天天气很好。")
    };
    assert_eq!(judge(&c), Verdict::Drop("no speech"));
}

#[rstest]
#[case("谢谢观看")]
#[case("謝謝觀看！")]
#[case("字幕由 Amara.org 社区提供")]
#[case("请不吝点赞 订阅 转发 打赏支持明镜与点点栏目")]
#[case("Thanks for watching!")]
#[case("Thank you.")]
fn subtitle_phrases_go_only_when_the_evidence_is_weak(#[case] text: &str) {
    assert_eq!(judge(&heard(text)), Verdict::Keep);
    let little_speech = Candidate {
        speech_share: 0.4,
        ..heard(text)
    };
    assert_eq!(judge(&little_speech), Verdict::Drop("made up"));
    let unsure = Candidate {
        confidence: 0.4,
        ..heard(text)
    };
    assert_eq!(judge(&unsure), Verdict::Drop("made up"));
    let short = |confidence| Candidate {
        duration_ms: 600,
        confidence,
        ..heard(text)
    };
    assert_eq!(judge(&short(0.8)), Verdict::Drop("made up"));
}

#[rstest]
#[case(
    "Could you spell that for me please? Okay. Could you spell that for me please?",
    0.9,
    true
)]
#[case("Okay. Okay. Thank you.", 0.9, false)]
#[case("Thank you.", 0.8, true)]
#[case("Thank you.", 0.9, false)]
#[case("我要退款我要退款我要退款我要退款", 0.9, true)]
fn what_repeats_or_is_made_up_is_doubtful(
    #[case] text: &str,
    #[case] confidence: f32,
    #[case] want: bool,
) {
    assert_eq!(is_doubtful(text, confidence), want);
}

#[rstest]
#[case("我要退款我要退款我要退款我要退款", "我要退款")]
#[case("我要退款。我要退款。我要退款。我要退款。", "我要退款。")]
#[case("请问，是的，是的，是的，是的，再见。", "请问，是的，再见。")]
#[case("哈哈哈哈哈哈哈哈哈哈", "哈")]
#[case("I know I know I know I know I know.", "I know.")]
#[case("没有循环。", "没有循环。")]
fn loops_are_found_and_cut_to_one_round(#[case] text: &str, #[case] cut: &str) {
    assert_eq!(loops(&letters(text)), text != cut);
    assert_eq!(unlooped(text), cut);
    if text != cut {
        assert_eq!(judge(&heard(text)), Verdict::Doubt);
    }
}

#[rstest]
#[case("今天我们来说一说退货的流程是怎么样的", 1_000, Verdict::Doubt)]
#[case("今天我们来说一说退货的流程是怎么样的", 3_000, Verdict::Keep)]
#[case(
    "my parcel is five days late and nobody signed for it",
    1_000,
    Verdict::Doubt
)]
#[case(
    "my parcel is five days late and nobody signed for it",
    2_500,
    Verdict::Keep
)]
#[case("好的谢谢", 200, Verdict::Keep)]
fn no_mouth_is_that_fast(#[case] text: &str, #[case] duration_ms: u64, #[case] want: Verdict) {
    assert_eq!(
        judge(&Candidate {
            duration_ms,
            ..heard(text)
        }),
        want
    );
}

#[test]
fn the_same_again_over_little_speech_goes() {
    let again = Candidate {
        before: Some("好的，再见。"),
        ..heard("好的 再见")
    };
    assert_eq!(judge(&again), Verdict::Keep);
    let thin = Candidate {
        speech_share: 0.45,
        ..again
    };
    assert_eq!(judge(&thin), Verdict::Drop("repeated"));
}

#[rstest]
#[case(
    "我要退款，我想退款，我要退货，我要退款，我想退货，我要退款，我想退款",
    true
)]
#[case("I know you know that I know that you know I know that you know", true)]
#[case(
    "我想退一台冰箱，上个月买的，送来的时候门就关不严，客服让我先等等。",
    false
)]
#[case(
    "First availability we have is two days from now, or you could walk in before then.",
    false
)]
fn a_text_with_little_new_in_it_is_doubtful(#[case] text: &str, #[case] doubtful: bool) {
    assert_eq!(judge(&heard(text)) == Verdict::Doubt, doubtful);
    assert_eq!(is_doubtful(text, 0.95), doubtful);
}
