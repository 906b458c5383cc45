//! 清除: what goes for good, and what must not.

use super::{HoldRequest, PurgeRequest};
use crate::acting::{Acting, only};
use crate::error::{AppError, AppResult, codes};
use crate::store::PurgeEnd;
use crate::tx::{Deed, Tx};
use qinting_domain::*;

impl Acting {
    /// Takes a case, a recording or a person away for good, out of records, log, index and media; traces outside
    /// of the database go afterwards. `purge.held` where somebody said that it must stay, `live.running` while it is
    /// being heard. Nothing takes it back.
    pub fn purge(&self, request: PurgeRequest) -> AppResult<Purge> {
        self.purge_as(Action::Purge, request)
    }

    /// What is about to be taken away for good, as people call it: the title of a call, the name of a person. For whoever may do
    /// it.
    pub fn called(&self, request: &PurgeRequest) -> AppResult<String> {
        self.read(|seen| {
            seen.may(Action::Purge, None)?;
            let title =
                |case: CaseId| -> AppResult<_> { Ok(seen.any::<Case>(case)?.map(|c| c.title)) };
            let name = match request.kind {
                EntityKind::Case => title(CaseId(request.id))?,
                EntityKind::Recording => match seen.any::<Recording>(request.id)? {
                    Some(recording) => title(recording.case_id)?,
                    None => None,
                },
                EntityKind::Person => seen.any::<Person>(request.id)?.map(|p| p.name),
                _ => None,
            };
            name.ok_or_else(|| AppError::new(codes::NOT_FOUND))
        })
    }

    /// The same as another action.
    pub fn purge_as(&self, action: Action, request: PurgeRequest) -> AppResult<Purge> {
        let id = PurgeId(self.app().id());
        only::<Purge>(self.write_as(None, |tx| {
            tx.may_go(request.kind, request.id)?;
            let of = (request.kind, request.id);
            let purge = Purge::of(id, of, request.reason.clone(), tx.new_meta());
            let scrub = Job::new(JobId(self.app().id()), Scrub {}, self.app().now());
            Ok(Deed {
                jobs: vec![scrub],
                ..Deed::of(action, vec![purge.into()])
            })
        })?)
    }

    /// Says that traces of something are gone.
    pub fn purge_ended(&self, end: &PurgeEnd) -> AppResult<()> {
        self.write(Action::PurgeFinish, |tx| {
            let purge = tx.any::<Purge>(end.purge)?;
            let purge = purge.ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
            let told = Purge {
                copies_rewritten: Some(end.copies_rewritten),
                copies_dropped: Some(end.copies_dropped),
                looked_for: end.looked_for,
                still_found: end.still_found,
                finished_at: Some(self.app().now()),
                ..purge
            };
            Ok(vec![told.into()])
        })
        .map(drop)
    }

    /// Says that a case must stay, and why; it may lie in the bin.
    pub fn hold_case(&self, request: HoldRequest) -> AppResult<Hold> {
        let id = HoldId(self.app().id());
        only::<Hold>(self.write(Action::CaseHold, |tx| {
            tx.known_case(request.case_id)?;
            Ok(vec![
                Hold {
                    id,
                    case_id: request.case_id,
                    reason: request.reason.clone(),
                    meta: tx.new_meta(),
                }
                .into(),
            ])
        })?)
    }

    /// Says that it need not any more.
    pub fn release_case(&self, case: CaseId) -> AppResult<()> {
        self.write(Action::CaseRelease, |tx| {
            let at = self.app().now();
            let held = tx.holds_of(case)?.into_iter();
            let released = held.map(|hold| {
                let meta = Meta {
                    deleted_at: Some(at),
                    ..hold.meta.clone()
                };
                Record::from(Hold { meta, ..hold })
            });
            Ok(released.collect())
        })
        .map(drop)
    }
}

impl Tx<'_> {
    /// A case that is there or in the bin.
    fn known_case(&self, id: CaseId) -> AppResult<Case> {
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", EntityKind::Case.as_str());
        let case = self.any::<Case>(id)?.ok_or_else(gone)?;
        let is_known = case.meta.deleted_at.is_none() || self.is_in_bin(id)?;
        is_known.then_some(case).ok_or_else(gone)
    }

    /// Refuses what is not there, what must stay, and what is being heard.
    fn may_go(&self, kind: EntityKind, id: uuid::Uuid) -> AppResult<()> {
        let gone = || AppError::new(codes::NOT_FOUND).with("kind", kind.as_str());
        if self.is_purged(id)? {
            return Err(gone());
        }
        let case = match self.record(kind, id)?.ok_or_else(gone)? {
            Record::Case(case) => self.known_case(case.id)?.id,
            Record::Recording(recording) => recording.case_id,
            // Whoever sits here would have nobody left to be.
            Record::Person(person) if person.id == self.actor() => {
                return Err(AppError::new(codes::INVALID).with("field", "id"));
            }
            _ => return Ok(()),
        };
        if let Some(hold) = self.holds_of(case)?.pop() {
            return Err(AppError::new(codes::PURGE_HELD).with("reason", hold.reason));
        }
        for recording in self.recordings_ever_of(case)? {
            let call = self.live_call_of(recording.id)?;
            if call.is_some_and(|call| call.ended_at.is_none()) {
                return Err(AppError::new(codes::LIVE_RUNNING));
            }
        }
        Ok(())
    }
}
