//! Files and folders a person named in a dialog, dropped on the window, or granted on the command line. A page and
//! a script hold a ticket for them and never a place: who gets hold of the page names no file.

use parking_lot::Mutex;
use qinting_app::{AppError, AppResult, Ids, codes};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::sync::Arc;
use ts_rs::TS;

/// So many tickets are good at a time; the oldest one falls away.
const KEPT: usize = 64;

/// Names what a person chose, for one deed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct Ticket(pub String);

/// What a person was asked for when they chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChosenFor {
    /// Recordings, or folders of them, to bring in.
    Recordings,
    /// The file of a model to take into the shelf.
    Model,
    /// A file to write findings to.
    Findings,
    /// The folder of a workspace to open.
    Workspace,
    /// Whatever the person who granted it has it used for.
    Anything,
}

struct Chosen {
    ticket: Ticket,
    wanted_for: ChosenFor,
    paths: Vec<PathBuf>,
}

/// What was chosen and is not used yet.
pub struct Tickets {
    ids: Arc<dyn Ids>,
    chosen: Mutex<Vec<Chosen>>,
}

impl Tickets {
    /// None yet. `ids`: what they are named by.
    pub fn new(ids: Arc<dyn Ids>) -> Self {
        Self {
            ids,
            chosen: Mutex::default(),
        }
    }

    /// A ticket for what somebody chose.
    pub fn give(&self, wanted_for: ChosenFor, paths: Vec<PathBuf>) -> Ticket {
        let ticket = Ticket(self.ids.next().to_string());
        self.keep(ticket.clone(), wanted_for, paths);
        ticket
    }

    /// A ticket of a name of the person's own.
    pub fn grant(&self, name: &str, path: PathBuf) {
        self.keep(Ticket(name.to_owned()), ChosenFor::Anything, vec![path]);
    }

    fn keep(&self, ticket: Ticket, wanted_for: ChosenFor, paths: Vec<PathBuf>) {
        let mut chosen = self.chosen.lock();
        chosen.retain(|c| c.ticket != ticket);
        if chosen.len() == KEPT {
            chosen.remove(0);
        }
        chosen.push(Chosen {
            ticket,
            wanted_for,
            paths,
        });
    }

    /// What a ticket is for, for a look at it: the ticket stays good. `ticket.spent` where it is none, or one for
    /// something else.
    pub fn look(&self, ticket: &Ticket, wanted_for: ChosenFor) -> AppResult<Vec<PathBuf>> {
        let chosen = self.chosen.lock();
        let there = chosen.iter().find(|c| c.is(ticket, wanted_for));
        there.map(|c| c.paths.clone()).ok_or_else(spent)
    }

    /// What a ticket is for, for the deed: it is good no more.
    pub fn spend(&self, ticket: &Ticket, wanted_for: ChosenFor) -> AppResult<Vec<PathBuf>> {
        let mut chosen = self.chosen.lock();
        let at = chosen.iter().position(|c| c.is(ticket, wanted_for));
        at.map(|at| chosen.remove(at).paths).ok_or_else(spent)
    }

    /// The same of a ticket for one file or folder.
    pub fn spend_one(&self, ticket: &Ticket, wanted_for: ChosenFor) -> AppResult<PathBuf> {
        let mut paths = self.spend(ticket, wanted_for)?;
        paths.pop().ok_or_else(spent)
    }
}

impl Chosen {
    fn is(&self, ticket: &Ticket, wanted_for: ChosenFor) -> bool {
        self.ticket == *ticket
            && (self.wanted_for == wanted_for || self.wanted_for == ChosenFor::Anything)
    }
}

fn spent() -> AppError {
    AppError::new(codes::TICKET_SPENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use uuid::Uuid;

    #[derive(Default)]
    struct Count(AtomicU64);
    impl Ids for Count {
        fn next(&self) -> Uuid {
            Uuid::from_u128(self.0.fetch_add(1, Ordering::SeqCst).into())
        }
    }

    fn tickets() -> Tickets {
        Tickets::new(Arc::new(Count::default()))
    }

    fn code<T: std::fmt::Debug>(answer: AppResult<T>) -> String {
        answer.unwrap_err().code().to_owned()
    }

    #[test]
    fn a_ticket_is_looked_at_often_and_used_once() {
        let tickets = tickets();
        let ticket = tickets.give(ChosenFor::Recordings, vec!["/a".into(), "/b".into()]);
        for _ in 0..2 {
            let seen = tickets.look(&ticket, ChosenFor::Recordings).unwrap();
            assert_eq!(seen, [PathBuf::from("/a"), PathBuf::from("/b")]);
        }
        tickets.spend(&ticket, ChosenFor::Recordings).unwrap();
        assert_eq!(
            code(tickets.spend(&ticket, ChosenFor::Recordings)),
            codes::TICKET_SPENT
        );
        assert_eq!(
            code(tickets.look(&ticket, ChosenFor::Recordings)),
            codes::TICKET_SPENT
        );
    }

    #[test]
    fn a_recording_somebody_dropped_is_no_place_to_write_to() {
        let tickets = tickets();
        let ticket = tickets.give(ChosenFor::Recordings, vec!["/call.wav".into()]);
        for other in [ChosenFor::Findings, ChosenFor::Model, ChosenFor::Workspace] {
            assert_eq!(code(tickets.spend_one(&ticket, other)), codes::TICKET_SPENT);
        }
        tickets.spend(&ticket, ChosenFor::Recordings).unwrap();
    }

    #[test]
    fn what_is_granted_by_name_is_good_once_for_whatever_it_is_asked_for() {
        let tickets = tickets();
        tickets.grant("report", "/out.csv".into());
        let report = Ticket("report".into());
        let path = tickets.spend_one(&report, ChosenFor::Findings).unwrap();
        assert_eq!(path, PathBuf::from("/out.csv"));
        assert_eq!(
            code(tickets.spend_one(&report, ChosenFor::Findings)),
            codes::TICKET_SPENT
        );
    }

    #[test]
    fn what_nobody_used_falls_away() {
        let tickets = tickets();
        let first = tickets.give(ChosenFor::Recordings, vec!["/first".into()]);
        for _ in 0..KEPT {
            tickets.give(ChosenFor::Recordings, vec!["/more".into()]);
        }
        assert_eq!(
            code(tickets.look(&first, ChosenFor::Recordings)),
            codes::TICKET_SPENT
        );
    }
}
