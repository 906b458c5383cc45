//! Where the lines of a text stand, and who speaks them: by time, whatever text there is.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::*;
use qinting_app::*;
use qinting_domain::*;

#[test]
fn who_speaks_in_a_stretch_holds_for_whatever_text_stands_there() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let lines = [
        (0, 1_000, 0, "您好"),
        (1_000, 2_000, 0, "我要退款"),
        (1_000, 2_000, 1, "嗯"),
    ];
    base.transcript(rec, &lines);
    let said = |base: &TestWorkspace| -> Vec<Option<ChannelRole>> {
        let segments = base.store.segments(rec, 0, 10).unwrap();
        segments.into_iter().map(|s| s.role).collect()
    };
    assert_eq!(said(&base), [None, None, None]);
    let change = SpeakerChange {
        id: SpeakerChangeId(new_id()),
        recording_id: rec,
        channel: 0,
        start_ms: 900,
        end_ms: 2_500,
        role: ChannelRole::Customer,
        meta: base.meta(),
    };
    let Record::SpeakerChange(change) = base.save(Action::SpeakerChangeAdd, change) else {
        panic!("no change of speaker")
    };
    let customer = Some(ChannelRole::Customer);
    assert_eq!(said(&base), [None, customer, None]);
    let hits = base.find_in("退款", &[SearchScope::Segment]);
    let SearchTarget::Segment { role, .. } = hits[0].target else {
        panic!("no line of a transcript")
    };
    assert_eq!(Some(role), customer);
    base.transcript(rec, &[(0, 800, 0, "您好"), (950, 2_300, 0, "我想退款")]);
    assert_eq!(said(&base), [None, customer]);

    let again = SpeakerChange {
        id: SpeakerChangeId(new_id()),
        start_ms: 0,
        end_ms: 3_000,
        role: ChannelRole::Whisper,
        meta: base.meta(),
        ..change.clone()
    };
    let Record::SpeakerChange(again) = base.save(Action::SpeakerChangeAdd, again) else {
        panic!("no change of speaker")
    };
    let whisper = Some(ChannelRole::Whisper);
    assert_eq!(said(&base), [whisper, whisper], "the last word holds");
    let gone = Meta {
        deleted_at: Some(9),
        ..again.meta.clone()
    };
    base.save(
        Action::SpeakerChangeDelete,
        SpeakerChange {
            meta: gone,
            ..again
        },
    );
    assert_eq!(said(&base), [None, customer]);
}

#[test]
fn the_lines_of_a_text_stand_where_the_sound_stands_now() {
    let base = TestWorkspace::new();
    let (_, rec) = base.call("来电", 1);
    let text = base.transcript(rec, &[(300, 900, 0, "您好"), (9_500, 9_990, 1, "再见")]);
    let moved = Transcript {
        shift_ms: 250,
        ..text
    };
    base.save(Action::RecordingRetake, moved);
    let places = |base: &TestWorkspace| -> Vec<(u64, u64, u16)> {
        let segments = base.store.segments(rec, 0, 10).unwrap();
        segments
            .into_iter()
            .map(|s| (s.start_ms, s.end_ms, s.channel))
            .collect()
    };
    assert_eq!(places(&base), [(550, 1_150, 0), (9_750, 10_000, 1)]);
    let Some(Record::Recording(recording)) =
        base.store.record(EntityKind::Recording, rec.0).unwrap()
    else {
        panic!("no recording")
    };
    let mono = Recording {
        channels: 1,
        roles: vec![ChannelRole::Unknown],
        ..recording
    };
    base.save(Action::RecordingRetake, mono);
    assert_eq!(places(&base), [(550, 1_150, 0), (9_750, 10_000, 0)]);
}
