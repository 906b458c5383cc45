//! One opened workspace with real ports.

use crate::background::{Beside, tell};
use crate::beat::Heart;
use crate::files_in::Disks;
use crate::files_out::Outbox;
use crate::given::{Given, no_tickets};
use crate::hardware;
use crate::locks::{self, CaptureFile};
use crate::rights::WorkspaceRights;
use crate::system::{SystemClock, TimeIds};
use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::{Job, JobId, JobKind, Slot, path_text};
use qinting_store::{Device, Workspace};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often a process that may not run jobs looks whether it may now, or how a job stands.
const LOOK: Duration = Duration::from_millis(250);
/// How long nobody works on jobs after the runner itself met with trouble, and at most.
const AFTER_TROUBLE: Duration = Duration::from_millis(500);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// How often a workspace that is let go looks whether somebody still works on it.
const LETTING_GO: Duration = Duration::from_millis(10);
/// A call that is still being listened to when its workspace is let go gets this long to end.
const LAST_CALL: Duration = Duration::from_secs(10);

/// What to open.
#[derive(Clone, Debug)]
pub struct Options {
    /// Workspace folder; made when it is not there.
    pub workspace: PathBuf,
    /// Models folder; `None` takes the default.
    pub models: Option<PathBuf>,
    /// Start the player (and with it a sound stream).
    pub player: bool,
    /// Which installation acts, see [`Places::device`].
    pub device: Device,
}

/// The thread that makes the copy of the day.
struct Copying {
    cancel: Cancel,
    thread: JoinHandle<()>,
}

/// An opened workspace.
pub struct Host {
    desk: Arc<Desk>,
    at_desk: AtDesk,
    options: Options,
    workspace: Arc<Workspace>,
    player: Option<Arc<dyn Player>>,
    closed: AtomicBool,
    /// Beats while a window has the workspace open.
    heart: Mutex<Option<Heart>>,
    /// Makes the copy of the day.
    copying: Mutex<Option<Copying>>,
    /// Works on jobs that go on beside everything else. Not where it is only read.
    beside: Mutex<Option<Beside>>,
    /// Held for life: says that this process uses the workspace. Not where it is only read.
    _in_use: Option<File>,
    /// Held while this process is the one that runs jobs.
    jobs: Mutex<Option<File>>,
}

impl Host {
    /// Opens a workspace over the real ports.
    pub fn open(options: Options) -> AppResult<Self> {
        let given = Given::of_this_machine(&options);
        Self::open_given(options, given, no_tickets())
    }

    /// The same without a player, and with sound in from where the caller says.
    pub fn open_hearing(options: Options, capture: Arc<dyn Capture>) -> AppResult<Self> {
        let given = Given::of(&options, Arc::new(SystemClock), None, capture);
        Self::open_given(options, given, no_tickets())
    }

    /// The same over ports of the caller's choice, for somebody who may have chosen files before.
    pub fn open_given(options: Options, given: Given, tickets: Arc<Tickets>) -> AppResult<Self> {
        let workspace = Arc::new(Workspace::open(&options.workspace, &options.device)?);
        let is_written = workspace.only_read().is_none();
        let rights = Arc::new(WorkspaceRights::of(&options.workspace, is_written));
        let player = given.player.clone();
        let ports = Ports {
            store: workspace.clone(),
            writer: Arc::new(qinting_export::Writer),
            files_out: Arc::new(Outbox),
            ids: Arc::new(TimeIds::by(given.clock.clone())),
            clock: given.clock,
        };
        let machine = Machine {
            media: Arc::new(workspace.media().clone()),
            rights,
            files_in: Arc::new(Disks),
            facts: qinting_worker::fact_reader(),
            tickets,
            decoder: given.decoder,
            audio: given.audio,
            transcriber: given.transcriber,
            models: given.models,
            player: given.player,
            capture: Some(given.capture),
            ears: Some(given.ears),
            capture_lock: Some(Arc::new(CaptureFile::of(&options.workspace))),
        };
        let about = About {
            workspace: path_text::to_text(&options.workspace),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            data: options.device.data().map(path_text::to_text),
            since: options.device.since(),
            cores: hardware::cores(),
            memory_bytes: hardware::memory_bytes(),
        };
        let desk = Desk::start(ports, machine, about)?;
        // What is only read gets no lock either: nothing of it changes under anybody.
        let in_use = match workspace.only_read() {
            None => Some(join(&desk, &options.workspace)?),
            Some(_) => None,
        };
        let beside = in_use.as_ref().map(|_| Beside::begin(&desk));
        let at_desk = AtDesk::new(desk.clone(), desk.whoever_sits_here()?);
        Ok(Self {
            desk,
            at_desk,
            options,
            workspace,
            player,
            closed: AtomicBool::new(false),
            heart: Mutex::new(None),
            copying: Mutex::default(),
            beside: Mutex::new(beside),
            _in_use: in_use,
            jobs: Mutex::new(None),
        })
    }

    /// Takes in the sound of calls that were cut off and waits until that is done, as far as it can be
    /// now: also of those that were given up, because somebody asks.
    pub fn recover_now(&self) -> AppResult<()> {
        self.desk.may_write()?;
        let is_at_work = || self.beside.lock().as_ref().is_some_and(Beside::is_at_work);
        if !is_at_work() {
            return Ok(());
        }
        for job in self.at_desk.list_jobs(())? {
            if job.work.kind() == Some(JobKind::TakeIn) && !job.goes_on() {
                self.at_desk.retry_job(job.id)?;
            }
        }
        while is_at_work() && self.desk.is_at(JobKind::TakeIn)? {
            std::thread::sleep(LETTING_GO);
        }
        Ok(())
    }

    /// The app.
    pub fn app(&self) -> &Arc<Desk> {
        &self.desk
    }

    /// Whoever sat here last, at this desk.
    pub fn at_desk(&self) -> AtDesk {
        self.at_desk.clone()
    }

    /// Takes the workspace for one window; `workspace.busy` when another window has it. The lock
    /// lives as long as the returned file; many may look into what is only read.
    pub fn claim_window(&self) -> AppResult<Option<File>> {
        if self.workspace.only_read().is_some() {
            return Ok(None);
        }
        let window = locks::alone(&self.options.workspace, locks::WINDOW)?;
        let window = window.ok_or_else(|| AppError::new(codes::WORKSPACE_BUSY))?;
        Ok(Some(window))
    }

    /// Nobody here said yet that the workspace is theirs: it is read, and nothing that waits in it is done.
    pub(crate) fn is_quiet(&self) -> bool {
        let note = self.workspace.only_read();
        note.is_some_and(|note| note.code == codes::WORKSPACE_QUIET)
    }

    /// Copies the whole workspace into a folder that is empty or not there.
    pub fn copy_to(&self, folder: &Path) -> AppResult<CarriedCopy> {
        self.workspace.copy_to(folder)
    }

    /// Makes the copy of the day in the background, where it is due.
    pub fn copy_daily(&self) {
        let (workspace, clock) = (self.workspace.clone(), self.desk.clock());
        let cancel = Cancel::default();
        let (asked, desk, told) = (cancel.clone(), self.desk.clone(), self.desk.clone());
        let work = move || match workspace.copy_daily(clock.now_ms(), &asked) {
            Ok(true) => tracing::info!("copy of the day made"),
            Ok(false) => {}
            // Without copies there is no way back: this is worth a word.
            Err(e) => tell(&desk, e),
        };
        match spawn_named("copy", work, move |e| tell(&told, e)) {
            Ok(thread) => *self.copying.lock() = Some(Copying { cancel, thread }),
            Err(e) => tell(&self.desk, e),
        }
    }

    /// Waits for the copy of the day, if one is being made.
    pub fn finish_copy(&self) {
        if let Some(copying) = self.copying.lock().take() {
            // What it died of was told by itself.
            let _ = copying.thread.join();
        }
    }

    /// Says from now on that the program is there.
    pub fn beat(&self) {
        if self.workspace.only_read().is_none() {
            *self.heart.lock() = Some(Heart::of(&self.desk));
        }
    }

    /// Works on jobs in the background as soon as no other process does.
    pub fn work_on_jobs(self: &Arc<Self>) {
        if self.workspace.only_read().is_some() {
            return;
        }
        let host = self.clone();
        // What panics in there is caught one floor below, and the next job goes on.
        if let Err(e) = spawn_named("jobs", move || host.keep_at_jobs(), drop) {
            tell(&self.desk, e);
        }
    }

    fn keep_at_jobs(&self) {
        let mut pause = LOOK;
        while !self.is_closed() {
            let worked = surviving("jobs", || match self.take_jobs_lock()? {
                true => {
                    self.desk.run_jobs(Slot::Heavy);
                    Ok(true)
                }
                false => Ok(false),
            });
            match worked.flatten() {
                Ok(true) => return,
                Ok(false) => pause = LOOK,
                // Told when it begins; what lasts is not told again and again.
                Err(e) if pause == LOOK => {
                    tell(&self.desk, e);
                    pause = AFTER_TROUBLE;
                }
                Err(e) => {
                    tracing::error!(error = %e.kind(), "no job is worked on");
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
            let until = Instant::now() + pause;
            while !self.is_closed() && Instant::now() < until {
                std::thread::sleep(LOOK.min(pause));
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.closed.load(Ordering::SeqCst)
    }

    /// Waits until a job is over: works on jobs here when nobody else does, watches otherwise.
    pub fn run_jobs_until(&self, id: JobId, progress: &mut dyn FnMut(&Job)) -> AppResult<Job> {
        let at_desk = self.at_desk();
        loop {
            if self.take_jobs_lock()? {
                self.desk.drain_jobs_through(id)?;
                self.jobs.lock().take();
            }
            let job = at_desk.list_jobs(())?.into_iter().find(|j| j.id == id);
            let job = job.ok_or_else(|| AppError::new(codes::NOT_FOUND).with("kind", "job"))?;
            progress(&job);
            if !job.goes_on() {
                return Ok(job);
            }
            std::thread::sleep(LOOK);
        }
    }

    /// Models that are being fetched here.
    pub(crate) fn downloads(&self) -> Vec<String> {
        let models = self.at_desk.list_models(()).unwrap_or_default();
        let fetched = models
            .into_iter()
            .filter(|model| model.state == ModelState::Downloading);
        fetched.map(|model| model.id).collect()
    }

    /// Lets go in good order: ends a call that is still being listened to, keeps the place in the
    /// one that is played, ends the sound, stops what is brought in or fetched, puts a running job
    /// back.
    pub fn close(&self) {
        self.closed.store(true, Ordering::SeqCst);
        if let Some(copying) = &*self.copying.lock() {
            copying.cancel.cancel();
        }
        if self.heart.lock().take().is_some()
            && let Err(e) = self.desk.beat()
        {
            tracing::warn!(code = e.code(), "seen time not kept");
        }
        self.desk.leave_live(LAST_CALL);
        self.desk.stop_jobs();
        drop(self.beside.lock().take());
        self.at_desk.remember_position();
        self.desk.keep_heard();
        if let Some(player) = &self.player {
            player.close();
        }
        let batches = self.desk.import_batches();
        let stopped = batches
            .iter()
            .filter(|batch| batch.state == ImportState::Running)
            .map(|batch| self.at_desk.import_cancel(batch.id))
            .chain(
                self.downloads()
                    .into_iter()
                    .map(|id| self.at_desk.cancel_download(id)),
            );
        for refused in stopped.filter_map(Result::err) {
            tracing::warn!(error = %refused.kind(), "work goes on in a workspace that closes");
        }
    }

    /// Closes and waits until nothing of it is left: no thread, no worker process, no lock, no open
    /// file. `false` when something still works on it after `limit`; it then ends on its own.
    pub fn end(self: Arc<Self>, limit: Duration) -> bool {
        let until = Instant::now() + limit;
        self.close();
        let Some(host) = last_of(self, until) else {
            return false;
        };
        host.finish_copy();
        let Self {
            desk,
            at_desk,
            player,
            workspace,
            _in_use,
            jobs,
            ..
        } = host;
        drop((at_desk, player, workspace));
        let ended = last_of(desk, until).is_some();
        // The locks last: whoever gets them finds everything in its place.
        drop((jobs, _in_use));
        ended
    }

    fn take_jobs_lock(&self) -> AppResult<bool> {
        let mut held = self.jobs.lock();
        if held.is_none() {
            *held = locks::alone(&self.options.workspace, locks::JOBS)?;
        }
        Ok(held.is_some())
    }
}

/// Says that this process uses the workspace; when no other does, what wants it alone is done first.
fn join(desk: &Arc<Desk>, folder: &Path) -> AppResult<File> {
    locks::joined(folder, || {
        if let Err(e) = desk.work_alone() {
            tracing::warn!(error = %e.kind(), "what wants the workspace alone is not done");
        }
    })
}

/// What is shared, once nobody shares it any more.
fn last_of<T>(mut shared: Arc<T>, until: Instant) -> Option<T> {
    loop {
        shared = match Arc::try_unwrap(shared) {
            Ok(last) => return Some(last),
            Err(still) if Instant::now() < until => still,
            Err(_) => return None,
        };
        std::thread::sleep(LETTING_GO);
    }
}
