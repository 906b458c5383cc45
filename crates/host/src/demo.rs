//! The demo workspace: built by the use cases in a folder beside its place, and moved there when it
//! is whole. A build that was killed leaves nothing that looks like a demo.

use crate::host::{Host, Options};
use crate::locks;
use crate::places::{Ground, name_of};
use crate::senses::Senses;
use crate::system::SystemClock;
use qinting_demo::{StoryClock, StoryPlayer};
use qinting_desk::{AppError, AppResult, AtDesk, Clock, FindingReads, codes};
use qinting_domain::CaseId;
use qinting_store::Workspace;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// In a demo's folder: what to show first. Also says that we made the folder, where the database
/// that says so cannot be read any more.
const CARD: &str = "demo.json";
/// Where calls and model lie while they are brought in.
const SCRATCH: &str = "scratch";
/// A demo that was just built has nothing left to do; this is for a machine that is very busy.
const LETTING_GO: Duration = Duration::from_secs(30);

#[derive(Serialize, Deserialize)]
struct Card {
    first_case: CaseId,
}

/// Builds the demo into a folder that is not there or empty; gives the case to show first.
pub fn build(folder: &Path, models: &Path) -> AppResult<CaseId> {
    let place = DemoPlace::claim(folder)?;
    match find(folder)? {
        Found::Nothing => place.construct(models)?.take_place(),
        Found::Demo | Found::Ruin => Err(not_ours(folder)),
    }
}

/// Builds the demo anew, in the place of one that is there. Anything else that is there is refused.
pub fn rebuild(folder: &Path, models: &Path) -> AppResult<CaseId> {
    prepare(folder, models)?.take_place()
}

/// Builds the demo where there is none that can be opened.
pub(crate) fn ensure(folder: &Path, models: &Path) -> AppResult<()> {
    if find(folder)? == Found::Demo {
        return Ok(());
    }
    let place = DemoPlace::claim(folder)?;
    // Another process may have been faster.
    if find(folder)? != Found::Demo {
        place.construct(models)?.take_place()?;
    }
    Ok(())
}

/// Builds a demo for `folder`, beside it.
pub(crate) fn prepare(folder: &Path, models: &Path) -> AppResult<Prepared> {
    let place = DemoPlace::claim(folder)?;
    find(folder)?;
    place.construct(models)
}

/// What lies in the place of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nothing,
    Demo,
    /// A demo of ours that cannot be opened any more.
    Ruin,
}

/// Looks before anything is built or removed; what is not the demo is refused.
pub(crate) fn find(folder: &Path) -> AppResult<Found> {
    match Ground::of(folder) {
        Ground::Free => Ok(Found::Nothing),
        Ground::Taken => Err(not_ours(folder)),
        Ground::Workspace => match Workspace::open(folder, &crate::Places::of_this_user().device())
        {
            Ok(workspace) if workspace.is_demo()? => Ok(Found::Demo),
            Ok(_) => Err(not_ours(folder)),
            Err(e) => match (e.code(), card(folder)) {
                (codes::WORKSPACE_DAMAGED | codes::WORKSPACE_UNUSABLE, Some(_)) => Ok(Found::Ruin),
                _ => Err(e),
            },
        },
    }
}

/// The case a demo wants shown first, while it is there.
pub(crate) fn first_case(folder: &Path, at_desk: &AtDesk) -> Option<CaseId> {
    let first = card(folder)?.first_case;
    at_desk.get_case(first).is_ok().then_some(first)
}

fn card(folder: &Path) -> Option<Card> {
    let bytes = fs::read(folder.join(CARD)).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn not_ours(folder: &Path) -> AppError {
    AppError::new(codes::WORKSPACE_UNUSABLE)
        .with("path", name_of(folder))
        .because("the place of the demo holds something else")
}

/// A whole demo that is not in its place yet.
pub(crate) struct Prepared {
    place: DemoPlace,
    first_case: CaseId,
}

impl Prepared {
    /// Moves the demo to its place, over the one that is there. Nobody may have that one open.
    pub(crate) fn take_place(self) -> AppResult<CaseId> {
        let place = &self.place;
        let moved = match find(&place.folder)? {
            Found::Nothing => absent(fs::remove_dir_all(&place.folder)),
            Found::Demo | Found::Ruin => {
                if locks::alone(&place.folder, locks::IN_USE)?.is_none() {
                    return Err(AppError::new(codes::WORKSPACE_BUSY));
                }
                fs::rename(&place.folder, &place.old)
            }
        };
        moved
            .and_then(|()| fs::rename(&place.site, &place.folder))
            .and_then(|()| place.sync())
            .map_err(|e| AppError::of_disk(&e, &place.folder))?;
        qinting_store::adopt(&place.folder, &crate::Places::of_this_user().device())?;
        tracing::info!("demo built");
        Ok(self.first_case)
    }
}

/// The place of a demo, and what lies beside it while one is built. Whoever has it is the only one
/// who builds there; what builds leave, whole or half, is taken away before and after.
struct DemoPlace {
    folder: PathBuf,
    site: PathBuf,
    old: PathBuf,
    _gate: File,
}

impl DemoPlace {
    /// Waits until no other process builds there.
    fn claim(folder: &Path) -> AppResult<Self> {
        let folder = std::path::absolute(folder).map_err(|e| AppError::of_disk(&e, folder))?;
        let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
            return Err(not_ours(&folder));
        };
        // Hidden: nobody takes them for a workspace to open.
        let beside = |what: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(what);
            parent.join(hidden)
        };
        let refused = |e: &io::Error| AppError::of_disk(e, &folder);
        fs::create_dir_all(parent).map_err(|e| refused(&e))?;
        let gate = File::create(beside(".lock")).map_err(|e| refused(&e))?;
        gate.lock().map_err(|e| refused(&e))?;
        let place = Self {
            site: beside(".building"),
            old: beside(".old"),
            _gate: gate,
            folder,
        };
        place
            .clear()
            .map_err(|e| AppError::of_disk(&e, &place.folder))?;
        Ok(place)
    }

    fn clear(&self) -> io::Result<()> {
        absent(fs::remove_dir_all(&self.site))?;
        absent(fs::remove_dir_all(&self.old))
    }

    fn construct(self, models: &Path) -> AppResult<Prepared> {
        Ok(Prepared {
            first_case: construct(&self.site, models)?,
            place: self,
        })
    }

    /// Makes the new names survive a power cut. Windows keeps names with their files.
    fn sync(&self) -> io::Result<()> {
        match self.folder.parent() {
            Some(parent) if cfg!(unix) => File::open(parent)?.sync_all(),
            _ => Ok(()),
        }
    }
}

impl Drop for DemoPlace {
    fn drop(&mut self) {
        if let Err(e) = self.clear() {
            tracing::info!(kind = ?e.kind(), "what a build left is cleared before the next one");
        }
    }
}

/// What is not there need not be removed.
fn absent(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Tells the story into a new workspace, with everything real but the sound and the time.
fn construct(site: &Path, models: &Path) -> AppResult<CaseId> {
    let clock = Arc::new(StoryClock::new(SystemClock.now_ms()));
    let options = Options {
        workspace: site.to_owned(),
        models: Some(models.to_owned()),
        player: false,
        device: crate::Places::of_this_user().device(),
    };
    let senses = Senses {
        clock: clock.clone(),
        player: Some(Arc::new(StoryPlayer::default())),
        ..Senses::hearing(qinting_audio::start_capture())
    };
    let host = Arc::new(Host::open_at(options, senses)?);
    let scratch = site.join(SCRATCH);
    let refused = |e: &io::Error| AppError::of_disk(e, &scratch);
    fs::create_dir(&scratch).map_err(|e| refused(&e))?;
    let told = qinting_demo::tell(&host.at_desk(), &clock, &scratch);
    let ended = host.end(LETTING_GO);
    let first_case = told?.first_case;
    if !ended {
        return Err(AppError::new(codes::INTERNAL).because("the demo is still worked on"));
    }
    fs::remove_dir_all(&scratch).map_err(|e| refused(&e))?;
    let card = serde_json::to_vec(&Card { first_case })
        .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
    let file = site.join(CARD);
    fs::write(&file, card).map_err(|e| AppError::of_disk(&e, &file))?;
    Ok(first_case)
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_desk::Store;
    use qinting_store::Device;
    use rstest::rstest;

    /// A workspace with a real database; a demo's has the mark and the card.
    fn make(folder: &Path, is_demo: bool) {
        let workspace = Workspace::open(folder, &Device::passing()).unwrap();
        if is_demo {
            workspace.mark_demo().unwrap();
            fs::write(
                folder.join(CARD),
                br#"{"first_case":"01a2022a-9f58-7797-8c99-7e2cf5378bfc"}"#,
            )
            .unwrap();
        }
    }

    fn damage(folder: &Path) {
        let file = folder.join("workspace.db");
        let mut bytes = fs::read(&file).unwrap();
        // The first page holds the schema and stays; every later page loses its header.
        for page in bytes.chunks_mut(4_096).skip(1) {
            page[..64].fill(0xA5);
        }
        fs::write(file, bytes).unwrap();
    }

    #[rstest]
    #[case::a_demo(true, false, Ok(Found::Demo))]
    #[case::a_demo_that_broke(true, true, Ok(Found::Ruin))]
    #[case::somebodys_own(false, false, Err(codes::WORKSPACE_UNUSABLE))]
    #[case::somebodys_own_that_broke(false, true, Err(codes::WORKSPACE_DAMAGED))]
    fn only_a_demo_is_taken_for_one(
        #[case] is_demo: bool,
        #[case] is_damaged: bool,
        #[case] expected: Result<Found, &str>,
    ) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("demo");
        make(&folder, is_demo);
        if is_damaged {
            damage(&folder);
        }
        let found = find(&folder).map_err(|e| e.code().to_owned());
        assert_eq!(found, expected.map_err(str::to_owned));
    }

    #[test]
    fn what_is_not_the_demo_is_neither_built_over_nor_removed() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("demo");
        make(&folder, false);
        for refused in [
            build(&folder, dir.path()),
            rebuild(&folder, dir.path()),
            ensure(&folder, dir.path()).map(|()| CaseId(uuid::Uuid::nil())),
        ] {
            assert_eq!(refused.unwrap_err().code(), codes::WORKSPACE_UNUSABLE);
        }
        Workspace::open(&folder, &Device::passing()).unwrap();
    }

    #[test]
    fn a_place_that_is_claimed_is_cleared_of_what_builds_left() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("demo");
        for left in [".demo.building/media", ".demo.old"] {
            fs::create_dir_all(dir.path().join(left)).unwrap();
        }
        fs::create_dir(dir.path().join(".other.old")).unwrap();
        drop(DemoPlace::claim(&folder).unwrap());
        let mut names: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        names.sort();
        assert_eq!(names, [".demo.lock", ".other.old"]);
    }
}
