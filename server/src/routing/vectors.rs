//! Texts as sparse vectors of unit length, weighed by how rare each feature is among the texts seen so far.

use std::collections::HashMap;

use super::features::{Counts, Group};

/// Feature number and weight, by ascending number.
pub type Vector = Vec<(u32, f32)>;

/// How much each kind of feature counts.
const SHARES: [f32; Group::ALL.len()] = [1.0, 0.6, 1.0, 0.8];

/// What a feature weighs that is in every text. Requests are short: their common words still say what is wanted.
const COMMON: f32 = 2.0;

/// So many features of a text are kept, those that weigh most: a long letter says no more about where it belongs than
/// its most telling parts.
const MOST: usize = 400;

/// The features seen so far, numbered in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub struct Space {
    numbers: HashMap<u64, u32>,
    /// In how many texts each feature occurred.
    texts_with: Vec<u32>,
    texts: u32,
}

impl Space {
    /// Takes in one more text.
    pub fn see(&mut self, counts: &Counts) {
        self.texts += 1;
        for (hash, ..) in &counts.features {
            let next = self.numbers.len() as u32;
            let number = *self.numbers.entry(*hash).or_insert(next);
            if number == next {
                self.texts_with.push(0);
            }
            self.texts_with[number as usize] += 1;
        }
    }

    /// A text among those seen so far; features that were never seen are left out. Empty for a text of nothing known.
    pub fn vector(&self, counts: &Counts) -> Vector {
        let mut vector: Vec<(u32, f32, Group)> = counts
            .features
            .iter()
            .filter_map(|(hash, group, n)| {
                let number = *self.numbers.get(hash)?;
                let weight = (1.0 + (*n as f32).ln()) * self.rarity(number);
                Some((number, weight, *group))
            })
            .collect();
        if vector.len() > MOST {
            vector.select_nth_unstable_by(MOST, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
            vector.truncate(MOST);
        }
        let mut lengths = [0.0_f32; Group::ALL.len()];
        for (_, weight, group) in &vector {
            lengths[*group as usize] += weight * weight;
        }
        let total: f32 = (0..lengths.len())
            .filter(|g| lengths[*g] > 0.0)
            .map(|g| SHARES[g] * SHARES[g])
            .sum::<f32>()
            .sqrt();
        let scale = |group: Group| SHARES[group as usize] / (lengths[group as usize].sqrt() * total);
        vector.sort_unstable_by_key(|(number, ..)| *number);
        vector.into_iter().map(|(number, weight, group)| (number, weight * scale(group))).collect()
    }

    /// The share of a text's telling words that other texts had too, by how rare each is: 0 to 1. `own` for a text that
    /// is one of those seen.
    pub fn known(&self, counts: &Counts, own: bool) -> f32 {
        let (mut known, mut all) = (0.0, 0.0);
        for hash in &counts.telling {
            let texts_with = self.numbers.get(hash).map_or(0, |number| self.texts_with[*number as usize]);
            let others = texts_with.saturating_sub(u32::from(own));
            let rarity = self.rarity_of(others);
            all += rarity;
            if others > 0 {
                known += rarity;
            }
        }
        if all > 0.0 { known / all } else { 0.0 }
    }

    /// The telling words of a text, each with its rarity and, if it was ever seen, its number.
    pub fn telling(&self, counts: &Counts) -> impl Iterator<Item = (f32, Option<u32>)> {
        counts.telling.iter().map(|hash| {
            let number = self.numbers.get(hash).copied();
            let texts_with = number.map_or(0, |number| self.texts_with[number as usize]);
            (self.rarity_of(texts_with), number)
        })
    }

    fn rarity(&self, number: u32) -> f32 {
        self.rarity_of(self.texts_with[number as usize])
    }

    fn rarity_of(&self, texts_with: u32) -> f32 {
        COMMON + ((1.0 + self.texts as f32) / (1.0 + texts_with as f32)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_known_by_its_telling_words_alone() {
        let mut space = Space::default();
        let texts = ["My invoice is wrong", "Where is the invoice?", "The parcel is late"];
        texts.iter().for_each(|text| space.see(&Counts::of(text, &[])));
        let known = |text: &str, own| space.known(&Counts::of(text, &[]), own);
        assert!((known("Is my invoice late?", false) - 1.0).abs() < 1e-6);
        assert!(known("Is my dog 12345?", false) < 1e-6, "is and my say nothing");
        assert!(known("What is it?", false) < 1e-6, "nothing is told");
        assert!(known(texts[2], true) < 1e-6, "it is the only one that says so");
        let half = known("An invoice for the dog", false);
        assert!((0.2..0.5).contains(&half), "{half}: what is known is less rare");
    }
}
