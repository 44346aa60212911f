//! Quoted phrases: which hits hold them just so.

use std::collections::HashSet;

use super::candidates::Candidates;
use super::docs::Docs;
use super::ranking::Ranking;
use super::run::Run;
use super::snapshot::Snapshot;
use crate::search::analysis::{self, Kind, Token, comparable};

/// A phrase is looked for in the texts of this many of the best hits that have all of its words.
const MOST_CHECKS: usize = 300;

impl Snapshot {
    /// Keeps the hits that hold every quoted phrase, unless none does; returns whether any does.
    pub(super) fn hold_to_phrases(
        &self,
        phrases: &[String],
        runs: &[Run],
        candidates: &mut Candidates,
    ) -> tantivy::Result<bool> {
        let possible =
            runs.iter().map(|run| self.may_hold(phrases, run)).collect::<tantivy::Result<Vec<Docs>>>()?;
        let mut holding = HashSet::new();
        let all = candidates.first(usize::MAX).iter();
        for candidate in all.filter(|found| possible[found.run].contains(found.doc)).take(MOST_CHECKS) {
            let article = self.stored(candidate.doc)?;
            let text = [article.title.as_str(), &article.summary, &article.body].join("\n");
            let text = format!(" {} ", comparable(&text));
            if phrases.iter().all(|phrase| holds(&text, phrase)) {
                holding.insert(candidate.doc);
            }
        }
        if !holding.is_empty() {
            candidates.retain(|candidate| holding.contains(&candidate.doc));
        }
        Ok(!holding.is_empty())
    }

    /// The documents that have every word of the phrases, and every pair of characters, wherever it stands.
    fn may_hold(&self, phrases: &[String], run: &Run) -> tantivy::Result<Docs> {
        let mut docs = run.among.as_ref().clone();
        for token in phrases.iter().flat_map(|phrase| sure(analysis::tokenize(phrase))) {
            let term = self.term(run.written, &token.term)?;
            let mut having = Docs::none(self.bound());
            for said in &term.weighed(self, run.written, &Ranking::PRODUCTION)?.strengths {
                having.insert(said.doc);
            }
            docs.intersect(&having);
        }
        Ok(docs)
    }
}

/// Those that every text has which holds the phrase. How Japanese is cut into words depends on what stands around it: there
/// only pairs are sure. A phrase with single letters may be a version or a contraction, whose pieces no index has.
fn sure(tokens: Vec<Token>) -> impl Iterator<Item = Token> {
    let is_latin = |token: &Token| !token.surface.starts_with(analysis::is_cjk);
    let in_pieces = tokens.iter().any(|token| is_latin(token) && token.surface.chars().nth(1).is_none());
    tokens.into_iter().filter(move |token| match token.kind {
        Kind::Word => is_latin(token) && !in_pieces,
        Kind::Bigram => true,
        Kind::Whole | Kind::Part | Kind::Unigram => false,
    })
}

/// Latin phrases must end and begin with whole words; Japanese has no borders to hold to.
fn holds(text: &str, phrase: &str) -> bool {
    if phrase.is_ascii() { text.contains(&format!(" {phrase} ")) } else { text.contains(phrase) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_every_text_with_the_phrase_has_is_asked_for() {
        let sure = |phrase: &str| {
            sure(analysis::tokenize(&comparable(phrase))).map(|token| token.surface).collect::<Vec<_>>()
        };
        assert_eq!(sure("Two-factor login"), ["two", "factor", "login"]);
        assert!(sure("v2.4.6").is_empty() && sure("don't know").is_empty());
        assert_eq!(sure("請求書の宛名"), ["請求", "求書", "宛名"]);
    }

    #[test]
    fn latin_phrases_are_held_by_whole_words() {
        assert!(holds(" reset the password ", "the password") && !holds(" reset them ", "the"));
        assert!(holds(" 請求書の宛名 ", "求書"));
    }
}
