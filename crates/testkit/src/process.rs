//! Processes: whose they are, whether they live, what becomes of them. Known where there is `/proc`;
//! elsewhere there are none.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

/// Whether a program is installed.
pub fn is_installed(program: &str) -> bool {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|dir| dir.join(&file).is_file()))
}

/// A command that the kernel ends together with this test. Only what no program runs without and what
/// is set later reach it, so that nothing of the person who runs the test leaks in.
pub fn private(program: impl AsRef<OsStr>) -> Command {
    let program = program.as_ref();
    let mut command = if is_installed("setpriv") {
        let mut command = Command::new("setpriv");
        command.args(["--pdeathsig", "KILL", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.env_clear();
    for name in ["PATH", "SystemRoot"] {
        command.envs(std::env::var_os(name).map(|value| (name, value)));
    }
    command
}

/// What `/proc/PID/stat` says behind the name: state, parent, and so on.
fn stat(pid: u32) -> Option<Vec<String>> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name in brackets may hold anything, brackets too.
    let after = stat.rsplit_once(')')?.1;
    Some(after.split_whitespace().map(str::to_owned).collect())
}

/// The parent of a process that lives. One that is dead and still has an entry does not.
fn living_child_of(pid: u32) -> Option<u32> {
    let stat = stat(pid)?;
    let parent = stat.get(1)?.parse().ok();
    parent.filter(|_| stat[0] != "Z")
}

/// Whether a process is there.
pub fn is_alive(pid: u32) -> bool {
    living_child_of(pid).is_some()
}

/// Processor time a process has spent, in ticks of the system.
pub fn ticks(pid: u32) -> u64 {
    let stat = stat(pid).unwrap_or_default();
    let spent = stat.iter().skip(11).take(2);
    spent.filter_map(|ticks| ticks.parse::<u64>().ok()).sum()
}

/// Living processes with their parents.
fn all() -> Vec<(u32, u32)> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|e| e.file_name().to_str()?.parse().ok());
    let family = pids.filter_map(|pid| Some((pid, living_child_of(pid)?)));
    family.collect()
}

fn started_by(parent: u32, all: &[(u32, u32)]) -> impl Iterator<Item = u32> {
    let started = all.iter().filter(move |(_, by)| *by == parent);
    started.map(|(pid, _)| *pid)
}

/// Living processes that a process has started, whichever of its threads did.
pub fn children(pid: u32) -> Vec<u32> {
    started_by(pid, &all()).collect()
}

/// Living processes that this one has started.
pub fn own_children() -> Vec<u32> {
    children(std::process::id())
}

/// A process and all that it started.
pub fn tree(root: u32) -> Vec<u32> {
    let all = all();
    let mut tree = vec![root];
    let mut next = 0;
    while let Some(&parent) = tree.get(next) {
        tree.extend(started_by(parent, &all));
        next += 1;
    }
    tree
}

/// Whether a process is a worker of the program.
pub fn is_worker(pid: u32) -> bool {
    let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    line.split('\0').nth(1) == Some("worker")
}

#[cfg(unix)]
pub use rustix::process::Signal;

/// Sends a signal to a process. Tells whether it was there.
#[cfg(unix)]
pub fn signal(pid: u32, signal: Signal) -> bool {
    let pid = i32::try_from(pid).ok();
    let pid = pid.and_then(rustix::process::Pid::from_raw);
    pid.is_some_and(|pid| rustix::process::kill_process(pid, signal).is_ok())
}
