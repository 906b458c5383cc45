//! The one desk of a window: which workspace is open at it, and the ways to another one.
//!
//! A switch opens the new workspace first: one that is refused leaves the present one as it was.
//! The present one then ends in good order before the new one starts to work on jobs.

use crate::demo;
use crate::given::{Given, no_tickets};
use crate::host::{Host, Options};
use crate::places::{Ground, Start, default_models, is_same, name_of};
use parking_lot::{Mutex, RwLock};
use qinting_desk::{AppError, AppResult, AtDesk, Doors, OpenedPlace, Tickets, codes};
use qinting_domain::path_text;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

mod links;
mod present;
mod rescue;
mod setup;

pub use setup::{Ear, Setup};

use present::{Opened, Present};

/// What a workspace that is opened stands on.
type Givens = Box<dyn Fn(&Options) -> Given + Send + Sync>;

/// The desk.
pub struct OpenWorkspace {
    setup: Setup,
    givens: Givens,
    ear: Ear,
    present: RwLock<Present>,
    /// One switch at a time. Holds the last own workspace that was open here.
    turn: Mutex<Option<PathBuf>>,
    resets: AtomicU64,
    /// A link from outside that nobody took yet, as it came.
    link: Mutex<Option<String>>,
    tickets: Arc<Tickets>,
}

impl OpenWorkspace {
    /// A desk with nothing open at it. `ear` hears every event of whatever is open later.
    pub fn new(setup: Setup, ear: Ear) -> Self {
        Self::over(setup, Given::of_this_machine, ear)
    }

    /// The same over what the caller gives each workspace that is opened.
    pub fn over(
        setup: Setup,
        givens: impl Fn(&Options) -> Given + Send + Sync + 'static,
        ear: Ear,
    ) -> Self {
        Self {
            setup,
            givens: Box::new(givens),
            ear,
            present: RwLock::new(Present::nothing(None)),
            turn: Mutex::new(None),
            resets: AtomicU64::new(0),
            link: Mutex::default(),
            tickets: no_tickets(),
        }
    }

    /// Files and folders somebody chose here, whatever is open.
    pub fn tickets(&self) -> &Tickets {
        &self.tickets
    }

    /// Opens what [`Places::start`] says. A named workspace that is refused answers every command
    /// with the reason; any other leads to the doors.
    pub fn start(&self, start: Start) {
        let mut own_here = self.turn.lock();
        let (folder, is_named) = match start {
            Start::Doors => return,
            Start::Named(folder) => (folder, true),
            Start::Last(folder) if Ground::of(&folder) != Ground::Workspace => {
                let gone = AppError::new(codes::WORKSPACE_GONE).with("path", name_of(&folder));
                *self.present.write() = Present::nothing(Some(gone.note));
                return;
            }
            Start::Last(folder) | Start::Own(folder) => (folder, false),
        };
        match self.open(&folder) {
            Ok(opened) => {
                if !is_named {
                    self.remember(&opened);
                }
                self.settle(&mut own_here, opened);
            }
            Err(e) => {
                tracing::error!(error = %e.kind(), "workspace not opened");
                let answer = if is_named {
                    e.note.clone()
                } else {
                    AppError::new(codes::WORKSPACE_NONE).note
                };
                *self.present.write() = Present::Shut {
                    answer,
                    problem: Some(e.note),
                    folder: Some(folder),
                };
            }
        }
    }

    /// Who acts in the open workspace, or the reason why there is none. While one demo takes the
    /// place of another this waits for the new one.
    pub fn at_desk(&self) -> AppResult<AtDesk> {
        match &*self.present.read() {
            Present::Open(opened) => Ok(opened.host.at_desk()),
            Present::Shut { answer, .. } => Err(answer.clone().into()),
        }
    }

    /// What can be opened.
    pub fn doors(&self) -> Doors {
        let places = &self.setup.places;
        let last_problem = match &*self.present.read() {
            Present::Shut { problem, .. } => problem.clone(),
            Present::Open(_) => None,
        };
        Doors {
            demo_exists: Ground::of(&places.demo()) == Ground::Workspace,
            own_path: path_text::to_text(places.own()),
            own_exists: Ground::of(&places.own()) == Ground::Workspace,
            last_problem,
        }
    }

    /// Opens the demo, built where there is none.
    pub fn open_demo(&self) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        let folder = self.setup.places.demo();
        if self.has_open(&folder) {
            return self.place();
        }
        self.refuse_while_live()?;
        demo::ensure(&folder, &self.models(), &self.setup.places.device())?;
        self.enter(&mut own_here, &folder)
    }

    /// Opens the demo as it was on the first day. Somebody who asks twice gets it once.
    pub fn reset_demo(&self) -> AppResult<OpenedPlace> {
        let resets = self.resets.load(Ordering::SeqCst);
        let mut own_here = self.turn.lock();
        let folder = self.setup.places.demo();
        if self.resets.load(Ordering::SeqCst) != resets && self.has_open(&folder) {
            return self.place();
        }
        self.refuse_while_live()?;
        let prepared = demo::prepare(&folder, &self.models(), &self.setup.places.device())?;
        if !self.has_open(&folder) {
            prepared.take_place()?;
        } else {
            self.swap(|| prepared.take_place().map(drop))?;
        }
        self.resets.fetch_add(1, Ordering::SeqCst);
        self.enter(&mut own_here, &folder)
    }

    /// Back to the person's own workspace: the one that was open last, else the usual place.
    pub fn leave_demo(&self) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        let places = &self.setup.places;
        let known = [own_here.clone(), places.last_own()];
        let back = known
            .into_iter()
            .flatten()
            .find(|folder| Ground::of(folder) == Ground::Workspace);
        self.enter(&mut own_here, &back.unwrap_or_else(|| places.own()))
    }

    /// Opens the person's own workspace in the usual place, made where there is none.
    pub fn open_own(&self) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        self.enter(&mut own_here, &self.setup.places.own())
    }

    /// Opens the workspace of a folder; makes one of a folder that is empty or not there.
    pub fn open_workspace(&self, folder: &Path) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        if !folder.is_absolute() || Ground::of(folder) == Ground::Taken {
            return Err(AppError::new(codes::WORKSPACE_NOT_ONE).with("path", name_of(folder)));
        }
        self.enter(&mut own_here, folder)
    }

    /// Lets go of what is open, for a window that closes. The end of the process does the rest.
    pub fn close(&self) {
        if let Some(opened) = self.present.read().open() {
            opened.host.close();
        }
    }

    /// Leaves what is open in good order, and waits for that; nothing is open then.
    pub fn leave(&self) {
        let _turn = self.turn.lock();
        let before = std::mem::replace(&mut *self.present.write(), Present::nothing(None));
        if let Present::Open(opened) = before {
            opened.leave();
        }
    }

    /// Opens another workspace and leaves the present one.
    fn enter(&self, own_here: &mut Option<PathBuf>, folder: &Path) -> AppResult<OpenedPlace> {
        if !self.has_open(folder) {
            self.refuse_while_live()?;
            let opened = self.open(folder)?;
            self.remember(&opened);
            self.settle(own_here, opened);
        }
        self.place()
    }

    fn open(&self, folder: &Path) -> AppResult<Opened> {
        let folder = std::path::absolute(folder)
            .map_err(|e| AppError::new(codes::WORKSPACE_UNUSABLE).because(e))?;
        let options = Options {
            workspace: folder.clone(),
            models: self.setup.models.clone(),
            player: self.setup.player,
            device: self.setup.places.device(),
        };
        // The database first: a workspace of a newer version must not even get a lock file.
        let given = (self.givens)(&options);
        let host = Host::open_given(options, given, self.tickets.clone())?;
        let window = match self.setup.is_window {
            true => host.claim_window()?,
            false => None,
        };
        let is_heard = Arc::new(AtomicBool::new(true));
        let (ear, heard) = (self.ear.clone(), is_heard.clone());
        host.app().on_event(Box::new(move |event| {
            if heard.load(Ordering::SeqCst) {
                ear(event);
            }
        }));
        Ok(Opened {
            is_demo: host.at_desk().workspace_info(())?.is_demo,
            host: Arc::new(host),
            folder,
            is_heard,
            _window: window,
        })
    }

    /// Makes `opened` the present one, and ends the one before.
    fn settle(&self, own_here: &mut Option<PathBuf>, opened: Opened) {
        let is_demo = opened.is_demo;
        if !is_demo {
            *own_here = Some(opened.folder.clone());
        }
        let host = opened.host.clone();
        let before = std::mem::replace(&mut *self.present.write(), Present::Open(opened));
        if let Present::Open(before) = before
            && let (downloads, true) = before.leave()
        {
            go_on_with(&host, downloads);
        }
        self.begin(&host);
        if !is_demo {
            host.copy_daily();
        }
    }

    /// Lets go of the open workspace, changes what lies in its place, and opens it again: also when the
    /// change was refused.
    fn swap<T>(&self, change: impl FnOnce() -> AppResult<T>) -> AppResult<T> {
        // Held all the way: who asks to act meanwhile waits for the new one.
        let mut present = self.present.write();
        let Present::Open(before) = std::mem::replace(&mut *present, Present::nothing(None)) else {
            return change();
        };
        let folder = before.folder.clone();
        let (downloads, ended) = before.leave();
        let swapped = if ended {
            change()
        } else {
            Err(AppError::new(codes::WORKSPACE_BUSY))
        };
        let opened = self.open(&folder).inspect_err(|e| {
            tracing::error!(error = %e.kind(), "a workspace is not opened again");
            *present = Present::nothing(Some(e.note.clone()));
        })?;
        let host = opened.host.clone();
        *present = Present::Open(opened);
        drop(present);
        if ended {
            go_on_with(&host, downloads);
        }
        self.begin(&host);
        swapped
    }

    /// What goes on as long as a workspace is open here.
    fn begin(&self, host: &Arc<Host>) {
        if self.setup.is_window {
            host.beat();
        }
        host.work_on_jobs();
    }

    fn has_open(&self, folder: &Path) -> bool {
        let present = self.present.read();
        present
            .open()
            .is_some_and(|opened| is_same(&opened.folder, folder))
    }

    /// A call that is being listened to is not left by going somewhere else.
    fn refuse_while_live(&self) -> AppResult<()> {
        match self.present.read().open() {
            Some(opened) => opened.host.app().refuse_while_live(),
            None => Ok(()),
        }
    }

    fn place(&self) -> AppResult<OpenedPlace> {
        match &*self.present.read() {
            Present::Open(opened) => Ok(opened.place()),
            Present::Shut { answer, .. } => Err(answer.clone().into()),
        }
    }

    /// What nobody here called theirs is not what the next start begins with.
    fn remember(&self, opened: &Opened) {
        if opened.host.is_quiet() || !self.setup.is_window {
            return;
        }
        let places = &self.setup.places;
        if let Err(e) = places.remember(&opened.folder, opened.is_demo) {
            tracing::warn!(error = %e.kind(), "the next start will not know what was open");
        }
        self.keep_name(opened);
    }

    fn models(&self) -> PathBuf {
        self.setup.models.clone().unwrap_or_else(default_models)
    }
}

/// A model is for every workspace: its download goes on where the one that asked for it is left.
fn go_on_with(host: &Host, downloads: Vec<String>) {
    let at_desk = host.at_desk();
    for id in downloads {
        if let Err(e) = at_desk.download_model(id) {
            tracing::warn!(error = %e.kind(), "a download does not go on");
        }
    }
}
