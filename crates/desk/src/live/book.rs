//! The thread that writes down what a call brings. What the database refuses is kept and tried
//! again, and said: the sound goes on.

use super::call::Call;
use super::queues::{Entry, HeardText};
use crate::event::DeskEvent;
use crossbeam_channel::{Receiver, RecvTimeoutError};
use qinting_app::*;
use qinting_domain::*;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The state is told this often, and what was refused is tried again.
const TICK: Duration = Duration::from_secs(1);

/// An utterance that is over. Its ids are made once, so that writing it twice is harmless.
pub(super) fn heard(call: &Call, lane: u16, utterance: u64, segments: Vec<HeardSegment>) -> Entry {
    let desk = call.desk();
    let line = |heard| TranscriptLine {
        id: SegmentId(desk.id()),
        heard,
    };
    let draft = TextDraft {
        recording_id: call.recording_id,
        actor: call.by.actor(),
        at: desk.now(),
        engine: LIVE_ENGINE.to_owned(),
        lines: segments.into_iter().map(line).collect(),
    };
    Entry::Heard(HeardText {
        lane,
        utterance,
        draft,
    })
}

/// Runs until it is told that the call is over.
pub(super) fn run(call: &Arc<Call>, entries: &Receiver<Entry>) {
    let mut book = Book {
        call,
        pending: VecDeque::new(),
        is_refused: false,
    };
    // What is written twice is written once; what a panic left half done is tried again.
    while catch_unwind(AssertUnwindSafe(|| book.run(entries))).is_err() {
        tracing::error!(recording = %call.recording_id, "a live call's writer failed");
        book.put_last();
        book.refused(&AppError::new(codes::INTERNAL));
        // A writer that fails each time must not take the cores from the sound.
        std::thread::sleep(TICK);
    }
}

struct Book<'a> {
    call: &'a Arc<Call>,
    pending: VecDeque<Entry>,
    is_refused: bool,
}

impl Book<'_> {
    fn run(&mut self, entries: &Receiver<Entry>) {
        let mut next_tick = Instant::now() + TICK;
        loop {
            match entries.recv_timeout(next_tick.saturating_duration_since(Instant::now())) {
                Ok(Entry::Done) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(Entry::Flush(done)) => {
                    self.write();
                    // Whoever asked may have stopped waiting.
                    let _ = done.send(self.pending.is_empty());
                }
                Ok(entry) => {
                    self.add(entry);
                    if !self.is_refused {
                        self.write();
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
            if Instant::now() >= next_tick {
                next_tick = Instant::now() + TICK;
                self.tick();
            }
        }
    }

    fn tick(&mut self) {
        self.write();
        self.call.look_at_clock();
        self.call.refresh();
        self.call.tell_status();
    }

    /// A newer promise, or a gap's end, takes the place of the one that waits.
    fn add(&mut self, entry: Entry) {
        let same = |waiting: &&mut Entry| match (&**waiting, &entry) {
            (Entry::Part(a), Entry::Part(b)) => a.ordinal == b.ordinal,
            (Entry::Gap(a), Entry::Gap(b)) => a.ordinal == b.ordinal,
            _ => false,
        };
        match self.pending.iter_mut().find(same) {
            Some(waiting) => *waiting = entry,
            None => self.pending.push_back(entry),
        }
    }

    fn write(&mut self) {
        let mut failed = None;
        while let (Some(entry), None) = (self.pending.front(), &failed) {
            match self.write_one(entry) {
                Ok(()) => drop(self.pending.pop_front()),
                Err(e) => failed = Some(e),
            }
        }
        if failed.is_some() {
            self.put_last();
        }
        match failed {
            Some(e) => self.refused(&e),
            None if std::mem::take(&mut self.is_refused) => {
                self.call.show(|shown| shown.troubles.store = None);
            }
            None => {}
        }
    }

    /// What failed goes to the end: it must not stand in the way of a promise for ever.
    fn put_last(&mut self) {
        if let Some(first) = self.pending.pop_front() {
            self.pending.push_back(first);
        }
    }

    fn refused(&mut self, e: &AppError) {
        if !std::mem::replace(&mut self.is_refused, true) {
            tracing::error!(recording = %self.call.recording_id, error = %e.kind(), "not written");
        }
        let note = e.note.clone();
        self.call.show(|shown| shown.troubles.store = Some(note));
    }

    fn write_one(&self, entry: &Entry) -> AppResult<()> {
        let store = &self.call.desk().ports.store;
        match entry {
            Entry::Part(part) => store.put_part(part),
            Entry::Gap(gap) => store.put_gap(gap),
            Entry::Heard(heard) => self.write_heard(heard),
            Entry::Flush(_) | Entry::Done => Ok(()),
        }
    }

    fn write_heard(&self, heard: &HeardText) -> AppResult<()> {
        let (call, desk) = (self.call, self.call.desk());
        let store = &desk.ports.store;
        let mut segments = Vec::new();
        if !heard.draft.lines.is_empty() {
            store.draft_text(&heard.draft)?;
            desk.tell_of(&RecordEvent::Transcript {
                recording_id: call.recording_id,
                case_id: call.case_id,
                done: false,
            });
            let spoken = heard.draft.lines.iter().map(|l| &l.heard);
            let start = spoken.clone().map(|s| s.start_ms).min().unwrap_or(0);
            let end = spoken.map(|s| s.end_ms).max().unwrap_or(0);
            segments = store.segments_between(call.recording_id, start, end.max(start + 1))?;
            segments.retain(|s| heard.draft.lines.iter().any(|l| l.id == s.id));
        }
        desk.tell(DeskEvent::LiveFinal {
            lane: heard.lane,
            utterance: heard.utterance,
            segments,
        });
        Ok(())
    }
}
