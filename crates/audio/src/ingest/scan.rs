//! Walks frames that follow each other without a container, and tells what lies between them.

use super::fault::Fault;
use super::head::{Count, HEAD_BYTES, Head};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Bytes that are looked at at once.
const WINDOW: usize = 256 << 10;
/// So many frames in a row are none by chance.
const SURE: usize = 3;
/// Leading bytes that are not sound are looked through so far.
const MAX_LEAD: u64 = 1 << 20;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A frame of sound.
    Frame { at: u64, head: Head },
    /// A frame that counts others.
    Count(Count),
    /// Bytes that are no frame and no tag.
    Junk { bytes: u64 },
    /// The last frame is not all there.
    Partial,
}

/// The frames of a file.
pub(crate) struct Scan {
    file: File,
    window: Vec<u8>,
    window_at: u64,
    at: u64,
    end: u64,
    last: Option<Head>,
}

impl Scan {
    /// Opens a stream of frames; `None` if there is none.
    pub(crate) fn open(file: File, len: u64) -> Result<Option<Self>, Fault> {
        let mut scan = Self {
            file,
            window: Vec::new(),
            window_at: 0,
            at: 0,
            end: len,
            last: None,
        };
        scan.end = scan.before_tags(len)?;
        while let Some(size) = scan.tag_at(scan.at)? {
            scan.at += size;
        }
        let zeros = scan.zeros_from(scan.at)?;
        let limit = (zeros + MAX_LEAD).min(scan.end);
        match scan.find(zeros, limit)? {
            // Zeros in front are a hole like any other; what else stands there is none of ours.
            Some(start) => {
                if zeros == scan.at || start != zeros {
                    scan.at = start;
                }
                Ok(Some(scan))
            }
            None => Ok(None),
        }
    }

    /// The same from the beginning, for another pass.
    pub(crate) fn again(&self) -> Result<Self, Fault> {
        Ok(Self {
            file: self.file.try_clone().map_err(Fault::Unreadable)?,
            window: Vec::new(),
            window_at: 0,
            ..*self
        })
    }

    /// How much is done, 0–1.
    pub(crate) fn fraction(&self) -> f64 {
        self.at as f64 / self.end.max(1) as f64
    }

    /// What comes next; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Step>, Fault> {
        while let Some(size) = self.tag_at(self.at)? {
            self.at += size;
        }
        if self.at >= self.end {
            return Ok(None);
        }
        let at = self.at;
        if let Some(head) = self.head(at)? {
            let next = at + head.size as u64;
            let is_known = self.last.is_some_and(|last| last.is_like(&head));
            if next > self.end && is_known {
                self.at = self.end;
                return Ok(Some(Step::Partial));
            }
            if self.follows(&head, next)? && (is_known || self.is_run(at, 2)?) {
                return self.take(at, head).map(Some);
            }
        }
        // Sync is lost: what is not a run of frames is no frame, but for one before the very end.
        let found = self.find(at + 1, self.end)?;
        if let (None, Some(head)) = (found, self.head(at)?)
            && self.last.is_some_and(|last| last.is_like(&head))
        {
            return self.take(at, head).map(Some);
        }
        let stop = found.unwrap_or(self.end);
        self.at = stop;
        Ok(Some(Step::Junk { bytes: stop - at }))
    }

    fn take(&mut self, at: u64, head: Head) -> Result<Step, Fault> {
        self.at = at + head.size as u64;
        self.last = Some(head);
        let count = Count::read(&head, self.bytes(at, head.size.min(256))?);
        Ok(match count {
            Some(count) => Step::Count(count),
            None => Step::Frame { at, head },
        })
    }

    /// The bytes of a frame that was found.
    pub(crate) fn frame(&mut self, at: u64, head: &Head) -> Result<&[u8], Fault> {
        let bytes = self.bytes(at, head.size)?;
        Ok(bytes.get(head.skip..).unwrap_or_default())
    }

    /// Whether what follows a frame is another, a tag, or the end.
    fn follows(&mut self, head: &Head, next: u64) -> Result<bool, Fault> {
        if next == self.end || self.tag_at(next)?.is_some() {
            return Ok(true);
        }
        Ok(match self.head(next)? {
            Some(other) if other.is_like(head) => true,
            Some(_) => self.is_run(next, 2)?,
            None => false,
        })
    }

    /// Whether so many frames of one kind begin at `at`, or as many as there are up to the end.
    fn is_run(&mut self, mut at: u64, many: usize) -> Result<bool, Fault> {
        let mut first: Option<Head> = None;
        for _ in 0..many {
            if first.is_some() && (at == self.end || self.tag_at(at)?.is_some()) {
                return Ok(true);
            }
            match (self.head(at)?, first) {
                (Some(head), None) => first = Some(head),
                (Some(head), Some(first)) if head.is_like(&first) => {}
                _ => return Ok(false),
            }
            let size = self.head(at)?.map_or(0, |head| head.size as u64);
            at += size;
            if at > self.end {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Where the next run of frames, or a tag, begins.
    fn find(&mut self, from: u64, limit: u64) -> Result<Option<u64>, Fault> {
        let mut at = from;
        while at < limit {
            let window = self.bytes(at, WINDOW / 4)?;
            let known = window.len();
            let Some(skip) = window.iter().position(|&b| b == 0xFF || b == b'I') else {
                at += known.max(1) as u64;
                continue;
            };
            at += skip as u64;
            if self.is_run(at, SURE)? || self.tag_at(at)?.is_some() {
                return Ok(Some(at));
            }
            at += 1;
        }
        Ok(None)
    }

    fn zeros_from(&mut self, from: u64) -> Result<u64, Fault> {
        let mut at = from;
        while at < self.end {
            let window = self.bytes(at, WINDOW / 4)?;
            match window.iter().position(|&b| b != 0) {
                Some(n) => return Ok(at + n as u64),
                None => at += window.len().max(1) as u64,
            }
        }
        Ok(from)
    }

    fn head(&mut self, at: u64) -> Result<Option<Head>, Fault> {
        Ok(Head::read(self.bytes(at, HEAD_BYTES)?))
    }

    /// Size of a tag that begins at `at`.
    fn tag_at(&mut self, at: u64) -> Result<Option<u64>, Fault> {
        let end = self.end;
        let b = self.bytes(at, 32)?;
        let size = match b.get(..3) {
            Some(b"ID3") if b.len() >= 10 && b[3] < 0xFF && b[6..10].iter().all(|&b| b < 0x80) => {
                let size = b[6..10].iter().fold(0u64, |n, &b| n << 7 | u64::from(b));
                size + if b[5] & 0x10 != 0 { 20 } else { 10 }
            }
            // Left in the middle where files were joined.
            Some(b"TAG") => 128,
            Some(b"APE") if b.len() == 32 && &b[..8] == b"APETAGEX" => {
                32 + u64::from(u32::from_le_bytes([b[12], b[13], b[14], b[15]]))
            }
            _ => return Ok(None),
        };
        Ok((at + size <= end).then_some(size))
    }

    /// The end of the sound: tags stand behind it.
    fn before_tags(&mut self, len: u64) -> Result<u64, Fault> {
        let mut end = len;
        for _ in 0..4 {
            let id3 = end.saturating_sub(128);
            let foot = end.saturating_sub(32);
            if end >= 128 && self.bytes(id3, 3)? == b"TAG" {
                end = id3;
            } else if end >= 32 && self.bytes(foot, 8)? == b"APETAGEX" {
                let b = self.bytes(foot, 32)?;
                let size = u64::from(u32::from_le_bytes([b[12], b[13], b[14], b[15]]));
                let header = if b[23] & 0x80 != 0 { 32 } else { 0 };
                end = end.saturating_sub(size + header);
            } else {
                break;
            }
        }
        Ok(end)
    }

    /// Up to `n` bytes from `at` on; fewer at the end.
    fn bytes(&mut self, at: u64, n: usize) -> Result<&[u8], Fault> {
        let have = self.window_at + self.window.len() as u64;
        if at < self.window_at || at + n as u64 > have && have < self.end {
            // A look back is as likely as a look ahead.
            self.window_at = at.saturating_sub(WINDOW as u64 / 4);
            let room = (self.end.saturating_sub(self.window_at)).min(WINDOW as u64) as usize;
            self.window.resize(room, 0);
            self.file
                .seek(SeekFrom::Start(self.window_at))
                .map_err(Fault::Unreadable)?;
            let mut got = 0;
            while got < room {
                match self.file.read(&mut self.window[got..]) {
                    Ok(0) => break,
                    Ok(more) => got += more,
                    Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(e) => return Err(Fault::Unreadable(e)),
                }
            }
            self.window.truncate(got);
            super::moved::moved(got);
        }
        let from = (at - self.window_at) as usize;
        let from = from.min(self.window.len());
        Ok(&self.window[from..(from + n).min(self.window.len())])
    }
}
