//! What the sound of a call tells, measured from its playable copy.

use crate::report::{Row, say};
use anyhow::anyhow;
use qinting_audio::SoundFiles;
use qinting_desk::{AudioFiles, Bytes, Cancel};
use qinting_domain::{CaseId, Meta, PersonId, RecordingId};
use qinting_testkit::sound::{Sound, TELEPHONE_HZ};
use qinting_testkit::{records, speak};
use std::fs::File;
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

const MINUTES: u64 = 60;
const LEAST_SPEED: f64 = 500.0;
/// Of so many readings the quickest counts: what else the machine does only makes one slower.
const READINGS: u32 = 3;

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let dir = tempfile::tempdir()?;
    let wav = dir.path().join("hour.wav");
    say("writing an hour of talk");
    talk().write(&wav);
    let speeds = (0..READINGS).map(|_| speed(&wav));
    let speeds = speeds.collect::<anyhow::Result<Vec<f64>>>()?;
    let best = speeds.into_iter().fold(0.0, f64::max);
    Ok(vec![Row::new(
        "what the sound tells, 1 h 8 kHz stereo",
        format!("{best:.0} x real time"),
        ">= 500 x",
        best >= LEAST_SPEED,
    )])
}

/// An hour in which two voices take turns, pause, and speak at once.
fn talk() -> Sound {
    let turns = [
        &[(1.0, 9.0), (12.0, 20.0), (31.0, 45.0), (52.0, 58.0)][..],
        &[(8.5, 11.5), (21.0, 30.0), (46.0, 53.0)][..],
    ];
    let lanes = turns.map(|said| speak::lane(60.0, said));
    let at_half = |lane: &Vec<i16>| lane.iter().step_by(2).copied().collect();
    let minute = Sound {
        rate_hz: TELEPHONE_HZ,
        channels: lanes.iter().map(at_half).collect(),
    };
    minute.repeated(MINUTES as usize)
}

fn speed(wav: &Path) -> anyhow::Result<f64> {
    let meta = Meta::new(0, PersonId(Uuid::nil()));
    let (id, case) = (RecordingId(Uuid::nil()), CaseId(Uuid::nil()));
    let recording = records::recording(id, case, MINUTES * 60_000, meta);
    let audio: Box<dyn Bytes> = Box::new(File::open(wav)?);
    let start = Instant::now();
    let found = SoundFiles.acoustics(audio, &recording, &[], &Cancel::default());
    let taken = start.elapsed().as_secs_f64();
    let found = found.map_err(|e| anyhow!("not measured: {}", e.code()))?;
    anyhow::ensure!(
        found.lanes.iter().all(|lane| lane.speech.len() > 100),
        "nobody is heard"
    );
    Ok((MINUTES * 60) as f64 / taken)
}
