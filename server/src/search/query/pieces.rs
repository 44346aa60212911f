//! What was written as one and is two, as two and is one, and the pieces of codes.

use std::ops::Range;

use super::concept::{Concept, Nature, Resolver, Variant};
use super::title::TELLING;
use crate::search::analysis::{self, Token};

impl Resolver<'_> {
    /// `passwordreset`, `10gb`, ログインメール: the two words of the index that it is made of, the most common such pair.
    pub(super) fn halves(&self, token: &Token) -> tantivy::Result<Option<Halves>> {
        let surface = &token.surface;
        let cuts = cuts(surface);
        let mut best: Option<(u32, usize)> = None;
        for at in cuts {
            let left = self.dictionary.articles_with(&analysis::term_of(&surface[..at]))?;
            if left == 0 {
                continue;
            }
            let common = left.min(self.dictionary.articles_with(&analysis::term_of(&surface[at..]))?);
            if common > best.map_or(0, |(common, _)| common) {
                best = Some((common, at));
            }
        }
        let half = |part: &str| Concept {
            surface: part.to_owned(),
            nature: Nature::Word,
            importance: self.ranking.respelling,
            variants: vec![Variant::of(analysis::term_of(part), 1.0)],
            position: token.position,
            span: token.span.clone(),
            correction: None,
        };
        Ok(best.map(|(articles, at)| Halves {
            articles,
            concepts: vec![half(&surface[..at]), half(&surface[at..])],
        }))
    }

    /// `git hub`, `pass word`: two neighbours that the index knows as one word, which says both.
    pub(super) fn join_neighbours(&self, concepts: &mut [Concept]) -> tantivy::Result<()> {
        for at in 1..concepts.len() {
            let [a, b] = &mut concepts[at - 1..=at] else { continue };
            let plain_words = [&*a, &*b].iter().all(|c| c.nature == Nature::Word && c.surface.is_ascii());
            if !plain_words || b.position != a.position + 1 {
                continue;
            }
            let surface = format!("{}{}", a.surface, b.surface);
            let is_amount = a.surface.bytes().all(|byte| byte.is_ascii_digit()) && surface.len() > 2;
            if (surface.len() < 5 && !is_amount) || self.dictionary.articles_with_word(&surface)? == 0 {
                continue;
            }
            // `brain tree`, where the product is called Braintree, is no slip of `train tree`.
            for half in [&mut *a, &mut *b] {
                if half.correction.take().is_some() {
                    half.variants.clear();
                }
            }
            // Of `set up` one half says it.
            for half in [a, b].into_iter().filter(|half| half.importance > TELLING) {
                half.add(analysis::term_of(&surface), self.ranking.respelling);
            }
        }
        Ok(())
    }

    /// Of a code with a number that the index does not know whole, and whose pieces no article has all of, they say
    /// nothing: the ERR of another error is no answer.
    pub(super) fn leave_to_chance(
        &self,
        concepts: &mut [Concept],
        code: &Range<usize>,
    ) -> tantivy::Result<()> {
        let inside = |concept: &&mut Concept| {
            code.start <= concept.span.start && concept.span.end <= code.end && concept.importance > 0.0
        };
        let mut pieces: Vec<&mut Concept> = concepts.iter_mut().filter(inside).collect();
        let has_number = pieces.iter().any(|piece| piece.surface.bytes().any(|b| b.is_ascii_digit()));
        let terms: Option<Vec<&str>> = pieces
            .iter()
            .map(|piece| piece.variants.first().map(|variant| variant.terms[0].as_str()))
            .collect();
        let together = match terms {
            Some(terms) => self.dictionary.stand_together(&terms, self.ranking)?,
            None => false,
        };
        if has_number && !together {
            for piece in pieces.iter_mut().filter(|piece| !piece.variants.is_empty()) {
                piece.nature = Nature::Chance;
                // The E of E-1042 is not even that.
                if piece.surface.chars().nth(1).is_none() {
                    piece.variants.clear();
                }
            }
        }
        Ok(())
    }
}

/// Where a word may be cut in two: between a number and letters, after the third letter, after the second kana.
fn cuts(surface: &str) -> Vec<usize> {
    let digits = surface.bytes().take_while(u8::is_ascii_digit).count();
    let letters = &surface[digits..];
    if !letters.is_empty() && letters.bytes().all(|b| b.is_ascii_lowercase()) {
        return if digits > 0 { vec![digits] } else { (3..=letters.len().saturating_sub(3)).collect() };
    }
    if !surface.chars().all(analysis::is_katakana) {
        return Vec::new();
    }
    let kana: Vec<usize> = surface.char_indices().map(|(at, _)| at).collect();
    kana.get(2..kana.len().saturating_sub(1)).unwrap_or_default().to_vec()
}

/// Two words that one was made of.
pub(super) struct Halves {
    /// In how many articles the rarer stands.
    pub articles: u32,
    pub concepts: Vec<Concept>,
}

/// A word that was made of two: they are asked for in its place.
pub(super) fn divided(word: Concept, halves: Halves) -> (Concept, Vec<Concept>) {
    (Concept { importance: 0.0, variants: Vec::new(), correction: None, ..word }, halves.concepts)
}
