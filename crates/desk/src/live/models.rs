//! With which models a call is heard.

use crate::desk::AtDesk;
use crate::live::ports::LiveEarsRequest;
use crate::live::shapes::LiveBegin;
use crate::models::shapes::ModelState;
use qinting_app::*;
use qinting_domain::*;

impl AtDesk {
    /// Models for drafts and finals; `None` without any model.
    pub(super) fn live_models(&self) -> AppResult<Option<(String, String)>> {
        let Some(last) = self.default_model_id()? else {
            return Ok(None);
        };
        let wanted = self.desk.device_settings()?.live.draft_model;
        let mut installed = self.desk.machine.models.models()?;
        installed.retain(|m| m.state == ModelState::Installed);
        let smallest = installed
            .iter()
            .filter(|m| !m.is_demo)
            .min_by_key(|m| m.bytes);
        let draft = installed
            .iter()
            .find(|m| Some(&m.id) == wanted.as_ref())
            .or(smallest)
            .map_or_else(|| last.clone(), |m| m.id.clone());
        Ok(Some((draft, last)))
    }

    /// What the ears are asked for; `None` when there will be no text.
    pub(super) fn ears_request(&self, begin: &LiveBegin) -> AppResult<Option<LiveEarsRequest>> {
        if begin.mode == ListenMode::ClockOnly || self.desk.machine.ears.is_none() {
            return Ok(None);
        }
        let Some((draft, last)) = self.live_models()? else {
            return Ok(None);
        };
        let settings = self.desk.workspace_settings()?;
        Ok(Some(LiveEarsRequest {
            lanes: u16::try_from(begin.lanes.len()).unwrap_or(2),
            draft_model: self.desk.file_of_id(&draft)?,
            final_model: self.desk.file_of_id(&last)?,
            language: settings.default_language,
            simplified: settings.simplified,
            numbers: settings.numbers,
            threads: 0,
            keep_all: begin.mode == ListenMode::TextOnly,
        }))
    }
}
