//! One opened workspace: ports joined together, and what is told of it.

use crate::error::{AppError, AppResult};
use crate::feed::{Feed, Hears, RecordEvent, Touched};
use crate::ports::*;
use crate::store::{Committed, Store};
use parking_lot::Mutex;
use qinting_domain::*;
use std::sync::Arc;
use uuid::Uuid;

/// Everything the use cases of records work with.
pub struct Ports {
    /// Workspace database.
    pub store: Arc<dyn Store>,
    /// Export formats.
    pub writer: Arc<dyn FindingsWriter>,
    /// Where exports go.
    pub files_out: Arc<dyn FilesOut>,
    /// Wall clock.
    pub clock: Arc<dyn Clock>,
    /// Fresh ids.
    pub ids: Arc<dyn Ids>,
}

/// One opened workspace.
pub struct App {
    /// What it works with.
    pub ports: Ports,
    /// Calls that are heard right now.
    pub calls: Arc<dyn CallsNow>,
    /// Facts about this installation.
    pub about: About,
    feed: Feed<RecordEvent>,
    queued: Feed<Job>,
    /// Where the clocks stood when the program last said that it is there.
    pub(crate) seen: Mutex<Option<Seen>>,
    /// Change number when it was opened: Ctrl+Z reaches back to here and no further.
    pub(crate) opened_at_seq: i64,
}

/// Facts about this installation, and the machine it is on.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Workspace folder, for reports only.
    pub workspace: String,
    /// App version.
    pub version: String,
    /// Data folder, for reports only; `None`: nothing of this installation is kept.
    pub data: Option<String>,
    /// When this installation began, where that is kept.
    pub since: Option<UnixMs>,
    /// Processor cores this process may use.
    pub cores: u32,
    /// Bytes of memory, where the system tells.
    pub memory_bytes: Option<u64>,
}

impl App {
    /// Opens the app over its ports; seeds a new workspace.
    pub fn start(ports: Ports, calls: Arc<dyn CallsNow>, about: About) -> AppResult<Arc<Self>> {
        if ports.store.only_read().is_none() {
            crate::seed::seed(&ports)?;
        }
        // After seeding: what a workspace starts with is nobody's doing and cannot be undone.
        let opened_at_seq = ports.store.head_seq()?;
        Ok(Arc::new(Self {
            ports,
            calls,
            about,
            feed: Feed::default(),
            queued: Feed::default(),
            seen: Mutex::default(),
            opened_at_seq,
        }))
    }

    /// Whoever sits here: who sat down last, else whoever has been here longest.
    pub fn whoever_sits_here(&self) -> AppResult<PersonId> {
        let store = &self.ports.store;
        if let Some(seated) = store.seated()?
            && let Some(Record::Person(person)) = store.record(EntityKind::Person, seated.0)?
        {
            return Ok(person.merged_into.unwrap_or(person.id));
        }
        let people = store.people()?.into_iter();
        let first = people.min_by_key(|p| (p.meta.created_at, p.id));
        let first = first.ok_or_else(|| AppError::from(Refusal::Gone(EntityKind::Person)))?;
        Ok(first.id)
    }

    /// Refuses where the workspace is only read. For what does long work before its first commit; a
    /// commit refuses by itself.
    pub fn may_write(&self) -> AppResult<()> {
        self.ports
            .store
            .only_read()
            .map_or(Ok(()), |note| Err(note.into()))
    }

    /// Says that this workspace is the demo, from now on and in every copy of it.
    pub fn declare_demo(&self) -> AppResult<()> {
        self.ports.store.mark_demo()
    }

    /// Adds a listener to what becomes of records.
    pub fn on_record(&self, listener: Hears<RecordEvent>) {
        self.feed.subscribe(listener);
    }

    /// Adds a listener to jobs that were queued: who works on them.
    pub fn on_queued(&self, listener: Hears<Job>) {
        self.queued.subscribe(listener);
    }

    /// Tells of records.
    pub fn tell_of(&self, event: &RecordEvent) {
        self.feed.tell(event);
    }

    /// The clock of this workspace.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.ports.clock.clone()
    }

    /// Tells what an operation changed.
    pub(crate) fn tell_changed(&self, op_id: OpId, action: Action, done: &Committed) {
        let touched = done.records.iter().map(|r| Touched {
            kind: r.kind(),
            id: r.uuid(),
        });
        self.feed.tell(&RecordEvent::Changed {
            touched: touched.collect(),
            op_id,
            action: action.to_string(),
            undoable: action.is_undoable(),
        });
    }

    /// Tells of a job that was queued, and wakes who works on it.
    pub(crate) fn tell_queued(&self, job: &Job) {
        self.tell_job(job);
        self.queued.tell(job);
    }

    /// Tells how a job stands, where people are told of it.
    pub fn tell_job(&self, job: &Job) {
        if job.is_told() {
            let job = job.clone();
            self.feed.tell(&RecordEvent::Job { job });
        }
    }

    /// What the clock on the wall of this machine shows, as if it were UTC: calendar days are those of the person here.
    pub fn wall_now(&self) -> UnixMs {
        let now = self.now();
        now + self.ports.clock.ahead_of_utc_ms(now)
    }

    /// Now, UTC.
    pub fn now(&self) -> UnixMs {
        self.ports.clock.now_ms()
    }

    /// A fresh id.
    pub fn id(&self) -> Uuid {
        self.ports.ids.next()
    }
}

/// Where the clocks stood at the last beat.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    pub(crate) wall: UnixMs,
    pub(crate) steady: u64,
}
