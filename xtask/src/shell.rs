//! Commands that say what they are before they run.

use anyhow::{Context, Result, bail};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Root of the checkout.
pub fn root() -> &'static Path {
    // `xtask` is one level below the root.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap_or(Path::new("."))
}

/// A place for our own notes, out of the way of the sources.
pub fn notes() -> PathBuf {
    target().join("xtask")
}

/// Where cargo builds.
pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// One command line.
pub struct Shell {
    command: Command,
    shown: String,
}

/// A program, run at the root of the checkout.
pub fn program(name: impl AsRef<OsStr>) -> Shell {
    let name = name.as_ref();
    let mut command = Command::new(name);
    command.current_dir(root());
    let shown = Path::new(name)
        .file_stem()
        .unwrap_or(name)
        .to_string_lossy()
        .into_owned();
    Shell { command, shown }
}

/// The same cargo that runs us.
pub fn cargo<'a>(args: impl IntoIterator<Item = &'a str>) -> Shell {
    let mut shell = program(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    // What `cargo run` told *us* would otherwise reach build scripts and make them run again.
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            shell.command.env_remove(&key);
        }
    }
    shell = shell.args(args);
    shell
}

/// npm in the folder of the UI.
pub fn npm<'a>(args: impl IntoIterator<Item = &'a str>) -> Shell {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    program(name).args(args).within(&root().join("ui"))
}

impl Shell {
    pub fn args<S: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = S>) -> Self {
        for arg in args {
            self.shown.push(' ');
            self.shown.push_str(&arg.as_ref().to_string_lossy());
            self.command.arg(arg);
        }
        self
    }

    pub fn env(mut self, key: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(key, value);
        self
    }

    fn within(mut self, dir: &Path) -> Self {
        self.command.current_dir(dir);
        self
    }

    /// Runs it in the open; a failure is an error.
    pub fn run(mut self) -> Result<()> {
        println!("$ {}", self.shown);
        let status = self
            .command
            .status()
            .with_context(|| format!("`{}` cannot be started", self.shown))?;
        if !status.success() {
            bail!("`{}` failed ({status})", self.shown);
        }
        Ok(())
    }

    /// Runs it silently and returns what it printed, both streams, and whether it was content.
    pub fn ask(mut self) -> Option<(bool, String)> {
        let out = self.command.stdin(Stdio::null()).output().ok()?;
        let mut text = String::from_utf8_lossy(&out.stdout).into_owned();
        text.push_str(&String::from_utf8_lossy(&out.stderr));
        Some((out.status.success(), text))
    }

    /// Whether it runs and succeeds.
    pub fn works(self) -> bool {
        self.ask().is_some_and(|(fine, _)| fine)
    }
}
