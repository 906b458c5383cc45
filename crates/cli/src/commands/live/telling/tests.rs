use super::*;

#[test]
fn that_drafts_are_left_out_is_said_once_however_often_it_comes_and_goes() {
    let mut telling = Telling::new(false);
    let said = [false, true, true, false, true].map(|thinned| telling.thins(thinned).is_some());
    assert_eq!(said, [false, true, false, false, false]);
}

#[test]
fn a_final_in_doubt_says_so_and_what_is_looked_at_again_is_told_to_programs_alone() {
    let last = |doubtful| ToldLine::Final {
        channel: 0,
        role: ChannelRole::Customer,
        segments: vec![Said {
            start_ms: 6_000,
            end_ms: 7_000,
            text: "我要退货".into(),
            doubtful,
        }],
    };
    assert!(last(true).text().contains("（存疑）我要退货"));
    assert!(!last(false).text().contains("存疑"));
    let doubt = ToldLine::doubt(
        &[ChannelRole::Customer],
        &LiveDraft {
            lane: 0,
            utterance: 0,
            start_ms: 6_000,
            end_ms: 7_000,
            committed: String::new(),
            tentative: "我药腿货".into(),
            over: true,
        },
    );
    assert_eq!(doubt.text(), "");
    let json = as_json(&doubt).expect("a line");
    assert!(json.starts_with(r#"{"live":"doubt","channel":0,"role":"customer""#));
}
