//! A linear model over many labels: logistic regression with AdaGrad (Duchi, Hazan, Singer 2011), kept sparse by
//! touching only labels that were wrong by more than a trace.

use super::{Shape, TINY, Truth};

/// Step of the first update of a weight; later ones shrink with what it has moved.
const RATE: f32 = 0.12;

/// Weights by feature, then label.
#[derive(Clone, Debug, Default)]
pub struct Linear {
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
    fn new(label: u32) -> Self {
        Self { label, value: 0.0, moved: 0.0 }
    }

    fn step(&mut self, gradient: f32) {
        self.moved += gradient * gradient;
        self.value -= RATE * gradient / (self.moved.sqrt() + TINY);
    }
}

impl Linear {
    /// What speaks for each label, by its number.
    pub fn scores(&self, vector: &[(u32, f32)]) -> Vec<f32> {
        let mut scores: Vec<f32> = self.base.iter().map(|weight| weight.value).collect();
        for (feature, x) in vector {
            for weight in self.rows.get(*feature as usize).into_iter().flatten() {
                scores[weight.label as usize] += x * weight.value;
            }
        }
        scores
    }

    pub fn learn(&mut self, shape: Shape, vector: &[(u32, f32)], truth: &Truth<impl Fn(u32) -> bool>) {
        self.base.extend((self.base.len() as u32..truth.labels).map(Weight::new));
        let errors = shape.errors(self.scores(vector), truth);
        if shape == Shape::Many {
            errors.iter().for_each(|(label, error)| self.base[*label as usize].step(*error));
        }
        for (feature, x) in vector {
            let index = *feature as usize;
            if self.rows.len() <= index {
                self.rows.resize_with(index + 1, Vec::new);
            }
            let row = &mut self.rows[index];
            // The first texts are wrong about most labels: growing by and by would leave as much room unused.
            if row.is_empty() {
                row.reserve_exact(errors.len());
            }
            for (label, error) in &errors {
                let at = row.binary_search_by_key(label, |weight| weight.label).unwrap_or_else(|at| {
                    row.insert(at, Weight::new(*label));
                    at
                });
                row[at].step(error * x);
            }
        }
    }
}
