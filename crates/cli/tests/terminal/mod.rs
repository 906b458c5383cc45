//! A temp workspace and the real binary over it.

// Each test file is a program of its own and uses its part of this.
#![allow(dead_code)]
// A skipped test must say so.
#![allow(clippy::print_stderr)]

use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// A workspace, a models folder, and a folder for files, all gone at the end.
pub struct Terminal {
    dir: TempDir,
}

impl Terminal {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().expect("a temp folder");
        for name in ["models", "files"] {
            fs::create_dir(dir.path().join(name)).expect("a folder");
        }
        Self { dir }
    }

    pub fn workspace(&self) -> PathBuf {
        self.dir.path().join("workspace")
    }

    pub fn models(&self) -> PathBuf {
        self.dir.path().join("models")
    }

    /// A path in the folder for files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.path().join("files").join(name)
    }

    /// The binary over this workspace, not started yet.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qinting"));
        command
            .arg("--workspace")
            .arg(self.workspace())
            .arg("--models")
            .arg(self.models())
            .args(args)
            .stdin(Stdio::null())
            .current_dir(self.dir.path());
        command
    }

    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Output {
        self.command(args).output().expect("the binary starts")
    }

    /// Runs with `--json`: exit code and the object that was printed.
    pub fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> (i32, Value) {
        let mut command = self.command(args);
        command.arg("--json");
        let out = command.output().expect("the binary starts");
        let text = String::from_utf8(out.stdout).expect("UTF-8");
        let value = serde_json::from_str(&text).unwrap_or_else(|e| {
            panic!(
                "not JSON ({e}): {text}\n{}",
                String::from_utf8_lossy(&out.stderr)
            )
        });
        (out.status.code().unwrap_or(-1), value)
    }

    /// The same for a command that must succeed.
    #[track_caller]
    pub fn ok<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        let (code, value) = self.json(args);
        assert_eq!(code, 0, "{value:#}");
        value
    }

    /// A new tone in the folder for files.
    pub fn tone(&self, name: &str, ms: u32, hz: f32, channels: u16) -> PathBuf {
        let path = self.file(name);
        tone(&path, ms, hz, channels);
        path
    }

    /// One imported case to work on; its id.
    pub fn one_case(&self) -> String {
        let path = self.tone("退货 投诉.wav", 5_000, 330.0, 2);
        let imported = self.ok([OsStr::new("import"), path.as_os_str()]);
        text(&imported["files"][0]["case_id"])
    }

    /// SHA-256 by path of everything in the workspace.
    pub fn fingerprint(&self) -> Vec<(PathBuf, String)> {
        let mut all = Vec::new();
        walk(&self.workspace(), &mut all);
        all.sort();
        all.into_iter().map(|p| (p.clone(), sha256(&p))).collect()
    }
}

/// Writes an 8 kHz 16-bit WAV. Channels differ in pitch, so that they are two people.
pub fn tone(path: &Path, ms: u32, hz: f32, channels: u16) {
    let spec = hound::WavSpec {
        channels,
        sample_rate: 8_000,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec).expect("a WAV file");
    for n in 0..ms * 8 {
        for channel in 0..channels {
            let pitch = hz * f32::from(channel + 1);
            let phase = n as f32 / 8_000.0 * pitch * std::f32::consts::TAU;
            wav.write_sample((phase.sin() * 8_000.0) as i16)
                .expect("a sample");
        }
    }
    wav.finalize().expect("a WAV file");
}

/// The first seconds of the shared two-sided call as two files in the desk's folder, or a word that
/// the test is skipped. The whole call is minutes of work for a debug build.
pub fn short_call(terminal: &Terminal, seconds: u32) -> Option<PathBuf> {
    let folder = shared_data("calls")?;
    let target = terminal.file("call");
    fs::create_dir_all(&target).expect("a folder");
    for side in [
        "Auto_Repairs_40_UTC_agent.wav",
        "Auto_Repairs_40_UTC_caller.wav",
    ] {
        let mut whole = hound::WavReader::open(folder.join(side)).expect("a WAV file");
        let spec = whole.spec();
        let mut cut = hound::WavWriter::create(target.join(side), spec).expect("a WAV file");
        for sample in whole
            .samples::<i16>()
            .take((seconds * spec.sample_rate) as usize)
        {
            cut.write_sample(sample.expect("a sample"))
                .expect("a sample");
        }
        cut.finalize().expect("a WAV file");
    }
    Some(target)
}

/// A string of an answer.
#[track_caller]
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("not a text: {value}"))
        .to_owned()
}

/// The rows of a list in an answer.
#[track_caller]
pub fn rows(value: &Value) -> &Vec<Value> {
    value
        .as_array()
        .unwrap_or_else(|| panic!("not a list: {value}"))
}

pub fn walk(dir: &Path, all: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a folder").flatten() {
        if entry.path().is_dir() {
            walk(&entry.path(), all);
        } else {
            all.push(entry.path());
        }
    }
}

pub fn sha256(path: &Path) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(fs::read(path).expect("a file")))
}

/// The demo model, which is part of the project.
pub fn demo_model() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../assets/demo/qinting-demo-q5_0.bin"
    ))
}

/// The folder of shared test data, or a word that the test is skipped.
pub fn shared_data(file: &str) -> Option<PathBuf> {
    let folder = std::env::var_os("QINTING_TEST_DATA").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data")),
        PathBuf::from,
    );
    let path = folder.join(file);
    if path.exists() {
        return Some(path);
    }
    eprintln!("skipped: no {file} (set QINTING_TEST_DATA to the folder of test data)");
    None
}
