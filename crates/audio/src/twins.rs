//! Whether two lanes carry the same signal: one rule for what is brought in and what is heard live.
//!
//! A recorder that copies one mixed call to both channels seldom copies it exactly: one side is quieter,
//! a few samples late, or was coded once more. Two people on two channels are never that alike, not
//! even when each hears the other faintly: then the louder side changes with who speaks.

use std::collections::VecDeque;

/// Columns of sound that are compared, per second.
const COLUMNS_PER_S: u32 = 20;
/// Columns with sound that two lanes are compared over: three seconds.
const COMPARED: usize = 3 * COLUMNS_PER_S as usize;
/// With fewer columns of sound than half a second (a short hello) only a copy that is next to exact
/// counts, and fewer than a fifth say nothing.
const FEW: usize = COLUMNS_PER_S as usize / 2;
const FEWEST: usize = COLUMNS_PER_S as usize / 5;
const NEXT_TO_EXACT: f64 = 0.999;
/// −50 dBFS in 16-bit samples: what is quieter is no sound.
const FAINT: f64 = 0.003_162 * 32_768.0;
/// Correlation from which both lanes carry one signal, and below which they no longer do.
const SAME: f64 = 0.98;
const OTHER: f64 = 0.90;
/// In a copy, coding noise rises and falls with the sound. Where so many columns in a row are less
/// alike than this, somebody speaks on one lane only.
const ALONE: f64 = 0.8;
const ALONE_COLUMNS: usize = 3;
/// How much louder one copy may be, as a ratio of power (12 dB), and how much that may change in the
/// course of a call (3 dB). Beyond it, the quiet lane hears the loud one through the air.
const LOUDER: f64 = 16.0;
const CHANGES: f64 = 2.0;
/// One copy may be so much later than the other, as a part of a second, and at least in samples.
const SHIFTED: u32 = 1_000;
const SHIFTED_SAMPLES: usize = 8;

/// What two lanes are over 50 ms: the power of each, and their product at every shift.
#[derive(Clone, Debug, Default)]
struct Column {
    products: Vec<f64>,
    first: f64,
    second: f64,
}

impl Column {
    fn likeness(&self, shift: usize) -> f64 {
        let both = (self.first * self.second).sqrt();
        if both > 0.0 {
            self.products[shift].abs() / both
        } else {
            0.0
        }
    }

    fn add(&mut self, other: &Self) {
        self.products.resize(other.products.len(), 0.0);
        for (sum, product) in self.products.iter_mut().zip(&other.products) {
            *sum += product;
        }
        self.first += other.first;
        self.second += other.second;
    }

    /// The shift at which the lanes are most alike, and how alike: 0–1. A turned polarity is the same
    /// signal.
    fn best(&self) -> (usize, f64) {
        (0..self.products.len())
            .map(|shift| (shift, self.likeness(shift)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap_or_default()
    }

    fn louder(&self) -> f64 {
        self.first / self.second.max(1.0)
    }
}

fn sum<'a>(columns: impl IntoIterator<Item = &'a Column>) -> Column {
    columns.into_iter().fold(Column::default(), |mut sum, one| {
        sum.add(one);
        sum
    })
}

/// Cuts two lanes into columns with sound.
#[derive(Debug)]
struct Columns {
    length: usize,
    reach: usize,
    lanes: [Vec<f32>; 2],
}

impl Columns {
    fn new(rate_hz: u32) -> Self {
        Self {
            length: (rate_hz / COLUMNS_PER_S).max(1) as usize,
            reach: SHIFTED_SAMPLES.max((rate_hz / SHIFTED) as usize),
            lanes: [Vec::new(), Vec::new()],
        }
    }

    /// Takes interleaved frames; gives the columns that are complete and have sound.
    fn push(&mut self, frames: &[i16], give: &mut dyn FnMut(Column)) {
        for &[a, b] in frames.as_chunks::<2>().0 {
            self.lanes[0].push(f32::from(a));
            self.lanes[1].push(f32::from(b));
        }
        let mut from = 0;
        while self.lanes[0].len() - from >= self.length + 2 * self.reach {
            self.turn(from, self.length)
                .into_iter()
                .for_each(&mut *give);
            from += self.length;
        }
        for lane in &mut self.lanes {
            lane.drain(..from);
        }
    }

    /// The last piece, if it is half a column at least.
    fn rest(&mut self) -> Option<Column> {
        let length = self.lanes[0].len().saturating_sub(2 * self.reach);
        (length * 2 >= self.length).then(|| self.turn(0, length))?
    }

    fn turn(&self, from: usize, length: usize) -> Option<Column> {
        let [a, b] = &self.lanes;
        let at = from + self.reach;
        let first = &a[at..at + length];
        let power = |lane: &[f32]| dot(lane, lane) - mean(lane).powi(2) * length as f64;
        let (one, two) = (power(first), power(&b[at..at + length]));
        if one.max(two) / (length as f64) < FAINT * FAINT {
            return None;
        }
        let middle = mean(first) * length as f64;
        let products = (from..=from + 2 * self.reach)
            .map(|shifted| {
                let second = &b[shifted..shifted + length];
                dot(first, second) - middle * mean(second)
            })
            .collect();
        Some(Column {
            products,
            first: one,
            second: two,
        })
    }
}

fn mean(samples: &[f32]) -> f64 {
    samples.iter().map(|s| f64::from(*s)).sum::<f64>() / samples.len() as f64
}

/// In eight sums beside each other, which the processor adds at once.
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let (a, a_rest) = a.as_chunks::<8>();
    let (b, b_rest) = b.as_chunks::<8>();
    let mut sums = [0f32; 8];
    for (a, b) in a.iter().zip(b) {
        for i in 0..8 {
            sums[i] += a[i] * b[i];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().map(|s| f64::from(*s)).sum::<f64>() + f64::from(rest)
}

/// Tells, while two lanes are heard, whether they carry the same signal now.
#[derive(Debug)]
pub(crate) struct Twins {
    columns: Columns,
    heard: VecDeque<Column>,
    same: bool,
}

impl Twins {
    pub(crate) fn new(rate_hz: u32) -> Self {
        Self {
            columns: Columns::new(rate_hz),
            heard: VecDeque::new(),
            same: false,
        }
    }

    /// Takes interleaved frames of two lanes.
    pub(crate) fn add(&mut self, frames: &[i16]) {
        let (heard, same) = (&mut self.heard, &mut self.same);
        self.columns.push(frames, &mut |column| {
            heard.push_back(column);
            if heard.len() > COMPARED {
                heard.pop_front();
            }
            if heard.len() == COMPARED {
                let (_, likeness) = judged(heard.make_contiguous());
                *same = likeness >= if *same { OTHER } else { SAME };
            }
        });
    }

    pub(crate) fn are_same(&self) -> bool {
        self.same
    }
}

/// The shift of a stretch and how alike its lanes are; 0 when one of them is heard alone in it, or is
/// only the echo of the other.
fn judged(stretch: &[Column]) -> (usize, f64) {
    let all = sum(stretch);
    let (shift, likeness) = all.best();
    let alone = stretch
        .windows(ALONE_COLUMNS)
        .any(|row| row.iter().all(|one| one.likeness(shift) < ALONE));
    let echo = !(1.0 / LOUDER..=LOUDER).contains(&all.louder());
    (shift, if alone || echo { 0.0 } else { likeness })
}

/// Tells of a whole recording whether its two lanes carry one signal. Lanes that were found to differ
/// cost nothing from there on.
#[derive(Debug)]
pub(crate) struct OneSignal {
    columns: Columns,
    stretch: Vec<Column>,
    /// How much louder the first lane was in the stretch before.
    louder: Option<f64>,
    power: [f64; 2],
    /// Not one sample differed so far: nothing has to be measured.
    exact: bool,
    differ: bool,
}

impl OneSignal {
    pub(crate) fn new(rate_hz: u32) -> Self {
        Self {
            columns: Columns::new(rate_hz),
            stretch: Vec::new(),
            louder: None,
            power: [0.0; 2],
            exact: true,
            differ: false,
        }
    }

    /// Takes interleaved frames of two lanes.
    pub(crate) fn push(&mut self, frames: &[i16]) {
        if self.differ {
            return;
        }
        let mut pairs = frames.as_chunks::<2>().0.iter();
        self.exact = self.exact && pairs.all(|[a, b]| a == b);
        if self.exact {
            return;
        }
        let mut fresh = Vec::new();
        self.columns.push(frames, &mut |column| fresh.push(column));
        for column in fresh {
            self.stretch.push(column);
            if self.stretch.len() == COMPARED {
                self.judge(SAME);
            }
        }
    }

    fn judge(&mut self, same: f64) {
        let stretch = std::mem::take(&mut self.stretch);
        let all = sum(&stretch);
        let louder = all.louder();
        let before = self.louder.replace(louder).unwrap_or(louder);
        let steady = (1.0 / CHANGES..=CHANGES).contains(&(louder / before));
        self.power[0] += all.first;
        self.power[1] += all.second;
        self.differ |= !steady || judged(&stretch).1 < same;
    }

    /// The lane to keep when both carry one signal: the louder one.
    pub(crate) fn lane(mut self) -> Option<usize> {
        if self.exact {
            return Some(0);
        }
        if !self.differ {
            let rest = self.columns.rest();
            self.stretch.extend(rest);
            match self.stretch.len() {
                FEW.. => self.judge(SAME),
                FEWEST.. => self.judge(NEXT_TO_EXACT),
                _ => {}
            }
        }
        let same = !self.differ && self.louder.is_some();
        same.then_some(usize::from(self.power[1] > self.power[0]))
    }
}

/// Whether interleaved frames of two lanes are one signal.
pub(crate) fn one_signal(frames: &[i16], rate_hz: u32) -> bool {
    let mut one = OneSignal::new(rate_hz);
    one.push(frames);
    let silent = frames.iter().all(|sample| *sample == 0);
    !silent && one.lane().is_some()
}

#[cfg(test)]
mod tests;
