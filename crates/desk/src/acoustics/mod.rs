//! What the sound of recordings tells, to whoever sees the recording. How it is measured: `jobs/measuring`.

mod shapes;

pub use shapes::*;

use crate::desk::AtDesk;
use crate::jobs::may_begin;
use qinting_app::*;
use qinting_domain::*;

impl AtDesk {
    /// What the sound of a recording tells.
    pub fn sound_figures(&self, id: RecordingId) -> AppResult<SoundTold> {
        let recording = self.open_recording(id)?;
        if !recording.has_audio() {
            return Ok(SoundTold::None);
        }
        Ok(match self.read(|seen| seen.sound_of(id))? {
            None => SoundTold::Waiting,
            Some(SoundOnRecord::Unreadable) => SoundTold::Unreadable,
            Some(SoundOnRecord::Measured(sha256)) => match self.desk.measured(id, &sha256) {
                Some(measured) => SoundTold::Known {
                    figures: SoundFigures::of(&measured),
                },
                None => self.desk.measure_anew(id)?,
            },
        })
    }

    /// The same for somebody who waits: what is not measured yet is measured now, unless a call is heard or nothing can
    /// be written.
    pub fn sound_figures_now(&self, id: RecordingId) -> AppResult<SoundTold> {
        let told = self.sound_figures(id)?;
        let may_measure =
            may_begin(JobKind::MeasureSound, &self.desk) && self.desk.may_write().is_ok();
        if told != SoundTold::Waiting || !may_measure {
            return Ok(told);
        }
        self.desk.measure(id, &Cancel::default())?;
        self.sound_figures(id)
    }
}
