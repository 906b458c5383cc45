//! A workspace in a temporary folder and records to fill it with.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use qinting_app::*;
use qinting_domain::*;
use qinting_store::{Device, Workspace, medium_of};
use qinting_testkit::files::digest;
use qinting_testkit::records;
use std::path::Path;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;
use uuid::Uuid;

pub mod documents;
pub mod everywhere;
mod live;
pub mod markers;
mod texts;

pub struct TestWorkspace {
    pub dir: TempDir,
    pub store: Workspace,
    pub device: Device,
    pub person: PersonId,
    clock: AtomicI64,
}

/// A workspace as an installation takes it up that was never there.
pub fn open_here(folder: &Path) -> AppResult<Workspace> {
    Workspace::open_on(folder, &Device::passing(), &medium_of(folder))
}

pub fn new_id() -> Uuid {
    Uuid::now_v7()
}

impl TestWorkspace {
    /// A fresh workspace with one person in it.
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let device = Device::passing();
        let store = Workspace::open(dir.path(), &device).unwrap();
        let base = Self {
            dir,
            store,
            device,
            person: PersonId(new_id()),
            clock: AtomicI64::new(1_000),
        };
        let person = records::person(base.person, "林夕", &[Role::Participant], base.meta());
        base.save(Action::PersonAdd, person);
        base
    }

    /// A desk in front of a workspace that is open already.
    pub fn around(dir: TempDir, store: Workspace, person: PersonId) -> Self {
        Self {
            dir,
            store,
            device: Device::passing(),
            person,
            clock: AtomicI64::new(1_000_000),
        }
    }

    /// The same folder, opened again.
    pub fn reopened(self) -> Self {
        let Self {
            dir,
            store,
            device,
            person,
            clock,
        } = self;
        drop(store);
        let store = Workspace::open(dir.path(), &device).unwrap();
        Self {
            dir,
            store,
            device,
            person,
            clock,
        }
    }

    pub fn now(&self) -> UnixMs {
        self.clock.fetch_add(1, Ordering::SeqCst)
    }

    pub fn meta(&self) -> Meta {
        Meta::new(self.now(), self.person)
    }

    pub fn operation(&self, action: Action, records: Vec<Record>) -> Commit {
        Commit {
            op_id: OpId(new_id()),
            actor: self.person,
            at: self.now(),
            origin: action.origin(),
            action,
            records,
            undoes: None,
            jobs: Vec::new(),
            blobs: Vec::new(),
        }
    }

    /// Commits one record and returns it as stored.
    pub fn save<T: Into<Record>>(&self, action: Action, record: T) -> Record {
        let done = self
            .store
            .commit(self.operation(action, vec![record.into()]))
            .unwrap();
        done.records.into_iter().next().unwrap()
    }

    /// Takes a record away.
    pub fn delete(&self, kind: EntityKind, id: Uuid) -> Record {
        let mut record = self.store.record(kind, id).unwrap().unwrap();
        record.meta_mut().deleted_at = Some(self.now());
        self.save(Action::CaseEdit, record)
    }

    /// Brings it back.
    pub fn restore(&self, kind: EntityKind, id: Uuid) -> Record {
        let mut record = self.store.record(kind, id).unwrap().unwrap();
        record.meta_mut().deleted_at = None;
        self.save(Action::CaseEdit, record)
    }

    pub fn case_of(&self, title: &str) -> Case {
        Case {
            business_line: "售后".into(),
            customer_tier: "金牌".into(),
            external_id: "EXT-7".into(),
            ..records::case(CaseId(new_id()), title, self.meta())
        }
    }

    /// The one contact of a case.
    pub fn contact_of(&self, case: CaseId, customer: &str) -> Contact {
        Contact {
            began_at: Some(self.now()),
            agent: "工号1024".into(),
            customer: customer.into(),
            queue: "热线".into(),
            disposition: "已解决".into(),
            ..records::contact(case, self.meta())
        }
    }

    pub fn recording_of(&self, case: CaseId, seed: u8) -> Recording {
        let hash = |n: u8| hex(&[seed, n]);
        Recording {
            sources: vec![SourceFile {
                sha256: hash(0),
                name: "a.wav".into(),
                bytes: 44,
                codec: "wav/pcm_s16le".into(),
            }],
            audio_sha256: hash(1),
            peaks_sha256: hash(2),
            ..records::recording(RecordingId(new_id()), case, 10_000, self.meta())
        }
    }

    /// A case with a recording.
    pub fn call(&self, title: &str, seed: u8) -> (CaseId, RecordingId) {
        self.call_by(title, "", seed)
    }

    pub fn call_by(&self, title: &str, customer: &str, seed: u8) -> (CaseId, RecordingId) {
        let case = self.case_of(title);
        let contact = self.contact_of(case.id, customer);
        let recording = self.recording_of(case.id, seed);
        let ids = (case.id, recording.id);
        let records = vec![case.into(), contact.into(), recording.into()];
        self.store
            .commit(self.operation(Action::CaseImport, records))
            .unwrap();
        ids
    }

    pub fn new_mark(&self, call: (CaseId, RecordingId), start_ms: u64, text: &str) -> Observation {
        let id = ObservationId(new_id());
        records::mark(id, call, start_ms, text, self.meta())
    }

    pub fn mark(&self, call: (CaseId, RecordingId), start_ms: u64, text: &str) -> Observation {
        let observation = self.new_mark(call, start_ms, text);
        match self.save(Action::ObservationMark, observation) {
            Record::Observation(o) => o,
            other => panic!("an observation came back as {other:?}"),
        }
    }

    pub fn tag(&self, name: &str, position: u32) -> Tag {
        let tag = Tag {
            id: TagId(new_id()),
            parent_id: None,
            name: name.into(),
            aliases: Vec::new(),
            definition: String::new(),
            colour: TagColour::Info,
            position,
            status: TagStatus::Active,
            meta: self.meta(),
        };
        match self.save(Action::TagAdd, tag) {
            Record::Tag(t) => t,
            other => panic!("a tag came back as {other:?}"),
        }
    }

    pub fn new_issue(&self, title: &str) -> Issue {
        Issue {
            business_line: "售后".into(),
            urgency: 2,
            difficulty: 1,
            ..Issue::new(IssueId(new_id()), title, self.meta())
        }
    }

    pub fn issue(&self, title: &str) -> Issue {
        self.save_issue(self.new_issue(title))
    }

    pub fn save_issue(&self, issue: Issue) -> Issue {
        match self.save(Action::IssueCreate, issue) {
            Record::Issue(i) => i,
            other => panic!("an issue came back as {other:?}"),
        }
    }

    pub fn new_link(&self, issue: IssueId, observation: ObservationId) -> IssueLink {
        IssueLink {
            id: IssueLinkId(new_id()),
            issue_id: issue,
            moved_from: None,
            observation_id: observation,
            relation: EvidenceRelation::Evidence,
            importance: 1,
            meta: self.meta(),
        }
    }

    pub fn link(&self, issue: IssueId, observation: ObservationId) -> IssueLinkId {
        IssueLinkId(
            self.save(Action::IssueAttach, self.new_link(issue, observation))
                .uuid(),
        )
    }

    pub fn comment(&self, issue: IssueId, text: &str) -> CommentId {
        let comment = Comment {
            id: CommentId(new_id()),
            issue_id: issue,
            text: text.into(),
            meta: self.meta(),
        };
        let id = comment.id;
        self.save(Action::CommentAdd, comment);
        id
    }

    /// Somebody else.
    pub fn new_person(&self, name: &str) -> Person {
        let person = records::person(PersonId(new_id()), name, &[], self.meta());
        self.save(Action::PersonAdd, person.clone());
        person
    }

    pub fn new_listening(
        &self,
        recording_id: RecordingId,
        person_id: PersonId,
        from_ms: u64,
    ) -> Listening {
        Listening {
            id: ListeningId(new_id()),
            recording_id,
            person_id,
            from_ms,
            to_ms: from_ms + 3_000,
            played_ms: Some(2_500),
            began_at: 1,
            ended_at: 4_000,
            device_id: Some(self.store.device()),
            meta: self.meta(),
        }
    }

    /// Somebody listens to a stretch.
    pub fn listened(&self, recording: RecordingId, person: PersonId, from_ms: u64) {
        let heard = self.new_listening(recording, person, from_ms);
        self.save(Action::RecordingListen, heard);
    }

    /// A session of this person with these calls on its list.
    pub fn session(&self, title: &str, cases: &[CaseId]) -> ListeningSession {
        let session = ListeningSession {
            id: SessionId(new_id()),
            title: title.into(),
            theme: "退货".into(),
            question: "七天从哪天算起？".into(),
            place: "三楼".into(),
            starts_at: None,
            facilitator_id: None,
            people: vec![self.person],
            cases: cases.to_vec(),
            meta: self.meta(),
        };
        match self.save(Action::SessionAdd, session) {
            Record::Session(s) => s,
            other => panic!("a session came back as {other:?}"),
        }
    }

    pub fn find(&self, text: &str) -> Vec<SearchHit> {
        self.find_in(text, &[])
    }

    pub fn find_in(&self, text: &str, scopes: &[SearchScope]) -> Vec<SearchHit> {
        let query = SearchQuery {
            scopes: scopes.to_vec(),
            limit: 50,
            ..SearchQuery::of(text)
        };
        self.store.search(&query).unwrap().hits
    }
}

/// A made-up SHA-256.
pub fn hex(seed: &[u8]) -> Sha256 {
    digest(seed)
}

pub fn issues_query() -> IssueQuery {
    IssueQuery {
        view: IssueListView::Open,
        ..IssueQuery::default()
    }
}

pub fn observations_query() -> ObservationQuery {
    ObservationQuery {
        tag: None,
        kind: None,
        unfiled: false,
        offset: 0,
        limit: 100,
    }
}
