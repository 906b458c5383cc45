//! Which workspaces somebody here said are theirs, kept outside of all workspaces.
//!
//! One small file per folder, by a hash of its path, with the ids of the workspaces that are known there. So
//! another workspace in the place of a known one, on a stick that goes by the same name, is not known.

use super::Device;
use parking_lot::Mutex;
use qinting_domain::WorkspaceId;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// In the place of an id: whichever workspace is found there next is known, because it is about to be made,
/// or is of a version that gave no ids.
const NEXT: &str = "-";

/// Where it is kept.
#[derive(Clone)]
pub(super) enum Known {
    Folder(PathBuf),
    /// As long as this installation lasts.
    Here(Arc<Mutex<BTreeMap<String, String>>>),
}

impl Known {
    /// What is known of a folder; `None` where nothing ever was.
    fn of(&self, name: &str) -> io::Result<Option<String>> {
        match self {
            Self::Here(all) => Ok(all.lock().get(name).cloned()),
            Self::Folder(folder) => match fs::read(folder.join(name)) {
                Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
                Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(e) => Err(e),
            },
        }
    }

    fn write(&self, name: &str, text: String) -> io::Result<()> {
        match self {
            Self::Here(all) => drop(all.lock().insert(name.to_owned(), text)),
            Self::Folder(folder) => {
                fs::create_dir_all(folder)?;
                let mut file = tempfile::NamedTempFile::new_in(folder)?;
                file.write_all(text.as_bytes())?;
                file.as_file().sync_all()?;
                file.persist(folder.join(name)).map_err(|e| e.error)?;
            }
        }
        Ok(())
    }
}

impl Device {
    /// Whether nothing was ever kept of which workspaces are known: so of an installation that is new, or of
    /// a version that did not ask.
    pub fn asked_nobody_yet(&self) -> bool {
        matches!(&self.known, Known::Folder(folder) if !folder.exists())
    }

    /// Whether the workspace in a folder is known here: made here, opened here by a version that did not ask, or
    /// somebody said that it is theirs. Its id is asked for only where something is known of the folder.
    pub(crate) fn knows(
        &self,
        folder: &Path,
        id: impl FnOnce() -> Option<WorkspaceId>,
    ) -> io::Result<bool> {
        Ok(match self.known.of(&super::name_of(folder))? {
            Some(known) if known.lines().next_back() == Some(NEXT) => true,
            Some(known) => {
                let id = id().map(|id| id.to_string());
                known.lines().any(|line| Some(line) == id.as_deref())
            }
            None => self.witnesses(folder).is_some_and(|w| w.are_there()),
        })
    }

    /// Whether any workspace in a folder is known here.
    pub(crate) fn knows_folder(&self, folder: &Path) -> io::Result<bool> {
        let known = self.known.of(&super::name_of(folder))?;
        Ok(known.is_some() || self.witnesses(folder).is_some_and(|w| w.are_there()))
    }

    /// Keeps that the workspace in a folder is known; without an id, whichever is found there next.
    pub fn take_as_ours(&self, folder: &Path, id: Option<WorkspaceId>) -> io::Result<()> {
        let name = super::name_of(folder);
        let stands = self.known.of(&name)?;
        let known = stands.as_deref().unwrap_or_default();
        let mut lines: Vec<&str> = known.lines().filter(|line| *line != NEXT).collect();
        let id = id.map_or_else(|| NEXT.to_owned(), |id| id.to_string());
        if !lines.contains(&id.as_str()) {
            lines.push(&id);
        }
        let text = lines.join("\n") + "\n";
        if stands.as_ref() == Some(&text) {
            return Ok(());
        }
        self.known.write(&name, text)
    }
}
