//! One query over both languages: what a visitor of one language is shown includes articles that exist only in
//! the other.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use app::i18n::Locale;

use super::candidates::{Candidate, Candidates};
use super::concept::{Concept, Guessing, Nature, Resolver};
use super::dictionary::Dictionary;
use super::docs::Docs;
use super::meanings::Meanings;
use super::page::{Explained, SearchHit};
use super::rank::{Ranked, Ranker};
use super::ranking::Ranking;
use super::snapshot::{DocNumber, Snapshot};
use super::telling::telling_words;
use super::title::{self, TitleFit};
use crate::search::analysis::{self, Token};
use crate::search::document::Viewer;

/// What an article in the other language counts beside one in the visitor's own.
const OTHER_LANGUAGE: f32 = 0.7;
/// How many of the best hits get the second look.
const SECOND_LOOK: usize = 48;

/// From so many words on, a query is a sentence.
const FEEDBACK_FROM_WORDS: usize = 4;
/// So many hits, and so many of their words, are listened to.
const FEEDBACK_HITS: usize = 2;
const FEEDBACK_WORDS: usize = 20;

/// Who asks, and how it is answered.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub snapshot: &'a Snapshot,
    pub ranking: &'a Ranking,
    pub meanings: &'a Meanings,
    pub locale: Locale,
    pub viewer: &'a Viewer,
    pub guessing: Guessing,
    /// What is asked for as a whole, to be held against what solved requests taught; empty to leave that aside.
    pub text: &'a str,
    /// The same folded for comparing, to be held against titles.
    pub literal: &'a str,
    /// Where words begin that are written as names.
    pub names: &'a [usize],
}

/// A query against the documents of one language.
pub struct Run {
    pub written: Locale,
    pub concepts: Vec<Concept>,
    pub ranked: Ranked,
    pub among: Arc<Docs>,
}

impl Asking<'_> {
    /// Runs the tokens of a query over each language that has anything to show to this visitor. `adjust` may
    /// reweigh the concepts before they are ranked.
    pub fn runs(&self, tokens: &[Token], adjust: impl Fn(&mut Vec<Concept>)) -> tantivy::Result<Vec<Run>> {
        let mut runs = Vec::new();
        for written in [self.locale, self.locale.other()] {
            let among = self.snapshot.visible(self.viewer, self.locale, written)?;
            if among.is_empty() {
                continue;
            }
            let dictionary = Dictionary::new(self.snapshot, written);
            let resolver = Resolver {
                dictionary: &dictionary,
                ranking: self.ranking,
                guessing: self.guessing,
                names: self.names,
            };
            let growing = self.guessing.complete_last && self.ranking.completion_of_word > 0.0;
            let stretches = self.meanings.stretches(written, tokens, growing);
            let mut concepts = resolver.resolve(tokens, &stretches)?;
            adjust(&mut concepts);
            let ranked = self.ranker(written, &among).rank(&concepts, self.ranking.least_share)?;
            runs.push(Run { written, concepts, ranked, among });
        }
        Ok(runs)
    }

    fn ranker<'b>(&'b self, written: Locale, among: &'b Arc<Docs>) -> Ranker<'b> {
        Ranker { snapshot: self.snapshot, ranking: self.ranking, written, among }
    }

    /// All hits of all runs; the best have had the second look.
    pub fn candidates(&self, runs: &[Run]) -> tantivy::Result<Candidates> {
        let mut candidates: Vec<Candidate> = Vec::new();
        for (number, run) in runs.iter().enumerate() {
            let factor = self.language_factor(run);
            let words: f32 = run.ranked.asked.max(f32::MIN_POSITIVE);
            candidates.extend(run.ranked.hits.iter().map(|hit| Candidate {
                run: number,
                doc: hit.doc,
                score: hit.score * factor,
                share_of_asked: (hit.vouched / words).min(1.0),
                share_of_words: hit.said / run.ranked.sayable.max(f32::MIN_POSITIVE),
                title: TitleFit::default(),
                typed_title: 0.0,
                confirmed: 0.0,
                recalled: 0.0,
                remembered: 0.0,
            }));
        }
        let mut candidates = Candidates::of(candidates);
        candidates.rescore_best(SECOND_LOOK, |best| self.look_again(runs, best))?;
        self.take_literally(&mut candidates)?;
        self.feed_back(runs, &mut candidates)?;
        self.recall(&mut candidates)?;
        Ok(candidates)
    }

    /// Lifts the articles that solved requests say are asked for.
    fn recall(&self, candidates: &mut Candidates) -> tantivy::Result<()> {
        let (Some(first), false) = (candidates.first(1).first().copied(), self.text.is_empty()) else {
            return Ok(());
        };
        if self.snapshot.memory.is_empty(self.locale) {
            return Ok(());
        }
        let text = self.without_private_words()?;
        let beliefs: HashMap<i64, f32> =
            self.snapshot.memory.beliefs(self.locale, &text).into_iter().collect();
        if beliefs.is_empty() {
            return Ok(());
        }
        let articles = self.snapshot.articles()?;
        candidates.rescore(0, |candidate| {
            let article = articles.of(candidate.doc);
            candidate.recalled = article.and_then(|id| beliefs.get(&id)).copied().unwrap_or_default();
            candidate.remembered = self.ranking.recall * first.score * candidate.recalled;
            candidate.score += candidate.remembered;
        });
        Ok(())
    }

    /// What is asked for, but for words that few customers alone have used: what is remembered of those is theirs.
    fn without_private_words(&self) -> tantivy::Result<String> {
        let mut text = self.text.to_owned();
        for token in analysis::tokenize(self.text) {
            if self.snapshot.term(self.locale, &token.term)?.is_private {
                text.replace_range(token.span.clone(), &" ".repeat(token.span.len()));
            }
        }
        Ok(text)
    }

    /// Lets the words of the first hits speak for the others. The first itself stays first: what it says can only
    /// confirm it. Only for sentences: a few words say exactly what is meant.
    fn feed_back(&self, runs: &[Run], candidates: &mut Candidates) -> tantivy::Result<()> {
        let Some(first) = candidates.first(1).first().copied() else { return Ok(()) };
        let run = &runs[first.run];
        let words = run.concepts.iter().filter(|concept| concept.nature == Nature::Word).count();
        if self.ranking.feedback <= 0.0 || words < FEEDBACK_FROM_WORDS || candidates.len() < 3 {
            return Ok(());
        }
        let models: Vec<(DocNumber, f32)> = candidates
            .first(SECOND_LOOK)
            .iter()
            .filter(|candidate| candidate.run == first.run)
            .take(FEEDBACK_HITS)
            .map(|candidate| (candidate.doc, candidate.score / first.score))
            .collect();
        let variants = run.concepts.iter().flat_map(|concept| &concept.variants);
        let known: HashSet<&str> = variants.flat_map(|variant| &variant.terms).map(String::as_str).collect();
        let words = telling_words(self.snapshot, run.written, &models, &known, FEEDBACK_WORDS)?;
        let said = self.ranker(run.written, &run.among).rank(&words, 0.0)?.hits;
        let most = said.iter().map(|hit| hit.score).fold(f32::MIN_POSITIVE, f32::max);
        let mut shares = vec![0.0; self.snapshot.bound()];
        for hit in said {
            shares[hit.doc as usize] = hit.score / most;
        }
        candidates.rescore(1, |candidate| {
            if candidate.run == first.run {
                let share: f32 = shares[candidate.doc as usize];
                candidate.confirmed = self.ranking.feedback * first.score * share;
                candidate.score += candidate.confirmed;
            }
        });
        Ok(())
    }

    fn look_again(&self, runs: &[Run], candidates: &mut [Candidate]) -> tantivy::Result<()> {
        for (number, run) in runs.iter().enumerate() {
            let mut of_run: Vec<&mut Candidate> = candidates.iter_mut().filter(|c| c.run == number).collect();
            of_run.sort_unstable_by_key(|candidate| candidate.doc);
            let docs: Vec<DocNumber> = of_run.iter().map(|candidate| candidate.doc).collect();
            let weights = &run.ranked.weights;
            let fits = title::fit(self.snapshot, run.written, &run.concepts, weights, &docs)?;
            for (candidate, fit) in of_run.into_iter().zip(fits) {
                candidate.score *= self.title_factor(fit);
                candidate.title = fit;
            }
        }
        Ok(())
    }

    /// Puts the articles before all others whose title is what was typed.
    fn take_literally(&self, candidates: &mut Candidates) -> tantivy::Result<()> {
        if self.literal.is_empty() {
            return Ok(());
        }
        let named = self.snapshot.holding_any(self.snapshot.fields.whole_title, &[self.literal])?;
        let most = candidates.first(1).first().map_or(0.0, |first| first.score);
        if !named.is_empty() {
            candidates.rescore(0, |candidate| {
                if named.contains(candidate.doc) {
                    candidate.typed_title = most;
                    candidate.score += most;
                }
            });
        }
        Ok(())
    }

    /// What the words of an article count that is written in this language.
    fn language_factor(&self, run: &Run) -> f32 {
        if run.written == self.locale { 1.0 } else { OTHER_LANGUAGE }
    }

    /// By how much a score grows for how well the title fits.
    fn title_factor(&self, fit: TitleFit) -> f32 {
        1.0 + self.ranking.title_fit * fit.both() + self.ranking.title_order * fit.order
    }

    /// Everything that the score of a candidate, shown as `hit`, is made of.
    pub fn explain(&self, runs: &[Run], candidate: &Candidate, hit: SearchHit) -> tantivy::Result<Explained> {
        let run = &runs[candidate.run];
        let ranker = self.ranker(run.written, &run.among);
        Ok(Explained {
            hit,
            reasons: ranker.explain(&run.concepts, &run.ranked.weights, candidate.doc)?,
            language_factor: self.language_factor(run),
            title_factor: self.title_factor(candidate.title),
            typed_title: candidate.typed_title,
            confirmed: candidate.confirmed,
            recalled: candidate.recalled,
            remembered: candidate.remembered,
            kept_first: false,
        })
    }
}
