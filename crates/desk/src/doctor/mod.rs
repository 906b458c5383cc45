//! The doctor: the state of everything a desk rests on.

mod media;
pub(crate) mod shapes;

pub use shapes::*;

use crate::desk::AtDesk;
use crate::models::shapes::ModelState;
use media::Share;
use qinting_app::*;
use qinting_domain::*;
use std::collections::BTreeSet;

impl AtDesk {
    /// The state of everything the app rests on. Of the media files a share is read whole.
    pub fn doctor(&self, _: ()) -> AppResult<Checkup> {
        self.report(&Share::Turn)
    }

    /// The same with every media file read whole. Progress comes as events; stopped, it says what was
    /// found until then.
    pub fn doctor_full(&self, _: ()) -> AppResult<Checkup> {
        let cancel = Cancel::default();
        let reading = &self.desk.reading_media;
        reading.lock().push(cancel.clone());
        let report = self.report(&Share::All(cancel.clone()));
        reading.lock().retain(|other| !other.is_same(&cancel));
        report
    }

    /// Stops reading all media files.
    pub fn doctor_stop(&self, _: ()) -> AppResult<()> {
        self.desk
            .reading_media
            .lock()
            .iter()
            .for_each(Cancel::cancel);
        Ok(())
    }

    fn report(&self, share: &Share) -> AppResult<Checkup> {
        let machine = &self.desk.machine;
        let database = self.read(|seen| seen.check_database(true))?;
        let (free_bytes, media_bytes) = machine.media.space()?;
        let in_use = self.read(|seen| seen.media_in_use())?.into_iter();
        let missing = in_use.filter(|(r, sha)| matches!(self.desk.length_of(*r, sha), Ok(None)));
        let missing_media: BTreeSet<Sha256> = missing.map(|(_, sha256)| sha256).collect();
        let media = self.check_media(share)?;
        let devices = match &machine.player {
            Some(player) => player.devices().unwrap_or_default(),
            None => Vec::new(),
        };
        Ok(Checkup {
            version: self.desk.about.version.clone(),
            workspace: self.desk.about.workspace.clone(),
            healthy: database.sound && missing_media.is_empty() && media.broken.is_empty(),
            database,
            devices,
            models: self
                .list_models(())?
                .into_iter()
                .filter(|m| m.state != ModelState::Absent)
                .collect(),
            models_folder: path_text::to_text(machine.models.folder()),
            ffmpeg: machine.decoder.outside(),
            zone: self.desk.ports.writer.zone(),
            free_bytes,
            media_bytes,
            missing_media: missing_media.into_iter().collect(),
            media,
            to_retake: self.retake_candidates()?,
            index: self.read(|seen| seen.index_state())?,
        })
    }
}
