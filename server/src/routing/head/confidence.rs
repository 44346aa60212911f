//! How confident one may be in each label of a text: what the model, similar texts and texts alike say.

use super::Head;
use super::answers::Known;
use crate::routing::model::Shape;
use crate::routing::vectors::Vector;

/// So many earlier texts have a say beside the model, and how much it counts beside the model's 1.
const VOTERS: usize = 20;
const VOTES: f32 = 0.5;
/// The share of the votes that a label has at least, where a text has one.
const DOUBT: f32 = 0.02;
/// Similarity to this power: the nearest speak loudest.
const NEARNESS: i32 = 5;
/// So many nearest texts are looked through for voters: not each has an answer.
pub const LOOKED_AT: usize = 300;
/// A share is taken as of so many texts more than there are.
const UNPROVEN: f32 = 2.0;

/// A text about which something is to be guessed or learned.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub vector: &'a Vector,
    /// The texts nearest to it, by number and similarity, the nearest first.
    pub near: &'a [(u32, f32)],
    /// The share of its telling words that were ever seen, 0 to 1.
    pub known: f32,
    /// The other texts of which the same is known besides their words.
    pub alike: &'a [u32],
}

/// A label that may fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess<'a> {
    pub label: &'a str,
    /// 0 to 1; where a text has one label, all together make no more than 1.
    pub confidence: f32,
    /// How likely it is right, by what became of such guesses.
    pub chance: f32,
    /// Whether guesses as confident as this one have been right often enough to be offered.
    pub sure: bool,
}

impl Head {
    /// The likeliest labels, best first.
    pub fn guesses_of(&self, confidences: &[f32], limit: usize) -> Vec<Guess<'_>> {
        let mut order: Vec<usize> = (0..confidences.len()).collect();
        order.sort_by(|a, b| confidences[*b].total_cmp(&confidences[*a]));
        order.truncate(limit);
        let guess = |n: usize| Guess {
            label: self.answers.name(n),
            confidence: confidences[n],
            chance: self.track.chance(confidences[n]),
            sure: self.track.is_enough(confidences[n]),
        };
        order.into_iter().map(guess).collect()
    }

    /// How much speaks for a text's own labels, by the confidence in each.
    pub fn likelihood(&self, confidences: &[f32], text: u32) -> f32 {
        self.answers.wanted(text).iter().map(|label| confidences[*label as usize]).fold(0.0, f32::max)
    }

    /// The confidence in each label by its number. What a text's words say counts as far as they are known; for the
    /// rest, it is a text like any other of which the same is known besides its words.
    pub fn confidences(&self, asked: &Asked) -> Vec<f32> {
        let by_words = self.by_words(asked);
        if asked.known >= 1.0 {
            return by_words;
        }
        let rates = self.rates(asked.alike);
        by_words
            .iter()
            .zip(rates)
            .map(|(words, rate)| asked.known * words + (1.0 - asked.known) * rate)
            .collect()
    }

    /// How often each label was given to these texts, among those about which it was decided: never more than they
    /// prove, and nothing where there are none.
    fn rates(&self, texts: &[u32]) -> Vec<f32> {
        let mut wanted = vec![0.0_f32; self.answers.labels()];
        let (mut decided, mut silent) = (0.0_f32, vec![0.0_f32; self.answers.labels()]);
        for known in texts.iter().filter_map(|text| self.answers.known(*text)) {
            decided += known.weight;
            known.wanted.iter().for_each(|label| wanted[*label as usize] += known.weight);
            if self.shape == Shape::Many {
                let unheard =
                    |label: &u32| !known.wanted.contains(label) && self.answers.is_unknown(known, *label);
                let labels = (0..self.answers.labels() as u32).filter(unheard);
                labels.for_each(|label| silent[label as usize] += known.weight);
            }
        }
        let rate = |(wanted, silent): (f32, f32)| wanted / (decided - silent + UNPROVEN);
        wanted.into_iter().zip(silent).map(rate).collect()
    }

    /// The model's probabilities mixed with the votes of similar texts.
    fn by_words(&self, asked: &Asked) -> Vec<f32> {
        let mut confidences = self.model.probabilities(asked.vector);
        confidences.resize(self.answers.labels(), 0.0);
        let vote = |(text, s): &(u32, f32)| {
            let known = self.answers.known(*text)?;
            Some((known, known.weight * s.powi(NEARNESS)))
        };
        let votes: Vec<(&Known, f32)> = asked.near.iter().filter_map(vote).take(VOTERS).collect();
        let all: f32 = votes.iter().map(|(_, vote)| vote).sum();
        if all <= 0.0 {
            return confidences;
        }
        let mut wanted = vec![0.0; self.answers.labels()];
        for (known, vote) in &votes {
            known.wanted.iter().for_each(|label| wanted[*label as usize] += vote);
        }
        match self.shape {
            // Both have to agree; a label that nobody near has is not ruled out.
            Shape::One => {
                for (confidence, vote) in confidences.iter_mut().zip(&wanted) {
                    *confidence *= (vote / all + DOUBT).powf(VOTES);
                }
                let sum: f32 = confidences.iter().sum();
                confidences.iter_mut().for_each(|confidence| *confidence /= sum);
            }
            Shape::Many => {
                for (label, confidence) in (0..).zip(&mut confidences) {
                    let silent = |known: &Known| {
                        self.answers.is_unknown(known, label) && !known.wanted.contains(&label)
                    };
                    let heard: f32 =
                        votes.iter().filter(|(known, _)| !silent(known)).map(|(_, vote)| vote).sum();
                    if heard > 0.0 {
                        let share = wanted[label as usize] / heard;
                        *confidence = (*confidence + VOTES * share) / (1.0 + VOTES);
                    }
                }
            }
        }
        confidences
    }
}
