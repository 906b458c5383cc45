//! Pages of an Ogg file, each held against its checksum.

use super::fault::Fault;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use symphonia::core::checksum::Crc32;
use symphonia::core::io::Monitor;

/// Biggest page: its header, 255 lacing values, 255 × 255 bytes.
const MAX_PAGE: usize = 27 + 255 + 255 * 255;
const WINDOW: usize = 4 * MAX_PAGE;
/// Bytes that may be summed for pages that turn out to be none, in lengths of the file.
const MAX_WRONG: u64 = 8;

/// One page.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// Position of the codec's clock at its end; `None` where no packet ends.
    pub granule: Option<i64>,
    pub serial: u32,
    pub sequence: u32,
    pub continues: bool,
    pub first: bool,
    pub last: bool,
    lacing: Vec<u8>,
    body: Vec<u8>,
}

impl Page {
    /// Its packets, in order; the last may go on in the next page.
    pub(crate) fn packets(&self) -> Vec<(&[u8], bool)> {
        let mut packets = Vec::new();
        let (mut start, mut len) = (0, 0);
        for &lace in &self.lacing {
            len += usize::from(lace);
            if lace < 255 {
                packets.push((&self.body[start..start + len], true));
                start += len;
                len = 0;
            }
        }
        if len > 0 {
            packets.push((&self.body[start..], false));
        }
        packets
    }
}

/// Reads pages in order.
pub(crate) struct Pages {
    file: File,
    len: u64,
    window: Vec<u8>,
    window_at: u64,
    at: u64,
    wrong: u64,
    /// Bytes since the last whole page that belong to none.
    pub stray: u64,
}

impl Pages {
    pub(crate) fn new(file: File, len: u64) -> Self {
        Self {
            file,
            len,
            window: Vec::new(),
            window_at: 0,
            at: 0,
            wrong: 0,
            stray: 0,
        }
    }

    pub(crate) fn fraction(&self) -> f64 {
        self.at as f64 / self.len.max(1) as f64
    }

    /// The next whole page; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Page>, Fault> {
        self.stray = 0;
        while self.at < self.len {
            self.fill()?;
            let here = &self.window[(self.at - self.window_at) as usize..];
            let mark = here.windows(4).position(|four| four == b"OggS");
            match mark {
                Some(0) => {}
                Some(n) => {
                    self.skip(n as u64);
                    continue;
                }
                None => {
                    // The last three bytes may begin a mark.
                    let rest = here.len() as u64;
                    let is_end = self.at + rest >= self.len;
                    self.skip(if is_end {
                        rest
                    } else {
                        rest.saturating_sub(3).max(1)
                    });
                    continue;
                }
            }
            match whole(here) {
                Ok(Some((page, size))) => {
                    self.at += size as u64;
                    return Ok(Some(page));
                }
                Ok(None) => self.skip(4),
                Err(summed) => {
                    self.wrong += summed as u64;
                    self.skip(4);
                }
            }
            if self.wrong > self.len.saturating_mul(MAX_WRONG) {
                return Err(Fault::Broken("no end of pages that are none".into()));
            }
        }
        Ok(None)
    }

    fn skip(&mut self, n: u64) {
        self.stray += n;
        self.at += n;
    }

    /// Sees to it that a whole page is in the window, if the file goes on so far.
    fn fill(&mut self) -> Result<(), Fault> {
        let end = self.window_at + self.window.len() as u64;
        if self.at >= self.window_at
            && (end >= self.len || end - self.at.min(end) >= MAX_PAGE as u64)
        {
            return Ok(());
        }
        let room = (self.len - self.at).min(WINDOW as u64) as usize;
        self.window.resize(room, 0);
        self.window_at = self.at;
        super::moved::moved(room);
        self.file
            .seek(SeekFrom::Start(self.at))
            .and_then(|_| self.file.read_exact(&mut self.window))
            .map_err(Fault::Unreadable)
    }
}

/// The page that the bytes begin with: `None` if it is not all there, or how many bytes were summed
/// in vain.
fn whole(b: &[u8]) -> Result<Option<(Page, usize)>, usize> {
    let (Some(head), Some(&segments)) = (b.get(..27), b.get(26)) else {
        return Ok(None);
    };
    let start = 27 + usize::from(segments);
    let Some(lacing) = b.get(27..start) else {
        return Ok(None);
    };
    let size = start + lacing.iter().map(|&n| usize::from(n)).sum::<usize>();
    let Some(body) = b.get(start..size) else {
        return Ok(None);
    };
    let u32_at =
        |at: usize| u32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]]);
    let mut crc = Crc32::new(0);
    crc.process_buf_bytes(&head[..22]);
    crc.process_buf_bytes(&[0; 4]);
    crc.process_buf_bytes(&b[26..size]);
    if head[4] != 0 || crc.crc() != u32_at(22) {
        return Err(size);
    }
    let granule = i64::from(u32_at(6)) | i64::from(u32_at(10)) << 32;
    Ok(Some((
        Page {
            granule: (granule != -1).then_some(granule),
            serial: u32_at(14),
            sequence: u32_at(18),
            continues: head[5] & 1 != 0,
            first: head[5] & 2 != 0,
            last: head[5] & 4 != 0,
            lacing: lacing.to_vec(),
            body: body.to_vec(),
        },
        size,
    )))
}
