//! Keeping an output: opening one, noticing its loss, finding it again.

use super::super::mixer::{Lost, Mixer, MixerLine, join};
use super::super::output::{RunningOutput, SilentClock};
use super::{PlaybackEngine, Playing};
use qinting_desk::codes;
use qinting_domain::ErrorNote;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// A device that asks for nothing this long is lost.
const DEAF: Duration = Duration::from_secs(2);
/// How often a lost device is looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

impl PlaybackEngine {
    /// Notices lost devices and those that came back.
    pub(super) fn watch(&mut self, now: Instant) {
        let Some(running) = &mut self.running else {
            return;
        };
        if self.state.silent {
            if now.duration_since(self.looked_at) > LOOK_AGAIN {
                self.looked_at = now;
                if !self.outputs.devices().is_empty() {
                    self.reopen();
                }
            }
            return;
        }
        let beats = running.line.controls.beats.load(Ordering::Relaxed);
        if beats != running.beats {
            (running.beats, running.beat_at) = (beats, now);
        }
        let why = running.lost.lock().clone();
        let deaf = now.duration_since(running.beat_at) > DEAF;
        if why.is_some() || deaf {
            tracing::warn!(deaf, "output lost");
            self.state.notice = Some(ErrorNote::new(codes::AUDIO_DEVICE_LOST));
            self.reopen();
        }
    }

    pub(super) fn ensure_output(&mut self) {
        if self.running.is_none() {
            self.reopen();
        }
    }

    /// Opens the chosen output, else the default, else the silent clock, and goes on where the
    /// sound was.
    pub(super) fn reopen(&mut self) {
        if let Some(old) = self.running.take() {
            // Closing a dead device may wait for it; nobody else has to.
            let output = old.output;
            let _ = std::thread::Builder::new()
                .name("output-close".into())
                .spawn(move || drop(output));
        }
        self.stand_at(self.state.position_ms);
        let mut opened = self.open_device(self.state.device.clone().as_deref());
        if opened.is_none() && self.state.device.is_some() {
            opened = self.open_device(None);
            if opened.is_some() {
                self.state.notice = Some(ErrorNote::new(codes::AUDIO_DEVICE_LOST));
            }
        } else if opened.is_some() {
            self.state.notice = None;
        }
        self.state.silent = opened.is_none();
        self.running = opened.or_else(|| self.open_silent());
        self.looked_at = Instant::now();
    }

    fn open_device(&self, id: Option<&str>) -> Option<Playing> {
        let lost = Lost::default();
        let mut line = None;
        let opened = self
            .outputs
            .open(id, &mut |rate| self.make(rate, &mut line), lost.clone());
        match opened {
            Ok(output) => line.map(|line| running(line, output, lost)),
            // What the system says of it may hold the names of devices.
            Err(_) => {
                tracing::info!("no output");
                None
            }
        }
    }

    fn open_silent(&mut self) -> Option<Playing> {
        self.state
            .notice
            .get_or_insert_with(|| ErrorNote::new(codes::AUDIO_NO_DEVICE));
        let mut line = None;
        let output = SilentClock::start(&mut |rate| self.make(rate, &mut line));
        line.map(|line| running(line, output, Lost::default()))
    }

    fn make(&self, rate_hz: u32, line: &mut Option<MixerLine>) -> Mixer {
        let (ours, mixer) = join(rate_hz, self.controls.clone());
        *line = Some(ours);
        mixer
    }
}

fn running(line: MixerLine, output: Box<dyn RunningOutput>, lost: Lost) -> Playing {
    Playing {
        line,
        output,
        lost,
        beats: 0,
        beat_at: Instant::now(),
    }
}
