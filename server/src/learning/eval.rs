//! How search gets better with what CRE solve: labelled requests are played as traffic, through the same settling,
//! index and ranking as in production.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use app::i18n::Locale;

use super::evidence::{Evidence, Source};
use super::weigh::weigh;
use crate::chance::Chance;
use crate::clock::HOUR;
use crate::routing::Examples;
use crate::search::{
    Audience, IndexedArticle, Memory, Phrase, Ranking, SearchQuery, Snapshot, Taught, Viewer, throw_away,
};

/// Requests whose words CRE give an article when they write it, at most.
const PHRASES_TO_BEGIN: usize = 5;
/// A request comes this often, each from another customer.
const APART: i64 = HOUR / 2;
/// The first point after none, in requests; each next one is at twice as many.
const FIRST_POINT: usize = 250;
const LOCALE: Locale = Locale::En;

/// What the evaluation found; shares are from 0 to 1.
#[derive(Clone, Debug, serde::Serialize)]
pub struct LearningReport {
    pub articles: usize,
    /// Requests whose words the articles began with, all together.
    pub begun_with: usize,
    pub traffic: usize,
    pub asked: usize,
    pub points: Vec<Point>,
    /// To settle all of the traffic, and to make index and memory of it.
    pub learning_seconds: f64,
    /// Milliseconds one search takes in process at the end.
    pub ms_p50: f64,
    pub ms_p99: f64,
}

/// How good search was after so many requests.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Point {
    pub traffic: usize,
    /// Phrases that articles had learned by then.
    pub learned: usize,
    /// The right article came first; it was among the first three.
    pub hit_at_1: f64,
    pub hit_at_3: f64,
}

/// Plays `train` and searches for `test` at several points. `chance` mixes the traffic, `now` measures.
///
/// # Errors
/// When the throw-away index fails.
pub fn evaluate(
    train: &Examples,
    test: &Examples,
    chance: &Chance,
    now: impl Fn() -> Instant,
) -> tantivy::Result<LearningReport> {
    let mut stage = Stage::set(train, chance);
    let mut points = Vec::new();
    let all = stage.traffic.len();
    let between = std::iter::successors(Some(FIRST_POINT), |traffic| Some(traffic * 2));
    let mut times = Vec::new();
    let mut learning = Duration::ZERO;
    for traffic in std::iter::once(0).chain(between.take_while(|traffic| *traffic < all)).chain([all]) {
        let started = now();
        let (snapshot, learned) = stage.after(traffic)?;
        learning = now() - started;
        times.clear();
        let mut hits = [0.0, 0.0];
        for (text, label) in test.pairs() {
            let started = now();
            let found = snapshot.ranking_of(&query(text), &Ranking::PRODUCTION)?;
            times.push(now() - started);
            let right = stage.numbers.get(label);
            for (hits, depth) in hits.iter_mut().zip([1, 3]) {
                *hits += f64::from(u8::from(found.iter().take(depth).any(|id| Some(id) == right)));
            }
        }
        let asked = times.len().max(1) as f64;
        points.push(Point { traffic, learned, hit_at_1: hits[0] / asked, hit_at_3: hits[1] / asked });
    }
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len().saturating_sub(1));
        times.get(index).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    };
    Ok(LearningReport {
        articles: stage.articles.len(),
        begun_with: stage.articles.iter().map(|article| article.phrases.len()).sum(),
        traffic: all,
        asked: times.len(),
        points,
        learning_seconds: learning.as_secs_f64(),
        ms_p50: at(0.5),
        ms_p99: at(0.99),
    })
}

fn query(text: &str) -> SearchQuery {
    SearchQuery {
        text: text.to_owned(),
        locale: LOCALE,
        viewer: Viewer::Anonymous,
        category: None,
        page: 1,
        per_page: 10,
        excerpts: false,
    }
}

/// Articles as they begin, and the requests that are to come.
struct Stage {
    articles: Vec<IndexedArticle>,
    /// The article of each label.
    numbers: HashMap<String, i64>,
    /// The article that answers each request, and the request.
    traffic: Vec<(i64, Evidence)>,
}

impl Stage {
    fn set(train: &Examples, chance: &Chance) -> Self {
        let mut examples: Vec<(&str, &str)> = train.pairs().collect();
        for end in (1..examples.len()).rev() {
            examples.swap(end, chance.below(end + 1));
        }
        let mut stage = Self { articles: Vec::new(), numbers: HashMap::new(), traffic: Vec::new() };
        for (text, label) in examples {
            let next = stage.articles.len() as i64;
            let number = *stage.numbers.entry(label.to_owned()).or_insert(next);
            if number == next {
                stage.articles.push(article(number, label));
            }
            let phrases = &mut stage.articles[number as usize].phrases;
            if phrases.len() < PHRASES_TO_BEGIN {
                phrases.push(text.to_owned());
                continue;
            }
            let id = stage.traffic.len() as i64;
            let evidence = Evidence {
                id,
                source: Source::Linked,
                text: text.to_owned(),
                person_id: Some(id),
                organization_id: None,
                visitor: None,
                at: id * APART,
            };
            stage.traffic.push((number, evidence));
        }
        stage
    }

    /// The index and memory after so many requests, and how many phrases were learned from them.
    fn after(&mut self, traffic: usize) -> tantivy::Result<(Snapshot, usize)> {
        let now = traffic as i64 * APART;
        let mut by_article: HashMap<i64, Vec<Evidence>> = HashMap::new();
        for (article, evidence) in &self.traffic[..traffic] {
            by_article.entry(*article).or_default().push(evidence.clone());
        }
        let mut phrases = Vec::new();
        let mut learned = 0;
        for article in &mut self.articles {
            let remembered = |text: &String, weight: f64| Phrase {
                article_id: article.article_id,
                text: text.clone(),
                weight: weight as f32,
                is_title: false,
            };
            phrases.push(Phrase { is_title: true, ..remembered(&article.title, 1.0) });
            phrases.extend(article.phrases.iter().map(|phrase| remembered(phrase, 1.0)));
            let evidence = by_article.remove(&article.article_id).unwrap_or_default();
            let settled: Vec<(&Evidence, f64)> = weigh(&evidence, now)
                .into_iter()
                .filter_map(|one| {
                    let evidence = evidence.iter().find(|evidence| evidence.id == one.evidence_id)?;
                    Some((evidence, one.weight))
                })
                .collect();
            learned += settled.len();
            phrases.extend(settled.iter().map(|(evidence, weight)| remembered(&evidence.text, *weight)));
            let taught = |(evidence, weight): (&Evidence, f64)| Taught {
                text: evidence.text.clone(),
                weight: (weight * 1000.0).round() as i64,
                who: evidence.who(),
            };
            article.learned = settled.into_iter().map(taught).collect();
        }
        let memory = Memory::of(Locale::ALL.map(|locale| match locale {
            LOCALE => std::mem::take(&mut phrases),
            _ => Vec::new(),
        }));
        Ok((throw_away(self.articles.iter().cloned())?.remembering(memory.into()), learned))
    }
}

/// An article that has only its name yet.
fn article(number: i64, label: &str) -> IndexedArticle {
    IndexedArticle {
        article_id: number,
        translation_id: number,
        locale: LOCALE,
        serves: vec![LOCALE],
        slug: String::new(),
        title: label.replace('_', " "),
        headings: Vec::new(),
        summary: String::new(),
        body: String::new(),
        tags: Vec::new(),
        phrases: Vec::new(),
        learned: Vec::new(),
        category_path: Vec::new(),
        audience: Audience::Public,
        updated_at: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a stopwatch that stands still has to begin somewhere")]
    fn search_finds_more_with_every_request_that_was_solved() -> anyhow::Result<()> {
        let asked = ["card", "phone"].map(|thing| {
            ["lost my", "somebody stole my", "cannot find my", "left my", "dropped my", "where is my"]
                .into_iter()
                .chain(["the train took my", "thief ran with my", "ocean swallowed my", "dog ate my"])
                .map(move |what| (format!("{what} {thing}"), format!("{thing}_gone")))
        });
        let rows: Vec<(String, String)> = asked.into_iter().flatten().collect();
        let train = Examples::of(rows);
        let test = Examples::of(vec![("my card was eaten".to_owned(), "card_gone".to_owned())]);
        let start = Instant::now();
        let report = evaluate(&train, &test, &Chance::seeded(1), || start)?;
        assert_eq!((report.articles, report.begun_with, report.traffic, report.asked), (2, 10, 10, 1));
        assert_eq!(report.points.len(), 2);
        assert_eq!((report.points[0].learned, report.points[1].learned), (0, 10));
        assert!(report.points[1].hit_at_1 > 0.99);
        Ok(())
    }
}
