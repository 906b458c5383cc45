//! A call that lies in several files, and what a crash leaves of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::live::*;
use crate::common::moody::moody_booth;
use qinting_desk::*;
use qinting_domain::*;

#[test]
fn a_file_whose_row_was_not_written_yet_is_found() {
    let (booth, mood) = moody_booth();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.sound.keep();
    let parts = |booth: &Booth| booth.store().parts_of(call.recording_id).unwrap();
    until("the promise is on record", || {
        parts(&booth)[0].frames == 10_000
    });
    mood.refuses.lock().push("put_part");
    booth.sound.rotate();
    booth.sound.pass(7_000);
    let booth = booth.crash(|_| {});
    booth.recover();
    let recovered = booth.at_desk().live_recovered(()).unwrap();
    assert_eq!(recovered[0].call.state, LiveState::Recovered);
    let all = CaseQuery::default();
    let cases = booth.at_desk().list_cases(all).unwrap().rows;
    let mut lengths: Vec<_> = cases
        .iter()
        .map(|c| {
            booth
                .at_desk()
                .get_case(c.case.id)
                .unwrap()
                .recording
                .unwrap()
                .duration_ms
        })
        .collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [7_000, 10_000]);
}

#[test]
fn a_call_of_several_files_is_taken_in_whole_though_somebody_threw_it_away_meanwhile() {
    let booth = Booth::new();
    let call = booth.begin(ListenMode::Record).call;
    booth.sound.pass(10_000);
    booth.sound.rotate();
    booth.sound.pass(7_000);
    booth.sound.keep();
    let parts = || booth.store().parts_of(call.recording_id).unwrap();
    until("the promises are on record", || {
        parts().iter().map(|p| p.frames).sum::<u64>() == 17_000
    });
    let booth = booth.crash(|_| {});
    let desk = &booth.stage.desk;
    desk.look_for_cut_off_calls().unwrap();
    booth.at_desk().delete_case(call.case_id).unwrap();
    desk.drain_beside().unwrap();
    assert!(booth.recording(call.recording_id).has_audio());
    let bin = BinQuery {
        offset: 0,
        limit: 10,
    };
    let thrown_away = booth.at_desk().bin(bin).unwrap().rows;
    let mut lengths: Vec<_> = thrown_away.iter().map(|r| r.duration_ms).collect();
    lengths.sort_unstable();
    assert_eq!(lengths, [7_000, 10_000]);
}
