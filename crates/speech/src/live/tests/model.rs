//! The policy with the demo model, on calls whose every word is known.

use super::super::session::Session;
use super::super::whisper::Whisper;
use super::super::{Inbox, Sound, listen};
use super::to_rate_16;
use qinting_desk::error::codes;
use qinting_desk::{Cancel, LiveEarsRequest, LiveHeard};
use qinting_domain::HeardSegment;
use qinting_testkit::data::can_speak;
use qinting_testkit::demo_model;
use qinting_testkit::sound::whole;
use qinting_testkit::speak::{Said, call, no_speech, script};
use qinting_testkit::text::{distance, letters};
use rstest::rstest;
use std::collections::BTreeMap;
use std::time::Duration;

fn request(language: &str, lanes: u16) -> LiveEarsRequest {
    LiveEarsRequest {
        lanes,
        draft_model: demo_model(),
        final_model: demo_model(),
        language: language.to_owned(),
        simplified: true,
        numbers: qinting_domain::NumberStyle::AsHeard,
        threads: 1,
        keep_all: false,
    }
}

/// Everything that is told while the lanes sound, as fast as it goes.
fn heard(language: &str, lanes: &[Vec<i16>]) -> Vec<LiveHeard> {
    let request = request(language, lanes.len() as u16);
    let whisper = Whisper::load(request, Cancel::default()).unwrap();
    let mut session = Session::new(whisper, lanes.len() as u16, false);
    let mut told = Vec::new();
    let mut note = |h| told.push(h);
    let now = || Duration::ZERO;
    for at in (0..lanes[0].len()).step_by(1_600) {
        for (i, lane) in lanes.iter().enumerate() {
            let chunk = &lane[at..(at + 1_600).min(lane.len())];
            session.hear(i as u16, at as u64, chunk, &mut note);
        }
        while session.work(&now, &mut note).unwrap() {}
    }
    session.finish(&now, &mut note).unwrap();
    told
}

fn finals(told: &[LiveHeard]) -> Vec<HeardSegment> {
    let segments = |h: &LiveHeard| match h {
        LiveHeard::Final { segments, .. } => segments.clone(),
        _ => Vec::new(),
    };
    told.iter().flat_map(segments).collect()
}

#[rstest]
#[case::mandarin("fridge", 24, "zh")]
#[case::english("parcel", 12, "auto")]
fn a_call_is_written_down_while_it_goes_on(
    #[case] id: &str,
    #[case] lines: usize,
    #[case] language: &str,
) {
    if !can_speak() {
        return;
    }
    let call = call(&script(id)[..lines], ["+f2", "+m3"], 16_000, 7, 0.0);
    let told = heard(language, &call.sound().channels);

    let finals = finals(&told);
    let (mut wrong, mut all) = (0, 0);
    let mut starts: Vec<u64> = Vec::new();
    for lane in 0..2 {
        let said: Vec<&Said> = call.said.iter().filter(|s| s.channel == lane).collect();
        let mine: Vec<&HeardSegment> = finals
            .iter()
            .filter(|f| f.channel as usize == lane)
            .collect();
        let a: Vec<char> = said.iter().flat_map(|s| letters(&s.text)).collect();
        let b: Vec<char> = mine.iter().flat_map(|f| letters(&f.text)).collect();
        wrong += distance(&a, &b);
        all += a.len();
        for line in said {
            let exact = mine
                .iter()
                .filter(|f| letters(&f.text) == letters(&line.text));
            starts.extend(exact.map(|f| f.start_ms.abs_diff(line.start_ms)).min());
        }
    }
    starts.sort_unstable();
    println!("FIGURES live {id}: {wrong} of {all} letters wrong, starts {starts:?}");
    assert!(wrong * 20 <= all, "{wrong} of {all}");
    assert!(starts[starts.len() / 2] <= 120, "{starts:?}");

    // Most lines were there before they were final, and no certain text was taken back.
    let mut committed: BTreeMap<(u16, u64), String> = BTreeMap::new();
    let mut drafts = 0;
    for h in &told {
        if let LiveHeard::Draft {
            lane,
            utterance,
            committed: now,
            ..
        } = h
        {
            drafts += 1;
            let now: String = letters(now).into_iter().collect();
            let before = committed
                .insert((*lane, *utterance), now.clone())
                .unwrap_or_default();
            assert!(now.starts_with(&before), "{before} became {now}");
        }
    }
    println!(
        "FIGURES live {id}: {drafts} drafts of {} utterances",
        committed.len()
    );
    assert!(
        committed.len() * 4 >= lines * 3,
        "{} of {lines}",
        committed.len()
    );
}

#[rstest]
fn nothing_is_written_where_nobody_speaks(#[values("loud noise", "tune", "ring tone")] name: &str) {
    let lanes = [
        to_rate_16(&no_speech(name)),
        to_rate_16(&no_speech("line noise")),
    ];
    let told = heard("auto", &lanes);
    let text = told.iter().filter(|h| !matches!(h, LiveHeard::Lag { .. }));
    assert_eq!(text.count(), 0, "{told:?}");
}

#[test]
fn listening_says_that_it_is_ready_and_writes_down_what_was_brought_until_the_end() {
    if !can_speak() {
        return;
    }
    let call = call(&script("fridge")[..2], ["+f2", "+m3"], 16_000, 7, 0.0);
    let inbox = Inbox::default();
    for (lane, channel) in call.channels.iter().enumerate() {
        for (i, chunk) in whole(channel).chunks(1_600).enumerate() {
            inbox.put(Sound {
                lane: lane as u16,
                at_sample: i as u64 * 1_600,
                samples: chunk.to_vec(),
            });
        }
    }
    inbox.close();
    let mut told = Vec::new();
    listen(
        request("zh", 2),
        &inbox,
        &mut |h| told.push(h),
        &Cancel::default(),
    )
    .unwrap();
    assert!(matches!(told[0], LiveHeard::Ready));
    let texts: Vec<String> = finals(&told).into_iter().map(|f| f.text).collect();
    let said: Vec<String> = call.said.iter().map(|s| s.text.clone()).collect();
    assert_eq!(texts, said);
}

#[test]
fn listening_ends_by_code_when_it_is_cancelled_or_the_model_is_none() {
    let (inbox, cancel) = (Inbox::default(), Cancel::default());
    cancel.cancel();
    inbox.put(Sound {
        lane: 0,
        at_sample: 0,
        samples: vec![0; 16],
    });
    let ended = listen(request("zh", 1), &inbox, &mut |_| {}, &cancel);
    assert_eq!(ended.unwrap_err().code(), codes::CANCELLED);
    let mut wrong = request("zh", 1);
    wrong.final_model = "nowhere.bin".into();
    let ended = listen(wrong, &inbox, &mut |_| {}, &Cancel::default());
    assert_eq!(ended.unwrap_err().code(), codes::SPEECH_MODEL_UNREADABLE);
}
