//! What goes on by itself while a workspace is open, and how its troubles are told.

use qinting_app::*;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

/// Between two steps of renewing the search index, so that marks and calls get their turn.
const INDEX_RESTS: Duration = Duration::from_millis(5);

/// Puts calls on record that a dead process left, and takes their sound in in the background.
pub(crate) fn recover(app: &Arc<App>) -> Option<JoinHandle<()>> {
    match app.look_for_cut_off_calls() {
        Ok(found) => found.and_then(|recovery| {
            let told = app.clone();
            let take_in = spawn_named(
                "recovery",
                move || recovery.take_in(),
                move |e| tell(&told, e),
            );
            take_in.map_err(|e| tell(app, e)).ok()
        }),
        Err(e) => {
            tracing::error!(error = %e.kind(), "cut-off calls not looked for");
            None
        }
    }
}

/// Brings the search index to the present rules, as far as the process lives.
pub(crate) fn renew(app: &Arc<App>, cancel: &Cancel) -> Option<JoinHandle<()>> {
    let (renewed, told, cancel) = (app.clone(), app.clone(), cancel.clone());
    let work = move || {
        let rest = || std::thread::sleep(INDEX_RESTS);
        if let Err(e) = renewed.renew_index(&cancel, &rest) {
            tracing::warn!(
                code = e.code(),
                "the search index is renewed further at the next start"
            );
        }
    };
    let thread = spawn_named("index", work, move |e| tell(&told, e));
    thread.map_err(|e| tell(app, e)).ok()
}

/// Tells everybody of something no command answers for.
pub(crate) fn tell(app: &App, e: AppError) {
    tracing::error!(error = %e.kind(), "work in the background");
    app.tell(&AppEvent::Notice { note: e.note });
}
