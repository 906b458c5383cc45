//! What somebody heard, on its way into the records.

use crate::desk::Desk;
use crate::ports::HeardStretch;
use crate::thread::spawn_named;
use parking_lot::Mutex;
use qinting_app::*;
use qinting_domain::*;
use std::sync::Weak;
use std::sync::mpsc::channel;

/// Nobody hears anything in less than this.
const SHORTEST_MS: u64 = 1_000;
/// How it is refused where there is no recording to tell it of: sound that belongs to none (a test recording),
/// one that went for good, or into the bin. It would be refused again and again.
const NOWHERE: [&str; 3] = [codes::INVALID, codes::NOT_FOUND, codes::CASE_IN_BIN];
/// So many stretches wait at most while they cannot be written.
const MOST_WAITING: usize = 1_000;

/// Who listens here, and what of it is not written yet.
#[derive(Default)]
pub(crate) struct Ears {
    listener: Mutex<Option<PersonId>>,
    waiting: Mutex<Vec<Listening>>,
}

/// Something that keeps what was heard whenever it is called, from whatever thread, as long as the desk is
/// there.
pub(crate) fn keep_what_is_heard(desk: &Weak<Desk>) -> impl Fn() + Send + use<> {
    let (asked, asks) = channel();
    let desk = desk.clone();
    let work = move || {
        while asks.recv().is_ok() {
            if let Some(desk) = desk.upgrade() {
                desk.keep_heard();
            }
        }
    };
    // It is kept with the next beat all the same.
    let on_death = |e: AppError| tracing::error!(code = e.code(), "what was heard is kept later");
    if let Err(e) = spawn_named("heard", work, on_death) {
        tracing::error!(code = e.code(), "what was heard is kept later");
    }
    move || {
        let _ = asked.send(());
    }
}

impl Desk {
    /// From now on it is this person who hears what plays.
    pub(crate) fn is_heard_by(&self, person: PersonId) {
        let before = *self.ears.listener.lock();
        if before != Some(person) {
            self.keep_heard();
            *self.ears.listener.lock() = Some(person);
        }
    }

    /// Writes down what was heard since the last time. What cannot be written waits for the next time.
    /// Never from the player's own thread: it is asked, and waited for.
    pub fn keep_heard(&self) {
        let (Some(player), Some(person)) = (&self.machine.player, *self.ears.listener.lock())
        else {
            return;
        };
        let heard = player.take_heard().into_iter();
        let heard = heard.filter(|stretch| stretch.played_ms >= SHORTEST_MS);
        let mut waiting = self.ears.waiting.lock();
        waiting.extend(heard.map(|stretch| self.listening(person, &stretch)));
        while let Some(one) = waiting.first() {
            let as_them = Acting::machine(self.app().clone(), one.person_id);
            match as_them.add(Action::RecordingListen, one) {
                Ok(_) => drop(waiting.remove(0)),
                Err(e) if NOWHERE.contains(&e.code()) => drop(waiting.remove(0)),
                Err(e) => {
                    tracing::warn!(recording = %one.recording_id, code = e.code(), "what was heard is not kept yet");
                    let too_many = waiting.len().saturating_sub(MOST_WAITING);
                    waiting.drain(..too_many);
                    return;
                }
            }
        }
    }

    fn listening(&self, person: PersonId, stretch: &HeardStretch) -> Listening {
        let ms = |d: std::time::Duration| i64::try_from(d.as_millis()).unwrap_or(i64::MAX);
        let ended_at = self.now().saturating_sub(ms(stretch.ended_ago));
        Listening {
            id: ListeningId(self.id()),
            recording_id: stretch.recording_id,
            person_id: person,
            from_ms: stretch.from_ms,
            to_ms: stretch.to_ms,
            played_ms: Some(stretch.played_ms),
            began_at: ended_at.saturating_sub(ms(stretch.lasted)),
            ended_at,
            device_id: Some(self.ports.store.device()),
            meta: Meta::new(ended_at, person),
        }
    }
}
