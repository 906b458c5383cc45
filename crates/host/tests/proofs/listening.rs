//! What somebody listened to is kept, once for each stretch, and never changes.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::held::Holding;
use crate::common::moody::{Mood, moody};
use crate::common::{FIRST_PERSON, Stage, code, person};
use qinting_desk::*;
use qinting_domain::*;
use std::sync::Arc;
use std::time::Duration;

struct Fixture {
    stage: Stage,
    player: Arc<Holding>,
    mood: Arc<Mood>,
    case: CaseId,
    recording: RecordingId,
}

fn fixture() -> Fixture {
    let player = Arc::new(Holding::default());
    let (own, mood) = (player.clone(), Arc::new(Mood::default()));
    let stage = Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.machine.player = Some(own);
        moody(given, &mood);
    });
    let (case, recording) = stage.case("call");
    let open = OpenPlayer {
        case_id: case,
        at_ms: None,
    };
    stage.at_desk.player_open(open).unwrap();
    stage.at_desk.player_play(None).unwrap();
    Fixture {
        stage,
        player,
        mood,
        case,
        recording,
    }
}

impl Fixture {
    /// This much went out to the speaker.
    fn sounded(&self, from_ms: u64, played_ms: u64) {
        self.player.1.lock().push(HeardStretch {
            recording_id: self.recording,
            from_ms,
            to_ms: from_ms + played_ms,
            played_ms,
            lasted: Duration::from_millis(played_ms / 2),
            ended_ago: Duration::from_millis(500),
        });
    }

    fn all(&self) -> Vec<Listening> {
        let all = self.stage.store.all_of(EntityKind::Listening).unwrap();
        all.into_iter().filter_map(Listening::from_record).collect()
    }
}

#[test]
fn a_stretch_says_who_heard_what_when_and_where() {
    let f = fixture();
    f.sounded(4_000, 6_000);
    // Too short to have heard anything.
    f.sounded(20_000, 900);
    f.stage.desk.keep_heard();
    f.stage.desk.keep_heard();
    let all = f.all();
    let [one] = &all[..] else {
        panic!("{all:?}");
    };
    assert_eq!(
        (one.recording_id, one.person_id),
        (f.recording, FIRST_PERSON)
    );
    assert_eq!(
        (one.from_ms, one.to_ms, one.played_ms),
        (4_000, 10_000, Some(6_000))
    );
    assert_eq!(one.ended_at - one.began_at, 3_000);
    assert_eq!(one.device_id, Some(f.stage.store.device()));
    let rows = f.stage.at_desk.list_cases(CaseQuery::default()).unwrap();
    assert_eq!(rows.rows[0].listener_count, 1);
}

#[test]
fn whoever_sits_there_when_it_sounds_has_heard_it() {
    let f = fixture();
    let guest = f.stage.at_desk.add_person(person("陆鸣")).unwrap().id;
    f.sounded(0, 5_000);
    f.stage.at_desk.switch_person(guest).unwrap();
    f.sounded(5_000, 5_000);
    f.stage.desk.keep_heard();
    let heard: Vec<_> = f.all().iter().map(|l| (l.from_ms, l.person_id)).collect();
    assert_eq!(heard, [(0, FIRST_PERSON), (5_000, guest)]);
    assert_eq!(f.stage.store.listener_count(f.case).unwrap(), 2);
}

#[test]
fn what_could_not_be_written_is_written_later() {
    let f = fixture();
    f.mood.refuses.lock().push("commit");
    f.sounded(0, 5_000);
    f.stage.desk.keep_heard();
    f.sounded(5_000, 5_000);
    f.stage.desk.keep_heard();
    assert_eq!(f.all(), []);
    f.mood.refuses.lock().clear();
    f.stage.desk.keep_heard();
    let from: Vec<u64> = f.all().iter().map(|l| l.from_ms).collect();
    assert_eq!(from, [0, 5_000]);
}

#[test]
fn sound_that_belongs_to_no_call_is_nobodys_listening_and_stands_in_nobodys_way() {
    let f = fixture();
    // The test recording before a call, say.
    f.player.1.lock().push(HeardStretch {
        recording_id: RecordingId(uuid::Uuid::from_u128(5)),
        from_ms: 0,
        to_ms: 5_000,
        played_ms: 5_000,
        lasted: Duration::from_secs(5),
        ended_ago: Duration::ZERO,
    });
    f.sounded(0, 5_000);
    f.stage.desk.keep_heard();
    let heard: Vec<_> = f.all().iter().map(|l| l.recording_id).collect();
    assert_eq!(heard, [f.recording]);
}

#[test]
fn what_was_heard_is_neither_changed_nor_taken_back() {
    let f = fixture();
    f.sounded(0, 5_000);
    f.stage.desk.keep_heard();
    let at_desk = &f.stage.at_desk;
    let one = f.all().remove(0);
    let other = Listening {
        to_ms: 60_000,
        ..one.clone()
    };
    for action in [Action::RecordingListen, Action::CaseEdit] {
        let refused = at_desk.commit(action, vec![other.clone().into()]);
        assert_eq!(code(refused), codes::INVALID, "{action}");
    }
    // Ctrl+Z takes back what was done before it.
    assert_ne!(at_desk.undo(()).unwrap().action, "recording.listen");
    assert_eq!(f.all(), [one]);
}
