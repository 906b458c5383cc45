//! What is not believed at once: it stands as doubtful, and a second look settles it.

use super::super::session::Look;
use super::world::{Asked, Script, World};
use super::{played, weighed};
use qinting_testkit::speak::lane;
use std::rc::Rc;
use std::time::Duration;

/// An engine that is unsure of every utterance at the first look.
fn unsure(second: &'static str) -> Script {
    Script {
        last: "天气真不错",
        last_sure: 0.2,
        second,
        drafts: Rc::new(|_| weighed("天气不错")),
        ..Script::default()
    }
}

fn one_utterance(script: Script) -> World {
    played(script, &[lane(10.0, &[(1.0, 3.0)])])
}

#[test]
fn a_doubtful_text_stands_at_once_and_is_settled_by_a_second_look() {
    let world = one_utterance(unsure("天气真不错啊"));
    let (doubts, finals) = (world.doubts(), world.finals());
    assert_eq!(doubts.len(), 1);
    assert_eq!(doubts[0].1, "天气真不错");
    assert!(doubts[0].0 <= 4_000, "{doubts:?}");
    assert_eq!(finals.len(), 1);
    assert_eq!(finals[0].segments[0].text, "天气真不错啊");
    assert!(finals[0].segments[0].confidence > 0.6);
    assert!(finals[0].at_ms > doubts[0].0 && finals[0].at_ms <= 6_000);
}

#[test]
fn what_the_second_look_does_not_confirm_stays_doubtful() {
    let other = one_utterance(unsure("请不要再打来了"));
    let finals = other.finals();
    assert_eq!(finals[0].segments[0].text, "请不要再打来了");
    assert!(finals[0].segments[0].confidence <= 0.3, "{finals:?}");
    let silent = one_utterance(unsure(""));
    let finals = silent.finals();
    assert_eq!(finals[0].segments[0].text, "天气真不错");
    assert!(finals[0].segments[0].confidence <= 0.3, "{finals:?}");
}

#[test]
fn what_repeats_or_was_made_up_is_dropped() {
    for second in ["谢谢观看", "我要退款我要退款我要退款我要退款"] {
        let world = one_utterance(unsure(second));
        assert_eq!(world.finals().len(), 1);
        assert!(world.finals()[0].segments.is_empty(), "{second}");
    }
    let script = Script {
        last: "您好这里是售后服务中心",
        second: "您好这里是售后服务中心",
        drafts: Rc::new(|_| weighed("")),
        ..Script::default()
    };
    let world = played(script, &[lane(20.0, &[(1.0, 4.0), (8.0, 11.0)])]);
    let finals = world.finals();
    assert_eq!(finals.len(), 2);
    assert_eq!(finals[0].segments.len(), 1, "said once it is kept");
    assert!(finals[1].segments.is_empty(), "{finals:?}");
}

#[test]
fn a_second_look_waits_for_a_quiet_moment_but_not_for_ever() {
    let script = Script {
        second_takes: Duration::from_secs(4),
        ..unsure("天气真不错")
    };
    let one = lane(30.0, &[(1.0, 3.0)]);
    let other = lane(30.0, &[(1.5, 25.0)]);
    let world = played(script, &[one, other]);
    let looks: Vec<u128> = world
        .asked()
        .iter()
        .filter_map(|(at, asked)| match asked {
            Asked::Last {
                lane: 0,
                look: Look::Second,
                ..
            } => Some(at.as_millis()),
            _ => None,
        })
        .collect();
    assert_eq!(looks.len(), 1);
    assert!((5_500..7_500).contains(&looks[0]), "{looks:?}");
}

#[test]
fn a_text_foreseen_in_the_pause_is_final_when_the_utterance_is_over() {
    let script = Script {
        last_takes: Duration::from_millis(300),
        ..Script::default()
    };
    let world = one_utterance(script);
    let finals = world.finals();
    assert_eq!(finals.len(), 1);
    let firsts = world.asked();
    let firsts = firsts
        .iter()
        .filter(|(_, a)| matches!(a, Asked::Last { .. }));
    assert_eq!(firsts.count(), 1, "it is heard once");
    // The utterance is over 448 ms after the last word; the text is there by then.
    assert!(finals[0].at_ms <= 3_000 + 650, "{finals:?}");
}
