//! Matches for a request that is being written: subject and description together, and how sure each match is.

use app::i18n::Locale;

use super::concept::{Concept, Guessing, Nature};
use super::meanings::Meanings;
use super::parse::Parsed;
use super::ranking::Ranking;
use super::run::{Asking, Candidate};
use super::snapshot::Snapshot;
use crate::search::analysis::Token;
use crate::search::document::Viewer;
use crate::search::schema;

/// What a word of the description counts beside one of the subject.
const DESCRIPTION: f32 = 0.6;

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
    /// The articles that may answer a request, the likeliest first; those less sure than `least` are withheld.
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
        let asking = Asking {
            snapshot: self,
            ranking,
            meanings,
            locale: request.locale,
            viewer: request.viewer,
            guessing: Guessing { complete_last: false, typos: true },
        };
        let no_subject = tokens.first().is_none_or(|token| token.span.start >= subject_end);
        let runs = asking.runs(&tokens, |concepts| {
            for concept in concepts.iter_mut().filter(|c| c.span.start >= subject_end && !no_subject) {
                concept.importance *= DESCRIPTION;
            }
        })?;
        let candidates = asking.candidates(&runs)?;
        let mut matches = Vec::new();
        for candidate in &candidates {
            let run = &runs[candidate.run];
            let confidence = confidence(candidate, &run.concepts);
            if confidence < least {
                continue;
            }
            let document = self.document(candidate.doc)?;
            let text = |field| schema::stored_text(&document, field).to_owned();
            matches.push(Match {
                article_id: schema::stored_number(&document, self.fields.article_id),
                translation_id: schema::stored_number(&document, self.fields.translation_id),
                locale: run.written,
                slug: text(self.fields.slug),
                title: text(self.fields.title),
                summary: text(self.fields.summary),
                score: candidate.score,
                confidence,
            });
            if matches.len() == limit {
                break;
            }
        }
        Ok(matches)
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

/// How sure a match is: how much of the request the article holds, and how well its title is what was asked.
/// One common word in common is never enough.
fn confidence(candidate: &Candidate, concepts: &[Concept]) -> f32 {
    let words = concepts.iter().filter(|c| c.nature == Nature::Word && c.importance > 0.3).count();
    let evidence = 4.0 * candidate.share_of_asked
        + 2.0 * candidate.title.of_query
        + 2.0 * candidate.title.of_title
        + 1.0 * candidate.title.order;
    // Short requests hold little to be sure by.
    let doubt = if words < 2 { 1.5 } else { 0.0 };
    1.0 / (1.0 + (-(evidence - 3.5 - doubt)).exp())
}
