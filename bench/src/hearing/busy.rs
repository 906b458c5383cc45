//! Once more with one core kept busy by somebody else. Told, not promised.

use super::{Engines, call, live};
use crate::report::{Row, say};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// A thread that keeps a core busy until it is dropped.
struct Spinner {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Spinner {
    fn start() -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let until = stop.clone();
        let thread = std::thread::spawn(move || {
            while !until.load(Ordering::Relaxed) {
                std::hint::spin_loop();
            }
        });
        Self {
            stop,
            thread: Some(thread),
        }
    }
}

impl Drop for Spinner {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        // It does nothing that could panic.
        let _ = self.thread.take().map(JoinHandle::join);
    }
}

pub(super) fn measure(engines: &mut Engines, pairs: u32) -> anyhow::Result<Vec<Row>> {
    say("keeping one core busy");
    let _spinner = Spinner::start();
    let Some(lived) = live::lived(engines)? else {
        let why = "no call in the shared data";
        return Ok(vec![Row::skipped("with one core busy", why, "")]);
    };
    let ((p50, p95), settled) = (lived.first(), lived.settled().1);
    let kept = if p95 <= 4.0 { "kept" } else { "not kept" };
    let settled = if settled.is_nan() {
        "none".into()
    } else {
        format!("p95 {settled:.2} s")
    };
    let mut rows = vec![
        Row::told(
            "one core busy: end of utterance to first final",
            format!("p50 {p50:.2} p95 {p95:.2} s ({kept})"),
        ),
        Row::told("  until doubt was settled", settled),
        Row::told(
            "  batch wall, ours / bare",
            call::open_call(engines, pairs)?.wall_words(),
        ),
    ];
    if let Some(dense) = call::dense_call(engines, pairs)? {
        rows.push(Row::told("  on a dense composed call", dense.wall_words()));
    }
    Ok(rows)
}
