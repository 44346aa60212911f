//! A net with one layer of units between features and labels: texts that say the same in other words wake the same
//! units. It learns by AdaGrad as the linear model does, and keeps no weights for what a single text says.

use super::{Shape, TINY, Truth, share};
use crate::routing::vectors::Vector;

const UNITS: usize = 32;
/// Step of the first update of a weight below and above the units.
const RATE_BELOW: f32 = 0.2;
const RATE_ABOVE: f32 = 0.05;
/// How far from 0 weights begin, at most: units that began alike would stay alike.
const SPREAD_BELOW: f32 = 0.6;
const SPREAD_ABOVE: f32 = 0.15;

/// Names the weights below and above the units where they are drawn.
const BELOW: u64 = 0;
const ABOVE: u64 = 1;

/// A number for each unit.
type Units = [f32; UNITS];

/// Weights between the units and one feature, or one label.
#[derive(Clone, Debug)]
struct Row {
    values: Units,
    /// Sums of the squares of their gradients.
    moved: Units,
}

impl Row {
    /// The same in every process, and another one for each `number`.
    fn new(number: u64, layer: u64, spread: f32) -> Self {
        let value = |unit| (2.0 * share(layer, number * UNITS as u64 + unit as u64) - 1.0) * spread;
        Self { values: std::array::from_fn(value), moved: [0.0; UNITS] }
    }

    /// Against a gradient that is as `along`, times `x`.
    fn step(&mut self, along: &Units, x: f32, rate: f32) {
        for ((value, moved), along) in self.values.iter_mut().zip(&mut self.moved).zip(along) {
            let gradient = along * x;
            *moved += gradient * gradient;
            *value -= rate * gradient / (moved.sqrt() + TINY);
        }
    }
}

/// What a feature has below the units.
#[derive(Clone, Debug, Default)]
enum Below {
    /// Nothing yet.
    #[default]
    New,
    /// Nothing ever: it was in one text alone when many were learned, and would only tell that one from the others.
    Rare,
    Met(Box<Row>),
}

#[derive(Clone, Debug, Default)]
pub struct Net {
    /// By feature.
    below: Vec<Below>,
    /// By label.
    above: Vec<Row>,
}

impl Net {
    /// Knows nothing yet, and is going to learn these texts, among others to come.
    pub fn new<'v>(texts: impl Iterator<Item = &'v Vector>) -> Self {
        let mut texts_with: Vec<u32> = Vec::new();
        for (feature, _) in texts.flatten() {
            let index = *feature as usize;
            texts_with.resize(texts_with.len().max(index + 1), 0);
            texts_with[index] += 1;
        }
        let below = texts_with.into_iter().map(|n| if n == 1 { Below::Rare } else { Below::New }).collect();
        Self { below, ..Self::default() }
    }
    /// What speaks for each label, by its number.
    pub fn scores(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        self.above_of(&self.awake(vector))
    }

    pub fn learn(&mut self, shape: Shape, vector: &[(u32, f32)], truth: &Truth<impl Fn(u32) -> bool>) {
        let more = self.above.len() as u64..u64::from(truth.labels);
        self.above.extend(more.map(|label| Row::new(label, ABOVE, SPREAD_ABOVE)));
        self.meet(vector);
        let units = self.awake(vector);
        let mut blame = [0.0; UNITS];
        for (label, error) in shape.errors(self.above_of(&units), truth) {
            let row = &mut self.above[label as usize];
            blame.iter_mut().zip(&row.values).for_each(|(blame, value)| *blame += error * value);
            row.step(&units, error, RATE_ABOVE);
        }
        // A unit that slept had no part in it.
        blame.iter_mut().zip(units).filter(|(_, unit)| *unit <= 0.0).for_each(|(blame, _)| *blame = 0.0);
        for (feature, x) in vector {
            if let Below::Met(row) = &mut self.below[*feature as usize] {
                row.step(&blame, *x, RATE_BELOW);
            }
        }
    }

    fn meet(&mut self, vector: &[(u32, f32)]) {
        for (feature, _) in vector {
            let index = *feature as usize;
            if self.below.len() <= index {
                self.below.resize_with(index + 1, Below::default);
            }
            if matches!(self.below[index], Below::New) {
                self.below[index] = Below::Met(Box::new(Row::new(index as u64, BELOW, SPREAD_BELOW)));
            }
        }
    }

    /// How much each unit makes of a text; 0 where it sleeps.
    fn awake(&self, vector: &[(u32, f32)]) -> Units {
        let mut units = [0.0_f32; UNITS];
        for (feature, x) in vector {
            if let Some(Below::Met(row)) = self.below.get(*feature as usize) {
                units.iter_mut().zip(&row.values).for_each(|(unit, value)| *unit += x * value);
            }
        }
        units.map(|unit| unit.max(0.0))
    }

    fn above_of(&self, units: &Units) -> Vec<f32> {
        self.above.iter().map(|row| product(units, &row.values)).collect()
    }
}

/// Their scalar product, in eight sums at once.
fn product(a: &Units, b: &Units) -> f32 {
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        sums.iter_mut().zip(a.iter().zip(b)).for_each(|(sum, (a, b))| *sum += a * b);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn truth(wanted: &[u32]) -> Truth<'_, impl Fn(u32) -> bool> {
        Truth { labels: 2, wanted, unknown: |_| false }
    }

    #[test]
    fn what_two_features_say_together_is_not_the_sum_of_what_each_says() {
        let (one, other, both) = (vec![(0, 1.0)], vec![(1, 1.0)], vec![(0, 0.7), (1, 0.7)]);
        let mut net = Net::new([&one, &other, &both].into_iter());
        for _ in 0..200 {
            [(&one, 0), (&other, 0), (&both, 1)]
                .into_iter()
                .for_each(|(text, label)| net.learn(Shape::One, text, &truth(&[label])));
        }
        let first = |text: &Vector| u32::from(net.scores(text)[1] > net.scores(text)[0]);
        assert_eq!([first(&one), first(&other), first(&both)], [0, 0, 1]);
    }

    #[test]
    fn what_a_single_text_says_is_left_out_unless_it_comes_later() {
        let (rare, new) = (vec![(0, 1.0)], vec![(1, 1.0)]);
        let mut net = Net::new([&rare].into_iter());
        net.learn(Shape::One, &rare, &truth(&[0]));
        assert_eq!(net.scores(&rare), [0.0, 0.0]);
        net.learn(Shape::One, &new, &truth(&[0]));
        assert_ne!(net.scores(&new), [0.0, 0.0]);
    }
}
