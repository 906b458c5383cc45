//! The content-addressed media folder: `media/<first two hex digits>/<sha256>`.

mod reading;

use crate::copies;
use crate::fault::from_io;
use crate::open::sync_dir;
use parking_lot::Mutex;
use qinting_app::{AppError, AppResult, Cancel, MediaFolder, Reading, codes};
use qinting_domain::RecordingId;
use std::collections::{HashMap, HashSet};
use std::fs::{self, DirEntry, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

/// Folders of work in progress begin with this.
const WORK: &str = "work-";

/// Lies in a folder of work in progress; whoever works there holds its lock.
const WORK_LOCK: &str = ".lock";

/// The media folder of one workspace. Clones share it.
#[derive(Clone, Debug)]
pub struct Media {
    folder: PathBuf,
    /// What is being recorded: one folder per recording.
    live: PathBuf,
    /// Why nothing is written here, if that is so.
    refusal: Option<AppError>,
    /// Locks of the work folders this process made.
    at_work: Arc<Mutex<HashMap<PathBuf, File>>>,
}

impl Media {
    /// The media folder of the workspace in `workspace`, made where it is not there yet.
    pub fn open(workspace: &Path) -> AppResult<Self> {
        fs::create_dir_all(workspace.join("media")).map_err(|e| from_io(&e))?;
        Ok(Self::at(workspace, None))
    }

    /// The media folder of a workspace that is read: whatever would write is answered with `refusal`.
    pub(crate) fn reading(workspace: &Path, refusal: AppError) -> Self {
        Self::at(workspace, Some(refusal))
    }

    fn at(workspace: &Path, refusal: Option<AppError>) -> Self {
        Self {
            folder: workspace.join("media"),
            live: workspace.join("live"),
            refusal,
            at_work: Arc::default(),
        }
    }

    fn may_write(&self) -> AppResult<()> {
        self.refusal.clone().map_or(Ok(()), Err)
    }
}

impl MediaFolder for Media {
    fn path_of(&self, sha256: &str) -> PathBuf {
        self.folder
            .join(sha256.get(..2).unwrap_or("00"))
            .join(sha256)
    }

    fn work_dir(&self) -> AppResult<PathBuf> {
        self.may_write()?;
        let dir = self.folder.join(format!("{WORK}{}", Uuid::new_v4()));
        let lock = make_work_dir(&dir).map_err(|e| from_io(&e))?;
        self.at_work.lock().insert(dir.clone(), lock);
        Ok(dir)
    }

    fn adopt(&self, file: &Path, sha256: &str) -> AppResult<()> {
        self.may_write()?;
        if !is_sha256(sha256) {
            return Err(AppError::new(codes::INVALID).with("field", "sha256"));
        }
        place(file, &self.path_of(sha256)).map_err(|e| from_io(&e))
    }

    fn length_of(&self, sha256: &str) -> AppResult<Option<u64>> {
        reading::length(&self.path_of(sha256))
    }

    fn is_whole(
        &self,
        sha256: &str,
        on_bytes: &mut dyn FnMut(u64),
        cancel: &Cancel,
    ) -> AppResult<bool> {
        reading::is_whole(&self.path_of(sha256), sha256, on_bytes, cancel)
    }

    fn readings(&self) -> Vec<Reading> {
        reading::kept(&self.folder)
    }

    fn keep_readings(&self, readings: &[Reading]) -> AppResult<()> {
        self.may_write()?;
        reading::keep(&self.folder, readings).map_err(|e| from_io(&e))
    }

    fn discard(&self, work_dir: &Path) {
        if self.at_work.lock().remove(work_dir).is_none() {
            return;
        }
        if let Err(e) = fs::remove_dir_all(work_dir) {
            tracing::warn!(kind = ?e.kind(), "a work folder stays until the next sweep");
        }
    }

    fn sweep(&self, in_use: &[String]) -> AppResult<u32> {
        self.may_write()?;
        let in_use: HashSet<&str> = in_use.iter().map(String::as_str).collect();
        let workspace = self.folder.parent().unwrap_or(&self.folder);
        // What was put aside by a restore may name calls that the present database does not know.
        let keeps_all = copies::has_aside(workspace);
        sweep(&self.folder, &in_use, keeps_all).map_err(|e| from_io(&e))
    }

    fn live_dir(&self, recording: RecordingId) -> AppResult<PathBuf> {
        self.may_write()?;
        let dir = self.live.join(recording.to_string());
        make_live_dir(&dir).map_err(|e| from_io(&e))?;
        Ok(dir)
    }

    fn live_files(&self, recording: RecordingId) -> AppResult<Vec<PathBuf>> {
        let entries = match fs::read_dir(self.live.join(recording.to_string())) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(|e| from_io(&e))?,
        };
        let files = entries.flatten().map(|entry| entry.path());
        let is_sound = |file: &PathBuf| file.extension().is_some_and(|e| e == "wav");
        let mut files: Vec<PathBuf> = files.filter(is_sound).collect();
        files.sort();
        Ok(files)
    }

    fn drop_live(&self, recording: RecordingId) -> AppResult<()> {
        self.may_write()?;
        match fs::remove_dir_all(self.live.join(recording.to_string())) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(from_io(&e)),
            _ => Ok(()),
        }
    }

    fn space(&self) -> AppResult<(u64, u64)> {
        let workspace = self.folder.parent().unwrap_or(&self.folder);
        let free = fs4::available_space(workspace).map_err(|e| from_io(&e))?;
        let mut used = 0;
        for folder in [&self.folder, &self.live] {
            if folder.is_dir() {
                used += used_bytes(folder).map_err(|e| from_io(&e))?;
            }
        }
        Ok((free, used))
    }
}

/// Whether a workspace folder keeps any media file.
pub(crate) fn holds_any(workspace: &Path) -> bool {
    let shelves = entries(&workspace.join("media")).unwrap_or_default();
    let mut shelves = shelves
        .into_iter()
        .filter(|(name, _)| !name.starts_with(WORK));
    shelves.any(|(_, shelf)| {
        let files = entries(&shelf.path()).unwrap_or_default();
        files.iter().any(|(name, _)| is_sha256(name))
    })
}

fn make_work_dir(dir: &Path) -> io::Result<File> {
    fs::create_dir(dir)?;
    let lock = File::create(dir.join(WORK_LOCK))?;
    lock.lock()?;
    Ok(lock)
}

/// Makes the folder so that it is still there after a power cut, and the files in it are found.
fn make_live_dir(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    for folder in dir.ancestors().skip(1).take(2) {
        sync_dir(Some(folder))?;
    }
    Ok(())
}

fn is_sha256(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

fn place(file: &Path, target: &Path) -> io::Result<()> {
    // Bytes that went bad under their name are no reason to throw the good ones away.
    if reading::is_same(file, target) {
        return fs::remove_file(file);
    }
    // On the platter: where a plain fsync stops at the drive's cache (macOS), the standard library
    // asks for the full one.
    File::options().write(true).open(file)?.sync_all()?;
    let shelf = target.parent().unwrap_or(target);
    let is_new = !shelf.is_dir();
    fs::create_dir_all(shelf)?;
    fs::rename(file, target)?;
    sync_dir(Some(shelf))?;
    if is_new {
        sync_dir(shelf.parent())
    } else {
        Ok(())
    }
}

/// Somebody still works in this folder.
fn is_worked_in(dir: &Path) -> bool {
    File::open(dir.join(WORK_LOCK))
        .is_ok_and(|lock| matches!(lock.try_lock(), Err(TryLockError::WouldBlock)))
}

fn entries(dir: &Path) -> io::Result<Vec<(String, DirEntry)>> {
    let named = |e: DirEntry| (e.file_name().to_string_lossy().into_owned(), e);
    fs::read_dir(dir)?.map(|e| e.map(named)).collect()
}

/// Removes what nobody needs. While an import is under way, also in another process, files that
/// no record names yet may be its own: they stay until the next sweep.
fn sweep(folder: &Path, in_use: &HashSet<&str>, keeps_all: bool) -> io::Result<u32> {
    let (mut removed, mut busy) = (0, keeps_all);
    let mut shelves = Vec::new();
    for (name, entry) in entries(folder)? {
        let path = entry.path();
        if !name.starts_with(WORK) {
            shelves.push(path);
        } else if is_worked_in(&path) {
            busy = true;
        } else {
            fs::remove_dir_all(path)?;
            removed += 1;
        }
    }
    for shelf in shelves.iter().filter(|s| !busy && s.is_dir()) {
        for (name, entry) in entries(shelf)? {
            if is_sha256(&name) && !in_use.contains(name.as_str()) {
                fs::remove_file(entry.path())?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

fn used_bytes(dir: &Path) -> io::Result<u64> {
    let mut bytes = 0;
    for (_, entry) in entries(dir)? {
        // What an import takes away in the meantime takes no space.
        let Ok(meta) = entry.metadata() else { continue };
        bytes += if meta.is_dir() {
            used_bytes(&entry.path()).unwrap_or(0)
        } else {
            meta.len()
        };
    }
    Ok(bytes)
}
