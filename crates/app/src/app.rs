//! The app: ports joined together, and the seat a person acts from.

use crate::acting::By;
use crate::feed::Feed;
use crate::imports::Imports;
use crate::live::Live;
use crate::ports::*;
use crate::runner::Runner;
use crate::views::*;
use crate::{AppError, AppResult, codes};
use parking_lot::{Mutex, RwLock};
use qinting_domain::*;
use std::collections::HashMap;
use std::sync::Arc;
use uuid::Uuid;

/// Everything the use cases work with.
pub struct Ports {
    /// Workspace database.
    pub store: Arc<dyn Store>,
    /// Media folder of the workspace.
    pub media: Arc<dyn MediaFolder>,
    /// Who else may use the workspace's folder.
    pub rights: Arc<dyn FolderRights>,
    /// Decoding of foreign files.
    pub decoder: Arc<dyn MediaDecoder>,
    /// Peaks and regions.
    pub audio: Arc<dyn AudioFiles>,
    /// Speech to text.
    pub transcriber: Arc<dyn Transcriber>,
    /// Models on disk.
    pub models: Arc<dyn ModelShelf>,
    /// Sound out; absent in hosts that never play.
    pub player: Option<Arc<dyn Player>>,
    /// Sound in; absent in hosts that never capture.
    pub capture: Option<Arc<dyn Capture>>,
    /// Speech to text while somebody speaks.
    pub ears: Option<Arc<dyn LiveEars>>,
    /// The one place a call is captured from.
    pub live_seat: Option<Arc<dyn LiveSeat>>,
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
    pub(crate) ports: Ports,
    pub(crate) feed: Feed,
    pub(crate) imports: Imports,
    pub(crate) runner: Runner,
    pub(crate) live: Live,
    pub(crate) downloads: Mutex<HashMap<String, Cancel>>,
    /// Readings of all media files that go on.
    pub(crate) reading_media: Mutex<Vec<Cancel>>,
    /// Where the clocks stood when the program last said that it is there.
    pub(crate) seen: Mutex<Option<crate::usecases::Seen>>,
    /// Change number at the start: Ctrl+Z reaches back to here and no further.
    pub(crate) session_start: i64,
    /// Workspace folder and version, for reports only.
    pub(crate) about: About,
}

/// Facts about this installation that reports show.
#[derive(Clone, Debug)]
pub struct About {
    /// Workspace folder.
    pub workspace: String,
    /// App version.
    pub version: String,
    /// Which installation of the program acts.
    pub device: DeviceId,
}

impl App {
    /// Opens the app over its ports; seeds a new workspace.
    pub fn start(ports: Ports, about: About) -> AppResult<Arc<Self>> {
        if ports.store.only_read().is_none() {
            crate::seed::seed(&ports, about.device)?;
        }
        // After seeding: what a workspace starts with is nobody's doing and cannot be undone.
        let session_start = ports.store.head_seq()?;
        let app = Arc::new(Self {
            ports,
            feed: Feed::default(),
            imports: Imports::default(),
            runner: Runner::default(),
            live: Live::default(),
            downloads: Mutex::default(),
            reading_media: Mutex::default(),
            seen: Mutex::default(),
            session_start,
            about,
        });
        if let Some(player) = &app.ports.player {
            let weak = Arc::downgrade(&app);
            player.on_state(Box::new(move |state| {
                if let Some(app) = weak.upgrade() {
                    app.feed.tell(&AppEvent::Player { state });
                }
            }));
        }
        Ok(app)
    }

    /// Refuses where the workspace is only read. For what does long work before its first commit; a
    /// commit refuses by itself.
    pub(crate) fn may_write(&self) -> AppResult<()> {
        self.ports
            .store
            .only_read()
            .map_or(Ok(()), |note| Err(note.into()))
    }

    /// Adds a listener to the change feed.
    pub fn on_event(&self, listener: crate::feed::Listener) {
        self.feed.subscribe(listener);
    }

    /// Tells the hosts something (deep links, notices of the host itself).
    pub fn tell(&self, event: &AppEvent) {
        self.feed.tell(event);
    }

    /// The clock of this workspace.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.ports.clock.clone()
    }

    /// Tells the hosts what an operation changed.
    pub(crate) fn tell_changed(&self, op_id: OpId, action: Action, done: &Committed) {
        let touched = done.records.iter().map(|r| Touched {
            kind: r.kind(),
            id: r.uuid(),
        });
        self.feed.tell(&AppEvent::Changed {
            touched: touched.collect(),
            op_id,
            action: action.to_string(),
            undoable: action.is_undoable(),
        });
    }

    /// Tells the hosts of a job that was queued, and wakes who works on it.
    pub(crate) fn tell_queued(&self, job: &Job) {
        self.tell_job(job);
        self.runner.wake();
    }

    /// Tells the hosts how a job stands, where people are told of it.
    pub(crate) fn tell_job(&self, job: &Job) {
        if job.is_told() {
            let job = job.clone();
            self.feed.tell(&AppEvent::Job { job });
        }
    }

    pub(crate) fn now(&self) -> UnixMs {
        self.ports.clock.now_ms()
    }

    pub(crate) fn id(&self) -> Uuid {
        self.ports.ids.next()
    }
}

/// A seat: the app, and the person who acts on it. All use cases are methods of a seat, because
/// every action carries its actor. Clones share the person.
#[derive(Clone)]
pub struct Seat {
    pub(crate) app: Arc<App>,
    actor: Arc<RwLock<PersonId>>,
    /// The machine goes on with what this person began.
    is_machine: bool,
}

impl Seat {
    /// A seat for `actor`.
    pub fn new(app: Arc<App>, actor: PersonId) -> Self {
        Self {
            app,
            actor: Arc::new(RwLock::new(actor)),
            is_machine: false,
        }
    }

    /// Where the machine goes on with what `actor` began.
    pub(crate) fn of_machine(app: Arc<App>, actor: PersonId) -> Self {
        Self {
            is_machine: true,
            ..Self::new(app, actor)
        }
    }

    /// Who acts, and how.
    pub(crate) fn by(&self) -> By {
        match self.is_machine {
            true => By::Machine(self.actor()),
            false => By::Person(self.actor()),
        }
    }

    /// The app behind the seat.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Who sits here.
    pub fn actor(&self) -> PersonId {
        *self.actor.read()
    }

    pub(crate) fn seat_person(&self, id: PersonId) {
        *self.actor.write() = id;
    }

    pub(crate) fn new_meta(&self) -> Meta {
        Meta::new(self.app.now(), self.actor())
    }

    /// Commits records that rest on nothing but their revisions, as one operation of this person.
    pub(crate) fn commit(&self, action: Action, records: Vec<Record>) -> AppResult<Committed> {
        self.write(action, |_| Ok(records.clone()))
    }

    /// A record of a type that is there, see [`Acting::present`](crate::acting::Acting::present).
    pub(crate) fn fetch<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        self.read(|seen| seen.fetch(id))
    }

    /// The recording under an id: the one way to its sound, its text and its marks.
    pub(crate) fn open_recording(&self, id: RecordingId) -> AppResult<Recording> {
        self.fetch::<Recording>(id)
    }
}

/// The first record a commit returned.
pub(crate) fn only<T: Kept>(done: Committed) -> AppResult<T> {
    let first = done.records.into_iter().next();
    first
        .and_then(T::from_record)
        .ok_or_else(|| AppError::new(codes::INTERNAL).because("a commit returned another record"))
}

/// Refuses a revision that is not the one on record: somebody changed it in between.
pub(crate) fn same_rev(found: u32, read: u32) -> AppResult<()> {
    if found == read {
        Ok(())
    } else {
        Err(AppError::new(codes::CONFLICT))
    }
}

/// Text as it is kept, see [`prose`]; `field` names the refusal.
pub(crate) fn clean_text(field: &str, text: &str) -> AppResult<String> {
    prose(text).ok_or_else(|| AppError::new(codes::INVALID).with("field", field))
}
