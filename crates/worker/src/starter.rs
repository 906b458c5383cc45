//! Starts worker processes, all of them from one thread that lives as long as the program.
//!
//! On Linux a worker asks to be killed when its parent is gone, and the parent is not the process but
//! the *thread* that started it. Whoever needs a worker may be a thread that soon ends: its workers
//! would die with it, in the middle of somebody else's work.

use crossbeam_channel::{Sender, bounded, unbounded};
use parking_lot::Mutex;
use qinting_desk::{AppResult, spawn_named};
use std::io;
use std::process::{Child, Command};

/// A process that is wanted, and where it is waited for.
struct Order {
    command: Command,
    answer: Sender<io::Result<Child>>,
}

static STARTER: Mutex<Option<Sender<Order>>> = Mutex::new(None);

/// Starts `command`. The child belongs to the program, whichever thread calls.
pub(super) fn spawn(command: Command) -> io::Result<Child> {
    let (answer, wait) = bounded(1);
    let orders = starter().map_err(io::Error::other)?;
    orders.send(Order { command, answer }).map_err(|_| gone())?;
    wait.recv().map_err(|_| gone())?
}

fn gone() -> io::Error {
    io::Error::other("nobody starts workers any more")
}

fn starter() -> AppResult<Sender<Order>> {
    let mut starter = STARTER.lock();
    if let Some(orders) = &*starter {
        return Ok(orders.clone());
    }
    let (orders, ordered) = unbounded::<Order>();
    let work = move || {
        for mut order in ordered {
            // Whoever asked may have given up; the child is then dropped, and its stdin with it.
            let _ = order.answer.send(order.command.spawn());
        }
    };
    // The next one who needs a worker starts another one.
    spawn_named("worker-starter", work, |_| *STARTER.lock() = None)?;
    *starter = Some(orders.clone());
    Ok(orders)
}
