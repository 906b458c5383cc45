//! A worker process: started, listened to, and asked what it died of.

use super::wire::Tell;
use super::{MARK, SUBCOMMAND, starter};
use crossbeam_channel::{Receiver, unbounded};
use parking_lot::Mutex;
use qinting_app::{AppError, AppResult, codes, spawn_named};
use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Lines of stderr kept for the reason of a death.
const LAST_WORDS: usize = 8;
/// A worker whose line is closed is on its way out; it gets this long.
const LAST_BREATH: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(5);

/// A running worker and both ends of the line to it.
pub(super) struct Running {
    pub(super) process: Process,
    pub(super) stdin: ChildStdin,
    pub(super) news: Receiver<Tell>,
}

/// The process; it ends with this value.
pub(super) struct Process {
    child: Child,
    last_words: Arc<Mutex<VecDeque<String>>>,
}

impl Process {
    /// Ends it on the spot. Whoever kills a worker has none any more.
    pub(super) fn kill(self) {}

    /// What it died of, as `code`. One that has only stopped talking is killed.
    pub(super) fn death(mut self, code: &'static str) -> AppError {
        let until = Instant::now() + LAST_BREATH;
        let reason = loop {
            match self.child.try_wait() {
                Ok(Some(status)) => break status.to_string(),
                Ok(None) if Instant::now() < until => std::thread::sleep(LOOK),
                Ok(None) => break "silent".to_owned(),
                Err(e) => break e.to_string(),
            }
        };
        let words: Vec<String> = self.last_words.lock().iter().cloned().collect();
        AppError::new(code)
            .with("reason", reason)
            .because(words.join(" | "))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// This program. On Linux by the link that still leads to it after an update has put another one in
/// its place: a worker of another version would not understand us.
fn this_program() -> std::io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}

/// Starts a worker.
pub(super) fn start() -> AppResult<Running> {
    let failed = |e: std::io::Error| AppError::new(codes::INTERNAL).because(e);
    let mut command = Command::new(this_program().map_err(failed)?);
    command
        .arg(SUBCOMMAND)
        .env(MARK, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    out_of_reach(&mut command);
    let mut child = starter::spawn(command).map_err(failed)?;
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(stdin), Some(stdout), Some(stderr)) = pipes else {
        return Err(AppError::new(codes::INTERNAL).because("a pipe is missing"));
    };
    let (send, news) = unbounded();
    let listen = move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            // Native code may print; what is not a line of ours is passed over.
            if let Ok(tell) = serde_json::from_str::<Tell>(&line)
                && send.send(tell).is_err()
            {
                break;
            }
        }
    };
    // A death of either closes its pipe: the worker's end is noticed as any other.
    spawn_named("worker-news", listen, drop)?;
    let last_words: Arc<Mutex<VecDeque<String>>> = Arc::default();
    let words = last_words.clone();
    spawn_named(
        "worker-words",
        move || keep_last_words(stderr, &words),
        drop,
    )?;
    Ok(Running {
        process: Process { child, last_words },
        stdin,
        news,
    })
}

/// Ctrl+C in a terminal goes to everybody in the group: the last words of a live call are still to
/// come then. A worker ends with its host however that ends.
#[cfg(unix)]
fn out_of_reach(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn out_of_reach(_command: &mut Command) {}

fn keep_last_words(stderr: impl Read, words: &Mutex<VecDeque<String>>) {
    for line in BufReader::new(stderr).lines().map_while(Result::ok) {
        let mut words = words.lock();
        if words.len() == LAST_WORDS {
            words.pop_front();
        }
        words.push_back(line);
    }
}
