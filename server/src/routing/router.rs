//! Learns from earlier texts, and what was decided about them, where the next one belongs.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::alike::Alike;
use super::features::Counts;
use super::head::{Answer, Asked, Guess, Head, LOOKED_AT, Seen};
use super::model::Shape;
use super::neighbours::Neighbours;
use super::scatter::scattered;
use super::vectors::{Space, Vector};

/// Among so many of the most similar texts, those come first whose label is likely too: by so much similarity for a
/// certain one.
const CONSIDERED: usize = 50;
const LEANING: f32 = 0.3;
/// So many texts are held against their nearest ones, to tell how similar texts are that are about the same.
const MOST_COMPARED: usize = 200;
const COMPARED: usize = 5;
/// No more than this of one label: another of the same kind says nothing new.
const OF_ONE_LABEL: usize = 2;

/// What is known of one language's texts: what they share, and the answers to each question asked about them.
#[derive(Clone, Debug, Default)]
pub struct Router {
    space: Space,
    neighbours: Neighbours,
    heads: Vec<Head>,
    /// The first so many questions are about what a text is about.
    topics: usize,
    /// How similar texts must be that are about the same.
    alike: Alike,
    /// What is known of each text besides its words.
    facts: Vec<u64>,
}

/// A text, and for each question in turn what was decided; `None` where nobody has decided.
#[derive(Clone, Debug, Default)]
pub struct Example<'t> {
    pub text: &'t str,
    /// What is known besides its words, each in a form of its own.
    pub facts: &'t [String],
    pub answers: Vec<Option<Answer>>,
}

impl<'t> Example<'t> {
    /// For a router with one question.
    pub fn labelled(text: &'t str, label: &str) -> Self {
        Self { text, facts: &[], answers: vec![Some(Answer::one(label))] }
    }

    fn counts(&self) -> Counts {
        Counts::of(self.text, self.facts)
    }
}

/// What is thought of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice<'a> {
    /// For each question the likeliest labels, best first.
    pub labels: Vec<Vec<Guess<'a>>>,
    /// The most similar texts (numbered from 0 in the order they were learned) and how similar they are, 0 to 1;
    /// those come first that are similar and whose answer to the first question is likely, a few of each label.
    pub similar: Vec<(u32, f32)>,
    /// Less similar texts are hardly about the same.
    pub least_similar: f32,
}

impl Router {
    /// Knows nothing yet. For each question, how many labels a text has: the first `topics` of them tell what a text is
    /// about. So many of the guesses that are offered shall be right.
    pub fn new(questions: &[Shape], topics: usize, precision: f32) -> Self {
        let heads = questions.iter().map(|shape| Head::new(*shape, precision)).collect();
        Self { heads, topics, ..Self::default() }
    }

    /// Tells since when a label has been there to be chosen.
    pub fn introduce(&mut self, question: usize, label: &str, since: Option<i64>) {
        self.heads[question].introduce(label, since);
    }

    /// Learns many texts at once, before any other; they are numbered in their order.
    pub fn learn_all(&mut self, examples: &[Example<'_>]) {
        let counts: Vec<Counts> = examples.iter().map(|example| example.counts()).collect();
        counts.iter().for_each(|counts| self.space.see(counts));
        self.facts.extend(examples.iter().map(|example| of_facts(example.facts)));
        let seen = |(counts, facts): (&Counts, &u64)| Seen {
            vector: self.space.vector(counts),
            known: self.space.known(counts, true),
            facts: *facts,
        };
        let texts: Vec<Seen> = counts.iter().zip(&self.facts).map(seen).collect();
        for (question, head) in self.heads.iter_mut().enumerate() {
            examples.iter().for_each(|example| head.take(decided(example, question)));
            head.learn_all(&texts);
        }
        texts.iter().for_each(|text| self.neighbours.add(&text.vector));
        for text in scattered(texts.len()).into_iter().take(MOST_COMPARED) {
            let near = self.near_in_words(examples[text].text, Some(text as u32));
            self.compare(text as u32, &near, texts[text].known);
        }
        self.alike.settle();
    }

    /// Learns one text, at once, and gives its number.
    pub fn learn(&mut self, example: &Example<'_>) -> u32 {
        let counts = example.counts();
        self.space.see(&counts);
        let (vector, known) = (self.space.vector(&counts), self.space.known(&counts, true));
        let near = self.near(&vector, None);
        let near_in_words = self.near_in_words(example.text, None);
        let facts = of_facts(example.facts);
        let alike = self.alike_in_facts(facts, None);
        let asked = Asked { vector: &vector, near: &near, known, alike: &alike };
        for (question, head) in self.heads.iter_mut().enumerate() {
            head.learn(&asked, decided(example, question));
        }
        self.neighbours.add(&vector);
        self.facts.push(facts);
        let text = self.facts.len() as u32 - 1;
        self.compare(text, &near_in_words, known);
        self.alike.settle();
        text
    }

    /// Learns, at once, that something else was decided about a text than before.
    pub fn correct(&mut self, text: u32, example: &Example<'_>) {
        let counts = example.counts();
        let (vector, known) = (self.space.vector(&counts), self.space.known(&counts, true));
        let near = self.near(&vector, Some(text));
        let facts = of_facts(example.facts);
        self.facts[text as usize] = facts;
        let alike = self.alike_in_facts(facts, Some(text));
        let asked = Asked { vector: &vector, near: &near, known, alike: &alike };
        let had_a_topic = self.topics().any(|head| head.answers().labels_of(text).next().is_some());
        for (question, head) in self.heads.iter_mut().enumerate() {
            head.correct(&asked, text, decided(example, question));
        }
        if !had_a_topic {
            let near = self.near_in_words(example.text, Some(text));
            self.compare(text, &near, known);
            self.alike.settle();
        }
    }

    /// Nothing is similar to a text any more, and its answers count for nothing. What the weights took from it stays
    /// in them until everything is learned anew.
    pub fn forget(&mut self, text: u32) {
        self.neighbours.forget(text);
        self.heads.iter_mut().for_each(|head| head.forget(text));
    }

    /// What is thought of a text: for each question at most `limit` labels, and as many similar texts. A text that is
    /// itself among those that were learned is named by `own`.
    pub fn advise(&self, text: &str, facts: &[String], own: Option<u32>, limit: usize) -> Advice<'_> {
        let counts = Counts::of(text, facts);
        let vector = self.space.vector(&counts);
        if vector.is_empty() {
            return Advice { labels: vec![Vec::new(); self.heads.len()], ..Advice::default() };
        }
        let known = self.space.known(&counts, own.is_some());
        let near = self.near(&vector, own);
        let alike = self.alike_in_facts(of_facts(facts), own);
        let asked = Asked { vector: &vector, near: &near, known, alike: &alike };
        let confidences: Vec<Vec<f32>> = self.heads.iter().map(|head| head.confidences(&asked)).collect();
        let guesses =
            self.heads.iter().zip(&confidences).map(|(head, c)| head.guesses_of(c, limit)).collect();
        let in_words = self.near_in_words(text, own);
        let mut similar = match self.heads.first().zip(confidences.first()) {
            Some((head, confidences)) => varied(head, confidences, in_words, limit),
            None => in_words.into_iter().take(limit).collect(),
        };
        similar.iter_mut().for_each(|(_, similarity)| *similarity *= known);
        Advice { labels: guesses, similar, least_similar: self.alike.least() }
    }

    fn topics(&self) -> impl Iterator<Item = &Head> {
        self.heads.iter().take(self.topics)
    }

    /// The texts nearest to one, by number and similarity of what is known of their words.
    fn near(&self, vector: &Vector, own: Option<u32>) -> Vec<(u32, f32)> {
        let mut near = self.neighbours.nearest(vector, LOOKED_AT);
        near.retain(|(text, _)| Some(*text) != own);
        near
    }

    /// The same by their words alone: requests of one kind are not alike for that.
    fn near_in_words(&self, text: &str, own: Option<u32>) -> Vec<(u32, f32)> {
        self.near(&self.space.vector(&Counts::of(text, &[])), own)
    }

    /// Notes how similar a text's nearest ones are, and whether they are about the same. What was never seen is in none
    /// of them: they are as similar as the known part of the text makes them.
    fn compare(&mut self, text: u32, near: &[(u32, f32)], known: f32) {
        let alike: Vec<(f32, bool)> = near
            .iter()
            .filter_map(|(other, similarity)| {
                let told = self.topics().filter_map(|head| head.answers().share_a_label(text, *other));
                Some((similarity * known, told.reduce(|a, b| a || b)?))
            })
            .take(COMPARED)
            .collect();
        alike.into_iter().for_each(|(similarity, same)| self.alike.note(similarity, same));
    }

    /// The texts of which the same is known besides their words.
    fn alike_in_facts(&self, facts: u64, own: Option<u32>) -> Vec<u32> {
        let alike = (0..).zip(&self.facts).filter(|(text, other)| **other == facts && Some(*text) != own);
        alike.map(|(text, _)| text).collect()
    }

    /// The labels that a learned text was given.
    pub fn labels_of(&self, question: usize, text: u32) -> impl Iterator<Item = &str> {
        self.heads[question].answers().labels_of(text)
    }

    /// How many labels a question has.
    pub fn labels(&self, question: usize) -> usize {
        self.heads[question].answers().labels()
    }
}

fn decided<'e>(example: &'e Example<'_>, question: usize) -> Option<&'e Answer> {
    example.answers.get(question)?.as_ref()
}

fn of_facts(facts: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    hasher.finish()
}

/// The most telling of these similar texts.
fn varied(head: &Head, confidences: &[f32], mut similar: Vec<(u32, f32)>, limit: usize) -> Vec<(u32, f32)> {
    similar.truncate(CONSIDERED.max(limit));
    let leaning = |(text, s): &(u32, f32)| s + LEANING * head.likelihood(confidences, *text);
    similar.sort_by(|a, b| leaning(b).total_cmp(&leaning(a)));
    let mut taken = HashMap::new();
    similar.retain(|(text, _)| head.answers().count(*text, &mut taken, OF_ONE_LABEL));
    similar.truncate(limit);
    similar
}
