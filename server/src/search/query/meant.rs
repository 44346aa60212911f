//! What may have been meant: the query with its slips corrected, as it is shown.

use std::collections::HashMap;

use super::concept::{Concept, Nature};
use super::page::SearchHit;
use super::parse::Parsed;
use super::run::Run;
use crate::search::analysis;

/// A query of more words is a paragraph, whose one wrong word is not worth saying it again.
const MOST_WORDS_SAID_AGAIN: usize = 8;

/// Of so many words most have to be known.
const SENTENCE: usize = 3;

/// The query as it may have been meant: words that stand in no article of either language, corrected. Neither a paragraph
/// nor another language is said again.
pub fn did_you_mean(parsed: &Parsed, runs: &[Run], hits: &[SearchHit]) -> Option<String> {
    let run = runs.first()?;
    let words: Vec<&Concept> = run.concepts.iter().filter(|concept| concept.nature == Nature::Word).collect();
    if words.len() > MOST_WORDS_SAID_AGAIN || is_foreign(&words) {
        return None;
    }
    let mut text = parsed.text.clone();
    let mut corrected = false;
    let mut concepts: Vec<_> = run.concepts.iter().collect();
    concepts.sort_unstable_by_key(|concept| std::cmp::Reverse(concept.span.start));
    for concept in concepts {
        let Some(correction) = &concept.correction else { continue };
        let known_elsewhere = runs[1..].iter().flat_map(|run| &run.concepts).any(|other| {
            let term = analysis::term_of(&other.surface);
            other.surface == concept.surface
                && other.variants.iter().any(|variant| variant.terms == [term.as_str()])
        });
        if !known_elsewhere {
            text.replace_range(concept.span.clone(), &as_written(correction, hits));
            corrected = true;
        }
    }
    corrected.then_some(text)
}

/// Whether most words of a sentence are none of the articles' and none of everyday English: where one of them is near a
/// word of the articles it is by chance.
fn is_foreign(words: &[&Concept]) -> bool {
    let corrected = words.iter().filter(|word| word.correction.is_some()).count();
    let is_lost = |word: &&&Concept| {
        word.variants.is_empty() && !analysis::is_everyday(&analysis::term_of(&word.surface))
    };
    let lost = words.iter().filter(is_lost).count();
    words.len() >= SENTENCE && lost >= corrected && 2 * (lost + corrected) > words.len()
}

/// A word of the index as the articles write it most often: the index has ユーザ, they have ユーザー.
fn as_written(word: &str, hits: &[SearchHit]) -> String {
    let term = analysis::term_of(word);
    if !word.starts_with(analysis::is_katakana) {
        return word.to_owned();
    }
    let mut forms: HashMap<&str, usize> = HashMap::new();
    for segment in hits.iter().flat_map(|hit| hit.title.iter().chain(&hit.excerpt)).filter(|found| found.hit)
    {
        if analysis::term_of(&analysis::normalise(&segment.text)) == term {
            *forms.entry(&segment.text).or_default() += 1;
        }
    }
    let usual = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
    usual.map_or(word, |(form, _)| form).to_owned()
}
