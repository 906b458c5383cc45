//! The change feed: what the app tells its hosts, after the commit.

use crate::views::AppEvent;
use parking_lot::RwLock;

/// Receives events; called on the thread that caused them, so it must return at once.
pub type Listener = Box<dyn Fn(&AppEvent) + Send + Sync>;

/// Hands events to every host that listens.
#[derive(Default)]
pub struct Feed {
    listeners: RwLock<Vec<Listener>>,
}

impl Feed {
    /// Adds a listener for the life of the app.
    pub fn subscribe(&self, listener: Listener) {
        self.listeners.write().push(listener);
    }

    /// Tells everyone.
    pub fn tell(&self, event: &AppEvent) {
        for listener in self.listeners.read().iter() {
            listener(event);
        }
    }
}
