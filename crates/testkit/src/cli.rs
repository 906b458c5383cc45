//! `qinting` in a private home: nothing of it reaches the folders of whoever runs the tests.

use crate::process::private;
use serde_json::Value;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// The program with a home, a workspace, a models folder and a folder for files of its own, all gone at
/// the end.
pub struct Home {
    program: PathBuf,
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

impl Home {
    /// A home of this program.
    ///
    /// # Panics
    /// When no folder can be made.
    pub fn of(program: impl Into<PathBuf>) -> Self {
        Self::at(program, tempfile::tempdir().expect("a temporary folder"))
    }

    /// The same with all it owns in a folder of its own below `folder`.
    ///
    /// # Panics
    /// When no folder can be made there.
    pub fn below(folder: &Path, program: impl Into<PathBuf>) -> Self {
        Self::at(program, TempDir::new_in(folder).expect("a folder"))
    }

    fn at(program: impl Into<PathBuf>, dir: TempDir) -> Self {
        for name in ["home", "models", "files"] {
            std::fs::create_dir(dir.path().join(name)).expect("a folder");
        }
        Self {
            program: program.into(),
            dir,
        }
    }

    /// What holds it all, and where the program is started.
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

    /// A path in the folder for files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.dir().join("files").join(name)
    }

    /// `qinting --workspace … ARGS`, not started yet.
    pub fn command<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Command {
        self.command_in(&self.workspace(), args)
    }

    /// The same on another workspace.
    pub fn command_in<S: AsRef<OsStr>>(
        &self,
        workspace: &Path,
        args: impl IntoIterator<Item = S>,
    ) -> Command {
        let home = self.dir().join("home");
        let mut command = private(&self.program);
        for (name, folder) in [
            ("XDG_DATA_HOME", "data"),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_STATE_HOME", "state"),
        ] {
            command.env(name, home.join(folder));
        }
        command
            .env("HOME", home)
            .env("QINTING_MODELS", self.models())
            .env("LANG", "C.UTF-8")
            .arg("--workspace")
            .arg(workspace)
            .args(args)
            .stdin(Stdio::null())
            .current_dir(self.dir());
        command
    }

    /// Runs a command to its end.
    ///
    /// # Panics
    /// When it cannot be started.
    #[track_caller]
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ended {
        let output = self.command(args).output().expect("qinting starts");
        Ended {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Runs with `--json`: exit code and what was said.
    ///
    /// # Panics
    /// When that is not one JSON value.
    #[track_caller]
    pub fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> (i32, Value) {
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
        let ended = self.run(args.chain([OsString::from("--json")]));
        (ended.code, ended.json())
    }

    /// The same for a command that must succeed.
    ///
    /// # Panics
    /// When it does not.
    #[track_caller]
    pub fn ok<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        let (code, value) = self.json(args);
        assert_eq!(code, 0, "{value:#}");
        value
    }
}

/// A string of an answer.
///
/// # Panics
/// When it is none.
#[track_caller]
pub fn text(value: &Value) -> String {
    let text = value.as_str();
    text.unwrap_or_else(|| panic!("not a text: {value}"))
        .to_owned()
}

/// The rows of a list in an answer.
///
/// # Panics
/// When it is none.
#[track_caller]
pub fn rows(value: &Value) -> &Vec<Value> {
    let rows = value.as_array();
    rows.unwrap_or_else(|| panic!("not a list: {value}"))
}
