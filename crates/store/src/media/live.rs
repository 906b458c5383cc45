//! The folder a live recording is written into: `live/<recording>`.

use crate::fault::from_io;
use crate::open::sync_dir;
use qinting_app::{AppResult, LentFile, LiveFolder};
use qinting_domain::PartName;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

/// One such folder.
#[derive(Debug)]
pub(super) struct Live {
    folder: PathBuf,
}

impl Live {
    /// Makes it so that it is still there after a power cut, and the files in it are found.
    pub fn made(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for above in folder.ancestors().skip(1).take(2) {
            sync_dir(Some(above))?;
        }
        Ok(Self { folder })
    }

    /// Where a file lies: in this folder, whoever wrote its name.
    fn place_of(&self, name: &PartName) -> PathBuf {
        self.folder.join(name.as_str())
    }
}

impl LiveFolder for Live {
    fn create(&self, name: &PartName) -> io::Result<File> {
        // What lies there under this name would be evidence: it is never written over.
        let place = self.place_of(name);
        File::options().write(true).create_new(true).open(place)
    }

    fn open(&self, name: &PartName) -> io::Result<File> {
        let place = self.place_of(name);
        File::options().read(true).write(true).open(place)
    }

    fn names(&self) -> AppResult<Vec<PartName>> {
        let entries = fs::read_dir(&self.folder).map_err(|e| from_io(&e))?;
        let names = entries.flatten().map(|entry| entry.file_name());
        let mut names: Vec<PartName> = names
            .filter_map(|name| PartName::parse(name.to_str()?))
            .collect();
        names.sort();
        Ok(names)
    }

    fn sync_names(&self) -> io::Result<()> {
        sync_dir(Some(&self.folder))
    }

    fn room(&self) -> io::Result<u64> {
        fs4::available_space(&self.folder)
    }

    fn lend(&self, name: &PartName) -> LentFile {
        LentFile::at(self.place_of(name))
    }
}
