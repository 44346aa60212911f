//! One question that is asked about texts (which article, which tags, who), with the answers learned so far.

use std::collections::HashMap;

use super::linear::{Linear, Shape, part};
use super::neighbours::Neighbours;
use super::track::Track;
use super::vectors::Vector;

/// How often many examples at once are gone through, each time without another share of their features.
const PASSES: usize = 16;
const LEFT_OUT: f32 = 0.3;
/// A single example is stressed: what somebody just decided is to be right the next time.
const STEPS: usize = 3;
/// What was corrected is stressed until it is right, or so often.
const MOST_STEPS: usize = 30;
/// So many earlier texts have a say beside the linear model, and how much it counts beside the model's 1.
const VOTERS: usize = 20;
const VOTES: f32 = 0.5;
/// The share of the votes that a label has at least, where a text has one.
const DOUBT: f32 = 0.02;
/// Similarity to this power: the nearest speak loudest.
const NEARNESS: i32 = 5;
/// So many nearest texts are looked through for voters: not each has an answer.
pub const LOOKED_AT: usize = 300;
/// A guess less confident than this is none where a text may have many labels.
const LEAST: f32 = 0.1;
/// Up to so many examples, each is guessed once by a model that has not seen it; of more, one in `PARTS` and no more
/// than this.
const MOST_WATCHED: usize = 1_000;
const PARTS: usize = 5;
/// Few examples are split into more parts: what is left to learn from is little enough.
const FEW: usize = 200;
const PARTS_OF_FEW: usize = 10;

/// Each further text of one customer that was given the same label counts so much of the one before.
const NEXT_OF_ONE: f32 = 0.5;
/// A share is taken as of so many texts more than there are.
const UNPROVEN: f32 = 2.0;

/// What was decided about a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// The labels that fit.
    pub wanted: Vec<String>,
    /// Labels of which nobody knows whether they fit.
    pub unknown: Vec<String>,
    /// When it was decided: of labels that came later, nobody knows either.
    pub at: Option<i64>,
    /// Whose words the text is, where that customer alone must not decide what the words of others mean.
    pub who: Option<i64>,
}

impl Answer {
    /// One label fits, and no other.
    pub fn one(label: &str) -> Self {
        Self { wanted: vec![label.to_owned()], ..Self::default() }
    }
}

/// The same, with labels by their numbers.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    wanted: Vec<u32>,
    unknown: Vec<u32>,
    at: Option<i64>,
    who: Option<i64>,
    /// What it counts, 0 to 1.
    weight: f32,
}

impl Known {
    /// What was decided, whatever it counts.
    fn said(&self) -> (&[u32], &[u32], Option<i64>) {
        (&self.wanted, &self.unknown, self.at)
    }
}

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

/// A text among those that are learned at once.
#[derive(Clone, Debug)]
pub struct Seen {
    pub vector: Vector,
    pub known: f32,
    pub facts: u64,
}

#[derive(Clone, Debug)]
struct Label {
    name: String,
    /// From when on there has been this label; `None` for always.
    since: Option<i64>,
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

/// The answers to one question, and what was learned of them.
#[derive(Clone, Debug)]
pub struct Head {
    shape: Shape,
    linear: Linear,
    labels: Vec<Label>,
    numbers: HashMap<String, u32>,
    /// By the text's number; `None` where nobody has decided.
    answers: Vec<Option<Known>>,
    /// How many texts of one customer have each label.
    said: HashMap<(i64, u32), u32>,
    track: Track,
}

impl Head {
    /// `precision`: so many of the guesses that are offered shall be right.
    pub fn new(shape: Shape, precision: f32) -> Self {
        Self {
            shape,
            linear: Linear::new(shape),
            labels: Vec::new(),
            numbers: HashMap::new(),
            answers: Vec::new(),
            said: HashMap::new(),
            track: Track::new(precision),
        }
    }

    /// Since when there has been a label; texts that were decided before say nothing about it.
    pub fn introduce(&mut self, label: &str, since: Option<i64>) {
        let number = self.number(label);
        self.labels[number as usize].since = since;
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels.len()
    }

    /// The labels that a text was given; empty where nobody has decided.
    pub fn labels_of(&self, text: u32) -> impl Iterator<Item = &str> {
        self.wanted(text).iter().map(|label| self.labels[*label as usize].name.as_str())
    }

    fn wanted(&self, text: u32) -> &[u32] {
        self.known(text).map_or(&[], |known| &known.wanted)
    }

    /// Whether two texts were given a label in common; `None` where that was not decided of both.
    pub fn share_a_label(&self, a: u32, b: u32) -> Option<bool> {
        let (a, b) = (self.wanted(a), self.wanted(b));
        (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|label| b.contains(label)))
    }

    fn known(&self, text: u32) -> Option<&Known> {
        self.answers.get(text as usize)?.as_ref()
    }

    /// Takes in what was decided about the next text, without learning from it yet.
    pub fn take(&mut self, answer: Option<&Answer>) {
        let mut known = answer.map(|answer| self.numbered(answer));
        known.iter_mut().for_each(|known| self.weigh(known));
        self.answers.push(known);
    }

    /// Learns from everything that was taken in, and tells from guesses that are made on the way how sure it may be.
    pub fn learn_all(&mut self, texts: &[Seen]) {
        let answered: Vec<usize> = (0..texts.len()).filter(|text| self.answers[*text].is_some()).collect();
        let order: Vec<usize> = scattered(answered.len()).into_iter().map(|at| answered[at]).collect();
        let parts = if order.len() <= FEW { PARTS_OF_FEW } else { PARTS };
        let tried = if order.len() <= MOST_WATCHED { parts } else { 1 };
        for tried in 0..tried {
            let watched = |at: usize| at % parts == tried && at / parts < MOST_WATCHED;
            let rest: Vec<usize> = (0..order.len()).filter(|at| !watched(*at)).map(|at| order[at]).collect();
            self.linear = self.trained(&rest, texts);
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
        self.linear = self.trained(&order, texts);
    }

    fn trained(&self, order: &[usize], texts: &[Seen]) -> Linear {
        let mut linear = Linear::new(self.shape);
        let mut round = 0;
        for pass in 0..PASSES {
            for text in order {
                round += 1;
                if pass < self.times(*text as u32, PASSES) {
                    let vector = part(&texts[*text].vector, LEFT_OUT, round);
                    self.step(&mut linear, &vector, *text as u32);
                }
            }
        }
        linear
    }

    /// How often a text is gone through that would be gone through so often if it counted in full.
    fn times(&self, text: u32, full: usize) -> usize {
        self.known(text).map_or(0, |known| (full as f32 * known.weight).round() as usize)
    }

    fn step(&self, linear: &mut Linear, vector: &Vector, text: u32) {
        if let Some(known) = self.known(text) {
            linear.learn(vector, self.labels.len() as u32, &known.wanted, |label| {
                self.is_unknown(known, label)
            });
        }
    }

    /// Learns what was decided about the newest text.
    pub fn learn(&mut self, asked: &Asked, answer: Option<&Answer>) {
        let confidences = self.confidences(asked);
        self.take(answer);
        let text = self.answers.len() as u32 - 1;
        self.note(text, &confidences);
        self.track.settle();
        self.stress(asked.vector, text, STEPS);
    }

    /// Learns that a text was decided about otherwise, until it is right.
    pub fn correct(&mut self, asked: &Asked, text: u32, answer: Option<&Answer>) {
        let mut known = answer.map(|answer| self.numbered(answer));
        if self.known(text).map(Known::said) == known.as_ref().map(Known::said) {
            return;
        }
        let before = self.answers[text as usize].take();
        self.uncount(before.as_ref());
        known.iter_mut().for_each(|known| self.weigh(known));
        // What nobody had decided before is a guess to learn from like any other; a correction is not.
        if before.is_none() {
            let confidences = self.confidences(asked);
            self.answers[text as usize] = known;
            self.note(text, &confidences);
            self.track.settle();
            self.stress(asked.vector, text, STEPS);
        } else {
            self.answers[text as usize] = known;
            let most = self.times(text, MOST_STEPS);
            let mut steps = 0;
            while steps < most && !self.is_right(asked.vector, text) {
                let mut linear = std::mem::take(&mut self.linear);
                self.step(&mut linear, asked.vector, text);
                self.linear = linear;
                steps += 1;
            }
        }
    }

    fn stress(&mut self, vector: &Vector, text: u32, steps: usize) {
        let mut linear = std::mem::take(&mut self.linear);
        let steps = self.times(text, steps);
        (0..steps).for_each(|_| self.step(&mut linear, vector, text));
        self.linear = linear;
    }

    /// Whether the linear model alone says what was decided.
    fn is_right(&self, vector: &Vector, text: u32) -> bool {
        let Some(known) = self.known(text) else { return true };
        let likely = self.linear.probabilities(vector);
        let of = |label: u32| likely.get(label as usize).copied().unwrap_or_default();
        match self.shape {
            Shape::One => known.wanted.iter().all(|label| likely.iter().all(|other| of(*label) >= *other)),
            Shape::Many => (0..self.labels.len() as u32).all(|label| {
                let wanted = known.wanted.contains(&label);
                self.is_unknown(known, label) && !wanted || (of(label) > 0.5) == wanted
            }),
        }
    }

    /// Nothing of a text is known any more.
    pub fn forget(&mut self, text: u32) {
        let before = self.answers[text as usize].take();
        self.uncount(before.as_ref());
    }

    /// The likeliest labels, best first.
    pub fn guesses_of(&self, confidences: &[f32], limit: usize) -> Vec<Guess<'_>> {
        let mut order: Vec<usize> = (0..confidences.len()).collect();
        order.sort_by(|a, b| confidences[*b].total_cmp(&confidences[*a]));
        order.truncate(limit);
        let guess = |n: usize| Guess {
            label: &self.labels[n].name,
            confidence: confidences[n],
            chance: self.track.chance(confidences[n]),
            sure: self.track.is_enough(confidences[n]),
        };
        order.into_iter().map(guess).collect()
    }

    /// How much speaks for a text's own labels, by the confidence in each.
    pub fn likelihood(&self, confidences: &[f32], text: u32) -> f32 {
        self.wanted(text).iter().map(|label| confidences[*label as usize]).fold(0.0, f32::max)
    }

    /// Whether a text shares no label with more than `most` of those before it in `counted`.
    pub fn count(&self, text: u32, counted: &mut HashMap<u32, usize>, most: usize) -> bool {
        self.wanted(text).iter().all(|label| {
            let n = counted.entry(*label).or_default();
            *n += 1;
            *n <= most
        })
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
        let mut wanted = vec![0.0_f32; self.labels.len()];
        let (mut decided, mut silent) = (0.0_f32, vec![0.0_f32; self.labels.len()]);
        for known in texts.iter().filter_map(|text| self.known(*text)) {
            decided += known.weight;
            known.wanted.iter().for_each(|label| wanted[*label as usize] += known.weight);
            if self.shape == Shape::Many {
                let unheard = |label: &u32| !known.wanted.contains(label) && self.is_unknown(known, *label);
                let labels = (0..self.labels.len() as u32).filter(unheard);
                labels.for_each(|label| silent[label as usize] += known.weight);
            }
        }
        let rate = |(wanted, silent): (f32, f32)| wanted / (decided - silent + UNPROVEN);
        wanted.into_iter().zip(silent).map(rate).collect()
    }

    /// The linear model's probabilities mixed with the votes of similar texts.
    fn by_words(&self, asked: &Asked) -> Vec<f32> {
        let mut confidences = self.linear.probabilities(asked.vector);
        confidences.resize(self.labels.len(), 0.0);
        let vote = |(text, s): &(u32, f32)| {
            let known = self.known(*text)?;
            Some((known, known.weight * s.powi(NEARNESS)))
        };
        let votes: Vec<(&Known, f32)> = asked.near.iter().filter_map(vote).take(VOTERS).collect();
        let all: f32 = votes.iter().map(|(_, vote)| vote).sum();
        if all <= 0.0 {
            return confidences;
        }
        let mut wanted = vec![0.0; self.labels.len()];
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
                    let silent =
                        |known: &Known| self.is_unknown(known, label) && !known.wanted.contains(&label);
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

    /// Notes whether the guesses about a text were right.
    fn note(&mut self, text: u32, confidences: &[f32]) {
        let Some(known) = self.known(text).cloned() else { return };
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
                    if wanted || !self.is_unknown(&known, label) {
                        self.track.note(*confidence, wanted);
                    }
                }
            }
        }
    }

    /// Whether a decision says nothing about a label that it does not want.
    fn is_unknown(&self, known: &Known, label: u32) -> bool {
        let came_later =
            || known.at.zip(self.labels[label as usize].since).is_some_and(|(at, since)| since > at);
        known.unknown.contains(&label) || came_later()
    }

    fn numbered(&mut self, answer: &Answer) -> Known {
        let mut numbers = |labels: &[String]| labels.iter().map(|label| self.number(label)).collect();
        let (wanted, unknown) = (numbers(&answer.wanted), numbers(&answer.unknown));
        Known { wanted, unknown, at: answer.at, who: answer.who, weight: 1.0 }
    }

    /// As with search, each further text of one customer that was given the same counts half of the one before.
    fn weigh(&mut self, known: &mut Known) {
        let Some(who) = known.who else { return };
        for label in &known.wanted {
            let said = self.said.entry((who, *label)).or_default();
            known.weight = known.weight.min(NEXT_OF_ONE.powi(*said as i32));
            *said += 1;
        }
    }

    fn uncount(&mut self, known: Option<&Known>) {
        let Some((known, who)) = known.and_then(|known| Some((known, known.who?))) else { return };
        for label in &known.wanted {
            if let Some(said) = self.said.get_mut(&(who, *label)) {
                *said = said.saturating_sub(1);
            }
        }
    }

    fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = self.labels.len() as u32;
        self.labels.push(Label { name: label.to_owned(), since: None });
        self.numbers.insert(label.to_owned(), number);
        number
    }
}

/// The numbers below `len`, each once, in an order in which neighbours are far from each other: examples of one label
/// often stand together, and would be forgotten in favour of the last ones.
pub fn scattered(len: usize) -> Vec<usize> {
    let divides_both = |step: usize| (2..=step).any(|d| step.is_multiple_of(d) && len.is_multiple_of(d));
    let golden = (len as f64 * 0.618) as usize;
    let step = (golden.max(1)..=len).find(|step| !divides_both(*step)).unwrap_or(1);
    (0..len).map(|n| n * step % len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scattering_takes_each_number_once() {
        for len in [0, 1, 2, 3, 10, 12, 77, 100] {
            let mut order = scattered(len);
            order.sort_unstable();
            assert_eq!(order, (0..len).collect::<Vec<_>>());
        }
    }
}
