//! Stretches put together and taken apart. All lists are in time order, and none of a list touches another of it.

use super::Stretch;

/// Their length together, in milliseconds.
pub fn total_ms(list: &[Stretch]) -> u64 {
    list.iter().map(|s| s.len_ms()).sum()
}

/// The longest; of equal ones the first.
pub fn longest(list: impl IntoIterator<Item = Stretch>) -> Option<Stretch> {
    list.into_iter()
        .reduce(|a, b| match b.len_ms() > a.len_ms() {
            true => b,
            false => a,
        })
}

/// What is in the one and in the other, with their places in both lists.
pub fn shared(a: &[Stretch], b: &[Stretch]) -> Vec<(Stretch, usize, usize)> {
    let (mut i, mut j, mut found) = (0, 0, Vec::new());
    while let (Some(one), Some(two)) = (a.get(i), b.get(j)) {
        let both = Stretch::new(one.start_ms.max(two.start_ms), one.end_ms.min(two.end_ms));
        if both.len_ms() > 0 {
            found.push((both, i, j));
        }
        match one.end_ms <= two.end_ms {
            true => i += 1,
            false => j += 1,
        }
    }
    found
}

/// What is in neither, from 0 to `length_ms`.
pub fn outside(a: &[Stretch], b: &[Stretch], length_ms: u64) -> Vec<Stretch> {
    let mut all: Vec<Stretch> = a.iter().chain(b).copied().collect();
    all.sort_by_key(|s| s.start_ms);
    let (mut at, mut found) = (0, Vec::new());
    for s in all {
        if s.start_ms > at {
            found.push(Stretch::new(at, s.start_ms.min(length_ms)));
        }
        at = at.max(s.end_ms);
    }
    if length_ms > at {
        found.push(Stretch::new(at, length_ms));
    }
    found
}

/// What is in the one or in the other, from 0 to `length_ms`, in time order and apart, whatever order they came in.
pub fn united(a: &[Stretch], b: &[Stretch], length_ms: u64) -> Vec<Stretch> {
    outside(&outside(a, b, length_ms), &[], length_ms)
}

/// What is left of the first list without the second.
pub fn without(list: &[Stretch], taken: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    let mut from = 0;
    for s in list {
        while taken.get(from).is_some_and(|t| t.end_ms <= s.start_ms) {
            from += 1;
        }
        let mut at = s.start_ms;
        for t in taken[from..].iter().take_while(|t| t.start_ms < s.end_ms) {
            if t.start_ms > at {
                left.push(Stretch::new(at, t.start_ms));
            }
            at = at.max(t.end_ms);
        }
        if at < s.end_ms {
            left.push(Stretch::new(at, s.end_ms));
        }
    }
    left
}
