//! A call that is listened to through the command line, while it happens.

use crate::sound::Speaker;
use qinting_testkit::cli::{Ended, Home};
use qinting_testkit::process::{Signal, signal};
use qinting_testkit::wait::wait;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Somebody who listens is given this long to begin, to tell something, and to end: a busy machine
/// loads a model in it.
const LIMIT: Duration = Duration::from_secs(30);

/// A line of `qinting live record --json`, and when it came.
#[derive(Clone, Debug)]
pub struct Line {
    /// When it was read.
    pub at: Instant,
    /// What it says.
    pub said: Value,
}

impl Line {
    /// Whether it is of this kind: `begun`, `status`, `marked`, …
    pub fn is(&self, kind: &str) -> bool {
        self.said["live"] == kind
    }

    /// A number of it.
    ///
    /// # Panics
    /// When it has no such number.
    #[track_caller]
    pub fn number(&self, name: &str) -> u64 {
        self.said[name]
            .as_u64()
            .unwrap_or_else(|| panic!("no {name} in {}", self.said))
    }
}

/// `qinting live record`, running. Killed when dropped.
pub struct Listening {
    child: Child,
    keys: Option<ChildStdin>,
    lines: Receiver<Line>,
    /// Everything that was said until now.
    pub heard: Vec<Line>,
}

impl Listening {
    /// Begins to listen with `qinting live record --json ARGS` and waits until the call's clock runs.
    ///
    /// # Panics
    /// When it does not begin.
    pub fn begin<S: AsRef<std::ffi::OsStr>>(
        home: &Home,
        speaker: Option<&Speaker>,
        args: impl IntoIterator<Item = S>,
    ) -> Self {
        let mut this = Self::start(home, speaker, args);
        this.until("the call begins", |line| line.is("begun").then_some(()));
        this
    }

    /// The same without waiting for anything.
    ///
    /// # Panics
    /// When the program does not start.
    pub fn start<S: AsRef<std::ffi::OsStr>>(
        home: &Home,
        speaker: Option<&Speaker>,
        args: impl IntoIterator<Item = S>,
    ) -> Self {
        let mut command = home.command(["live", "record", "--json"]);
        command.args(args);
        if let Some(speaker) = speaker {
            speaker.lend(&mut command);
        }
        Self::of(command)
    }

    fn of(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("qinting starts");
        let out = child.stdout.take().expect("standard output was piped");
        let (send, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(out).lines().map_while(Result::ok) {
                let at = Instant::now();
                // What is no object of its own, such as an error over several lines, is in the way here.
                let said = serde_json::from_str(&line).unwrap_or(Value::String(line));
                if send.send(Line { at, said }).is_err() {
                    return;
                }
            }
        });
        Self {
            keys: child.stdin.take(),
            child,
            lines,
            heard: Vec::new(),
        }
    }

    /// Process id.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Listens on until a line says what is waited for.
    ///
    /// # Panics
    /// When none does, or the program ends before.
    #[track_caller]
    pub fn until<T>(&mut self, what: &str, mut said: impl FnMut(&Line) -> Option<T>) -> T {
        let end = Instant::now() + LIMIT;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(line) = self.lines.recv_timeout(left) else {
                panic!("in vain: {what}; {}", self.last_words());
            };
            self.heard.push(line);
            if let Some(value) = self.heard.last().and_then(&mut said) {
                return value;
            }
        }
    }

    /// The next status.
    #[track_caller]
    pub fn status(&mut self) -> Line {
        self.until("a status", |line| line.is("status").then(|| line.clone()))
    }

    /// Waits until the call's clock has reached this moment.
    #[track_caller]
    pub fn until_ms(&mut self, ms: u64) -> Line {
        self.until("the clock goes on", |line| {
            (line.is("status") && line.number("position_ms") >= ms).then(|| line.clone())
        })
    }

    /// Types a line: `m TEXT`, `p`, `r`, `q`.
    ///
    /// # Panics
    /// When the program is gone.
    pub fn type_line(&mut self, line: &str) {
        let keys = self.keys.as_mut().expect("standard input was piped");
        writeln!(keys, "{line}").expect("the program reads its keys");
    }

    /// Lets `work` happen while the program stands still.
    pub fn held(&self, work: impl FnOnce()) {
        self.tell(Signal::STOP);
        work();
        self.tell(Signal::CONT);
    }

    fn tell(&self, what: Signal) {
        assert!(signal(self.child.id(), what), "the program runs");
    }

    /// Ends the call as Ctrl+C or the end of a session does; gives its last line.
    ///
    /// # Panics
    /// When it does not end well.
    #[track_caller]
    pub fn stop(mut self) -> (Line, Vec<Line>) {
        self.tell(Signal::TERM);
        let last = self.until("the call ends", |line| {
            line.is("ended").then(|| line.clone())
        });
        let status = self.ends();
        assert_eq!(status, Some(0), "{}", self.last_words());
        (last, std::mem::take(&mut self.heard))
    }

    /// Kills it as a power cut does; gives everything that was said before.
    pub fn kill(mut self) -> Vec<Line> {
        self.tell(Signal::KILL);
        self.ends();
        self.heard.extend(self.lines.iter());
        std::mem::take(&mut self.heard)
    }

    /// How a program ends that was not told to: its exit code and what it said.
    pub fn ended(mut self) -> Ended {
        let code = self.ends().unwrap_or(-1);
        self.heard.extend(self.lines.iter());
        let out: String = self
            .heard
            .iter()
            .map(|line| format!("{}\n", line.said))
            .collect();
        let err = self.complaints();
        Ended { code, out, err }
    }

    fn ends(&mut self) -> Option<i32> {
        let child = &mut self.child;
        wait("qinting ends", LIMIT, || {
            child.try_wait().expect("our own child")
        })
        .code()
    }

    fn complaints(&mut self) -> String {
        let mut said = String::new();
        if let Some(err) = &mut self.child.stderr {
            let _ = err.read_to_string(&mut said);
        }
        said
    }

    /// What helps to understand a failure. Ends the program.
    fn last_words(&mut self) -> String {
        let _ = self.child.kill();
        let complaints = self.complaints();
        let last: Vec<_> = self.heard.iter().rev().take(5).collect();
        format!("last lines {last:?}; standard error: {complaints}")
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
