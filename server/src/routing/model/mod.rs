//! What the features of a text say about its labels: a [`linear`] model and a [`net`] learn one example at a time, side
//! by side, and their scores are averaged. The one weighs each feature by itself, the other sees which go together; they
//! err on other texts, and together less than either.

mod linear;
mod net;

use super::vectors::Vector;
use linear::Linear;
use net::Net;

/// A label whose probability is off by less than this is left as it is.
const TRACE: f32 = 0.01;
/// Where labels are judged one by one, each is as unlikely as this for which nothing speaks (log odds).
const UNLIKELY: f32 = -2.0;
/// Keeps the first step of a weight finite.
const TINY: f32 = 1e-6;

/// How many labels a text has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Exactly one: the probabilities of all make 1.
    #[default]
    One,
    /// Any number, none too: each is judged by itself.
    Many,
}

impl Shape {
    /// From what speaks for each label.
    fn probabilities(self, mut scores: Vec<f32>) -> Vec<f32> {
        match self {
            Self::One => softmax(&mut scores),
            Self::Many => {
                scores.iter_mut().for_each(|score| *score = 1.0 / (1.0 + (-UNLIKELY - *score).exp()))
            }
        }
        scores
    }

    /// By how much the probability of each label is off, where it is known and more than a trace.
    fn errors(self, scores: Vec<f32>, truth: &Truth<impl Fn(u32) -> bool>) -> Vec<(u32, f32)> {
        let mut errors = self.probabilities(scores);
        truth.wanted.iter().for_each(|label| errors[*label as usize] -= 1.0);
        (0..).zip(errors).filter(|(label, error)| error.abs() > TRACE && truth.tells(*label)).collect()
    }
}

/// What was decided about a text.
pub struct Truth<'a, U> {
    /// How many labels there are.
    pub labels: u32,
    /// Those that fit.
    pub wanted: &'a [u32],
    /// Whether nobody knows if a label fits that is not wanted.
    pub unknown: U,
}

impl<U: Fn(u32) -> bool> Truth<'_, U> {
    fn tells(&self, label: u32) -> bool {
        self.wanted.contains(&label) || !(self.unknown)(label)
    }
}

/// A linear model and a net beside it.
#[derive(Clone, Debug, Default)]
pub struct Model {
    shape: Shape,
    linear: Linear,
    net: Net,
}

impl Model {
    /// Knows nothing yet, and is going to learn these texts, among others to come.
    pub fn new<'v>(shape: Shape, texts: impl Iterator<Item = &'v Vector>) -> Self {
        Self { shape, linear: Linear::default(), net: Net::new(texts) }
    }

    /// The probability of each label so far, by its number.
    pub fn probabilities(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let (mut scores, others) = (self.linear.scores(vector), self.net.scores(vector));
        scores.iter_mut().zip(others).for_each(|(score, other)| *score = f32::midpoint(*score, other));
        self.shape.probabilities(scores)
    }

    /// Takes one step: the labels that are wanted become likelier, the others less so, and those of which nobody knows
    /// are left as they are.
    pub fn learn(&mut self, vector: &[(u32, f32)], truth: &Truth<impl Fn(u32) -> bool>) {
        self.linear.learn(self.shape, vector, truth);
        self.net.learn(self.shape, vector, truth);
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
        let (one, other) = (vec![(0, 1.0)], vec![(1, 1.0)]);
        let mut model = Model::new(Shape::Many, [&one, &one, &other, &other].into_iter());
        let truth = |wanted| Truth { labels: 4, wanted, unknown: |label| label == 3 };
        for _ in 0..1_000 {
            model.learn(&one, &truth(&[0, 1]));
            model.learn(&other, &truth(&[2]));
        }
        let likely = model.probabilities(&one);
        assert!(likely[0] > 0.8 && likely[1] > 0.8 && likely[2] < 0.2, "{likely:?}");
        assert!(likely[3] < 0.3, "{likely:?}");
    }

    #[test]
    fn a_model_that_learned_nothing_knows_no_label() {
        assert!(Model::default().probabilities(&[(0, 1.0)]).is_empty());
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
