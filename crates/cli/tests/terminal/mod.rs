//! A temp workspace and the real binary over it.

// Each test file is a program of its own and uses its part of this.
#![allow(dead_code)]
use qinting_testkit::data::two_sided_call;
use qinting_testkit::files::below;
use qinting_testkit::sound::{Sound, hum};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
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
        hum(
            &path,
            f64::from(ms) / 1_000.0,
            f64::from(hz),
            usize::from(channels),
        )
    }

    /// One imported case to work on; its id.
    pub fn one_case(&self) -> String {
        let path = self.tone("退货 投诉.wav", 5_000, 330.0, 2);
        let imported = self.ok([OsStr::new("import"), path.as_os_str()]);
        text(&imported["files"][0]["case_id"])
    }

    /// Everything the media folder keeps under its hash.
    pub fn media(&self) -> Vec<PathBuf> {
        let mut media = below(&self.workspace().join("media"));
        media.retain(|p| p.file_name().is_some_and(|n| n.len() == 64));
        media
    }
}

/// The first seconds of the shared two-sided call as two files in the folder for files, or a word that
/// the test is skipped. The whole call is minutes of work for a debug build.
pub fn short_call(terminal: &Terminal, seconds: u32) -> Option<PathBuf> {
    let target = terminal.file("call");
    fs::create_dir_all(&target).expect("a folder");
    for side in two_sided_call()? {
        let name = side.file_name().expect("a file");
        let start = Sound::read(&side).cut(0.0, f64::from(seconds));
        start.write(&target.join(name));
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
