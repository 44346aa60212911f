//! How right earlier guesses were, and so how confident a guess must be to be offered.

use std::collections::VecDeque;

/// Guesses that are remembered; older ones speak of a model that has learned since.
const KEPT: usize = 1_000;

/// Of so many guesses just above the line, at least this share shall be right: those that are certain must not carry
/// others that are not even likely.
const NEAR_THE_LINE: usize = 10;
const NEAR_SHARE: f32 = 0.7;

/// The last guesses, made before their answers were learned.
#[derive(Clone, Debug, Default)]
pub struct Track {
    guesses: VecDeque<(f32, bool)>,
    /// Their confidences and whether they were right, the most confident first.
    sorted: Vec<(f32, bool)>,
    /// So many of the guesses that are offered shall be right.
    precision: f32,
    /// The least confidence that is enough; `None` while none is.
    enough: Option<f32>,
}

impl Track {
    pub fn new(precision: f32) -> Self {
        Self { precision, ..Self::default() }
    }

    /// Notes a guess and whether it was right.
    pub fn note(&mut self, confidence: f32, right: bool) {
        if self.guesses.len() == KEPT {
            self.guesses.pop_front();
        }
        self.guesses.push_back((confidence, right));
    }

    /// Draws the line anew after guesses were noted.
    pub fn settle(&mut self) {
        self.sorted = sorted(self.guesses.iter().copied());
        self.enough = line(&self.sorted, self.precision, NEAR_SHARE);
    }

    /// Whether a guess of this confidence may be offered.
    pub fn is_enough(&self, confidence: f32) -> bool {
        self.enough.is_some_and(|enough| confidence >= enough)
    }

    /// The least confidence that is enough; `None` while none is.
    pub fn enough(&self) -> Option<f32> {
        self.enough
    }

    /// How likely a guess of this confidence is right, 0 to 1: what became of those that were at least as confident as
    /// it, or as a less confident one.
    pub fn chance(&self, confidence: f32) -> f32 {
        let reached = shares(&self.sorted).filter(|(_, other, _)| *other <= confidence);
        reached.map(|(.., share)| share).fold(0.0, f32::max)
    }
}

/// The lowest confidence at and above which at least `precision` of the guesses may be expected to be right; `None`
/// when there is none, or too little to tell.
pub fn threshold(guesses: impl Iterator<Item = (f32, bool)>, precision: f32) -> Option<f32> {
    line(&sorted(guesses), precision, 0.0)
}

fn sorted(guesses: impl Iterator<Item = (f32, bool)>) -> Vec<(f32, bool)> {
    let mut guesses: Vec<(f32, bool)> = guesses.collect();
    guesses.sort_by(|a, b| b.0.total_cmp(&a.0));
    guesses
}

fn line(guesses: &[(f32, bool)], precision: f32, near_share: f32) -> Option<f32> {
    let is_likely = |at: usize| {
        let near = &guesses[(at + 1).saturating_sub(NEAR_THE_LINE)..=at];
        near.iter().filter(|(_, right)| *right).count() as f32 >= near_share * near.len() as f32
    };
    let enough = shares(guesses).filter(|(at, _, share)| *share >= precision && is_likely(*at));
    enough.map(|(_, confidence, _)| confidence).last()
}

/// For each confidence, the highest first: where its last guess stands, and the share to be expected of guesses at and
/// above it.
fn shares(guesses: &[(f32, bool)]) -> impl Iterator<Item = (usize, f32, f32)> {
    let mut right = 0;
    let shares = guesses.iter().enumerate().map(move |(at, (confidence, was_right))| {
        right += usize::from(*was_right);
        (at, *confidence, expected(right, at + 1))
    });
    shares.filter(move |(at, confidence, _)| guesses.get(at + 1).is_none_or(|next| next.0 != *confidence))
}

/// The share to be expected of the next ones, after `right` of `all` (Laplace's rule of succession): two of two prove
/// little, and eighteen of eighteen are needed to expect 95 %.
fn expected(right: usize, all: usize) -> f32 {
    (right + 1) as f32 / (all + 2) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_offered_before_enough_guesses_were_right() {
        let mut track = Track::new(0.95);
        for _ in 0..17 {
            track.note(0.9, true);
        }
        track.settle();
        assert!(!track.is_enough(1.0));
        track.note(0.9, true);
        track.settle();
        assert!(track.is_enough(0.9) && !track.is_enough(0.8));
    }

    #[test]
    fn the_threshold_is_where_precision_still_holds() {
        let sure = (0..50).map(|_| (0.9, true));
        let unsure = (0..50).map(|n| (0.5, n % 2 == 0));
        assert_eq!(threshold(sure.clone().chain(unsure.clone()), 0.95), Some(0.9));
        assert_eq!(threshold(sure.chain(unsure), 0.74), Some(0.5));
        assert_eq!(threshold((0..50).map(|_| (0.9, false)), 0.95), None);
    }

    #[test]
    fn certain_guesses_do_not_carry_unlikely_ones() {
        let mut track = Track::new(0.9);
        (0..200).for_each(|_| track.note(0.9, true));
        (0..10).for_each(|n| track.note(0.5, n < 8));
        (0..10).for_each(|n| track.note(0.2, n < 4));
        track.settle();
        assert!(track.is_enough(0.5) && !track.is_enough(0.2));
    }

    #[test]
    fn the_chance_of_a_guess_is_what_became_of_those_as_confident() {
        let mut track = Track::new(0.9);
        (0..60).for_each(|_| track.note(0.9, true));
        (0..60).for_each(|n| track.note(0.3, n % 2 == 0));
        track.settle();
        assert!(track.chance(0.95) > 0.95 && track.chance(0.9) > 0.95, "{}", track.chance(0.9));
        assert!((0.7..0.8).contains(&track.chance(0.3)), "{}", track.chance(0.3));
        assert!(Track::new(0.9).chance(1.0) < 1e-6, "nothing is known");
    }

    #[test]
    fn old_guesses_are_forgotten() {
        let mut track = Track::new(0.95);
        (0..KEPT).for_each(|_| track.note(0.9, true));
        (0..KEPT).for_each(|_| track.note(0.9, false));
        track.settle();
        assert!(!track.is_enough(0.9));
    }
}
