//! Names of recordings whose bytes do not tell what they are.

use super::{Demuxer, Kind, Look, Reader};

/// What recorders write without any head, by ending: word, ffmpeg's name for it, and its shape.
const HEADLESS: &[(&str, &str, &str, u32)] = &[
    ("g722", "g722", "g722", 0),
    ("g729", "g729", "g729", 0),
    ("gsm", "gsm", "gsm", 0),
    ("sln", "sln", "s16le", 8_000),
    ("sln16", "sln", "s16le", 16_000),
    ("ulaw", "ulaw", "mulaw", 8_000),
    ("mulaw", "ulaw", "mulaw", 8_000),
    ("pcmu", "ulaw", "mulaw", 8_000),
    ("ul", "ulaw", "mulaw", 8_000),
    ("alaw", "alaw", "alaw", 8_000),
    ("pcma", "alaw", "alaw", 8_000),
    ("al", "alaw", "alaw", 8_000),
];

/// Endings of what should have told itself: damaged, empty, or locked by whoever made it.
const LIKE_SOUND: &[&str] = &[
    "3ga", "3gp", "aac", "ac3", "aif", "aifc", "aiff", "amr", "au", "awb", "caf", "dss", "flac",
    "m4a", "m4b", "mka", "mkv", "mov", "mp3", "mp4", "oga", "ogg", "opus", "silk", "slk", "snd",
    "spx", "voc", "vox", "w64", "wav", "wave", "webm", "wma",
];

/// Beginnings of files that are certainly no sound, whatever their name.
const SOMETHING_ELSE: &[&[u8]] = &[
    b"PK\x03\x04",
    b"%PDF",
    b"\x89PNG",
    b"\xFF\xD8\xFF",
    b"GIF8",
    b"\xD0\xCF\x11\xE0",
    b"MZ",
    b"\x7FELF",
    b"Rar!",
    b"7z\xBC\xAF",
    b"\x1F\x8B",
    b"<!DOCTYPE",
    b"<html",
    b"SQLite",
];

pub(super) fn is_something_else(head: &[u8]) -> bool {
    SOMETHING_ELSE.iter().any(|begin| head.starts_with(begin))
}

/// What a lower-case ending says.
pub(super) fn look(ending: &str) -> Look {
    if let Some(&(_, word, name, hz)) = HEADLESS.iter().find(|(e, ..)| *e == ending) {
        return Look::Recording(Kind {
            word,
            reader: Reader::Foreign(Demuxer {
                name,
                shape: (hz > 0).then_some((hz, 1)),
                seeks: false,
            }),
        });
    }
    if LIKE_SOUND.contains(&ending) {
        return Look::Named;
    }
    Look::Other
}
