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

    /// Where both sides of a recording speak at once, as it was measured, in time order: what comes through from the
    /// other side is told from who speaks. Nowhere, where there is no lane for each; `None` before it was measured.
    pub(crate) fn measured_overtalk(&self, id: RecordingId) -> AppResult<Option<Vec<Region>>> {
        let Some(SoundOnRecord::Measured(sha256)) = self.read(|seen| seen.sound_of(id))? else {
            return Ok(None);
        };
        let figures = self
            .desk
            .measured(id, &sha256)
            .map(|m| SoundFigures::of(&m));
        let region = |both: Overtalk| Region {
            kind: RegionKind::Overtalk,
            start_ms: both.stretch.start_ms,
            end_ms: both.stretch.end_ms,
        };
        Ok(figures.map(|figures| {
            let sides = figures.sides.into_iter();
            sides.flat_map(|s| s.overtalk).map(region).collect()
        }))
    }

    /// What the sound of a recording tells, for somebody who waits: what is not measured yet is measured now, unless a
    /// call is heard or nothing can be written.
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
