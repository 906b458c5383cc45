//! One workspace after the other, each in a folder of its own with the data folder of its installation around it.

use crate::copying::copy_folder;
use crate::door::Reset;
use crate::hands::ToldHands;
use crate::machine::Machine;
use crate::sound::lose;
use qinting_desk::{AppError, AppEvent, AppResult};
use qinting_host::{Door, OpenWorkspace, Places, Setup, Start, adopt, tell_line};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What an act is played on.
pub(crate) struct Act {
    /// Data folder of the installation, with the workspace in it.
    folder: PathBuf,
    pub door: Door,
    pub machine: Machine,
    pub hands: ToldHands,
    pub opened: Arc<OpenWorkspace>,
    /// The next act must not hear from this one.
    is_heard: Arc<AtomicBool>,
}

impl Act {
    /// Opens a copy of what was built, below `folder`; a new workspace where nothing was.
    pub fn begin(folder: PathBuf, built: Option<&Path>, asked: &Reset) -> AppResult<Self> {
        let refused = |e: &std::io::Error| AppError::of_disk(e, &folder);
        match built {
            Some(built) => copy_folder(built, &folder).map_err(|e| refused(&e))?,
            None => std::fs::create_dir_all(&folder).map_err(|e| refused(&e))?,
        }
        let places = Places::below(folder.clone());
        if let Some(lost_ms) = asked.cut_off {
            lose(&places.own().join("live"), lost_ms).map_err(|e| refused(&e))?;
        }
        if built.is_some() && !asked.foreign {
            adopt(&places.own(), &places.device())?;
        }
        if asked.shared {
            share(&places.own()).map_err(|e| refused(&e))?;
        }
        let machine = Machine::at(asked.now, &folder.join("models"));
        let is_heard = Arc::new(AtomicBool::new(true));
        let setup = Setup {
            places: places.clone(),
            models: Some(folder.join("models")),
            player: true,
            is_window: true,
        };
        let its = machine.clone();
        let given = move |_: &_| its.given();
        let heard = is_heard.clone();
        let ear = move |event: &AppEvent| {
            if heard.load(Ordering::SeqCst) {
                tell_line(event);
            }
        };
        let opened = Arc::new(OpenWorkspace::over(setup, given, Arc::new(ear)));
        if !asked.doors {
            opened.start(Start::Own(places.own()));
        }
        let hands = ToldHands::of(&opened);
        Ok(Self {
            folder,
            door: Door::new(opened.clone(), hands.clone()),
            machine,
            hands,
            opened,
            is_heard,
        })
    }

    /// Everything of it lies here.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Ends in good order, and nobody hears of it; gives the folder with everything in it.
    pub fn end(&self) -> PathBuf {
        self.machine.held.hold(false);
        self.machine.measuring.hold(false);
        self.is_heard.store(false, Ordering::SeqCst);
        self.opened.leave();
        self.folder.clone()
    }
}

/// Lets everybody into a folder.
#[cfg(unix)]
fn share(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777))
}

/// Elsewhere folders have no groups.
#[cfg(not(unix))]
fn share(_: &Path) -> std::io::Result<()> {
    Ok(())
}
