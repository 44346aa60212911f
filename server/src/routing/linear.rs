//! A linear model over many labels that learns one example at a time: multinomial logistic regression with AdaGrad
//! (Duchi, Hazan, Singer 2011), kept sparse by touching only labels that were wrong by more than a trace.

use super::vectors::Vector;

/// Step of the first update of a weight; later ones shrink with what it has moved.
const RATE: f32 = 0.12;
/// A label whose probability is off by less than this is left as it is.
const TRACE: f32 = 0.01;

/// Weights by feature, then label.
#[derive(Clone, Debug, Default)]
pub struct Linear {
    rows: Vec<Vec<Weight>>,
    labels: usize,
}

#[derive(Clone, Copy, Debug)]
struct Weight {
    label: u32,
    value: f32,
    /// Sum of the squares of its gradients.
    moved: f32,
}

impl Linear {
    /// The probability of each label, by its number; they add up to 1.
    pub fn probabilities(&self, vector: &Vector) -> Vec<f32> {
        let mut scores = vec![0.0_f32; self.labels];
        for (feature, x) in vector {
            for weight in self.rows.get(*feature as usize).into_iter().flatten() {
                scores[weight.label as usize] += x * weight.value;
            }
        }
        softmax(&mut scores);
        scores
    }

    /// Takes one step towards `label` for this text.
    pub fn learn(&mut self, vector: &Vector, label: u32) {
        self.labels = self.labels.max(label as usize + 1);
        let mut errors = self.probabilities(vector);
        errors[label as usize] -= 1.0;
        let errors: Vec<(u32, f32)> = (0..).zip(errors).filter(|(_, error)| error.abs() > TRACE).collect();
        for (feature, x) in vector {
            let index = *feature as usize;
            if self.rows.len() <= index {
                self.rows.resize_with(index + 1, Vec::new);
            }
            let row = &mut self.rows[index];
            for (label, error) in &errors {
                let at = row.binary_search_by_key(label, |weight| weight.label).unwrap_or_else(|at| {
                    row.insert(at, Weight { label: *label, value: 0.0, moved: 0.0 });
                    at
                });
                let gradient = error * x;
                let weight = &mut row[at];
                weight.moved += gradient * gradient;
                weight.value -= RATE * gradient / (weight.moved.sqrt() + 1e-6);
            }
        }
    }
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
