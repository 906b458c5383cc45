//! A temp workspace and the real binary over it.

pub mod planned;

use qinting_testkit::cli::Home;
use qinting_testkit::data::two_sided_call;
use qinting_testkit::files::below;
use qinting_testkit::sound::{Sound, hum};
use std::ffi::OsStr;
use std::fs;
use std::ops::Deref;
use std::path::{Path, PathBuf};

pub use qinting_testkit::cli::{rows, text};

/// The program in a private home.
pub struct Terminal(Home);

impl Deref for Terminal {
    type Target = Home;

    fn deref(&self) -> &Home {
        &self.0
    }
}

impl Terminal {
    pub fn new() -> Self {
        Self(Home::of(env!("CARGO_BIN_EXE_qinting")))
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

    /// All bytes the media folder keeps, each under its id.
    pub fn media(&self) -> Vec<PathBuf> {
        let mut media = below(&self.workspace().join("media"));
        media.retain(|p| p.file_name().is_some_and(|n| n.len() == 32));
        media
    }
}

/// An installation that knows the workspace in a folder, for a test that looks into it by itself.
pub fn known(folder: &Path) -> qinting_host::Device {
    let device = qinting_host::Device::passing();
    qinting_host::adopt(folder, &device).expect("a workspace lies there");
    device
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
