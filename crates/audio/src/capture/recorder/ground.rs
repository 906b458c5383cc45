//! What a recorder stands on: files, their folder, and the room on the disk.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
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
    fn create(&self, file: &Path) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)>;
    /// Waits until the names in the folder are on disk.
    fn sync_folder(&self) -> io::Result<()>;
    /// Free bytes.
    fn room(&self) -> io::Result<u64>;
}

/// A folder on a disk of this machine.
pub(super) struct DiskGround {
    folder: PathBuf,
}

impl DiskGround {
    pub(super) fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }
}

impl Ground for DiskGround {
    fn create(&self, file: &Path) -> io::Result<(Box<dyn PartFile>, Arc<dyn OnDisk>)> {
        // What lies there under this name would be evidence: it is never written over.
        let file = File::options().write(true).create_new(true).open(file)?;
        let twin = file.try_clone()?;
        Ok((Box::new(file), Arc::new(twin)))
    }

    fn sync_folder(&self) -> io::Result<()> {
        if cfg!(unix) {
            File::open(&self.folder)?.sync_all()?;
        }
        Ok(())
    }

    fn room(&self) -> io::Result<u64> {
        fs4::available_space(&self.folder)
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
