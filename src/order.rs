//! Sorting. Each list that the standard library sorts by itself is five to eight kilobytes of a wasm module; this
//! sorts numbers of places, whatever the list holds, and so is there once.

use std::cmp::Ordering;

/// Puts a list into the order of its elements' keys. Those with equal keys stay in the order they had.
pub(crate) fn sort_by_key<T, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(list, |one, other| key(one).cmp(&key(other)));
}

/// Puts a list into the order in which its elements compare. Equal ones stay in the order they had.
pub(crate) fn sort_by<T>(list: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut order = order(list.len(), &|one, other| compare(&list[one], &list[other]));
    // Each round of the outer loop brings all elements of one cycle to their places.
    for start in 0..list.len() {
        let mut to = start;
        loop {
            let from = std::mem::replace(&mut order[to], to);
            if from == start {
                break;
            }
            list.swap(to, from);
            to = from;
        }
    }
}

/// The first `most` of these in the order in which they compare, which is quicker than to sort all of them.
pub(crate) fn least<T>(
    all: impl IntoIterator<Item = T>,
    most: usize,
    compare: impl Fn(&T, &T) -> Ordering,
) -> Vec<T> {
    let mut least: Vec<T> = Vec::new();
    for one in all {
        if least.len() == most {
            if least.last().is_none_or(|last| compare(&one, last).is_ge()) {
                continue;
            }
            least.pop();
        }
        let at = least.partition_point(|other| compare(other, &one).is_le());
        least.insert(at, one);
    }
    least
}

/// The numbers of `count` elements, ordered by how the elements compare.
fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&one, &other| compare(one, other));
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_list_is_sorted_as_the_standard_library_does(mut list in prop::collection::vec((0..9_u8, any::<u8>()), 0..60)) {
            let mut expected = list.clone();
            expected.sort_by_key(|&(key, _)| key);
            sort_by_key(&mut list, |&(key, _)| key);
            prop_assert_eq!(list, expected);
        }

        #[test]
        fn the_least_are_the_first_of_all(list in prop::collection::vec((0..9_u8, any::<u8>()), 0..60), most in 0..9_usize) {
            let mut expected = list.clone();
            expected.sort_by_key(|&(key, _)| key);
            expected.truncate(most);
            prop_assert_eq!(least(list, most, |one, other| one.0.cmp(&other.0)), expected);
        }
    }
}
