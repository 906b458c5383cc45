//! Microphones that deliver nothing.

use qinting_desk::*;
use qinting_domain::PartName;

/// Sound in on a machine without any.
pub(crate) struct Silence;

impl Capture for Silence {
    fn sources(&self) -> AppResult<Vec<CaptureSource>> {
        Ok(Vec::new())
    }

    fn begin(&self, _: CapturePlan, _: CaptureListener) -> AppResult<Box<dyn CaptureRun>> {
        Err(AppError::new(codes::LIVE_SOURCE_MISSING))
    }

    fn repair(&self, _: &dyn LiveFolder, _: &PartName) -> AppResult<RepairedPart> {
        Err(AppError::new(codes::MEDIA_UNREADABLE))
    }
}

/// Nobody who listens.
pub(crate) struct NoEars;

impl LiveEars for NoEars {
    fn open(&self, _: LiveEarsRequest, tell: LiveListener) -> AppResult<Box<dyn LiveEar>> {
        tell(LiveHeard::Ready);
        Ok(Box::new(Self))
    }
}

impl LiveEar for NoEars {
    fn hear(&self, _: u16, _: u64, _: &[i16]) {}
    fn finish(self: Box<Self>, _: std::time::Duration) {}
}
