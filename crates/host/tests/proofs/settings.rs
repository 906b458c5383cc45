//! Settings: what may stand in them. What is remembered of the last time is no change of settings: nothing is offered
//! to take back, and what a person did change can be taken back all the same.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::Booth;
use qinting_desk::*;
use qinting_domain::*;

fn settings(booth: &Booth) -> DeviceSettings {
    booth.at_desk().get_settings(()).unwrap().device
}

fn ask_after(booth: &Booth, hours: u32) {
    let mut settings = booth.at_desk().get_settings(()).unwrap();
    settings.device.live.ask_after_hours = hours;
    booth.at_desk().update_settings(settings).unwrap();
}

#[test]
fn how_a_call_was_listened_to_is_remembered_and_nothing_is_offered_to_take_back() {
    let booth = Booth::new();
    assert_eq!(settings(&booth).live.mode, None);
    booth.begin(ListenMode::Record);
    assert_eq!(settings(&booth).live.mode, Some(ListenMode::Record));
    let offered = booth.at_desk().undo(());
    assert_eq!(offered.unwrap_err().code(), codes::NOTHING_TO_UNDO);
}

#[test]
fn what_a_person_set_before_is_taken_back_and_what_is_remembered_since_stays() {
    let booth = Booth::new();
    ask_after(&booth, 5);
    booth.begin(ListenMode::Record);
    booth.at_desk().undo(()).unwrap();
    let live = settings(&booth).live;
    assert_eq!(
        (live.ask_after_hours, live.mode),
        (2, Some(ListenMode::Record))
    );
}

#[test]
fn a_setting_is_taken_back_beside_one_that_was_changed_since() {
    let booth = Booth::new();
    ask_after(&booth, 5);
    let first = booth
        .store()
        .last_undoable(booth.at_desk().actor(), 0)
        .unwrap()
        .unwrap();
    let mut later = booth.at_desk().get_settings(()).unwrap();
    later.device.live.draft_model = Some("tiny".into());
    later.device.transcribe_on_import = false;
    booth.at_desk().update_settings(later).unwrap();
    booth.at_desk().undo_op(first).unwrap();
    let now = settings(&booth);
    assert_eq!(now.live.ask_after_hours, 2);
    assert_eq!(now.live.draft_model.as_deref(), Some("tiny"));
    assert!(!now.transcribe_on_import);

    ask_after(&booth, 7);
    ask_after(&booth, 9);
    assert_eq!(
        booth.at_desk().undo_op(first).unwrap_err().code(),
        codes::UNDO_OVERWRITTEN
    );
}

#[test]
fn any_number_of_actions_may_have_no_key() {
    let booth = Booth::new();
    let mut settings = booth.at_desk().get_settings(()).unwrap();
    for action in ["mark.add", "mark.quote"] {
        (settings.person.keymap).insert(action.into(), String::new());
    }
    booth.at_desk().update_settings(settings.clone()).unwrap();
    let kept = booth.at_desk().get_settings(()).unwrap();
    assert_eq!(kept.person.keymap, settings.person.keymap);
}

#[test]
fn an_installation_is_called_what_people_call_it() {
    let booth = Booth::new();
    let called = |name: &str| {
        let mut settings = booth.at_desk().get_settings(()).unwrap();
        settings.device.device_name = name.into();
        booth.at_desk().update_settings(settings)
    };
    assert_eq!(settings(&booth).device_name, "");
    called("  前台\n左边那台 ").unwrap();
    assert_eq!(settings(&booth).device_name, "前台 左边那台");
    let refused = called(&"长".repeat(DEVICE_NAME_CHARS + 1))
        .unwrap_err()
        .note;
    assert_eq!(
        (refused.code.as_str(), refused.args["field"].as_str()),
        (codes::INVALID, "device_name")
    );
    called(&"长".repeat(DEVICE_NAME_CHARS)).unwrap();
    booth.at_desk().undo(()).unwrap();
    assert_eq!(settings(&booth).device_name, "前台 左边那台");
}

#[test]
fn views_of_the_library_stay_with_the_person_and_are_refused_where_they_cannot_be_asked() {
    let booth = Booth::new();
    let keep = |view: LibraryView| {
        let mut settings = booth.at_desk().get_settings(()).unwrap();
        settings.person.library.views = vec![view];
        booth.at_desk().update_settings(settings)
    };
    let by = |filter| LibraryView {
        name: "夜班".into(),
        text: String::new(),
        filters: vec![filter],
        sort: CaseSort::Wait,
        reversed: true,
        columns: vec![CaseColumn::Queue, CaseColumn::Wait],
    };
    let night = by(CaseFilter::OneOf {
        fact: CaseFact::Queue,
        values: vec!["夜班".into()],
    });
    keep(night.clone()).unwrap();
    let kept = booth.at_desk().get_settings(()).unwrap();
    assert_eq!(kept.person.library.views, [night]);
    let refused = keep(by(CaseFilter::OneOf {
        fact: CaseFact::Wait,
        values: vec!["60".into()],
    }));
    let refused = refused.unwrap_err().note;
    assert_eq!(
        (refused.code.as_str(), refused.args["field"].as_str()),
        (codes::INVALID, "library")
    );
    assert_eq!(booth.at_desk().get_settings(()).unwrap(), kept);
}
