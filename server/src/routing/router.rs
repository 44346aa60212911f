//! Learns from earlier texts, and what was decided about them, where the next one belongs.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::alike::Alike;
use super::features::Counts;
use super::head::{Answer, Asked, Guess, Head, LOOKED_AT, Seen, scattered};
use super::linear::Shape;
use super::neighbours::Neighbours;
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
        let had_a_topic = self.topics().any(|head| head.labels_of(text).next().is_some());
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
                let told = self.topics().filter_map(|head| head.share_a_label(text, *other));
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
        self.heads[question].labels_of(text)
    }

    /// How many labels a question has.
    pub fn labels(&self, question: usize) -> usize {
        self.heads[question].labels()
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
    similar.retain(|(text, _)| head.count(*text, &mut taken, OF_ONE_LABEL));
    similar.truncate(limit);
    similar
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

    fn router<'t>(examples: impl IntoIterator<Item = (&'t str, &'t str)>) -> Router {
        let examples: Vec<_> =
            examples.into_iter().map(|(text, label)| Example::labelled(text, label)).collect();
        let mut router = Router::new(&[Shape::One], 1, 0.95);
        router.learn_all(&examples);
        router
    }

    fn first<'a>(router: &'a Router, text: &str) -> &'a str {
        router.advise(text, &[], None, 3).labels[0][0].label
    }

    #[test]
    fn requests_in_other_words_are_sent_where_the_earlier_ones_went() {
        let router = router(EXAMPLES);
        assert_eq!(first(&router, "my cards did not arive"), "card");
        assert_eq!(first(&router, "forgotten passwords"), "password");
        assert_eq!(first(&router, "請求書の名前を変えたいです"), "billing");
        let advice = router.advise("I forgot my password", &[], None, 2);
        assert_eq!(advice.similar[0].0, 3);
        assert!(router.labels_of(0, 3).eq(["password"]));
        let sum: f32 =
            router.advise("card", &[], None, 10).labels[0].iter().map(|guess| guess.confidence).sum();
        assert!((sum - 1.0).abs() < 1e-3, "{sum}");
    }

    #[test]
    fn a_new_label_is_learned_at_once() {
        let mut router = router(EXAMPLES);
        router.learn(&Example::labelled("The card was charged twice", "refund"));
        assert_eq!(first(&router, "my card was charged twice"), "refund");
        assert_eq!(router.labels(0), 4);
        assert_eq!(first(&router, "My card has not arrived yet"), "card");
    }

    #[test]
    fn a_correction_is_learned_at_once() {
        let mut router = router(EXAMPLES);
        assert_eq!(first(&router, "Was my card sent to the wrong address?"), "card");
        router.correct(2, &Example::labelled(EXAMPLES[2].0, "address"));
        assert_eq!(first(&router, "Was my card sent to the wrong address?"), "address");
        assert_eq!(first(&router, "When will the new card come"), "card");
    }

    #[test]
    fn a_text_says_nothing_about_itself_and_nothing_once_it_is_forgotten() {
        let mut router = router(EXAMPLES);
        let advice = router.advise(EXAMPLES[3].0, &[], Some(3), 9);
        assert!(advice.similar.iter().all(|(text, _)| *text != 3));
        router.forget(3);
        let advice = router.advise(EXAMPLES[3].0, &[], None, 9);
        assert!(advice.similar.iter().all(|(text, _)| *text != 3));
        assert_eq!(router.labels_of(0, 3).count(), 0);
    }

    #[test]
    fn several_labels_fit_and_what_nobody_decided_counts_for_nothing() {
        let both = |text, tags: &[&str], who: Option<&str>| Example {
            text,
            facts: &[],
            answers: vec![
                (!tags.is_empty()).then(|| Answer {
                    wanted: tags.iter().map(|tag| (*tag).to_owned()).collect(),
                    ..Answer::default()
                }),
                who.map(Answer::one),
            ],
        };
        let mut router = Router::new(&[Shape::Many, Shape::One], 1, 0.9);
        router.learn_all(&[
            both("The invoice names the wrong company", &["billing", "name"], Some("midori")),
            both("Our company name on the invoice", &["billing", "name"], Some("midori")),
            both("The invoice was paid twice", &["billing"], None),
            both("Pay the invoice by card", &["billing"], None),
            both("The certificate of the domain", &["platform"], Some("sora")),
            both("Our domain behind a proxy", &["platform"], Some("sora")),
        ]);
        let advice = router.advise("wrong company name on the invoice", &[], None, 3);
        let likely: Vec<&str> =
            advice.labels[0].iter().filter(|guess| guess.confidence > 0.5).map(|guess| guess.label).collect();
        assert_eq!((likely, advice.labels[1][0].label), (vec!["billing", "name"], "midori"));
        assert_eq!(router.labels_of(1, 2).count(), 0);
    }

    #[test]
    fn texts_from_before_a_label_was_there_do_not_speak_against_it() {
        let decided = |wanted: &[&str], at| {
            let wanted = wanted.iter().map(|label| (*label).to_owned()).collect();
            vec![Some(Answer { wanted, at: Some(at), ..Answer::default() })]
        };
        let confidence = |since| {
            let mut router = Router::new(&[Shape::Many], 1, 0.9);
            router.introduce(0, "invoice-name", since);
            let mut examples: Vec<Example> = (0..8)
                .map(|at| Example {
                    text: "The invoice has a wrong name",
                    facts: &[],
                    answers: decided(&[], at),
                })
                .collect();
            let answers = decided(&["invoice-name"], 20);
            examples.push(Example { text: "The name on the invoice is wrong", facts: &[], answers });
            router.learn_all(&examples);
            router.advise("the invoice has the wrong name", &[], None, 1).labels[0][0].confidence
        };
        let (known, new) = (confidence(None), confidence(Some(10)));
        assert!(new > 0.5 && known < 0.4, "{new} {known}");
    }

    #[test]
    fn nothing_is_thought_of_a_text_of_unknown_words() {
        let nothing = Advice { labels: vec![Vec::new()], ..Advice::default() };
        assert_eq!(router(EXAMPLES).advise("🙂", &[], None, 3), nothing);
        assert_eq!(router([]).advise("password", &[], None, 3), nothing);
        let few = router(EXAMPLES);
        assert!(
            !few.advise("password", &[], None, 3).labels[0][0].sure,
            "nine texts are too few to be sure by"
        );
    }

    #[test]
    fn guesses_are_offered_when_many_like_them_were_right() {
        let many: Vec<(String, &str)> = (0..400)
            .map(|n| match n % 2 {
                0 => (format!("The invoice {n} is wrong"), "billing"),
                _ => (format!("Delivery {n} is late"), "delivery"),
            })
            .collect();
        let router = router(many.iter().map(|(text, label)| (text.as_str(), *label)));
        let advice = router.advise("The invoice is wrong", &[], None, 2);
        let best = &advice.labels[0][0];
        assert!(best.sure && best.label == "billing" && best.chance > 0.9);
        assert!(!router.advise("is it", &[], None, 2).labels[0][0].sure);
    }

    #[test]
    fn nothing_is_offered_for_words_that_nobody_used_before() {
        let kind = |kind: &str| [format!("kind {kind}")];
        let (problem, question) = (kind("problem"), kind("question"));
        let many: Vec<(String, &[String], &str, &str)> = (0..200)
            .map(|n| match n % 2 {
                0 => (format!("My invoice is wrong, item {n}"), &problem[..], "billing", "midori"),
                _ => (format!("The delivery of parcel {n} is late"), &question[..], "delivery", "sora"),
            })
            .collect();
        let answers = |tag: &str, who: &str| vec![Some(Answer::one(tag)), Some(Answer::one(who))];
        let example = |(text, facts, tag, who): &'_ (String, &'_ [String], &str, &str)| {
            (text.clone(), facts.to_vec(), answers(tag, who))
        };
        let owned: Vec<_> = many.iter().map(example).collect();
        let examples: Vec<Example> = owned
            .iter()
            .map(|(text, facts, answers)| Example { text, facts, answers: answers.clone() })
            .collect();
        let mut router = Router::new(&[Shape::Many, Shape::One], 1, 0.85);
        router.learn_all(&examples);
        let sure = |text: &str, question: usize| {
            let advice = router.advise(text, &problem, None, 5);
            advice.labels[question].iter().any(|guess| guess.sure)
        };
        assert!(sure("My invoice is wrong, item 7", 0));
        for nonsense in ["asdf qwer zxcv", "My dog is sick, it ate my shoes", "ねこが好きです"] {
            assert!(!sure(nonsense, 0), "{nonsense}");
            let advice = router.advise(nonsense, &problem, None, 5);
            let similar = advice.similar.iter().filter(|(_, s)| *s >= advice.least_similar).count();
            assert_eq!(similar, 0, "{nonsense}: {advice:?}");
        }
        let advice = router.advise("asdf qwer zxcv", &problem, None, 5);
        let who = &advice.labels[1][0];
        assert!(who.label == "midori" && who.confidence > 0.9, "all problems are hers: {who:?}");
    }

    #[test]
    fn one_loud_customer_does_not_outweigh_two_others() {
        let said = |who: i64, label: &str| vec![Some(Answer { who: Some(who), ..Answer::one(label) })];
        let mut examples: Vec<Example> = Vec::new();
        for n in 0..12 {
            let text = ["zorble hums", "the zorble", "zorble again"][n % 3];
            examples.push(Example { text, facts: &[], answers: said(1, "loud") });
        }
        for who in [2, 3] {
            examples.push(Example { text: "the zorble hums", facts: &[], answers: said(who, "others") });
        }
        let mut router = Router::new(&[Shape::Many], 1, 0.85);
        router.learn_all(&examples);
        assert_eq!(first(&router, "my zorble hums"), "others");
    }
}
