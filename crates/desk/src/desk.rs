//! One machine with sound: a workspace, and what this machine does in it.

use crate::event::{AppEvent, DeskEvent, Listener};
use crate::imports::batches::Imports;
use crate::jobs::under_way::Runner;
use crate::live::now::Live;
use crate::machine::Machine;
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::{PersonId, Sha256};
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A workspace opened on a machine with sound.
pub struct Desk {
    app: Arc<App>,
    pub(crate) machine: Machine,
    feed: Feed<AppEvent>,
    pub(crate) imports: Imports,
    pub(crate) runner: Runner,
    pub(crate) live: Arc<Live>,
    pub(crate) downloads: Mutex<HashMap<String, Cancel>>,
    /// Readings of all media files that go on.
    pub(crate) reading_media: Mutex<Vec<Cancel>>,
    /// The sound that is loaded in the player, by its hash.
    pub(crate) loaded: Mutex<Sha256>,
    /// Who hears what plays.
    pub(crate) ears: crate::player::Ears,
}

impl Deref for Desk {
    type Target = App;

    fn deref(&self) -> &App {
        &self.app
    }
}

impl Desk {
    /// Opens a workspace on a machine.
    pub fn start(ports: Ports, machine: Machine, about: About) -> AppResult<Arc<Self>> {
        let live = Arc::new(Live::new(machine.capture_lock.clone()));
        let app = App::start(ports, live.clone(), about)?;
        let desk = Arc::new(Self {
            app,
            machine,
            feed: Feed::default(),
            imports: Imports::default(),
            runner: Runner::default(),
            live,
            downloads: Mutex::default(),
            reading_media: Mutex::default(),
            loaded: Mutex::default(),
            ears: crate::player::Ears::default(),
        });
        desk.listen();
        Ok(desk)
    }

    /// What becomes of records is told on, and heard here too.
    fn listen(self: &Arc<Self>) {
        let weak = Arc::downgrade(self);
        self.app.on_record(Box::new(move |event| {
            if let Some(desk) = weak.upgrade() {
                desk.tell(event.clone());
                desk.follow(event);
                desk.look_at_changed_sound(event);
            }
        }));
        let weak = Arc::downgrade(self);
        self.app.on_queued(Box::new(move |_| {
            if let Some(desk) = weak.upgrade() {
                desk.runner.wake();
            }
        }));
        if let Some(player) = &self.machine.player {
            let weak = Arc::downgrade(self);
            let stopped = crate::player::keep_what_is_heard(&weak);
            let played = AtomicBool::new(false);
            player.on_state(Box::new(move |state| {
                // The player's own thread does not wait for what it is asked itself.
                if played.swap(state.playing, Ordering::Relaxed) && !state.playing {
                    stopped();
                }
                if let Some(desk) = weak.upgrade() {
                    desk.tell(DeskEvent::Player { state });
                }
            }));
        }
    }

    /// Adds a listener to what happens here.
    pub fn on_event(&self, listener: Listener) {
        self.feed.subscribe(listener);
    }

    /// Tells the hosts something.
    pub fn tell(&self, event: impl Into<AppEvent>) {
        self.feed.tell(&event.into());
    }

    /// The records of it.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }
}

/// Somebody who acts at a desk: what they do with records, and with sound. Clones share the person.
#[derive(Clone)]
pub struct AtDesk {
    pub(crate) desk: Arc<Desk>,
    acting: Acting,
}

impl Deref for AtDesk {
    type Target = Acting;

    fn deref(&self) -> &Acting {
        &self.acting
    }
}

impl AtDesk {
    /// `actor` acts.
    pub fn new(desk: Arc<Desk>, actor: PersonId) -> Self {
        let acting = Acting::new(desk.app().clone(), actor);
        Self { desk, acting }
    }

    /// The machine goes on with what `actor` began.
    pub(crate) fn machine(desk: Arc<Desk>, actor: PersonId) -> Self {
        let acting = Acting::machine(desk.app().clone(), actor);
        Self { desk, acting }
    }

    /// The desk.
    pub fn desk(&self) -> &Arc<Desk> {
        &self.desk
    }
}
