//! Bytes of a text on their way to UTF-8, a piece at a time.

use super::encoding::{Judged, judge};
use crate::{Bytes, Error};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};
use std::io::SeekFrom;

/// Bytes read at a time.
const PIECE: usize = 64 << 10;

/// Bytes that are enough to judge by, from the first that is no ASCII.
const ENOUGH: usize = 4 << 10;

/// A text that is read. UTF-8 is handed on as it is: what is wrong with it is found cell by cell.
pub(super) struct Decoded<'r> {
    source: &'r mut dyn Bytes,
    piece: Vec<u8>,
    /// Bytes at the front of `piece` that wait for more of their kind.
    kept: usize,
    encoding: &'static Encoding,
    /// Whether nothing but ASCII came, and nobody said what it is.
    is_open: bool,
    decoder: Option<Decoder>,
    has_ended: bool,
}

impl<'r> Decoded<'r> {
    /// From byte `at` on. `encoding` is `None` as long as all that is known is ASCII.
    pub(super) fn new(
        source: &'r mut dyn Bytes,
        at: u64,
        encoding: Option<&'static Encoding>,
    ) -> Result<Self, Error> {
        source.seek(SeekFrom::Start(at))?;
        let mut decoded = Self {
            source,
            piece: vec![0; PIECE],
            kept: 0,
            encoding: UTF_8,
            is_open: true,
            decoder: None,
            has_ended: false,
        };
        if let Some(encoding) = encoding {
            decoded.settle(encoding);
        }
        Ok(decoded)
    }

    pub(super) fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// Whether all of it was read.
    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn settle(&mut self, encoding: &'static Encoding) {
        self.encoding = encoding;
        self.is_open = false;
        self.decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
    }

    /// Appends the next piece to `out`; `false` where nothing is left.
    pub(super) fn more(&mut self, out: &mut Vec<u8>) -> Result<bool, Error> {
        if self.has_ended {
            return Ok(false);
        }
        let got = self.kept + fill(self.source, &mut self.piece[self.kept..])?;
        self.kept = 0;
        self.has_ended = got < self.piece.len();
        if self.is_open
            && let Some(at) = self.piece[..got].iter().position(|b| !b.is_ascii())
        {
            if at > 0 && got - at < ENOUGH && !self.has_ended {
                out.extend_from_slice(&self.piece[..at]);
                self.piece.copy_within(at..got, 0);
                self.kept = got - at;
                return Ok(true);
            }
            match judge(&[self.piece[at..got].to_vec()]) {
                Judged::Is(encoding) => self.settle(encoding),
                Judged::Ascii | Judged::Binary => self.settle(UTF_8),
            }
        }
        match &mut self.decoder {
            None => out.extend_from_slice(&self.piece[..got]),
            Some(decoder) => decode(decoder, &self.piece[..got], self.has_ended, out),
        }
        Ok(true)
    }
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], is_last: bool, out: &mut Vec<u8>) {
    loop {
        let begin = out.len();
        // Enough for any encoding, so that one turn does; where it is not, there is another.
        let room = decoder.max_utf8_buffer_length(bytes.len());
        out.resize(begin + room.unwrap_or(PIECE), 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut out[begin..], is_last);
        out.truncate(begin + written);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// Reads until `buffer` is full or nothing is left.
pub(super) fn fill(source: &mut dyn Bytes, buffer: &mut [u8]) -> Result<usize, Error> {
    let mut got = 0;
    while got < buffer.len() {
        match source.read(&mut buffer[got..]) {
            Ok(0) => break,
            Ok(n) => got += n,
            Err(e) if e.kind() == std::io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(got)
}
