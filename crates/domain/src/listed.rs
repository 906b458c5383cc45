//! Lists that several people edit at once are merged element by element.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// What stands in a list after somebody made `mine` of `base` while it became `now`. What they put in is in,
/// behind the nearest of those it stands behind in `mine`; what they took out is out; everything else
/// is as it is now. Where the order says something, what they moved is moved too.
///
/// Undo is the same question: of what a change left somebody makes what was before it.
pub fn merged<T: Clone + Eq + Hash>(base: &[T], mine: &[T], now: &[T], is_ordered: bool) -> Vec<T> {
    let was: HashMap<&T, usize> = base.iter().zip(0..).collect();
    let mut known = HashSet::new();
    let mine: Vec<&T> = mine.iter().filter(|one| known.insert(*one)).collect();
    let here: HashSet<&T> = now.iter().collect();
    let moved = match is_ordered {
        true => moved(&was, &mine),
        false => HashSet::new(),
    };
    let is_out = |one: &T| was.contains_key(one) && !known.contains(one);
    let stays = now
        .iter()
        .filter(|one| !is_out(one) && !moved.contains(one));
    let mut all: Vec<&T> = stays.collect();
    for (at, one) in mine.iter().enumerate() {
        let is_put_in = !was.contains_key(one) && !here.contains(one);
        if is_put_in || (moved.contains(one) && here.contains(one)) {
            let place = place_in(&all, &mine[..at], &mine[at + 1..]);
            all.insert(place, one);
        }
    }
    all.into_iter().cloned().collect()
}

/// Behind the nearest of those before it, and where it is the first of several, first; else in front of the
/// nearest of those after it, else last.
fn place_in<T: Eq>(all: &[&T], before: &[&T], after: &[&T]) -> usize {
    if before.is_empty() && !after.is_empty() {
        return 0;
    }
    let find = |one: &&T| all.iter().position(|there| there == one);
    let behind = before.iter().rev().find_map(find).map(|place| place + 1);
    let place = behind.or_else(|| after.iter().find_map(find));
    place.unwrap_or(all.len())
}

/// Those that were there and have another place among their like now.
fn moved<'a, T: Eq + Hash>(was: &HashMap<&T, usize>, mine: &[&'a T]) -> HashSet<&'a T> {
    let both = mine.iter().filter_map(|one| Some((*one, *was.get(one)?)));
    let (both, places): (Vec<&T>, Vec<usize>) = both.unzip();
    let stays = rising(&places);
    let moved = both.into_iter().zip(stays).filter(|(_, stays)| !stays);
    moved.map(|(one, _)| one).collect()
}

/// Which of some keys can stay where they are, so that the fewest have to move for all to rise: a
/// longest run of those that do.
pub(crate) fn rising<K: Ord>(keys: &[K]) -> Vec<bool> {
    // The lowest end of a run of each length that was found so far, and what stands before each key
    // in the longest run that ends with it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before = Vec::with_capacity(keys.len());
    for (at, key) in keys.iter().enumerate() {
        let length = ends.partition_point(|end| keys[*end] < *key);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; keys.len()];
    let mut next = ends.last().copied();
    while let Some(at) = next {
        stays[at] = true;
        next = before[at];
    }
    stays
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn told(base: &str, mine: &str, now: &str, is_ordered: bool) -> String {
        let list = |text: &str| text.chars().collect::<Vec<_>>();
        let all = merged(&list(base), &list(mine), &list(now), is_ordered);
        all.into_iter().collect()
    }

    #[rstest]
    #[case::nobody_did_anything("ab", "ab", "ab", "ab")]
    #[case::nobody_else_did_anything("abc", "cbx", "abc", "cbx")]
    #[case::what_somebody_else_did_stays("abc", "abc", "cxa", "cxa")]
    #[case::two_add("ab", "abx", "aby", "abxy")]
    #[case::two_add_the_first("", "x", "y", "yx")]
    #[case::two_add_the_same("ab", "abx", "axb", "axb")]
    #[case::what_was_added_stands_behind_what_it_stood_behind("abc", "axbc", "cab", "caxb")]
    #[case::also_two_of_them("abc", "axybc", "cab", "caxyb")]
    #[case::or_behind_the_nearest_that_is_left("abc", "abxc", "ac", "axc")]
    #[case::what_was_put_first_stands_first("ab", "xab", "cab", "xcab")]
    #[case::or_in_front_of_what_it_stood_in_front_of("ab", "axb", "cb", "cxb")]
    #[case::or_last("a", "ax", "y", "yx")]
    #[case::two_take_out("abcd", "acd", "abd", "ad")]
    #[case::two_take_out_the_same("abc", "ac", "ac", "ac")]
    #[case::what_one_takes_out_another_moves("abc", "bc", "bca", "bc")]
    #[case::what_one_moves_another_takes_out("abc", "bca", "bc", "bc")]
    #[case::one_adds_where_another_takes_out("ab", "abx", "a", "ax")]
    #[case::one_clears_what_another_adds_to("ab", "", "abx", "x")]
    #[case::what_was_moved_is_moved("abcd", "dabc", "abcdx", "dabcx")]
    #[case::two_move("abcd", "dabc", "bcda", "dbca")]
    #[case::two_move_the_same("abcd", "bcad", "bcda", "bcad")]
    #[case::each_once("a", "aaxx", "ab", "axb")]
    fn two_who_change_a_list_both_get_what_they_did(
        #[case] base: &str,
        #[case] mine: &str,
        #[case] now: &str,
        #[case] all: &str,
    ) {
        assert_eq!(told(base, mine, now, true), all);
    }

    #[rstest]
    #[case::alone("abc", "cab", "abc", "abc")]
    #[case::beside_what_was_added("abc", "cxab", "abc", "abcx")]
    #[case::beside_what_was_taken_out("abc", "ca", "abcy", "acy")]
    fn in_a_set_another_order_is_no_edit(
        #[case] base: &str,
        #[case] mine: &str,
        #[case] now: &str,
        #[case] all: &str,
    ) {
        assert_eq!(told(base, mine, now, false), all);
    }

    #[rstest]
    #[case::nothing(&[], &[])]
    #[case::in_order(&[1, 2, 3], &[true, true, true])]
    #[case::one_goes_first(&[3, 1, 2], &[false, true, true])]
    #[case::one_goes_last(&[2, 3, 1], &[true, true, false])]
    #[case::equal_ones_do_not_rise(&[1, 1, 2], &[false, true, true])]
    #[case::the_longest_of_several(&[5, 1, 6, 2, 7, 3, 4], &[false, true, false, true, false, true, true])]
    fn the_fewest_move(#[case] keys: &[u8], #[case] stays: &[bool]) {
        assert_eq!(rising(keys), stays);
    }

    fn list() -> impl Strategy<Value = Vec<u8>> {
        let all = (0u8..12).collect::<Vec<_>>();
        (Just(all).prop_shuffle(), 0usize..12).prop_map(|(mut all, length)| {
            all.truncate(length);
            all
        })
    }

    proptest! {
        #[test]
        fn who_is_alone_gets_their_list(base in list(), mine in list()) {
            prop_assert_eq!(merged(&base, &mine, &base, true), mine);
        }

        #[test]
        fn both_additions_and_both_removals_count(base in list(), mine in list(), now in list()) {
            for is_ordered in [false, true] {
                let all = merged(&base, &mine, &now, is_ordered);
                for one in 0u8..12 {
                    let [was, is_mine, is_there] = [&base, &mine, &now].map(|l| l.contains(&one));
                    let stands = if was { is_mine && is_there } else { is_mine || is_there };
                    prop_assert_eq!(all.iter().filter(|o| **o == one).count(), usize::from(stands));
                }
            }
        }
    }
}
