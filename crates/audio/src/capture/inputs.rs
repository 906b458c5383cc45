//! Where a capture finds its sound.

use super::intake::{InputShape, Intake, Trouble};
use qinting_desk::CaptureSource;

/// Gives the device's end of the way in, once it is known what the device delivers.
pub type MakeIntake<'a> = &'a mut dyn FnMut(InputShape) -> Intake;

/// A source that delivers until it is dropped. Dropping may wait for the device.
pub trait RunningInput: Send {
    /// Nothing comes while nothing is played, and that is no fault (WASAPI loopback).
    fn may_rest(&self) -> bool {
        false
    }
}

/// Why a source could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not there.
    Missing,
    /// It is there and does not let itself be opened; the reason is for the log.
    Refused(String),
}

/// The sources of a machine. Tests bring their own.
pub trait Inputs: Send + Sync {
    /// What the sources are asked of, by its name, see [`qinting_desk::Capture::system`].
    fn system(&self) -> Option<String> {
        None
    }
    /// What there is, with friendly names.
    fn sources(&self) -> Result<Vec<CaptureSource>, String>;
    /// Starts the source with this id. Its callback pushes into what `make` gives and does nothing
    /// else.
    fn open(
        &self,
        source: &str,
        make: MakeIntake<'_>,
        trouble: Trouble,
    ) -> Result<Box<dyn RunningInput>, Refusal>;
}
