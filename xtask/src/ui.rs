//! The UI: its packages and its build, each only when something changed.

use crate::shell::{notes, npm, program, root};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

const OLDEST_NODE: u32 = 20;

/// Packages installed, `ui/dist` as new as its sources.
pub fn ready() -> Result<()> {
    node()?;
    install()?;
    build()
}

fn node() -> Result<()> {
    let said = program("node")
        .args(["--version"])
        .ask()
        .map(|(_, text)| text)
        .unwrap_or_default();
    let version = said.trim();
    if major(version).is_some_and(|major| major >= OLDEST_NODE) {
        return Ok(());
    }
    let found = if version.is_empty() {
        "none was found"
    } else {
        version
    };
    bail!("Node {OLDEST_NODE} or newer is needed ({found}): https://nodejs.org/en/download")
}

fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

fn install() -> Result<()> {
    let lock = root().join("ui/package-lock.json");
    let wanted = fs::read(&lock).with_context(|| format!("{} cannot be read", lock.display()))?;
    let note = notes().join("package-lock.json");
    let has_modules = root().join("ui/node_modules").is_dir();
    if has_modules && fs::read(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    npm(["ci", "--no-audit", "--no-fund"]).run()?;
    fs::create_dir_all(notes())?;
    fs::write(&note, wanted)?;
    Ok(())
}

fn build() -> Result<()> {
    let note = notes().join("ui-built");
    let built = fs::metadata(&note).and_then(|meta| meta.modified()).ok();
    let is_there = root().join("ui/dist/index.html").is_file();
    if let (true, Some(built)) = (is_there, built)
        && newest(&root().join("ui"))? <= built
    {
        return Ok(());
    }
    // The time before the build, so that an edit made while it ran counts as newer.
    let start = SystemTime::now();
    npm(["run", "build"]).run()?;
    fs::create_dir_all(notes())?;
    fs::File::create(&note)?.set_modified(start)?;
    Ok(())
}

/// Time of the newest change below `dir`; folders count, because a deleted file changes only those.
fn newest(dir: &Path) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == "node_modules" || name == "dist" {
            continue;
        }
        let meta = entry.metadata()?;
        newest = newest.max(meta.modified()?);
        if meta.is_dir() {
            newest = newest.max(self::newest(&entry.path())?);
        }
    }
    Ok(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v9.1.0"), Some(9));
        assert_eq!(major(""), None);
        assert_eq!(major("node: not found"), None);
    }
}
