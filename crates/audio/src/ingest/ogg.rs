//! Ogg, read by ourselves: a page says where on the clock it ends, and that rules. What was lost on
//! the way, or never sent, becomes silence of its length, before the page that came after it.

use super::codec::{Codec, Piece};
use super::fault::Fault;
use super::found::Found;
use super::lay::{self, Lay};
use super::link::Link;
use super::page::{Page, Pages};
use super::stream::{MAX_HOURS, PcmFormat, PcmStream, checked_frames};
use std::fs::File;

/// A packet is never larger: one of a hostile file could grow without end.
const MAX_PACKET: usize = 16 << 20;
/// Positions are exact; decoders round by less than this, milliseconds.
const SLACK_MS: i64 = 5;
/// So many packets that cannot be decoded, and none that can, end a file.
const MAX_ERRORS: u64 = 256;

/// A decoder for one Ogg file.
pub(crate) struct OggStream {
    pages: Pages,
    link: Link,
    codec: Codec,
    format: PcmFormat,
    lay: Lay,
    clock: Clock,
    partial: Vec<u8>,
    /// What was decoded since a page last said where it ends.
    waiting: Vec<Piece>,
    waiting_frames: u64,
    sequence: Option<u32>,
    /// Something is missing before what comes next.
    torn: bool,
    ended: bool,
    good: u64,
    bad: u64,
    lenient: bool,
    over: bool,
    found: Found,
}

/// Where a link stands on its own clock.
#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    /// Position of the next frame; `None` before the first page with sound.
    next: Option<i64>,
    /// Frames at the beginning that are the encoder's delay.
    skip: u64,
}

impl OggStream {
    /// Opens an Ogg file; `None` if it is none.
    pub(crate) fn open(file: File, len: u64, lenient: bool) -> Result<Option<Self>, Fault> {
        let again = file.try_clone().map_err(Fault::Unreadable)?;
        let Some(widest) = super::link::widest(again, len)? else {
            return Ok(None);
        };
        let mut pages = Pages::new(file, len);
        let mut link = None;
        while let Some(page) = pages.next()? {
            if page.first
                && let Some(new) = Link::begin(&page)?
            {
                link = Some(new);
                break;
            }
        }
        let mut link = link.ok_or(Fault::NotAudio)?;
        let (codec, sequence) = loop {
            let Some(page) = pages.next()? else {
                return Err(Fault::Truncated { got_ms: 0 });
            };
            if page.serial != link.serial {
                continue;
            }
            if let Some(params) = link.header(&page) {
                break (Codec::new(&params)?, page.sequence);
            }
        };
        let format = PcmFormat {
            codec: format!("ogg/{}", codec.word()),
            ..PcmFormat::checked(widest.0, widest.1)?
        };
        let skip = u64::from(codec.pre_skip);
        let mut stream = Self {
            lay: Lay::new(&format),
            clock: Clock { next: None, skip },
            pages,
            codec,
            format,
            partial: Vec::new(),
            waiting: Vec::new(),
            waiting_frames: 0,
            sequence: Some(sequence),
            torn: false,
            ended: false,
            good: 0,
            bad: 0,
            lenient,
            over: false,
            found: Found::default(),
            link,
        };
        // Sound may begin in the page that the headers end in.
        let left = std::mem::take(&mut stream.link.left);
        for packet in left {
            stream.decode(&packet)?;
        }
        while stream.good == 0 && !stream.over {
            stream.step()?;
        }
        if stream.good == 0 {
            return Err(match stream.found.cut {
                Some(_) => Fault::Truncated { got_ms: 0 },
                None => Fault::NotAudio,
            });
        }
        Ok(Some(stream))
    }

    fn step(&mut self) -> Result<(), Fault> {
        match self.pages.next()? {
            None => {
                self.settle(None, false);
                self.lay.flush();
                self.finish()?;
            }
            Some(page) => {
                self.torn |= self.pages.stray > 0;
                self.page(&page)?;
            }
        }
        checked_frames(self.lay.at(), &self.format)
    }

    fn page(&mut self, page: &Page) -> Result<(), Fault> {
        if page.first
            && let Some(link) = Link::begin(page)?
            && link.serial != self.link.serial
        {
            return self.chain(link);
        }
        if page.serial != self.link.serial {
            return Ok(());
        }
        let is_next = self
            .sequence
            .is_none_or(|s| s.wrapping_add(1) == page.sequence);
        self.sequence = Some(page.sequence);
        if !is_next || self.torn {
            self.torn = true;
            self.partial.clear();
            // What came before the tear ends where it was last told to.
            self.settle(None, false);
            self.codec.reset();
        }
        let mut is_orphan = page.continues && self.partial.is_empty();
        for (part, is_whole) in page.packets() {
            if is_orphan {
                is_orphan = false;
                continue;
            }
            if self.partial.len() + part.len() > MAX_PACKET {
                return Err(Fault::Broken("a packet without end".into()));
            }
            self.partial.extend(part);
            if is_whole {
                let packet = std::mem::take(&mut self.partial);
                self.decode(&packet)?;
            }
        }
        self.ended |= page.last;
        if let Some(granule) = page.granule {
            self.settle(Some(granule), page.last);
        }
        Ok(())
    }

    /// Another link of a chained file.
    fn chain(&mut self, mut link: Link) -> Result<(), Fault> {
        self.settle(None, false);
        self.partial.clear();
        self.ended = false;
        let codec = loop {
            let Some(page) = self.pages.next()? else {
                return Ok(());
            };
            if page.serial == link.serial {
                self.sequence = Some(page.sequence);
                if let Some(params) = link.header(&page) {
                    break Codec::new(&params)?;
                }
            }
        };
        self.clock = Clock {
            next: None,
            skip: u64::from(codec.pre_skip),
        };
        self.codec = codec;
        for packet in std::mem::take(&mut link.left) {
            self.decode(&packet)?;
        }
        self.link = link;
        Ok(())
    }

    fn decode(&mut self, packet: &[u8]) -> Result<(), Fault> {
        if self.link.is_side_note(packet) {
            return Ok(());
        }
        match self.codec.decode(packet, 0)? {
            Some(piece) => {
                self.good += 1;
                self.waiting_frames += piece.frames();
                self.waiting.push(piece);
            }
            None => {
                self.bad += 1;
                self.torn = true;
                if self.good == 0 && self.bad > MAX_ERRORS {
                    return Err(Fault::NotAudio);
                }
            }
        }
        Ok(())
    }

    /// Lays what is waiting, so that it ends at `granule`.
    fn settle(&mut self, granule: Option<i64>, is_last: bool) {
        let rate = self.link.sample_rate_hz;
        let frames = self.waiting_frames as i64;
        let most = i64::from(rate) * (MAX_HOURS * 3600) as i64;
        let slack = i64::from(rate) * SLACK_MS / 1000;
        let mut trim_end = 0;
        match (granule, self.clock.next) {
            (Some(end), Some(next)) => {
                let start = end.saturating_sub(frames);
                if start > next + slack && start - next < most {
                    self.lay.hole(self.lay.scaled((start - next) as u64, rate));
                    self.clock.next = Some(start);
                } else if is_last && start < next {
                    trim_end = next - start;
                }
            }
            (Some(end), None) if frames > 0 || end > 0 => self.begin(end, frames, is_last),
            _ => {}
        }
        if is_last && self.clock.next.is_none() {
            trim_end = (frames - granule.unwrap_or(frames)).max(0);
        }
        self.torn &= granule.is_none();
        self.lay_waiting(trim_end.min(frames) as u64);
        if let (true, next) = (frames > 0, self.clock.next.unwrap_or(0)) {
            self.clock.next = Some(next + frames - trim_end.min(frames));
        }
    }

    /// The first page with sound: a stream may begin in the middle of a longer one, but what the
    /// sequence says is lost in front is.
    fn begin(&mut self, end: i64, frames: i64, is_last: bool) {
        let rate = self.link.sample_rate_hz;
        let start = end.saturating_sub(frames);
        if is_last && start < 0 {
            // All of it is on one page: what is too much stands at its end.
            return;
        }
        if start < 0 {
            self.clock.skip = self.clock.skip.max(start.unsigned_abs());
        }
        let most = i64::from(rate) * (MAX_HOURS * 3600) as i64;
        if self.torn && (1..most).contains(&start) {
            let lost = (start as u64).saturating_sub(self.clock.skip);
            self.clock.skip = self.clock.skip.saturating_sub(start as u64);
            self.lay.hole(self.lay.scaled(lost, rate));
        }
        self.clock.next = Some(start);
    }

    fn lay_waiting(&mut self, mut trim_end: u64) {
        let mut left = self.waiting_frames - trim_end;
        for mut piece in self.waiting.drain(..) {
            let channels = usize::from(piece.channels);
            let keep = piece.frames().min(left);
            left -= keep;
            trim_end = trim_end.saturating_sub(piece.frames() - keep);
            piece.samples.truncate(keep as usize * channels);
            let skip = self.clock.skip.min(keep);
            self.clock.skip -= skip;
            piece.samples.drain(..skip as usize * channels);
            self.lay.sound(piece);
        }
        self.waiting_frames = 0;
    }

    fn finish(&mut self) -> Result<(), Fault> {
        self.over = true;
        let breaks_off = !self.ended && self.pages.stray > 0;
        if breaks_off {
            if !self.lenient {
                return Err(Fault::Truncated {
                    got_ms: self.format.frames_to_ms(self.lay.at()),
                });
            }
            self.found.cut = Some(None);
        }
        self.found.unfinished = !self.ended && !breaks_off;
        if self.bad > self.good && !self.lenient {
            return Err(Fault::Broken("more errors than sound".into()));
        }
        Ok(())
    }
}

impl PcmStream for OggStream {
    fn format(&self) -> &PcmFormat {
        &self.format
    }

    fn read(&mut self, out: &mut Vec<i16>) -> Result<bool, Fault> {
        lay::read(self, |s| &mut s.lay, |s| s.over, Self::step, out)
    }

    fn fraction(&self) -> f64 {
        self.pages.fraction()
    }

    fn found(&self) -> Found {
        Found {
            holes: self.lay.holes.clone(),
            sample_rate_hz: self.format.sample_rate_hz,
            reshaped: self.lay.reshaped,
            ..self.found.clone()
        }
    }
}
