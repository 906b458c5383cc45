//! How many threads a decoding takes: all useful ones while the machine is free, fewer while it is busy.
//!
//! Whisper's threads wait for each other at every step, spinning: two of them beside one other busy
//! program on two cores take two to four times as long as one.

use crate::header;
use std::path::Path;

/// More threads than this gain nothing on one window.
const MOST_THREADS: usize = 4;
/// What others may take of a core before it is no longer free, in cores.
const SPARE: f32 = 0.35;
/// A look at the load covers at least so much of the machine's time, in clock ticks of one core (0.3 s).
const LEAST_TICKS: u64 = 30;

/// Decides anew before each decoding.
#[derive(Debug)]
pub(crate) struct Threads {
    most: usize,
    /// Somebody named a number.
    is_fixed: bool,
    last: Option<Load>,
    now: usize,
}

impl Threads {
    /// For the model in `model`: `asked`, or with 0 what the load leaves.
    pub(crate) fn wanted(asked: u16, model: &Path) -> Self {
        let most = threads_for(asked, model);
        Self {
            most,
            is_fixed: asked != 0,
            last: Load::read(),
            now: most,
        }
    }

    /// Threads for the next decoding.
    pub(crate) fn now(&mut self) -> usize {
        if !self.is_fixed && self.most > 1 {
            self.follow(Load::read());
        }
        self.now
    }

    fn follow(&mut self, load: Option<Load>) {
        let (Some(last), Some(load)) = (self.last, load) else {
            self.last = load;
            return;
        };
        if let Some(free) = load.free_since(&last) {
            self.now = ((free + SPARE).max(0.0) as usize).clamp(1, self.most);
            self.last = Some(load);
        }
    }
}

/// What the machine and this process did so far, in clock ticks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Load {
    cores: u64,
    /// Of all cores together.
    all: u64,
    busy: u64,
    own: u64,
}

impl Load {
    /// Where the system tells; nothing elsewhere, and then the load is not followed.
    fn read() -> Option<Self> {
        let stat = std::fs::read_to_string("/proc/stat").ok()?;
        let own = std::fs::read_to_string("/proc/self/stat").ok()?;
        Self::of(&stat, &own)
    }

    /// From the texts of `/proc/stat` and `/proc/self/stat` (proc_stat(5), proc_pid_stat(5)).
    fn of(stat: &str, own: &str) -> Option<Self> {
        let mut lines = stat.lines();
        let ticks: Vec<u64> = lines
            .next()?
            .strip_prefix("cpu ")?
            .split_whitespace()
            .map_while(|n| n.parse().ok())
            .collect();
        // user, nice, system, idle, iowait, irq, softirq, steal; guest time is in user already.
        let all: u64 = ticks.iter().take(8).sum();
        let idle = ticks.get(3)? + ticks.get(4)?;
        let cores = lines.take_while(|l| l.starts_with("cpu")).count() as u64;
        let fields: Vec<&str> = own.rsplit_once(')')?.1.split_whitespace().collect();
        let own = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
        Some(Self {
            cores,
            all,
            busy: all - idle,
            own,
        })
    }

    /// Cores that others left since `last`; nothing when that was only just now.
    fn free_since(&self, last: &Self) -> Option<f32> {
        let all = self.all.checked_sub(last.all)?;
        if all < LEAST_TICKS * self.cores.max(1) {
            return None;
        }
        let others = self
            .busy
            .saturating_sub(last.busy)
            .saturating_sub(self.own.saturating_sub(last.own));
        let cores = self.cores as f32;
        Some(cores - others as f32 / all as f32 * cores)
    }
}

/// Threads for one decoding with the model in `model`: `asked`, or with 0 physical cores, at most
/// [`MOST_THREADS`]. More threads than cores make whisper's spinning barriers ten times slower. A
/// toy model gets one: its steps are so small that threads would do nothing but wait for each
/// other, for minutes where something else is busy too (40 s with one, over ten minutes with two,
/// for five minutes of sound on two cores that were building a program).
pub fn threads_for(asked: u16, model: &Path) -> usize {
    let header = || header::ModelHeader::read(model).ok().flatten();
    match asked {
        0 if header().is_some_and(|h| h.is_toy()) => 1,
        0 => physical_cores().clamp(1, MOST_THREADS),
        asked => usize::from(asked),
    }
}

fn physical_cores() -> usize {
    let logical = std::thread::available_parallelism().map_or(1, usize::from);
    let mut cores = std::collections::BTreeSet::new();
    for cpu in 0..logical {
        let file = format!("/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list");
        let Ok(siblings) = std::fs::read_to_string(file) else {
            return logical;
        };
        cores.insert(siblings);
    }
    cores.len().max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn threads_follow_the_request_and_else_the_model_and_the_cores() {
        let demo = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../assets/demo/qinting-demo-q5_0.bin"
        ));
        assert_eq!(threads_for(3, demo), 3);
        assert_eq!(threads_for(0, demo), 1);
        let cores = physical_cores().clamp(1, MOST_THREADS);
        assert_eq!(threads_for(0, Path::new("any other model")), cores);
    }

    /// A second of two cores in which others and we were busy for so many hundredths.
    fn after(others: u64, own: u64) -> Threads {
        let begin = Load {
            cores: 2,
            all: 10_000,
            busy: 4_000,
            own: 1_000,
        };
        let mut threads = Threads {
            most: 2,
            is_fixed: false,
            last: Some(begin),
            now: 2,
        };
        threads.follow(Some(Load {
            all: begin.all + 200,
            busy: begin.busy + others + own,
            own: begin.own + own,
            ..begin
        }));
        threads
    }

    #[rstest]
    #[case::nobody(0, 200, 2)]
    #[case::a_player(30, 170, 2)]
    #[case::a_program(67, 133, 1)]
    #[case::a_program_and_we_take_one(100, 100, 1)]
    #[case::everybody(180, 20, 1)]
    fn a_busy_core_takes_a_thread(#[case] others: u64, #[case] own: u64, #[case] want: usize) {
        assert_eq!(after(others, own).now, want);
    }

    #[test]
    fn a_machine_that_is_free_again_gets_them_back() {
        let mut threads = after(100, 100);
        let last = threads.last.unwrap();
        let moment = Load {
            all: last.all + 20,
            ..last
        };
        threads.follow(Some(moment));
        assert_eq!(threads.now, 1, "a moment says nothing");
        threads.follow(Some(Load {
            all: last.all + 200,
            busy: last.busy + 100,
            own: last.own + 100,
            ..last
        }));
        assert_eq!(threads.now, 2);
    }

    #[test]
    fn what_the_system_tells_is_read() {
        let stat = "cpu  100 20 30 400 50 1 2 3 9 9\ncpu0 50 1 1\ncpu1 50 1 1\nintr 1\n";
        let own = "77 (a ) b) S 1 1 1 0 -1 4 1 0 0 0 40 5 0 0 20 0 1 0 9";
        let load = Load::of(stat, own).unwrap();
        let want = Load {
            cores: 2,
            all: 606,
            busy: 156,
            own: 45,
        };
        assert_eq!(load, want);
        assert_eq!(Load::of("", own), None);
    }
}
