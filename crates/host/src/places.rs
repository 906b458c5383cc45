//! Where things live when nobody says otherwise, and which workspace was open last.

use qinting_desk::{AppError, AppResult, Cause, codes};
use qinting_domain::{WorkspaceId, path_text};
use qinting_store::Device;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The database of a workspace folder: what tells one from any other folder.
const DATABASE: &str = "workspace.db";
/// What was open last, in the data folder.
const MEMORY: &str = "last-opened.json";
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
    /// What the folders of workspaces that were open here are called.
    names: BTreeMap<WorkspaceId, String>,
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
        let device = Device::kept_in(&self.data);
        if device.asked_nobody_yet() {
            self.take_over(&device);
        }
        device
    }

    /// What a version that did not ask whose a workspace is had open last is this installation's own.
    fn take_over(&self, device: &Device) {
        let memory = self.memory();
        let known = memory.last.into_iter().chain(memory.last_own);
        for folder in known.chain([self.demo()]) {
            if let Err(e) = device.take_as_ours(&folder, None) {
                let e = AppError::of_disk(&e, &folder);
                tracing::warn!(code = e.code(), "that a workspace is known was not kept");
            }
        }
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
        self.keep(&memory)
    }

    /// Keeps what a workspace is called here.
    pub(crate) fn keep_name(&self, id: WorkspaceId, name: String) -> AppResult<()> {
        let mut memory = self.memory();
        if memory.names.get(&id) == Some(&name) {
            return Ok(());
        }
        memory.names.insert(id, name);
        self.keep(&memory)
    }

    /// What a workspace was called when it was open here.
    pub(crate) fn name_of_workspace(&self, id: WorkspaceId) -> Option<String> {
        self.memory().names.remove(&id)
    }

    fn keep(&self, memory: &Memory) -> AppResult<()> {
        let bytes = serde_json::to_vec_pretty(memory)
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
mod tests;
