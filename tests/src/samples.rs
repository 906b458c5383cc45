//! Sound as numbers: what was played and what was kept, held against each other sample by sample.

use qinting_testkit::files::below;
use std::path::{Path, PathBuf};

/// Sound that is looked for begins where it is at least this loud.
const AUDIBLE: i16 = 200;
/// So many samples tell where two stretches of sound lie together.
const NEEDLE: usize = 2_000;

/// Where the whole of `played` lies in `kept`, every sample in order and nothing between, or how far
/// they go together where they come apart.
///
/// # Panics
/// When nothing loud enough is in `played`.
pub fn place_of(played: &[i16], kept: &[i16]) -> Result<usize, String> {
    let start = played
        .iter()
        .position(|s| s.saturating_abs() >= AUDIBLE)
        .expect("something is played");
    let needle = &played[start..(start + NEEDLE).min(played.len())];
    let mut nearest = None;
    for found in kept
        .windows(needle.len())
        .enumerate()
        .filter(|(_, window)| *window == needle)
        .map(|(n, _)| n)
    {
        let Some(offset) = found.checked_sub(start) else {
            continue;
        };
        let together = played
            .iter()
            .zip(&kept[offset..])
            .take_while(|(p, k)| p == k)
            .count();
        if together == played.len() {
            return Ok(offset);
        }
        nearest = nearest.max(Some((together, offset)));
    }
    Err(match nearest {
        Some((together, offset)) => format!(
            "from {offset} on, {together} of {} samples are the same",
            played.len()
        ),
        None => format!(
            "its beginning is nowhere in {} samples, the loudest of which is {:?}",
            kept.len(),
            kept.iter().map(|s| s.saturating_abs()).max()
        ),
    })
}

/// All playable sound in a workspace, whatever its name.
///
/// # Panics
/// When the media folder cannot be read.
pub fn kept_in(workspace: &Path) -> Vec<PathBuf> {
    let mut found = below(&workspace.join("media"));
    found.retain(|file| std::fs::read(file).is_ok_and(|bytes| bytes.starts_with(b"RIFF")));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use qinting_testkit::dice::Dice;

    #[test]
    fn what_was_played_is_found_where_it_lies_and_only_whole() {
        let played = Dice::new(7).samples(9_000);
        let mut kept = [&[0; 123][..], &played, &[0; 50]].concat();
        assert_eq!(place_of(&played, &kept), Ok(123));
        kept[8_000] ^= 1;
        assert!(place_of(&played, &kept).is_err_and(|why| why.contains("7877 of 9000")));
        kept[8_000] ^= 1;
        kept.insert(5_000, 0);
        assert!(place_of(&played, &kept).is_err(), "a sample was put in");
        kept.drain(5_000..5_002);
        assert!(place_of(&played, &kept).is_err(), "a sample is missing");
        assert!(place_of(&played, &[0; 20_000]).is_err());
    }
}
