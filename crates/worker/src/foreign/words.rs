//! What ffmpeg says about a file, line by line: the codec, and where sound is missing.

use qinting_domain::SoundGap;
use std::io::{BufRead, BufReader, Read};

/// So much of what ffmpeg says is kept; a broken file makes it talk without end.
const KEPT_BYTES: usize = 64 << 10;
/// What is longer is no line of ffmpeg's; the rest of it counts as another.
const LINE_BYTES: u64 = 4 << 10;
/// Missing sound from this length on becomes silence in the filter `aresample` (`min_hard_comp`), ms.
const GAP_MS: u64 = 100;
/// So many gaps are kept.
const MAX_GAPS: usize = 1000;
/// How the filter that tells each frame's time begins its lines.
const FRAME: &str = "[Parsed_ashowinfo_0 ";

/// What was said.
#[derive(Debug, Default)]
pub(super) struct Words {
    said: String,
    /// Where frames are missing.
    pub(super) gaps: Vec<SoundGap>,
    /// Where the sound heard so far ends, ms.
    end_ms: Option<u64>,
}

impl Words {
    /// Listens until nothing more is said.
    pub(super) fn of(stderr: impl Read) -> Self {
        let mut words = Self::default();
        let mut stderr = BufReader::new(stderr);
        let mut line = Vec::new();
        while matches!(stderr.by_ref().take(LINE_BYTES).read_until(b'\n', &mut line), Ok(n) if n > 0)
        {
            words.hear(&String::from_utf8_lossy(&line));
            line.clear();
        }
        words
    }

    fn hear(&mut self, line: &str) {
        match line.strip_prefix(FRAME) {
            Some(frame) => {
                if let Some((start_ms, end_ms)) = times_of(frame) {
                    self.frame(start_ms, end_ms);
                }
            }
            None if self.said.len() < KEPT_BYTES => self.said.push_str(line),
            None => {}
        }
    }

    fn frame(&mut self, start_ms: u64, end_ms: u64) {
        let before = self.end_ms.unwrap_or(start_ms);
        if start_ms >= before + GAP_MS {
            if self.gaps.len() < MAX_GAPS {
                self.gaps.push(SoundGap {
                    start_ms: before,
                    end_ms: start_ms,
                });
            }
            self.end_ms = Some(end_ms);
        } else {
            // Small steps are filled up or cut bit by bit; what is heard goes on without a break.
            self.end_ms = Some(before + (end_ms - start_ms));
        }
    }

    /// `Stream #0:0: Audio: amr_nb (samr / 0x726D6173), 8000 Hz, …` of the input.
    pub(super) fn codec(&self) -> Option<String> {
        let rest = self.said.split_once(": Audio: ")?.1;
        let word: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
            .take(32)
            .collect();
        (!word.is_empty()).then_some(word)
    }
}

/// Start and end of a frame, ms, from `… pts_time:0.128 … rate:8000 nb_samples:512 …`.
fn times_of(frame: &str) -> Option<(u64, u64)> {
    let value = |name: &str| {
        let mut words = frame.split_whitespace();
        words.find_map(|word| word.strip_prefix(name))
    };
    let start: f64 = value("pts_time:")?.parse().ok()?;
    let rate: f64 = value("rate:")?.parse().ok()?;
    let samples: f64 = value("nb_samples:")?.parse().ok()?;
    let is_sane = (0.0..1e9).contains(&start) && rate >= 1.0 && (0.0..1e9).contains(&samples);
    let ms = |seconds: f64| (seconds * 1000.0).round() as u64;
    is_sane.then(|| (ms(start), ms(start + samples / rate)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(at: f64) -> String {
        format!("{FRAME}@ 0x55] n:1 pts:1 pts_time:{at} fmt:fltp rate:8000 nb_samples:800 x\n")
    }

    fn gaps(starts: &[f64]) -> Vec<(u64, u64)> {
        let said: String = starts.iter().copied().map(frame).collect();
        let words = Words::of(said.as_bytes());
        words.gaps.iter().map(|g| (g.start_ms, g.end_ms)).collect()
    }

    #[test]
    fn the_codec_is_the_word_behind_audio() {
        let codec = |said: &str| Words::of(said.as_bytes()).codec();
        let amr = "Input #0, amr\n  Stream #0:0: Audio: amr_nb (samr / 0x6), 8000 Hz\n";
        assert_eq!(codec(amr).as_deref(), Some("amr_nb"));
        assert_eq!(codec("Stream #0:0: Video: h264"), None);
        assert_eq!(codec("x: Audio: (none)"), None);
    }

    #[test]
    fn a_step_in_the_times_of_frames_is_a_gap() {
        assert_eq!(gaps(&[0.128, 0.228, 0.328]), [], "a late begin is none");
        assert_eq!(gaps(&[0.0, 0.1, 0.5, 0.6]), [(200, 500)]);
        assert_eq!(gaps(&[0.0, 0.1, 0.22, 0.34]), [], "too small to be filled");
        assert_eq!(gaps(&[0.0, 0.15, 0.3]), [(200, 300)], "small ones add up");
        assert_eq!(gaps(&[1.0, 0.2, 0.3]), [], "back in time");
        assert_eq!(gaps(&[f64::NAN, -1.0, 1e300]), []);
    }

    #[test]
    fn who_talks_without_end_is_kept_in_part() {
        let words = Words::of(std::io::repeat(b'x').take(1 << 20));
        assert!(words.said.len() <= KEPT_BYTES + LINE_BYTES as usize);
    }
}
