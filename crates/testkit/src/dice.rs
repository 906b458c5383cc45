//! Numbers that look like chance and can be had again.
#![allow(clippy::print_stdout, reason = "the seed is what repeats a bad day")]

use std::ops::Range;
use std::time::SystemTime;

/// A repeatable source of numbers; nothing here needs good randomness.
#[derive(Clone)]
pub struct Dice(u64);

impl Dice {
    /// The same seed gives the same numbers.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Goes on from where another one stands, which is not 0: whoever measured with its numbers before
    /// gets the same ones.
    pub fn at(state: u64) -> Self {
        Self(state.max(1))
    }

    /// Other numbers each time. The seed is printed, and taken from the variable of this name when that
    /// is set, so that a bad day can be repeated.
    pub fn of_today(variable: &str) -> Self {
        Self::new(seed_of_today(variable))
    }

    /// Any number.
    #[allow(clippy::should_implement_trait, reason = "it never ends")]
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// −1 to 1.
    pub fn roll(&mut self) -> f32 {
        (self.next() >> 40) as f32 / 8_388_608.0 - 1.0
    }

    /// Roughly normal, deviation 1.
    pub fn bell(&mut self) -> f32 {
        (0..12).map(|_| self.roll()).sum::<f32>() / 2.0
    }

    /// Between two numbers.
    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (self.roll() + 1.0) / 2.0 * (high - low)
    }

    /// Within a range of whole numbers.
    pub fn within(&mut self, range: Range<u64>) -> u64 {
        range.start + self.next() % (range.end - range.start)
    }

    /// 0 to one below `count`, 0 where there is none.
    pub fn below(&mut self, count: usize) -> usize {
        self.within(0..count.max(1) as u64) as usize
    }

    /// So many bytes.
    pub fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 32) as u8).collect()
    }

    /// So many samples, no two stretches of which are the same.
    pub fn samples(&mut self, count: usize) -> Vec<i16> {
        let sample = |_| ((self.next() >> 50) as i16) - 8_192;
        (0..count).map(sample).collect()
    }
}

/// A seed of its own for each day, printed, or the one the variable of this name asks for.
pub fn seed_of_today(variable: &str) -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let asked = std::env::var(variable).ok();
    let asked = asked.and_then(|seed| seed.parse().ok());
    let seed = asked.unwrap_or_else(|| now.unwrap_or_default().as_secs());
    println!("{variable}={seed}");
    seed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_numbers_and_they_stay_in_their_range() {
        let (mut one, mut other) = (Dice::new(7), Dice::new(7));
        assert_eq!(one.bytes(100), other.bytes(100));
        assert_ne!(Dice::new(7).next(), Dice::new(8).next());
        assert!((0..1_000).all(|_| (5..9).contains(&one.within(5..9))));
        assert!((0..1_000).all(|_| one.roll().abs() <= 1.0));
        assert!(one.samples(1_000).iter().all(|s| s.abs() <= 8_192));
    }
}
