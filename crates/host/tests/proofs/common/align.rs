//! A call of which no sound was kept, and the recordings it may belong to.

use super::live::{Booth, call};
use qinting_desk::*;
use qinting_domain::*;

const MINUTE: u64 = 60_000;

/// A name of ten seconds before a first call. The booth's clock begins on 2025-11-13 at 02:13:20 UTC,
/// and its wall shows UTC.
pub const TEN_SECONDS_BEFORE: &str = "20251113-021310";

/// A call of two minutes, marked at 0:30 and 1:30 and noted at 1:00.
pub fn heard(booth: &Booth, begin: LiveBegin) -> LiveCall {
    let with_sound = begin.mode != ListenMode::ClockOnly;
    let status = booth.at_desk().live_begin(begin).unwrap();
    let pass = |ms: u64| {
        booth.clock.pass(ms);
        if with_sound {
            booth.sound.pass(ms);
        }
    };
    pass(MINUTE / 2);
    booth.mark(0);
    pass(MINUTE / 2);
    note(booth, status.call.recording_id, None, "规则在第七条");
    pass(MINUTE / 2);
    booth.mark(0);
    pass(MINUTE / 2);
    booth.at_desk().live_stop(()).unwrap();
    booth.live_call(status.call.id)
}

pub fn silent(booth: &Booth) -> LiveCall {
    heard(booth, call(ListenMode::ClockOnly))
}

pub fn note(booth: &Booth, recording_id: RecordingId, at_ms: Option<u64>, text: &str) -> SeatNote {
    let new = NewSeatNote {
        recording_id,
        at_ms,
        author_id: None,
        kind: SeatNoteKind::Rule,
        text: text.into(),
    };
    booth.at_desk().add_seat_note(new).unwrap().note
}

/// A recording of this many seconds; a byte of its file is a millisecond.
pub fn import(booth: &Booth, name: &str, seconds: usize) -> Recording {
    let text = name.repeat(seconds * 1_000)[..seconds * 1_000].to_owned();
    let batch = booth
        .stage
        .import(&[booth.stage.file(&format!("{name}.wav"), &text)]);
    let case = batch.files[0].case_id.unwrap();
    booth.at_desk().get_case(case).unwrap().recording.unwrap()
}

pub fn request(call: &LiveCall, to: &Recording, offset_ms: i64) -> AlignRequest {
    AlignRequest {
        call_id: call.id,
        recording_id: to.id,
        offset_ms,
        method: AlignMethod::Hand,
        confidence: 100,
    }
}

pub fn align(booth: &Booth, call: &LiveCall, to: &Recording, offset_ms: i64) -> AlignView {
    booth.at_desk().align(request(call, to, offset_ms)).unwrap()
}
