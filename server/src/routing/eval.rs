//! Evaluation of routing on labelled texts that were not learned.

use std::time::{Duration, Instant};

use super::examples::Examples;
use super::model::Shape;
use super::router::{Example as Labelled, Router};
use super::track::threshold;

/// How many labels and similar texts are asked for.
const ASKED: usize = 10;
/// Of those, so many similar ones are shown.
const SHOWN: usize = 5;
/// So many of the guesses that are offered shall be right.
const PRECISION: f32 = 0.95;

/// What the evaluation found; shares are from 0 to 1.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct RoutingReport {
    pub learned: usize,
    pub asked: usize,
    pub labels: usize,
    /// The likeliest label was right; the right one was among the three likeliest.
    pub accuracy: f64,
    pub top_3: f64,
    /// Among the first so many most similar earlier texts is one with the right label.
    pub neighbours_hit_at_1: f64,
    pub neighbours_hit_at_3: f64,
    pub neighbours_hit_at_5: f64,
    /// The share of texts for which similar ones would have been shown, and for how many of those one of them, five at
    /// most, has the right label.
    pub similar_shown: f64,
    pub similar_right: f64,
    /// The share of texts that could be routed with 95 % of them right, had the line been drawn knowing the answers.
    pub coverage_at_95: f64,
    /// The share for which a guess would have been offered, and how many of those guesses were right.
    pub offered: f64,
    pub offered_right: f64,
    /// Milliseconds for one text.
    pub ms_p50: f64,
    pub ms_p99: f64,
    pub learning_seconds: f64,
}

/// Learns the one and asks for the other. `now` measures.
pub fn evaluate(train: &Examples, test: &Examples, now: impl Fn() -> Instant) -> RoutingReport {
    let started = now();
    let examples: Vec<Labelled> =
        train.pairs().map(|(text, label)| Labelled::labelled(text, label)).collect();
    let mut router = Router::new(&[Shape::One], 1, PRECISION);
    router.learn_all(&examples);
    let learning = now() - started;
    let mut report = RoutingReport {
        learned: train.len(),
        asked: test.len(),
        labels: router.labels(0),
        learning_seconds: learning.as_secs_f64(),
        ..RoutingReport::default()
    };
    let mut times = Vec::new();
    let mut guesses = Vec::new();
    let mut offered_right = 0.0;
    let mut similar_right = 0.0;
    for (text, label) in test.pairs() {
        let started = now();
        let advice = router.advise(text, &[], None, ASKED);
        times.push(now() - started);
        let likeliest = &advice.labels[0];
        let sure = likeliest.first().is_some_and(|guess| guess.sure);
        let within = |k: usize| likeliest.iter().take(k).any(|guess| guess.label == label);
        let belongs = |text: u32| router.labels_of(0, text).any(|other| other == label);
        let near = |k: usize| advice.similar.iter().take(k).any(|(text, _)| belongs(*text));
        report.accuracy += share(within(1));
        report.top_3 += share(within(3));
        report.neighbours_hit_at_1 += share(near(1));
        report.neighbours_hit_at_3 += share(near(3));
        report.neighbours_hit_at_5 += share(near(5));
        let mut similar =
            advice.similar.iter().filter(|(_, s)| *s >= advice.least_similar).take(SHOWN).peekable();
        report.similar_shown += share(similar.peek().is_some());
        similar_right += share(similar.any(|(text, _)| belongs(*text)));
        report.offered += share(sure);
        offered_right += share(sure && within(1));
        guesses.push((likeliest.first().map_or(0.0, |guess| guess.confidence), within(1)));
    }
    report.offered_right = if report.offered > 0.0 { offered_right / report.offered } else { 0.0 };
    report.similar_right =
        if report.similar_shown > 0.0 { similar_right / report.similar_shown } else { 0.0 };
    if let Some(enough) = threshold(guesses.iter().copied(), PRECISION) {
        report.coverage_at_95 = guesses.iter().filter(|(confidence, _)| *confidence >= enough).count() as f64;
    }
    let asked = test.len().max(1) as f64;
    for value in [
        &mut report.accuracy,
        &mut report.top_3,
        &mut report.neighbours_hit_at_1,
        &mut report.neighbours_hit_at_3,
        &mut report.neighbours_hit_at_5,
        &mut report.similar_shown,
        &mut report.coverage_at_95,
        &mut report.offered,
    ] {
        *value /= asked;
    }
    times.sort_unstable();
    (report.ms_p50, report.ms_p99) = (at(&times, 0.5), at(&times, 0.99));
    report
}

fn share(yes: bool) -> f64 {
    f64::from(u8::from(yes))
}

/// Milliseconds below which this share of the sorted times lies.
fn at(times: &[Duration], share: f64) -> f64 {
    let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
    times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples(rows: &[(&str, &str)]) -> Examples {
        Examples::of(rows.iter().map(|(text, label)| ((*text).to_owned(), (*label).to_owned())))
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a stopwatch that stands still has to begin somewhere")]
    fn shares_are_of_what_was_asked() {
        let train = examples(&[("reset the password", "password"), ("the card is lost", "card")]);
        let test =
            examples(&[("password reset", "password"), ("lost card", "card"), ("lost card", "password")]);
        let start = Instant::now();
        let report = evaluate(&train, &test, || start);
        assert_eq!((report.learned, report.asked, report.labels), (2, 3, 2));
        assert!((report.accuracy - 2.0 / 3.0).abs() < 1e-9);
        assert!((report.top_3 - 1.0).abs() < 1e-9);
        assert!((report.neighbours_hit_at_1 - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!((report.offered, report.coverage_at_95), (0.0, 0.0));
    }
}
