//! The window stands: time to ready, and memory of all its processes.

use crate::process::{proportional, runs};
use crate::report::{Row, say};
use anyhow::{Context, bail};
use qinting_testkit::process::tree;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

const READY: &str = "window, release build: ready after start";
const MEMORY: &str = "  memory of all its processes (PSS)";
const MOST_READY_MS: f64 = 1_000.0;
const MOST_MB: f64 = 250.0;
/// Starts; the first one reads everything from disk.
const ROUNDS: usize = 5;
/// A window that says nothing for this long does not come.
const PATIENCE: Duration = Duration::from_secs(30);
/// After being ready the page still settles; memory is read then.
const SETTLE: Duration = Duration::from_secs(2);

pub(crate) fn measure() -> anyhow::Result<Vec<Row>> {
    let skipped = |why: &str| {
        Ok(vec![
            Row::skipped(READY, why, "<= 1.0 s"),
            Row::skipped(MEMORY, why, "<= 250 MB"),
        ])
    };
    let Some(binary) = binary() else {
        return skipped("no release window built");
    };
    let Ok(screen) = Screen::open() else {
        return skipped("no display and no Xvfb");
    };
    let mut ready = Vec::new();
    let mut most = 0;
    for _ in 0..ROUNDS {
        let (ms, bytes) = start(&binary, &screen)?;
        say(&format!("ready after {ms:.0} ms, {} MB", bytes / 1_000_000));
        ready.push(ms);
        most = most.max(bytes);
    }
    ready.sort_by(f64::total_cmp);
    let (median, mb) = (ready[ROUNDS / 2], most as f64 / 1e6);
    Ok(vec![
        Row::new(
            READY,
            format!("median {median:.0} max {:.0} ms", ready[ROUNDS - 1]),
            "<= 1.0 s",
            median <= MOST_READY_MS,
        ),
        Row::new(MEMORY, format!("{mb:.0} MB"), "<= 250 MB", mb <= MOST_MB),
    ])
}

/// `QINTING_BENCH_WINDOW`, or the window next to this binary.
fn binary() -> Option<PathBuf> {
    if let Some(named) = std::env::var_os("QINTING_BENCH_WINDOW") {
        return PathBuf::from(named).canonicalize().ok();
    }
    let here = std::env::current_exe().ok()?;
    Some(here.with_file_name("qinting-window")).filter(|p| p.is_file())
}

/// A display: the one that is there, or an Xvfb of our own.
struct Screen {
    name: String,
    server: Option<Child>,
}

impl Screen {
    fn open() -> anyhow::Result<Self> {
        if let Ok(name) = std::env::var("DISPLAY") {
            return Ok(Self { name, server: None });
        }
        let mut server = Command::new("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                "1440x900x24",
                "-nolisten",
                "tcp",
            ])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(server.stdout.take().context("a pipe")?).read_line(&mut line)?;
        Ok(Self {
            name: format!(":{}", line.trim()),
            server: Some(server),
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// One start: milliseconds until ready, bytes of all processes after settling.
fn start(binary: &Path, screen: &Screen) -> anyhow::Result<(f64, u64)> {
    let dir = tempfile::tempdir()?;
    let begun = Instant::now();
    // A session bus of its own: no other instance is there to hand over to.
    let mut session = Command::new("dbus-run-session")
        .arg("--")
        .arg(binary)
        .env("DISPLAY", &screen.name)
        .env("QINTING_REPORT_READY", "1")
        .env("QINTING_WORKSPACE", dir.path().join("workspace"))
        .env("QINTING_MODELS", dir.path().join("models"))
        .env("HOME", dir.path())
        .env("XDG_RUNTIME_DIR", dir.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .context("dbus-run-session starts")?;
    let said = wait_for_ready(session.stderr.take().context("a pipe")?);
    let elapsed = begun.elapsed().as_secs_f64() * 1000.0;
    std::thread::sleep(SETTLE);
    let all = tree(session.id());
    let window = all.iter().copied().find(|pid| runs(*pid, binary));
    let bytes = window.map_or(0, |pid| tree(pid).into_iter().map(proportional).sum());
    end(&mut session, &all);
    let Some(inside) = said else {
        bail!("the window did not say that it is ready")
    };
    // What the window counts itself leaves out the time until its first line of code.
    Ok((elapsed.max(inside), bytes))
}

/// The window's own count, once it says so.
fn wait_for_ready(stderr: impl Read + Send + 'static) -> Option<f64> {
    let (send, receive) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if let Some((_, ms)) = line.split_once("window_ready_ms=") {
                let digits: String = ms.chars().take_while(char::is_ascii_digit).collect();
                // Nobody waits any more when this fails.
                let _ = send.send(digits.parse().unwrap_or(0.0));
            }
        }
    });
    receive.recv_timeout(PATIENCE).ok()
}

/// Ends the processes this measurement started, each by its number.
fn end(session: &mut Child, all: &[u32]) {
    for pid in all.iter().rev().filter(|pid| **pid != session.id()) {
        let _ = Command::new("kill")
            .arg(pid.to_string())
            .stderr(Stdio::null())
            .status();
    }
    let _ = session.kill();
    let _ = session.wait();
}
