//! A sound card of our own: a PulseAudio server whose only device is a virtual sink, and ears on
//! what that sink plays.

use crate::process::{Background, private, wait};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Rate at which the monitor is listened to.
const EAR_HZ: u32 = 16_000;
const SINK: &str = "qinting";

/// A private PulseAudio server.
pub struct Speaker {
    _server: Background,
    socket: PathBuf,
    home: PathBuf,
}

/// What came out of the sink.
#[derive(Clone, Copy, Debug)]
pub struct Heard {
    /// Root mean square, 0–1 of full scale.
    pub rms: f32,
    /// The strongest tone, to the nearest 10 Hz; 0 when it was silent.
    pub dominant_hz: u32,
}

impl Heard {
    /// Whether anything a person would hear came out.
    pub fn is_sound(&self) -> bool {
        self.rms > 0.003
    }
}

impl Speaker {
    /// Starts the server with its files in `dir`.
    pub fn start(dir: &Path, log: &Path) -> Self {
        let socket = dir.join("pulse.sock");
        // A client without a cookie of the right length is turned away, although anybody may come in.
        std::fs::write(dir.join("pulse-cookie"), [7; 256]).expect("our own folder can be filled");
        let mut server = private("pulseaudio");
        server
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
            ])
            .args([
                "--disallow-exit",
                "--disable-shm=yes",
                "--realtime=no",
                "--high-priority=no",
            ])
            .arg(format!(
                "--load=module-native-protocol-unix socket={} auth-anonymous=1",
                socket.display()
            ))
            .arg(format!(
                "--load=module-null-sink sink_name={SINK} rate=48000 channels=2"
            ))
            .env("HOME", dir)
            .env("XDG_RUNTIME_DIR", dir)
            .env("PULSE_RUNTIME_PATH", dir.join("pulse"))
            .env("PULSE_STATE_PATH", dir.join("pulse-state"));
        let server = Background::start("pulseaudio", server, log);
        let this = Self {
            _server: server,
            socket,
            home: dir.to_owned(),
        };
        wait(
            "PulseAudio answers and has its sink",
            Duration::from_secs(15),
            || {
                this.client("pactl")
                    .args(["list", "short", "sinks"])
                    .output()
                    .ok()
                    .filter(|said| String::from_utf8_lossy(&said.stdout).contains(SINK))
            },
        );
        this
    }

    /// What a program sets as `PULSE_SERVER` to play here.
    pub fn address(&self) -> String {
        format!("unix:{}", self.socket.display())
    }

    /// What a program sets as `PULSE_COOKIE`.
    pub fn cookie(&self) -> PathBuf {
        self.home.join("pulse-cookie")
    }

    /// Listens to what is being played from now on, for `ms` milliseconds.
    pub fn hear(&self, ms: u32) -> Heard {
        let mut ear = self.ear();
        // Two bytes a sample; recording starts when the first sample arrives.
        let mut bytes = vec![0; (u64::from(ms) * u64::from(EAR_HZ) / 1000 * 2) as usize];
        let mut out = ear.stdout.take().expect("standard output was piped");
        let complete = out.read_exact(&mut bytes).is_ok();
        let _ = ear.kill();
        let _ = ear.wait();
        assert!(complete, "the monitor of the sink went silent for good");
        let samples: Vec<f32> = bytes
            .chunks_exact(2)
            .map(|pair| f32::from(i16::from_le_bytes([pair[0], pair[1]])) / 32768.0)
            .collect();
        analyse(&samples, EAR_HZ)
    }

    fn ear(&self) -> Child {
        self.client("parec")
            .args([
                &format!("--device={SINK}.monitor"),
                "--raw",
                "--format=s16le",
                "--channels=1",
            ])
            .args([&format!("--rate={EAR_HZ}"), "--latency-msec=20"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("parec starts")
    }

    fn client(&self, program: &str) -> Command {
        let mut command = private(program);
        command
            .env("PULSE_SERVER", self.address())
            .env("HOME", &self.home);
        command
    }
}

/// Loudness and the strongest tone between 50 Hz and 4 kHz.
pub fn analyse(samples: &[f32], rate_hz: u32) -> Heard {
    let count = samples.len().max(1) as f32;
    let rms = (samples.iter().map(|s| s * s).sum::<f32>() / count).sqrt();
    if rms < 1e-4 {
        return Heard {
            rms,
            dominant_hz: 0,
        };
    }
    let dominant_hz = (50..=4000)
        .step_by(10)
        .max_by(|a, b| power(samples, *a, rate_hz).total_cmp(&power(samples, *b, rate_hz)))
        .unwrap_or(0);
    Heard { rms, dominant_hz }
}

/// Power of one frequency (Goertzel).
fn power(samples: &[f32], hz: u32, rate_hz: u32) -> f64 {
    let turn = 2.0 * std::f64::consts::PI * f64::from(hz) / f64::from(rate_hz);
    let step = 2.0 * turn.cos();
    let (mut before, mut last) = (0.0, 0.0);
    for sample in samples {
        (before, last) = (last, f64::from(*sample) + step * last - before);
    }
    last * last + before * before - step * last * before
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::is_installed;

    #[test]
    fn a_tone_is_recognised_and_silence_is_silent() {
        let tone: Vec<f32> = (0..16_000)
            .map(|n| (n as f32 * 440.0 * std::f32::consts::TAU / 16_000.0).sin() * 0.5)
            .collect();
        let heard = analyse(&tone, 16_000);
        assert_eq!(heard.dominant_hz, 440);
        assert!((heard.rms - 0.3535).abs() < 0.001, "{heard:?}");
        assert!(!analyse(&[0.0; 1000], 16_000).is_sound());
    }

    #[test]
    fn what_a_program_plays_is_heard() {
        if !is_installed("pulseaudio") || !is_installed("paplay") {
            assert!(std::env::var_os("CI").is_none(), "PulseAudio is missing");
            return println!("SKIPPED: PulseAudio is not installed");
        }
        let dir = tempfile::TempDir::new().expect("a temporary folder can be had");
        let speaker = Speaker::start(dir.path(), &dir.path().join("log"));
        assert!(!speaker.hear(200).is_sound(), "nothing plays yet");
        let wav = dir.path().join("tone.wav");
        crate::fixtures::tones(&wav, 8_000, 20.0, &[620.0]);
        let mut playing = speaker
            .client("paplay")
            .arg(&wav)
            .spawn()
            .expect("paplay starts");
        wait("the tone is heard", Duration::from_secs(10), || {
            (speaker.hear(200).dominant_hz == 620).then_some(())
        });
        playing.kill().expect("what plays can be stopped");
        playing.wait().expect("what was stopped ends");
    }
}
