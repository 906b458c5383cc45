//! Real sound: a private sound server with a sink that goes nowhere, and an ear on its monitor.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // helpers of a test may stop it, and say so

use crate::common::*;
use qinting_audio::start_player;
use qinting_desk::{LaneChoice, Player, PlayerSource, PlayerState};
use qinting_domain::{CaseId, RecordingId};
use qinting_testkit::data::skipped;
use qinting_testkit::process::is_installed;
use qinting_testkit::wait::until;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const EAR_HZ: u32 = 44_100;

/// A private PulseAudio with two sinks; ends with the test.
struct Server {
    child: Child,
    dir: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Server {
    fn start() -> Option<Self> {
        if !is_installed("pulseaudio") || !is_installed("parec") {
            skipped("pulseaudio is not installed");
            return None;
        }
        let dir = tempfile::tempdir().unwrap();
        let socket = dir.path().join("native");
        let native = format!(
            "module-native-protocol-unix auth-anonymous=1 socket={}",
            socket.display()
        );
        let sink = |name: &str| {
            format!(
                "module-null-sink sink_name={name} rate={EAR_HZ} sink_properties=device.description={name}_room"
            )
        };
        let child = Command::new("pulseaudio")
            .args([
                "-n",
                "--exit-idle-time=-1",
                "--daemonize=no",
                "--disable-shm=yes",
            ])
            .args(["-L", &native, "-L", &sink("quiet"), "-L", &sink("other")])
            .env("HOME", dir.path())
            .env("XDG_RUNTIME_DIR", dir.path())
            .env("PULSE_RUNTIME_PATH", dir.path())
            .env("PULSE_STATE_PATH", dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { child, dir };
        until("the sound server is up", || server.pactl(&["info"]));
        Some(server)
    }

    fn address(&self) -> String {
        format!("unix:{}", self.dir.path().join("native").display())
    }

    fn pactl(&self, args: &[&str]) -> bool {
        Command::new("pactl")
            .args(args)
            .env("PULSE_SERVER", self.address())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|s| s.success())
    }
}

/// Records a sink's monitor while `during` runs.
fn listen(sink: &str, during: impl FnOnce()) -> Vec<f64> {
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("heard.raw");
    let mut ear = Command::new("parec")
        .args([
            "--raw",
            "--format=s16le",
            "--channels=1",
            "--latency-msec=20",
        ])
        .arg(format!("--rate={EAR_HZ}"))
        .arg(format!("--device={sink}.monitor"))
        .stdout(std::fs::File::create(&to).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let size = || std::fs::metadata(&to).map_or(0, |m| m.len());
    until("the monitor gives sound", || size() > 0);
    during();
    // What is still on its way arrives: half a second more.
    let settled = size() + u64::from(EAR_HZ);
    until("what is on its way arrives", || size() >= settled);
    let _ = ear.kill();
    let _ = ear.wait();
    std::fs::read(&to)
        .unwrap()
        .chunks_exact(2)
        .map(|b| f64::from(i16::from_le_bytes([b[0], b[1]])) / 32768.0)
        .collect()
}

fn wait(player: &dyn Player, what: &str, holds: impl Fn(&PlayerState) -> bool) -> PlayerState {
    let started = Instant::now();
    loop {
        let state = player.state();
        if holds(&state) {
            return state;
        }
        assert!(
            started.elapsed() < Duration::from_secs(30),
            "never {what}: {state:?}"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn open(player: &dyn Player, dir: &std::path::Path) {
    let audio = dir.join("audio.wav");
    let tones = interleave(&tone(440.0, 8000, 6.0, 0.5), &tone(880.0, 8000, 6.0, 0.5));
    std::fs::write(&audio, wav16(&tones, 2, 8000)).unwrap();
    let source = PlayerSource {
        recording_id: RecordingId(uuid::Uuid::from_u128(1)),
        case_id: Some(CaseId(uuid::Uuid::from_u128(2))),
        audio: Box::new(std::fs::File::open(&audio).unwrap()),
        duration_ms: 6000,
        silences: Vec::new(),
    };
    player.open(source, 0).unwrap();
    wait(player, "opened", |s| s.recording_id.is_some());
}

/// Plays one second to four at a speed and gives what came out of a sink.
fn clip(player: &dyn Player, sink: &str, speed: f32) -> Vec<f64> {
    player.set_speed(speed);
    let heard = listen(sink, || {
        player.play_range(1000, 4000);
        wait(player, "begun", |s| s.playing);
        wait(player, "done", |s| !s.playing);
    });
    let sound = sounding(&heard, 1e-3).to_vec();
    assert!(
        sound.len() > EAR_HZ as usize / 2,
        "nothing came out of {sink}"
    );
    sound
}

fn level(sound: &[f64], hz: f64) -> f64 {
    let middle = &sound[sound.len() / 4..sound.len() * 3 / 4];
    power_at(middle, EAR_HZ, hz)
}

/// The player finds the server through the environment of its process, so it gets a process.
#[test]
fn what_is_played_comes_out_of_the_sound_server() {
    let Some(server) = Server::start() else {
        return;
    };
    let ran = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "heard_through_the_sound_server",
            "--ignored",
            "--nocapture",
        ])
        .env("PULSE_SERVER", server.address())
        .env("QINTING_TEST_SOUND_SERVER", "1")
        .output()
        .unwrap();
    println!("{}", String::from_utf8_lossy(&ran.stdout));
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
}

#[test]
#[ignore = "needs the sound server that the test above starts for it"]
fn heard_through_the_sound_server() {
    if std::env::var_os("QINTING_TEST_SOUND_SERVER").is_none() {
        skipped("runs only inside the test that starts a sound server");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let player = start_player();
    open(&*player, dir.path());
    let names: Vec<String> = player
        .devices()
        .unwrap()
        .into_iter()
        .map(|d| d.name)
        .collect();
    assert_eq!(
        names,
        ["quiet_room", "other_room"],
        "only outputs, by their friendly names"
    );
    assert!(!player.state().silent, "{:?}", player.state());

    for speed in [1.0, 1.5, 2.0] {
        let sound = clip(&*player, "quiet", speed);
        let seconds = sound.len() as f64 / f64::from(EAR_HZ);
        let expected = 3.0 / f64::from(speed);
        println!("{speed}×: {seconds:.3} s instead of {expected:.3} s");
        assert!(
            (seconds - expected).abs() < 0.15,
            "{seconds} s instead of {expected} s"
        );
        for hz in [440.0, 880.0] {
            let best = loudest_near(&sound, hz);
            assert!(
                (best - hz).abs() <= 2.0,
                "{best} Hz instead of {hz} at {speed}×"
            );
        }
    }

    player.set_lanes(LaneChoice {
        muted: vec![],
        solo: Some(1),
    });
    let solo = clip(&*player, "quiet", 1.0);
    assert!(
        level(&solo, 880.0) > 1e-3 && level(&solo, 440.0) < 1e-6,
        "only the second lane"
    );
    player.set_lanes(LaneChoice {
        muted: vec![1],
        solo: None,
    });
    let muted = clip(&*player, "quiet", 1.0);
    assert!(
        level(&muted, 440.0) > 1e-3 && level(&muted, 880.0) < 1e-6,
        "not the second lane"
    );

    let other = player
        .devices()
        .unwrap()
        .into_iter()
        .find(|d| d.name == "other_room")
        .unwrap();
    player.set_device(Some(other.id)).unwrap();
    wait(&*player, "chosen", |s| s.device.is_some());
    assert!(
        level(&clip(&*player, "other", 1.0), 440.0) > 1e-3,
        "the other sink"
    );

    // The server goes away in the middle: time does not.
    player.play(Some(0), 0);
    wait(&*player, "under way", |s| s.position_ms > 500);
    let gone = Command::new("pactl").arg("exit").status().unwrap();
    assert!(gone.success());
    let lost = wait(&*player, "lost", |s| s.silent);
    assert_eq!(
        lost.notice.unwrap().code,
        qinting_desk::codes::AUDIO_DEVICE_LOST
    );
    wait(&*player, "going on", |s| {
        s.position_ms > lost.position_ms + 300
    });
}

fn loudest_near(sound: &[f64], hz: f64) -> f64 {
    let middle = &sound[sound.len() / 4..sound.len() * 3 / 4];
    (-80..=80)
        .map(|i| hz + f64::from(i) * 0.25)
        .max_by(|a, b| power_at(middle, EAR_HZ, *a).total_cmp(&power_at(middle, EAR_HZ, *b)))
        .unwrap()
}
