//! Stretches of two texts that are compared by themselves: cut at pauses in both, so that what a comparison costs
//! grows with the length of a call and not with its square.

use super::{Side, TimedLine};

/// A pause of this length, in milliseconds, always parts two blocks.
const PAUSE_MS: u64 = 3_000;
/// The more pieces a block has, the shorter a pause parts it: so many pieces, and the pause in milliseconds.
const SHORTER: &[(usize, u64)] = &[(300, 1_000), (1_000, 0)];
/// A block that has more ends wherever it is.
const MOST: usize = 2_000;

/// Lines of both texts that are compared with each other, by their starts.
#[derive(Default)]
pub(super) struct Block {
    pub ours: Vec<usize>,
    pub theirs: Vec<usize>,
}

/// The blocks of two texts, lane by lane where every line has one.
pub(super) fn blocks(ours: &Side<'_>, theirs: &Side<'_>) -> Vec<Block> {
    let all = || ours.lines.iter().chain(theirs.lines);
    let has_lanes = all().all(|line| line.lane.is_some());
    let mut lanes: Vec<Option<u16>> = match has_lanes {
        true => all().map(|line| line.lane).collect(),
        false => vec![None],
    };
    lanes.sort_unstable();
    lanes.dedup();
    let mut blocks = Vec::new();
    for lane in lanes {
        let is_on = |line: &TimedLine<'_>| !has_lanes || line.lane == lane;
        cut(ours, theirs, &is_on, &mut blocks);
    }
    blocks
}

fn cut(
    ours: &Side<'_>,
    theirs: &Side<'_>,
    is_on: &dyn Fn(&TimedLine<'_>) -> bool,
    blocks: &mut Vec<Block>,
) {
    let mut mine = ours
        .order
        .iter()
        .copied()
        .filter(|at| is_on(&ours.lines[*at]))
        .peekable();
    let mut others = theirs
        .order
        .iter()
        .copied()
        .filter(|at| is_on(&theirs.lines[*at]))
        .peekable();
    let (mut block, mut until, mut pieces) = (Block::default(), 0, 0);
    loop {
        let next = (
            mine.peek().map(|at| ours.lines[*at].start_ms),
            others.peek().map(|at| theirs.lines[*at].start_ms),
        );
        let is_mine = match next {
            (None, None) => break,
            (Some(a), Some(b)) => a <= b,
            (a, _) => a.is_some(),
        };
        let taken = match is_mine {
            true => mine.next().map(|at| (ours, at)),
            false => others.next().map(|at| (theirs, at)),
        };
        let Some((side, at)) = taken else { break };
        let line = &side.lines[at];
        if pieces > 0 && ends(pieces, line.start_ms, until) {
            blocks.push(std::mem::take(&mut block));
            (until, pieces) = (0, 0);
        }
        match is_mine {
            true => block.ours.push(at),
            false => block.theirs.push(at),
        }
        pieces += side.pieces[at].len().max(1);
        until = line.end_ms.max(until);
    }
    blocks.push(block);
}

/// Whether a block of so many pieces, that lasts until then, ends before a line that starts then.
fn ends(pieces: usize, start_ms: u64, until_ms: u64) -> bool {
    let shorter = SHORTER.iter().filter(|(many, _)| pieces > *many);
    let pause = shorter.map(|(_, pause)| *pause).min().unwrap_or(PAUSE_MS);
    start_ms >= until_ms + pause || pieces > MOST
}
