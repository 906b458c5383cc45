//! What really went out to the speaker, stretch by stretch.

use super::super::mixer::{HeardPlace, PLACES_PER_MS};
use qinting_desk::HeardStretch;
use qinting_domain::RecordingId;
use std::time::{Duration, Instant};

/// What was heard since somebody asked last.
#[derive(Default)]
pub(super) struct Heard {
    open: Option<Open>,
    done: Vec<Open>,
}

/// A stretch as it grows.
struct Open {
    recording_id: RecordingId,
    from: u32,
    to: u32,
    played: f64,
    began: Instant,
    ended: Instant,
}

impl Heard {
    /// A piece went out.
    pub fn add(&mut self, recording_id: RecordingId, piece: &HeardPlace) {
        let ended = piece.at + piece.lasts;
        let played = f64::from(piece.to.saturating_sub(piece.from));
        match &mut self.open {
            Some(open) if open.recording_id == recording_id => {
                open.from = open.from.min(piece.from);
                open.to = open.to.max(piece.to);
                open.played += played;
                open.ended = ended;
            }
            _ => {
                self.end();
                self.open = Some(Open {
                    recording_id,
                    from: piece.from,
                    to: piece.to,
                    played,
                    began: piece.at,
                    ended,
                });
            }
        }
    }

    /// It does not go on from here.
    pub fn end(&mut self) {
        self.done.extend(self.open.take());
    }

    /// All that was not told before. What still plays is cut here and goes on as another one.
    pub fn tell(&mut self, now: Instant) -> Vec<HeardStretch> {
        self.end();
        let ms = |places: f64| (places / PLACES_PER_MS).round() as u64;
        let told = self.done.iter().map(|open| HeardStretch {
            recording_id: open.recording_id,
            from_ms: ms(f64::from(open.from)),
            to_ms: ms(f64::from(open.to)),
            played_ms: ms(open.played),
            lasted: open.ended.saturating_duration_since(open.began),
            // What is on its way to the ear counts as heard.
            ended_ago: now
                .checked_duration_since(open.ended)
                .unwrap_or(Duration::ZERO),
        });
        told.collect()
    }

    /// It was told.
    pub fn forget(&mut self) {
        self.done.clear();
    }
}
