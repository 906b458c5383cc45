//! Streams without a head: frame after frame, each with a mark. One mark may stand in any file by
//! chance; the next one at the distance the first one tells does not.

use super::{Kind, foreign, ours, pipe};

/// Bytes before the first frame that are passed over: recorders cut streams where they will.
const LEAD: usize = 2048;

/// The kind, where two frames in a row tell it.
pub(super) fn kind_of(head: &[u8]) -> Option<Kind> {
    if gsm(head) {
        return Some(foreign("gsm", pipe("gsm")));
    }
    if ac3(head) {
        return Some(foreign("ac3", pipe("ac3")));
    }
    if transport(head) {
        return Some(foreign("mpegts", pipe("mpegts")));
    }
    let zeros = head.iter().take_while(|&&b| b == 0).count();
    (0..LEAD.min(head.len())).find_map(|at| {
        // Beyond the very beginning, three in a row.
        let needed = if at == 0 || at == zeros { 2 } else { 3 };
        if in_a_row(head, at, needed, mpeg) {
            return Some(ours("mp3"));
        }
        in_a_row(head, at, needed, adts).then(|| ours("aac"))
    })
}

fn in_a_row(head: &[u8], mut at: usize, needed: usize, size: fn(&[u8]) -> Option<usize>) -> bool {
    for _ in 0..needed {
        let Some(frame) = head.get(at..).and_then(size) else {
            return false;
        };
        at += frame;
    }
    true
}

/// Length of an MPEG audio frame (layers 1 to 3).
fn mpeg(frame: &[u8]) -> Option<usize> {
    const LAYER_3: [[u32; 14]; 2] = [
        [
            32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
        ],
        [8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    const LAYER_2: [u32; 14] = [
        32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
    ];
    let &[sync, kind, rates, ..] = frame else {
        return None;
    };
    if sync != 0xFF || kind & 0xE0 != 0xE0 {
        return None;
    }
    let (version, layer) = (kind >> 3 & 3, kind >> 1 & 3);
    let (bit_rate, rate) = (usize::from(rates >> 4), usize::from(rates >> 2 & 3));
    if version == 1 || !(1..=14).contains(&bit_rate) || rate == 3 {
        return None;
    }
    let is_first = version == 3;
    let hz = [44_100, 48_000, 32_000][rate] >> (3 - version).min(2);
    let padding = usize::from(rates >> 1 & 1);
    let kbps = match (layer, is_first) {
        (1, true) => LAYER_3[0][bit_rate - 1],
        (1 | 2, false) => LAYER_3[1][bit_rate - 1],
        (2, true) => LAYER_2[bit_rate - 1],
        _ => return None,
    };
    let samples = if layer == 1 && !is_first { 72 } else { 144 };
    Some((samples * kbps * 1000 / hz) as usize + padding)
}

/// Length of an AAC frame with an ADTS head.
fn adts(frame: &[u8]) -> Option<usize> {
    let head: &[u8; 7] = frame.first_chunk()?;
    if head[0] != 0xFF || head[1] & 0xF6 != 0xF0 || head[2] >> 2 & 0xF > 12 {
        return None;
    }
    let size =
        usize::from(head[3] & 3) << 11 | usize::from(head[4]) << 3 | usize::from(head[5]) >> 5;
    (size > 7).then_some(size)
}

/// GSM 06.10 as Asterisk writes it: 33 bytes a frame, each with the same four bits in front.
fn gsm(head: &[u8]) -> bool {
    let marks = head.chunks(33).take(24);
    head.len() >= 33 * 12 && marks.into_iter().all(|frame| frame[0] >> 4 == 0xD)
}

/// Dolby: the mark, and a frame behind it as long as the table says at 32 to 48 kHz.
fn ac3(head: &[u8]) -> bool {
    let Some(&[0x0B, 0x77, _, _, code, bsid]) = head.first_chunk::<6>() else {
        return false;
    };
    code >> 6 < 3 && code & 0x3F < 38 && bsid >> 3 <= 10
}

/// An MPEG transport stream: a mark every 188 bytes.
fn transport(head: &[u8]) -> bool {
    head.len() >= 188 * 5 && head.chunks(188).take(5).all(|packet| packet[0] == 0x47)
}
