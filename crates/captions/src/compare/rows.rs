//! Lines that say the same, put beside each other. One line of ours may be three of theirs, and the cuts may fall
//! between: lines belong together where they share words, the strongest first, as long as a row stays one that can
//! be read.

use super::{ComparedLine, Comparison, Piece, Row, Side};
use std::collections::HashMap;
use std::ops::Range;

/// Lines of one side in a row at most.
const MOST_IN_ROW: u32 = 6;
/// So many lines beside one are looked at for a line that says nothing of the same.
const LOOKED_AT: usize = 40;

/// What is known of two texts while they are compared.
pub(super) struct Rows {
    /// How many pieces two lines share.
    shared: HashMap<(usize, usize), u32>,
    /// Which pieces the other side has, by side.
    is_same: [Vec<bool>; 2],
    /// What has to be changed in each line, by side; a piece in the place of another counts once, on ours.
    edits: [Vec<u32>; 2],
}

impl Rows {
    /// Nothing is known yet.
    pub fn of(ours: &Side<'_>, theirs: &Side<'_>) -> Self {
        Self {
            shared: HashMap::new(),
            is_same: [ours, theirs].map(|side| vec![false; side.places.len()]),
            edits: [ours, theirs].map(|side| vec![0; side.lines.len()]),
        }
    }

    /// A piece both have.
    pub fn same(&mut self, mine: Piece, other: Piece) {
        *self.shared.entry((mine.line, other.line)).or_default() += 1;
        self.is_same[0][mine.at] = true;
        self.is_same[1][other.at] = true;
    }

    /// A piece of ours that theirs does not have, whether or not they have another in its place.
    pub fn edited_ours(&mut self, mine: Piece) {
        self.edits[0][mine.line] += 1;
    }

    /// A piece of theirs with none of ours in its place.
    pub fn edited_theirs(&mut self, other: Piece) {
        self.edits[1][other.line] += 1;
    }

    /// The rows, by time.
    pub fn finish(self, ours: &Side<'_>, theirs: &Side<'_>) -> Comparison {
        let mut groups = Groups::of(ours.lines.len(), theirs.lines.len());
        for (mine, other) in self.strongest_first(ours, theirs) {
            groups.join(mine, other);
        }
        join_those_beside(&mut groups, ours, theirs);
        let mut rows: HashMap<usize, Vec<(usize, bool)>> = HashMap::new();
        let lines = (0..ours.lines.len()).map(|line| (line, true));
        for (line, is_ours) in lines.chain((0..theirs.lines.len()).map(|line| (line, false))) {
            let group = groups.of_line(line, is_ours);
            rows.entry(group).or_default().push((line, is_ours));
        }
        let start = |(line, is_ours): &(usize, bool)| match is_ours {
            true => ours.lines[*line].start_ms,
            false => theirs.lines[*line].start_ms,
        };
        let mut rows: Vec<Vec<(usize, bool)>> = rows.into_values().collect();
        rows.iter_mut()
            .for_each(|row| row.sort_by_key(|line| (start(line), *line)));
        rows.sort_by_key(|row| row.first().map(|line| (start(line), !line.1, line.0)));
        let count = |side: &Side<'_>| u32::try_from(side.places.len()).unwrap_or(u32::MAX);
        Comparison {
            ours: count(ours),
            theirs: count(theirs),
            differing: self.edits.iter().flatten().sum(),
            rows: rows.iter().map(|row| self.row(row, ours, theirs)).collect(),
        }
    }

    /// Pairs of lines that share words: two at least, or all of a shorter one.
    fn strongest_first(&self, ours: &Side<'_>, theirs: &Side<'_>) -> Vec<(usize, usize)> {
        let mut pairs: Vec<(u64, usize, usize)> = Vec::with_capacity(self.shared.len());
        for ((mine, other), count) in &self.shared {
            let shorter = ours.pieces[*mine].len().min(theirs.pieces[*other].len());
            let all = *count as usize >= shorter;
            if *count >= 2 || all {
                let part = u64::from(*count) * 1_000 / shorter.max(1) as u64;
                pairs.push((part, *mine, *other));
            }
        }
        pairs.sort_unstable_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        pairs
            .into_iter()
            .map(|(_, mine, other)| (mine, other))
            .collect()
    }

    fn row(&self, lines: &[(usize, bool)], ours: &Side<'_>, theirs: &Side<'_>) -> Row {
        let (mut row, mut units) = (
            Row {
                ours: Vec::new(),
                theirs: Vec::new(),
                units: 0,
                differing: 0,
            },
            [0, 0],
        );
        for (line, is_ours) in lines {
            let (at, side) = match is_ours {
                true => (0, ours),
                false => (1, theirs),
            };
            units[at] += side.pieces[*line].len();
            row.differing += self.edits[at][*line];
            let compared = ComparedLine {
                line: u32::try_from(*line).unwrap_or(u32::MAX),
                differs: self.differs(at, side, *line),
            };
            match is_ours {
                true => row.ours.push(compared),
                false => row.theirs.push(compared),
            }
        }
        row.units = u32::try_from(units[0].max(units[1])).unwrap_or(u32::MAX);
        row
    }

    /// What of a line the other side does not have; pieces that follow each other are one stretch.
    fn differs(&self, at: usize, side: &Side<'_>, line: usize) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        let mut before = None;
        for piece in &side.pieces[line] {
            if self.is_same[at][piece.at] {
                continue;
            }
            let place = side.places[piece.at].clone();
            match out.last_mut().filter(|_| before == piece.at.checked_sub(1)) {
                Some(last) => last.end = place.end,
                None => out.push(place),
            }
            before = Some(piece.at);
        }
        out
    }
}

/// Lines of both sides in groups.
struct Groups {
    parents: Vec<usize>,
    /// How many lines of each side a group has.
    sizes: Vec<[u32; 2]>,
    ours: usize,
}

impl Groups {
    fn of(ours: usize, theirs: usize) -> Self {
        let sizes = (0..ours + theirs).map(|at| if at < ours { [1, 0] } else { [0, 1] });
        Self {
            parents: (0..ours + theirs).collect(),
            sizes: sizes.collect(),
            ours,
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }

    fn of_line(&mut self, line: usize, is_ours: bool) -> usize {
        self.root(if is_ours { line } else { self.ours + line })
    }

    /// Whether a line stands alone.
    fn is_single(&mut self, line: usize, is_ours: bool) -> bool {
        let root = self.of_line(line, is_ours);
        self.sizes[root] == if is_ours { [1, 0] } else { [0, 1] }
    }

    fn join(&mut self, mine: usize, other: usize) {
        let (a, b) = (self.of_line(mine, true), self.of_line(other, false));
        let together = [0, 1].map(|side| self.sizes[a][side] + self.sizes[b][side]);
        if a != b && together.iter().all(|count| *count <= MOST_IN_ROW) {
            self.parents[b] = a;
            self.sizes[a] = together;
        }
    }
}

/// Lines that share no word stand in one row where they stand beside each other in time and nothing else does.
fn join_those_beside(groups: &mut Groups, ours: &Side<'_>, theirs: &Side<'_>) {
    let others: Vec<usize> = theirs
        .order
        .iter()
        .copied()
        .filter(|line| groups.is_single(*line, false))
        .collect();
    let mut from = 0;
    for mine in &ours.order {
        if !groups.is_single(*mine, true) {
            continue;
        }
        let line = &ours.lines[*mine];
        while others
            .get(from)
            .is_some_and(|at| theirs.lines[*at].end_ms <= line.start_ms)
        {
            from += 1;
        }
        let near = others[from..].iter().take(LOOKED_AT);
        let beside = near.copied().find(|at| {
            let other = &theirs.lines[*at];
            let is_same_lane =
                line.lane == other.lane || line.lane.is_none() || other.lane.is_none();
            is_same_lane && line.is_beside(other) && groups.is_single(*at, false)
        });
        if let Some(other) = beside {
            groups.join(*mine, other);
        }
    }
}
