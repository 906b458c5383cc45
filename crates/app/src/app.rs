//! The app: ports joined together, and the seat a person acts from.

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
}

impl App {
    /// Opens the app over its ports: seeds a new workspace, clears what a crash left in the media
    /// folder.
    pub fn start(ports: Ports, about: About) -> AppResult<Arc<Self>> {
        if ports.store.only_read().is_none() {
            crate::seed::seed(&ports)?;
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

    /// Removes what interrupted imports left: files that no row names at all. What is in the bin, or
    /// what undo could bring back, is named. Only for the process that holds the workspace alone:
    /// another one may be importing right now.
    pub fn sweep_media(&self) -> AppResult<u32> {
        self.ports.media.sweep(&self.ports.store.media_named()?)
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
}

impl Seat {
    /// A seat for `actor`.
    pub fn new(app: Arc<App>, actor: PersonId) -> Self {
        Self {
            app,
            actor: Arc::new(RwLock::new(actor)),
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

    pub(crate) fn store(&self) -> &dyn Store {
        &*self.app.ports.store
    }

    pub(crate) fn new_meta(&self) -> Meta {
        Meta::new(self.app.now(), self.actor())
    }

    /// Commits records as one operation of this person, then tells the hosts.
    pub(crate) fn commit(
        &self,
        action: &'static str,
        records: Vec<Record>,
    ) -> AppResult<Committed> {
        self.commit_op(OpId(self.app.id()), action, records, None)
    }

    pub(crate) fn commit_op(
        &self,
        op_id: OpId,
        action: &'static str,
        mut records: Vec<Record>,
        undoes: Option<OpId>,
    ) -> AppResult<Committed> {
        let at = self.app.now();
        for record in &mut records {
            record.meta_mut().updated_at = at;
        }
        let commit = Commit {
            op_id,
            actor: self.actor(),
            at,
            action,
            records,
            undoes,
        };
        let done = self.store().commit(commit)?;
        let touched = done
            .records
            .iter()
            .map(|r| Touched {
                kind: r.kind(),
                id: r.uuid(),
            })
            .collect();
        self.app.feed.tell(&AppEvent::Changed {
            touched,
            op_id,
            action: action.to_owned(),
            undoable: undoes.is_none() && !BY_MACHINE.contains(&action),
        });
        Ok(done)
    }

    /// A record of a type that is there, see [`Self::present`].
    pub(crate) fn fetch<T: Kept>(&self, id: impl Into<Uuid>) -> AppResult<T> {
        T::from_record(self.present(T::KIND, id.into())?).ok_or_else(|| {
            AppError::new(codes::INTERNAL).because("a record of another kind under this id")
        })
    }

    /// A record that is there, or `not_found`; `case.in_bin` for a case in the bin and whatever belongs to
    /// one. Every use case gets its records here.
    pub(crate) fn present(&self, kind: EntityKind, id: Uuid) -> AppResult<Record> {
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", kind.as_str());
        let record = self.store().record(kind, id)?.ok_or_else(gone)?;
        let is_gone = record.meta().deleted_at.is_some();
        // A case in the bin may have taken its recording along; anything else was taken away by
        // itself.
        let may_be_binned = matches!(record, Record::Case(_) | Record::Recording(_));
        if is_gone && !may_be_binned {
            return Err(gone());
        }
        if let Some(case) = self.case_of(&record)?
            && case.meta.deleted_at.is_some()
        {
            return Err(match self.store().is_in_bin(case.id)? {
                true => AppError::new(codes::CASE_IN_BIN).with("case_id", case.id),
                false => gone(),
            });
        }
        if is_gone { Err(gone()) } else { Ok(record) }
    }

    /// The case a record belongs to, if it is of one.
    fn case_of(&self, record: &Record) -> AppResult<Option<Case>> {
        let id = match record {
            Record::Case(case) => return Ok(Some(case.clone())),
            Record::Recording(r) => r.case_id,
            Record::Observation(o) => o.case_id,
            Record::SeatNote(n) => n.case_id,
            Record::Segment(s) => {
                let recording = self
                    .store()
                    .record(EntityKind::Recording, s.recording_id.0)?;
                match recording {
                    Some(Record::Recording(r)) => r.case_id,
                    _ => return Ok(None),
                }
            }
            _ => return Ok(None),
        };
        match self.store().record(EntityKind::Case, id.0)? {
            Some(Record::Case(case)) => Ok(Some(case)),
            _ => Ok(None),
        }
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

/// Text as it is kept: no NUL (SQLite and C strings end there), bounded; `field` names the refusal.
pub(crate) fn clean_text(field: &str, text: &str) -> AppResult<String> {
    if text.len() > MAX_TEXT {
        return Err(AppError::new(codes::INVALID).with("field", field));
    }
    Ok(text.replace('\0', ""))
}

/// A one-line text that must say something.
pub(crate) fn required_line(field: &str, text: &str) -> AppResult<String> {
    let line = clean_text(field, text)?
        .replace(['\r', '\n'], " ")
        .trim()
        .to_owned();
    if line.is_empty() {
        Err(AppError::new(codes::INVALID).with("field", field))
    } else {
        Ok(line)
    }
}
