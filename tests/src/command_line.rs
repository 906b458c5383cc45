//! The command line in a private home.

use crate::built;
use crate::process::private;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// `qinting` with its own home, workspace, and models folder.
pub struct CommandLine {
    dir: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub struct Ended {
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ended {
    /// Standard output as the one JSON value it has to be.
    ///
    /// # Panics
    /// When it is something else.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("not one JSON value ({error}): {self:?}"))
    }

    /// The same command, which has to have gone well.
    ///
    /// # Panics
    /// When it did not.
    #[track_caller]
    pub fn went_well(self) -> Self {
        assert_eq!(self.code, 0, "{self:?}");
        self
    }
}

impl Default for CommandLine {
    fn default() -> Self {
        Self {
            dir: TempDir::new().expect("a temporary folder can be had"),
        }
    }
}

impl CommandLine {
    /// With everything it owns in a folder of its own below `dir`.
    ///
    /// # Panics
    /// When no folder can be made there.
    pub fn below(dir: &Path) -> Self {
        Self {
            dir: TempDir::new_in(dir).expect("a temporary folder can be had"),
        }
    }

    /// Folder that is gone when the test ends.
    pub fn dir(&self) -> &Path {
        self.dir.path()
    }

    /// The workspace every command works on.
    pub fn workspace(&self) -> PathBuf {
        self.dir().join("workspace")
    }

    /// The models folder.
    pub fn models(&self) -> PathBuf {
        self.dir().join("models")
    }

    /// Runs `qinting --workspace … ARGS` to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    #[track_caller]
    pub fn run<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ended {
        let output = self.command(args).output().expect("qinting starts");
        ended(&output)
    }

    /// `qinting --workspace … ARGS`, not started yet.
    pub fn command<S: AsRef<std::ffi::OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        let mut command = private(&built("qinting").to_string_lossy());
        command
            .env("HOME", self.dir().join("home"))
            .env("QINTING_MODELS", self.models())
            .env("LANG", "C.UTF-8")
            .arg("--workspace")
            .arg(self.workspace())
            .args(args);
        command
    }
}

fn ended(output: &Output) -> Ended {
    Ended {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
