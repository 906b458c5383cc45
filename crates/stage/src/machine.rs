//! The machine of a stage: time, sound and speech that are told what to do.

use crate::clock::StageClock;
use crate::ears::{Listening, ToldEars};
use crate::models::ToldShelf;
use crate::player::SilentPlayer;
use crate::sound::{Devices, ToldSound};
use crate::written::{Decoder, Held, Peaks, Reader};
use qinting_domain::UnixMs;
use qinting_host::Given;
use std::path::Path;
use std::sync::Arc;

/// A machine nobody has told anything yet.
#[derive(Clone)]
pub(crate) struct Machine {
    pub clock: Arc<StageClock>,
    pub player: Arc<SilentPlayer>,
    pub shelf: Arc<ToldShelf>,
    pub sound: Arc<ToldSound>,
    pub ears: Arc<ToldEars>,
    pub reader: Arc<Reader>,
    /// Decoding and hearing stand while somebody holds them.
    pub held: Arc<Held>,
    /// Measuring does while somebody holds that.
    pub measuring: Arc<Held>,
}

impl Machine {
    /// One whose clock shows a time, and whose models would lie in a folder.
    pub fn at(now: Option<UnixMs>, models: &Path) -> Self {
        let clock = Arc::new(StageClock::at(now));
        let ears = Arc::new(ToldEars::default());
        let held = Arc::new(Held::default());
        Self {
            player: Arc::default(),
            shelf: Arc::new(ToldShelf::at(models)),
            sound: Arc::new(ToldSound::new(clock.clone(), ears.clone())),
            reader: Arc::new(Reader::held_by(held.clone())),
            clock,
            ears,
            held,
            measuring: Arc::default(),
        }
    }

    /// What a host is given of it.
    pub fn given(&self) -> Given {
        Given {
            clock: self.clock.clone(),
            player: Some(self.player.clone()),
            capture: Arc::new(Devices(self.sound.clone())),
            decoder: Arc::new(Decoder {
                held: self.held.clone(),
                ears: self.ears.clone(),
            }),
            audio: Arc::new(Peaks {
                held: self.measuring.clone(),
            }),
            transcriber: self.reader.clone(),
            ears: Arc::new(Listening(self.ears.clone())),
            models: self.shelf.clone(),
        }
    }
}
