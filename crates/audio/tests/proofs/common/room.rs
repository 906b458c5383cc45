//! A player with a recording open in it, somebody who listens, and the sounds they hear.

use super::ear::{self, Ear, Ears};
use crate::common::*;
use parking_lot::Mutex;
use qinting_audio::start_player_on;
use qinting_desk::{Player, PlayerSource, PlayerState};
use qinting_domain::{CaseId, RecordingId, Region, RegionKind};
use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};

pub const SOURCE_HZ: u32 = 8000;
/// What is not louder is silence.
pub const FLOOR: f64 = 1e-4;

pub struct Room {
    pub player: Arc<dyn Player>,
    pub ear: Arc<Ear>,
    pub states: Arc<Mutex<Vec<(Instant, PlayerState)>>>,
    pub recording_id: RecordingId,
    wav: Vec<u8>,
    silences: Vec<Region>,
}

impl Room {
    pub fn new(lanes: &[Vec<f64>], silences: &[(u64, u64)]) -> Self {
        Self::with(lanes, silences, Arc::new(Ear::default()))
    }

    pub fn with(lanes: &[Vec<f64>], silences: &[(u64, u64)], ear: Arc<Ear>) -> Self {
        let samples = match lanes {
            [one] => one.clone(),
            [a, b] => interleave(a, b),
            _ => panic!("one or two lanes"),
        };
        let silence = |&(start_ms, end_ms): &(u64, u64)| Region {
            kind: RegionKind::Silence,
            start_ms,
            end_ms,
        };
        let player = start_player_on(Arc::new(Ears(ear.clone())));
        let states = Arc::new(Mutex::new(Vec::new()));
        let seen = states.clone();
        player.on_state(Box::new(move |s| seen.lock().push((Instant::now(), s))));
        let room = Self {
            player,
            ear,
            states,
            recording_id: RecordingId(uuid::Uuid::from_u128(1)),
            wav: wav16(&samples, lanes.len() as u16, SOURCE_HZ),
            silences: silences.iter().map(silence).collect(),
        };
        room.player.open(room.source(), 0).unwrap();
        room.wait("opened", |s| s.recording_id.is_some());
        room
    }

    /// What lies open in it.
    pub fn source(&self) -> PlayerSource {
        PlayerSource {
            recording_id: self.recording_id,
            case_id: Some(CaseId(uuid::Uuid::from_u128(2))),
            audio: Box::new(Cursor::new(self.wav.clone())),
            duration_ms: self.wav.len() as u64 / 16,
            silences: self.silences.clone(),
        }
    }

    pub fn wait(&self, what: &str, holds: impl Fn(&PlayerState) -> bool) -> PlayerState {
        let started = Instant::now();
        loop {
            let state = self.player.state();
            if holds(&state) {
                return state;
            }
            assert!(
                started.elapsed() < Duration::from_secs(15),
                "never {what}: {state:?}"
            );
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    pub fn wait_at(&self, ms: u64) -> PlayerState {
        self.wait("there", |s| s.position_ms >= ms)
    }

    /// What was heard since the last time.
    pub fn heard(&self) -> Vec<f64> {
        std::mem::take(&mut *self.ear.heard.lock())
            .into_iter()
            .map(f64::from)
            .collect()
    }

    /// Playing begins and ends by itself.
    pub fn wait_done(&self) -> PlayerState {
        self.wait("begun", |s| s.playing);
        self.wait("done", |s| !s.playing)
    }

    /// What was begun before is over.
    pub fn wait_done_playing(&self) -> PlayerState {
        self.wait("done", |s| !s.playing)
    }
}

pub fn share_of(hz: f64, sound: &[f64]) -> f64 {
    let all = sound.iter().map(|s| s * s).sum::<f64>() / sound.len() as f64;
    2.0 * power_at(sound, ear::RATE, hz) / all
}

pub fn two_tones(seconds: f64) -> [Vec<f64>; 2] {
    [
        tone(440.0, SOURCE_HZ, seconds, 0.4),
        tone(880.0, SOURCE_HZ, seconds, 0.4),
    ]
}

pub fn ms(sound: &[f64]) -> f64 {
    sound.len() as f64 * 1000.0 / f64::from(ear::RATE)
}

/// Each second of the recording has a pitch of its own.
pub fn stairs(seconds: usize) -> Vec<f64> {
    (0..seconds)
        .flat_map(|s| tone(400.0 + 200.0 * s as f64, SOURCE_HZ, 1.0, 0.5))
        .collect()
}
