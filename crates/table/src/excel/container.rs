//! What a workbook's container is held against before anybody opens it: how many parts it has, what they
//! say they unpack to, and what it is if it is no workbook.

use crate::limits::{DIRECTORY_BYTES, FREE_BYTES, PARTS, RATIO, START_OF_STRINGS};
use crate::{Bytes, Error, Limits};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};
use zip::ZipArchive;
use zip::result::ZipError;

/// Where an XLSX keeps the texts of its cells, which lie in memory.
const STRINGS: &str = "xl/sharedstrings.xml";

/// A file of which only so much may be read.
struct Metered<'b> {
    bytes: &'b mut dyn Bytes,
    left: u64,
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let got = self.bytes.read(buffer)?;
        let left = self.left.checked_sub(got as u64);
        self.left = left.ok_or(ErrorKind::InvalidData)?;
        Ok(got)
    }
}

impl Seek for Metered<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

/// Refuses an archive that is no workbook, or one that swells. What its directory says may be a lie; what is
/// unpacked is then bounded by whoever unpacks it.
pub(super) fn look(bytes: &mut dyn Bytes, len: u64, limits: Limits) -> Result<(), Error> {
    let metered = Metered {
        bytes,
        left: DIRECTORY_BYTES,
    };
    let mut archive = ZipArchive::new(metered).map_err(refused)?;
    if archive.len() > PARTS {
        return Err(Error::Parts { limit: PARTS });
    }
    let mut parts = Vec::new();
    for at in 0..archive.len() {
        let part = archive.by_index_raw(at).map_err(refused)?;
        let name = String::from_utf8_lossy(part.name_raw()).replace('\\', "/");
        let name = name.trim_start_matches('/').to_ascii_lowercase();
        parts.push((name, part.size()));
    }
    if let Some(is) = other(&parts) {
        return Err(Error::NotATable { is });
    }
    if let Some(at) = parts.iter().position(|(name, _)| name == STRINGS) {
        let size = parts[at].1;
        if size > limits.workbook_bytes {
            let limit = limits.workbook_bytes;
            return Err(Error::Inflates { limit });
        }
        strings(&mut archive, at, size)?;
    }
    let sum = parts
        .iter()
        .fold(0u64, |sum, (_, size)| sum.saturating_add(*size));
    let most = limits
        .inflated_bytes
        .min(FREE_BYTES.max(len.saturating_mul(RATIO)));
    if sum > most {
        return Err(Error::Inflates { limit: most });
    }
    Ok(())
}

/// A list of texts that says it has more of them than it has bytes is none: memory would be set aside for all.
fn strings<R: Read + Seek>(archive: &mut ZipArchive<R>, at: usize, size: u64) -> Result<(), Error> {
    let mut start = Vec::new();
    let part = archive.by_index(at).map_err(refused)?;
    // What cannot be unpacked is found out by whoever reads it.
    if part.take(START_OF_STRINGS).read_to_end(&mut start).is_err() {
        return Ok(());
    }
    let start = String::from_utf8_lossy(&start);
    let said = start.split_once("uniqueCount=").map(|(_, behind)| behind);
    let digits: String = said
        .unwrap_or_default()
        .chars()
        .skip(1)
        .take_while(char::is_ascii_digit)
        .collect();
    let count = digits.parse::<u64>();
    let is_lie = !digits.is_empty() && count.is_ok_and(|count| count > size) || digits.len() > 18;
    if is_lie {
        return Err(Error::Damaged { part: "strings" });
    }
    Ok(())
}

/// What an archive is that is no workbook.
fn other(parts: &[(String, u64)]) -> Option<&'static str> {
    let has = |part: &str| parts.iter().any(|(name, _)| name == part);
    let has_below = |folder: &str| parts.iter().any(|(name, _)| name.starts_with(folder));
    if has("xl/workbook.bin") {
        Some("xlsb")
    } else if has("xl/workbook.xml") || has("workbook.xml") {
        None
    } else if has("mimetype") && has("content.xml") {
        Some("ods")
    } else if has_below("word/") || has_below("ppt/") {
        Some("office")
    } else if has_below("index/") {
        Some("numbers")
    } else if has("_rels/.rels") {
        // A workbook may lie wherever this says.
        None
    } else {
        Some("zip")
    }
}

fn refused(e: ZipError) -> Error {
    match e {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Error::Password,
        _ => Error::Damaged { part: "container" },
    }
}
