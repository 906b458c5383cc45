//! What goes on by itself while a workspace is open, and how its troubles are told.

use qinting_desk::*;
use qinting_domain::Slot;
use std::sync::Arc;
use std::thread::JoinHandle;

/// Works on the jobs that go on beside everything else, for as long as it is held.
pub(crate) struct Beside {
    desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

impl Beside {
    /// Looks what there is to do by itself, and begins.
    pub(crate) fn begin(desk: &Arc<Desk>) -> Self {
        if let Err(e) = desk.look_for_cut_off_calls() {
            tracing::error!(error = %e.kind(), "cut-off calls not looked for");
        }
        if let Err(e) = desk.look_at_index() {
            tracing::error!(error = %e.kind(), "the search index is not looked at");
        }
        if let Err(e) = desk.look_at_texts() {
            tracing::error!(error = %e.kind(), "texts not looked at");
        }
        if let Err(e) = desk.look_at_sound() {
            tracing::error!(error = %e.kind(), "what sound tells is not looked at");
        }
        let (works, told) = (desk.clone(), desk.clone());
        let work = move || works.run_jobs(Slot::Beside);
        let thread = spawn_named("beside", work, move |e| tell(&told, e));
        Self {
            desk: desk.clone(),
            thread: thread.map_err(|e| tell(desk, e)).ok(),
        }
    }

    /// Whether anybody works here.
    pub(crate) fn is_at_work(&self) -> bool {
        self.thread.as_ref().is_some_and(|t| !t.is_finished())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.desk.stop_jobs();
        if let Some(thread) = self.thread.take() {
            // What it died of was told by itself.
            let _ = thread.join();
        }
    }
}

/// Tells everybody of something no command answers for.
pub(crate) fn tell(desk: &Desk, e: AppError) {
    tracing::error!(error = %e.kind(), "work in the background");
    desk.tell(RecordEvent::Notice { note: e.note });
}
