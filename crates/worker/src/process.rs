//! A worker process: started, listened to, and asked what it died of.

use super::checked::Broken;
use super::line::{Line, NewLine};
use super::lines::Lines;
use super::wire::Tell;
use super::{MARK, SUBCOMMAND, environment, limits, starter};
use crossbeam_channel::{Receiver, Sender, bounded};
use qinting_desk::{AppError, AppResult, codes, spawn_named};
use serde_json::Value;
use std::io::{BufReader, ErrorKind, Read};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longest line a worker may tell anything in; bytes.
const LONGEST_NEWS: usize = 2 << 20;
/// News that wait for the host. A worker that tells more than is taken waits, too.
const WAITING_NEWS: usize = 256;
/// Native code may print; more lines than this that are none of ours are no accident.
const FOREIGN_LINES: u32 = 10_000;
/// A worker whose line is closed is on its way out; it gets this long.
const LAST_BREATH: Duration = Duration::from_secs(2);
const LOOK: Duration = Duration::from_millis(5);

/// A running worker and both ends of the line to it.
pub(super) struct RunningWorker {
    pub(super) process: Process,
    pub(super) line: Line,
    pub(super) news: Receiver<Said>,
}

/// What comes out of a worker.
pub(super) enum Said {
    /// A line of ours. What it says is not checked yet.
    Told(Tell),
    /// What no worker of ours says; nothing comes after it.
    Nonsense(Broken),
}

/// The process; it ends with this value.
pub(super) struct Process {
    child: Child,
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
        AppError::new(code).with("reason", reason)
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
pub(super) fn this_program() -> std::io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        return Ok(PathBuf::from("/proc/self/exe"));
    }
    std::env::current_exe()
}

/// Starts a worker.
pub(super) fn start() -> AppResult<RunningWorker> {
    let failed = |e: std::io::Error| AppError::new(codes::INTERNAL).because(e);
    let mut command = Command::new(this_program().map_err(failed)?);
    command
        .arg(SUBCOMMAND)
        .env_clear()
        .envs(environment::kept())
        .env(MARK, "1")
        .stdout(Stdio::piped())
        // What native code prints there may hold names and words of the file it works on.
        .stderr(Stdio::null());
    limits::out_of_reach(&mut command);
    let line = NewLine::to(&mut command).map_err(failed)?;
    let mut child = starter::spawn(command).map_err(failed)?;
    let pipes = (line.ours(&mut child), child.stdout.take());
    let (Some(line), Some(stdout)) = pipes else {
        return Err(AppError::new(codes::INTERNAL).because("a pipe is missing"));
    };
    let (send, news) = bounded(WAITING_NEWS);
    let listen = move || take_news(stdout, &send);
    // Its death closes the pipe: the worker's end is noticed as any other.
    spawn_named("worker-news", listen, drop)?;
    Ok(RunningWorker {
        process: Process { child },
        line,
        news,
    })
}

/// Whether a line says that it is of ours.
fn is_news(line: &[u8]) -> bool {
    let line = serde_json::from_slice::<Value>(line);
    line.is_ok_and(|line| line.get("news").is_some())
}

fn take_news(stdout: impl Read, send: &Sender<Said>) {
    let mut lines = Lines::new(BufReader::new(stdout), LONGEST_NEWS);
    let mut foreign = 0;
    loop {
        let said = match lines.next() {
            Ok(Some(line)) => match serde_json::from_slice::<Tell>(&line) {
                Ok(tell) => Said::Told(tell),
                Err(_) if is_news(&line) => Said::Nonsense(Broken("news that can be read")),
                Err(_) if foreign < FOREIGN_LINES => {
                    foreign += 1;
                    continue;
                }
                Err(_) => Said::Nonsense(Broken("lines of ours")),
            },
            Err(e) if e.kind() == ErrorKind::InvalidData => {
                Said::Nonsense(Broken("lines of a bounded length"))
            }
            Ok(None) | Err(_) => return,
        };
        let is_last = matches!(said, Said::Nonsense(_));
        if send.send(said).is_err() || is_last {
            return;
        }
    }
}
