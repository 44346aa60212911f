//! Whose words customers' words are: a name that one of them wrote must not be found out by searching for it.
//!
//! The index notes for each word that was learned who said it, as one term of both. A word of several customers is
//! nobody's own.

use std::collections::BTreeSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, InvertedIndexReader, SegmentReader, TERMINATED};

use super::analysed::line;
use super::analysis;
use super::document::{Taught, Who};

/// So many customers make a word one that customers use.
const SEVERAL: usize = 3;
/// A phrase that weighs more was said by so many: each of them adds 1,000 at the most.
const OF_SEVERAL: i64 = 1_000 * (SEVERAL as i64 - 1);
/// Stands between a word and who said it, and so in no word.
const BY: char = '\u{1f}';
/// The first character behind it.
const BEHIND: char = '\u{20}';

/// Each word of what was learned with who said it, a line each.
pub fn said(learned: &[Taught]) -> String {
    let mut said = BTreeSet::new();
    for Taught { text, weight, who } in learned {
        // Of a phrase that several said the index is told of one. They are as many as it takes.
        let others = if *weight > OF_SEVERAL { 1..SEVERAL } else { 0..0 };
        let who = name(who);
        for token in analysis::analyse(text) {
            said.insert(format!("{}{BY}{who}", token.term));
            said.extend(others.clone().map(|other| format!("{}{BY}{who}+{other}", token.term)));
        }
    }
    let mut lines = String::new();
    said.iter().for_each(|one| line(&mut lines, one));
    lines
}

/// Tells customers apart, and nothing else of them.
fn name(who: &Who) -> String {
    match who {
        Who::Person(id) => format!("p{id}"),
        Who::Visitor(visitor) => format!("v{visitor}"),
        Who::Unknown => String::new(),
    }
}

/// Whether several customers used a word, of whichever articles; `indexes` hold what [`said`] wrote.
pub fn is_shared<'i>(
    term: &str,
    indexes: impl Iterator<Item = (&'i SegmentReader, &'i InvertedIndexReader)>,
) -> tantivy::Result<bool> {
    let (first, end) = (format!("{term}{BY}"), format!("{term}{BEHIND}"));
    let mut customers = BTreeSet::new();
    for (segment, index) in indexes {
        let mut said = index.terms().range().ge(&first).lt(&end).into_stream()?;
        while said.advance() {
            // What was deleted stays in the files until they are merged.
            let mut postings = index.read_postings_from_terminfo(said.value(), IndexRecordOption::Basic)?;
            let is_alive = |doc| segment.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
            while postings.doc() != TERMINATED && !is_alive(postings.doc()) {
                postings.advance();
            }
            if postings.doc() != TERMINATED {
                customers.insert(said.key().to_vec());
            }
            if customers.len() >= SEVERAL {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_noted_once_for_each_who_said_it() {
        let taught =
            |text: &str, weight, person| Taught { text: text.to_owned(), weight, who: Who::Person(person) };
        let told = [taught("zorble noise", 1_000, 1), taught("Zorbles", 500, 1), taught("zorble", 2_100, 2)];
        let lines = said(&told);
        let lines: Vec<String> = lines.lines().map(|line| line.replace(BY, " by ")).collect();
        assert_eq!(lines, ["nois by p1", "zorbl by p1", "zorbl by p2", "zorbl by p2+1", "zorbl by p2+2"]);
    }
}
