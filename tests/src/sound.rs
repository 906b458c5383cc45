//! A sound card of our own: a PulseAudio server whose only devices are virtual sinks, ears on what
//! they play, and hands to plug and unplug them.

use crate::process::Background;
use qinting_testkit::data::skipped;
use qinting_testkit::hear::Heard;
use qinting_testkit::process::is_installed;
use qinting_testkit::process::private;
use qinting_testkit::wait::wait;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// Rate at which the monitor is listened to.
const EAR_HZ: u32 = 16_000;
/// Name of the sink a server has when nothing else is said.
pub const SINK: &str = "qinting";

/// A virtual sink. What is played into it can be captured, unchanged, from its monitor when both
/// sides speak 16-bit samples at its own rate and channels.
#[derive(Clone, Debug)]
pub struct Sink {
    /// Its name on the server.
    pub name: String,
    /// Samples per second and channel.
    pub rate_hz: u32,
    /// 1 or 2.
    pub channels: u16,
}

impl Sink {
    /// A sink of that name, 16 bits.
    pub fn new(name: &str, rate_hz: u32, channels: u16) -> Self {
        Self {
            name: name.into(),
            rate_hz,
            channels,
        }
    }

    /// Name of the source that gives what the sink plays.
    pub fn monitor(&self) -> String {
        format!("{}.monitor", self.name)
    }

    /// What the server is told to load it.
    fn module(&self) -> [String; 6] {
        let Self {
            name,
            rate_hz,
            channels,
        } = self;
        [
            "module-null-sink".into(),
            format!("sink_name={name}"),
            format!("rate={rate_hz}"),
            format!("channels={channels}"),
            "format=s16le".into(),
            format!("sink_properties=device.description={name}"),
        ]
    }
}

/// A private PulseAudio server.
pub struct Speaker {
    _server: Background,
    socket: PathBuf,
    home: PathBuf,
}

/// Whether sound can be tried here. Says so when it cannot; on a build machine that is a failure.
///
/// # Panics
/// When `CI` is set and PulseAudio is missing.
pub fn is_there() -> bool {
    let missing: Vec<_> = ["pulseaudio", "pactl", "paplay", "parec"]
        .into_iter()
        .filter(|name| !is_installed(name))
        .collect();
    if missing.is_empty() {
        return true;
    }
    let word = format!("no sound to test with, missing: {}", missing.join(", "));
    assert!(std::env::var_os("CI").is_none(), "{word}");
    skipped(&word);
    false
}

impl Speaker {
    /// Starts the server with its files in `dir` and one stereo sink.
    pub fn start(dir: &Path, log: &Path) -> Self {
        Self::start_with(dir, log, &[Sink::new(SINK, 48_000, 2)])
    }

    /// The same with sinks of the caller's choice. The first one is the default, and the one
    /// [`Speaker::hear`] listens to.
    ///
    /// # Panics
    /// When the server does not come up with all of them.
    pub fn start_with(dir: &Path, log: &Path, sinks: &[Sink]) -> Self {
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
            .args(
                sinks
                    .iter()
                    .map(|sink| format!("--load={}", sink.module().join(" "))),
            )
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
            "PulseAudio answers and has its sinks",
            Duration::from_secs(15),
            || {
                let there = this.list("sinks");
                sinks
                    .iter()
                    .all(|sink| there.iter().any(|row| row[1] == sink.name))
                    .then_some(())
            },
        );
        this
    }

    /// Plugs in a sink while the server runs.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn plug(&self, sink: &Sink) {
        let plugged = self
            .client("pactl")
            .arg("load-module")
            .args(sink.module())
            .stdout(Stdio::null())
            .status();
        let plugged = plugged.expect("pactl runs");
        assert!(plugged.success(), "{} was not plugged in", sink.name);
    }

    /// Pulls a sink out, as somebody pulls a plug: whoever plays there or listens loses it.
    ///
    /// # Panics
    /// When it is not there.
    pub fn unplug(&self, sink: &Sink) {
        let wanted = format!("sink_name={}", sink.name);
        let modules = self.list("modules");
        let module = modules
            .iter()
            .find(|row| row[1..].join(" ").split(' ').any(|word| word == wanted))
            .unwrap_or_else(|| panic!("{} is not plugged in", sink.name));
        let pulled = self
            .client("pactl")
            .args(["unload-module", &module[0]])
            .status()
            .expect("pactl runs");
        assert!(pulled.success(), "{} was not unplugged", sink.name);
    }

    /// Plugs in a microphone that hears what `sink` plays: to programs a source like any other, not
    /// the monitor of something.
    ///
    /// # Panics
    /// When the server refuses.
    pub fn plug_microphone(&self, name: &str, sink: &Sink) {
        let plugged = self
            .client("pactl")
            .args(["load-module", "module-remap-source"])
            .args([
                format!("source_name={name}"),
                format!("master={}", sink.monitor()),
                format!("source_properties=device.description={name}"),
            ])
            .stdout(Stdio::null())
            .status();
        let plugged = plugged.expect("pactl runs");
        assert!(plugged.success(), "{name} was not plugged in");
        let chosen = self
            .client("pactl")
            .args(["set-default-source", name])
            .status()
            .expect("pactl runs");
        assert!(chosen.success(), "{name} did not become the default");
    }

    /// Begins to play a WAV file into a sink.
    ///
    /// # Panics
    /// When the player cannot be started.
    pub fn play(&self, sink: &Sink, wav: &Path) -> Playing {
        let child = self
            .client("paplay")
            // Two seconds ahead: a busy machine must not tear holes into what is played.
            .args([&format!("--device={}", sink.name), "--latency-msec=2000"])
            .arg(wav)
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("paplay starts");
        Playing { child }
    }

    /// How many streams take sound from the server at this moment.
    pub fn listeners(&self) -> usize {
        self.list("source-outputs").len()
    }

    /// Rows of `pactl list short WHAT`, cut into columns.
    fn list(&self, what: &str) -> Vec<Vec<String>> {
        let said = self.client("pactl").args(["list", "short", what]).output();
        let said = said.map(|out| String::from_utf8_lossy(&out.stdout).into_owned());
        said.unwrap_or_default()
            .lines()
            .map(|row| row.split('\t').map(str::to_owned).collect::<Vec<_>>())
            .filter(|row| row.len() > 1)
            .collect()
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
        Heard::of(&samples, EAR_HZ)
    }

    fn ear(&self) -> Child {
        // The default sink of a server is the first that was loaded.
        self.client("parec")
            .args([
                "--device=@DEFAULT_MONITOR@",
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

    /// Lets a program play and listen here.
    pub fn lend(&self, command: &mut Command) {
        command
            .env("PULSE_SERVER", self.address())
            .env("PULSE_COOKIE", self.cookie());
    }

    fn client(&self, program: &str) -> Command {
        let mut command = private(program);
        self.lend(&mut command);
        command.env("HOME", &self.home);
        command
    }
}

/// A file that is being played; silenced when dropped.
pub struct Playing {
    child: Child,
}

impl Playing {
    /// Waits until all of it has been played.
    ///
    /// # Panics
    /// When it was cut off.
    pub fn to_the_end(mut self) {
        let ended = self.child.wait().expect("what plays can be waited for");
        assert!(ended.success(), "the file was not played to its end");
    }
}

impl Drop for Playing {
    fn drop(&mut self) {
        // Played to the end it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_testkit::sound::Sound;

    #[test]
    fn what_a_program_plays_is_heard() {
        if !is_there() {
            return;
        }
        let dir = tempfile::TempDir::new().expect("a temporary folder can be had");
        let sinks = [
            Sink::new("headset", 48_000, 2),
            Sink::new("other", 8_000, 1),
        ];
        let [headset, other] = &sinks;
        let speaker = Speaker::start_with(dir.path(), &dir.path().join("log"), &sinks);
        assert!(!speaker.hear(200).is_sound(), "nothing plays yet");
        let wav = dir.path().join("tone.wav");
        Sound::tones(8_000, 20.0, &[620.0]).write(&wav);
        let elsewhere = speaker.play(other, &wav);
        assert!(!speaker.hear(200).is_sound(), "it plays into the other one");
        drop(elsewhere);
        let _playing = speaker.play(headset, &wav);
        wait("the tone is heard", Duration::from_secs(10), || {
            (speaker.hear(200).dominant_hz == 620).then_some(())
        });
    }

    #[test]
    fn a_sink_is_unplugged_and_plugged_back() {
        if !is_there() {
            return;
        }
        let dir = tempfile::TempDir::new().expect("a temporary folder can be had");
        let sinks = [Sink::new("line", 8_000, 1), Sink::new("line2", 8_000, 1)];
        let speaker = Speaker::start_with(dir.path(), &dir.path().join("log"), &sinks);
        let names = || -> Vec<String> {
            let rows = speaker.list("sources").into_iter();
            rows.map(|row| row[1].clone()).collect()
        };
        assert_eq!(names(), ["line.monitor", "line2.monitor"]);
        speaker.unplug(&sinks[0]);
        assert_eq!(names(), [sinks[1].monitor()]);
        speaker.plug(&sinks[0]);
        assert_eq!(names(), ["line2.monitor", "line.monitor"]);
    }
}
