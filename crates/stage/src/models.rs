//! Models that are there because somebody said so.

use parking_lot::Mutex;
use qinting_desk::*;
use qinting_domain::{ModelId, path_text};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How often a download that stands looks whether it may go on.
const LOOK: Duration = Duration::from_millis(5);

/// A models folder without files.
#[derive(Default)]
pub(crate) struct ToldShelf {
    rows: Mutex<Vec<ModelRow>>,
    named: Mutex<Vec<PathBuf>>,
    folder: PathBuf,
    /// The second half of every download comes.
    is_let_through: AtomicBool,
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

    /// Downloads come to their end from now on; until then they stand at their half.
    pub fn let_through(&self) {
        self.is_let_through.store(true, Ordering::SeqCst);
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
        cancel: &Cancel,
    ) -> AppResult<()> {
        let mut bytes = 0;
        self.change(id, |row| {
            bytes = row.bytes;
            row.bytes_present = bytes / 2;
            row.state = ModelState::Downloading;
        })?;
        let mut tell = |bytes_present| {
            progress(DownloadProgress {
                id: id.to_owned(),
                bytes_present,
                bytes_total: bytes,
                host: mirrors.first().cloned().unwrap_or_default(),
                done: bytes_present == bytes,
                error: None,
            });
        };
        tell(bytes / 2);
        while !self.is_let_through.load(Ordering::SeqCst) {
            if cancel.is_cancelled() {
                self.change(id, |row| row.state = ModelState::Partial)?;
                return Err(AppError::new(codes::CANCELLED));
            }
            std::thread::sleep(LOOK);
        }
        self.change(id, |row| {
            row.bytes_present = bytes;
            row.state = ModelState::Installed;
        })?;
        tell(bytes);
        Ok(())
    }

    fn add_file(&self, path: &Path) -> AppResult<ModelRow> {
        let name = path.file_name().map(path_text::shown).unwrap_or_default();
        if path.extension().is_none_or(|ending| ending != "bin") {
            return Err(AppError::new(codes::MODEL_NOT_A_MODEL));
        }
        let row = ModelRow {
            id: format!("file:{name}"),
            name,
            bytes: 1,
            hash: String::new(),
            languages: vec!["multi".to_owned()],
            speed_hint: 0.0,
            state: ModelState::Installed,
            bytes_present: 1,
            is_default: false,
            is_demo: false,
        };
        self.rows.lock().push(row.clone());
        Ok(row)
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
