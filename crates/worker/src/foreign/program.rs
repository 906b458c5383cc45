//! The ffmpeg of this system.

use crossbeam_channel::bounded;
use qinting_desk::spawn_named;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// ffmpeg says its version at once, or is none.
const PATIENCE: Duration = Duration::from_secs(3);
/// Characters of a version that are shown.
const VERSION_CHARS: usize = 60;

/// Which ffmpeg.
#[derive(Clone, Debug)]
pub(crate) enum Program {
    /// The one on the path, looked for each time: it may be installed while we run.
    OfSystem,
    /// This one, or none.
    At(Option<PathBuf>),
}

impl Program {
    /// Where it lies.
    pub(super) fn find(&self) -> Option<PathBuf> {
        match self {
            Self::At(path) => path.clone(),
            Self::OfSystem => {
                let name = format!("ffmpeg{}", std::env::consts::EXE_SUFFIX);
                let path = std::env::var_os("PATH")?;
                std::env::split_paths(&path)
                    // A relative entry would mean whatever lies in the folder one stands in.
                    .filter(|folder| folder.is_absolute())
                    .map(|folder| folder.join(&name))
                    .find(|file| is_program(file))
            }
        }
    }

    /// Its version, e.g. `5.1.9`; `None` when there is none that answers.
    pub(super) fn version(&self) -> Option<String> {
        let mut child = Command::new(self.find()?)
            .arg("-version")
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let out = child.stdout.take()?;
        let (tell, said) = bounded(1);
        let listen = move || drop(tell.send(first_bytes(out)));
        let listening = spawn_named("ffmpeg-version", listen, drop);
        let said = listening
            .ok()
            .and_then(|_| said.recv_timeout(PATIENCE).ok());
        // What has said its first line may end; what has not is no ffmpeg.
        let _ = child.kill();
        let _ = child.wait();
        version_in(&said?)
    }
}

fn first_bytes(mut out: impl std::io::Read) -> String {
    let mut bytes = [0; 256];
    let n = out.read(&mut bytes).unwrap_or(0);
    String::from_utf8_lossy(&bytes[..n]).into_owned()
}

/// `ffmpeg version 5.1.9-0+deb12u1 Copyright …`
fn version_in(said: &str) -> Option<String> {
    let rest = said.strip_prefix("ffmpeg version ")?;
    let word = rest.split_whitespace().next()?;
    Some(word.chars().take(VERSION_CHARS).collect())
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(
        "ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000",
        Some("5.1.9-0+deb12u1")
    )]
    #[case("ffmpeg version n7.1\nbuilt with", Some("n7.1"))]
    #[case("BusyBox v1.35", None)]
    #[case("", None)]
    fn a_version_is_the_third_word(#[case] said: &str, #[case] version: Option<&str>) {
        assert_eq!(version_in(said).as_deref(), version);
    }
}
