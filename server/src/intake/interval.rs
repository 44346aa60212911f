//! Shares and their differences, with the uncertainty they have.

/// The 97.5 % point of the standard normal distribution: two-sided 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// `hits` out of `of`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    pub hits: i64,
    pub of: i64,
}

/// An estimate with its 95 % confidence interval; all three in the same unit, here shares in -1..1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub low: f64,
    pub point: f64,
    pub high: f64,
}

impl Share {
    /// 0 to 1; 0 of nothing is 0.
    pub fn value(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.hits as f64 / self.of as f64 }
    }

    /// The Wilson score interval without continuity correction: E. B. Wilson, "Probable Inference, the Law of
    /// Succession, and Statistical Inference", JASA 22 (1927). It holds for small numbers and for shares near 0 and 1,
    /// where the textbook interval collapses.
    pub fn wilson(self) -> Interval {
        if self.of == 0 {
            return Interval { low: 0.0, point: 0.0, high: 1.0 };
        }
        let (n, p) = (self.of as f64, self.value());
        let scale = 1.0 + Z * Z / n;
        let middle = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Interval { low: (middle - half).max(0.0), point: p, high: (middle + half).min(1.0) }
    }
}

/// `first - second` for two independent groups, by Newcombe's hybrid score method: R. G. Newcombe, "Interval
/// Estimation for the Difference between Independent Proportions: Comparison of Eleven Methods", Statistics in
/// Medicine 17 (1998), method 10. The two Wilson intervals are squared and added on each side.
pub fn difference(first: Share, second: Share) -> Interval {
    let (a, b) = (first.wilson(), second.wilson());
    let point = a.point - b.point;
    Interval {
        low: point - ((a.point - a.low).powi(2) + (b.high - b.point).powi(2)).sqrt(),
        point,
        high: point + ((a.high - a.point).powi(2) + (b.point - b.low).powi(2)).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Interval, low: f64, high: f64) {
        assert!((found.low - low).abs() < 5e-5, "low {} is not {low}", found.low);
        assert!((found.high - high).abs() < 5e-5, "high {} is not {high}", found.high);
    }

    #[test]
    fn the_wilson_interval_has_newcombes_published_values() {
        // Newcombe, "Two-sided confidence intervals for the single proportion" (1998), table I, method 3.
        near(Share { hits: 81, of: 263 }.wilson(), 0.2553, 0.3662);
        near(Share { hits: 15, of: 148 }.wilson(), 0.0624, 0.1605);
        near(Share { hits: 0, of: 20 }.wilson(), 0.0, 0.1611);
        near(Share { hits: 1, of: 29 }.wilson(), 0.0061, 0.1718);
    }

    #[test]
    fn the_difference_has_newcombes_published_values() {
        // Table II of the paper, method 10.
        for ((a, m), (b, n), low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((0, 10), (0, 10), -0.2775, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            near(difference(Share { hits: a, of: m }, Share { hits: b, of: n }), low, high);
        }
    }

    #[test]
    fn nothing_observed_says_nothing() {
        assert_eq!(Share::default().value(), 0.0);
        near(difference(Share::default(), Share::default()), -1.0, 1.0);
    }
}
