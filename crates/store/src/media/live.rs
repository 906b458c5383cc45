//! The folder a live recording is written into: `live/<recording>`.

use crate::fault::from_io;
use crate::open::sync_dir;
use qinting_app::{AppError, AppResult, LentFile, LiveFolder, codes};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

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

    /// Where a file lies. Names come out of a database, too, which somebody else may have written.
    fn place_of(&self, name: &str) -> io::Result<PathBuf> {
        let mut parts = Path::new(name).components();
        match (parts.next(), parts.next()) {
            (Some(Component::Normal(plain)), None) if plain == name => Ok(self.folder.join(name)),
            _ => Err(io::ErrorKind::InvalidInput.into()),
        }
    }
}

impl LiveFolder for Live {
    fn create(&self, name: &str) -> io::Result<File> {
        // What lies there under this name would be evidence: it is never written over.
        let place = self.place_of(name)?;
        File::options().write(true).create_new(true).open(place)
    }

    fn open(&self, name: &str) -> io::Result<File> {
        let place = self.place_of(name)?;
        File::options().read(true).write(true).open(place)
    }

    fn names(&self) -> AppResult<Vec<String>> {
        let entries = fs::read_dir(&self.folder).map_err(|e| from_io(&e))?;
        let names = entries.flatten().map(|entry| entry.file_name());
        let is_sound = |name: &String| Path::new(name).extension().is_some_and(|e| e == "wav");
        let mut names: Vec<String> = names
            .filter_map(|name| name.into_string().ok())
            .filter(is_sound)
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

    fn lend(&self, name: &str) -> AppResult<LentFile> {
        let place = self.place_of(name);
        let odd = |e| AppError::new(codes::MEDIA_MISSING).because(e);
        Ok(LentFile::at(place.map_err(odd)?))
    }
}
