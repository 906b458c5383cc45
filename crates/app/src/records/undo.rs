//! Undo of what a person did here.

use crate::acting::Acting;
use crate::error::{AppError, AppResult, codes};
use crate::records::shapes::UndoResult;
use crate::tx::{Deed, Tx};
use qinting_domain::*;

impl Acting {
    /// Ctrl+Z: takes back the newest thing this person did since the app was started.
    pub fn undo(&self, _: ()) -> AppResult<UndoResult> {
        let op = self
            .read(|seen| seen.last_undoable(self.actor(), self.app().opened_at_seq))?
            .ok_or_else(|| AppError::new(codes::NOTHING_TO_UNDO))?;
        self.undo_op(op)
    }

    /// Takes back one operation, whole or not at all. What somebody has changed since is kept:
    /// then the undo is refused.
    pub fn undo_op(&self, op: OpId) -> AppResult<UndoResult> {
        let mut action = String::new();
        self.write_as(None, |tx| {
            let changes = tx.changes_of_op(op)?;
            action = match changes.first() {
                Some(c) if c.action.parse().is_ok_and(Action::is_undoable) => c.action.clone(),
                _ => return Err(AppError::new(codes::NOTHING_TO_UNDO)),
            };
            Ok(Deed {
                action: Action::Undo,
                records: tx.undone(&changes)?,
                undoes: Some(op),
                jobs: Vec::new(),
                blobs: Vec::new(),
            })
        })?;
        Ok(UndoResult { op_id: op, action })
    }
}

impl Tx<'_> {
    /// The records as they were before some changes.
    fn undone(&self, changes: &[Change]) -> AppResult<Vec<Record>> {
        let at = self.app.now();
        // Undoing an import is the bin: the case goes there, and what came with it goes along as it
        // does when a person takes the case away.
        let is_binned = |c: &Change| c.entity == EntityKind::Case && c.created;
        let to_bin = changes.iter().any(is_binned);
        let mut records = Vec::with_capacity(changes.len());
        for change in changes.iter().rev() {
            if to_bin && change.created && !is_binned(change) {
                continue;
            }
            let current = self
                .record(change.entity, change.entity_id)?
                .ok_or_else(|| AppError::new(codes::NOT_FOUND))?;
            if self.is_purged(change.entity_id)? {
                return Err(AppError::new(codes::UNDO_ERASED));
            }
            // Taking back is doing: who may do it may take it back.
            if let Ok(action) = change.action.parse::<Action>() {
                self.may(action, Some(&current))?;
            }
            let undone = undone(&current, change, at).map_err(|why| {
                AppError::new(match why {
                    NotUndone::Overwritten => codes::UNDO_OVERWRITTEN,
                    NotUndone::Erased => codes::UNDO_ERASED,
                })
            })?;
            records.push(undone);
        }
        Ok(records)
    }
}
