use super::*;
use std::collections::BTreeSet;

fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

fn one_of_each() -> Vec<JobWork> {
    let text = Transcribe {
        case_id: CaseId(id(1)),
        recording_id: RecordingId(id(2)),
        model: Some("small".into()),
        language: "zh".into(),
    };
    let call_id = LiveCallId(id(3));
    vec![
        text.into(),
        TakeIn { call_id }.into(),
        RenewIndex {}.into(),
        Scrub {}.into(),
        SealTexts {}.into(),
        MeasureSound {}.into(),
        SweepMedia {}.into(),
    ]
}

#[test]
fn a_kind_is_known_by_its_name_alone_and_its_arguments_come_back() {
    let names: BTreeSet<&str> = JobKind::ALL.iter().map(|k| k.as_str()).collect();
    assert_eq!(names.len(), JobKind::ALL.len(), "each name once");
    let all = one_of_each();
    assert_eq!(all.len(), JobKind::ALL.len());
    for work in all {
        let kind = work.kind().unwrap();
        assert_eq!(JobKind::named(kind.as_str()), Some(kind));
        let args = work.args().unwrap().to_string();
        assert_eq!(JobWork::of(kind.as_str(), &args), work);
        // The page tells kinds apart by this field, with the arguments beside it.
        let told = serde_json::to_value(&work).unwrap();
        assert_eq!(told["kind"], kind.as_str());
        assert_eq!(serde_json::from_value::<JobWork>(told).unwrap(), work);
    }
}

#[test]
fn what_another_version_queued_is_named_and_left_to_it() {
    for (name, args) in [("edition", "{}"), ("transcribe", r#"{"sheets": 3}"#)] {
        let work = JobWork::of(name, args);
        assert_eq!(work, JobWork::Other { name: name.into() });
        assert_eq!((work.kind(), work.about(), work.args()), (None, None, None));
        assert!(Job::new(JobId(id(1)), work, 5).is_told());
    }
}

#[test]
fn of_what_nobody_asked_for_people_hear_when_it_fails() {
    for work in one_of_each() {
        let is_asked = work.kind() == Some(JobKind::Transcribe);
        let mut job = Job::new(JobId(id(1)), work, 5);
        assert_eq!(job.is_told(), is_asked);
        job.state = JobState::Failed;
        assert!(job.is_told());
    }
}

#[test]
fn what_is_heavy_and_what_reads_whole_recordings_rests_while_a_call_is_heard() {
    let rests = JobKind::ALL.into_iter().filter(|kind| kind.rules().rests);
    let rests: Vec<JobKind> = rests.collect();
    assert_eq!(rests, [JobKind::Transcribe, JobKind::MeasureSound]);
    let mut heavy = JobKind::ALL
        .into_iter()
        .filter(|kind| kind.rules().slot == Slot::Heavy);
    assert!(heavy.all(|kind| rests.contains(&kind)));
}

#[test]
fn a_whole_archive_that_is_measured_keeps_nothing_else_waiting() {
    let beside = JobKind::ALL.into_iter().map(|kind| (kind, kind.rules()));
    let mut others = beside.filter(|(kind, _)| *kind != JobKind::MeasureSound);
    let own = JobKind::MeasureSound.rules().priority;
    assert!(others.all(|(_, rules)| rules.slot != Slot::Beside || rules.priority > own));
}
