//! The sources of this machine, through cpal.

#[cfg(target_os = "linux")]
mod pulse;

use super::inputs::{Inputs, MakeIntake, Refusal, RunningInput};
use super::intake::{InputShape, Trouble};
use crate::system::{host, is_noise, is_passing};
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{SampleFormat, SizedSample};
use parking_lot::Mutex;
use qinting_desk::{CaptureSource, SourceKind};
use std::time::Duration;

/// Longest that opening may wait for the system.
const OPEN_WITHIN: Duration = Duration::from_secs(2);
/// How PulseAudio and PipeWire call the source that carries what a sink plays.
const MONITOR: &str = ".monitor";

/// What cpal finds.
#[derive(Default)]
pub(super) struct Devices {
    /// A connection to the sound server, kept while it works.
    kept: Mutex<Option<cpal::Host>>,
}

struct CpalInput {
    _stream: cpal::Stream,
    may_rest: bool,
}

impl RunningInput for CpalInput {
    fn may_rest(&self) -> bool {
        self.may_rest
    }
}

/// A device and what it would be as a source.
struct Found {
    device: cpal::Device,
    source: CaptureSource,
    config: cpal::SupportedStreamConfig,
}

impl Inputs for Devices {
    fn system(&self) -> Option<String> {
        self.with_host(|host| Ok(host.id().name().to_owned())).ok()
    }

    fn sources(&self) -> Result<Vec<CaptureSource>, String> {
        let found = self.with_host(list)?;
        Ok(found.into_iter().map(|found| found.source).collect())
    }

    fn open(
        &self,
        source: &str,
        make: MakeIntake<'_>,
        trouble: Trouble,
    ) -> Result<Box<dyn RunningInput>, Refusal> {
        #[cfg(target_os = "linux")]
        if let Some(name) = source.strip_prefix(pulse::SCHEME) {
            return pulse::open(name, make, trouble, OPEN_WITHIN);
        }
        let found = self.with_host(list).map_err(Refusal::Refused)?;
        let found = found
            .into_iter()
            .find(|found| found.source.id == source)
            .ok_or(Refusal::Missing)?;
        let stream = start(&found, make, trouble).map_err(|e| match e.kind() {
            cpal::ErrorKind::DeviceNotAvailable => Refusal::Missing,
            _ => Refusal::Refused(e.to_string()),
        })?;
        Ok(Box::new(CpalInput {
            _stream: stream,
            may_rest: cfg!(windows) && found.source.kind == SourceKind::System,
        }))
    }
}

impl Devices {
    /// Asks the sound system. A connection that went bad is made anew once.
    fn with_host<T>(&self, ask: fn(&cpal::Host) -> Result<T, cpal::Error>) -> Result<T, String> {
        // A server that hangs holds up whoever asked first, and nobody else.
        let Some(mut kept) = self.kept.try_lock() else {
            let host = host().ok_or("no sound system")?;
            return ask(&host).map_err(|e| e.to_string());
        };
        if let Some(answer) = kept.as_ref().and_then(|host| ask(host).ok()) {
            return Ok(answer);
        }
        *kept = None;
        let host = host().ok_or("no sound system")?;
        let answer = ask(&host).map_err(|e| e.to_string())?;
        *kept = Some(host);
        Ok(answer)
    }
}

fn list(host: &cpal::Host) -> Result<Vec<Found>, cpal::Error> {
    let is_server = ["pulseaudio", "pipewire"]
        .iter()
        .any(|name| host.id().name().eq_ignore_ascii_case(name));
    let default_in = id_of(host.default_input_device());
    let default_out = id_of(host.default_output_device());
    let devices: Vec<cpal::Device> = host.devices()?.collect();
    let outputs: Vec<(String, String)> = devices
        .iter()
        .filter(|device| device.default_output_config().is_ok())
        .filter_map(|device| Some((device.id().ok()?.to_string(), name_of(device)?)))
        .collect();
    let mut found: Vec<Found> = Vec::new();
    for device in devices {
        let (Ok(id), Some(name)) = (device.id().map(|id| id.to_string()), name_of(&device)) else {
            continue;
        };
        if is_noise(&id) {
            continue;
        }
        let played = id.strip_suffix(MONITOR).filter(|_| is_server);
        let (kind, name, is_default, config) = if let Some(sink) = played {
            let of = outputs.iter().find(|(id, _)| id == sink);
            let name = of.map_or(name, |(_, name)| name.clone());
            let is_default = default_out.as_deref() == Some(sink);
            (
                SourceKind::System,
                name,
                is_default,
                device.default_input_config(),
            )
        } else if let Ok(config) = device.default_input_config() {
            let is_default = default_in.as_deref() == Some(id.as_str());
            (SourceKind::Input, name, is_default, Ok(config))
        } else if loops_back() {
            let is_default = default_out.as_deref() == Some(id.as_str());
            (
                SourceKind::System,
                name,
                is_default,
                device.default_output_config(),
            )
        } else {
            continue;
        };
        let Ok(config) = config else {
            continue;
        };
        let source = CaptureSource {
            id,
            name,
            kind,
            channels: config.channels(),
            sample_rate_hz: config.sample_rate(),
            is_default,
        };
        found.push(Found {
            device,
            source,
            config,
        });
    }
    Ok(found)
}

fn id_of(device: Option<cpal::Device>) -> Option<String> {
    device?.id().ok().map(|id| id.to_string())
}

fn name_of(device: &cpal::Device) -> Option<String> {
    Some(device.description().ok()?.name().to_owned())
}

/// An output that is opened as an input delivers what it plays.
fn loops_back() -> bool {
    cfg!(any(windows, target_os = "macos"))
}

fn start(
    found: &Found,
    make: MakeIntake<'_>,
    trouble: Trouble,
) -> Result<cpal::Stream, cpal::Error> {
    let shape = found.config.config();
    let intake = make(InputShape {
        rate_hz: shape.sample_rate,
        channels: shape.channels,
    });
    let device = &found.device;
    let stream = match found.config.sample_format() {
        SampleFormat::I16 => build::<i16>(device, shape, intake, |s| s, trouble.clone()),
        SampleFormat::I24 => {
            let top = |s: cpal::I24| (s.inner() >> 8) as i16;
            build::<cpal::I24>(device, shape, intake, top, trouble.clone())
        }
        SampleFormat::I32 => {
            build::<i32>(device, shape, intake, |s| (s >> 16) as i16, trouble.clone())
        }
        SampleFormat::U8 => {
            let wide = |s: u8| (i16::from(s) - 128) << 8;
            build::<u8>(device, shape, intake, wide, trouble.clone())
        }
        // The scale that 16-bit samples become floats by: those come out as they went in.
        _ => {
            let scaled = |s: f32| (s * 32_768.0).round() as i16;
            build::<f32>(device, shape, intake, scaled, trouble)
        }
    }?;
    stream.play()?;
    Ok(stream)
}

fn build<T: SizedSample + 'static>(
    device: &cpal::Device,
    shape: cpal::StreamConfig,
    mut intake: super::intake::Intake,
    to: fn(T) -> i16,
    trouble: Trouble,
) -> Result<cpal::Stream, cpal::Error> {
    device.build_input_stream::<T, _, _>(
        shape,
        move |samples: &[T], _| intake.push_as(samples, to),
        move |e| match e.kind() {
            cpal::ErrorKind::Xrun => trouble.xrun(),
            cpal::ErrorKind::DeviceChanged => trouble.rerouted(),
            _ if is_passing(&e) => {}
            _ => trouble.lost(e.to_string()),
        },
        Some(OPEN_WITHIN),
    )
}
