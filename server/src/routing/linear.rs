//! A linear model over many labels that learns one example at a time: logistic regression with AdaGrad (Duchi, Hazan,
//! Singer 2011), kept sparse by touching only labels that were wrong by more than a trace.

use super::vectors::Vector;

/// Step of the first update of a weight; later ones shrink with what it has moved.
const RATE: f32 = 0.12;
/// A label whose probability is off by less than this is left as it is.
const TRACE: f32 = 0.01;
/// Where labels are judged one by one, each begins as unlikely as this (log odds).
const UNLIKELY: f32 = -2.0;

/// How many labels a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Exactly one: the probabilities of all make 1.
    #[default]
    One,
    /// Any number, none too: each is judged by itself.
    Many,
}

/// Weights by feature, then label.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    shape: Shape,
    rows: Vec<Vec<Weight>>,
    /// By label: what holds for any text.
    base: Vec<Weight>,
}

#[derive(Clone, Copy, Debug)]
struct Weight {
    label: u32,
    value: f32,
    /// Sum of the squares of its gradients.
    moved: f32,
}

impl Weight {
    fn new(label: u32, value: f32) -> Self {
        Self { label, value, moved: 0.0 }
    }

    fn step(&mut self, gradient: f32) {
        self.moved += gradient * gradient;
        self.value -= RATE * gradient / (self.moved.sqrt() + 1e-6);
    }
}

impl Linear {
    pub fn new(shape: Shape) -> Self {
        Self { shape, ..Self::default() }
    }

    /// The probability of each label so far, by its number.
    pub fn probabilities(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.base.iter().map(|weight| weight.value).collect();
        for (feature, x) in vector {
            for weight in self.rows.get(*feature as usize).into_iter().flatten() {
                scores[weight.label as usize] += x * weight.value;
            }
        }
        match self.shape {
            Shape::One => softmax(&mut scores),
            Shape::Many => scores.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-*score).exp())),
        }
        scores
    }

    /// Takes one step: the labels below `labels` that are `wanted` become likelier, the others less so, and those of
    /// which `unknown` holds are left as they are.
    pub fn learn(
        &mut self,
        vector: &[(u32, f32)],
        labels: u32,
        wanted: &[u32],
        unknown: impl Fn(u32) -> bool,
    ) {
        let start = if self.shape == Shape::Many { UNLIKELY } else { 0.0 };
        self.base.extend((self.base.len() as u32..labels).map(|label| Weight::new(label, start)));
        let mut errors = self.probabilities(vector);
        wanted.iter().for_each(|label| errors[*label as usize] -= 1.0);
        let errors: Vec<(u32, f32)> = (0..)
            .zip(errors)
            .filter(|(label, error)| error.abs() > TRACE && (wanted.contains(label) || !unknown(*label)))
            .collect();
        if self.shape == Shape::Many {
            errors.iter().for_each(|(label, error)| self.base[*label as usize].step(*error));
        }
        for (feature, x) in vector {
            let index = *feature as usize;
            if self.rows.len() <= index {
                self.rows.resize_with(index + 1, Vec::new);
            }
            let row = &mut self.rows[index];
            for (label, error) in &errors {
                let at = row.binary_search_by_key(label, |weight| weight.label).unwrap_or_else(|at| {
                    row.insert(at, Weight::new(*label, 0.0));
                    at
                });
                row[at].step(error * x);
            }
        }
    }
}

/// A part of a text's features, another one in each `round`: whoever learns from parts relies on no single word.
pub fn part(vector: &Vector, share_left_out: f32, round: u64) -> Vector {
    let kept = 1.0 - share_left_out;
    vector
        .iter()
        .filter(|(feature, _)| share(round, u64::from(*feature)) < kept)
        .map(|(feature, x)| (*feature, x / kept))
        .collect()
}

/// A number from 0 to 1 that looks random and is the same every time (the finaliser of SplitMix64).
fn share(round: u64, feature: u64) -> f32 {
    let mut x = (round << 32 ^ feature).wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((x ^ x >> 31) >> 40) as f32 / (1_u64 << 24) as f32
}

fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - most).exp();
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_go_together_are_each_likely_and_unknown_ones_stay_as_they_were() {
        let mut linear = Linear::new(Shape::Many);
        for _ in 0..1_000 {
            linear.learn(&[(0, 1.0)], 4, &[0, 1], |label| label == 3);
            linear.learn(&[(1, 1.0)], 4, &[2], |label| label == 3);
        }
        let likely = linear.probabilities(&[(0, 1.0)]);
        assert!(likely[0] > 0.8 && likely[1] > 0.8 && likely[2] < 0.2, "{likely:?}");
        assert!((likely[3] - 1.0 / (1.0 + 2.0_f32.exp())).abs() < 1e-6, "{likely:?}");
    }

    #[test]
    fn parts_differ_from_round_to_round_and_keep_about_their_share() {
        let vector: Vector = (0..1_000).map(|feature| (feature, 1.0)).collect();
        let (first, second) = (part(&vector, 0.3, 1), part(&vector, 0.3, 2));
        assert!(first != second && first == part(&vector, 0.3, 1));
        assert!((650..750).contains(&first.len()) && (650..750).contains(&second.len()), "{}", first.len());
        assert_eq!(part(&vector, 0.0, 1), vector);
    }
}
