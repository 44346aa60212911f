//! What one article learns from its evidence: a pure function of the evidence and the time.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use super::evidence::Evidence;
use crate::clock::DAY;
use crate::search::{Who, term};

/// After so long, evidence weighs half: products change, and so do the words for them.
const HALF_LIFE: i64 = 180 * DAY;
/// Each further phrase of one customer counts half of the one before, so that all together stay below two.
const NEXT_OF_ONE: f64 = 0.5;
/// What the people of one organization add up to at most.
const MOST_OF_ORGANIZATION: f64 = 4.0;
/// What all browsers that never sent anything add up to in a day at most: one customer can pretend to be many of them.
const MOST_OF_STRANGERS: f64 = 5.0;
/// Below this nothing is learned: three browsers that only looked, or one outcome within about a year.
const LEAST: f64 = 0.2;
/// One phrase weighs no more than this, however often it is confirmed.
const MOST_OF_PHRASE: f64 = 3.0;
/// So many phrases of an article are kept in one language, the weightiest.
const MOST_PHRASES: usize = 200;

/// A phrase that an article has learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learned {
    /// Which evidence holds its words.
    pub evidence_id: i64,
    /// 1 for one fresh outcome of one customer.
    pub weight: f64,
}

/// The phrases that one article learns in one language, the weightiest first.
pub fn weigh(evidence: &[Evidence], now: i64) -> Vec<Learned> {
    let mut said = strongest_of_each(evidence, now);
    lessen_the_loud(&mut said);
    hold(&mut said, MOST_OF_ORGANIZATION, |evidence| evidence.organization_id);
    hold(&mut said, MOST_OF_STRANGERS, |evidence| evidence.person_id.is_none().then_some(evidence.at / DAY));
    let mut phrases: HashMap<&str, (f64, Learned)> = HashMap::new();
    for one in &said {
        let of_one = Learned { evidence_id: one.evidence.id, weight: one.weight };
        let (heaviest, phrase) = phrases.entry(&one.form).or_insert((0.0, Learned { weight: 0.0, ..of_one }));
        phrase.weight += one.weight;
        if one.weight > *heaviest {
            (*heaviest, phrase.evidence_id) = (one.weight, one.evidence.id);
        }
    }
    let mut learned: Vec<Learned> = phrases
        .into_values()
        .map(|(_, phrase)| Learned { weight: phrase.weight.min(MOST_OF_PHRASE), ..phrase })
        .filter(|phrase| phrase.weight >= LEAST)
        .collect();
    learned.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.evidence_id.cmp(&b.evidence_id)));
    learned.truncate(MOST_PHRASES);
    learned
}

/// What one customer said in one form of words.
struct Said<'e> {
    form: String,
    who: Who,
    evidence: &'e Evidence,
    weight: f64,
}

/// Saying the same again adds nothing: of each customer and form the strongest evidence counts. The strongest first.
fn strongest_of_each(evidence: &[Evidence], now: i64) -> Vec<Said<'_>> {
    let mut said: Vec<Said> = evidence
        .iter()
        .map(|evidence| {
            let age = (now - evidence.at).max(0) as f64 / HALF_LIFE as f64;
            let weight = evidence.source.weight() * 0.5_f64.powf(age);
            Said { form: term(&evidence.text), who: evidence.who(), evidence, weight }
        })
        .filter(|said| !said.form.is_empty())
        .collect();
    said.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.evidence.id.cmp(&b.evidence.id)));
    let mut seen: HashSet<(Who, String)> = HashSet::new();
    said.retain(|one| seen.insert((one.who.clone(), one.form.clone())));
    said
}

fn lessen_the_loud(said: &mut [Said]) {
    let mut share: HashMap<Who, f64> = HashMap::new();
    for one in said {
        let share = share.entry(one.who.clone()).or_insert(1.0);
        one.weight *= *share;
        *share *= NEXT_OF_ONE;
    }
}

/// Lessens what those of one group said, so that together it weighs `most`.
fn hold<G: Eq + Hash>(said: &mut [Said], most: f64, group: impl Fn(&Evidence) -> Option<G>) {
    let mut totals: HashMap<G, f64> = HashMap::new();
    for one in said.iter() {
        if let Some(group) = group(one.evidence) {
            *totals.entry(group).or_default() += one.weight;
        }
    }
    for one in said {
        let total = group(one.evidence).and_then(|group| totals.get(&group));
        if let Some(total) = total.filter(|total| **total > most) {
            one.weight *= most / total;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::evidence::Source;
    use super::*;

    fn said(id: i64, source: Source, person: i64, text: &str) -> Evidence {
        Evidence {
            id,
            source,
            text: text.to_owned(),
            person_id: Some(person),
            organization_id: None,
            visitor: None,
            at: 0,
        }
    }

    fn weights(evidence: &[Evidence], now: i64) -> Vec<(i64, f64)> {
        weigh(evidence, now).iter().map(|l| (l.evidence_id, (l.weight * 1000.0).round() / 1000.0)).collect()
    }

    #[test]
    fn the_same_words_of_two_customers_are_one_phrase_that_weighs_more() {
        let evidence = [
            said(1, Source::Linked, 1, "Change the invoice name"),
            said(2, Source::Linked, 2, "change the  ＩＮＶＯＩＣＥ name"),
            said(3, Source::Linked, 2, "Change the invoice name"),
        ];
        assert_eq!(weights(&evidence, 0), [(1, 2.0)]);
    }

    #[test]
    fn one_loud_customer_never_weighs_as_much_as_two() {
        let loud: Vec<Evidence> =
            (0..50).map(|n| said(n, Source::Confirmed, 1, &format!("buy cheap things {n}th time"))).collect();
        let total: f64 = weigh(&loud, 0).iter().map(|learned| learned.weight).sum();
        assert!(total < 2.0, "{total}");
    }

    #[test]
    fn one_loud_organization_is_held_to_its_share() {
        let mut loud: Vec<Evidence> =
            (0..50).map(|n| said(n, Source::Linked, n, &format!("buy cheap things {n}th"))).collect();
        loud.iter_mut().take(40).for_each(|evidence| evidence.organization_id = Some(7));
        let learned = weigh(&loud, 0);
        let total: f64 = learned.iter().filter(|l| l.evidence_id < 40).map(|l| l.weight).sum();
        assert!(total <= MOST_OF_ORGANIZATION + 1e-9, "{total}");
        assert_eq!(learned.iter().filter(|l| l.evidence_id >= 40 && l.weight == 1.0).count(), 10);
    }

    #[test]
    fn one_customer_with_many_browsers_is_held_to_what_a_day_may_bring() {
        let strange = |n: i64, day: i64| Evidence {
            person_id: None,
            visitor: Some(format!("browser {n}")),
            at: day * DAY,
            ..said(n, Source::Confirmed, 0, "buy cheap things")
        };
        let total = |evidence: &[Evidence]| evidence.len() as f64 * Source::Confirmed.weight();
        let scattered: Vec<Evidence> = (0..3).map(|n| strange(n, 0)).collect();
        assert_eq!(weights(&scattered, 0), [(0, (1000.0 * total(&scattered)).round() / 1000.0)]);
        let every_way: Vec<Evidence> =
            (0..500).map(|n| Evidence { text: format!("buy cheap things {n}th"), ..strange(n, 0) }).collect();
        assert_eq!(weights(&every_way, 0), [], "each of them says too little");
        let other_day = [strange(1_000, 1)];
        let both: Vec<Evidence> = every_way.into_iter().chain(other_day).collect();
        assert_eq!(weights(&both, DAY), [(1_000, 0.8)], "the day after is another");
    }

    #[test]
    fn clicks_alone_count_little_and_outcomes_fade() {
        let click = |n| said(n, Source::Opened, n, "invoice name");
        assert_eq!(weights(&[click(1), click(2)], 0), []);
        assert_eq!(weights(&[click(1), click(2), click(3)], 0), [(1, 0.24)]);
        let outcome = [said(1, Source::Linked, 1, "invoice name")];
        assert_eq!(weights(&outcome, HALF_LIFE), [(1, 0.5)]);
        assert_eq!(weights(&outcome, 3 * HALF_LIFE), []);
    }

    #[test]
    fn an_article_keeps_its_weightiest_phrases_alone() {
        let many: Vec<Evidence> = (0..500)
            .map(|n| Evidence {
                at: n * DAY / 10,
                ..said(n, Source::Linked, n, &format!("phrase number {n}"))
            })
            .collect();
        let learned = weigh(&many, 50 * DAY);
        assert_eq!((learned.len(), learned[0].evidence_id), (MOST_PHRASES, 499));
    }

    #[test]
    fn what_says_nothing_teaches_nothing() {
        assert_eq!(
            weights(&[said(1, Source::Linked, 1, ""), said(2, Source::Linked, 2, "09012345678")], 0),
            []
        );
    }
}
