//! A customer's words as search phrases: what they asked, without greetings and without anything that tells who asked;
//! and a reply as the text of an article.

use super::fold::{fold, is_unspaced};
use super::idle::{is_courtesy, is_filler};
use super::introduction::{SIGNATURE, ends_letter, is_introduction, is_signature, names_told};
use super::mend::mended;
use super::names::{cut_names, mark_names};
use super::sentences::sentences;
use crate::traces::mark_traces;

/// Phrases from one request, at most.
const MOST: usize = 8;
/// Shorter says nothing, longer is no phrase (characters).
const SHORTEST: usize = 4;
const LONGEST: usize = 160;

/// What a letter asks, as search phrases, without whoever wrote it; `names` are those that are known.
pub fn phrases(subject: &str, body: &str, names: &[String]) -> Vec<String> {
    Letter { subject, body, names }.phrases()
}

/// A letter as it came, and what is known of who appears in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letter<'a> {
    pub subject: &'a str,
    pub body: &'a str,
    /// People and companies whose names must not be kept.
    pub names: &'a [String],
}

impl Letter<'_> {
    /// The names that are known, and those that the letter itself tells.
    pub fn everybody(&self) -> Vec<String> {
        let mut names = names_told(self.subject, self.body);
        names.extend_from_slice(self.names);
        names
    }

    /// The subject as the title of an article: without whoever introduces themselves in it. Empty when nothing is left.
    pub fn title(&self) -> String {
        let mut title = String::new();
        for sentence in self.kept(self.subject, &self.everybody(), 1) {
            if title.ends_with(|c: char| c.is_ascii()) {
                title.push(' ');
            }
            title.push_str(&sentence);
        }
        title
    }

    /// What was asked, as search phrases.
    pub fn phrases(&self) -> Vec<String> {
        let names = self.everybody();
        let mut phrases: Vec<String> = Vec::new();
        for sentence in std::iter::once(self.title()).chain(self.kept(self.body, &names, 2)) {
            let clean = sentence
                .trim_matches(|c: char| c.is_whitespace() || "、。,.，．:：;；-–—!！「」()（）".contains(c));
            let length = clean.chars().count();
            let idle = is_courtesy(clean) || is_filler(clean);
            if !(SHORTEST..=LONGEST).contains(&length) || !says_something(clean) || idle {
                continue;
            }
            if !phrases.iter().any(|phrase| fold(phrase) == fold(clean)) {
                phrases.push(clean.to_owned());
            }
            if phrases.len() == MOST {
                break;
            }
        }
        phrases
    }

    /// The sentences that say something else than who writes. What tells that is cut from the whole text first: an
    /// address has question marks and full stops of its own.
    fn kept(&self, text: &str, names: &[String], least: usize) -> Vec<String> {
        let marked = mark_names(&mark_traces(text), names);
        sentences(&marked)
            .filter(|sentence| !is_introduction(sentence))
            .filter_map(|sentence| mended(sentence, least))
            .map(|sentence| sentence.split_whitespace().collect::<Vec<_>>().join(" "))
            .filter(|sentence| !sentence.is_empty())
            .collect()
    }
}

/// A reply (Markdown) as the text of an article: without the names in it, without the addresses and numbers of
/// `private`, and without the greeting at its beginning and the regards at its end.
pub fn as_article(reply: &str, names: &[String], private: &[String]) -> String {
    let words: Vec<String> = names.iter().chain(private).cloned().collect();
    let mut in_code = false;
    let mut lines: Vec<String> = Vec::new();
    for line in reply.lines() {
        in_code ^= line.trim_start().starts_with("```");
        let clean = cut_names(line, &words);
        let was_only_a_name = clean != line && !in_code && content(&clean) == 0;
        lines.push(if was_only_a_name { String::new() } else { clean });
    }
    let idle = |line: &String| line.trim().is_empty() || is_courtesy(line.trim());
    let lines = unsigned(&lines);
    let begin = lines.iter().take_while(|line| idle(line)).count();
    let end = lines.iter().rev().take_while(|line| idle(line)).count();
    let body = lines.get(begin..lines.len().saturating_sub(end)).unwrap_or_default();
    body.join("\n")
}

/// The lines above the closing of a letter, if there is one: its writer's name is in no table in every spelling.
fn unsigned(lines: &[String]) -> &[String] {
    let Some(closing) = lines.iter().rposition(|line| ends_letter(line)) else { return lines };
    let below: Vec<&String> = lines[closing + 1..].iter().filter(|line| !line.trim().is_empty()).collect();
    let signs = below.len() <= SIGNATURE && below.iter().all(|line| is_signature(line));
    // Thanks before the answer are no end of it.
    let answered = lines[..closing].iter().any(|line| !line.trim().is_empty() && !is_courtesy(line.trim()));
    if signs && answered { &lines[..closing] } else { lines }
}

/// The mail addresses, long numbers and web addresses with parameters of a text: what a reply may repeat and an article must not.
pub fn private_words(text: &str) -> Vec<String> {
    let is_outside = |c: char| c.is_whitespace() || is_unspaced(c) || "、。，（）「」<>()\"".contains(c);
    let tells = |word: &&str| {
        let digits = word.chars().filter(char::is_ascii_digit).count();
        let web = word.contains("://");
        word.contains('@') || (digits >= 7 && !web) || (web && word.contains(['?', '=']))
    };
    text.split(is_outside).filter(tells).map(|word| word.trim_matches(['.', ',', ':']).to_owned()).collect()
}

/// Letters and digits that carry meaning: hiragana hold a sentence together.
fn content(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric() && !matches!(c, '\u{3040}'..='\u{309f}')).count()
}

/// 「どうすればいいですか」 and 「直せますか」 are asked of everything.
fn says_something(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let japanese = text.chars().any(is_unspaced);
    if japanese { content(text) >= 2 && letters >= SHORTEST } else { letters >= SHORTEST }
}

#[cfg(test)]
mod tests;
