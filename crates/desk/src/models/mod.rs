//! Models: what is there, fetching one, choosing a file, the default.

pub(crate) mod shapes;

pub use shapes::*;

use crate::desk::{AtDesk, Desk};
use crate::event::DeskEvent;
use crate::thread::spawn_named;
use crate::tickets::{ChosenFor, Ticket};
use qinting_app::*;
use qinting_domain::*;
use std::path::{Path, PathBuf};

impl AtDesk {
    /// The catalogue joined with what is on disk.
    pub fn list_models(&self, _: ()) -> AppResult<Vec<ModelRow>> {
        let default = self.default_model_id()?;
        let downloads = self.desk.downloads.lock();
        let mut models = self.desk.machine.models.models()?;
        for model in &mut models {
            model.is_default = default.as_ref() == Some(&model.id);
            if downloads.contains_key(&model.id) {
                model.state = ModelState::Downloading;
            }
        }
        Ok(models)
    }

    /// The model used when none is named: the chosen one if it is there. Otherwise the demo takes
    /// the demo model before any other, and every other workspace never takes one that knows
    /// only the demo calls.
    pub(crate) fn default_model_id(&self) -> AppResult<Option<String>> {
        self.read(|seen| default_model_of(&self.desk, seen))
    }

    /// Starts to fetch a model; progress comes as events. A download that runs keeps running.
    pub fn download_model(&self, id: String) -> AppResult<()> {
        self.may_tend()?;
        if !self
            .desk
            .machine
            .models
            .models()?
            .iter()
            .any(|m| m.id == id)
        {
            return Err(AppError::new(codes::MODEL_UNKNOWN).with("id", id));
        }
        let mirrors = self.desk.device_settings()?.model_mirrors;
        let cancel = Cancel::default();
        {
            let mut downloads = self.desk.downloads.lock();
            if downloads.contains_key(&id) {
                return Ok(());
            }
            downloads.insert(id.clone(), cancel.clone());
        }
        let (desk, watch, wanted) = (self.desk.clone(), self.desk.clone(), id.clone());
        let last = nothing_of(&id);
        let begun = spawn_named(
            "download",
            move || desk.fetch_model(&wanted, &mirrors, &cancel),
            move |died| watch.download_ended(last, Err(died)),
        );
        if begun.is_err() {
            self.desk.downloads.lock().remove(&id);
        }
        begun.map(drop)
    }

    /// Stops a download; what was fetched stays and the next try resumes there.
    pub fn cancel_download(&self, id: String) -> AppResult<()> {
        self.may_tend()?;
        if let Some(cancel) = self.desk.downloads.lock().get(&id) {
            cancel.cancel();
        }
        Ok(())
    }

    /// Takes a local model file into the shelf, for sites without a network.
    pub fn add_model_file(&self, ticket: Ticket) -> AppResult<ModelRow> {
        self.may_tend()?;
        let file = (self.desk.machine.tickets).spend_one(&ticket, ChosenFor::Model)?;
        self.take_model(&file)
    }

    /// The person before a host named this file as a model: jobs may name it, too.
    pub fn name_model(&self, file: &Path) -> AppResult<()> {
        self.desk.machine.models.name_file(file)
    }

    /// [`Self::add_model_file`] for hosts whose files are named by the person before them.
    pub fn take_model(&self, file: &Path) -> AppResult<ModelRow> {
        self.may_tend()?;
        self.desk.machine.models.add_file(file)
    }

    /// Removes a model from disk.
    pub fn remove_model(&self, id: String) -> AppResult<()> {
        self.may_tend()?;
        self.desk.machine.models.remove(&id)
    }

    fn may_tend(&self) -> AppResult<()> {
        self.read(|seen| seen.may(Action::ModelTend, None))
    }

    /// Makes a model the one used when none is named. One that knows only the demo calls is
    /// refused outside the demo, unless somebody insists.
    pub fn set_default_model(&self, choice: DefaultModel) -> AppResult<Vec<ModelRow>> {
        self.desk.file_of_id(&choice.id)?;
        if !choice.insist {
            self.refuse_demo_model(&choice.id)?;
        }
        let mut settings = self.get_settings(())?;
        settings.device.default_model = Some(choice.id);
        self.keep_settings(settings)?;
        self.list_models(())
    }

    fn refuse_demo_model(&self, id: &str) -> AppResult<()> {
        let models = self.desk.machine.models.models()?;
        match models.into_iter().find(|m| m.id == id && m.is_demo) {
            Some(model) if !self.read(|seen| seen.is_demo())? => {
                Err(AppError::new(codes::MODEL_DEMO_ONLY).with("name", model.name))
            }
            _ => Ok(()),
        }
    }

    /// Replaces the settings, after checking them. Insisting on a model is what
    /// [`Self::set_default_model`] is for.
    pub fn update_settings(&self, new: Settings) -> AppResult<Settings> {
        let before = self.get_settings(())?;
        if let Some(id) = &new.device.default_model
            && before.device.default_model.as_ref() != Some(id)
        {
            self.refuse_demo_model(id)?;
        }
        let profiles = &new.workspace.import_profiles;
        self.check_profiles(profiles, &before.workspace.import_profiles)?;
        self.keep_settings(new)
    }
}

/// The model that is taken when nobody names one.
pub(crate) fn default_model_of(desk: &Desk, tx: &Tx<'_>) -> AppResult<Option<String>> {
    let chosen = tx.device_settings()?.default_model;
    let models = &desk.machine.models;
    let installed: Vec<ModelRow> = models
        .models()?
        .into_iter()
        .filter(|m| m.state == ModelState::Installed)
        .collect();
    let is_demo = tx.is_demo()?;
    let pick = installed
        .iter()
        .find(|m| Some(&m.id) == chosen.as_ref())
        .or_else(|| installed.iter().find(|m| m.is_demo == is_demo))
        .or_else(|| installed.first().filter(|_| is_demo));
    Ok(pick.map(|m| m.id.clone()))
}

impl Desk {
    /// The file of a model by its id. What is no id names no model.
    pub(crate) fn file_of_id(&self, id: &str) -> AppResult<PathBuf> {
        let id = ModelId::parse(id).ok_or_else(|| AppError::new(codes::SPEECH_MODEL_MISSING))?;
        self.machine.models.file_of(&id)
    }

    /// The file of the model a job names: by its id, or a file by its place that a person of this installation
    /// named. A row alone makes nobody read a file.
    pub(crate) fn file_of_job(&self, named: &str) -> AppResult<PathBuf> {
        match ModelId::parse(named) {
            Some(id) => self.machine.models.file_of(&id),
            None => self.machine.models.file_named(&path_text::from_text(named)),
        }
    }

    fn fetch_model(&self, id: &str, mirrors: &[String], cancel: &Cancel) {
        let mut last = nothing_of(id);
        let mut progress = |p: DownloadProgress| {
            last = p.clone();
            self.tell(DeskEvent::Download { progress: p });
        };
        let models = &self.machine.models;
        let result = models.download(id, mirrors, &mut progress, cancel);
        self.download_ended(last, result);
    }

    fn download_ended(&self, mut last: DownloadProgress, result: AppResult<()>) {
        self.downloads.lock().remove(&last.id);
        last.done = result.is_ok();
        last.error = result.err().map(|e| {
            tracing::warn!(model = last.id, error = %e.kind(), "download ended");
            e.note
        });
        self.tell(DeskEvent::Download { progress: last });
    }
}

fn nothing_of(id: &str) -> DownloadProgress {
    DownloadProgress {
        id: id.to_owned(),
        bytes_present: 0,
        bytes_total: 0,
        host: String::new(),
        done: false,
        error: None,
    }
}
