//! One stable sort for everything. The standard library's sorts are faster and are compiled anew,
//! ten kilobytes each time, for every type that is sorted; nothing here sorts often.

use alloc::vec::Vec;

/// Sorts `items` by `key`. Items of equal keys keep their order.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let mut order = order(items.len(), &|a, b| key(&items[a]) < key(&items[b]));
    // Every cycle of the order is walked once, its first item swapped along to its end.
    for first in 0..items.len() {
        let mut place = first;
        loop {
            let from = core::mem::replace(&mut order[place], place);
            if from == first {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

/// Sorts `items`.
pub fn sort<T: Ord + Clone>(items: &mut [T]) {
    sort_by_key(items, T::clone);
}

/// The places of `n` items in ascending order: a merge sort, from runs of one to the whole.
fn order(n: usize, less: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut merged = Vec::with_capacity(n);
    let mut run = 1;
    while run < n {
        for pair in order.chunks(2 * run) {
            let (mut left, mut right) = pair.split_at(run.min(pair.len()));
            while let [l, rest_left @ ..] = left {
                match right {
                    [r, rest_right @ ..] if less(*r, *l) => {
                        merged.push(*r);
                        right = rest_right;
                    }
                    _ => {
                        merged.push(*l);
                        left = rest_left;
                    }
                }
            }
            merged.extend_from_slice(right);
        }
        core::mem::swap(&mut order, &mut merged);
        merged.clear();
        run *= 2;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut draw = 1;
        for n in 0..200usize {
            let mut items: Vec<(u64, usize)> = (0..n)
                .map(|place| {
                    draw = crate::base::mix(draw);
                    (draw % 16, place)
                })
                .collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            sort_by_key(&mut items, |item| item.0);
            assert_eq!(items, expected);
        }
    }
}
