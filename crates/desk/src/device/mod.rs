//! This installation, and the machine it is on.

pub(crate) mod shapes;

pub use shapes::*;

use crate::desk::AtDesk;
use crate::live::shapes::SourceKind;
use qinting_app::*;
use qinting_domain::path_text;

impl AtDesk {
    /// What this installation is, and what its machine has. What people call it stands in the settings.
    pub fn device_info(&self, _: ()) -> AppResult<DeviceInfo> {
        let machine = &self.desk.machine;
        let about = &self.desk.about;
        Ok(DeviceInfo {
            id: self.desk.ports.store.device(),
            since: about.since,
            version: about.version.clone(),
            cores: about.cores,
            memory_bytes: about.memory_bytes,
            free_bytes: machine.media.space()?.0,
            data_folder: about.data.clone(),
            models_folder: path_text::to_text(machine.models.folder()),
            workspace: about.workspace.clone(),
            sound: self.default_sound(),
        })
    }

    /// What sound goes through where nobody chooses. A machine without sound has none of it, which is no fault.
    fn default_sound(&self) -> DefaultSound {
        let machine = &self.desk.machine;
        let capture = machine.capture.as_ref();
        let sources = capture.and_then(|capture| capture.sources().ok());
        let sources = sources.unwrap_or_default();
        let source = |kind| {
            let found = sources.iter().find(|s| s.kind == kind && s.is_default);
            found.map(|s| s.name.clone())
        };
        let outputs = machine.player.as_ref().and_then(|p| p.devices().ok());
        let output = outputs.into_iter().flatten().find(|d| d.is_default);
        DefaultSound {
            system: capture.and_then(|capture| capture.system()),
            output: output.map(|d| d.name),
            input: source(SourceKind::Input),
            played: source(SourceKind::System),
        }
    }
}
