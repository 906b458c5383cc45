//! What a recorder stands on: files, their folder, and the room on the disk.

use super::repair::mend;
use qinting_desk::{LiveFolder, RepairedPart};
use qinting_domain::PartName;
use std::fs::File;
use std::io::{self, Seek, Write};
use std::sync::Arc;

/// A file that is being written.
pub(super) trait PartFile: Write + Seek + Send {}

impl<T: Write + Seek + Send> PartFile for T {}

/// The same file, as far as the disk is concerned.
pub(super) trait OnDisk: Send + Sync {
    /// Waits until everything that was written is on disk.
    fn sync(&self) -> io::Result<()>;
    /// Sets space aside for the file's first `bytes`, without making it longer: what is written
    /// there takes nothing from what is free.
    fn hold(&self, bytes: u64) -> io::Result<()>;
    /// Gives back what is set aside behind the file's end.
    fn let_go(&self) -> io::Result<()>;
}

/// A disk. Tests bring their own.
pub(super) trait Ground: Send + Sync {
    /// Makes a file that is not there yet.
    fn create(&self, file: &PartName) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)>;
    /// Makes the header of one that was written say what is there.
    fn mend(&self, file: &PartName) -> io::Result<RepairedPart>;
    /// Waits until the names in the folder are on disk.
    fn sync_folder(&self) -> io::Result<()>;
    /// Free bytes.
    fn room(&self) -> io::Result<u64>;
}

/// The folder of a recording, on a disk of this machine.
pub(super) struct DiskGround {
    folder: Arc<dyn LiveFolder>,
}

impl DiskGround {
    pub(super) fn new(folder: Arc<dyn LiveFolder>) -> Self {
        Self { folder }
    }
}

impl Ground for DiskGround {
    fn create(&self, file: &PartName) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)> {
        let file = self.folder.create(file)?;
        let twin = file.try_clone()?;
        Ok((Box::new(file), Arc::new(twin)))
    }

    fn mend(&self, file: &PartName) -> io::Result<RepairedPart> {
        mend(self.folder.open(file))
    }

    fn sync_folder(&self) -> io::Result<()> {
        self.folder.sync_names()
    }

    fn room(&self) -> io::Result<u64> {
        self.folder.room()
    }
}

impl OnDisk for File {
    fn sync(&self) -> io::Result<()> {
        self.sync_data()
    }

    #[cfg(target_os = "linux")]
    fn hold(&self, bytes: u64) -> io::Result<()> {
        use rustix::fs::{FallocateFlags, fallocate};
        Ok(fallocate(self, FallocateFlags::KEEP_SIZE, 0, bytes)?)
    }

    #[cfg(not(target_os = "linux"))]
    fn hold(&self, _bytes: u64) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn let_go(&self) -> io::Result<()> {
        // Linux file systems drop what lies behind the end whenever the end is set.
        self.set_len(self.metadata()?.len())
    }
}
