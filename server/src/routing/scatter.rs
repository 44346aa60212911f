//! An order in which many examples are gone through, so that none of a kind stand together.

/// The numbers below `len`, each once, in an order in which neighbours are far from each other: examples of one label
/// often stand together, and would be forgotten in favour of the last ones.
pub fn scattered(len: usize) -> Vec<usize> {
    let divides_both = |step: usize| (2..=step).any(|d| step.is_multiple_of(d) && len.is_multiple_of(d));
    let golden = (len as f64 * 0.618) as usize;
    let step = (golden.max(1)..=len).find(|step| !divides_both(*step)).unwrap_or(1);
    (0..len).map(|n| n * step % len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattering_takes_each_number_once() {
        for len in [0, 1, 2, 3, 10, 12, 77, 100] {
            let mut order = scattered(len);
            order.sort_unstable();
            assert_eq!(order, (0..len).collect::<Vec<_>>());
        }
    }
}
