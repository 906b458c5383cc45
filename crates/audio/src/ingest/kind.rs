//! What a source is, before a decoder is tried: what we do not decode is named at once, a stream
//! that only wears a WAV as its wrapping is taken out of it.

use super::fault::Fault;
use qinting_desk::sniff::{self, Kind, Look, Reader};
use std::ffi::OsStr;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

/// `fmt ` tags of MPEG audio in a WAV.
const MPEG_TAGS: [u16; 2] = [0x50, 0x55];
/// A WAV with more chunks before its audio is not looked through.
const MAX_CHUNKS: usize = 256;
/// Bytes at either end of a file that are searched for the name of a codec.
const SEARCHED: u64 = 1 << 20;
const CHUNK: usize = 256 << 10;

/// Sound in boxes that another program has to decode, by the name of its sample entry.
const ENTRIES: [(&[u8; 4], &str); 8] = [
    (b"samr", "amr-nb"),
    (b"sawb", "amr-wb"),
    (b"sawp", "amr-wb+"),
    (b"ac-3", "ac3"),
    (b"ec-3", "eac3"),
    (b"sevc", "evrc"),
    (b"sqcp", "qcelp"),
    (b"QDM2", "qdm2"),
];

/// The kind of a source; one that we do not decode is refused by its name.
pub(crate) fn of(path: &Path, ending: Option<&OsStr>) -> Result<Option<Kind>, Fault> {
    let mut head = Vec::with_capacity(sniff::HEAD_BYTES);
    let file = File::open(path).map_err(Fault::Unreadable)?;
    file.take(sniff::HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .map_err(Fault::Unreadable)?;
    let Look::Recording(kind) = sniff::look(&head, ending) else {
        return Ok(None);
    };
    match kind.reader {
        Reader::Foreign(_) | Reader::Nobody => Err(Fault::Unsupported(kind.word.into())),
        Reader::Ours | Reader::OursFirst(_) => Ok(Some(kind)),
    }
}

/// Takes the MPEG stream out of the WAV at `path` and puts it at `target`; `false` when there is
/// none in it.
pub(crate) fn unwrapped(path: &Path, target: &Path) -> Result<bool, Fault> {
    let mut file = File::open(path).map_err(Fault::Unreadable)?;
    let len = file.metadata().map_err(Fault::Unreadable)?.len();
    let Some(inside) = mpeg_inside(&mut file, len).map_err(Fault::Unreadable)? else {
        return Ok(false);
    };
    file.seek(SeekFrom::Start(inside.start))
        .map_err(Fault::Unreadable)?;
    let mut source = file.take(inside.end - inside.start);
    let mut target = File::create(target).map_err(Fault::Disk)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        match source.read(&mut chunk).map_err(Fault::Unreadable)? {
            0 => return Ok(true),
            n => target.write_all(&chunk[..n]).map_err(Fault::Disk)?,
        }
    }
}

/// Where in a WAV its MPEG stream lies. A size that the file does not hold is none: the stream goes
/// to the end then.
fn mpeg_inside(file: &mut File, len: u64) -> std::io::Result<Option<Range<u64>>> {
    let mut head = [0u8; 12];
    if len < 12 {
        return Ok(None);
    }
    file.read_exact(&mut head)?;
    if &head[..4] != b"RIFF" || &head[8..] != b"WAVE" {
        return Ok(None);
    }
    let (mut at, mut is_mpeg) = (12u64, false);
    for _ in 0..MAX_CHUNKS {
        if at + 10 > len {
            break;
        }
        let mut chunk = [0u8; 10];
        file.seek(SeekFrom::Start(at))?;
        file.read_exact(&mut chunk)?;
        let size = u32::from_le_bytes([chunk[4], chunk[5], chunk[6], chunk[7]]);
        let (body, size) = (at + 8, u64::from(size));
        match &chunk[..4] {
            b"fmt " => is_mpeg = MPEG_TAGS.contains(&u16::from_le_bytes([chunk[8], chunk[9]])),
            b"data" if is_mpeg => {
                let whole = size > 0 && size <= len - body;
                return Ok(Some(body..if whole { body + size } else { len }));
            }
            _ => {}
        }
        at = body + size + (size & 1);
    }
    Ok(None)
}

/// A fault of our decoders, with the codec's name where the container tells it.
pub(crate) fn named(fault: Fault, kind: Option<Kind>, path: &Path) -> Fault {
    match (&fault, kind) {
        (Fault::NotAudio | Fault::Broken(_), Some(kind)) if kind.word == "mp4" => {
            match codec_in_boxes(path) {
                Ok(Some(codec)) => Fault::Unsupported(format!("mp4/{codec}")),
                _ => fault,
            }
        }
        (Fault::NotAudio, Some(kind)) if matches!(kind.reader, Reader::OursFirst(_)) => {
            Fault::Unsupported(kind.word.into())
        }
        _ => fault,
    }
}

/// The index is at one end of the file or the other.
fn codec_in_boxes(path: &Path) -> std::io::Result<Option<&'static str>> {
    let mut file = File::open(path)?;
    let len = file.metadata()?.len();
    for start in [0, len.saturating_sub(SEARCHED)] {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        Read::by_ref(&mut file)
            .take(SEARCHED)
            .read_to_end(&mut bytes)?;
        let entries = bytes.windows(20).filter(|w| w.starts_with(b"stsd"));
        for entry in entries {
            let found = ENTRIES.iter().find(|(name, _)| entry[16..] == name[..]);
            if let Some((_, codec)) = found {
                return Ok(Some(codec));
            }
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wav(tag: u16, size: u32, data: &[u8]) -> Vec<u8> {
        let mut bytes = b"RIFF\0\0\0\0WAVEfmt \x10\0\0\0".to_vec();
        bytes.extend(tag.to_le_bytes());
        bytes.extend([0; 14]);
        bytes.extend(b"fact\x03\0\0\0abc\0data");
        bytes.extend(size.to_le_bytes());
        bytes.extend(data);
        bytes
    }

    #[test]
    fn an_mpeg_stream_is_taken_out_of_its_wav() {
        let folder = tempfile::tempdir().unwrap();
        let (path, target) = (folder.path().join("a"), folder.path().join("b"));
        for (tag, size, taken) in [
            (0x55, 6, Some(&b"stream"[..])),
            (0x50, 6, Some(b"stream")),
            // Never finished, and one that promises more than there is.
            (0x55, 0, Some(b"streamLIST")),
            (0x55, 99, Some(b"streamLIST")),
            (0x01, 6, None),
            (0x31, 6, None),
        ] {
            std::fs::write(&path, wav(tag, size, b"streamLIST")).unwrap();
            assert_eq!(unwrapped(&path, &target).unwrap(), taken.is_some());
            if let Some(taken) = taken {
                assert_eq!(std::fs::read(&target).unwrap(), taken);
            }
        }
        std::fs::write(&path, b"ID3").unwrap();
        assert!(!unwrapped(&path, &target).unwrap());
    }

    #[test]
    fn a_codec_in_boxes_is_named_by_its_entry() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let mut bytes = vec![0; 300];
        bytes.extend(b"stsd\0\0\0\0\0\0\0\x01\0\0\0\x45samr\0\0");
        std::fs::write(&path, &bytes).unwrap();
        assert_eq!(codec_in_boxes(&path).unwrap(), Some("amr-nb"));
        let kind = sniff::kind_of(b"\0\0\0\x1Cftyp3gp4\0\0\0\0");
        let fault = named(Fault::NotAudio, kind, &path);
        assert!(matches!(fault, Fault::Unsupported(codec) if codec == "mp4/amr-nb"));
        assert!(matches!(
            named(Fault::NotAudio, None, &path),
            Fault::NotAudio
        ));
    }
}
