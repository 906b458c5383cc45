//! Two texts of one call held against each other, line by line: characters of Chinese and words of other writing,
//! without punctuation, case, width or script.

mod blocks;
mod rows;
#[cfg(test)]
mod tests;

use blocks::Block;
use rows::Rows;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;

/// Lines further apart than this, in milliseconds, do not say the same whatever they say: 嗯 is said all the time.
const FAR_MS: u64 = 10_000;

/// A line of a text, ours or another's, on the clock of the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimedLine<'t> {
    /// Start in milliseconds.
    pub start_ms: u64,
    /// End in milliseconds.
    pub end_ms: u64,
    /// The lane it was heard on; `None`: not known. Lanes are compared one by one where every line of both texts has
    /// one, so that what is said at the same time is not mixed.
    pub lane: Option<u16>,
    /// What was said.
    pub text: &'t str,
}

impl TimedLine<'_> {
    /// How far apart two lines are, in milliseconds; 0: they touch.
    fn distance_ms(&self, other: &Self) -> u64 {
        let before = other.start_ms.saturating_sub(self.end_ms);
        before.max(self.start_ms.saturating_sub(other.end_ms))
    }

    /// Whether more than half of the shorter one is beside the other.
    fn is_beside(&self, other: &Self) -> bool {
        let shared = self.end_ms.min(other.end_ms);
        let shared = shared.saturating_sub(self.start_ms.max(other.start_ms));
        let shorter = self.length_ms().min(other.length_ms());
        shared * 2 > shorter
    }

    fn length_ms(&self) -> u64 {
        self.end_ms.saturating_sub(self.start_ms)
    }
}

/// Two texts beside each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// All lines of both, those that say the same beside each other, by time.
    pub rows: Vec<Row>,
    /// Characters and words of ours.
    pub ours: u32,
    /// Characters and words of theirs.
    pub theirs: u32,
    /// How many have to be changed, put in or left out to make one of the other.
    pub differing: u32,
}

impl Comparison {
    /// How much differs, in thousandths of the longer text.
    pub fn difference_permille(&self) -> u32 {
        permille(self.differing, self.ours.max(self.theirs))
    }
}

/// Lines that say the same, or stand where the other text says something else. One side may have none.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Ours.
    pub ours: Vec<ComparedLine>,
    /// Theirs.
    pub theirs: Vec<ComparedLine>,
    /// Characters and words of the longer side.
    pub units: u32,
    /// How many of them differ.
    pub differing: u32,
}

impl Row {
    /// How much differs, in thousandths.
    pub fn difference_permille(&self) -> u32 {
        permille(self.differing, self.units)
    }
}

fn permille(part: u32, of: u32) -> u32 {
    let whole = u64::from(of.max(1));
    (u64::from(part) * 1_000 / whole).min(1_000) as u32
}

/// A line in a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ComparedLine {
    /// Its place in the list it came from.
    pub line: u32,
    /// What of its text the other one does not have, in bytes of the text.
    pub differs: Vec<Range<usize>>,
}

/// A character or word on its way through a comparison.
#[derive(Clone, Copy)]
struct Piece {
    /// Its line.
    line: usize,
    /// Its place among the pieces of that side.
    at: usize,
    /// What it is, as a number.
    key: u32,
}

/// One side: its lines by time, and their pieces.
struct Side<'t> {
    lines: &'t [TimedLine<'t>],
    /// The places of the lines, by their starts.
    order: Vec<usize>,
    /// The pieces of each line.
    pieces: Vec<Vec<Piece>>,
    /// Where each piece stands in the text of its line.
    places: Vec<Range<usize>>,
}

impl<'t> Side<'t> {
    fn of(lines: &'t [TimedLine<'t>], keys: &mut HashMap<String, u32>) -> Self {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by_key(|at| lines[*at].start_ms);
        let (mut pieces, mut places) = (Vec::with_capacity(lines.len()), Vec::new());
        for (line, timed) in lines.iter().enumerate() {
            let mut mine = Vec::new();
            for unit in qinting_domain::text::units(timed.text) {
                let next = keys.len() as u32;
                let key = *keys.entry(unit.key).or_insert(next);
                let at = places.len();
                places.push(unit.from..unit.to);
                mine.push(Piece { line, at, key });
            }
            pieces.push(mine);
        }
        Self {
            lines,
            order,
            pieces,
            places,
        }
    }
}

/// Holds their text against ours, both on the clock of the recording. A text of three hours takes well under a
/// second: what is far apart in time is never held against each other.
pub fn compare(ours: &[TimedLine<'_>], theirs: &[TimedLine<'_>]) -> Comparison {
    let mut keys = HashMap::new();
    let ours = Side::of(ours, &mut keys);
    let theirs = Side::of(theirs, &mut keys);
    let mut rows = Rows::of(&ours, &theirs);
    for block in blocks::blocks(&ours, &theirs) {
        hold(&ours, &theirs, &block, &mut rows);
    }
    rows.finish(&ours, &theirs)
}

/// Compares what stands in one block.
fn hold(ours: &Side<'_>, theirs: &Side<'_>, block: &Block, rows: &mut Rows) {
    let pieces = |side: &Side<'_>, lines: &[usize]| -> Vec<Piece> {
        let all = lines.iter().flat_map(|line| side.pieces[*line].iter());
        all.copied().collect()
    };
    let (a, b) = (pieces(ours, &block.ours), pieces(theirs, &block.theirs));
    let keys = |pieces: &[Piece]| -> Vec<u32> { pieces.iter().map(|piece| piece.key).collect() };
    for op in capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b)) {
        let (mine, other) = (&a[op.old_range()], &b[op.new_range()]);
        let is_equal = matches!(op, DiffOp::Equal { .. });
        for nth in 0..mine.len().max(other.len()) {
            match (mine.get(nth), other.get(nth)) {
                (Some(mine), Some(other)) => {
                    let lines = (&ours.lines[mine.line], &theirs.lines[other.line]);
                    let is_near = lines.0.distance_ms(lines.1) <= FAR_MS;
                    match is_equal && is_near {
                        true => rows.same(*mine, *other),
                        false => rows.edited_ours(*mine),
                    }
                }
                (Some(mine), None) => rows.edited_ours(*mine),
                (None, Some(other)) => rows.edited_theirs(*other),
                (None, None) => {}
            }
        }
    }
}
