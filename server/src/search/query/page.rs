//! Search as a visitor sees it: a page of hits with excerpts, counts by category, and what may have been meant.

use app::i18n::Locale;
use app::parts::Segment;

use super::candidates::{Candidate, Candidates};
use super::concept::{Guessing, is_stop};
use super::highlight::Highlighter;
use super::matching::confidence;
use super::meanings::Meanings;
use super::meant::did_you_mean;
use super::parse::Parsed;
use super::rank::Reason;
use super::ranking::{Purpose, Ranking};
use super::run::{Asking, Run};
use super::snapshot::Snapshot;
use crate::search::analysis::Kind;
use crate::search::document::Viewer;

/// Nearest matches are offered, not paged through.
const MOST_NEAREST: usize = 5;
/// Where nothing was typed but words that carry a sentence, a title has to hold this share of them.
const LEAST_OF_EMPTY_WORDS: f32 = 0.5;
/// Titles settle what is being typed where the best says this share of it.
const LEAST_OF_TITLE: f32 = 0.5;
/// No page beyond this is made.
const LAST_PAGE: usize = 100;

/// What a visitor searches for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SearchQuery {
    pub text: String,
    pub locale: Locale,
    pub viewer: Viewer,
    /// Only articles on this shelf, or below it.
    pub category: Option<i64>,
    /// From 1.
    pub page: usize,
    pub per_page: usize,
    /// Whether hits are quoted, which takes a third of the time.
    pub excerpts: bool,
}

/// A page of results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SearchResults {
    pub hits: Vec<SearchHit>,
    /// How many hits there are on all pages.
    pub total: usize,
    /// The same without regard to the chosen category.
    pub everywhere: usize,
    /// The page that was made: the asked one, or the last there is.
    pub page: usize,
    pub pages: usize,
    /// How many hits lie in each category (with all below it), whichever of them is chosen.
    pub categories: Vec<(i64, usize)>,
    /// The query with its slips corrected.
    pub did_you_mean: Option<String>,
    /// Nothing holds enough of what was asked for; the hits are the nearest there is.
    pub nearest: bool,
    /// Something was asked for in quotes that no hit says just so; the hits have its words.
    pub unquoted: bool,
}

/// One article found.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchHit {
    pub article_id: i64,
    pub translation_id: i64,
    /// The language it is written in, which may be the other one.
    pub locale: Locale,
    pub slug: String,
    pub title: Vec<Segment>,
    pub excerpt: Vec<Segment>,
    /// Category ids from the root.
    pub category_path: Vec<i64>,
    pub updated_at: i64,
    pub score: f32,
}

/// Why an article was found where it was.
#[derive(Clone, Debug)]
pub struct Explained {
    /// Its score is [`Explained::of_words`] × `title_factor` + `typed_title` + `confirmed` + `remembered`.
    pub hit: SearchHit,
    pub reasons: Vec<Reason>,
    /// What the words count: less in an article of the other language.
    pub language_factor: f32,
    /// By how much the words' score grew for how well the title fits.
    pub title_factor: f32,
    /// What the title added, being just what was typed.
    pub typed_title: f32,
    /// What the words of the first hits added.
    pub confirmed: f32,
    /// How strongly solved requests speak for it, 0 to 1, and what that added.
    pub recalled: f32,
    pub remembered: f32,
    /// Others have more by the words of the first hits, which overtake nobody: of the first they would say what is
    /// known.
    pub kept_first: bool,
}

impl Explained {
    /// The score of the words that were found, before the title is looked at.
    pub fn of_words(&self) -> f32 {
        self.language_factor * self.reasons.iter().map(|reason| reason.contribution).sum::<f32>()
    }
}

/// An article offered while a query is still being typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    pub article_id: i64,
    pub locale: Locale,
    pub slug: String,
    pub title: Vec<Segment>,
    pub category_path: Vec<i64>,
}

impl Snapshot {
    /// A page of results, the words of the query having other `meanings` too. Never fails for what was typed; only for
    /// an index that cannot be read.
    pub fn search(
        &self,
        query: &SearchQuery,
        ranking: &Ranking,
        meanings: &Meanings,
    ) -> tantivy::Result<SearchResults> {
        let parsed = Parsed::new(&query.text);
        if parsed.is_empty() {
            return Ok(SearchResults { page: 1, pages: 1, ..SearchResults::default() });
        }
        let asking = self.asking((query.locale, &query.viewer), &parsed, ranking, meanings);
        let runs = asking.runs(&parsed.tokens, |_| {})?;
        let mut candidates = asking.candidates(&runs)?;
        drop_empty(&runs, &mut candidates);
        let nearest = !says_enough(ranking, &parsed, &runs, &mut candidates);
        if nearest {
            candidates.truncate(MOST_NEAREST);
        }
        let quoted = !parsed.phrases.is_empty();
        let unquoted = quoted && !self.hold_to_phrases(&parsed.phrases, &runs, &mut candidates)?;
        let categories = self.count_categories(&candidates)?;
        let everywhere = candidates.len();
        if let Some(category) = query.category {
            self.hold_to_category(category, &mut candidates)?;
        }
        let per_page = query.per_page.max(1);
        let (total, pages) = (candidates.len(), candidates.len().div_ceil(per_page).clamp(1, LAST_PAGE));
        let page = query.page.clamp(1, pages);
        let shown = candidates.first(page * per_page).iter().skip((page - 1) * per_page);
        let highlighters = highlighters(&runs);
        let hits = shown
            .map(|candidate| self.hit(candidate, &runs, &highlighters, query.excerpts))
            .collect::<tantivy::Result<Vec<_>>>()?;
        let did_you_mean = did_you_mean(&parsed, &runs, &hits);
        Ok(SearchResults {
            hits,
            total,
            everywhere,
            page,
            pages,
            categories,
            did_you_mean,
            nearest,
            unquoted,
        })
    }

    fn asking<'a>(
        &'a self,
        (locale, viewer): (Locale, &'a Viewer),
        parsed: &'a Parsed,
        ranking: &'a Ranking,
        meanings: &'a Meanings,
    ) -> Asking<'a> {
        Asking {
            snapshot: self,
            ranking,
            meanings,
            locale,
            viewer,
            guessing: Guessing { complete_last: parsed.last_word_open, typos: true },
            text: &parsed.text,
            literal: &parsed.literal,
            names: &parsed.names,
        }
    }

    /// Articles for what is being typed, best first. Made for every keystroke: titles, tags and phrases while the last word
    /// grows, and everything, as the page asks it, where no title says half of it (an error code), where that word is one, or
    /// in a paragraph, whose words say more than titles can hold.
    pub fn suggest(
        &self,
        text: &str,
        locale: Locale,
        viewer: &Viewer,
        meanings: &Meanings,
        limit: usize,
    ) -> tantivy::Result<Vec<Suggestion>> {
        let parsed = Parsed::new(text);
        let mut suggestions = Vec::new();
        for ranking in Ranking::suggesting(parsed.tokens.len(), self.is_growing(&parsed)?) {
            let asking = Asking {
                guessing: Guessing { complete_last: true, typos: true },
                ..self.asking((locale, viewer), &parsed, ranking, meanings)
            };
            let runs = asking.runs(&parsed.tokens, |_| {})?;
            let mut candidates = asking.candidates(&runs)?;
            drop_empty(&runs, &mut candidates);
            match ranking.purpose {
                Purpose::Answering if says_enough(ranking, &parsed, &runs, &mut candidates) => {}
                Purpose::Answering => continue,
                Purpose::Suggesting => {
                    let least = ranking.least_asked(parsed.tokens.len());
                    candidates.retain(|candidate| candidate.share_of_asked >= least);
                }
            }
            let best = candidates.first(limit);
            if best.is_empty() {
                continue;
            }
            let highlighters = highlighters(&runs);
            let suggestion = |candidate: &Candidate| self.suggestion(candidate, &runs, &highlighters);
            suggestions = best.iter().map(suggestion).collect::<tantivy::Result<_>>()?;
            if best[0].title.of_query >= LEAST_OF_TITLE {
                break;
            }
        }
        Ok(suggestions)
    }

    /// Whether the last word is likelier to go on than to be done: no article has it, or it carries a sentence.
    fn is_growing(&self, parsed: &Parsed) -> tantivy::Result<bool> {
        let word = parsed.tokens.iter().rev().find(|token| matches!(token.kind, Kind::Word | Kind::Part));
        let Some(word) = word.filter(|word| parsed.last_word_open && !is_stop(word)) else {
            return Ok(parsed.last_word_open);
        };
        for written in Locale::ALL {
            if self.term(written, &word.term)?.articles > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn suggestion(
        &self,
        candidate: &Candidate,
        runs: &[Run],
        highlighters: &[Highlighter],
    ) -> tantivy::Result<Suggestion> {
        let article = self.stored(candidate.doc)?;
        Ok(Suggestion {
            article_id: article.article_id,
            locale: runs[candidate.run].written,
            slug: article.slug.clone(),
            title: highlighters[candidate.run].whole(&article.title),
            category_path: article.category_path.clone(),
        })
    }

    /// The best hits with everything that their scores are made of.
    pub fn explain(
        &self,
        query: &SearchQuery,
        ranking: &Ranking,
        meanings: &Meanings,
    ) -> tantivy::Result<Vec<Explained>> {
        let parsed = Parsed::new(&query.text);
        let asking = self.asking((query.locale, &query.viewer), &parsed, ranking, meanings);
        let runs = asking.runs(&parsed.tokens, |_| {})?;
        let highlighters = highlighters(&runs);
        let mut candidates = asking.candidates(&runs)?;
        let explained = |candidate: &Candidate| {
            let hit = self.hit(candidate, &runs, &highlighters, query.excerpts)?;
            asking.explain(&runs, candidate, hit)
        };
        let best = candidates.first(query.per_page).iter();
        let mut best = best.map(explained).collect::<tantivy::Result<Vec<_>>>()?;
        if let Some((first, others)) = best.split_first_mut() {
            first.kept_first = others.iter().any(|other| other.hit.score > first.hit.score);
        }
        Ok(best)
    }

    /// The article ids of all hits, best first, nothing left out: what evaluation measures.
    pub fn ranking_of(&self, query: &SearchQuery, ranking: &Ranking) -> tantivy::Result<Vec<i64>> {
        let parsed = Parsed::new(&query.text);
        let meanings = Meanings::default();
        let asking = self.asking((query.locale, &query.viewer), &parsed, ranking, &meanings);
        let runs = asking.runs(&parsed.tokens, |_| {})?;
        let mut candidates = asking.candidates(&runs)?;
        let articles = self.articles()?;
        let best = candidates.first(query.per_page).iter();
        Ok(best.filter_map(|candidate| articles.of(candidate.doc)).collect())
    }

    fn hit(
        &self,
        candidate: &Candidate,
        runs: &[Run],
        highlighters: &[Highlighter],
        quoted: bool,
    ) -> tantivy::Result<SearchHit> {
        let article = self.stored(candidate.doc)?;
        let marker = &highlighters[candidate.run];
        // The summary says what the article is about; the body is quoted where the summary is silent.
        let excerpt = if quoted { marker.excerpt(&[&article.summary, &article.body]) } else { Vec::new() };
        Ok(SearchHit {
            article_id: article.article_id,
            translation_id: article.translation_id,
            locale: runs[candidate.run].written,
            slug: article.slug.clone(),
            title: marker.whole(&article.title),
            excerpt,
            category_path: article.category_path.clone(),
            updated_at: article.updated_at,
            score: candidate.score,
        })
    }

    fn count_categories(&self, candidates: &Candidates) -> tantivy::Result<Vec<(i64, usize)>> {
        let shelves = self.shelves()?;
        let mut counts = vec![0; shelves.ids.len()];
        for candidate in candidates.iter() {
            for category in shelves.of(candidate.doc) {
                counts[*category as usize] += 1;
            }
        }
        let counted = shelves.ids.iter().copied().zip(counts);
        Ok(counted.filter(|(_, hits)| *hits > 0).collect())
    }

    fn hold_to_category(&self, category: i64, candidates: &mut Candidates) -> tantivy::Result<()> {
        let shelves = self.shelves()?;
        let lies_in = |number: &u32| shelves.ids[*number as usize] == category;
        candidates.retain(|candidate| shelves.of(candidate.doc).iter().any(lies_in));
        Ok(())
    }
}

/// Of words that only carry a sentence every article has some: a title has to have them.
fn drop_empty(runs: &[Run], candidates: &mut Candidates) {
    if !runs.iter().any(|run| run.ranked.is_telling) {
        candidates.retain(|candidate| candidate.title.of_query >= LEAST_OF_EMPTY_WORDS);
    }
}

/// Whether the first hit is more than the nearest there is.
fn says_enough(ranking: &Ranking, parsed: &Parsed, runs: &[Run], candidates: &mut Candidates) -> bool {
    candidates.first(1).first().is_some_and(|first| {
        let confidence = confidence(first, true, &runs[first.run]);
        first.share_of_words >= ranking.least_said(parsed.tokens.len(), confidence)
    })
}

fn highlighters(runs: &[Run]) -> Vec<Highlighter> {
    runs.iter().map(|run| Highlighter::new(&run.concepts, &run.ranked.weights)).collect()
}
