//! The player's own thread: takes commands, keeps the ring full, knows what is heard, tells it.

mod heard;
mod keep;
mod ring;

use super::mixer::{Controls, Lost, MixerLine};
use super::output::{Outputs, RunningOutput};
use super::render::{PcmFile, Render};
use super::track::Track;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use heard::Heard;
use parking_lot::Mutex;
use qinting_desk::{HeardStretch, LaneChoice, PlayerState, Span};
use qinting_domain::{CaseId, RecordingId, Region};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the ring is filled while playing.
const TICK: Duration = Duration::from_millis(10);
/// How often devices are looked for otherwise.
const REST: Duration = Duration::from_millis(250);
/// Listeners hear this often while playing (the contract says 50 ms at most).
const TELL: Duration = Duration::from_millis(30);
/// An output that is not used is closed after this.
const LINGER: Duration = Duration::from_secs(20);
/// Both lanes together stay clear of full scale.
const LANE_GAIN: f32 = 0.8;

/// What a handle asks for.
pub(super) enum Command {
    Open {
        source: Box<Loading>,
        pcm: Box<PcmFile>,
        at_ms: u64,
        /// Told once the state says so; the sound device may take longer.
        loaded: Sender<()>,
    },
    Close,
    Play {
        at_ms: Option<u64>,
        back_step_ms: u32,
    },
    PlayRange(Span),
    Pause,
    Seek(u64),
    Speed(f32),
    SkipSilence(bool),
    Loop(Option<Span>),
    Lanes(LaneChoice),
    Device(Option<String>),
    Listen(Box<dyn Fn(PlayerState) + Send>),
    TakeHeard(Sender<Vec<HeardStretch>>),
}

struct Playing {
    line: MixerLine,
    output: Box<dyn RunningOutput>,
    lost: Lost,
    beats: u64,
    beat_at: Instant,
}

/// What is to be loaded, besides its sound.
pub(super) struct Loading {
    pub recording_id: RecordingId,
    pub case_id: Option<CaseId>,
    /// To be skipped when asked.
    pub silences: Vec<Region>,
}

struct Loaded {
    source: Loading,
    pcm: PcmFile,
}

pub(super) struct PlaybackEngine {
    inbox: Receiver<Command>,
    outputs: Arc<dyn Outputs>,
    shown: Arc<Mutex<PlayerState>>,
    listeners: Vec<Box<dyn Fn(PlayerState) + Send>>,
    state: PlayerState,
    loaded: Option<Loaded>,
    running: Option<Playing>,
    controls: Arc<Controls>,
    run: u32,
    track: Track,
    heard: Heard,
    render: Option<Render>,
    /// Where the present run ends, once all of it is rendered.
    ends_ms: Option<u64>,
    /// The callback during or before which the device took the last frame.
    emptied: Option<u64>,
    told_at: Instant,
    used_at: Instant,
    looked_at: Instant,
}

impl PlaybackEngine {
    pub(super) fn new(
        inbox: Receiver<Command>,
        outputs: Arc<dyn Outputs>,
        shown: Arc<Mutex<PlayerState>>,
    ) -> Self {
        let controls = Arc::new(Controls::default());
        controls.set_gains([LANE_GAIN; 2]);
        let now = Instant::now();
        Self {
            inbox,
            outputs,
            shown,
            listeners: Vec::new(),
            state: PlayerState::idle(),
            loaded: None,
            running: None,
            controls,
            run: 0,
            track: Track::default(),
            heard: Heard::default(),
            render: None,
            ends_ms: None,
            emptied: None,
            told_at: now,
            used_at: now,
            looked_at: now,
        }
    }

    pub(super) fn run(mut self) {
        loop {
            let rest = if self.state.playing { TICK } else { REST };
            let mut commanded = false;
            match self.inbox.recv_timeout(rest) {
                Ok(command) => {
                    self.obey(command);
                    while let Ok(command) = self.inbox.try_recv() {
                        self.obey(command);
                    }
                    commanded = true;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let before = self.state.clone();
            self.tick();
            self.tell(commanded || differs(&before, &self.state));
        }
    }

    fn obey(&mut self, command: Command) {
        self.follow();
        match command {
            Command::Open {
                source,
                pcm,
                at_ms,
                loaded,
            } => {
                self.load(*source, *pcm, at_ms);
                self.tell(true);
                // Nobody may be waiting any more.
                let _ = loaded.send(());
                // Opened now, so that a missing device is known before somebody presses play.
                self.used_at = Instant::now();
                self.ensure_output();
            }
            Command::Close => self.close(),
            Command::Play {
                at_ms,
                back_step_ms,
            } => self.play(at_ms, back_step_ms),
            Command::PlayRange(span) => self.play_range(span),
            Command::Pause => self.halt(),
            Command::Seek(at_ms) => self.seek(at_ms),
            Command::Speed(speed) => {
                let wanted = if speed.is_finite() {
                    speed.clamp(0.5, 3.0)
                } else {
                    1.0
                };
                self.state.speed = wanted;
                if let Some(render) = &mut self.render {
                    render.cut();
                }
            }
            Command::SkipSilence(on) => {
                self.state.skip_silence = on;
                self.replan();
            }
            Command::Loop(range) => {
                self.state.loop_range = range.filter(|r| r.end_ms > r.start_ms);
                self.replan();
            }
            Command::Lanes(lanes) => {
                self.state.lanes = lanes;
                self.set_gains();
            }
            Command::Device(id) => {
                self.state.device = id;
                self.state.notice = None;
                if self.running.is_some() {
                    self.reopen();
                }
            }
            Command::Listen(listener) => self.listeners.push(listener),
            Command::TakeHeard(asked) => {
                // Who asked may have given up: then it is told to whoever asks next.
                if asked.send(self.heard.tell(Instant::now())).is_ok() {
                    self.heard.forget();
                }
            }
        }
    }

    fn load(&mut self, source: Loading, pcm: PcmFile, at_ms: u64) {
        self.halt();
        self.state.recording_id = Some(source.recording_id);
        self.state.case_id = source.case_id;
        self.state.duration_ms = pcm.frames * 1000 / u64::from(pcm.rate_hz);
        self.state.clip = None;
        self.state.loop_range = None;
        self.state.lanes = LaneChoice {
            muted: Vec::new(),
            solo: None,
        };
        self.loaded = Some(Loaded { source, pcm });
        self.set_gains();
        self.stand_at(at_ms);
    }

    fn close(&mut self) {
        self.halt();
        self.loaded = None;
        self.running = None;
        let kept = self.state.clone();
        self.state = PlayerState {
            speed: kept.speed,
            skip_silence: kept.skip_silence,
            device: kept.device,
            silent: kept.silent,
            notice: kept.notice,
            ..PlayerState::idle()
        };
    }

    fn play(&mut self, at_ms: Option<u64>, back_step_ms: u32) {
        if self.loaded.is_none() {
            return;
        }
        let here = self.state.position_ms;
        let from = match at_ms {
            Some(at) => {
                self.state.clip = None;
                at
            }
            None if self.state.playing => return,
            None if here >= self.state.duration_ms => 0,
            None => {
                let floor = self.state.clip.as_ref().map_or(0, |c| c.start_ms);
                here.saturating_sub(u64::from(back_step_ms))
                    .max(floor.min(here))
            }
        };
        self.start(from);
    }

    fn play_range(&mut self, span: Span) {
        if self.loaded.is_none() {
            return;
        }
        let end_ms = span.end_ms.min(self.state.duration_ms);
        let start_ms = span.start_ms.min(end_ms);
        self.state.clip = Some(Span { start_ms, end_ms });
        self.start(start_ms);
    }

    /// Sounds from `at_ms` on.
    fn start(&mut self, at_ms: u64) {
        self.heard.end();
        self.stand_at(at_ms);
        self.state.playing = true;
        self.ensure_output();
        self.controls.set_running(true);
    }

    fn seek(&mut self, at_ms: u64) {
        self.heard.end();
        self.state.clip = None;
        self.stand_at(at_ms);
    }

    /// Starts a new run at `at_ms`; what was on its way to the device is dropped.
    fn stand_at(&mut self, at_ms: u64) {
        let at_ms = at_ms.min(self.state.duration_ms);
        self.run = self.run.wrapping_add(1);
        self.controls.set_run(self.run);
        self.track.start(self.run, at_ms as f64);
        self.render = None;
        self.ends_ms = None;
        self.emptied = None;
        self.state.position_ms = at_ms;
    }

    fn halt(&mut self) {
        self.heard.end();
        self.state.playing = false;
        self.controls.set_running(false);
        self.render = None;
        self.ends_ms = None;
        self.used_at = Instant::now();
    }

    /// Plans anew from what is heard now.
    fn replan(&mut self) {
        if self.state.playing {
            self.stand_at(self.state.position_ms);
        }
    }

    fn set_gains(&self) {
        let lanes = &self.state.lanes;
        let gain = |lane: u16| {
            let heard = match lanes.solo {
                Some(solo) => solo == lane,
                None => !lanes.muted.contains(&lane),
            };
            if heard { LANE_GAIN } else { 0.0 }
        };
        self.controls.set_gains([gain(0), gain(1)]);
    }

    fn tick(&mut self) {
        let now = Instant::now();
        self.watch(now);
        if self.state.playing {
            self.used_at = now;
            self.fill();
            self.follow();
            self.finish(now);
        } else if now.duration_since(self.used_at) > LINGER && self.running.is_some() {
            self.running = None;
        }
    }

    fn tell(&mut self, changed: bool) {
        let now = Instant::now();
        *self.shown.lock() = self.state.clone();
        let due = self.state.playing && now.duration_since(self.told_at) >= TELL;
        if changed || due {
            self.told_at = now;
            for listener in &self.listeners {
                listener(self.state.clone());
            }
        }
    }
}

/// Whether more than the position changed.
fn differs(a: &PlayerState, b: &PlayerState) -> bool {
    let still = PlayerState {
        position_ms: a.position_ms,
        ..b.clone()
    };
    *a != still
}
