//! Programs that run beside a test and end with it.

use qinting_testkit::process::children;
use std::fs::File;
use std::io::Read;
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A program in the background. It is killed, with everything it started, when this is dropped,
/// and by the kernel when the test itself is killed.
pub struct Background {
    child: Child,
}

impl Background {
    /// Starts `command`, what it says going to `log`.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(name: &str, mut command: Command, log: &Path) -> Self {
        command.stdout(append(log));
        Self::spawn(name, command, log)
    }

    /// The same, and waits for the first line of its standard output.
    ///
    /// # Panics
    /// When it cannot be started, or ends without a word.
    pub fn start_and_listen(name: &str, mut command: Command, log: &Path) -> (Self, String) {
        command.stdout(Stdio::piped());
        let mut this = Self::spawn(name, command, log);
        let out = this
            .child
            .stdout
            .as_mut()
            .expect("standard output was piped");
        let mut line = Vec::new();
        let mut byte = [0];
        while out.read(&mut byte).is_ok_and(|n| n == 1) && byte[0] != b'\n' {
            line.push(byte[0]);
        }
        assert!(
            !line.is_empty(),
            "{name} ended without a word, see {}",
            log.display()
        );
        (this, String::from_utf8_lossy(&line).into_owned())
    }

    fn spawn(name: &str, mut command: Command, log: &Path) -> Self {
        command
            .stdin(Stdio::null())
            .stderr(append(log))
            .process_group(0);
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        Self { child }
    }

    /// Process id, which is also the id of its process group.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Processes it started itself.
    pub fn children(&self) -> Vec<u32> {
        children(self.pid())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.pid())
            .ok()
            .and_then(rustix::process::Pid::from_raw)
        {
            // A group that is gone already is what we want.
            let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
        }
        let _ = self.child.wait();
    }
}

fn append(log: &Path) -> File {
    File::options()
        .create(true)
        .append(true)
        .open(log)
        .expect("the log can be written")
}

/// A port nobody listens on.
pub fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .and_then(|listener| listener.local_addr())
        .expect("a local port can be had")
        .port()
}
