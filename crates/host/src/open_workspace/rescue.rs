//! The way back from damage, the way onto this machine, and whose a workspace is, at the desk of a window.

use super::{OpenWorkspace, Present, name_of};
use crate::rescue;
use qinting_desk::{AppError, AppResult, CopyRow, OpenedPlace, Salvaged, codes};
use std::path::PathBuf;

impl OpenWorkspace {
    /// What the open workspace, or the one that could not be opened, can go back to; newest first.
    pub fn copies(&self) -> AppResult<Vec<CopyRow>> {
        rescue::copies_of(&self.folder()?)
    }

    /// Goes back to a copy, and opens it. What stood there is put aside.
    pub fn restore_copy(&self, name: &str) -> AppResult<OpenedPlace> {
        let device = self.setup.places.device();
        self.mend(|folder| rescue::restore(folder, name, &device))?;
        self.place()
    }

    /// Puts what can still be read in the place of the database, and opens it.
    pub fn salvage(&self) -> AppResult<Salvaged> {
        let device = self.setup.places.device();
        self.mend(|folder| rescue::salvage(folder, &device))
    }

    fn mend<T>(&self, how: impl FnOnce(&std::path::Path) -> AppResult<T>) -> AppResult<T> {
        let mut own_here = self.turn.lock();
        self.refuse_while_live()?;
        let folder = self.folder()?;
        if self.has_open(&folder) {
            return self.swap(|| how(&folder));
        }
        let mended = how(&folder)?;
        self.enter(&mut own_here, &folder)?;
        Ok(mended)
    }

    /// Copies the open workspace into the data folder of this user, and opens the copy.
    pub fn copy_here(&self) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        self.refuse_while_live()?;
        let (host, folder) = match &*self.present.read() {
            Present::Open(opened) => (opened.host.clone(), opened.folder.clone()),
            Present::Shut { answer, .. } => return Err(answer.clone().into()),
        };
        let here = self.setup.places.free_place(&name_of(&folder));
        host.copy_to(&here)?;
        drop(host);
        self.enter(&mut own_here, &here)
    }

    /// Takes the open workspace as this installation's own, and opens it so. Where that is refused it stays open
    /// as it was.
    pub fn take_as_ours(&self) -> AppResult<OpenedPlace> {
        let mut own_here = self.turn.lock();
        self.refuse_while_live()?;
        let folder = match &*self.present.read() {
            Present::Open(opened) => opened.folder.clone(),
            Present::Shut { answer, .. } => return Err(answer.clone().into()),
        };
        rescue::adopt(&folder, &self.setup.places.device())?;
        let opened = self.open(&folder)?;
        self.remember(&opened);
        self.settle(&mut own_here, opened);
        self.place()
    }

    /// The folder of the open workspace, or of the one that could not be opened.
    fn folder(&self) -> AppResult<PathBuf> {
        let folder = match &*self.present.read() {
            Present::Open(opened) => Some(opened.folder.clone()),
            Present::Shut { folder, .. } => folder.clone(),
        };
        folder.ok_or_else(|| AppError::new(codes::WORKSPACE_NONE))
    }
}
