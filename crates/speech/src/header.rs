//! Looks at the head of a model file before whisper.cpp sees it.

use qinting_desk::error::{AppError, AppResult, codes};
use qinting_desk::files;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// `ggml` as the first little-endian word of the file.
pub(crate) const MAGIC: [u8; 4] = *b"lmgg";

/// Bytes [`ModelHeader::read`] looks at.
pub(crate) const HEADER_BYTES: usize = 48;

/// The dimensions a Whisper file in ggml form begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ModelHeader {
    /// Number of its tokens.
    pub(crate) vocabulary: i32,
    /// Width of the encoder.
    pub(crate) audio_width: i32,
    /// Bands of the spectrogram.
    pub(crate) bands: i32,
}

impl ModelHeader {
    /// Reads the head of `path`; `None` when it is not a Whisper model in ggml form.
    pub(crate) fn read(path: &Path) -> std::io::Result<Option<Self>> {
        let mut head = Vec::with_capacity(HEADER_BYTES);
        files::open(path)?
            .take(HEADER_BYTES as u64)
            .read_to_end(&mut head)?;
        Ok(Self::parse(&head))
    }

    /// Understands the first bytes of a file. Everything is bounded: whisper.cpp allocates by
    /// these numbers without asking.
    pub(crate) fn parse(head: &[u8]) -> Option<Self> {
        if head.len() < HEADER_BYTES || head[..4] != MAGIC {
            return None;
        }
        let word = |i: usize| {
            let at = 4 + 4 * i;
            i32::from_le_bytes([head[at], head[at + 1], head[at + 2], head[at + 3]])
        };
        let widths = [word(2), word(6)];
        let layers = [word(4), word(8)];
        let sane = (50_000..=60_000).contains(&word(0))
            && word(1) == 1_500
            && word(5) == 448
            && widths.iter().all(|w| (32..=4_096).contains(w))
            && layers.iter().all(|l| (1..=128).contains(l))
            && (80..=128).contains(&word(9));
        sane.then(|| Self {
            vocabulary: word(0),
            audio_width: word(2),
            bands: word(9),
        })
    }

    /// The English-only models have one token less.
    pub(crate) fn is_english_only(&self) -> bool {
        self.vocabulary < 51_865
    }

    /// Narrower than any model that was trained on real speech: the demo model.
    pub(crate) fn is_toy(&self) -> bool {
        self.audio_width <= 64
    }
}

/// Whether mel filters and a vocabulary follow the head, as they do in every Whisper file.
pub(crate) fn has_vocabulary(path: &Path, header: &ModelHeader) -> std::io::Result<bool> {
    let mut file = files::open(path)?;
    let mut word = |at: u64| -> std::io::Result<Option<i32>> {
        let mut bytes = Vec::with_capacity(4);
        file.seek(SeekFrom::Start(at))?;
        file.by_ref().take(4).read_to_end(&mut bytes)?;
        Ok(bytes.try_into().ok().map(i32::from_le_bytes))
    };
    let (bands, bins) = (word(HEADER_BYTES as u64)?, word(HEADER_BYTES as u64 + 4)?);
    let Some(bins) = bins.filter(|n| (1..=4_096).contains(n)) else {
        return Ok(false);
    };
    if bands != Some(header.bands) {
        return Ok(false);
    }
    let filters = 4 * u64::from(header.bands.unsigned_abs()) * u64::from(bins.unsigned_abs());
    let words = word(HEADER_BYTES as u64 + 8 + filters)?;
    Ok(words.is_some_and(|n| (40_000..=header.vocabulary).contains(&n)))
}

/// Refuses a file that is not a Whisper model.
pub(crate) fn check(path: &Path) -> AppResult<ModelHeader> {
    match ModelHeader::read(path) {
        Ok(Some(header)) => Ok(header),
        Ok(None) => {
            Err(AppError::new(codes::SPEECH_MODEL_UNREADABLE).because("not a ggml Whisper file"))
        }
        Err(e) => Err(AppError::new(codes::SPEECH_MODEL_UNREADABLE).because(e)),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use rstest::rstest;

    /// The head of a model with these dimensions.
    pub(crate) fn head(words: [i32; 11]) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        words.iter().for_each(|w| bytes.extend(w.to_le_bytes()));
        bytes
    }

    pub(crate) const TINY: [i32; 11] = [51_865, 1_500, 384, 6, 4, 448, 384, 6, 4, 80, 1];

    #[test]
    fn a_published_model_is_recognised() {
        let header = ModelHeader::parse(&head(TINY)).unwrap();
        assert_eq!(
            (header.vocabulary, header.audio_width, header.bands),
            (51_865, 384, 80)
        );
        assert!(!header.is_toy());
    }

    #[rstest]
    #[case::empty(vec![])]
    #[case::web_page(b"<!DOCTYPE html><html><head><title>Sign in to the network</title>".to_vec())]
    #[case::cut_off(head(TINY)[..40].to_vec())]
    #[case::other_magic([b"GGUF".to_vec(), head(TINY)[4..].to_vec()].concat())]
    #[case::huge_width(head([51_865, 1_500, i32::MAX, 6, 4, 448, 384, 6, 4, 80, 1]))]
    #[case::negative_vocabulary(head([-1, 1_500, 384, 6, 4, 448, 384, 6, 4, 80, 1]))]
    #[case::voice_activity_model(head([5, 512, 64, 4, 0, 0, 0, 0, 0, 0, 0]))]
    fn anything_else_is_not(#[case] bytes: Vec<u8>) {
        assert_eq!(ModelHeader::parse(&bytes), None);
    }
}
