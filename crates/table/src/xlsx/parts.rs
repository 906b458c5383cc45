//! The container of an XLSX: an archive of parts.

use super::xml::Xml;
use crate::limits::PARTS;
use crate::{Bytes, Error};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

/// What may be read to find out what is in an archive. A hundred bytes tell a part.
const DIRECTORY_BYTES: u64 = 8 << 20;

/// A part that is read.
pub(super) type Part<'p> = ZipFile<'p, Metered>;

/// The archive.
pub(super) struct Parts {
    archive: ZipArchive<Metered>,
}

/// A file of which only so much may be read.
pub(super) struct Metered {
    bytes: Box<dyn Bytes>,
    left: Arc<AtomicU64>,
}

impl Read for Metered {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.bytes.read(buffer)?;
        let left = self.left.load(Ordering::Relaxed);
        if left == u64::MAX {
            return Ok(got);
        }
        match left.checked_sub(got as u64) {
            Some(left) => self.left.store(left, Ordering::Relaxed),
            None => return Err(ErrorKind::InvalidData.into()),
        }
        Ok(got)
    }
}

impl Seek for Metered {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

fn refused(e: ZipError) -> Error {
    match e {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Error::Password,
        _ => Error::Damaged { part: "container" },
    }
}

impl Parts {
    pub(super) fn open(bytes: Box<dyn Bytes>) -> Result<Self, Error> {
        let left = Arc::new(AtomicU64::new(DIRECTORY_BYTES));
        let metered = Metered {
            bytes,
            left: Arc::clone(&left),
        };
        let archive = ZipArchive::new(metered).map_err(refused)?;
        left.store(u64::MAX, Ordering::Relaxed);
        if archive.len() > PARTS {
            return Err(Error::Parts { limit: PARTS });
        }
        Ok(Self { archive })
    }

    /// The part of a name, whatever its case and slashes: some writers have their own.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let same = |other: &[u8]| {
            let other = other.strip_prefix(b"/").unwrap_or(other);
            let alike =
                |(a, b): (&u8, &u8)| a.eq_ignore_ascii_case(b) || (*a == b'/' && *b == b'\\');
            name.len() == other.len() && name.as_bytes().iter().zip(other).all(alike)
        };
        let found = self.archive.file_names_raw().find(|other| same(other))?;
        self.archive.index_for_name_raw(found)
    }

    /// Whether there is a part whose name begins so.
    pub(super) fn has_below(&self, folder: &str) -> bool {
        let mut names = self.archive.file_names_raw();
        names.any(|name| name.starts_with(folder.as_bytes()))
    }

    /// The first bytes of a part.
    pub(super) fn start(&mut self, index: usize, length: u64) -> Result<Vec<u8>, Error> {
        let mut start = Vec::new();
        let part = self.archive.by_index(index).map_err(refused)?;
        match part.take(length).read_to_end(&mut start) {
            Ok(_) => Ok(start),
            Err(_) => Err(Error::Damaged { part: "container" }),
        }
    }

    /// A part as XML of at most `limit` bytes: what it says of its own size is looked at first, and
    /// what comes out of it is counted all the same.
    pub(super) fn xml(
        &mut self,
        index: usize,
        what: &'static str,
        limit: u64,
    ) -> Result<Xml<Part<'_>>, Error> {
        let part = self.archive.by_index(index).map_err(refused)?;
        if part.size() > limit {
            return Err(Error::Inflates { limit });
        }
        Ok(Xml::new(part, what, limit))
    }
}
