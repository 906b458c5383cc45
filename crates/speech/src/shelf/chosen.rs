//! Model files a person chose from a disk: sites without a network bring them on a stick.

use super::catalogue::Published;
use super::part::{disk, remove, sync_folder};
use crate::header::{self, ModelHeader};
use qinting_desk::error::{AppError, AppResult, codes};
use qinting_desk::files;
use qinting_desk::{ModelRow, ModelState};
use qinting_domain::path_text;
use serde::{Deserialize, Serialize};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// No Whisper model is bigger; a file may also grow while it is copied.
const MAX_MODEL_BYTES: u64 = 8 << 30;

/// What is known about a chosen file; lies beside it as JSON.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Chosen {
    /// Name as it was chosen, without folder and ending.
    name: String,
    /// SHA-256 of the file, lower-case hex.
    sha256: String,
    bytes: u64,
    english_only: bool,
    is_demo: bool,
}

impl Chosen {
    /// `file:` and the first 12 digits of the hash.
    pub(crate) fn id(&self) -> String {
        format!("file:{}", self.key())
    }

    fn key(&self) -> &str {
        self.sha256.get(..12).unwrap_or(&self.sha256)
    }

    /// Where the model lies.
    pub(crate) fn path(&self, folder: &Path) -> PathBuf {
        folder.join(format!("file-{}.bin", self.key()))
    }

    fn note(&self, folder: &Path) -> PathBuf {
        folder.join(format!("file-{}.json", self.key()))
    }

    /// As a row of the shelf.
    pub(crate) fn row(&self) -> ModelRow {
        let language = match (self.is_demo, self.english_only) {
            (true, _) => "demo",
            (_, true) => "en",
            _ => "multi",
        };
        ModelRow {
            id: self.id(),
            name: self.name.clone(),
            bytes: self.bytes,
            hash: self.sha256.clone(),
            languages: vec![language.to_owned()],
            speed_hint: 0.0,
            state: ModelState::Installed,
            bytes_present: self.bytes,
            is_default: false,
            is_demo: self.is_demo,
        }
    }

    /// Takes it off the shelf.
    pub(crate) fn remove(&self, folder: &Path) {
        remove(&self.note(folder));
        remove(&self.path(folder));
    }
}

/// What a file turned out to be.
pub(crate) enum Adopted {
    /// A published model, by its hash: it stands on the shelf as if it had been downloaded.
    Published(String),
    /// Another model.
    Chosen(Chosen),
}

/// All chosen files whose model is there, by name.
pub(crate) fn all(folder: &Path) -> Vec<Chosen> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<Chosen> = entries
        .flatten()
        .filter(|e| {
            let name = e.file_name();
            let name = name.to_string_lossy();
            name.starts_with("file-") && name.ends_with(".json")
        })
        .filter_map(|e| std::fs::read(e.path()).ok())
        .filter_map(|note| serde_json::from_slice::<Chosen>(&note).ok())
        .filter(|c| c.path(folder).metadata().is_ok_and(|m| m.len() == c.bytes))
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.sha256.cmp(&b.sha256)));
    found
}

/// Checks a file and copies it onto the shelf.
pub(crate) fn adopt(path: &Path, folder: &Path, published: &[Published]) -> AppResult<Adopted> {
    let unreadable = |e: std::io::Error| AppError::new(codes::SPEECH_MODEL_UNREADABLE).because(e);
    let header = ModelHeader::read(path)
        .map_err(unreadable)?
        .ok_or_else(|| AppError::new(codes::MODEL_NOT_A_MODEL))?;
    if !header::has_vocabulary(path, &header).map_err(unreadable)? {
        return Err(AppError::new(codes::MODEL_NOT_A_MODEL).because("no vocabulary"));
    }
    std::fs::create_dir_all(folder).map_err(disk(folder))?;
    let draft = folder.join(format!("incoming-{}.tmp", std::process::id()));
    let copied = copy(path, &draft, unreadable)
        .and_then(|c| settle(&c, path, &draft, folder, &header, published));
    remove(&draft);
    copied
}

struct Copied {
    bytes: u64,
    sha1: String,
    sha256: String,
}

fn copy(
    from: &Path,
    to: &Path,
    unreadable: impl Fn(std::io::Error) -> AppError,
) -> AppResult<Copied> {
    let mut source = files::open(from).map_err(&unreadable)?;
    let mut target = File::create(to).map_err(disk(to))?;
    let (mut sha1, mut sha256) = (Sha1::new(), Sha256::new());
    let mut chunk = vec![0; 256 * 1024];
    let mut bytes = 0;
    loop {
        let n = source.read(&mut chunk).map_err(&unreadable)?;
        if n == 0 {
            break;
        }
        sha1.update(&chunk[..n]);
        sha256.update(&chunk[..n]);
        bytes += n as u64;
        if bytes > MAX_MODEL_BYTES {
            return Err(AppError::new(codes::MODEL_NOT_A_MODEL).because("too big for one"));
        }
        target.write_all(&chunk[..n]).map_err(disk(to))?;
    }
    target.sync_all().map_err(disk(to))?;
    Ok(Copied {
        bytes,
        sha1: hex::encode(sha1.finalize()),
        sha256: hex::encode(sha256.finalize()),
    })
}

fn settle(
    copied: &Copied,
    source: &Path,
    draft: &Path,
    folder: &Path,
    header: &ModelHeader,
    published: &[Published],
) -> AppResult<Adopted> {
    if let Some(known) = published.iter().find(|m| m.sha1 == copied.sha1) {
        let target = folder.join(&known.file);
        std::fs::rename(draft, &target).map_err(disk(&target))?;
        sync_folder(&target);
        return Ok(Adopted::Published(known.id.clone()));
    }
    let name = source.file_stem().map(path_text::shown);
    let chosen = Chosen {
        name: name.unwrap_or_default(),
        sha256: copied.sha256.clone(),
        bytes: copied.bytes,
        english_only: header.is_english_only(),
        is_demo: header.is_toy(),
    };
    let target = chosen.path(folder);
    std::fs::rename(draft, &target).map_err(disk(&target))?;
    let note = serde_json::to_vec_pretty(&chosen).map_err(|e| {
        AppError::new(codes::INTERNAL)
            .with("ref", "sidecar")
            .because(e)
    })?;
    let beside = chosen.note(folder);
    std::fs::write(&beside, note).map_err(disk(&beside))?;
    sync_folder(&beside);
    Ok(Adopted::Chosen(chosen))
}
