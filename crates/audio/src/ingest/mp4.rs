//! What an MP4 says about its sound beside the sound: whether it is all there, and which of it is
//! the recording. A small walk of its own, since the general reader honours no edit list. Every
//! count is bounded, and no size is believed that goes beyond the box around it.

use super::edits::Edits;
use super::fault::Fault;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// A box with more boxes in it than this is not a recording's.
const MAX_BOXES: usize = 65_536;
/// More edits than this are not a recording's.
const MAX_EDITS: usize = 4096;
/// Longest text that a tag of iTunes is read to.
const MAX_TEXT: u64 = 512;

/// What the walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mp4 {
    /// A box of sound, or the index, reaches beyond the end of the file or is not there.
    pub cut: bool,
    /// Bytes that let a box that reaches beyond the end reach to the end, by their place.
    pub patches: Vec<(u64, [u8; 4])>,
    /// Which of the sound is the recording, where that is said.
    pub edits: Option<Edits>,
}

/// A box inside a file.
#[derive(Clone, Copy, Debug)]
struct Part {
    kind: [u8; 4],
    /// Byte that its size stands at.
    at: u64,
    start: u64,
    end: u64,
    /// It claims more than there is.
    overruns: bool,
}

/// Looks at an MP4; `None` if it is none.
pub(crate) fn look(file: &mut File, len: u64) -> Result<Option<Mp4>, Fault> {
    let mut walk = Walk { file };
    let mut head = [0u8; 8];
    if walk.read(0, &mut head)? < 8 || &head[4..] != b"ftyp" {
        return Ok(None);
    }
    let boxes = walk.parts(0, len)?;
    let moov = boxes.iter().find(|b| &b.kind == b"moov");
    let is_needed = |b: &Part| matches!(&b.kind, b"mdat" | b"moof" | b"moov");
    let cut = moov.is_none() || boxes.iter().any(|b| b.overruns && is_needed(b));
    let edits = match moov {
        Some(moov) => walk.edits(moov)?,
        None => None,
    };
    let patches = boxes
        .iter()
        .filter(|b| b.overruns && &b.kind == b"mdat")
        .flat_map(Part::ending_with_the_file)
        .collect();
    Ok(Some(Mp4 {
        cut,
        patches,
        edits,
    }))
}

impl Part {
    /// Bytes for its size that end it where the file ends: nothing, or 64 bits of it.
    fn ending_with_the_file(&self) -> Vec<(u64, [u8; 4])> {
        if self.start - self.at <= 8 {
            return vec![(self.at, [0; 4])];
        }
        let size = self.end - self.at;
        let (high, low) = ((size >> 32) as u32, size as u32);
        vec![
            (self.at + 8, high.to_be_bytes()),
            (self.at + 12, low.to_be_bytes()),
        ]
    }
}

struct Walk<'f> {
    file: &'f mut File,
}

impl Walk<'_> {
    fn read(&mut self, at: u64, buf: &mut [u8]) -> Result<usize, Fault> {
        self.file
            .seek(SeekFrom::Start(at))
            .map_err(Fault::Unreadable)?;
        let mut got = 0;
        while got < buf.len() {
            match self.file.read(&mut buf[got..]) {
                Ok(0) => break,
                Ok(n) => got += n,
                Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
                Err(e) => return Err(Fault::Unreadable(e)),
            }
        }
        Ok(got)
    }

    /// The boxes between two places.
    fn parts(&mut self, mut at: u64, end: u64) -> Result<Vec<Part>, Fault> {
        let mut parts = Vec::new();
        while at + 8 <= end && parts.len() < MAX_BOXES {
            let mut head = [0u8; 16];
            let got = self.read(at, &mut head)?;
            if got < 8 {
                break;
            }
            let short = u32::from_be_bytes([head[0], head[1], head[2], head[3]]);
            let (size, body) = match short {
                0 => (end - at, 8),
                1 if got == 16 => {
                    let mut long = [0u8; 8];
                    long.copy_from_slice(&head[8..]);
                    (u64::from_be_bytes(long), 16)
                }
                size => (u64::from(size), 8),
            };
            if size < body {
                break;
            }
            let stop = at.saturating_add(size);
            parts.push(Part {
                kind: [head[4], head[5], head[6], head[7]],
                at,
                start: (at + body).min(end),
                end: stop.min(end),
                overruns: stop > end,
            });
            at = stop;
        }
        Ok(parts)
    }

    /// The first box of a path of kinds.
    fn inside(&mut self, part: &Part, path: &[&[u8; 4]]) -> Result<Option<Part>, Fault> {
        let mut found = *part;
        for kind in path {
            let parts = self.parts(found.start, found.end)?;
            match parts.into_iter().find(|p| &p.kind == *kind) {
                Some(part) => found = part,
                None => return Ok(None),
            }
        }
        Ok(Some(found))
    }

    /// The beginning of a box, up to `most` bytes.
    fn body(&mut self, part: &Part, most: u64) -> Result<Vec<u8>, Fault> {
        let mut body = vec![0; part.end.saturating_sub(part.start).min(most) as usize];
        let got = self.read(part.start, &mut body)?;
        body.truncate(got);
        Ok(body)
    }

    /// The edits of the first track with sound.
    fn edits(&mut self, moov: &Part) -> Result<Option<Edits>, Fault> {
        let Some(movie_scale) = self.timescale(moov, b"mvhd")? else {
            return Ok(None);
        };
        for trak in self.parts(moov.start, moov.end)? {
            if &trak.kind != b"trak" || !self.is_sound(&trak)? {
                continue;
            }
            let Some(mdia) = self.inside(&trak, &[b"mdia"])? else {
                return Ok(None);
            };
            let Some(scale) = self.timescale(&mdia, b"mdhd")? else {
                return Ok(None);
            };
            let listed = match self.inside(&trak, &[b"edts", b"elst"])? {
                Some(elst) => {
                    let body = self.body(&elst, 8 + 20 * MAX_EDITS as u64)?;
                    edit_list(&body, scale, movie_scale)
                }
                None => None,
            };
            // A list that keeps all from the beginning says nothing of the encoder's delay.
            let says_more = |edits: &Edits| edits.kept.len() > 1 || edits.kept[0].0 > 0;
            return Ok(match listed {
                Some(edits) if says_more(&edits) => Some(edits),
                listed => self.itunes_gap(moov, scale)?.or(listed),
            });
        }
        Ok(None)
    }

    fn is_sound(&mut self, trak: &Part) -> Result<bool, Fault> {
        let Some(hdlr) = self.inside(trak, &[b"mdia", b"hdlr"])? else {
            return Ok(false);
        };
        Ok(self.body(&hdlr, 12)?.get(8..12) == Some(b"soun"))
    }

    /// Units per second, of a movie or of a track.
    fn timescale(&mut self, part: &Part, kind: &[u8; 4]) -> Result<Option<u32>, Fault> {
        let Some(head) = self.inside(part, &[kind])? else {
            return Ok(None);
        };
        let body = self.body(&head, 32)?;
        let at = if body.first() == Some(&1) { 20 } else { 12 };
        Ok(u32_at(&body, at).filter(|&scale| scale > 0))
    }

    /// What iTunes and its kin write beside the sound: delay, padding, and count, in hexadecimal.
    fn itunes_gap(&mut self, moov: &Part, scale: u32) -> Result<Option<Edits>, Fault> {
        let Some(meta) = self.inside(moov, &[b"udta", b"meta"])? else {
            return Ok(None);
        };
        // Behind four bytes of version and flags.
        let meta = Part {
            start: (meta.start + 4).min(meta.end),
            ..meta
        };
        let Some(ilst) = self.inside(&meta, &[b"ilst"])? else {
            return Ok(None);
        };
        for tag in self.parts(ilst.start, ilst.end)? {
            if &tag.kind != b"----" {
                continue;
            }
            let (name, data) = (
                self.inside(&tag, &[b"name"])?,
                self.inside(&tag, &[b"data"])?,
            );
            if let (Some(name), Some(data)) = (name, data) {
                let name = self.body(&name, MAX_TEXT)?;
                if name.get(4..) == Some(b"iTunSMPB") {
                    let data = self.body(&data, MAX_TEXT)?;
                    return Ok(smpb(data.get(8..).unwrap_or_default(), scale));
                }
            }
        }
        Ok(None)
    }
}

fn u32_at(body: &[u8], at: usize) -> Option<u32> {
    let bytes = body.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

fn u64_at(body: &[u8], at: usize) -> Option<u64> {
    let (high, low) = (u32_at(body, at)?, u32_at(body, at.checked_add(4)?)?);
    Some(u64::from(high) << 32 | u64::from(low))
}

/// An edit list in units of its track. One that goes backwards, or plays at another speed, is not a
/// recording's, and is left alone.
fn edit_list(body: &[u8], scale: u32, movie_scale: u32) -> Option<Edits> {
    let is_long = *body.first()? == 1;
    let count = u32_at(body, 4)? as usize;
    let width = if is_long { 20 } else { 12 };
    let mut edits = Edits {
        timescale: scale,
        lead: 0,
        kept: Vec::new(),
    };
    for i in 0..count.min(MAX_EDITS + 1) {
        let at = 8 + i * width;
        let (length, from) = if is_long {
            (u64_at(body, at)?, u64_at(body, at + 8)? as i64)
        } else {
            let from = u32_at(body, at + 4)? as i32;
            (u64::from(u32_at(body, at)?), i64::from(from))
        };
        if u32_at(body, at + width - 4)? != 1 << 16 {
            return None;
        }
        let long = u128::from(length) * u128::from(scale) / u128::from(movie_scale);
        let long = u64::try_from(long).ok()?;
        match u64::try_from(from) {
            Ok(from) => {
                let last = edits.kept.last().map_or(Some(0), |k| k.1);
                if last.is_none_or(|end| end > from) {
                    return None;
                }
                // Nothing is a writer's word for "to the end".
                let to = (long > 0).then(|| from.checked_add(long)).flatten();
                edits.kept.push((from, to));
            }
            Err(_) if edits.kept.is_empty() => edits.lead = edits.lead.checked_add(long)?,
            // Silence between two edits.
            Err(_) => return None,
        }
    }
    (!edits.kept.is_empty()).then_some(edits)
}

/// ` 00000000 00000840 000001CC 00000000003F31F4 …`: a zero, delay, padding, count.
fn smpb(text: &[u8], scale: u32) -> Option<Edits> {
    let text = std::str::from_utf8(text).ok()?;
    let mut fields = text.split_whitespace().skip(1);
    let mut field = || u64::from_str_radix(fields.next()?, 16).ok();
    let (delay, _padding, count) = (field()?, field()?, field()?);
    let to = (count > 0).then(|| delay.checked_add(count)).flatten();
    Some(Edits {
        timescale: scale,
        lead: 0,
        kept: vec![(delay, to)],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn list(entries: &[(u32, i32)]) -> Vec<u8> {
        let mut body = vec![0; 4];
        body.extend((entries.len() as u32).to_be_bytes());
        for (length, from) in entries {
            body.extend(length.to_be_bytes());
            body.extend(from.to_be_bytes());
            body.extend([0, 1, 0, 0]);
        }
        body
    }

    #[test]
    fn an_edit_list_says_what_is_kept() {
        let kept = |entries: &[(u32, i32)]| edit_list(&list(entries), 8000, 1000);
        let edits = |lead, kept| {
            Some(Edits {
                timescale: 8000,
                lead,
                kept,
            })
        };
        assert_eq!(kept(&[(2937, 2048)]), edits(0, vec![(2048, Some(25544))]));
        assert_eq!(kept(&[(0, 1024)]), edits(0, vec![(1024, None)]));
        assert_eq!(kept(&[(100, -1), (0, 8)]), edits(800, vec![(8, None)]));
        assert_eq!(
            kept(&[(10, 0), (10, 800)]),
            edits(0, vec![(0, Some(80)), (800, Some(880))])
        );
        for strange in [
            &[(10, 800), (10, 0)][..],
            &[(10, 0), (5, -1), (10, 800)],
            &[],
        ] {
            assert_eq!(kept(strange), None, "{strange:?}");
        }
    }

    #[test]
    fn the_gap_that_itunes_notes_is_understood() {
        let text = b" 00000000 00000840 000001CC 00000000003F31F4 00000000 00000000";
        let edits = smpb(text, 44_100).expect("it is whole");
        assert_eq!(edits.kept, [(0x840, Some(0x840 + 0x3F_31F4))]);
        for broken in [
            &b""[..],
            b"x",
            b" 0 0",
            b" 0 zz 0 0",
            b"\xFF\xFE",
            b" 0 1 1 FFFFFFFFFFFFFFFFF",
        ] {
            assert_eq!(smpb(broken, 44_100), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_hurt_the_walk(
            mut bytes in prop::collection::vec(any::<u8>(), 0..400),
            blows in prop::collection::vec((0usize..400, prop::sample::select(vec![
                &b"moov"[..], b"trak", b"edts", b"elst", b"mdia", b"mdhd", b"mvhd", b"udta",
                b"\0\0\0\x08", b"\0\0\0\x01", b"\0\0\0\0", b"\xFF\xFF\xFF\xFF", b"\0\0\0\x40",
            ])), 0..40),
        ) {
            for (at, blow) in blows {
                if at + 4 <= bytes.len() {
                    bytes[at..at + 4].copy_from_slice(blow);
                }
            }
            let mut whole = b"\0\0\0\x08ftyp".to_vec();
            whole.extend(&bytes);
            let mut file = tempfile::tempfile().expect("a temporary file");
            file.write_all(&whole).expect("room for it");
            prop_assert!(look(&mut file, whole.len() as u64).is_ok());
            let _ = edit_list(&bytes, 8000, 1000);
            let _ = smpb(&bytes, 8000);
        }
    }
}
