//! Two processes have one workspace open. What the other one does in the very moment between a
//! person's key and the write of what follows is seen by every rule.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use crate::common::moody::{Mood, moody};
use crate::common::{Count, FIRST_PERSON, Stage, code};
use qinting_desk::*;
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// Where the other process finds what it is to do.
const TOLD: &str = "QINTING_THE_OTHER";

#[derive(Serialize, Deserialize)]
enum Act {
    AddTag(String),
    Import(String),
    CreateIssue(String),
    Merge(IssueMerge),
    Detach(IssueLinkId),
    Weigh(ObservationId),
    DropCalls(SessionId),
    AddCall(SessionId, CaseId),
    AddTagTo(ObservationId, TagId),
    Transcribe(CaseId),
    CancelJobs,
}

#[derive(Serialize, Deserialize)]
struct Told {
    workspace: PathBuf,
    act: Act,
}

/// This process, and what the other one does just before the next write of this one.
struct Here {
    stage: Stage,
    mood: Arc<Mood>,
}

impl Here {
    fn new() -> Self {
        let mood = Arc::new(Mood::default());
        let stage = Stage::with(tempfile::tempdir().unwrap(), |given| moody(given, &mood));
        Self { stage, mood }
    }

    fn at_desk(&self) -> &AtDesk {
        &self.stage.at_desk
    }

    fn meanwhile(&self, act: Act) {
        let workspace = self.stage.dir.path().join("ws");
        let told = serde_json::to_string(&Told { workspace, act }).unwrap();
        *self.mood.meanwhile.lock() = Some(Box::new(move || {
            let done = Command::new(std::env::current_exe().unwrap())
                .args(["the_other_process", "--exact", "--ignored"])
                .env(TOLD, told)
                .output()
                .unwrap();
            assert!(done.status.success(), "{done:?}");
        }));
    }

    fn tag(&self, name: &str) -> AppResult<Tag> {
        self.at_desk().add_tag(tag(name))
    }

    /// An issue that rests on a mark of its own.
    fn issue(&self, title: &str) -> (IssueId, ObservationId) {
        let (_, recording) = self.stage.case(title);
        let mark = self.stage.mark(recording, 5_000).observation.id;
        (self.stage.issue(title, vec![mark]).issue.id, mark)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let waits = self.mood.meanwhile.lock().is_some();
        assert!(!waits || std::thread::panicking(), "nothing was written");
    }
}

fn tag(name: &str) -> NewTag {
    NewTag {
        name: name.into(),
        colour: TagColour::Ink,
        parent_id: None,
    }
}

/// A session as it was read, with one call more behind the others.
fn with_call(read: &ListeningSession, case: CaseId) -> RecordPatch {
    let cases: Vec<CaseId> = read.cases.iter().copied().chain([case]).collect();
    RecordPatch::of(read, [("cases", json!(cases))])
}

/// A mark as it was read, with one tag more.
fn with_tag(read: &Observation, tag: TagId) -> RecordPatch {
    let tags: Vec<TagId> = read.tags.iter().copied().chain([tag]).collect();
    RecordPatch::of(read, [("tags", json!(tags))])
}

fn all_marks() -> ObservationQuery {
    ObservationQuery {
        tag: None,
        kind: None,
        unfiled: false,
        offset: 0,
        limit: 100,
    }
}

fn there(workspace: &Path) -> Stage {
    Stage::with(tempfile::tempdir().unwrap(), |given| {
        given.records.store = Arc::new(
            qinting_store::Workspace::open_on(
                workspace,
                &qinting_store::Device::passing(),
                &qinting_store::Medium::Writable,
            )
            .unwrap(),
        );
        given.media = Arc::new(qinting_store::Media::open(workspace).unwrap());
        given.records.ids = Arc::new(Count(AtomicU64::new(1_000_000)));
    })
}

#[test]
#[ignore = "the other process of the races, started by them"]
fn the_other_process() {
    let told: Told = serde_json::from_str(&std::env::var(TOLD).unwrap()).unwrap();
    let stage = there(&told.workspace);
    let at_desk = &stage.at_desk;
    match told.act {
        Act::AddTag(name) => drop(at_desk.add_tag(tag(&name)).unwrap()),
        Act::Import(file) => drop(stage.import(&[file])),
        Act::CreateIssue(title) => drop(stage.issue(&title, vec![])),
        Act::Merge(merge) => drop(at_desk.merge_issues(merge).unwrap()),
        Act::Detach(link) => at_desk.detach_evidence(link).unwrap(),
        Act::Weigh(id) => {
            let record = stage.store.record(EntityKind::Observation, id.0).unwrap();
            let o = Observation::from_record(record.unwrap()).unwrap();
            let patch = RecordPatch::of(&o, [("severity", json!(3))]);
            drop(at_desk.edit_record(patch).unwrap());
        }
        Act::DropCalls(id) => {
            let session = at_desk.get_session(id).unwrap().row.session;
            let patch = RecordPatch::of(&session, [("cases", json!([]))]);
            drop(at_desk.edit_record(patch).unwrap());
        }
        Act::AddCall(id, case) => {
            let session = at_desk.get_session(id).unwrap().row.session;
            drop(at_desk.edit_record(with_call(&session, case)).unwrap());
        }
        Act::AddTagTo(id, tag) => {
            let mark = at_desk.observations(all_marks()).unwrap().rows;
            let mark = mark.into_iter().find(|v| v.observation.id == id).unwrap();
            drop(
                at_desk
                    .edit_record(with_tag(&mark.observation, tag))
                    .unwrap(),
            );
        }
        Act::Transcribe(case_id) => {
            drop(at_desk.transcribe(crate::common::text_of(case_id)).unwrap())
        }
        Act::CancelJobs => {
            for job in at_desk.list_jobs(()).unwrap() {
                at_desk.cancel_job(job.id).unwrap();
            }
        }
    }
}

#[test]
fn one_tag_name_is_taken_once() {
    let here = Here::new();
    here.meanwhile(Act::AddTag("包装".into()));
    assert_eq!(code(here.tag("包装")), codes::NAME_TAKEN);
}

#[test]
fn a_tag_is_not_renamed_to_what_was_just_taken() {
    let here = Here::new();
    let tag = here.tag("箱子").unwrap();
    here.meanwhile(Act::AddTag("包装".into()));
    let rename = RecordPatch::of(&tag, [("name", json!("包装"))]);
    assert_eq!(code(here.at_desk().edit_record(rename)), codes::NAME_TAKEN);
}

#[test]
fn two_new_tags_have_two_places() {
    let here = Here::new();
    here.meanwhile(Act::AddTag("包装".into()));
    let mine = here.tag("箱子").unwrap();
    let all = here.at_desk().list_tags(()).unwrap();
    let places = all.iter().filter(|t| t.position == mine.position);
    assert_eq!(places.count(), 1);
}

#[test]
fn one_file_becomes_one_call() {
    let here = Here::new();
    let file = here.stage.file("call.wav", "one and the same call");
    here.meanwhile(Act::Import(file.clone()));
    let batch = here.stage.import(&[file]);
    assert_eq!(batch.files[0].outcome, Some(ImportOutcome::Duplicate));
    assert_eq!(here.at_desk().workspace_info(()).unwrap().case_count, 1);
    assert_eq!(here.at_desk().list_jobs(()).unwrap().len(), 1, "one text");
}

#[test]
fn two_issues_have_two_numbers() {
    let here = Here::new();
    here.meanwhile(Act::CreateIssue("七天".into()));
    here.stage.issue("铰链", vec![]);
    let rows = here
        .at_desk()
        .list_issues(IssueQuery::default())
        .unwrap()
        .rows;
    let mut numbers: Vec<u32> = rows.iter().map(|r| r.issue.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2]);
}

#[test]
fn evidence_goes_to_the_issue_that_took_over_a_moment_ago() {
    let here = Here::new();
    let ((from, _), (into, mark)) = (here.issue("七天"), here.issue("铰链"));
    let (_, recording) = here.stage.case("another");
    let more = here.stage.mark(recording, 5_000).observation.id;
    here.meanwhile(Act::Merge(IssueMerge { from, into }));
    let request = AttachRequest {
        issue_id: from,
        observation_ids: vec![mark, more],
        relation: None,
    };
    let view = here.at_desk().attach_evidence(request).unwrap();
    assert_eq!(view.row.issue.id, into);
    assert_eq!(view.evidence.len(), 3, "each moment once");
}

#[test]
fn two_merges_form_no_circle() {
    let here = Here::new();
    let ((a, _), (b, _)) = (here.issue("七天"), here.issue("铰链"));
    here.meanwhile(Act::Merge(IssueMerge { from: b, into: a }));
    let merged = here.at_desk().merge_issues(IssueMerge { from: a, into: b });
    assert_eq!(code(merged), codes::ISSUE_MERGE_TARGET);
}

#[test]
fn an_issue_whose_last_evidence_just_went_stays_where_it_is() {
    let here = Here::new();
    let (id, _) = here.issue("七天");
    let issue = here.at_desk().get_issue(id).unwrap();
    here.meanwhile(Act::Detach(issue.evidence[0].link.id));
    let moved = here.at_desk().change_status(StatusChange {
        id,
        rev: issue.row.issue.meta.rev,
        status: IssueStatus::Triage,
        reason: String::new(),
    });
    assert_eq!(code(moved), "issue.no_evidence");
}

#[test]
fn two_fields_of_one_record_are_set_by_two_people_at_once() {
    let here = Here::new();
    let (_, recording) = here.stage.case("call");
    let mark = here.stage.mark(recording, 5_000).observation;
    here.meanwhile(Act::Weigh(mark.id));
    let words = RecordPatch::of(&mark, [("text", json!("没写厚度"))]);
    let kept = here.at_desk().edit_record(words).unwrap();
    let kept = Observation::from_record(kept).unwrap();
    assert_eq!((kept.text.as_str(), kept.severity), ("没写厚度", 3));
}

#[test]
fn two_people_who_add_a_call_to_one_session_at_once_both_get_theirs() {
    let here = Here::new();
    let [(first, _), (theirs, _), (mine, _)] = ["a", "b", "c"].map(|name| here.stage.case(name));
    let session = crate::common::session("专场", &[first]);
    let read = here.at_desk().add_session(session).unwrap().session;
    here.meanwhile(Act::AddCall(read.id, theirs));
    let kept = here.at_desk().edit_record(with_call(&read, mine)).unwrap();
    let kept = ListeningSession::from_record(kept).unwrap();
    assert_eq!(kept.cases, [first, mine, theirs]);

    here.at_desk().undo(()).unwrap();
    let left = here.at_desk().get_session(read.id).unwrap().row.session;
    assert_eq!(left.cases, [first, theirs], "one's own alone is taken back");
}

#[test]
fn two_people_who_tag_one_mark_at_once_both_get_theirs() {
    let here = Here::new();
    let (_, recording) = here.stage.case("call");
    let [theirs, mine] = ["包装", "箱子"].map(|name| here.tag(name).unwrap().id);
    let read = here.stage.mark(recording, 5_000).observation;
    here.meanwhile(Act::AddTagTo(read.id, theirs));
    let kept = here.at_desk().edit_record(with_tag(&read, mine)).unwrap();
    let kept = Observation::from_record(kept).unwrap();
    assert_eq!(kept.tags, [theirs, mine]);
}

#[test]
fn a_session_that_just_dropped_a_call_takes_no_mark_of_it() {
    let here = Here::new();
    let (case, recording) = here.stage.case("call");
    let session = crate::common::session("专场", &[case]);
    let session = here.at_desk().add_session(session).unwrap().session.id;
    here.meanwhile(Act::DropCalls(session));
    let mark = here.at_desk().mark(MarkRequest {
        session_id: Some(session),
        ..MarkRequest::at(recording, 5_000)
    });
    assert_eq!(code(mark), codes::INVALID);
}

#[test]
fn a_text_is_queued_once() {
    let here = Here::new();
    let (case, _) = here.stage.case("call");
    here.stage.desk.drain_jobs().unwrap();
    here.meanwhile(Act::Transcribe(case));
    let mine = here
        .at_desk()
        .transcribe(crate::common::text_of(case))
        .unwrap();
    let jobs = here.at_desk().list_jobs(()).unwrap();
    let waiting: Vec<_> = jobs
        .iter()
        .filter(|j| j.state == JobState::Queued)
        .collect();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].id, mine.id);
}

#[test]
fn a_job_somebody_cancels_elsewhere_does_not_go_on() {
    let here = Here::new();
    here.stage.says(&[
        (1_000, 2_000, 1, "我要退款"),
        (3_000, 4_000, 0, "好的"),
        (5_000, 6_000, 1, "再见"),
    ]);
    here.stage.case("call");
    // The first thing the job writes is how far it has come.
    here.meanwhile(Act::CancelJobs);
    here.stage.desk.drain_jobs().unwrap();
    let jobs = here.at_desk().list_jobs(()).unwrap();
    assert_eq!(jobs[0].state, JobState::Cancelled);
}

#[test]
fn two_issues_that_were_merged_into_each_other_once_still_take_evidence() {
    let stage = Stage::new();
    let (_, recording) = stage.case("call");
    let mark = stage.mark(recording, 5_000).observation.id;
    let (a, b) = (
        stage.issue("七天", vec![]).issue,
        stage.issue("铰链", vec![]).issue,
    );
    let merged = |from: &Issue, into: &Issue| {
        Record::from(Issue {
            status: IssueStatus::Merged,
            merged_into: Some(into.id),
            ..from.clone()
        })
    };
    let older = Commit {
        op_id: OpId(uuid::Uuid::from_u128(5)),
        actor: FIRST_PERSON,
        at: 1,
        origin: Origin::Person,
        action: Action::IssueMerge,
        records: vec![merged(&a, &b), merged(&b, &a)],
        undoes: None,
        jobs: vec![],
        blobs: Vec::new(),
    };
    stage.store.commit(older).unwrap();
    let request = AttachRequest {
        issue_id: a.id,
        observation_ids: vec![mark],
        relation: None,
    };
    let view = stage.at_desk.attach_evidence(request).unwrap();
    assert_eq!((view.row.issue.id, view.evidence.len()), (a.id, 1));
}
