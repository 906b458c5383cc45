//! A worker that does what the name of the file says it was given, instead of what it was asked.
//!
//! The test program is its own worker. In a folder with a file `liar` in it, that worker is this one.
#![allow(clippy::print_stdout, reason = "a worker tells on stdout")]

use qinting_testkit::wait::until;
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;
use tempfile::TempDir;

/// What an honest answer would hold.
pub const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

/// The folder in which workers lie. Workers start where the test stands, so that is where it goes.
pub struct Liar {
    dir: TempDir,
}

impl Liar {
    pub fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("liar"), "").unwrap();
        std::env::set_current_dir(dir.path()).unwrap();
        Self { dir }
    }

    pub fn folder(&self) -> &Path {
        self.dir.path()
    }

    /// The file by which a worker is told to do this.
    pub fn asked(&self, what: &str) -> PathBuf {
        self.dir.path().join(what)
    }

    /// How many workers were asked for this.
    pub fn times(&self, what: &str) -> usize {
        let asked = std::fs::read_to_string(self.dir.path().join("asked")).unwrap_or_default();
        asked.lines().filter(|line| *line == what).count()
    }

    /// Everything workers were asked, word by word.
    pub fn words(&self) -> String {
        std::fs::read_to_string(self.dir.path().join("words")).unwrap_or_default()
    }

    /// Waits until a worker was asked for it.
    pub fn wait_for(&self, what: &str) {
        until(what, || self.times(what) > 0);
    }
}

impl Drop for Liar {
    fn drop(&mut self) {
        // The folder goes; whoever comes next must stand somewhere.
        let _ = std::env::set_current_dir(std::env::temp_dir());
    }
}

/// The worker's side.
pub fn run_if_liar() -> Option<ExitCode> {
    let is_worker = std::env::var_os("QINTING_WORKER").is_some();
    if !is_worker || !Path::new("liar").is_file() {
        return None;
    }
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        let ask: Value = serde_json::from_str(&line).unwrap();
        if ask["ask"] == "do" {
            std::fs::write("words", &line).unwrap();
            answer(&ask);
        }
    }
    Some(ExitCode::SUCCESS)
}

/// The name of the file, wherever in the request it stands.
fn file_of(ask: &Value) -> String {
    let work = &ask["work"];
    let paths = [
        &work["path"],
        &work["paths"][0],
        &work["request"]["paths"][0],
        &work["request"]["kept"][0],
        &work["request"]["audio"],
    ];
    let path = paths.into_iter().find_map(Value::as_str).unwrap();
    let name = Path::new(path).file_name().unwrap();
    name.to_string_lossy().into_owned()
}

fn answer(ask: &Value) {
    let what = file_of(ask);
    let mut asked = std::fs::File::options();
    let mut asked = asked.create(true).append(true).open("asked").unwrap();
    writeln!(asked, "{what}").unwrap();
    let tell = |mut news: Value| {
        news["id"] = ask["id"].clone();
        println!("{news}");
    };
    match what.as_str() {
        "fine" => tell(json!({"news": "hashed", "sha256": HASH})),
        // Hears no cancel, and its end of the line stays open when it is killed: what a big process
        // does for a while, another one does here for longer.
        "deaf" => {
            let mut holds = Command::new("sleep");
            holds.arg("3").stdout(Stdio::null()).stderr(Stdio::null());
            let mut holds = holds.spawn().unwrap();
            std::thread::sleep(Duration::from_secs(60));
            holds.wait().unwrap();
        }
        "dies-once" => {
            let is_second = Path::new("died").exists();
            std::fs::write("died", "").unwrap();
            if !is_second {
                std::process::exit(3);
            }
            tell(json!({"news": "hashed", "sha256": HASH}));
        }
        "dies-late" => {
            tell(json!({"news": "progress", "permille": 10}));
            std::process::exit(3);
        }
        "endless-line" => {
            let junk = vec![b'x'; 64 << 10];
            // The host hangs up after a mebibyte of it.
            while std::io::stdout().write_all(&junk).is_ok() {}
            std::process::exit(3);
        }
        "endless-lines" => {
            while writeln!(std::io::stdout(), "a line of a library").is_ok() {}
            std::process::exit(3);
        }
        "no-hash" => tell(json!({"news": "hashed", "sha256": "../../elsewhere"})),
        "another-answer" => tell(json!({"news": "transcribed", "engine": "whisper"})),
        "unknown-reason" => {
            tell(json!({"news": "failed", "note": {"code": "do this", "args": {}}}));
        }
        "news-of-hashing" => tell(json!({"news": "progress", "permille": 10})),
        "frames-without-end" => {
            tell(json!({"news": "ingested", "ingested": {
                "sources": [{"sha256": HASH, "name": "a.wav", "bytes": 9, "codec": "mp3"}],
                "audio_sha256": HASH, "peaks_sha256": HASH, "sample_rate_hz": 8_000,
                "channels": 1, "frames": u64::MAX, "was_dual_mono": false,
                "notices": [], "gaps": [], "shift_ms": 0,
            }}));
        }
        "much-progress" => {
            for n in 0..100_000 {
                tell(json!({"news": "progress", "permille": n / 100}));
            }
            tell(json!({"news": "failed", "note": {"code": "media.broken", "args": {}}}));
        }
        "slow" => {
            for _ in 0..20 {
                std::thread::sleep(Duration::from_millis(50));
                tell(json!({"news": "beat"}));
            }
            tell(json!({"news": "hashed", "sha256": HASH}));
        }
        "silent" => std::thread::sleep(Duration::from_secs(60)),
        _ => std::process::exit(3),
    }
}
