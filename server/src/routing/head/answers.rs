//! What was decided about each text: labels by their numbers, and how much each decision counts.

use std::collections::HashMap;

/// Each further text of one customer that was given the same label counts so much of the one before.
const NEXT_OF_ONE: f32 = 0.5;

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

/// What was decided, with labels by their numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    pub wanted: Vec<u32>,
    unknown: Vec<u32>,
    at: Option<i64>,
    who: Option<i64>,
    /// What it counts, 0 to 1.
    pub weight: f32,
}

impl Known {
    /// What was decided, whatever it counts.
    fn said(&self) -> (&[u32], &[u32], Option<i64>) {
        (&self.wanted, &self.unknown, self.at)
    }
}

#[derive(Clone, Debug)]
struct Label {
    name: String,
    /// From when on there has been this label; `None` for always.
    since: Option<i64>,
}

/// The answers to one question, by the text's number.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    labels: Vec<Label>,
    numbers: HashMap<String, u32>,
    /// `None` where nobody has decided.
    decided: Vec<Option<Known>>,
    /// How many texts of one customer have each label.
    said: HashMap<(i64, u32), u32>,
}

impl Answers {
    /// Since when there has been a label; texts that were decided before say nothing about it.
    pub fn introduce(&mut self, label: &str, since: Option<i64>) {
        let number = self.number(label);
        self.labels[number as usize].since = since;
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels.len()
    }

    /// The name of a label by its number.
    pub fn name(&self, label: usize) -> &str {
        &self.labels[label].name
    }

    /// How many texts there are, decided about or not.
    pub fn texts(&self) -> usize {
        self.decided.len()
    }

    /// The labels that a text was given; empty where nobody has decided.
    pub fn labels_of(&self, text: u32) -> impl Iterator<Item = &str> {
        self.wanted(text).iter().map(|label| self.labels[*label as usize].name.as_str())
    }

    /// The same by their numbers.
    pub fn wanted(&self, text: u32) -> &[u32] {
        self.known(text).map_or(&[], |known| &known.wanted)
    }

    /// Whether two texts were given a label in common; `None` where that was not decided of both.
    pub fn share_a_label(&self, a: u32, b: u32) -> Option<bool> {
        let (a, b) = (self.wanted(a), self.wanted(b));
        (!a.is_empty() && !b.is_empty()).then(|| a.iter().any(|label| b.contains(label)))
    }

    /// What was decided about a text, if anything was.
    pub fn known(&self, text: u32) -> Option<&Known> {
        self.decided.get(text as usize)?.as_ref()
    }

    /// Whether just this was decided about a text, whatever it counts.
    pub fn says(&self, text: u32, known: Option<&Known>) -> bool {
        self.known(text).map(Known::said) == known.map(Known::said)
    }

    /// Takes in what was decided about the next text.
    pub fn push(&mut self, mut known: Option<Known>) {
        known.iter_mut().for_each(|known| self.weigh(known));
        self.decided.push(known);
    }

    /// Takes in what was decided about a text of which nothing is known, or nothing any more.
    pub fn decide(&mut self, text: u32, mut known: Option<Known>) {
        known.iter_mut().for_each(|known| self.weigh(known));
        self.decided[text as usize] = known;
    }

    /// Nothing of a text is known any more. Tells whether anything was.
    pub fn forget(&mut self, text: u32) -> bool {
        let before = self.decided[text as usize].take();
        self.uncount(before.as_ref());
        before.is_some()
    }

    /// Whether a text shares no label with more than `most` of those before it in `counted`.
    pub fn count(&self, text: u32, counted: &mut HashMap<u32, usize>, most: usize) -> bool {
        self.wanted(text).iter().all(|label| {
            let n = counted.entry(*label).or_default();
            *n += 1;
            *n <= most
        })
    }

    /// Whether a decision says nothing about a label that it does not want.
    pub fn is_unknown(&self, known: &Known, label: u32) -> bool {
        let came_later =
            || known.at.zip(self.labels[label as usize].since).is_some_and(|(at, since)| since > at);
        known.unknown.contains(&label) || came_later()
    }

    /// An answer with its labels by their numbers; labels never seen before get the next ones.
    pub fn numbered(&mut self, answer: &Answer) -> Known {
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
