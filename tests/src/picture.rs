//! Screenshots, and what can be said of one without looking.

use std::collections::HashMap;
use std::path::PathBuf;

/// A decoded screenshot.
pub struct Picture {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue of each pixel, row by row.
    pub pixels: Vec<[u8; 3]>,
    /// Where it was saved.
    pub path: PathBuf,
}

impl Picture {
    /// Reads PNG bytes.
    ///
    /// # Panics
    /// When they are not a picture with 8 bits a colour, as web views make them.
    pub fn read(bytes: &[u8], path: PathBuf) -> Self {
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info().expect("a PNG");
        let mut buffer = vec![0; reader.output_buffer_size().expect("a picture of sane size")];
        let frame = reader.next_frame(&mut buffer).expect("a whole PNG");
        let samples = frame.color_type.samples();
        assert!(samples >= 3, "a screenshot has colours");
        let pixels = buffer[..frame.buffer_size()]
            .chunks_exact(samples)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        Self {
            width: frame.width,
            height: frame.height,
            pixels,
            path,
        }
    }

    /// Share of the picture that its most frequent colour covers, 0–1. An empty window is 1.
    pub fn largest_share(&self) -> f32 {
        let mut counts: HashMap<[u8; 3], u32> = HashMap::new();
        for pixel in &self.pixels {
            *counts.entry(*pixel).or_default() += 1;
        }
        let most = counts.values().copied().max().unwrap_or(0);
        most as f32 / self.pixels.len().max(1) as f32
    }

    /// How many colours it has.
    pub fn colours(&self) -> usize {
        let mut all = self.pixels.clone();
        all.sort_unstable();
        all.dedup();
        all.len()
    }
}
