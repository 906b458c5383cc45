//! Models that are there because somebody said so.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::ModelId;
use std::path::{Path, PathBuf};

/// A models folder without files.
#[derive(Default)]
pub(crate) struct ToldShelf {
    rows: Mutex<Vec<ModelRow>>,
    named: Mutex<Vec<PathBuf>>,
    folder: PathBuf,
}

impl ToldShelf {
    /// One whose files would lie in a folder.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            ..Self::default()
        }
    }

    /// These are the models from now on.
    pub fn hold(&self, rows: Vec<ModelRow>) {
        *self.rows.lock() = rows;
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut ModelRow)) -> AppResult<()> {
        let mut rows = self.rows.lock();
        let row = rows.iter_mut().find(|row| row.id == id);
        change(row.ok_or_else(|| AppError::new(codes::MODEL_UNKNOWN))?);
        Ok(())
    }
}

impl ModelShelf for ToldShelf {
    fn models(&self) -> AppResult<Vec<ModelRow>> {
        Ok(self.rows.lock().clone())
    }

    fn file_of(&self, id: &ModelId) -> AppResult<PathBuf> {
        let is_there = |row: &ModelRow| row.id == id.as_str() && row.state == ModelState::Installed;
        match self.rows.lock().iter().any(is_there) {
            true => Ok(self.folder.join(id.as_str())),
            false => Err(AppError::new(codes::SPEECH_MODEL_MISSING)),
        }
    }

    fn name_file(&self, path: &Path) -> AppResult<()> {
        self.named.lock().push(path.to_owned());
        Ok(())
    }

    fn file_named(&self, path: &Path) -> AppResult<PathBuf> {
        let is_named = self.named.lock().iter().any(|named| named == path);
        let missing = || AppError::new(codes::SPEECH_MODEL_MISSING);
        is_named.then(|| path.to_owned()).ok_or_else(missing)
    }

    fn download(
        &self,
        id: &str,
        mirrors: &[String],
        progress: &mut dyn FnMut(DownloadProgress),
        _: &Cancel,
    ) -> AppResult<()> {
        let mut whole = 0;
        self.change(id, |row| {
            whole = row.bytes;
            row.bytes_present = row.bytes;
            row.state = ModelState::Installed;
        })?;
        progress(DownloadProgress {
            id: id.to_owned(),
            bytes_present: whole,
            bytes_total: whole,
            host: mirrors.first().cloned().unwrap_or_default(),
            done: true,
            error: None,
        });
        Ok(())
    }

    fn add_file(&self, _: &Path) -> AppResult<ModelRow> {
        Err(AppError::new(codes::MODEL_NOT_A_MODEL))
    }

    fn remove(&self, id: &str) -> AppResult<()> {
        self.change(id, |row| {
            row.bytes_present = 0;
            row.state = ModelState::Absent;
        })
    }

    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}
