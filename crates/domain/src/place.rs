//! Where an element stands in a list whose rows are written one by one: a place between any two others
//! can always be found, so that nobody else has to move.

use crate::listed::rising;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// A place in a list: a number in hexadecimal, its first eight digits before the point, the rest
/// behind it, none a zero at the end. Places and their texts have one order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place(String);

/// Digits before the point. They count elements that are put at either end.
const WHOLE: usize = 8;
/// Where the first element of a list stands, as far from either end.
const MIDDLE: u32 = 1 << 31;
/// What there is of one digit.
const BASE: u8 = 16;

impl Place {
    /// A place from its text; `None` when that is none.
    pub fn read(text: &str) -> Option<Self> {
        let is_digit = |c: u8| matches!(c, b'0'..=b'9' | b'a'..=b'f');
        let fits = text.len() >= WHOLE && text.bytes().all(is_digit);
        let is_short = text.len() == WHOLE || !text.ends_with('0');
        // In front of nothing at all there is no place.
        let is_first = text.bytes().all(|c| c == b'0');
        (fits && is_short && !is_first).then(|| Self(text.to_owned()))
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `count` places in their order, all of them behind `after` and in front of `before`.
    fn between(after: Option<&Self>, before: Option<&Self>, count: usize) -> Vec<Self> {
        let mut places = Vec::with_capacity(count);
        match (after, before) {
            (_, None) => {
                for _ in 0..count {
                    let next = Self::behind(places.last().or(after));
                    places.push(next);
                }
            }
            (None, Some(first)) => {
                for _ in 0..count {
                    let next = Self::in_front(places.last().unwrap_or(first));
                    places.push(next);
                }
                places.reverse();
            }
            (Some(after), Some(before)) => spread(after, before, count, &mut places),
        }
        places
    }

    fn behind(last: Option<&Self>) -> Self {
        match last.map(|last| (last, last.whole().checked_add(1))) {
            None => Self::of_whole(MIDDLE),
            Some((_, Some(next))) => Self::of_whole(next),
            Some((last, None)) => Self::halfway(&last.digits(), None),
        }
    }

    fn in_front(first: &Self) -> Self {
        match first.whole() {
            // Zero is where the numbers begin: towards it there is no end of digits.
            0 | 1 => Self::halfway(&[], Some(&first.digits())),
            whole => Self::of_whole(whole - 1),
        }
    }

    /// The number whose digits are fewest between two others; without an upper one below all that
    /// begins with a higher digit than there is.
    fn halfway(low: &[u8], high: Option<&[u8]>) -> Self {
        let digit = |digits: &[u8], at: usize| digits.get(at).copied().unwrap_or(0);
        let (mut made, mut high) = (Vec::with_capacity(WHOLE), high);
        loop {
            let at = made.len();
            let lower = digit(low, at);
            let upper = high.map_or(BASE, |high| digit(high, at));
            let room = upper.saturating_sub(lower);
            made.push(lower + room / 2);
            match room {
                0 => {}
                // It is below the upper one already, whatever follows.
                1 => high = None,
                _ => break,
            }
        }
        made.resize(made.len().max(WHOLE), 0);
        let digits = made.iter().map(|d| char::from_digit(u32::from(*d), 16));
        Self(digits.map(|d| d.unwrap_or('0')).collect())
    }

    fn of_whole(whole: u32) -> Self {
        Self(format!("{whole:0WHOLE$x}"))
    }

    fn whole(&self) -> u32 {
        u32::from_str_radix(&self.0[..WHOLE], 16).unwrap_or(MIDDLE)
    }

    fn digits(&self) -> Vec<u8> {
        let digits = self.0.chars().filter_map(|c| c.to_digit(16));
        digits.filter_map(|d| u8::try_from(d).ok()).collect()
    }
}

/// Halves again and again, so that many new places between two are short all of them.
fn spread(after: &Place, before: &Place, count: usize, places: &mut Vec<Place>) {
    if count == 0 {
        return;
    }
    let middle = Place::halfway(&after.digits(), Some(&before.digits()));
    spread(after, &middle, count / 2, places);
    places.push(middle.clone());
    spread(&middle, before, count - count / 2 - 1, places);
}

/// Which elements of a list need a new place, and which, so that all stand in the order of `wanted`:
/// those that are new, and of those that `stand` somewhere the fewest that have to move.
pub fn placed<T: Copy + Eq + Hash>(stand: &[(T, Option<Place>)], wanted: &[T]) -> Vec<(T, Place)> {
    let stand = stand
        .iter()
        .filter_map(|(one, at)| Some((*one, at.as_ref()?)));
    let stand: HashMap<T, &Place> = stand.collect();
    let mut known = HashSet::new();
    let wanted = wanted.iter().filter(|one| known.insert(**one));
    let wanted: Vec<T> = wanted.copied().collect();
    let places = wanted.iter().filter_map(|one| stand.get(one));
    let mut stays = rising(&places.collect::<Vec<_>>()).into_iter();
    let (mut moves, mut waiting, mut after) = (Vec::new(), Vec::new(), None);
    let mut place = |waiting: &mut Vec<T>, after, before| {
        let places = Place::between(after, before, waiting.len());
        moves.extend(waiting.drain(..).zip(places));
    };
    for one in wanted {
        let at = stand.get(&one).filter(|_| stays.next() == Some(true));
        match at.copied() {
            Some(at) => {
                place(&mut waiting, after, Some(at));
                after = Some(at);
            }
            None => waiting.push(one),
        }
    }
    place(&mut waiting, after, None);
    moves
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// A list as its rows keep it.
    #[derive(Default)]
    struct Rows(Vec<(u16, Place)>);

    impl Rows {
        fn order(&self) -> Vec<u16> {
            self.0.iter().map(|(one, _)| *one).collect()
        }

        /// Brings the rows in line; gives how many were written.
        fn keep(&mut self, wanted: &[u16]) -> usize {
            let stand = self.0.iter().cloned().map(|(one, at)| (one, Some(at)));
            let moves = placed(&stand.collect::<Vec<_>>(), wanted);
            let is_new = |one: &u16| moves.iter().any(|(moved, _)| moved == one);
            self.0
                .retain(|(one, _)| wanted.contains(one) && !is_new(one));
            self.0.extend(moves.iter().cloned());
            self.0.sort_by(|a, b| a.1.cmp(&b.1));
            assert_eq!(self.order(), wanted);
            for pair in self.0.windows(2) {
                assert!(pair[0].1 < pair[1].1, "{pair:?}");
            }
            let is_text = |at: &Place| Place::read(at.as_str()).as_ref() == Some(at);
            assert!(self.0.iter().all(|(_, at)| is_text(at)));
            moves.len()
        }

        fn longest(&self) -> usize {
            let lengths = self.0.iter().map(|(_, at)| at.as_str().len());
            lengths.max().unwrap_or(0)
        }
    }

    fn at(text: &str) -> Place {
        Place::read(text).expect("a place")
    }

    #[rstest]
    #[case::the_first_of_all(None, None, &["80000000", "80000001"])]
    #[case::behind_the_last(Some("80000005"), None, &["80000006", "80000007"])]
    #[case::behind_one_that_was_put_between(Some("8000000588"), None, &["80000006"])]
    #[case::in_front_of_the_first(None, Some("80000000"), &["7ffffffe", "7fffffff"])]
    #[case::between_neighbours(Some("80000000"), Some("80000001"), &["800000008"])]
    #[case::several(Some("80000000"), Some("80000001"), &["800000004", "800000008", "80000000c"])]
    #[case::between_far_ones(Some("80000000"), Some("80000100"), &["80000080"])]
    #[case::in_front_of_a_fraction(Some("80000000"), Some("800000001"), &["8000000008"])]
    #[case::behind_a_fraction(Some("80000000f"), Some("80000001"), &["80000000f8"])]
    #[case::where_numbers_end(Some("ffffffff"), None, &["ffffffff8", "ffffffffc"])]
    #[case::where_numbers_begin(None, Some("00000001"), &["000000004", "000000008"])]
    fn between_any_two_there_is_room(
        #[case] after: Option<&str>,
        #[case] before: Option<&str>,
        #[case] places: &[&str],
    ) {
        let (after, before) = (after.map(at), before.map(at));
        let found = Place::between(after.as_ref(), before.as_ref(), places.len());
        let found: Vec<&str> = found.iter().map(Place::as_str).collect();
        assert_eq!(found, places);
    }

    #[rstest]
    #[case::empty("")]
    #[case::short("8000000")]
    #[case::with_a_zero_at_the_end("8000000010")]
    #[case::in_front_of_which_nothing_fits("00000000")]
    #[case::in_letters_that_sort_elsewhere("8000000F")]
    #[case::of_other_signs("8000000.8")]
    #[case::of_signs_of_several_bytes("八八八八八八八八")]
    fn what_is_no_place_is_none(#[case] text: &str) {
        assert_eq!(Place::read(text), None);
    }

    #[rstest]
    #[case::nothing_moved(&[1, 2, 3, 4], 0)]
    #[case::one_went_first(&[4, 1, 2, 3], 1)]
    #[case::one_went_last(&[2, 3, 4, 1], 1)]
    #[case::two_changed_places(&[1, 3, 2, 4], 1)]
    #[case::one_is_gone(&[1, 2, 4], 0)]
    #[case::one_came_between(&[1, 2, 9, 3, 4], 1)]
    #[case::all_turned_round(&[4, 3, 2, 1], 3)]
    #[case::others(&[7, 8], 2)]
    fn only_what_moved_is_written(#[case] wanted: &[u16], #[case] written: usize) {
        let mut rows = Rows::default();
        assert_eq!(rows.keep(&[1, 2, 3, 4]), 4);
        assert_eq!(rows.keep(wanted), written);
    }

    #[test]
    fn an_element_without_a_place_of_its_own_gets_one() {
        let twice = [(1, Some(at("80000000"))), (2, Some(at("80000000")))];
        assert_eq!(placed(&twice, &[2, 1]), [(2, at("7fffffff"))]);
        let none = [(1, None), (2, Some(at("80000000")))];
        assert_eq!(placed(&none, &[1, 2]), [(1, at("7fffffff"))]);
    }

    #[test]
    fn a_list_that_grows_at_its_ends_keeps_its_places_short() {
        let (mut last, mut first) = (at("80000000"), at("80000000"));
        for _ in 0..100_000 {
            let (next, before) = (Place::behind(Some(&last)), Place::in_front(&first));
            assert!(next > last && before < first);
            (last, first) = (next, before);
        }
        assert_eq!((last.as_str().len(), first.as_str().len()), (WHOLE, WHOLE));
        // Thousands at one place, all at once: as short as their number lets them be.
        let mut rows = Rows::default();
        rows.keep(&[0, 5_000]);
        rows.keep(&(0..=5_000).collect::<Vec<_>>());
        assert_eq!(rows.longest(), WHOLE + 4);
    }

    #[test]
    fn always_at_one_place_a_place_grows_by_a_digit_in_four() {
        let (after, mut before) = (at("80000000"), at("80000001"));
        for _ in 0..1_000 {
            let next = Place::halfway(&after.digits(), Some(&before.digits()));
            assert!(after < next && next < before);
            before = next;
        }
        assert_eq!(before.as_str().len(), WHOLE + 250);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn after_thousands_of_moves_a_list_stands_in_its_order(
            steps in prop::collection::vec((0u8..4, any::<u16>(), any::<u16>()), 2_000)
        ) {
            let mut rows = Rows::default();
            let mut next = 0;
            for (what, from, to) in steps {
                let mut wanted = rows.order();
                let one = match (what, wanted.len()) {
                    (0, 1..) => wanted.remove(usize::from(from) % wanted.len()),
                    (1 | 2, 1..) if wanted.len() > 60 => {
                        wanted.remove(usize::from(from) % wanted.len());
                        prop_assert_eq!(rows.keep(&wanted), 0);
                        continue;
                    }
                    _ => {
                        next += 1;
                        next
                    }
                };
                wanted.insert(usize::from(to) % (wanted.len() + 1), one);
                prop_assert!(rows.keep(&wanted) <= 1, "one moved");
            }
            prop_assert!(rows.longest() < 60, "{}", rows.longest());
        }
    }
}
