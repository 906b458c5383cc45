//! What is in files and folders.

use qinting_domain::{Sha256, sha256_of};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// SHA-256 of bytes, as text.
pub fn digest(bytes: impl AsRef<[u8]>) -> Sha256 {
    sha256_of(bytes.as_ref())
}

/// SHA-256 of a file.
pub fn sha256(file: &Path) -> Sha256 {
    digest(std::fs::read(file).unwrap())
}

/// Every file below a folder, in order; none where the folder is not there.
pub fn below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// The file below a folder that holds bytes of this SHA-256.
pub fn holding(folder: &Path, wanted: &Sha256) -> Option<PathBuf> {
    let mut files = below(folder).into_iter();
    files.find(|file| sha256(file) == *wanted)
}

/// Every file below a folder with what it holds, as its SHA-256.
pub fn snapshot(folder: &Path) -> BTreeMap<PathBuf, Sha256> {
    let files = below(folder).into_iter();
    files.map(|file| (file.clone(), sha256(&file))).collect()
}
