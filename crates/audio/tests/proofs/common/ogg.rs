//! Ogg pages taken apart and put together again.

/// One page: its place on the clock, flags, number, and packets.
#[derive(Clone)]
pub struct Page {
    pub granule: u64,
    pub flags: u8,
    pub serial: u32,
    pub packets: Vec<Vec<u8>>,
}

/// The packets of a file, with the place of the page each ends in. Made for small files of ours.
pub fn packets(file: &[u8]) -> Vec<(u64, Vec<u8>)> {
    let (mut at, mut packet, mut all) = (0, Vec::new(), Vec::new());
    while at < file.len() {
        let granule = u64::from_le_bytes(file[at + 6..at + 14].try_into().unwrap());
        let lacing = &file[at + 27..at + 27 + usize::from(file[at + 26])];
        at += 27 + lacing.len();
        for &lace in lacing {
            packet.extend(&file[at..at + usize::from(lace)]);
            at += usize::from(lace);
            if lace < 255 {
                all.push((granule, std::mem::take(&mut packet)));
            }
        }
    }
    all
}

/// Opus packets of 20 ms laid into pages of `per_page`.
pub fn opus_pages(packets: &[Vec<u8>], per_page: usize) -> Vec<Page> {
    let page = |granule: usize, flags, packets: &[Vec<u8>]| Page {
        granule: granule as u64 * 960,
        flags,
        serial: 7,
        packets: packets.to_vec(),
    };
    let mut pages = vec![page(0, 2, &packets[..1]), page(0, 0, &packets[1..2])];
    let sound = &packets[2..];
    for (i, some) in sound.chunks(per_page).enumerate() {
        let end = i * per_page + some.len();
        pages.push(page(end, if end == sound.len() { 4 } else { 0 }, some));
    }
    pages
}

/// Writes pages; those that are `lost` keep their number.
pub fn write(pages: &[Page], lost: std::ops::Range<usize>) -> Vec<u8> {
    let mut file = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        if lost.contains(&number) {
            continue;
        }
        let mut bytes = b"OggS\0".to_vec();
        bytes.push(page.flags);
        bytes.extend(page.granule.to_le_bytes());
        bytes.extend(page.serial.to_le_bytes());
        bytes.extend((number as u32).to_le_bytes());
        bytes.extend([0; 4]);
        let mut lacing = Vec::new();
        for packet in &page.packets {
            lacing.extend(std::iter::repeat_n(255, packet.len() / 255));
            lacing.push((packet.len() % 255) as u8);
        }
        bytes.push(lacing.len() as u8);
        bytes.extend(lacing);
        bytes.extend(page.packets.concat());
        let crc = crc(&bytes);
        bytes[22..26].copy_from_slice(&crc.to_le_bytes());
        file.extend(bytes);
    }
    file
}

fn crc(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |crc, &b| {
        (0..8).fold(crc ^ u32::from(b) << 24, |crc, _| {
            crc << 1 ^ if crc >> 31 == 1 { 0x04C1_1DB7 } else { 0 }
        })
    })
}
