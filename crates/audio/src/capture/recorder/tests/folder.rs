//! A folder of a test, for a recording to be written into.

use qinting_desk::{AppResult, LentFile, LiveFolder};
use qinting_domain::PartName;
use std::fs::{self, File};
use std::io;
use std::path::PathBuf;

/// A folder that is there.
#[derive(Clone, Debug)]
pub struct OnFolder(pub PathBuf);

impl LiveFolder for OnFolder {
    fn create(&self, name: &PartName) -> io::Result<File> {
        let place = self.0.join(name.as_str());
        File::options().write(true).create_new(true).open(place)
    }
    fn open(&self, name: &PartName) -> io::Result<File> {
        let place = self.0.join(name.as_str());
        File::options().read(true).write(true).open(place)
    }
    fn names(&self) -> AppResult<Vec<PartName>> {
        let entries = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let names = entries.filter_map(|e| PartName::parse(e.file_name().to_str()?));
        Ok(names.collect())
    }
    fn sync_names(&self) -> io::Result<()> {
        File::open(&self.0)?.sync_all()
    }
    fn room(&self) -> io::Result<u64> {
        Ok(1 << 50)
    }
    fn lend(&self, name: &PartName) -> LentFile {
        LentFile::at(self.0.join(name.as_str()))
    }
}
