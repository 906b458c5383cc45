//! How far the chain of an installation had come in a folder, kept outside of it.
//!
//! One small file per folder, by a hash of its path: a line that is written over as the chain goes on, and
//! beside it, in a second file, where chains ended that did not go on.

use super::TakenUp;
use qinting_domain::ReplicaId;
use qinting_domain::proof::Digest;
use sha2::{Digest as _, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// Where a chain had come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Witness {
    pub replica: ReplicaId,
    pub n: i64,
    pub head: Digest,
}

impl Witness {
    /// One line of one length, so that it can be written over; its end tells a torn one.
    fn line(&self) -> String {
        let said = format!("{} {:020} {:?}", self.replica, self.n, self.head);
        let check = hex::encode(&Sha256::digest(&said)[..8]);
        format!("{said} {check}\n")
    }

    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        let replica: Uuid = parts.next()?.parse().ok()?;
        let n = parts.next()?.parse().ok()?;
        let head = hex::decode(parts.next()?).ok()?.try_into().ok()?;
        let witness = Self {
            replica: ReplicaId(replica),
            n,
            head: Digest(head),
        };
        (witness.line().trim_end() == line).then_some(witness)
    }

    /// Writes it over what the file holds, unless another process of this installation is further.
    pub fn write(&self, file: &mut File) -> io::Result<()> {
        file.lock()?;
        let written = self.write_locked(file);
        file.unlock()?;
        written
    }

    fn write_locked(&self, file: &mut File) -> io::Result<()> {
        let is_behind =
            newest(file)?.is_none_or(|kept| kept.replica != self.replica || kept.n < self.n);
        if is_behind {
            file.seek(SeekFrom::Start(0))?;
            file.write_all(self.line().as_bytes())?;
        }
        Ok(())
    }
}

fn newest(file: &mut File) -> io::Result<Option<Witness>> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0))?;
    // What is no text is no witness either.
    let _ = file.take(1024).read_to_string(&mut text);
    Ok(text.lines().next().and_then(Witness::read))
}

/// Operations after which it is written; and when the workspace is let go. Each time costs the disk more than
/// an operation may wait for, and what is not kept yet only makes a cut there, after a crash, harder to see.
const EVERY: u32 = 16;

/// The witness of a chain that goes on.
pub(super) struct Kept {
    file: File,
    newest: Option<Witness>,
    since: u32,
}

impl Kept {
    pub fn new(file: File) -> Self {
        Self {
            file,
            newest: None,
            since: 0,
        }
    }

    /// The chain has come to here.
    pub fn go_on(&mut self, to: Witness) {
        // Threads come here in another order than they wrote.
        if self.newest.is_none_or(|kept| kept.n < to.n) {
            self.newest = Some(to);
        }
        self.since += 1;
        if self.since >= EVERY {
            self.write();
        }
    }

    fn write(&mut self) {
        self.since = 0;
        if let Some(Err(e)) = self.newest.map(|newest| newest.write(&mut self.file)) {
            tracing::warn!(kind = ?e.kind(), "how far the log came was not kept");
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.write();
    }
}

/// What the files of a folder are called: by where it really lies. Another way to it is the same folder, another
/// place another one.
pub(super) fn name_of(folder: &Path) -> String {
    let real = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    hex::encode(&Sha256::digest(real.as_os_str().as_encoded_bytes())[..16])
}

/// The witnesses of one folder.
pub(super) struct Witnesses {
    newest: PathBuf,
    ended: PathBuf,
}

impl Witnesses {
    pub fn of(place: &Path, folder: &Path) -> Self {
        let name = name_of(folder);
        Self {
            newest: place.join(&name),
            ended: place.join(name + ".ended"),
        }
    }

    /// The chain that goes on here. One whose end is not found is put on record as ended, and a new one
    /// begins.
    pub fn take_up(
        &self,
        begun: impl Fn() -> ReplicaId,
        stands: impl Fn(&Witness) -> Result<bool, TakenUp>,
    ) -> Result<(ReplicaId, File), TakenUp> {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&self.newest)?;
        file.lock()?;
        if let Some(kept) = newest(&mut file)? {
            if stands(&kept)? {
                file.unlock()?;
                return Ok((kept.replica, file));
            }
            let mut ended = OpenOptions::new()
                .append(true)
                .create(true)
                .open(&self.ended)?;
            ended.write_all(kept.line().as_bytes())?;
        }
        let begun = Witness {
            replica: begun(),
            n: 0,
            head: qinting_domain::proof::NO_HEAD,
        };
        file.seek(SeekFrom::Start(0))?;
        file.write_all(begun.line().as_bytes())?;
        file.unlock()?;
        Ok((begun.replica, file))
    }

    /// Whether a chain was ever begun here.
    pub fn are_there(&self) -> bool {
        self.newest.exists() || self.ended.exists()
    }

    /// All of them: of the chain that goes on first.
    pub fn all(&self) -> io::Result<Vec<Witness>> {
        let mut text = read(&self.newest)?;
        text += &read(&self.ended)?;
        Ok(text.lines().filter_map(Witness::read).collect())
    }

    pub fn forget(&self) -> io::Result<()> {
        match fs::remove_file(&self.newest) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
            _ => Ok(()),
        }
    }
}

fn read(file: &Path) -> io::Result<String> {
    match fs::read(file) {
        Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(e) => Err(e),
    }
}
