//! What search remembers: from the phrases of all articles, how likely each article is what a new query asks for.
//!
//! Words alone say little once an article has a hundred phrases: everything is in everything. So the phrases of each
//! article are held against those of all others, by a model, and the nearest phrases vote. Both parts are those
//! of [`crate::routing`]. An article whose nearest phrase is far from the query is no more likely for it.

use std::collections::HashMap;

use app::i18n::Locale;

use crate::routing::{Counts, Model, Neighbours, Shape, Space, Truth, Vector};

/// How often a phrase of full weight is gone through; one of half the weight half as often.
const PASSES: usize = 8;
/// So many of the nearest phrases vote, by similarity to this power.
const VOTERS: usize = 20;
const NEARNESS: i32 = 5;
/// What the model says is multiplied by each article's share of the votes to this power; a share is never less than that.
const VOTES: f32 = 0.5;
const DOUBT: f32 = 0.02;
/// Articles without a phrase among so many nearest ones are not asked for.
const LOOKED_AT: usize = 200;
/// From this similarity of its nearest phrase on, a likely article is believed in full.
const NEAR: f32 = 0.45;
/// Where its phrases have one in so many of the telling words of a query, an article is believed in full, as far as the
/// others are known from elsewhere: who says things differently is asking for it all the same.
const FULLY: f32 = 2.0;
/// An article with so many phrases is believed half: a few may agree by chance, and say little of what else it is for.
const HALF_BELIEVED: f32 = 20.0;
/// Less likely articles are left as they are.
const LEAST: f32 = 0.005;

/// One phrase that an article is asked for by.
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub article_id: i64,
    pub text: String,
    /// 1 for one fresh outcome of one customer.
    pub weight: f32,
    /// Takes part, so that an article without phrases does not lose for being silent, and proves nothing.
    pub is_title: bool,
}

/// What is remembered in one language.
#[derive(Clone, Debug, Default)]
pub struct Recall {
    space: Space,
    model: Model,
    neighbours: Neighbours,
    /// The article of each label.
    articles: Vec<i64>,
    /// The label and weight of each phrase.
    phrases: Vec<(u32, f32)>,
    /// By label: how far an article is believed, 0 to 1.
    trust: Vec<f32>,
}

impl Recall {
    /// Remembers these phrases and nothing else. The same phrases in the same order always make the same memory.
    pub fn of(phrases: &[Phrase]) -> Self {
        let mut recall = Self::default();
        let mut numbers: HashMap<i64, u32> = HashMap::new();
        let counts: Vec<Counts> = phrases.iter().map(|phrase| Counts::of(&phrase.text, &[])).collect();
        counts.iter().for_each(|counts| recall.space.see(counts));
        let vectors: Vec<Vector> = counts.iter().map(|counts| recall.space.vector(counts)).collect();
        for (phrase, vector) in phrases.iter().zip(&vectors) {
            let label = *numbers.entry(phrase.article_id).or_insert_with(|| {
                recall.articles.push(phrase.article_id);
                recall.articles.len() as u32 - 1
            });
            recall.phrases.push((label, phrase.weight));
            recall.trust.resize(recall.articles.len(), 0.0);
            recall.trust[label as usize] += if phrase.is_title { 0.0 } else { phrase.weight };
            recall.neighbours.add(vector);
        }
        recall.trust.iter_mut().for_each(|evidence| *evidence /= *evidence + HALF_BELIEVED);
        let labels = recall.articles.len() as u32;
        recall.model = Model::new(Shape::One, vectors.iter());
        let order = crate::routing::scattered(phrases.len());
        for pass in 0..PASSES {
            for &at in &order {
                let (label, weight) = recall.phrases[at];
                if takes_part(weight, pass) {
                    let truth = Truth { labels, wanted: &[label], unknown: |_| false };
                    recall.model.learn(&vectors[at], &truth);
                }
            }
        }
        recall
    }

    /// The articles that a text may ask for with how strongly that is believed, 0 to 1; in no order. Grows with the root
    /// of how likely each is, so that the second likeliest is not lost; and with how much of the text was said before, of
    /// any article and of this one: the few known words of another question must not speak for the rest.
    pub fn beliefs(&self, text: &str) -> Vec<(i64, f32)> {
        let counts = Counts::of(text, &[]);
        let vector = self.space.vector(&counts);
        let said = self.said(&counts);
        let nearest = self.neighbours.nearest(&vector, LOOKED_AT);
        if nearest.is_empty() {
            return Vec::new();
        }
        let mut chances = self.model.probabilities(&vector);
        chances.resize(self.articles.len(), 0.0);
        let voters = || {
            nearest.iter().take(VOTERS).map(|(phrase, similarity)| {
                let (label, weight) = self.phrases[*phrase as usize];
                (label as usize, weight * similarity.powi(NEARNESS))
            })
        };
        let all = voters().map(|(_, vote)| vote).sum::<f32>().max(f32::MIN_POSITIVE);
        let mut shares = vec![0.0_f32; self.articles.len()];
        voters().for_each(|(label, vote)| shares[label] += vote / all);
        for (chance, share) in chances.iter_mut().zip(shares) {
            *chance *= share.max(DOUBT).powf(VOTES);
        }
        let sum = chances.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        let mut closest = vec![0.0_f32; self.articles.len()];
        for (phrase, similarity) in nearest {
            let closest = &mut closest[self.phrases[phrase as usize].0 as usize];
            *closest = closest.max(similarity);
        }
        let mut beliefs = Vec::new();
        for (label, (chance, closest)) in chances.into_iter().zip(closest).enumerate() {
            let chance = chance / sum * (closest / NEAR).min(1.0);
            if chance >= LEAST && self.trust[label] > 0.0 {
                beliefs.push((self.articles[label], said[label] * chance.sqrt() * self.trust[label]));
            }
        }
        beliefs
    }

    /// By label: how far the telling words of a text, by how rare each is, were said before; 0 to 1.
    fn said(&self, counts: &Counts) -> Vec<f32> {
        let mut said = vec![0.0; self.articles.len()];
        let (mut known, mut all) = (0.0, f32::MIN_POSITIVE);
        for (rarity, feature) in self.space.telling(counts) {
            all += rarity;
            known += if feature.is_some() { rarity } else { 0.0 };
            let labels = feature.into_iter().flat_map(|feature| self.neighbours.having(feature));
            let mut labels: Vec<u32> = labels.map(|phrase| self.phrases[phrase as usize].0).collect();
            labels.sort_unstable();
            labels.dedup();
            labels.into_iter().for_each(|label| said[label as usize] += rarity);
        }
        said.iter_mut().for_each(|said| *said = known.min(FULLY * *said) / all);
        said
    }
}

/// Whether a phrase of this weight is gone through in that pass: spread evenly, and at least once.
fn takes_part(weight: f32, pass: usize) -> bool {
    let until = |pass: usize| (weight.min(1.0) * pass as f32).ceil() as usize;
    until(pass + 1) > until(pass)
}

/// What is remembered in each language; nothing where no article has a phrase.
#[derive(Clone, Debug, Default)]
pub struct Memory([Option<Recall>; Locale::ALL.len()]);

impl Memory {
    /// Remembers the phrases of each language, in the order of [`Locale::ALL`].
    pub fn of(phrases: [Vec<Phrase>; Locale::ALL.len()]) -> Self {
        Self(phrases.map(|all| Some(all).filter(|all| !all.is_empty()).map(|all| Recall::of(&all))))
    }

    /// Whether nothing is remembered in this language.
    pub fn is_empty(&self, locale: Locale) -> bool {
        self.0[locale as usize].is_none()
    }

    /// The articles that a text in this language may ask for; see [`Recall::beliefs`].
    pub fn beliefs(&self, locale: Locale, text: &str) -> Vec<(i64, f32)> {
        self.0[locale as usize].as_ref().map(|recall| recall.beliefs(text)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(article_id: i64, text: &str, weight: f32) -> Phrase {
        Phrase { article_id, text: text.to_owned(), weight, is_title: false }
    }

    fn first(recall: &Recall, text: &str) -> Option<i64> {
        let beliefs = recall.beliefs(text);
        beliefs.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|best| best.0)
    }

    #[test]
    fn an_article_is_likely_for_what_is_said_as_its_phrases_are() {
        let recall = Recall::of(&[
            phrase(1, "my card never came", 1.0),
            phrase(1, "still waiting for the card", 1.0),
            phrase(2, "the card was swallowed by the machine", 1.0),
            phrase(2, "カードが戻ってこない", 1.0),
        ]);
        assert_eq!(first(&recall, "waiting for my card to come"), Some(1));
        assert_eq!(first(&recall, "the machine swallowed it"), Some(2));
        assert_eq!(first(&recall, "戻ってこないカード"), Some(2));
        assert_eq!(recall.beliefs("🙂"), []);
        assert_eq!(Recall::default().beliefs("card"), []);
    }

    #[test]
    fn an_article_is_believed_the_more_the_more_phrases_it_has() {
        let title = |article_id, text: &str| Phrase { is_title: true, ..phrase(article_id, text, 1.0) };
        let belief = |phrases: &[Phrase], text: &str| {
            let beliefs = Recall::of(phrases).beliefs(text);
            beliefs.iter().find(|belief| belief.0 == 1).map_or(0.0, |belief| belief.1)
        };
        let mut phrases = vec![title(1, "Billing address"), title(2, "Printers")];
        assert!(belief(&phrases, "billing address") == 0.0, "titles alone prove nothing");
        phrases.push(phrase(1, "change the name on the invoice", 1.0));
        let one = belief(&phrases, "change the name on the invoice");
        assert!(one > 0.0 && one < 0.1, "{one}");
        assert!(belief(&phrases, "printer fire") < one / 2.0);
        phrases.extend((0..60).map(|n| phrase(1, &format!("other name on invoice {n}"), 1.0)));
        assert!(belief(&phrases, "change the name on the invoice") > 0.6);
    }

    #[test]
    fn a_few_words_in_common_do_not_speak_for_what_others_are_asked_by() {
        let of = |article_id, text: &str| {
            (0..30).map(|n| phrase(article_id, &format!("{text} {n}"), 1.0)).collect::<Vec<_>>()
        };
        let phrases =
            [of(1, "how do I close my account"), of(2, "the ticket is still open after weeks")].concat();
        let recall = Recall::of(&phrases);
        let belief = |text: &str| {
            recall.beliefs(text).into_iter().find(|belief| belief.0 == 1).map_or(0.0, |belief| belief.1)
        };
        let whole = belief("close my account");
        assert!(whole > 0.5, "{whole}");
        // Each word is known, but of this article one in four.
        let part = belief("close the open ticket, weeks old");
        assert!(part < 0.6 * belief("close my old account"), "{part}");
    }

    #[test]
    fn of_two_articles_with_the_same_phrase_the_weightier_comes_first() {
        let recall = Recall::of(&[phrase(1, "refund", 0.25), phrase(2, "refund", 2.0)]);
        assert_eq!(first(&recall, "refund"), Some(2));
    }

    #[test]
    fn a_light_phrase_takes_part_less_often_but_never_not_at_all() {
        let passes = |weight: f32| (0..PASSES).filter(|pass| takes_part(weight, *pass)).count();
        assert_eq!([3.0, 1.0, 0.5, 0.25, 0.01].map(passes), [8, 8, 4, 2, 1]);
    }
}
