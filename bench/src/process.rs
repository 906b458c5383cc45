//! Memory and work of processes, from `/proc`.

use qinting_testkit::process::{ticks, tree};
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often the memory of a process tree is looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Processor time of this process and all it started that is alive, in ticks of the system.
pub(crate) fn ticks_tree() -> u64 {
    tree(std::process::id()).into_iter().map(ticks).sum()
}

/// The most resident bytes that one of the processes this one started ever had.
pub(crate) fn most_resident_below() -> u64 {
    let below = tree(std::process::id()).into_iter().skip(1);
    let most = |pid| field(&format!("/proc/{pid}/status"), "VmHWM:");
    below.map(most).max().unwrap_or(0)
}

/// The program a process runs.
pub(crate) fn runs(pid: u32, program: &Path) -> bool {
    fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == program)
}

/// Resident bytes of a process.
fn resident(pid: u32) -> u64 {
    field(&format!("/proc/{pid}/status"), "VmRSS:")
}

/// Resident bytes of a process, pages it shares counted in parts.
pub(crate) fn proportional(pid: u32) -> u64 {
    field(&format!("/proc/{pid}/smaps_rollup"), "Pss:")
}

fn field(file: &str, name: &str) -> u64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|l| l.strip_prefix(name));
    let kb: u64 = line
        .and_then(|l| l.split_whitespace().next()?.parse().ok())
        .unwrap_or(0);
    kb * 1024
}

/// Resident bytes of this process and all it started.
pub(crate) fn resident_tree() -> u64 {
    tree(std::process::id()).into_iter().map(resident).sum()
}

/// Watches the memory of this process and all it starts until it is asked for the peak.
pub(crate) struct Peak {
    stop: Arc<AtomicBool>,
    most: Arc<AtomicU64>,
    watcher: JoinHandle<()>,
}

impl Peak {
    pub fn watch() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let most = Arc::new(AtomicU64::new(0));
        let (until, seen) = (stop.clone(), most.clone());
        let watcher = std::thread::spawn(move || {
            while !until.load(Ordering::Relaxed) {
                seen.fetch_max(resident_tree(), Ordering::Relaxed);
                std::thread::sleep(LOOK);
            }
        });
        Self {
            stop,
            most,
            watcher,
        }
    }

    /// The most bytes seen.
    pub fn end(self) -> u64 {
        self.stop.store(true, Ordering::Relaxed);
        // The watcher does nothing that could panic.
        let _ = self.watcher.join();
        self.most.load(Ordering::Relaxed)
    }
}
