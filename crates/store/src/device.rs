//! Who writes: one installation of the program, and its chain in one workspace folder.
//!
//! What makes an installation itself lies in its data folder and never in a workspace: its id, its key, and
//! for each folder how far its chain had come. So a folder that was carried elsewhere, and a copy that was put
//! back, are not taken up where they are: they begin a chain of their own.

use crate::fault::{Fault, Outcome};
use crate::field::uuid_at;
use hmac::{Hmac, Mac};
use parking_lot::Mutex;
use qinting_app::{AppError, codes};
use qinting_domain::proof::{Digest, NO_HEAD, Salt};
use qinting_domain::{DeviceId, ReplicaId, UnixMs};
use rusqlite::{Connection, OptionalExtension, params};
use sha2::Sha256;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;
use uuid::Uuid;

mod known;
mod witness;

use known::Known;
pub(crate) use witness::Witness;
use witness::{Kept, Witnesses, name_of};

/// The files of an installation in its data folder.
const ID: &str = "device";
const KEY: &str = "device.key";
const WITNESSES: &str = "replicas";
const KNOWN: &str = "known";
/// Bytes of a salt.
const SALT: usize = 16;
/// Bytes that are kept of what vouches for a head.
const VOUCHED: usize = 16;

/// One installation of the program.
#[derive(Clone)]
pub struct Device {
    id: DeviceId,
    key: Arc<[u8; 32]>,
    /// Where it keeps how far it came, outside of all workspaces.
    witnesses: Option<PathBuf>,
    /// Which workspaces somebody said are theirs.
    known: Known,
}

impl fmt::Debug for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Device").field(&self.id).finish()
    }
}

impl Device {
    /// The installation that lives in a data folder, made at its first start. Where that cannot be kept,
    /// this run is one by itself.
    pub fn kept_in(data: &Path) -> Self {
        Self::read_or_made(data).unwrap_or_else(|e| {
            let e = AppError::of_disk(&e, data);
            tracing::warn!(code = e.code(), "which installation this is was not kept");
            Self::passing()
        })
    }

    /// An installation that keeps nothing: every folder it opens is new to it.
    pub fn passing() -> Self {
        let mut key = [0; 32];
        // Without chance there is no key to keep either: then this one vouches for nothing.
        let _ = getrandom::fill(&mut key);
        Self {
            id: DeviceId(Uuid::new_v4()),
            key: Arc::new(key),
            witnesses: None,
            known: Known::Here(Arc::default()),
        }
    }

    fn read_or_made(data: &Path) -> io::Result<Self> {
        fs::create_dir_all(data.join(WITNESSES))?;
        let id = kept(
            data,
            ID,
            |text| text.parse().ok(),
            || Ok(Uuid::new_v4().to_string()),
        )?;
        let read_key = |text: &str| hex::decode(text).ok()?.try_into().ok();
        let key = kept(data, KEY, read_key, || {
            let mut key = [0; 32];
            getrandom::fill(&mut key)?;
            Ok(hex::encode(key))
        })?;
        Ok(Self {
            id: DeviceId(id),
            key: Arc::new(key),
            witnesses: Some(data.join(WITNESSES)),
            known: Known::Folder(data.join(KNOWN)),
        })
    }

    /// Its id.
    pub fn id(&self) -> DeviceId {
        self.id
    }

    /// The data folder it is kept in; `None`: it lasts no longer than this run.
    pub fn data(&self) -> Option<&Path> {
        self.witnesses.as_deref()?.parent()
    }

    /// When its id was made: the file is never written again. `None` where that is not kept.
    pub fn since(&self) -> Option<UnixMs> {
        let made = fs::metadata(self.data()?.join(ID)).ok()?.modified().ok()?;
        let since = made.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok()
    }

    /// Its word for the head of a chain, which nobody else can give.
    pub(crate) fn vouch(&self, head: &Digest) -> [u8; VOUCHED] {
        let mut vouched = [0; VOUCHED];
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&*self.key) {
            mac.update(&head.0);
            vouched.copy_from_slice(&mac.finalize().into_bytes()[..VOUCHED]);
        }
        vouched
    }

    fn witnesses(&self, folder: &Path) -> Option<Witnesses> {
        let witnesses = self.witnesses.as_deref()?;
        Some(Witnesses::of(witnesses, folder))
    }

    /// What it wrote last in a folder, newest first.
    pub(crate) fn wrote(&self, folder: &Path) -> Outcome<Vec<Witness>> {
        let witnesses = self.witnesses(folder);
        Ok(witnesses.map_or(Ok(Vec::new()), |w| w.all())?)
    }

    /// Lets go of what it wrote in a folder: somebody puts another state in its place on purpose.
    pub(crate) fn let_go(&self, folder: &Path) -> Outcome<()> {
        let witnesses = self.witnesses(folder);
        Ok(witnesses.map_or(Ok(()), |w| w.forget())?)
    }
}

/// What stands in a file of one line, which is made where it says nothing yet.
fn kept<T>(
    data: &Path,
    name: &str,
    read: impl Fn(&str) -> Option<T>,
    make: impl Fn() -> io::Result<String>,
) -> io::Result<T> {
    let place = data.join(name);
    let stands = || Some(read(fs::read_to_string(&place).ok()?.trim()));
    if let Some(Some(kept)) = stands() {
        return Ok(kept);
    }
    let mut file = tempfile::NamedTempFile::new_in(data)?;
    file.write_all(make()?.as_bytes())?;
    file.as_file().sync_all()?;
    match stands() {
        // It is cut off, or of something else.
        Some(None) => drop(file.persist(&place).map_err(|e| e.error)?),
        // Another start may have been faster.
        _ => match file.persist_noclobber(&place) {
            Err(e) if e.error.kind() != io::ErrorKind::AlreadyExists => return Err(e.error),
            _ => {}
        },
    }
    stands()
        .flatten()
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}

/// Where a chain ends, and the number of the newest operation of all.
pub(crate) struct End {
    pub seq: i64,
    pub n: i64,
    pub head: Digest,
    /// The head of another chain, where the newest operation is of one.
    pub seen: Option<Digest>,
}

/// The chain an installation writes in one folder.
pub(crate) struct Chain {
    device: Device,
    replica: ReplicaId,
    witness: Option<Mutex<Kept>>,
}

impl Chain {
    /// Goes on with the chain this installation has in a folder, where the database is what it left there
    /// or further; begins a new one otherwise.
    pub fn take_up(device: &Device, folder: &Path, tx: &Connection) -> Outcome<Self> {
        let begun = || ReplicaId(Uuid::new_v4());
        let Some(witnesses) = device.witnesses(folder) else {
            return Ok(Self::new(device, begun(), None));
        };
        match witnesses.take_up(begun, |witness| stands(tx, witness)) {
            Ok((replica, file)) => Ok(Self::new(device, replica, Some(file))),
            Err(TakenUp::Store(fault)) => Err(fault),
            Err(TakenUp::Disk(e)) => {
                let e = AppError::of_disk(&e, folder);
                tracing::warn!(code = e.code(), "how far the log came is not kept");
                Ok(Self::new(device, begun(), None))
            }
        }
    }

    /// Somebody's chain in somebody's hands.
    #[cfg(test)]
    pub fn of(device: &Device, replica: ReplicaId) -> Self {
        Self::new(device, replica, None)
    }

    fn new(device: &Device, replica: ReplicaId, witness: Option<File>) -> Self {
        Self {
            device: device.clone(),
            replica,
            witness: witness.map(|file| Mutex::new(Kept::new(file))),
        }
    }

    pub fn replica(&self) -> ReplicaId {
        self.replica
    }

    pub fn device(&self) -> &Device {
        &self.device
    }

    pub fn vouch(&self, head: &Digest) -> [u8; VOUCHED] {
        self.device.vouch(head)
    }

    /// Salts nobody can guess, all of an operation at once: each question to the system takes its time.
    pub fn salts(&self, count: usize) -> Outcome<impl Iterator<Item = Salt> + use<>> {
        let mut bytes = vec![0; count * SALT];
        getrandom::fill(&mut bytes)
            .map_err(|_| AppError::new(codes::INTERNAL).because("no random bytes"))?;
        let salts = (0..count).map(move |n| {
            let mut salt = [0; SALT];
            salt.copy_from_slice(&bytes[n * SALT..][..SALT]);
            Salt(salt)
        });
        Ok(salts)
    }

    /// Where the chain ends now. Other processes of this installation write on it, too.
    pub fn end(&self, tx: &Connection) -> Outcome<End> {
        let newest = "SELECT seq, replica, n, head FROM op ORDER BY seq DESC LIMIT 1";
        let newest = tx
            .prepare_cached(newest)?
            .query_row([], |r| {
                Ok((r.get(0)?, uuid_at(r, 1)?, r.get(2)?, r.get(3)?))
            })
            .optional()?;
        let mut seen = None;
        let (n, head) = match newest {
            None => (0, NO_HEAD),
            Some((_, replica, n, head)) if replica == self.replica.0 => (n, Digest(head)),
            Some((.., others)) => {
                seen = Some(Digest(others));
                self.own_end(tx)?.unwrap_or((0, NO_HEAD))
            }
        };
        let seq = newest.map_or(0, |(seq, ..)| seq);
        Ok(End { seq, n, head, seen })
    }

    fn own_end(&self, tx: &Connection) -> Outcome<Option<(i64, Digest)>> {
        let sql = "SELECT n, head FROM op WHERE replica = ?1 ORDER BY seq DESC LIMIT 1";
        let end = tx
            .prepare_cached(sql)?
            .query_row([self.replica.0.as_bytes()], |r| {
                Ok((r.get(0)?, Digest(r.get(1)?)))
            });
        Ok(end.optional()?)
    }

    /// Remembers, outside of the workspace, how far the chain has come.
    pub fn keep(&self, n: i64, head: &Digest) {
        let witness = Witness {
            replica: self.replica,
            n,
            head: *head,
        };
        if let Some(kept) = &self.witness {
            kept.lock().go_on(witness);
        }
    }
}

/// Why a chain was not taken up.
enum TakenUp {
    Store(Fault),
    Disk(io::Error),
}

impl From<io::Error> for TakenUp {
    fn from(e: io::Error) -> Self {
        Self::Disk(e)
    }
}

/// Whether a database holds what this installation wrote last.
fn stands(tx: &Connection, witness: &Witness) -> Result<bool, TakenUp> {
    if witness.n == 0 {
        return Ok(true);
    }
    // From the newest on: it is among the last ones, or nowhere.
    let sql = "SELECT head = ?3 FROM op WHERE replica = ?1 AND n = ?2 ORDER BY seq DESC LIMIT 1";
    let p = params![witness.replica.0.as_bytes(), witness.n, witness.head.0];
    let found = tx.query_row(sql, p, |r| r.get(0)).optional();
    let found = found.map_err(|e| TakenUp::Store(e.into()))?;
    Ok(found.unwrap_or(false))
}
