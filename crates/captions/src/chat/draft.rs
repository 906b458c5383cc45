//! A chat while its turns are read: bounds, order, and who takes part.

use super::{ChatFormat, ChatTurn, ChatTurns, Participant, TurnKind, TurnTime};
use crate::note::Notes;
use crate::source::{MOST_LINES, MOST_SPEAKERS};
use crate::{NoteKind, Party, Place, Reason, Refusal};
use std::collections::HashMap;

/// A turn as a format tells it.
pub(super) struct Told {
    pub participant: Option<u32>,
    pub time: Option<TurnTime>,
    pub kind: TurnKind,
    pub text: String,
    pub at: Place,
}

/// A chat that is being read.
pub(super) struct Draft {
    chat: ChatTurns,
    known: HashMap<String, u32>,
    notes: Notes,
}

impl Draft {
    pub fn of(format: ChatFormat) -> Self {
        Self {
            chat: ChatTurns {
                format,
                participants: Vec::new(),
                turns: Vec::new(),
                notes: Vec::new(),
            },
            known: HashMap::new(),
            notes: Notes::default(),
        }
    }

    pub fn note(&mut self, kind: NoteKind, at: Place) {
        self.notes.take(kind, Some(at));
    }

    /// Who has that label; none of an empty one.
    pub fn participant(&mut self, label: &str, party: Party) -> Result<Option<u32>, Refusal> {
        let label = crate::wording::on_one_line(label);
        if label.is_empty() {
            return Ok(None);
        }
        if let Some(at) = self.known.get(&label) {
            return Ok(Some(*at));
        }
        if self.known.len() == MOST_SPEAKERS {
            return Err(Refusal::of(Reason::TooMany));
        }
        let at = self.known.len() as u32;
        self.known.insert(label.clone(), at);
        let party = match party {
            Party::Unknown => Party::of(&label),
            said => said,
        };
        self.chat.participants.push(Participant { label, party });
        Ok(Some(at))
    }

    /// Takes a turn. Its lines stay lines: they are how somebody wrote.
    pub fn push(&mut self, told: Told) -> Result<(), Refusal> {
        let text = tidied(&told.text);
        if text.is_empty() && matches!(told.kind, TurnKind::Text | TurnKind::System) {
            self.note(NoteKind::EmptyLeftOut, told.at);
            return Ok(());
        }
        if self.chat.turns.len() == MOST_LINES {
            return Err(Refusal::at(Reason::TooMany, told.at));
        }
        let is_notice = told
            .participant
            .and_then(|at| self.chat.participants.get(at as usize))
            .is_some_and(|who| who.party == Party::System);
        let kind = match told.kind {
            TurnKind::Text if is_notice => TurnKind::System,
            kind => kind,
        };
        self.chat.turns.push(ChatTurn {
            participant: told.participant,
            time: told.time,
            kind,
            text,
            at: told.at,
        });
        Ok(())
    }

    /// The chat, in the order of its times where every turn has one of one kind.
    pub fn finish(mut self) -> Result<ChatTurns, Refusal> {
        let turns = &mut self.chat.turns;
        if turns.is_empty() {
            return Err(Refusal::of(Reason::Empty));
        }
        let kind = |turn: &ChatTurn| turn.time.map(|time| std::mem::discriminant(&time));
        let first = turns.first().and_then(kind);
        // Times of day begin anew at midnight: nothing is put in order by them.
        let is_of_day = matches!(turns[0].time, Some(TurnTime::OfDay(_)));
        let can_be_ordered =
            first.is_some() && !is_of_day && turns.iter().all(|t| kind(t) == first);
        if can_be_ordered && !turns.is_sorted_by_key(|turn| turn.time) {
            // What comes newest first is turned round, so that turns of one second keep their order.
            if turns.iter().rev().is_sorted_by_key(|turn| turn.time) {
                turns.reverse();
            }
            turns.sort_by_key(|turn| turn.time);
            self.notes.take(NoteKind::OutOfOrder, None);
        }
        for turn in turns.iter().filter(|turn| turn.time.is_none()) {
            self.notes
                .take(NoteKind::TimesMissing, Some(turn.at.clone()));
        }
        self.chat.notes = self.notes.into_notes();
        Ok(self.chat)
    }
}

/// Lines without blanks at their ends and without what is not seen; no empty ones at top and bottom.
fn tidied(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let seen: String = line
            .chars()
            .filter(|c| *c == '\t' || !(c.is_control() || *c == '\u{FEFF}'))
            .collect();
        seen.trim_end().to_owned()
    });
    let lines: Vec<String> = lines.collect();
    lines.join("\n").trim().to_owned()
}
