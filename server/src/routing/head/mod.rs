//! One question that is asked about texts (which article, which tags, who), with the answers learned so far.
//!
//! What was decided is kept in [`answers`], what is thought of a text is worked out in [`confidence`]; here is how the
//! one is learned from the other.

mod answers;
mod confidence;

use super::model::{Model, Shape, Truth, part};
use super::neighbours::Neighbours;
use super::scatter::scattered;
use super::track::Track;
use super::vectors::Vector;

pub use answers::{Answer, Answers};
pub use confidence::{Asked, Guess, LOOKED_AT};

/// How often many examples at once are gone through, each time without another share of their features.
const PASSES: usize = 16;
const LEFT_OUT: f32 = 0.3;
/// A single example is stressed: what somebody just decided is to be right the next time.
const STEPS: usize = 3;
/// What was corrected is stressed until it is right, or so often.
const MOST_STEPS: usize = 30;
/// A guess less confident than this is none where a text may have many labels.
const LEAST: f32 = 0.1;
/// Up to so many examples, each is guessed once by a model that has not seen it; of more, one in `PARTS` and no more
/// than this.
const MOST_WATCHED: usize = 1_000;
const PARTS: usize = 5;
/// Few examples are split into more parts: what is left to learn from is little enough.
const FEW: usize = 200;
const PARTS_OF_FEW: usize = 10;

/// A text among those that are learned at once.
#[derive(Clone, Debug)]
pub struct Seen {
    pub vector: Vector,
    pub known: f32,
    pub facts: u64,
}

/// The answers to one question, and what was learned of them.
#[derive(Clone, Debug)]
pub struct Head {
    shape: Shape,
    model: Model,
    answers: Answers,
    track: Track,
}

impl Head {
    /// `precision`: so many of the guesses that are offered shall be right.
    pub fn new(shape: Shape, precision: f32) -> Self {
        Self {
            shape,
            model: Model::new(shape, std::iter::empty()),
            answers: Answers::default(),
            track: Track::new(precision),
        }
    }

    /// Since when there has been a label; texts that were decided before say nothing about it.
    pub fn introduce(&mut self, label: &str, since: Option<i64>) {
        self.answers.introduce(label, since);
    }

    /// What was decided so far.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Takes in what was decided about the next text, without learning from it yet.
    pub fn take(&mut self, answer: Option<&Answer>) {
        let known = answer.map(|answer| self.answers.numbered(answer));
        self.answers.push(known);
    }

    /// Learns from everything that was taken in, and tells from guesses that are made on the way how sure it may be.
    pub fn learn_all(&mut self, texts: &[Seen]) {
        let answered: Vec<usize> =
            (0..texts.len()).filter(|text| self.answers.known(*text as u32).is_some()).collect();
        let order: Vec<usize> = scattered(answered.len()).into_iter().map(|at| answered[at]).collect();
        let parts = if order.len() <= FEW { PARTS_OF_FEW } else { PARTS };
        let tried = if order.len() <= MOST_WATCHED { parts } else { 1 };
        for tried in 0..tried {
            let watched = |at: usize| at % parts == tried && at / parts < MOST_WATCHED;
            let rest: Vec<usize> = (0..order.len()).filter(|at| !watched(*at)).map(|at| order[at]).collect();
            self.model = self.trained(&rest, texts);
            let mut known = Neighbours::default();
            rest.iter().for_each(|text| known.add(&texts[*text].vector));
            for text in (0..order.len()).filter(|at| watched(*at)).map(|at| order[at]) {
                let Seen { vector, known: share, facts } = &texts[text];
                let near = known.nearest(vector, LOOKED_AT);
                let near: Vec<_> = near.into_iter().map(|(at, s)| (rest[at as usize] as u32, s)).collect();
                let alike: Vec<u32> = rest
                    .iter()
                    .filter(|other| texts[**other].facts == *facts)
                    .map(|text| *text as u32)
                    .collect();
                let asked = Asked { vector, near: &near, known: *share, alike: &alike };
                self.note(text as u32, &self.confidences(&asked));
            }
        }
        self.track.settle();
        self.model = self.trained(&order, texts);
    }

    fn trained(&self, order: &[usize], texts: &[Seen]) -> Model {
        let vectors = order.iter().map(|text| &texts[*text].vector);
        let mut model = Model::new(self.shape, vectors);
        let mut round = 0;
        for pass in 0..PASSES {
            for text in order {
                round += 1;
                if pass < self.times(*text as u32, PASSES) {
                    let vector = part(&texts[*text].vector, LEFT_OUT, round);
                    self.step(&mut model, &vector, *text as u32);
                }
            }
        }
        model
    }

    /// How often a text is gone through that would be gone through so often if it counted in full.
    fn times(&self, text: u32, full: usize) -> usize {
        self.answers.known(text).map_or(0, |known| (full as f32 * known.weight).round() as usize)
    }

    fn step(&self, model: &mut Model, vector: &Vector, text: u32) {
        if let Some(known) = self.answers.known(text) {
            let unknown = |label| self.answers.is_unknown(known, label);
            let labels = self.answers.labels() as u32;
            model.learn(vector, &Truth { labels, wanted: &known.wanted, unknown });
        }
    }

    /// Learns what was decided about the newest text.
    pub fn learn(&mut self, asked: &Asked, answer: Option<&Answer>) {
        let confidences = self.confidences(asked);
        self.take(answer);
        let text = self.answers.texts() as u32 - 1;
        self.note(text, &confidences);
        self.track.settle();
        self.stress(asked.vector, text, STEPS);
    }

    /// Learns that a text was decided about otherwise, until it is right.
    pub fn correct(&mut self, asked: &Asked, text: u32, answer: Option<&Answer>) {
        let known = answer.map(|answer| self.answers.numbered(answer));
        if self.answers.says(text, known.as_ref()) {
            return;
        }
        let was_decided = self.answers.forget(text);
        // What nobody had decided before is a guess to learn from like any other; a correction is not.
        if was_decided {
            self.answers.decide(text, known);
            let most = self.times(text, MOST_STEPS);
            let mut steps = 0;
            while steps < most && !self.is_right(asked.vector, text) {
                let mut model = std::mem::take(&mut self.model);
                self.step(&mut model, asked.vector, text);
                self.model = model;
                steps += 1;
            }
        } else {
            let confidences = self.confidences(asked);
            self.answers.decide(text, known);
            self.note(text, &confidences);
            self.track.settle();
            self.stress(asked.vector, text, STEPS);
        }
    }

    fn stress(&mut self, vector: &Vector, text: u32, steps: usize) {
        let mut model = std::mem::take(&mut self.model);
        let steps = self.times(text, steps);
        (0..steps).for_each(|_| self.step(&mut model, vector, text));
        self.model = model;
    }

    /// Whether the model alone says what was decided.
    fn is_right(&self, vector: &Vector, text: u32) -> bool {
        let Some(known) = self.answers.known(text) else { return true };
        let likely = self.model.probabilities(vector);
        let of = |label: u32| likely.get(label as usize).copied().unwrap_or_default();
        match self.shape {
            Shape::One => known.wanted.iter().all(|label| likely.iter().all(|other| of(*label) >= *other)),
            Shape::Many => (0..self.answers.labels() as u32).all(|label| {
                let wanted = known.wanted.contains(&label);
                self.answers.is_unknown(known, label) && !wanted || (of(label) > 0.5) == wanted
            }),
        }
    }

    /// Nothing of a text is known any more.
    pub fn forget(&mut self, text: u32) {
        self.answers.forget(text);
    }

    /// Notes whether the guesses about a text were right.
    fn note(&mut self, text: u32, confidences: &[f32]) {
        let Some(known) = self.answers.known(text).cloned() else { return };
        match self.shape {
            Shape::One => {
                let best = (0..).zip(confidences).max_by(|a: &(u32, &f32), b| a.1.total_cmp(b.1));
                if let Some((label, confidence)) = best {
                    self.track.note(*confidence, known.wanted.contains(&label));
                }
            }
            Shape::Many => {
                for (label, confidence) in (0..).zip(confidences).filter(|(_, c)| **c >= LEAST) {
                    let wanted = known.wanted.contains(&label);
                    if wanted || !self.answers.is_unknown(&known, label) {
                        self.track.note(*confidence, wanted);
                    }
                }
            }
        }
    }
}
