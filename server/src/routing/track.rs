//! How right earlier guesses were, and so how confident a guess must be to be offered.

use std::collections::VecDeque;

/// Guesses that are remembered; older ones speak of a model that has learned since.
const KEPT: usize = 1_000;
/// Fewer guesses than this say nothing.
const FEWEST: usize = 30;
/// So many of the guesses that are offered shall be right.
const PRECISION: f32 = 0.95;

/// The last guesses, made before their answers were learned.
#[derive(Clone, Debug, Default)]
pub struct Track {
    guesses: VecDeque<(f32, bool)>,
    /// The least confidence that is enough; `None` while none is.
    enough: Option<f32>,
}

impl Track {
    /// Notes a guess and whether it was right.
    pub fn note(&mut self, confidence: f32, right: bool) {
        if self.guesses.len() == KEPT {
            self.guesses.pop_front();
        }
        self.guesses.push_back((confidence, right));
    }

    /// Draws the line anew after guesses were noted.
    pub fn settle(&mut self) {
        self.enough = threshold(self.guesses.iter().copied(), PRECISION);
    }

    /// Whether a guess of this confidence may be offered.
    pub fn is_enough(&self, confidence: f32) -> bool {
        self.enough.is_some_and(|enough| confidence >= enough)
    }
}

/// The lowest confidence at and above which at least `precision` of the guesses were right; `None` when there is none,
/// or too little to tell.
pub fn threshold(guesses: impl Iterator<Item = (f32, bool)>, precision: f32) -> Option<f32> {
    let mut guesses: Vec<(f32, bool)> = guesses.collect();
    guesses.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut right = 0;
    let mut lowest = None;
    for (at, (confidence, was_right)) in guesses.iter().enumerate() {
        right += usize::from(*was_right);
        let equals_follow = guesses.get(at + 1).is_some_and(|next| next.0 == *confidence);
        if !equals_follow && at + 1 >= FEWEST && right as f32 >= precision * (at + 1) as f32 {
            lowest = Some(*confidence);
        }
    }
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_offered_before_enough_guesses_were_right() {
        let mut track = Track::default();
        for _ in 0..FEWEST - 1 {
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
        assert_eq!(threshold(sure.chain(unsure), 0.75), Some(0.5));
        assert_eq!(threshold((0..50).map(|_| (0.9, false)), 0.95), None);
    }

    #[test]
    fn old_guesses_are_forgotten() {
        let mut track = Track::default();
        (0..KEPT).for_each(|_| track.note(0.9, true));
        (0..KEPT).for_each(|_| track.note(0.9, false));
        track.settle();
        assert!(!track.is_enough(0.9));
    }
}
