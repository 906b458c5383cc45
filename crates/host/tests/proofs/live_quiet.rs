//! A call that was forgotten asks whether anybody is still there, and never ends by itself.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::code;
use crate::common::live::*;
use qinting_desk::*;
use qinting_domain::*;
use rstest::rstest;

const HOUR: u64 = 3_600_000;

impl Asked for Booth {
    fn asks(&self) -> Option<u64> {
        self.status().quiet_since_ms
    }
    fn status(&self) -> LiveStatus {
        self.at_desk().live_status(()).unwrap().unwrap()
    }
}

trait Asked {
    /// Since when nobody was there, once it asks.
    fn asks(&self) -> Option<u64>;
    fn status(&self) -> LiveStatus;
}

#[test]
fn a_clock_nobody_marks_on_asks_after_two_hours_and_again_after_two_more() {
    let booth = Booth::new();
    booth.begin(ListenMode::ClockOnly);
    booth.clock.pass(2 * HOUR - 1);
    assert_eq!(booth.asks(), None);
    booth.clock.pass(1);
    assert_eq!(booth.asks(), Some(0));
    let on = booth.at_desk().live_go_on(()).unwrap();
    assert_eq!((on.quiet_since_ms, booth.asks()), (None, None));
    booth.clock.pass(2 * HOUR);
    assert_eq!(booth.asks(), Some(2 * HOUR));
    // Nobody answers for days: it is still there, and asks.
    booth.clock.pass(60 * HOUR);
    assert_eq!(booth.asks(), Some(2 * HOUR));
    assert_eq!(
        booth.at_desk().live_stop(()).unwrap().duration_ms,
        64 * HOUR
    );
    assert_eq!(
        code(booth.at_desk().live_go_on(())),
        codes::LIVE_NOT_RUNNING
    );
}

#[rstest]
#[case::a_mark(|b: &Booth| drop(b.mark(0)))]
#[case::a_pause(|b: &Booth| drop(b.at_desk().live_pause(()).unwrap()))]
fn what_somebody_does_answers_it_too(#[case] act: fn(&Booth)) {
    let booth = Booth::new();
    booth.begin(ListenMode::ClockOnly);
    booth.clock.pass(3 * HOUR);
    assert!(booth.asks().is_some());
    act(&booth);
    assert_eq!(booth.asks(), None);
}

#[test]
fn without_text_a_voice_is_what_is_loud_enough_and_the_sound_goes_on_while_it_asks() {
    let booth = Booth::at(tempfile::tempdir().unwrap(), |given| given.ears = None);
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(HOUR);
    booth.sound.pass_quietly(2 * HOUR - 1_000);
    until("the levels have come", || booth.asks().is_none());
    booth.sound.pass_quietly(1_000);
    assert_eq!(booth.asks(), Some(HOUR));
    let ended = |e: &AppEvent| matches!(e, AppEvent::Desk(DeskEvent::Live { status: None }));
    assert_eq!((booth.told(ended), booth.sound.state.lock().open), (0, 1));
    // Somebody speaks again.
    booth.sound.pass(1_000);
    until("it asks no more", || booth.asks().is_none());
    booth.sound.pass(HOUR);
    booth.at_desk().live_stop(()).unwrap();
    let whole = booth.recording(call.recording_id).duration_ms;
    assert_eq!(whole, 4 * HOUR + 1_000);
}

#[test]
fn with_text_what_is_loud_and_no_voice_keeps_nobody_from_being_asked() {
    let booth = Booth::new();
    booth.begin(ListenMode::Record);
    until("the ears are open", || {
        booth.status().text == LiveTextState::On
    });
    booth.sound.pass(2 * HOUR);
    assert_eq!(booth.asks(), Some(0));
    booth.ears.say(spoken(0, 2 * HOUR - 900, 2 * HOUR, "您好"));
    until("a word answers", || booth.asks().is_none());
}

#[rstest]
#[case::four_hours(4, 4 * HOUR, Some(0))]
#[case::never(0, 50 * HOUR, None)]
fn after_how_long_is_a_setting(#[case] hours: u32, #[case] ms: u64, #[case] asks: Option<u64>) {
    let booth = Booth::new();
    let mut settings = booth.at_desk().get_settings(()).unwrap();
    settings.device.live.ask_after_hours = hours;
    booth.at_desk().update_settings(settings).unwrap();
    booth.begin(ListenMode::ClockOnly);
    booth.clock.pass(ms - 1);
    assert_eq!(booth.asks(), None);
    booth.clock.pass(1);
    assert_eq!(booth.asks(), asks);
}

#[test]
fn more_than_twelve_hours_are_refused() {
    let booth = Booth::new();
    let mut settings = booth.at_desk().get_settings(()).unwrap();
    settings.device.live.ask_after_hours = 13;
    assert_eq!(
        code(booth.at_desk().update_settings(settings)),
        codes::INVALID
    );
}
