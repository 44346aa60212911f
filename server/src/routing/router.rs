//! Learns from earlier texts and their labels where the next one belongs.

use std::collections::HashMap;

use super::features::Counts;
use super::linear::Linear;
use super::neighbours::Neighbours;
use super::track::Track;
use super::vectors::{Space, Vector};

/// How often many examples at once are gone through.
const PASSES: usize = 8;
/// A single example is stressed: what somebody just corrected is to be right the next time.
const STEPS: usize = 3;
/// One in so many examples, but no more than `MOST_WATCHED`, is guessed before it is learned.
const WATCHED_PART: usize = 5;
const MOST_WATCHED: usize = 1_000;
/// So many earlier texts have a say beside the linear model, and how much it counts beside the model's 1.
const VOTERS: usize = 20;
const VOTES: f32 = 0.5;
/// Similarity to this power: the nearest speak loudest.
const NEARNESS: i32 = 5;
/// Among so many of the most similar texts, those come first whose label is likely too: by so much similarity for a
/// certain one.
const LOOKED_AT: usize = 50;
const LEANING: f32 = 0.3;
/// No more than this of one label: another of the same kind says nothing new.
const OF_ONE_LABEL: usize = 2;

/// What is known of one language's texts and labels.
#[derive(Clone, Debug, Default)]
pub struct Router {
    space: Space,
    linear: Linear,
    neighbours: Neighbours,
    labels: Vec<String>,
    numbers: HashMap<String, u32>,
    /// The label of each text, by the text's number.
    labelled: Vec<u32>,
    track: Track,
}

/// A label that may fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Guess<'a> {
    pub label: &'a str,
    /// 0 to 1; all labels together make 1.
    pub confidence: f32,
}

/// What is thought of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Advice<'a> {
    /// The likeliest labels, best first.
    pub labels: Vec<Guess<'a>>,
    /// The most similar texts (numbered from 0 in the order they were learned) and how similar they are, 0 to 1;
    /// those come first that are similar and have a likely label, a few of each label.
    pub similar: Vec<(u32, f32)>,
    /// Whether guesses as confident as the first one have been right often enough to be offered.
    pub sure: bool,
}

impl Router {
    /// Learns many labelled texts at once; they are numbered in their order.
    pub fn of<'t>(examples: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let mut router = Self::default();
        let examples: Vec<(Counts, u32)> =
            examples.into_iter().map(|(text, label)| (Counts::of(text), router.number(label))).collect();
        for (counts, label) in &examples {
            router.space.see(counts);
            router.labelled.push(*label);
        }
        let vectors: Vec<Vector> = examples.iter().map(|(counts, _)| router.space.vector(counts)).collect();
        let order = scattered(vectors.len());
        // The last part is guessed before it is learned: that tells how sure one may be of what is new.
        let (first, unseen) = order.split_at(order.len() - (order.len() / WATCHED_PART).min(MOST_WATCHED));
        let learn = |linear: &mut Linear, part: &[usize]| {
            (0..PASSES).flat_map(|_| part).for_each(|&at| linear.learn(&vectors[at], examples[at].1));
        };
        learn(&mut router.linear, first);
        let mut known = Neighbours::default();
        first.iter().for_each(|&at| known.add(&vectors[at]));
        for &at in unseen {
            let similar = known.nearest(&vectors[at], VOTERS);
            let votes = similar.iter().map(|(text, s)| (examples[first[*text as usize]].1, *s));
            let (confidence, guessed) = best(router.confidences(&vectors[at], votes));
            router.track.note(confidence, guessed == Some(examples[at].1));
        }
        router.track.settle();
        // Once more from the beginning: what was learned last would weigh most.
        router.linear = Linear::default();
        learn(&mut router.linear, &order);
        vectors.iter().for_each(|vector| router.neighbours.add(vector));
        router
    }

    /// Learns one labelled text, at once.
    pub fn learn(&mut self, text: &str, label: &str) {
        let counts = Counts::of(text);
        let label = self.number(label);
        self.space.see(&counts);
        let vector = self.space.vector(&counts);
        let (confidence, guessed) = best(self.all_confidences(&vector, VOTERS).1);
        self.track.note(confidence, guessed == Some(label));
        self.track.settle();
        for _ in 0..STEPS {
            self.linear.learn(&vector, label);
        }
        self.neighbours.add(&vector);
        self.labelled.push(label);
    }

    /// What is thought of a text: at most `limit` labels and as many similar texts.
    pub fn advise(&self, text: &str, limit: usize) -> Advice<'_> {
        let vector = self.space.vector(&Counts::of(text));
        if vector.is_empty() {
            return Advice::default();
        }
        let (similar, confidences) = self.all_confidences(&vector, limit.max(LOOKED_AT));
        let mut order: Vec<usize> = (0..confidences.len()).collect();
        order.sort_by(|a, b| confidences[*b].total_cmp(&confidences[*a]));
        order.truncate(limit);
        let guess = |n: usize| Guess { label: &self.labels[n], confidence: confidences[n] };
        let labels: Vec<Guess> = order.into_iter().map(guess).collect();
        let sure = labels.first().is_some_and(|first| self.track.is_enough(first.confidence));
        Advice { labels, similar: self.varied(similar, &confidences, limit), sure }
    }

    /// The most telling of these similar texts.
    fn varied(&self, mut similar: Vec<(u32, f32)>, confidences: &[f32], limit: usize) -> Vec<(u32, f32)> {
        let label = |text: u32| self.labelled[text as usize] as usize;
        let leaning = |(text, s): &(u32, f32)| s + LEANING * confidences[label(*text)];
        similar.sort_by(|a, b| leaning(b).total_cmp(&leaning(a)));
        let mut taken = vec![0; self.labels.len()];
        similar.retain(|(text, _)| {
            taken[label(*text)] += 1;
            taken[label(*text)] <= OF_ONE_LABEL
        });
        similar.truncate(limit);
        similar
    }

    /// The label that a learned text was given.
    pub fn label_of(&self, text: u32) -> &str {
        &self.labels[self.labelled[text as usize] as usize]
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        self.labels.len()
    }

    fn number(&mut self, label: &str) -> u32 {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = self.labels.len() as u32;
        self.labels.push(label.to_owned());
        self.numbers.insert(label.to_owned(), number);
        number
    }

    /// The most similar texts, and the confidence in each label by its number.
    fn all_confidences(&self, vector: &Vector, limit: usize) -> (Vec<(u32, f32)>, Vec<f32>) {
        let similar = self.neighbours.nearest(vector, limit.max(VOTERS));
        let votes = similar.iter().take(VOTERS).map(|(text, s)| (self.labelled[*text as usize], *s));
        let confidences = self.confidences(vector, votes);
        (similar, confidences)
    }

    /// Mixes the linear model's probabilities with the votes of similar texts (label and similarity).
    fn confidences(&self, vector: &Vector, votes: impl Iterator<Item = (u32, f32)>) -> Vec<f32> {
        let mut confidences = self.linear.probabilities(vector);
        confidences.resize(self.labels.len(), 0.0);
        let votes: Vec<(u32, f32)> = votes.map(|(label, s)| (label, s.powi(NEARNESS))).collect();
        let all: f32 = votes.iter().map(|(_, vote)| vote).sum();
        if all > 0.0 {
            for (label, vote) in votes {
                confidences[label as usize] += VOTES * vote / all;
            }
            confidences.iter_mut().for_each(|confidence| *confidence /= 1.0 + VOTES);
        }
        confidences
    }
}

/// The highest confidence and whose it is.
fn best(confidences: Vec<f32>) -> (f32, Option<u32>) {
    let best = (0..).zip(confidences).max_by(|a: &(u32, f32), b| a.1.total_cmp(&b.1));
    best.map_or((0.0, None), |(label, confidence)| (confidence, Some(label)))
}

/// The numbers below `len`, each once, in an order in which neighbours are far from each other: examples of one label
/// often stand together, and would be forgotten in favour of the last ones.
fn scattered(len: usize) -> Vec<usize> {
    let divides_both = |step: usize| (2..=step).any(|d| step.is_multiple_of(d) && len.is_multiple_of(d));
    let golden = (len as f64 * 0.618) as usize;
    let step = (golden.max(1)..=len).find(|step| !divides_both(*step)).unwrap_or(1);
    (0..len).map(|n| n * step % len).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLES: [(&str, &str); 9] = [
        ("My card has not arrived yet", "card"),
        ("When will my new card come?", "card"),
        ("The card was sent to the wrong address", "card"),
        ("I forgot my password", "password"),
        ("How do I reset the password?", "password"),
        ("The password is not accepted", "password"),
        ("請求書の宛名を変更したい", "billing"),
        ("領収書はどこで発行できますか", "billing"),
        ("請求書が届かない", "billing"),
    ];

    fn first<'a>(router: &'a Router, text: &str) -> &'a str {
        router.advise(text, 3).labels[0].label
    }

    #[test]
    fn requests_in_other_words_are_sent_where_the_earlier_ones_went() {
        let router = Router::of(EXAMPLES);
        assert_eq!(first(&router, "my cards did not arive"), "card");
        assert_eq!(first(&router, "forgotten passwords"), "password");
        assert_eq!(first(&router, "請求書の名前を変えたいです"), "billing");
        let advice = router.advise("I forgot my password", 2);
        assert_eq!(advice.similar[0].0, 3);
        assert_eq!(router.label_of(3), "password");
        let sum: f32 = router.advise("card", 10).labels.iter().map(|guess| guess.confidence).sum();
        assert!((sum - 1.0).abs() < 1e-3, "{sum}");
    }

    #[test]
    fn a_correction_is_learned_at_once_and_a_new_label_too() {
        let mut router = Router::of(EXAMPLES);
        router.learn("The card was charged twice", "refund");
        assert_eq!(first(&router, "my card was charged twice"), "refund");
        assert_eq!(router.labels(), 4);
        assert_eq!(first(&router, "My card has not arrived yet"), "card");
    }

    #[test]
    fn nothing_is_thought_of_a_text_of_unknown_words() {
        let router = Router::of(EXAMPLES);
        assert_eq!(router.advise("🙂", 3), Advice::default());
        assert_eq!(Router::default().advise("password", 3), Advice::default());
        assert!(!router.advise("password", 3).sure, "nine texts are too few to be sure by");
    }

    #[test]
    fn guesses_are_offered_when_many_like_them_were_right() {
        let many: Vec<(String, &str)> = (0..400)
            .map(|n| match n % 2 {
                0 => (format!("The invoice {n} is wrong"), "billing"),
                _ => (format!("Delivery {n} is late"), "delivery"),
            })
            .collect();
        let router = Router::of(many.iter().map(|(text, label)| (text.as_str(), *label)));
        let advice = router.advise("The invoice is wrong", 2);
        assert!(advice.sure && advice.labels[0].label == "billing");
        assert!(!router.advise("is it", 2).sure);
    }

    #[test]
    fn scattering_takes_each_number_once() {
        for len in [0, 1, 2, 3, 10, 12, 77, 100] {
            let mut order = scattered(len);
            order.sort_unstable();
            assert_eq!(order, (0..len).collect::<Vec<_>>());
        }
    }
}
