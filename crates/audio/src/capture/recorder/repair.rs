//! Mends a file that a dead process left: its header is made to say what is on disk.

use super::part::{HEADER_BYTES, MOST_BYTES, RATES_HZ, spec};
use hound::WavWriter;
use qinting_desk::{AppResult, LiveFolder, RepairedPart};
use qinting_domain::PartName;
use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};

const HEADER: usize = HEADER_BYTES as usize;
/// The two lengths in the header, which are what a crash leaves behind wrong.
const RIFF_LENGTH: std::ops::Range<usize> = 4..8;
const DATA_LENGTH: std::ops::Range<usize> = 40..44;
/// More wrong bytes in the rest of the header than this, and it is none of ours.
const MOST_WRONG: usize = 3;
/// Rates that devices have.
const USUAL_HZ: [u32; 10] = [
    8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000, 192_000,
];

/// Makes the header of a file of ours say what is on disk, in whole frames, and syncs it. A file
/// that is not there, or in which no recording was begun, has no frames and is left as it is.
pub(crate) fn repair(folder: &dyn LiveFolder, name: &PartName) -> AppResult<RepairedPart> {
    mend(folder.open(name)).map_err(|e| super::refused(e, name))
}

/// The same, with the error of the disk.
pub(super) fn mend(opened: io::Result<File>) -> io::Result<RepairedPart> {
    let nothing = RepairedPart {
        sample_rate_hz: 0,
        channels: 0,
        frames: 0,
        was_broken: true,
    };
    let mut file = match opened {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(nothing),
        opened => opened?,
    };
    let length = file.metadata()?.len();
    let mut found = [0; HEADER];
    if length < HEADER_BYTES {
        return Ok(nothing);
    }
    file.read_exact(&mut found)?;
    let Some((sample_rate_hz, channels)) = recognise(&found) else {
        return Ok(nothing);
    };
    let frame_bytes = u64::from(channels) * 2;
    let frames = (length.min(MOST_BYTES) - HEADER_BYTES) / frame_bytes;
    let right = header(sample_rate_hz, channels, frames * frame_bytes);
    let right_length = HEADER_BYTES + frames * frame_bytes;
    let has_stump = (1..frame_bytes).contains(&(length - right_length));
    let end = if has_stump { right_length } else { length };
    if found != right {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&right)?;
    }
    // Cuts off what is less than a frame, and gives back what was set aside behind the end.
    file.set_len(end)?;
    // A process that died has synced nothing of its last second.
    file.sync_all()?;
    Ok(RepairedPart {
        sample_rate_hz,
        channels,
        frames,
        was_broken: found != right || has_stump,
    })
}

/// Rate and channels of a header of ours, of which a few bytes may be wrong. Both are in it twice.
fn recognise(found: &[u8; HEADER]) -> Option<(u32, u16)> {
    let u16_at = |i: usize| u16::from_le_bytes([found[i], found[i + 1]]);
    let u32_at =
        |i: usize| u32::from_le_bytes([found[i], found[i + 1], found[i + 2], found[i + 3]]);
    let mut best: Option<(usize, bool, (u32, u16))> = None;
    for channels in [u16_at(22), u16_at(32) / 2] {
        if !(1..=2).contains(&channels) {
            continue;
        }
        for rate in [u32_at(24), u32_at(28) / (u32::from(channels) * 2)] {
            if !RATES_HZ.contains(&rate) {
                continue;
            }
            let wrong = differences(found, &header(rate, channels, 0));
            let candidate = (wrong, !USUAL_HZ.contains(&rate), (rate, channels));
            if wrong <= MOST_WRONG && best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
    }
    best.map(|(_, _, shape)| shape)
}

/// Bytes that differ, the lengths aside.
fn differences(a: &[u8; HEADER], b: &[u8; HEADER]) -> usize {
    (0..HEADER)
        .filter(|i| !RIFF_LENGTH.contains(i) && !DATA_LENGTH.contains(i) && a[*i] != b[*i])
        .count()
}

/// The header hound writes before this many bytes of sound.
fn header(sample_rate_hz: u32, channels: u16, data_bytes: u64) -> [u8; HEADER] {
    let mut bytes = [0; HEADER];
    // Sixteen bits in one or two channels always make these 44 bytes, and memory takes them.
    if let Ok(wav) = WavWriter::new(Cursor::new(&mut bytes[..]), spec(sample_rate_hz, channels)) {
        drop(wav);
    }
    // Both fit: a file of ours is shorter than 4 GiB.
    let data = (data_bytes as u32).to_le_bytes();
    let riff = ((data_bytes + HEADER_BYTES - 8) as u32).to_le_bytes();
    bytes[RIFF_LENGTH].copy_from_slice(&riff);
    bytes[DATA_LENGTH].copy_from_slice(&data);
    bytes
}
