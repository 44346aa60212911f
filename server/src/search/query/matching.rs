//! Matches for a request that is being written: subject and description together, and how sure each match is.

use app::i18n::Locale;

use super::candidates::Candidate;
use super::concept::{Guessing, Nature};
use super::meanings::Meanings;
use super::parse::Parsed;
use super::ranking::Ranking;
use super::run::{Asking, Run};
use super::snapshot::Snapshot;
use super::title::TitleFit;
use crate::search::analysis::Token;
use crate::search::document::Viewer;

/// What a word of the description counts beside one of the subject.
const DESCRIPTION: f32 = 0.6;

/// Matches less likely than this are withheld: no suggestion is better than a silly one.
pub const LEAST_CONFIDENCE: f32 = 0.5;

/// So many of the best hits may be the answer.
const LIKELY: usize = 5;

/// A request as far as it is written.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub subject: &'a str,
    pub description: &'a str,
    pub locale: Locale,
    pub viewer: &'a Viewer,
}

/// An article that may answer it.
#[derive(Clone, Debug, PartialEq)]
pub struct Match {
    pub article_id: i64,
    pub translation_id: i64,
    pub locale: Locale,
    pub slug: String,
    pub title: String,
    pub summary: String,
    pub score: f32,
    /// How likely it is that the article answers the request, 0 to 1.
    pub confidence: f32,
}

impl Snapshot {
    /// The articles that may answer a request, the likeliest first; those less likely than `least` are withheld.
    pub fn matching(
        &self,
        request: &Request,
        ranking: &Ranking,
        meanings: &Meanings,
        least: f32,
        limit: usize,
    ) -> tantivy::Result<Vec<Match>> {
        let subject = Parsed::new(request.subject);
        let description = Parsed::new(request.description);
        let subject_end = subject.text.len();
        let tokens = one_after_the_other(subject.tokens, description.tokens, subject_end);
        let text = format!("{} {}", subject.text, description.text);
        let later = description.names.iter().map(|start| start + subject_end);
        let names: Vec<usize> = subject.names.iter().copied().chain(later).collect();
        let asking = Asking {
            snapshot: self,
            ranking,
            meanings,
            locale: request.locale,
            viewer: request.viewer,
            guessing: Guessing { complete_last: false, typos: true },
            text: &text,
            literal: &subject.literal,
            names: &names,
        };
        let no_subject = tokens.first().is_none_or(|token| token.span.start >= subject_end);
        let runs = asking.runs(&tokens, |concepts| {
            for concept in concepts.iter_mut().filter(|c| c.span.start >= subject_end && !no_subject) {
                concept.importance *= DESCRIPTION;
            }
        })?;
        let mut candidates = asking.candidates(&runs)?;
        let mut likely: Vec<(f32, &Candidate)> = candidates
            .first(LIKELY)
            .iter()
            .enumerate()
            .map(|(place, candidate)| (confidence(candidate, place == 0, &runs[candidate.run]), candidate))
            .filter(|(confidence, _)| *confidence >= least)
            .collect();
        likely.sort_by(|a, b| b.0.total_cmp(&a.0));
        likely.truncate(limit);
        let found = |(confidence, candidate): (f32, &Candidate)| {
            let article = self.stored(candidate.doc)?;
            Ok(Match {
                article_id: article.article_id,
                translation_id: article.translation_id,
                locale: runs[candidate.run].written,
                slug: article.slug.clone(),
                title: article.title.clone(),
                summary: article.summary.clone(),
                score: candidate.score,
                confidence,
            })
        };
        likely.into_iter().map(found).collect()
    }
}

fn one_after_the_other(first: Vec<Token>, second: Vec<Token>, offset: usize) -> Vec<Token> {
    // A gap, so that the last word of the one and the first of the other are no neighbours.
    let next = first.last().map_or(0, |token| token.position + 2);
    let moved = second.into_iter().map(|token| Token {
        position: token.position + next,
        span: token.span.start + offset..token.span.end + offset,
        ..token
    });
    first.into_iter().chain(moved).collect()
}

/// How likely it is that an article answers a request. What the article's title holds of the request, counted by how
/// much it says, and how much of the title was asked for, weigh most: both stay what they are however much is written
/// around the question.
///
/// Fitted by logistic regression to the first five hits of public questions, bare and with polite sentences around them,
/// and to those of strangers' questions; docs/search.md has the figures. What solved requests say comes on top. An article
/// whose title says nothing of what was asked, and for which no request speaks, has met its words by the way.
pub(super) fn confidence(candidate: &Candidate, is_first: bool, run: &Run) -> f32 {
    let words = run.concepts.iter().filter(|c| c.nature == Nature::Word && c.importance > 0.3).count();
    let TitleFit { of_query, of_title, .. } = candidate.title;
    if of_query <= 0.0 && candidate.recalled <= 0.0 {
        return 0.0;
    }
    let asked = run.ranked.asked;
    let evidence = 0.63 * candidate.share_of_asked
        + 4.14 * of_title
        + 0.80 * of_title * of_query
        + 0.72 * (of_query * asked).ln_1p()
        + 0.60 * (candidate.share_of_asked * asked).ln_1p()
        + if is_first { 1.26 } else { 0.0 }
        + 3.0 * candidate.recalled;
    let doubt = 1.53 + 1.16 * (words as f32).ln_1p();
    1.0 / (1.0 + (doubt - evidence).exp())
}
