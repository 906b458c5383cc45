//! Model files a person named by their place, without taking them onto the shelf.
//!
//! A job's row may say any place, and a workspace may come from anybody: so which ones somebody here named is kept
//! beside the models, for every process of this installation.

use qinting_domain::path_text;
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// In the models folder, a place a line.
const LIST: &str = "named";
/// So many are kept, the newest.
const MOST: usize = 32;

/// The places that were named.
#[derive(Default)]
pub(crate) struct Named(Mutex<VecDeque<String>>);

impl Named {
    /// Somebody named this file.
    pub(crate) fn add(&self, folder: &Path, path: &Path) {
        let place = path_text::to_text(path);
        let mut here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        put(&mut here, &place);
        // This process knows it whether or not others can be told.
        if let Err(e) = keep(folder, &place) {
            tracing::warn!(kind = ?e.kind(), "a model file that was named is not kept");
        }
    }

    /// Whether somebody here did.
    pub(crate) fn has(&self, folder: &Path, path: &Path) -> bool {
        let place = path_text::to_text(path);
        let here = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        here.contains(&place) || kept(folder).contains(&place)
    }
}

fn put(all: &mut VecDeque<String>, place: &str) {
    all.retain(|known| known != place);
    all.push_back(place.to_owned());
    while all.len() > MOST {
        all.pop_front();
    }
}

fn list(folder: &Path) -> PathBuf {
    folder.join(LIST)
}

fn kept(folder: &Path) -> VecDeque<String> {
    let text = std::fs::read_to_string(list(folder)).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

fn keep(folder: &Path, place: &str) -> io::Result<()> {
    let mut all = kept(folder);
    if all.back().is_some_and(|last| last == place) {
        return Ok(());
    }
    // What cannot stand on a line is for this process alone.
    if place.contains(['\n', '\r']) {
        return Ok(());
    }
    put(&mut all, place);
    std::fs::create_dir_all(folder)?;
    // Whole or not at all, as another process reads it.
    let draft = folder.join(format!("{LIST}-{}.tmp", std::process::id()));
    let mut file = File::create(&draft)?;
    for place in all {
        writeln!(file, "{place}")?;
    }
    std::fs::rename(draft, list(folder))
}
