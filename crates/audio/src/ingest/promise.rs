//! What a container promises, held against the bytes that are there. Decoders stop quietly where a
//! file breaks off; a call that misses its second half must not pass for a whole one.

use super::fault::Fault;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Biggest Ogg page: its header, 255 lacing values, 255 × 255 bytes.
const MAX_OGG_PAGE: u64 = 27 + 255 + 255 * 255;
/// A file with more top-level boxes than this is not a recording.
const MAX_BOXES: usize = 65_536;

/// How far a container keeps its promise, as far as it can be told without decoding.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Promise {
    /// Bytes that the container announces are missing at its end.
    pub cut: bool,
    /// The stream's own count of frames is exact, not an estimate from the bit rate.
    pub counted: bool,
}

/// Looks at the container in `file`.
pub(crate) fn look(file: &mut File, len: u64) -> Result<Promise, Fault> {
    let mut head = vec![0u8; 16 << 10];
    let got = read_at(file, 0, &mut head)?;
    head.truncate(got);
    if head.starts_with(b"OggS") {
        return Ok(Promise {
            cut: ogg_is_cut(file, len)?,
            counted: false,
        });
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Ok(Promise {
            cut: boxes_are_cut(file, len)?,
            counted: true,
        });
    }
    if head.starts_with(b"RIFF") {
        return Ok(Promise::default());
    }
    if head.starts_with(b"fLaC") {
        return Ok(Promise {
            cut: false,
            counted: true,
        });
    }
    // MPEG audio: a VBR header in the first frame counts the frames; else the count is a guess.
    // The frame follows a tag that may be long, so it is looked for at the tag's end.
    if head.starts_with(b"ID3") && head.len() >= 10 {
        let size = head[6..10]
            .iter()
            .fold(0u64, |n, b| n << 7 | u64::from(b & 0x7F));
        head.resize(4096, 0);
        let got = read_at(file, 10 + size, &mut head)?;
        head.truncate(got);
    }
    let first_frame = &head[..head.len().min(4096)];
    let counted = [&b"Xing"[..], b"Info", b"VBRI"]
        .iter()
        .any(|tag| first_frame.windows(4).any(|four| four == *tag));
    Ok(Promise {
        cut: false,
        counted,
    })
}

fn read_at(file: &mut File, at: u64, buf: &mut [u8]) -> Result<usize, Fault> {
    file.seek(SeekFrom::Start(at)).map_err(Fault::Unreadable)?;
    let mut got = 0;
    while got < buf.len() {
        match file.read(&mut buf[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(Fault::Unreadable(e)),
        }
    }
    Ok(got)
}

/// Whether the last page reaches beyond the end of the file.
fn ogg_is_cut(file: &mut File, len: u64) -> Result<bool, Fault> {
    let start = len.saturating_sub(MAX_OGG_PAGE);
    let mut tail = vec![0u8; (len - start) as usize];
    let got = read_at(file, start, &mut tail)?;
    tail.truncate(got);
    let Some(page) = tail.windows(4).rposition(|four| four == b"OggS") else {
        return Ok(true);
    };
    let page = &tail[page..];
    let Some(&segments) = page.get(26) else {
        return Ok(true);
    };
    let Some(lacing) = page.get(27..27 + usize::from(segments)) else {
        return Ok(true);
    };
    let body: usize = lacing.iter().map(|&n| usize::from(n)).sum();
    Ok(page.len() < 27 + usize::from(segments) + body)
}

/// Whether a top-level box reaches beyond the end of the file, or the index never came.
fn boxes_are_cut(file: &mut File, len: u64) -> Result<bool, Fault> {
    let mut at = 0u64;
    let mut has_index = false;
    for _ in 0..MAX_BOXES {
        let mut head = [0u8; 16];
        let got = read_at(file, at, &mut head)?;
        if got < 8 {
            return Ok(got > 0 || !has_index);
        }
        has_index |= &head[4..8] == b"moov";
        let size = match u32::from_be_bytes([head[0], head[1], head[2], head[3]]) {
            0 => len - at,
            1 if got == 16 => {
                let mut long = [0u8; 8];
                long.copy_from_slice(&head[8..16]);
                u64::from_be_bytes(long)
            }
            short => u64::from(short),
        };
        if size < 8 {
            return Ok(!has_index);
        }
        match at.checked_add(size) {
            Some(end) if end < len => at = end,
            Some(end) if end == len => return Ok(!has_index),
            _ => return Ok(true),
        }
    }
    Ok(false)
}
