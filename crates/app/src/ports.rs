//! What the use cases of records need from the outside, the database left out.

use crate::error::AppResult;
use crate::findings::shapes::{ExportFormat, Findings};
use qinting_domain::*;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::fmt::Debug;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use uuid::Uuid;

/// Wall-clock time, passed in so that use cases are provable.
pub trait Clock: Send + Sync {
    /// Now, UTC.
    fn now_ms(&self) -> UnixMs;
    /// What a clock on the wall here shows ahead of UTC at a time, in milliseconds.
    fn ahead_of_utc_ms(&self, _at: UnixMs) -> i64 {
        0
    }
    /// A clock that nobody sets, in milliseconds from any beginning. It may stand still while the
    /// machine sleeps.
    fn steady_ms(&self) -> u64 {
        u64::try_from(self.now_ms()).unwrap_or(0)
    }
}

/// New ids, passed in for the same reason.
pub trait Ids: Send + Sync {
    /// A fresh UUIDv7.
    fn next(&self) -> Uuid;
}

/// A flag somebody sets to stop a long piece of work. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks the work to stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::SeqCst);
    }
    /// Whether the other one is a clone of this flag.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
    /// Whether somebody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

thread_local! {
    /// What stops the call this thread works on.
    static CALL: RefCell<Option<Cancel>> = const { RefCell::new(None) };
}

impl Cancel {
    /// Does the work of a call. What is read for it, on this thread, stops once somebody asks; what is written
    /// is written whole.
    pub fn over<T>(&self, work: impl FnOnce() -> T) -> T {
        /// Gives the thread back to the call it worked on before, also when the work panics.
        struct Before(Option<Cancel>);
        impl Drop for Before {
            fn drop(&mut self) {
                CALL.set(self.0.take());
            }
        }
        let _before = Before(CALL.replace(Some(self.clone())));
        work()
    }

    /// What stops the call this thread works on, if it works on one.
    pub fn of_this_call() -> Option<Self> {
        CALL.with_borrow(Clone::clone)
    }
}

/// Bytes that can be read from any place.
pub trait Bytes: Read + Seek + Send {}
impl<T: Read + Seek + Send> Bytes for T {}

/// A file as a worker is given it: only who decodes in a process of its own looks where it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LentFile(#[serde(with = "path_text::one")] PathBuf);

impl LentFile {
    /// The file at a place.
    pub fn at(place: impl Into<PathBuf>) -> Self {
        Self(place.into())
    }
    /// Where a worker finds it.
    pub fn for_worker(&self) -> &Path {
        &self.0
    }
}

/// The files of a recording while it is written, and until its sound is taken in. No sweep touches them. A
/// name with a way in it (`../x`) is none.
pub trait LiveFolder: Send + Sync + Debug {
    /// Makes a file that is not there yet.
    fn create(&self, name: &PartName) -> io::Result<File>;
    /// Opens one that is there, to be mended.
    fn open(&self, name: &PartName) -> io::Result<File>;
    /// Its sound files. What has no name of ours is none.
    fn names(&self) -> AppResult<Vec<PartName>>;
    /// Waits until the names are on disk.
    fn sync_names(&self) -> io::Result<()>;
    /// Bytes free on its disk.
    fn room(&self) -> io::Result<u64>;
    /// A file as a worker is given it.
    fn lend(&self, name: &PartName) -> LentFile;
}

/// The one door to the bytes of recordings: written in a work folder, sealed under an id, opened, dropped.
pub trait MediaFolder: Send + Sync {
    /// A fresh folder for work in progress, on the same file system.
    fn work_dir(&self) -> AppResult<PathBuf>;
    /// Makes a finished file the bytes of a blob (fsync, rename). Those that are there already are kept
    /// where they are the same; where they are not, the new ones take their place.
    fn seal(&self, file: &Path, blob: &Blob) -> AppResult<()>;
    /// The same with bytes that are in memory.
    fn seal_bytes(&self, bytes: &[u8], blob: &Blob) -> AppResult<()>;
    /// Opens bytes for reading at any place; `media.missing` where there are none.
    fn open(&self, blob: &Blob) -> AppResult<Box<dyn Bytes>>;
    /// The bytes as a worker is given them.
    fn lend(&self, blob: &Blob) -> AppResult<LentFile>;
    /// Takes bytes away for good. None there is no fault. `is_shared`: another recording holds the same, which
    /// an older version kept once for both.
    fn drop_bytes(&self, blob: &Blob, is_shared: bool) -> AppResult<()>;
    /// How many bytes there are, once they could be opened; `None` where there are none.
    fn length_of(&self, blob: &Blob) -> AppResult<Option<u64>>;
    /// Reads all bytes and says whether they are what is on record. `on_bytes` gets how many more were
    /// read. `cancelled`, or `disk.*` when the system does not give them.
    fn is_whole(
        &self,
        blob: &Blob,
        on_bytes: &mut dyn FnMut(u64),
        cancel: &Cancel,
    ) -> AppResult<bool>;
    /// When bytes were last read whole, and what came of it. What cannot be read here counts as never.
    fn readings(&self) -> Vec<Reading>;
    /// Keeps that for the next time.
    fn keep_readings(&self, readings: &[Reading]) -> AppResult<()>;
    /// Takes away a work folder and all in it.
    fn discard(&self, work_dir: &Path);
    /// Puts what an older version kept under its hash where it belongs, and removes left-over work folders
    /// and bytes that are none of `named`; returns how much was removed. Only for whoever has the workspace
    /// alone.
    fn sweep(&self, named: &[Blob]) -> AppResult<u32>;
    /// Where a live recording is written, made where it is not there yet.
    fn live(&self, recording: RecordingId) -> AppResult<Arc<dyn LiveFolder>>;
    /// Removes that and what is in it.
    fn drop_live(&self, recording: RecordingId) -> AppResult<()>;
    /// Bytes free on the file system and bytes used by media.
    fn space(&self) -> AppResult<(u64, u64)>;
}

/// Bytes were read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The bytes that were read.
    pub blob: BlobId,
    /// When they had been read to the end.
    pub at: UnixMs,
    /// They were what is on record.
    pub whole: bool,
}

/// Files written for somebody, where they want them: outside the workspace.
pub trait FilesOut: Send + Sync {
    /// Writes `bytes` under `path`, whole or not at all where that can be: through links, with the
    /// rights of the file that was there, and straight into what is no plain file. Refuses with
    /// `disk.*` codes; `invalid` when a folder has the name.
    fn write(&self, path: &Path, bytes: &[u8]) -> AppResult<()>;
}

/// Puts findings into a format.
pub trait FindingsWriter: Send + Sync {
    /// The bytes of an export.
    fn write(&self, format: ExportFormat, findings: &Findings) -> AppResult<Vec<u8>>;
    /// The time zone that calendar times are written in: its name, or its offset where it has none;
    /// `None`: this machine does not say.
    fn zone(&self) -> Option<String>;
}

/// The calls that are heard right now, as far as records need to know of them.
pub trait CallsNow: Send + Sync {
    /// How a call stands that goes on here on this recording.
    fn on(&self, recording: RecordingId) -> Option<CallNow>;
    /// Somebody is still there who listens to it.
    fn attended(&self, recording: RecordingId);
    /// Whether some process listens to a call of this workspace.
    fn is_anywhere(&self) -> bool;
}

/// How a call stands that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallNow {
    /// Call clock, in milliseconds.
    pub position_ms: u64,
    /// How far a moment may lie, in milliseconds.
    pub limit_ms: u64,
}

/// Where no call is ever heard.
pub struct NoCalls;

impl CallsNow for NoCalls {
    fn on(&self, _: RecordingId) -> Option<CallNow> {
        None
    }
    fn attended(&self, _: RecordingId) {}
    fn is_anywhere(&self) -> bool {
        false
    }
}
