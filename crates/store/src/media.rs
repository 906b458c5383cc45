//! The bytes of recordings: `media/<last two digits of an id>/<id>`, work in progress beside.
//!
//! Older versions kept them under their hash, and once for all recordings that held the same. Until a sweep
//! puts those where they belong, they are found there still.

mod live;
mod reading;

use crate::copies;
use crate::fault::from_io;
use crate::open::sync_dir;
use live::Live;
use parking_lot::Mutex;
use qinting_app::{
    AppError, AppResult, Bytes, Cancel, LentFile, LiveFolder, MediaFolder, Reading, codes,
};
use qinting_domain::{Blob, PLAIN, RecordingId};
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

impl Media {
    /// Where the bytes of a blob belong.
    fn place_of(&self, blob: &Blob) -> PathBuf {
        let name = blob.id.0.simple().to_string();
        self.folder.join(&name[name.len() - 2..]).join(name)
    }

    /// Where they lie: an older version kept them under their hash.
    fn path_of(&self, blob: &Blob) -> PathBuf {
        let place = self.place_of(blob);
        if place.is_file() || blob.sha256.is_empty() {
            return place;
        }
        let by_hash = self.folder.join(&blob.sha256[..2]).join(&*blob.sha256);
        if by_hash.is_file() { by_hash } else { place }
    }
}

impl MediaFolder for Media {
    fn work_dir(&self) -> AppResult<PathBuf> {
        self.may_write()?;
        let dir = self.folder.join(format!("{WORK}{}", Uuid::new_v4()));
        let lock = make_work_dir(&dir).map_err(|e| from_io(&e))?;
        self.at_work.lock().insert(dir.clone(), lock);
        Ok(dir)
    }

    fn seal(&self, file: &Path, blob: &Blob) -> AppResult<()> {
        self.may_write()?;
        place(file, &self.place_of(blob)).map_err(|e| from_io(&e))
    }

    fn seal_bytes(&self, bytes: &[u8], blob: &Blob) -> AppResult<()> {
        let work = self.work_dir()?;
        let file = work.join("bytes");
        let sealed = fs::write(&file, bytes)
            .map_err(|e| from_io(&e))
            .and_then(|()| self.seal(&file, blob));
        self.discard(&work);
        sealed
    }

    fn open(&self, blob: &Blob) -> AppResult<Box<dyn Bytes>> {
        // Another layout is another version's.
        if blob.format != PLAIN {
            return Err(AppError::new(codes::MEDIA_UNREADABLE).because("bytes of a newer version"));
        }
        match File::open(self.path_of(blob)) {
            Ok(file) => Ok(Box::new(file)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                Err(AppError::new(codes::MEDIA_MISSING))
            }
            Err(e) => Err(from_io(&e)),
        }
    }

    fn lend(&self, blob: &Blob) -> AppResult<LentFile> {
        match self.length_of(blob)? {
            Some(_) => Ok(LentFile::at(self.path_of(blob))),
            None => Err(AppError::new(codes::MEDIA_MISSING)),
        }
    }

    fn drop_bytes(&self, blob: &Blob, is_shared: bool) -> AppResult<()> {
        self.may_write()?;
        let place = match is_shared {
            true => self.place_of(blob),
            false => self.path_of(blob),
        };
        match fs::remove_file(place) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(from_io(&e)),
            _ => Ok(()),
        }
    }

    fn length_of(&self, blob: &Blob) -> AppResult<Option<u64>> {
        reading::length(&self.path_of(blob))
    }

    fn is_whole(
        &self,
        blob: &Blob,
        on_bytes: &mut dyn FnMut(u64),
        cancel: &Cancel,
    ) -> AppResult<bool> {
        reading::is_whole(&self.path_of(blob), &blob.sha256, on_bytes, cancel)
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

    fn sweep(&self, named: &[Blob]) -> AppResult<u32> {
        self.may_write()?;
        let workspace = self.folder.parent().unwrap_or(&self.folder);
        // What was put aside by a restore may name calls that the present database does not know.
        let keeps_all = copies::has_aside(workspace);
        self.sweep_for(named, keeps_all).map_err(|e| from_io(&e))
    }

    fn live(&self, recording: RecordingId) -> AppResult<Arc<dyn LiveFolder>> {
        self.may_write()?;
        let live = Live::made(self.live.join(recording.to_string()));
        Ok(Arc::new(live.map_err(|e| from_io(&e))?))
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
        files.iter().any(|(name, _)| is_ours(name))
    })
}

fn make_work_dir(dir: &Path) -> io::Result<File> {
    fs::create_dir(dir)?;
    let lock = File::create(dir.join(WORK_LOCK))?;
    lock.lock()?;
    Ok(lock)
}

fn is_hex(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
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

impl Media {
    /// Removes what nobody needs. While an import is under way, also in another process, files that no record
    /// names yet may be its own: they stay until the next sweep.
    fn sweep_for(&self, named: &[Blob], keeps_all: bool) -> io::Result<u32> {
        let (mut removed, mut busy) = (0, keeps_all);
        let mut shelves = Vec::new();
        for (name, entry) in entries(&self.folder)? {
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
        let ids: HashSet<String> = named.iter().map(|b| b.id.0.simple().to_string()).collect();
        let mut by_hash: HashMap<&str, Vec<&Blob>> = HashMap::new();
        for blob in named {
            by_hash.entry(&blob.sha256).or_default().push(blob);
        }
        // A database that was put aside may know more recordings of what lies under one hash.
        for shelf in shelves.iter().filter(|s| !busy && s.is_dir()) {
            for (name, entry) in entries(shelf)? {
                let wanted = by_hash.get(name.as_str());
                if let Some(wanted) = wanted {
                    self.move_in(&entry.path(), wanted)?;
                } else if is_ours(&name) && !ids.contains(&name) {
                    fs::remove_file(entry.path())?;
                    removed += 1;
                }
            }
            // One that is empty by now; any other refuses.
            let _ = fs::remove_dir(shelf);
        }
        Ok(removed)
    }

    /// Gives each recording bytes of its own of what lay under its hash for all of them.
    fn move_in(&self, file: &Path, wanted: &[&Blob]) -> io::Result<()> {
        let missing = wanted.iter().map(|blob| self.place_of(blob));
        let missing: Vec<PathBuf> = missing.filter(|place| !place.is_file()).collect();
        let Some((last, others)) = missing.split_last() else {
            return fs::remove_file(file);
        };
        for other in others {
            // Copied beside and renamed when whole; what a kill leaves of it goes with the next sweep.
            let work = self.folder.join(format!("{WORK}{}", Uuid::new_v4()));
            fs::create_dir(&work)?;
            let copy = work.join("copy");
            fs::copy(file, &copy)?;
            place(&copy, other)?;
            fs::remove_dir_all(work)?;
        }
        place(file, last)
    }
}

/// Whether a name is one that we give: an id, or a hash as older versions did.
fn is_ours(name: &str) -> bool {
    matches!(name.len(), 32 | 64) && is_hex(name)
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
