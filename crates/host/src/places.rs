//! Where things live when nobody says otherwise, and which workspace was open last.

use qinting_desk::{AppError, AppResult, Cause, codes};
use qinting_domain::path_text;
use qinting_store::Device;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The database of a workspace folder: what tells one from any other folder.
const DATABASE: &str = "workspace.db";
/// What was open last, in the data folder.
const MEMORY: &str = "last-opened.json";
/// Which installation this is, in the data folder.
/// Folders of the data folder that are no place for a workspace of one's own.
const RESERVED: [&str; 2] = ["demo", "models"];
/// What systems and cut-off starts leave in a folder that a person calls empty.
const LITTER: [&str; 4] = [".DS_Store", "desktop.ini", "Thumbs.db", "workspace.lock"];

fn data_dir() -> PathBuf {
    directories::ProjectDirs::from("cn", "qinting", "qinting")
        .map(|d| d.data_dir().to_owned())
        .unwrap_or_else(|| PathBuf::from("qinting-data"))
}

/// The workspace `QINTING_WORKSPACE` names.
pub fn named_workspace() -> Option<PathBuf> {
    std::env::var_os("QINTING_WORKSPACE").map(PathBuf::from)
}

/// The workspace folder: `QINTING_WORKSPACE`, else `workspace` in the user's data folder.
pub fn default_workspace() -> PathBuf {
    named_workspace().unwrap_or_else(|| Places::of_this_user().own())
}

/// The models folder, shared by all workspaces: `QINTING_MODELS`, else `models` in the user's data
/// folder.
pub fn default_models() -> PathBuf {
    std::env::var_os("QINTING_MODELS").map_or_else(|| data_dir().join("models"), PathBuf::from)
}

/// What a folder is to somebody who wants a workspace there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// A workspace lies there.
    Workspace,
    /// Nothing is there, or nothing is in it: one can be made.
    Free,
    /// Somebody else's.
    Taken,
}

impl Ground {
    pub(crate) fn of(folder: &Path) -> Self {
        let entries = match std::fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Self::Free,
            Err(_) => return Self::Taken,
        };
        if folder.join(DATABASE).exists() {
            return Self::Workspace;
        }
        let is_litter = |name: &std::ffi::OsStr| LITTER.iter().any(|l| name == *l);
        let is_free = entries
            .map_while(Result::ok)
            .all(|entry| is_litter(&entry.file_name()));
        if is_free { Self::Free } else { Self::Taken }
    }
}

/// Both paths lead to one folder.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    real_path(one) == real_path(other)
}

/// The way to a folder without links, whether the folder is there yet or not: two starts must name
/// it alike, also when the first of them makes it.
pub fn real_path(folder: &Path) -> PathBuf {
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    for there in folder.ancestors() {
        if let Ok(real) = there.canonicalize()
            && let Ok(rest) = folder.strip_prefix(there)
        {
            // Joining nothing would add a separator.
            return real.components().chain(rest.components()).collect();
        }
    }
    folder
}

/// A folder as an error names it: its own name, never the way to it.
pub(crate) fn name_of(folder: &Path) -> String {
    folder.file_name().map(path_text::shown).unwrap_or_default()
}

/// What a window opens first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Start {
    /// The one that was asked for; it is not remembered.
    Named(PathBuf),
    /// The one that was open last.
    Last(PathBuf),
    /// The person's own in the usual place, made when it is not there.
    Own(PathBuf),
    /// Nothing yet: the person chooses.
    Doors,
}

/// What was open last.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Memory {
    #[serde(with = "path_text::perhaps")]
    last: Option<PathBuf>,
    #[serde(with = "path_text::perhaps")]
    last_own: Option<PathBuf>,
}

/// The places of one user, below one data folder.
#[derive(Clone, Debug)]
pub struct Places {
    data: PathBuf,
}

impl Places {
    /// The places of whoever runs this process.
    pub fn of_this_user() -> Self {
        Self::below(data_dir())
    }

    /// Places below a data folder of the caller's choice.
    pub fn below(data: PathBuf) -> Self {
        Self { data }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The person's own workspace, unless they chose another place.
    pub fn own(&self) -> PathBuf {
        self.data.join("workspace")
    }

    /// The demo workspace.
    pub fn demo(&self) -> PathBuf {
        self.data.join("demo")
    }

    /// Which installation this is, made at the first start. Where that cannot be kept, this run is one by
    /// itself.
    pub fn device(&self) -> Device {
        Device::kept_in(&self.data)
    }

    /// Writes a file of the data folder whole or not at all.
    fn write_whole(&self, place: &Path, bytes: &[u8]) -> AppResult<()> {
        let refused = |e: &std::io::Error| AppError::of_disk(e, place);
        std::fs::create_dir_all(&self.data).map_err(|e| refused(&e))?;
        let mut file = tempfile::NamedTempFile::new_in(&self.data).map_err(|e| refused(&e))?;
        file.write_all(bytes).map_err(|e| refused(&e))?;
        file.as_file().sync_all().map_err(|e| refused(&e))?;
        file.persist(place).map_err(|e| refused(&e.error))?;
        Ok(())
    }

    /// A place of the data folder where nothing lies yet, called like `name` as far as that goes.
    pub(crate) fn free_place(&self, name: &str) -> PathBuf {
        let name = if name.is_empty() || RESERVED.contains(&name) {
            "workspace"
        } else {
            name
        };
        let numbered = (2u32..).map(|n| self.data.join(format!("{name}-{n}")));
        std::iter::once(self.data.join(name))
            .chain(numbered)
            .find(|place| Ground::of(place) == Ground::Free)
            .unwrap_or_else(|| self.own())
    }

    /// The workspace that was open last, if any was remembered.
    pub fn last(&self) -> Option<PathBuf> {
        self.memory().last
    }

    /// The last workspace that was not the demo.
    pub fn last_own(&self) -> Option<PathBuf> {
        self.memory().last_own
    }

    /// Keeps for the next start which workspace is open.
    pub fn remember(&self, folder: &Path, is_demo: bool) -> AppResult<()> {
        let folder = std::path::absolute(folder).map_err(|e| AppError::of_disk(&e, folder))?;
        let mut memory = self.memory();
        if !is_demo {
            memory.last_own = Some(folder.clone());
        }
        memory.last = Some(folder);
        let bytes = serde_json::to_vec_pretty(&memory)
            .map_err(|e| AppError::new(codes::INTERNAL).because(e))?;
        // A start that reads half of it would forget the person's workspace.
        self.write_whole(&self.data.join(MEMORY), &bytes)
    }

    /// What to open first: what was named, else the last one, else one's own where there is one or
    /// where recordings are brought along, else nothing.
    pub fn start(&self, named: Option<PathBuf>, brings_files: bool) -> Start {
        if let Some(named) = named {
            return Start::Named(named);
        }
        if let Some(last) = self.last() {
            return Start::Last(last);
        }
        let own = self.own();
        if brings_files || Ground::of(&own) == Ground::Workspace {
            Start::Own(own)
        } else {
            Start::Doors
        }
    }

    fn memory(&self) -> Memory {
        let Ok(bytes) = std::fs::read(self.data.join(MEMORY)) else {
            return Memory::default();
        };
        serde_json::from_slice(&bytes).unwrap_or_else(|e| {
            tracing::warn!(kind = %Cause::kind(&e), "which workspace was open last is not readable");
            Memory::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::fs;
    use tempfile::TempDir;

    fn places() -> (TempDir, Places) {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path().join("数据"));
        (dir, places)
    }

    fn make_workspace(folder: &Path) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(DATABASE), "").unwrap();
    }

    #[test]
    fn what_a_disk_says_is_told_with_what_it_is_about() {
        let dir = tempfile::tempdir().unwrap();
        let places = Places::below(dir.path().join("数据/里面"));
        fs::write(dir.path().join("数据"), "a file in its place").unwrap();
        let refused = places.remember(dir.path(), false).unwrap_err();
        assert_eq!(refused.note.code, codes::DISK_FOLDER_MISSING);
        assert_eq!(refused.note.args["name"], "数据");
    }

    #[test]
    fn a_first_start_opens_nothing() {
        let (_dir, places) = places();
        assert_eq!(places.start(None, false), Start::Doors);
    }

    #[test]
    fn recordings_brought_along_open_the_persons_own_workspace() {
        let (_dir, places) = places();
        assert_eq!(places.start(None, true), Start::Own(places.own()));
    }

    #[test]
    fn a_workspace_in_the_usual_place_is_opened_without_a_question() {
        let (_dir, places) = places();
        make_workspace(&places.own());
        assert_eq!(places.start(None, false), Start::Own(places.own()));
    }

    #[test]
    fn the_last_one_comes_before_the_usual_place_and_a_named_one_before_both() {
        let (dir, places) = places();
        make_workspace(&places.own());
        let theirs = dir.path().join("另一个");
        places.remember(&theirs, false).unwrap();
        assert_eq!(places.start(None, true), Start::Last(theirs));
        let named = PathBuf::from("named");
        assert_eq!(places.start(Some(named.clone()), true), Start::Named(named));
    }

    #[test]
    fn the_demo_does_not_take_the_place_of_ones_own() {
        let (dir, places) = places();
        let theirs = dir.path().join("theirs");
        places.remember(&theirs, false).unwrap();
        places.remember(&places.demo(), true).unwrap();
        assert_eq!(places.last(), Some(places.demo()));
        assert_eq!(places.last_own(), Some(theirs));
    }

    #[rstest]
    #[case::cut_off(r#"{"last": "/so"#)]
    #[case::something_else("[1, 2]")]
    #[case::nothing("")]
    fn a_memory_that_cannot_be_read_is_no_memory(#[case] text: &str) {
        let (_dir, places) = places();
        fs::create_dir_all(places.data()).unwrap();
        fs::write(places.data().join(MEMORY), text).unwrap();
        assert_eq!(places.start(None, false), Start::Doors);
        places.remember(&places.own(), false).unwrap();
        assert_eq!(places.last(), Some(places.own()));
    }

    #[test]
    fn remembering_leaves_nothing_else_behind() {
        let (_dir, places) = places();
        for _ in 0..3 {
            places.remember(&places.own(), false).unwrap();
        }
        let names: Vec<_> = fs::read_dir(places.data())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(names, [MEMORY]);
    }

    #[rstest]
    #[case::absent(&[], Ground::Free)]
    #[case::empty(&[""], Ground::Free)]
    #[case::litter(&[".DS_Store", "Thumbs.db"], Ground::Free)]
    #[case::workspace(&[DATABASE, "letter.txt"], Ground::Workspace)]
    #[case::somebody_elses(&["letter.txt"], Ground::Taken)]
    #[case::hidden_work(&[".git"], Ground::Taken)]
    fn ground_is_told_apart(#[case] files: &[&str], #[case] expected: Ground) {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("folder");
        for file in files {
            fs::create_dir_all(&folder).unwrap();
            if !file.is_empty() {
                fs::write(folder.join(file), "x").unwrap();
            }
        }
        assert_eq!(Ground::of(&folder), expected);
    }

    #[test]
    fn a_file_is_no_ground() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("letter.txt");
        fs::write(&file, "x").unwrap();
        assert_eq!(Ground::of(&file), Ground::Taken);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_a_folder_is_that_folder() {
        let dir = tempfile::tempdir().unwrap();
        let (folder, link) = (dir.path().join("folder"), dir.path().join("link"));
        fs::create_dir(&folder).unwrap();
        std::os::unix::fs::symlink(&folder, &link).unwrap();
        assert!(is_same(&folder, &link));
        assert!(!is_same(&folder, dir.path()));
        let (new, linked) = (folder.join("neu/a"), link.join("neu/a"));
        assert_eq!(real_path(&new), real_path(&linked));
        fs::create_dir_all(&new).unwrap();
        assert_eq!(real_path(&linked), new.canonicalize().unwrap());
    }

    #[test]
    fn an_installation_is_told_from_others_and_keeps_its_id() {
        let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let places = Places::below(here.path().join("data"));
        let device = places.device().id();
        assert_eq!(places.device().id(), device);
        assert_ne!(Places::below(there.path().to_owned()).device().id(), device);
        // What does not say an id says nothing.
        std::fs::write(here.path().join("data/device"), "cut o").unwrap();
        let anew = places.device().id();
        assert_ne!(anew, device);
        assert_eq!(places.device().id(), anew);
        // Where nothing can be kept, a run is one by itself.
        let file = there.path().join("file");
        std::fs::write(&file, "").unwrap();
        let passing = Places::below(file);
        assert_ne!(passing.device().id(), passing.device().id());
    }
}
