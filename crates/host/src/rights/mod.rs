//! Who may read what this program writes: the person alone, unless a workspace was shared on purpose.
//!
//! Everything is made under a umask of ours, set before the first thread starts; what an older version
//! left open is closed when its workspace is opened. A folder that others could write into, or that
//! belongs to a group of people, may be shared on purpose: it stays as it is until somebody has said
//! so. Files for somebody outside the workspace have the rights the person gives new files.

#[cfg(not(unix))]
mod elsewhere;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
use elsewhere as system;
#[cfg(unix)]
use unix as system;

use crate::places::Places;
use parking_lot::Mutex;
use qinting_desk::{AppError, AppResult, FolderRights, Sharing, codes};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

pub(crate) use system::{give, may_be_replaced};

/// In a workspace's folder: somebody said that it is shared on purpose.
const ON_PURPOSE: &str = "shared-with-group";

/// Open workspaces of this process that a group uses.
static SHARED: AtomicUsize = AtomicUsize::new(0);

/// First thing in the `main` of a host, before there is a second thread: keeps in mind which rights
/// the person gives new files, takes all others away from what we write, and forbids core dumps,
/// which would hold sound and text.
pub fn keep_private() {
    system::begin();
    system::forbid_dumps();
}

/// Also keeps other programs of the person from looking into this process, and with them whatever
/// collects the memory of one that crashed. Not for the window: the desktop's own services look up who
/// asks them, and would refuse to open its dialogs.
pub fn forbid_looking_in() {
    system::forbid_looking_in();
}

/// The same for a worker, which writes into a workspace for its host: what the host leaves to a group
/// stays with the group.
pub(crate) fn begin_in_worker() {
    system::begin_in_worker();
    system::forbid_dumps();
    system::forbid_looking_in();
}

/// Gives the umask back for a program that takes the place of this one.
pub fn give_back() {
    system::give_back();
}

/// Closes the folder a person's workspace, demo and models lie in, unless something in it is shared.
pub(crate) fn close_data(places: &Places) {
    let is_shared = |folder: &Path| system::use_by_others(folder).is_some();
    if !is_shared(&places.own()) && !is_shared(&places.demo()) {
        system::close_alone(places.data());
    }
}

/// The rights of an open workspace's folder.
pub(crate) struct WorkspaceRights {
    folder: PathBuf,
    sharing: Mutex<Sharing>,
}

impl WorkspaceRights {
    /// Looks at the folder, and closes it where nobody can have shared it and it `is_written`.
    pub(crate) fn of(folder: &Path, is_written: bool) -> Self {
        let sharing = match system::use_by_others(folder) {
            None => Sharing::Private,
            Some(is_ours) if is_ours && !folder.join(ON_PURPOSE).exists() => Sharing::Unsettled,
            Some(_) => Sharing::Group,
        };
        if sharing == Sharing::Private {
            let closed = if is_written {
                system::close(folder)
            } else {
                Ok(())
            };
            if let Err(e) = closed {
                tracing::warn!(kind = ?e.kind(), "a workspace stays open to others");
            }
        } else {
            count_shared(1);
        }
        Self {
            folder: folder.to_owned(),
            sharing: Mutex::new(sharing),
        }
    }
}

impl FolderRights for WorkspaceRights {
    fn sharing(&self) -> Sharing {
        *self.sharing.lock()
    }

    fn settle(&self, wanted: Sharing) -> AppResult<()> {
        let mut sharing = self.sharing.lock();
        let mark = self.folder.join(ON_PURPOSE);
        match wanted {
            Sharing::Unsettled => {
                return Err(AppError::new(codes::INVALID).with("field", "sharing"));
            }
            // Nobody else can come in: there is nothing to keep open.
            Sharing::Group if *sharing == Sharing::Private => {
                return Err(AppError::new(codes::INVALID).with("field", "sharing"));
            }
            Sharing::Group => {
                File::create(&mark).map_err(|e| AppError::of_disk(&e, &mark))?;
            }
            Sharing::Private => {
                system::close(&self.folder).map_err(|e| AppError::of_disk(&e, &self.folder))?;
                // Without others it means nothing; one that stays asks nothing either.
                let _ = std::fs::remove_file(&mark);
                if *sharing != Sharing::Private {
                    count_shared(-1);
                }
            }
        }
        *sharing = wanted;
        Ok(())
    }
}

impl Drop for WorkspaceRights {
    fn drop(&mut self) {
        if *self.sharing.get_mut() != Sharing::Private {
            count_shared(-1);
        }
    }
}

/// New files are for the group as long as a workspace is open that one uses: the rights are those of
/// the process. What else is open meanwhile lies in a folder of its own that is closed.
fn count_shared(by: isize) {
    let before = SHARED.fetch_add(by.cast_unsigned(), Ordering::SeqCst);
    system::new_files_for_group(before.wrapping_add_signed(by) > 0);
}

#[cfg(all(test, unix))]
mod tests;
