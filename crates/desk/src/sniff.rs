//! What a file is, by its first bytes: what may be a recording, and who reads it. Endings are asked
//! only where bytes say nothing: for what recorders write without any head, and so that a damaged
//! recording is told of instead of being passed over.

use crate::files;
use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

mod frames;
mod names;
#[cfg(test)]
mod tests;

/// Bytes of a file that are looked at.
pub const HEAD_BYTES: usize = 4 << 10;

/// Who reads a kind of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Our own decoders, all of it.
    Ours,
    /// Our own decoders, if they know the codec inside; else the system's ffmpeg.
    OursFirst(Demuxer),
    /// The system's ffmpeg only.
    Foreign(Demuxer),
    /// Nobody we know.
    Nobody,
}

/// How ffmpeg is told what lies in a file; it is never let guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demuxer {
    /// The name ffmpeg knows it by.
    pub name: &'static str,
    /// What a stream without a head has to be told: rate and channels.
    pub shape: Option<(u32, u16)>,
    /// Reads here and there in the file, so a pipe will not do.
    pub seeks: bool,
}

/// A kind of recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// Its name in errors and beside the case, e.g. `amr-nb`.
    pub word: &'static str,
    /// Who reads it.
    pub reader: Reader,
}

/// What a look at a file gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A recording, or a film with sound.
    Recording(Kind),
    /// Named like a recording; its bytes say nothing.
    Named,
    /// Something else.
    Other,
}

const fn pipe(name: &'static str) -> Demuxer {
    Demuxer {
        name,
        shape: None,
        seeks: false,
    }
}

const fn seeking(name: &'static str) -> Demuxer {
    Demuxer {
        name,
        shape: None,
        seeks: true,
    }
}

const fn ours(word: &'static str) -> Kind {
    Kind {
        word,
        reader: Reader::Ours,
    }
}

const fn ours_first(word: &'static str, demuxer: Demuxer) -> Kind {
    Kind {
        word,
        reader: Reader::OursFirst(demuxer),
    }
}

const fn foreign(word: &'static str, demuxer: Demuxer) -> Kind {
    Kind {
        word,
        reader: Reader::Foreign(demuxer),
    }
}

/// Beginnings that tell a kind, longest first where one begins another.
const BEGINNINGS: &[(&[u8], Kind)] = &[
    (b"#!AMR-WB", foreign("amr-wb", pipe("amr"))),
    (b"#!AMR", foreign("amr-nb", pipe("amr"))),
    (b"#!SILK", nobody("silk")),
    (b"\x02#!SILK", nobody("silk")),
    (b"#!iLBC", foreign("ilbc", pipe("ilbc"))),
    (b".snd", foreign("au", pipe("au"))),
    (b"caff", ours_first("caf", seeking("caf"))),
    (b"fLaC", ours("flac")),
    (b"OggS", ours_first("ogg", pipe("ogg"))),
    (b"\x1A\x45\xDF\xA3", ours_first("mkv", pipe("matroska"))),
    (
        b"\x30\x26\xB2\x75\x8E\x66\xCF\x11",
        foreign("wma", pipe("asf")),
    ),
    (b"riff\x2E\x91\xCF\x11", foreign("w64", pipe("w64"))),
    (b"Creative Voice File", foreign("voc", pipe("voc"))),
    (b"NIST_1A", foreign("sphere", pipe("nistsphere"))),
    (b"wvpk", foreign("wavpack", pipe("wv"))),
    (b"MAC ", foreign("ape", seeking("ape"))),
    (b"TTA1", foreign("tta", seeking("tta"))),
    (b"MPCK", foreign("musepack", seeking("mpc8"))),
    (b".RMF", foreign("realaudio", pipe("rm"))),
    (b".ra\xFD", foreign("realaudio", pipe("rm"))),
    (b"FLV\x01", foreign("flv", pipe("flv"))),
    (b"\x00\x00\x01\xBA", foreign("mpeg", pipe("mpeg"))),
    (b"\x02dss", foreign("dss", seeking("dss"))),
    (b"\x03ds2", nobody("ds2")),
    (b"ID3", ours("mp3")),
];

const fn nobody(word: &'static str) -> Kind {
    Kind {
        word,
        reader: Reader::Nobody,
    }
}

/// Looks into a file. A link is followed; what is no plain file is not opened.
pub fn look_into(path: &Path) -> std::io::Result<Look> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    files::open(path)?
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)?;
    Ok(look(&head, path.extension()))
}

/// What a file is that begins with `head` and has this ending.
pub fn look(head: &[u8], ending: Option<&OsStr>) -> Look {
    if let Some(kind) = kind_of(head) {
        return Look::Recording(kind);
    }
    let ending = ending.map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref().map(names::look) {
        // Bytes that tell another kind rule over a name: it gets an answer, and no decoder.
        Some(Look::Recording(_)) if names::is_something_else(head) => Look::Named,
        Some(look) => look,
        None => Look::Other,
    }
}

/// The kind, where the bytes alone tell it.
pub fn kind_of(head: &[u8]) -> Option<Kind> {
    if head.starts_with(b"OggS") && head.get(28..33) == Some(b"Speex") {
        return Some(foreign("speex", pipe("ogg")));
    }
    if let Some((_, kind)) = BEGINNINGS.iter().find(|(b, _)| head.starts_with(b)) {
        return Some(*kind);
    }
    riff(head)
        .or_else(|| boxes(head))
        .or_else(|| frames::kind_of(head))
}

/// RIFF and its likes, and AIFF, by the word behind the size.
fn riff(head: &[u8]) -> Option<Kind> {
    let (outer, inner) = (head.get(..4)?, head.get(8..12)?);
    match (outer, inner) {
        (b"RIFF" | b"RF64" | b"BW64" | b"RIFX", b"WAVE") => Some(ours_first("wav", pipe("wav"))),
        (b"RIFF", b"AVI ") => Some(foreign("avi", seeking("avi"))),
        (b"FORM", b"AIFF" | b"AIFC") => Some(ours_first("aiff", seeking("aiff"))),
        _ => None,
    }
}

/// Brands of still pictures in boxes.
const PICTURES: [&[u8]; 9] = [
    b"heic", b"heix", b"heim", b"mif1", b"msf1", b"avif", b"avis", b"crx ", b"jp2 ",
];

/// MP4, M4A, 3GP and QuickTime.
fn boxes(head: &[u8]) -> Option<Kind> {
    let kind = head.get(4..8)?;
    let is_film = match kind {
        b"ftyp" => !PICTURES.contains(&head.get(8..12)?),
        b"moov" | b"mdat" | b"wide" | b"free" | b"skip" => {
            // Also what any file may hold by chance: the size must be one.
            matches!(
                u32::from_be_bytes([head[0], head[1], head[2], head[3]]),
                1 | 8..
            )
        }
        _ => false,
    };
    is_film.then(|| ours_first("mp4", seeking("mov")))
}
