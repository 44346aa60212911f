//! The most similar earlier texts, by the cosine of their vectors, through an inverted index.

use super::vectors::Vector;

/// Texts by feature.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    postings: Vec<Vec<(u32, f32)>>,
    texts: usize,
}

impl Neighbours {
    /// Adds one text; they are numbered from 0.
    pub fn add(&mut self, vector: &Vector) {
        let number = self.texts as u32;
        self.texts += 1;
        for (feature, weight) in vector {
            let index = *feature as usize;
            if self.postings.len() <= index {
                self.postings.resize_with(index + 1, Vec::new);
            }
            self.postings[index].push((number, *weight));
        }
    }

    /// Takes a text out: nothing is similar to it any more. The others keep their numbers.
    pub fn forget(&mut self, number: u32) {
        for texts in &mut self.postings {
            texts.retain(|(text, _)| *text != number);
        }
    }

    /// The texts that have a feature.
    pub fn having(&self, feature: u32) -> impl Iterator<Item = u32> {
        self.postings.get(feature as usize).into_iter().flatten().map(|(text, _)| *text)
    }

    /// The `limit` nearest texts with their similarity (0 to 1), nearest first; of equals the newer one.
    pub fn nearest(&self, vector: &Vector, limit: usize) -> Vec<(u32, f32)> {
        let mut similarity = vec![0.0_f32; self.texts];
        for (feature, x) in vector {
            for (text, weight) in self.postings.get(*feature as usize).into_iter().flatten() {
                similarity[*text as usize] += x * weight;
            }
        }
        let mut found: Vec<(u32, f32)> = (0..).zip(similarity).filter(|(_, s)| *s > 0.0).collect();
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(b.0.cmp(&a.0));
        if found.len() > limit {
            found.select_nth_unstable_by(limit, order);
            found.truncate(limit);
        }
        found.sort_unstable_by(order);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_come_first_and_a_forgotten_one_is_near_to_nothing() {
        let mut neighbours = Neighbours::default();
        let texts = [vec![(0, 1.0)], vec![(0, 0.6), (1, 0.8)], vec![(2, 1.0)], vec![(0, 1.0)]];
        texts.iter().for_each(|text| neighbours.add(text));
        assert_eq!(neighbours.nearest(&vec![(0, 1.0)], 9), [(3, 1.0), (0, 1.0), (1, 0.6)]);
        neighbours.forget(3);
        assert_eq!(neighbours.nearest(&vec![(0, 1.0)], 1), [(0, 1.0)]);
    }
}
