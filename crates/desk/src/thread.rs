//! Threads that are missed when they die.

use qinting_app::*;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::{Builder, JoinHandle};

/// Starts a thread under a name. When `work` panics the thread does not vanish: `on_death` is called
/// on it with `thread.died`, and whoever waits for the work is told there. Errors: `internal` when
/// the system gives no thread.
pub fn spawn_named(
    what: &'static str,
    work: impl FnOnce() + Send + 'static,
    on_death: impl FnOnce(AppError) + Send + 'static,
) -> AppResult<JoinHandle<()>> {
    Builder::new()
        .name(what.to_owned())
        .spawn(move || {
            if let Err(died) = surviving(what, work) {
                on_death(died);
            }
        })
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))
}

/// Does `work` on this thread; a panic in it is `thread.died` with `what`.
pub fn surviving<T>(what: &'static str, work: impl FnOnce() -> T) -> AppResult<T> {
    // What the work was at is given up with it: nobody sees it half done.
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        tracing::error!(what, "a thread died");
        AppError::new(codes::THREAD_DIED).with("what", what)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::bounded;

    #[test]
    fn a_thread_that_dies_is_told() {
        let (told, deaths) = bounded(1);
        let thread = spawn_named(
            "test",
            || panic!("as it must"),
            move |e| {
                // The test may have given up.
                let _ = told.send(e);
            },
        );
        thread.unwrap().join().unwrap();
        let death = deaths.try_recv().unwrap();
        assert_eq!(death.code(), codes::THREAD_DIED);
        assert_eq!(death.note.args["what"], "test");
    }

    #[test]
    fn a_thread_that_ends_in_order_tells_nothing() {
        let (told, deaths) = bounded::<AppError>(1);
        let on_death = move |e| drop(told.send(e));
        let thread = spawn_named("test", || {}, on_death);
        thread.unwrap().join().unwrap();
        assert!(deaths.try_recv().is_err());
    }
}
