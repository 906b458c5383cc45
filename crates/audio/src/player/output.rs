//! Where sound goes: a real device through cpal, or a clock that runs silently.

use super::mixer::{Lost, Mixer};
use crate::system::{host, is_noise, is_passing};
use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{FromSample, SampleFormat, SizedSample};
use qinting_desk::OutputDevice;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Gives the mixer for a device, once its rate is known.
pub type MakeMixer<'a> = &'a mut dyn FnMut(u32) -> Mixer;

/// An output that runs until it is dropped.
pub trait RunningOutput: Send {}

/// Where a player finds its outputs. Tests bring their own.
pub trait Outputs: Send + Sync {
    /// Starts an output: the named one, or the system default. An error means there is none.
    fn open(
        &self,
        device: Option<&str>,
        make: MakeMixer<'_>,
        lost: Lost,
    ) -> Result<Box<dyn RunningOutput>, String>;
    /// What there is, with friendly names.
    fn devices(&self) -> Vec<OutputDevice>;
}

/// The devices of this machine.
pub(super) struct Devices;

struct CpalOutput(#[expect(dead_code, reason = "held for its drop")] cpal::Stream);
impl RunningOutput for CpalOutput {}

impl Outputs for Devices {
    fn open(
        &self,
        device: Option<&str>,
        make: MakeMixer<'_>,
        lost: Lost,
    ) -> Result<Box<dyn RunningOutput>, String> {
        let host = host().ok_or("no sound system")?;
        let device = match device {
            Some(id) => {
                let id: cpal::DeviceId = id.parse().map_err(|e| format!("{e}"))?;
                host.device_by_id(&id).ok_or("device is gone")?
            }
            None => host.default_output_device().ok_or("no default output")?,
        };
        let config = device.default_output_config().map_err(|e| e.to_string())?;
        let rate = config.sample_rate();
        let mixer = make(rate);
        let mut shape = config.config();
        if host.id().name().eq_ignore_ascii_case("pulseaudio") {
            // Two periods of this are the delay between a key and the ear.
            shape.buffer_size = cpal::BufferSize::Fixed(rate * 3 / 100);
        }
        let stream = match config.sample_format() {
            SampleFormat::I16 => build::<i16>(&device, shape, mixer, lost),
            SampleFormat::I32 => build::<i32>(&device, shape, mixer, lost),
            SampleFormat::U8 => build::<u8>(&device, shape, mixer, lost),
            _ => build::<f32>(&device, shape, mixer, lost),
        };
        let stream = stream.map_err(|e| e.to_string())?;
        stream.play().map_err(|e| e.to_string())?;
        Ok(Box::new(CpalOutput(stream)))
    }

    fn devices(&self) -> Vec<OutputDevice> {
        let Some(host) = host() else {
            return Vec::new();
        };
        let default = host.default_output_device().and_then(|d| d.id().ok());
        let Ok(devices) = host.output_devices() else {
            return Vec::new();
        };
        devices
            .filter_map(|device| {
                let id = device.id().ok()?;
                let name = device.description().ok()?.name().to_owned();
                let is_default = Some(&id) == default.as_ref();
                let id = id.to_string();
                (!is_noise(&id)).then_some(OutputDevice {
                    id,
                    name,
                    is_default,
                })
            })
            .collect()
    }
}

fn build<T: SizedSample + FromSample<f32>>(
    device: &cpal::Device,
    shape: cpal::StreamConfig,
    mut mixer: Mixer,
    lost: Lost,
) -> Result<cpal::Stream, cpal::Error> {
    let channels = usize::from(shape.channels);
    let mut scratch = vec![0f32; 8192 * channels];
    device.build_output_stream::<T, _, _>(
        shape,
        move |out: &mut [T], info| {
            let stamp = info.timestamp();
            let delay = stamp
                .playback
                .checked_duration_since(stamp.callback)
                .unwrap_or_default();
            let mut at = Instant::now() + delay;
            let rate = f64::from(mixer.rate_hz());
            for part in out.chunks_mut(scratch.len()) {
                let sound = &mut scratch[..part.len()];
                mixer.fill(sound, channels, at);
                for (to, from) in part.iter_mut().zip(sound.iter()) {
                    *to = T::from_sample(*from);
                }
                at += Duration::from_secs_f64((part.len() / channels) as f64 / rate);
            }
        },
        move |e| {
            if !is_passing(&e) {
                lost.lock().get_or_insert_with(|| e.to_string());
            }
        },
        Some(Duration::from_secs(2)),
    )
}

/// Rate of the silent clock, Hz. Any will do; a low one is cheap.
const SILENT_RATE_HZ: u32 = 8000;

/// Takes frames in real time and lets nobody hear them, so that time goes on.
pub(super) struct SilentClock {
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl RunningOutput for SilentClock {}

impl SilentClock {
    pub(super) fn start(make: MakeMixer<'_>) -> Box<dyn RunningOutput> {
        let mut mixer = make(SILENT_RATE_HZ);
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let thread = std::thread::Builder::new()
            .name("silent-clock".into())
            .spawn(move || {
                let started = Instant::now();
                let mut done = 0u64;
                let mut nobody = vec![0f32; SILENT_RATE_HZ as usize];
                while !stopped.load(Ordering::Acquire) {
                    std::thread::sleep(Duration::from_millis(10));
                    let due = (started.elapsed().as_secs_f64() * f64::from(SILENT_RATE_HZ)) as u64;
                    // After a sleep of the machine time is not caught up with.
                    let frames = (due - done).min(nobody.len() as u64) as usize;
                    mixer.fill(&mut nobody[..frames], 1, Instant::now());
                    done = due;
                }
            });
        Box::new(Self {
            stop,
            thread: thread.ok(),
        })
    }
}

impl Drop for SilentClock {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
