//! What one language's requests have taught: the router, and which request each of its texts is.

use std::collections::HashMap;

use super::history::Past;
use super::model::Shape;
use super::router::{Advice, Example, Router};

/// The questions asked about a request, in the router's order.
pub const ARTICLE: usize = 0;
pub const TAGS: usize = 1;
pub const ASSIGNEE: usize = 2;
const QUESTIONS: [Shape; 3] = [Shape::Many, Shape::Many, Shape::One];
/// Article and tags tell what a request is about; whoever answers it answers much else.
const TOPICS: usize = 2;

/// So many of the suggestions that are made shall be right. A wrong one costs a glance, a missing one a search.
const PRECISION: f32 = 0.85;

#[derive(Clone, Debug)]
pub struct Memory {
    router: Router,
    /// By the request's id: the number of its text, and the version it was learned in.
    texts: HashMap<i64, (u32, i64)>,
    /// The request of each text.
    requests: Vec<i64>,
    /// Requests before this one are too old to be learned from.
    floor: i64,
}

impl Memory {
    /// Learns these requests at once, and none from before `floor` later.
    pub fn of(past: &[Past], floor: i64) -> Self {
        let mut router = Router::new(&QUESTIONS, TOPICS, PRECISION);
        past.iter().for_each(|past| introduce(&mut router, past));
        let examples: Vec<Example> = past.iter().map(example).collect();
        router.learn_all(&examples);
        let texts = (0..).zip(past).map(|(number, past)| (past.id, (number, past.version))).collect();
        Self { router, texts, requests: past.iter().map(|past| past.id).collect(), floor }
    }

    /// Learns one request, or what has been decided about it since.
    pub fn take(&mut self, past: &Past) {
        if past.id < self.floor {
            return;
        }
        introduce(&mut self.router, past);
        if let Some((number, version)) = self.texts.get_mut(&past.id) {
            *version = past.version;
            self.router.correct(*number, &example(past));
        } else {
            let number = self.router.learn(&example(past));
            self.texts.insert(past.id, (number, past.version));
            self.requests.push(past.id);
        }
    }

    /// A request that is gone is similar to nothing any more.
    pub fn forget(&mut self, request: i64) {
        if let Some((number, _)) = self.texts.remove(&request) {
            self.router.forget(number);
        }
    }

    /// The version in which a request was learned.
    pub fn version(&self, request: i64) -> Option<i64> {
        self.texts.get(&request).map(|(_, version)| *version)
    }

    /// Ids and versions of the requests that it knows.
    pub fn known(&self) -> impl Iterator<Item = (i64, i64)> {
        self.texts.iter().map(|(request, (_, version))| (*request, *version))
    }

    pub fn floor(&self) -> i64 {
        self.floor
    }

    /// How many texts it holds, with those it has forgotten.
    pub fn texts(&self) -> usize {
        self.requests.len()
    }

    /// What is thought of a request.
    pub fn advise(&self, past: &Past, limit: usize) -> Advice<'_> {
        let own = self.texts.get(&past.id).map(|(number, _)| *number);
        self.router.advise(&past.text, &past.facts, own, limit)
    }

    /// Whether a text was given any label.
    pub fn is_decided(&self, question: usize, text: u32) -> bool {
        self.router.labels_of(question, text).next().is_some()
    }

    /// The request that a similar text is.
    pub fn request(&self, text: u32) -> i64 {
        self.requests[text as usize]
    }
}

fn introduce(router: &mut Router, past: &Past) {
    for article in past.article.iter().flat_map(|answer| &answer.wanted) {
        router.introduce(ARTICLE, article, past.article_since);
    }
}

fn example(past: &Past) -> Example<'_> {
    Example {
        text: &past.text,
        facts: &past.facts,
        answers: vec![past.article.clone(), past.tags.clone(), past.assignee.clone()],
    }
}
