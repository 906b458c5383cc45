//! A call as it happens: devices in, evidence and numbers out.
//!
//! A device's callback copies into a ring ([`intake`]) and does nothing else. One thread ([`run`])
//! takes what came every 20 ms and lets the [`engine`] decide what it means: where on the session
//! clock it belongs ([`line`], [`track`]), whether two devices' clocks run apart ([`crate::stretch`]),
//! what is silence because nothing came and what because somebody asked for it. What is decided
//! goes to the [`recorder`], to the ears at 16 kHz ([`heard`]), and to the eyes ([`meter`]).
//!
//! One clock rules: the first input's samples are counted, and everything else is put beside them.
//! While it is away the steady clock of the machine stands in for it, so time never stops.

mod clock;
mod devices;
mod engine;
mod feed;
mod gaps;
mod heard;
mod inputs;
mod intake;
mod line;
mod meter;
mod recorder;
mod run;
mod track;
mod usher;

pub use clock::{Moment, Ticks};
pub use inputs::{Inputs, MakeIntake, Refusal, RunningInput};
pub use intake::{InputShape, Intake, Trouble};

use qinting_desk::Capture;
use std::sync::Arc;

/// Sound in from the devices of this machine.
///
/// On Linux what the machine plays is captured through the monitors of PulseAudio or PipeWire;
/// without such a server there are only the cards' inputs. On Windows an output that is opened as
/// an input delivers what it plays, and on macOS so does one from version 14.6 on: both are what
/// cpal says, and neither was ever run by us.
pub fn start_capture() -> Arc<dyn Capture> {
    start_capture_from(Arc::new(devices::Devices::default()))
}

/// Sound in from inputs of the caller's choice, by the clocks of this machine.
pub fn start_capture_from(inputs: Arc<dyn Inputs>) -> Arc<dyn Capture> {
    start_capture_on(inputs, Arc::new(clock::MachineTicks::new()))
}

/// Sound in from inputs and by clocks of the caller's choice.
pub fn start_capture_on(inputs: Arc<dyn Inputs>, ticks: Arc<dyn Ticks>) -> Arc<dyn Capture> {
    Arc::new(run::CaptureBoard { inputs, ticks })
}
