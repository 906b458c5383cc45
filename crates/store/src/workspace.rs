//! The port, method by method.

use crate::connection::Connections;
use crate::device::{Chain, Device};
use crate::fault::{Fault, Outcome};
use crate::jobs::Runner;
use crate::log::{self, Logged};
use crate::media::Media;
use crate::medium::{Medium, medium_of};
use crate::purge::scrub::Scrubbing;
use crate::reads::On;
use crate::{
    acoustics, bin, carry, commit, copies, forget, jobs, library, lines, live, open, purge,
    renewal, sessions,
};
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use rusqlite::Connection;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// An open workspace: one folder with `workspace.db` and `media/`.
///
/// Several processes may have the same workspace open; writes wait for each other, reads do not.
pub struct Workspace {
    folder: PathBuf,
    connections: Connections,
    media: Media,
    runner: Runner,
    scrubbing: Mutex<Scrubbing>,
    device: Device,
    /// What this installation writes here; nothing where it only reads.
    chain: Option<Chain>,
}

impl Workspace {
    /// Opens the workspace in `folder`, making folder and database where they are not there yet.
    ///
    /// One this installation does not know is opened to read, whatever it is (`workspace.quiet`): nothing in its
    /// folder changes, and nothing that stands in it is done, until somebody takes it as theirs ([`adopt`]).
    ///
    /// Refuses with `workspace.newer` (file untouched), `workspace.unusable` (not ours),
    /// `workspace.altered` (not made as ours are), `workspace.damaged`, `workspace.busy`, `disk.full` or
    /// `disk.denied`.
    ///
    /// What lies on a medium that cannot be written, or on another machine, is opened to read, too: see
    /// [`Store::only_read`].
    pub fn open(folder: &Path, device: &Device) -> AppResult<Self> {
        let folder = absolute(folder)?;
        let medium = medium_of(&folder);
        if !is_quiet(&folder, device, &medium)? {
            return Self::open_on(&folder, device, &medium);
        }
        let connections = open::quietly(&folder, &open::migrations()).map_err(noted)?;
        Self::over(folder, connections, device)
    }

    /// Opens it on a medium of the caller's word, who says that it is theirs.
    pub fn open_on(folder: &Path, device: &Device, medium: &Medium) -> AppResult<Self> {
        let folder = absolute(folder)?;
        let begin = || keep_known(device, &folder, None);
        let connections = open::open(&folder, &open::migrations(), medium, &begin)?;
        Self::over(folder, connections, device)
    }

    fn over(folder: PathBuf, connections: Connections, device: &Device) -> AppResult<Self> {
        let media = match connections.refusal() {
            None => Media::open(&folder)?,
            Some(refusal) => Media::reading(&folder, refusal.clone()),
        };
        let chain = match connections.refusal() {
            None => Some(Self::take_up(&connections, &folder, device, &media)?),
            Some(_) => None,
        };
        let workspace = Self {
            runner: Runner::new(&folder),
            scrubbing: Mutex::default(),
            folder,
            connections,
            media,
            device: device.clone(),
            chain,
        };
        if workspace.chain.is_some() {
            keep_known(device, &workspace.folder, Some(workspace.workspace_id()?));
        }
        Ok(workspace)
    }

    /// The chain this installation goes on with here, after what is left of a migration.
    fn take_up(
        connections: &Connections,
        folder: &Path,
        device: &Device,
        media: &Media,
    ) -> AppResult<Chain> {
        let brought = connections.write(|tx| open::rest::bring(tx, device, folder, media));
        let (chain, end) = brought.map_err(noted)?;
        if let Some((n, head)) = end {
            chain.keep(n, &head);
        }
        Ok(chain)
    }

    /// Writes one operation, and keeps how far the log came with it.
    fn log<T>(
        &self,
        mut work: impl FnMut(&Connection, &Chain) -> Outcome<(T, Option<Logged>)>,
    ) -> AppResult<T> {
        let Some(chain) = &self.chain else {
            return self.write(|_| Err(Fault::refused(codes::INTERNAL)));
        };
        let (done, logged) = self.write(|tx| work(tx, chain))?;
        if let Some(logged) = logged {
            chain.keep(logged.n, &logged.head);
        }
        Ok(done)
    }

    /// The folder it lives in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Its media folder.
    pub fn media(&self) -> &Media {
        &self.media
    }

    /// Makes the copy of the day where it is due; tells whether it did. Reads beside everybody else.
    pub fn copy_daily(&self, now: UnixMs, cancel: &Cancel) -> AppResult<bool> {
        if self.connections.refusal().is_some() {
            return Ok(false);
        }
        let reader = self.connections.open_reader();
        let made = reader.and_then(|c| copies::make_daily(&c, &self.folder, now, cancel));
        made.map_err(noted)
    }

    /// Copies the whole workspace into a folder that is empty or not there: a snapshot of the
    /// database, and all files. Refuses with `workspace.not_one`, `workspace.network`, `disk.full`.
    pub fn copy_to(&self, folder: &Path) -> AppResult<CarriedCopy> {
        let folder = std::path::absolute(folder)
            .map_err(|e| AppError::new(codes::WORKSPACE_UNUSABLE).because(e))?;
        let reader = self.connections.open_reader();
        let carried = reader.and_then(|c| carry::carry(&c, &self.folder, &folder));
        let carried = carried.map_err(noted)?;
        let id = self.workspace_id().ok();
        let known = self.device.knows(&self.folder, || id);
        if known.map_err(|e| AppError::of_disk(&e, &self.folder))? {
            keep_known(&self.device, &folder, id);
        }
        Ok(carried)
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Outcome<T>) -> AppResult<T> {
        self.connections.read(work).map_err(noted)
    }

    fn write<T>(&self, work: impl FnMut(&Connection) -> Outcome<T>) -> AppResult<T> {
        self.connections.write(work).map_err(noted)
    }
}

fn absolute(folder: &Path) -> AppResult<PathBuf> {
    std::path::absolute(folder).map_err(|e| AppError::new(codes::WORKSPACE_UNUSABLE).because(e))
}

/// Whether a workspace is there that could be written, and is not known here.
fn is_quiet(folder: &Path, device: &Device, medium: &Medium) -> AppResult<bool> {
    if *medium != Medium::Writable || !open::is_begun(folder) {
        return Ok(false);
    }
    let known = device.knows(folder, || open::id_in(folder));
    Ok(!known.map_err(|e| AppError::of_disk(&e, folder))?)
}

/// Where that cannot be kept the workspace is asked about again.
fn keep_known(device: &Device, folder: &Path, id: Option<WorkspaceId>) {
    if let Err(e) = device.take_as_ours(folder, id) {
        let e = AppError::of_disk(&e, folder);
        tracing::warn!(code = e.code(), "that a workspace is known was not kept");
    }
}

/// Takes the workspace in a folder as one of this installation's own, because somebody said so: it is written
/// from now on, and what waits in it is worked on.
///
/// Refuses with `workspace.not_one`, and as [`Workspace::open`] does.
pub fn adopt(folder: &Path, device: &Device) -> AppResult<()> {
    let folder = absolute(folder)?;
    open::look_at(&folder, &open::migrations()).map_err(noted)?;
    let kept = device.take_as_ours(&folder, open::id_in(&folder));
    kept.map_err(|e| AppError::of_disk(&e, &folder))
}

/// Passes a failure on, and leaves what the code does not say in the log.
pub(crate) fn noted(fault: Fault) -> AppError {
    let error = AppError::from(fault);
    tracing::debug!(error = %error.kind(), "store refused");
    error
}

/// Asks on a reader.
macro_rules! on_reader {
    ($workspace:ident, $name:ident($($arg:ident),*)) => {
        $workspace.read(|c| Ok(On(c).$name($($arg),*)))?
    };
}
hand_reads_on!(Workspace, on_reader);

impl Store for Workspace {
    fn only_read(&self) -> Option<ErrorNote> {
        self.connections.refusal().map(|e| e.note.clone())
    }
    fn device(&self) -> DeviceId {
        self.device.id()
    }
    fn read(
        &self,
        who: PersonId,
        work: &mut dyn FnMut(&Actor, &dyn Reads) -> AppResult<()>,
    ) -> AppResult<()> {
        let hidden_from = self.read(|c| {
            let reads: &dyn Reads = &On(c);
            let actor = Actor::of(who, reads)?;
            if actor.is_free() {
                work(&actor, reads)?;
                return Ok(None);
            }
            Ok(Some(actor))
        })?;
        match hidden_from {
            None => Ok(()),
            Some(actor) => {
                let seen = self
                    .connections
                    .read_as(&actor, |c| Ok(work(&actor, &On(c))?));
                seen.map_err(noted)
            }
        }
    }
    fn write(
        &self,
        op: OpId,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Commit>,
    ) -> AppResult<Committed> {
        let mut texts = None;
        let done = self.log(|tx, chain| match commit::written(tx, op)? {
            Some(done) => Ok((done, None)),
            None => {
                let commit = work(&On(tx))?;
                let written = commit::commit(tx, chain, &self.media, &commit)?;
                let mut done = written.committed;
                let jobs = commit.jobs.iter().map(|job| jobs::put(tx, job));
                done.jobs = jobs.collect::<Outcome<_>>()?;
                texts = written.texts;
                Ok((done, written.logged))
            }
        })?;
        if let Some((purge, texts)) = texts {
            self.scrubbing.lock().remember(purge, texts);
        }
        Ok(done)
    }
    fn draft_text(&self, draft: &TextDraft) -> AppResult<()> {
        self.write(|tx| lines::draft(tx, draft))
    }
    fn verify_log(&self) -> AppResult<LogCheckup> {
        let check = || {
            let wrote = self.device.wrote(&self.folder)?;
            let reader = self.connections.open_reader()?;
            let tx = reader.unchecked_transaction()?;
            log::verify::verify(&tx, &self.device, &wrote)
        };
        check().map_err(noted)
    }
    fn renew_index(&self, rows: u32) -> AppResult<IndexState> {
        self.write(|tx| renewal::step(tx, rows))
    }
    fn forget_removed(&self) -> AppResult<bool> {
        self.write(forget::step)
    }
    fn scrub(&self, now: UnixMs) -> AppResult<Scrubbed> {
        let purges = self.read(purge::under_way)?;
        if purges.is_empty() {
            return Ok(Scrubbed::Done(Vec::new()));
        }
        let mut scrubbing = self.scrubbing.lock();
        let (connections, media) = (&self.connections, &self.media);
        let step = scrubbing.step(&purges, now, &self.folder, connections, media);
        step.map_err(noted)
    }
    fn keep_measured(&self, measured: &MeasuredSound) -> AppResult<()> {
        self.write(|tx| acoustics::keep(tx, measured))
    }
    fn forget_measured(&self, recording: RecordingId) -> AppResult<()> {
        self.write(|tx| acoustics::forget(tx, recording))
    }
    fn save_listen_state(
        &self,
        case: CaseId,
        person: PersonId,
        state: &ListenState,
        at: UnixMs,
    ) -> AppResult<()> {
        self.write(|tx| library::save_listen_state(tx, case, person, state, at))
    }
    fn save_seated(&self, person: PersonId) -> AppResult<()> {
        self.write(|tx| library::save_seated(tx, person))
    }
    fn mark_demo(&self) -> AppResult<()> {
        self.write(sessions::mark_demo)
    }
    fn write_job(
        &self,
        work: &mut dyn FnMut(&dyn Reads) -> AppResult<Option<Job>>,
    ) -> AppResult<Option<Job>> {
        self.write(|tx| {
            let job = work(&On(tx))?;
            job.map(|job| jobs::put(tx, &job)).transpose()
        })
    }
    fn claim_job(&self, kinds: &[JobKind], at: UnixMs) -> AppResult<Claimed> {
        // Of what is done alone nobody else is there to be told.
        if kinds.iter().any(|kind| kind.rules().slot != Slot::Alone) {
            self.runner.announce().map_err(noted)?;
        }
        self.write(|tx| jobs::claim(tx, kinds, at, &self.runner))
    }
    fn put_part(&self, part: &CapturePart) -> AppResult<()> {
        self.write(|tx| live::put_part(tx, part))
    }
    fn drop_parts(&self, recording: RecordingId) -> AppResult<()> {
        self.write(|tx| live::drop_parts(tx, recording))
    }
    fn put_gap(&self, gap: &CaptureGap) -> AppResult<()> {
        self.write(|tx| live::put_gap(tx, gap))
    }
    fn beat(&self, beat: &Beat) -> AppResult<()> {
        self.write(|tx| bin::beat(tx, beat))
    }
    fn settle_jump(&self, counts: bool) -> AppResult<()> {
        self.write(|tx| bin::settle_jump(tx, counts))
    }
}

#[cfg(test)]
mod tests;
