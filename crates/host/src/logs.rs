//! Where logs go, and what is kept out of them: what other libraries have to say, and the values a
//! panic was about. Both may hold file names, people and numbers.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{IsTerminal, Write};
use std::panic::PanicHookInfo;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::{EnvFilter, Layer, filter, fmt};

/// Crates whose log lines are written under the rule that they hold ids and codes only.
const OURS: &str = "qinting";

/// Sends logs to stderr. `QINTING_LOG` overrides `default` (the syntax of `RUST_LOG`). Logs carry
/// ids and codes only, at every level.
pub fn init_logs(default: &str) {
    let wanted = EnvFilter::try_from_env("QINTING_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    // Set without the bridge from the `log` crate: only libraries of others write to that one.
    // A second call (tests) keeps the first subscriber.
    let _ = tracing::subscriber::set_global_default(to(wanted, std::io::stderr));
    std::panic::set_hook(Box::new(|panic| say(&place_of(panic))));
}

/// Logs of ours, as far as they are wanted.
fn to<W>(wanted: EnvFilter, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let ours = filter::filter_fn(|about| about.target().starts_with(OURS));
    let lines = fmt::layer()
        .with_writer(writer)
        .with_ansi(std::io::stderr().is_terminal())
        .with_target(true);
    tracing_subscriber::registry()
        .with(wanted)
        .with(lines.with_filter(ours))
}

/// Where a thread of ours went wrong. What it says of it is put together from values, as a rule, and
/// stays out.
fn place_of(panic: &PanicHookInfo<'_>) -> String {
    let thread = std::thread::current();
    let thread = thread.name().unwrap_or("?").to_owned();
    let mut line = match panic.location() {
        Some(at) => format!("panic of {thread} at {}:{}\n", at.file(), at.line()),
        None => format!("panic of {thread}\n"),
    };
    // Names of functions and lines of the source, when somebody asks for them (`RUST_BACKTRACE`).
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured {
        line += &trace.to_string();
    }
    line
}

fn say(line: &str) {
    // Nothing is left to do when even the terminal refuses.
    let _ = std::io::stderr().write_all(line.as_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;
    use parking_lot::Mutex;
    use std::sync::Arc;

    #[derive(Clone, Default)]
    struct Paper(Arc<Mutex<Vec<u8>>>);

    impl Write for Paper {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_other_libraries_say_stays_out_at_every_level() {
        let paper = Paper::default();
        let at = paper.clone();
        let logs = to(EnvFilter::new("trace"), move || at.clone());
        tracing::subscriber::with_default(logs, || {
            tracing::error!(target: "symphonia_core::probe", name = "张三.wav", "theirs");
            tracing::trace!(target: "qinting_audio::ingest", ms = 3, "ours");
        });
        let written = String::from_utf8(paper.0.lock().clone()).expect("UTF-8");
        assert!(
            written.contains("ours") && written.contains("ms"),
            "{written}"
        );
        assert!(!written.contains("theirs"), "{written}");
    }
}
