//! The shelf: models on this machine, and the way they get there.

mod catalogue;
mod chosen;
mod download;
mod fetch;
mod named;
mod part;
#[cfg(test)]
mod tests;
mod unchanged;

use crate::header;
use catalogue::Published;
use chosen::Chosen;
use download::{Download, Patience, part_path, tag_path};
use named::Named;
use qinting_desk::error::{AppError, AppResult, codes};
use qinting_desk::{Cancel, ModelShelf};
use qinting_desk::{DownloadProgress, ModelRow, ModelState};
use qinting_domain::ModelId;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use unchanged::Unchanged;

/// The models folder with the catalogue of published models.
pub struct Shelf {
    folder: PathBuf,
    published: AppResult<Vec<Published>>,
    patience: Patience,
    /// `HF_ENDPOINT`: asked before any mirror of the settings.
    endpoint: Option<String>,
    under_way: Mutex<BTreeSet<String>>,
    unchanged: Unchanged,
    named: Named,
}

impl Shelf {
    /// A shelf in `folder`, which is made when the first model comes. A download gives up on a
    /// mirror after 30 s without a byte, and honours `HF_ENDPOINT`.
    pub fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            published: catalogue::published(),
            patience: Patience {
                stall: Duration::from_secs(30),
                back_off: Duration::from_secs(1),
            },
            endpoint: std::env::var("HF_ENDPOINT")
                .ok()
                .filter(|e| !e.trim().is_empty()),
            under_way: Mutex::default(),
            unchanged: Unchanged::default(),
            named: Named::default(),
        }
    }

    fn published(&self) -> AppResult<&[Published]> {
        self.published.as_deref().map_err(Clone::clone)
    }

    fn find(&self, id: &str) -> AppResult<Option<&Published>> {
        Ok(self.published()?.iter().find(|m| m.id == id))
    }

    fn row(&self, model: &Published) -> ModelRow {
        let size = |path: PathBuf| std::fs::metadata(path).map(|m| m.len()).ok();
        let whole = size(self.folder.join(&model.file)).filter(|n| *n == model.bytes);
        let part = size(part_path(&self.folder, &model.file)).filter(|n| *n > 0);
        let under_way = self
            .under_way
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(&model.id);
        let state = match (whole, part) {
            (Some(_), _) => ModelState::Installed,
            _ if under_way => ModelState::Downloading,
            (_, Some(_)) => ModelState::Partial,
            _ => ModelState::Absent,
        };
        ModelRow {
            id: model.id.clone(),
            name: model.name.clone(),
            bytes: model.bytes,
            hash: model.sha1.clone(),
            languages: model.languages.clone(),
            speed_hint: model.speed_hint,
            state,
            bytes_present: whole.or(part).unwrap_or(0),
            is_default: false,
            is_demo: false,
        }
    }

    fn mirrors(&self, mirrors: &[String]) -> Vec<String> {
        let mut all: Vec<String> = self.endpoint.iter().chain(mirrors).cloned().collect();
        let mut seen = BTreeSet::new();
        all.retain(|m| !m.trim().is_empty() && seen.insert(m.trim_end_matches('/').to_owned()));
        all
    }
}

/// Whether a model lies at a place.
fn look_into(path: &Path) -> AppResult<()> {
    if !path.is_file() {
        return Err(AppError::new(codes::SPEECH_MODEL_MISSING));
    }
    header::check(path)?;
    Ok(())
}

impl ModelShelf for Shelf {
    fn models(&self) -> AppResult<Vec<ModelRow>> {
        let mut rows: Vec<ModelRow> = self.published()?.iter().map(|m| self.row(m)).collect();
        rows.extend(chosen::all(&self.folder).iter().map(Chosen::row));
        Ok(rows)
    }

    fn file_of(&self, id: &ModelId) -> AppResult<PathBuf> {
        if let Some(model) = self.find(id.as_str())? {
            let there = self.row(model).state == ModelState::Installed;
            let path = self.folder.join(&model.file);
            if !there {
                return Err(AppError::new(codes::SPEECH_MODEL_MISSING));
            }
            self.unchanged.check(&path, &model.sha1)?;
            return Ok(path);
        }
        let mut chosen = chosen::all(&self.folder).into_iter();
        let chosen = chosen.find(|c| c.id() == id.as_str());
        let chosen = chosen.ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
        Ok(chosen.path(&self.folder))
    }

    fn name_file(&self, path: &Path) -> AppResult<()> {
        look_into(path)?;
        self.named.add(&self.folder, path);
        Ok(())
    }

    fn file_named(&self, path: &Path) -> AppResult<PathBuf> {
        if !self.named.has(&self.folder, path) {
            return Err(AppError::new(codes::SPEECH_MODEL_MISSING));
        }
        look_into(path)?;
        Ok(path.to_owned())
    }

    fn download(
        &self,
        id: &str,
        mirrors: &[String],
        progress: &mut dyn FnMut(DownloadProgress),
        cancel: &Cancel,
    ) -> AppResult<()> {
        let model = self
            .find(id)?
            .ok_or_else(|| AppError::new(codes::MODEL_UNKNOWN))?;
        if self.row(model).state == ModelState::Installed {
            return Ok(());
        }
        let _mark = UnderWay::begin(&self.under_way, id)?;
        let download = Download {
            model,
            folder: &self.folder,
            patience: self.patience,
            progress,
            cancel,
        };
        download.run(&self.mirrors(mirrors))
    }

    fn add_file(&self, path: &Path) -> AppResult<ModelRow> {
        match chosen::adopt(path, &self.folder, self.published()?)? {
            chosen::Adopted::Published(id) => {
                let model = self
                    .find(&id)?
                    .ok_or_else(|| AppError::new(codes::MODEL_UNKNOWN))?;
                Ok(self.row(model))
            }
            chosen::Adopted::Chosen(chosen) => Ok(chosen.row()),
        }
    }

    fn remove(&self, id: &str) -> AppResult<()> {
        if let Some(model) = self.find(id)? {
            if self
                .under_way
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .contains(id)
            {
                return Err(AppError::new(codes::CONFLICT));
            }
            part::remove(&self.folder.join(&model.file));
            part::remove(&part_path(&self.folder, &model.file));
            part::remove(&tag_path(&self.folder, &model.file));
            return Ok(());
        }
        let chosen = chosen::all(&self.folder).into_iter().find(|c| c.id() == id);
        chosen
            .ok_or_else(|| AppError::new(codes::MODEL_UNKNOWN))?
            .remove(&self.folder);
        Ok(())
    }

    fn folder(&self) -> PathBuf {
        self.folder.clone()
    }
}

/// One download per model at a time; the mark goes when this does.
struct UnderWay<'a> {
    all: &'a Mutex<BTreeSet<String>>,
    id: String,
}

impl<'a> UnderWay<'a> {
    fn begin(all: &'a Mutex<BTreeSet<String>>, id: &str) -> AppResult<Self> {
        let fresh = all
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(id.to_owned());
        if fresh {
            Ok(Self {
                all,
                id: id.to_owned(),
            })
        } else {
            Err(AppError::new(codes::CONFLICT))
        }
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.all
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&self.id);
    }
}
