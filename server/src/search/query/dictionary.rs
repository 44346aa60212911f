//! What the index knows of words: whether one occurs, what it could be completed to, what it could be a slip of.

use std::collections::HashMap;
use std::sync::Arc;

use app::i18n::Locale;
use tantivy::Term;
use tantivy::query::FuzzyTermQuery;

use super::docs::Docs;
use super::letters;
use super::ranking::Ranking;
use super::slips;
use super::snapshot::Snapshot;
use super::sound::Sound;
use crate::search::schema::TextFields;

/// A prefix of one letter would run through a large part of the dictionary: this many words are looked at.
const MOST_SCANNED: usize = 2_000;

/// The words of one language in one snapshot.
pub struct Dictionary<'a> {
    snapshot: &'a Snapshot,
    written: Locale,
    fields: &'a TextFields,
}

/// A word of the index that is like one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbour {
    pub surface: String,
    /// In how many articles it stands.
    pub articles: u32,
    /// Slips between the two.
    pub distance: f32,
}

impl Neighbour {
    /// How much memory it takes.
    pub fn bytes(&self) -> usize {
        size_of::<Self>() + self.surface.len()
    }
}

impl<'a> Dictionary<'a> {
    pub fn new(snapshot: &'a Snapshot, written: Locale) -> Self {
        Self { snapshot, written, fields: snapshot.fields.text(written) }
    }

    /// In how many articles a term stands at most, over all parts. 0 when it stands nowhere.
    pub fn articles_with(&self, term: &str) -> tantivy::Result<u32> {
        Ok(self.snapshot.term(self.written, term)?.articles)
    }

    /// Whether any article has all of these terms.
    pub fn stand_together(&self, terms: &[&str], ranking: &Ranking) -> tantivy::Result<bool> {
        let mut docs: Option<Docs> = None;
        for term in terms {
            let term = self.snapshot.term(self.written, term)?;
            let mut having = Docs::none(self.snapshot.bound());
            for said in &term.weighed(self.snapshot, self.written, ranking)?.strengths {
                having.insert(said.doc);
            }
            if let Some(docs) = &docs {
                having.intersect(docs);
            }
            docs = Some(having);
        }
        Ok(docs.is_some_and(|docs| !docs.is_empty()))
    }

    /// In how many articles a word stands just as it is written.
    pub fn articles_with_word(&self, surface: &str) -> tantivy::Result<u32> {
        let mut count = 0;
        for (_, _, index) in self.snapshot.indexes(self.fields.vocabulary)? {
            count += index.terms().get(surface)?.map_or(0, |info| info.doc_freq);
        }
        Ok(count)
    }

    /// The words that begin so, those in most articles first.
    pub fn completions(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<(String, u32)>> {
        let mut found: HashMap<String, u32> = HashMap::new();
        for (_, _, index) in self.snapshot.indexes(self.fields.vocabulary)? {
            let mut stream = index.terms().range().ge(prefix).into_stream()?;
            for _ in 0..MOST_SCANNED {
                match stream.next() {
                    Some((word, info)) if word.starts_with(prefix.as_bytes()) => {
                        let Ok(word) = std::str::from_utf8(word) else { continue };
                        *found.entry(word.to_owned()).or_default() += info.doc_freq;
                    }
                    _ => break,
                }
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        found.truncate(limit);
        Ok(found)
    }

    /// The words that differ in no more than so many letters, as far as the slips are [`slips::allowed`]. Nearest first;
    /// among equals those that begin with the same letter, then those in most articles.
    pub fn neighbours(&self, surface: &str, letters: u8) -> tantivy::Result<Arc<Vec<Neighbour>>> {
        self.snapshot.neighbours(self.written, surface, letters, || self.find_neighbours(surface, letters))
    }

    fn find_neighbours(&self, surface: &str, letters: u8) -> tantivy::Result<Vec<Neighbour>> {
        let term = Term::from_field_text(self.fields.vocabulary, surface);
        let allowed = slips::allowed(surface);
        let mut found: Vec<Neighbour> = self
            .alike(&FuzzyTermQuery::new(term, letters, true))?
            .into_iter()
            .filter(|(word, _)| word != surface && slips::may_be_meant(word, surface))
            .map(|(word, articles)| {
                let distance = slips::distance(&word, surface);
                Neighbour { surface: word, articles, distance }
            })
            .filter(|neighbour| neighbour.distance <= allowed)
            .collect();
        let begins_otherwise = |n: &Neighbour| n.surface.chars().next() != surface.chars().next();
        found.sort_unstable_by(|a, b| {
            a.distance
                .total_cmp(&b.distance)
                .then(begins_otherwise(a).cmp(&begins_otherwise(b)))
                .then(b.articles.cmp(&a.articles))
                .then_with(|| a.surface.cmp(&b.surface))
        });
        Ok(found)
    }

    /// The words that begin like this but for a slip, those in most articles first.
    pub fn completions_of_slip(&self, prefix: &str, limit: usize) -> tantivy::Result<Vec<String>> {
        let term = Term::from_field_text(self.fields.vocabulary, prefix);
        let alike = self.alike(&FuzzyTermQuery::new_prefix(term, 1, true))?;
        let mut found: Vec<(String, u32)> =
            alike.into_iter().filter(|(word, _)| slips::may_be_meant(word, prefix)).collect();
        found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(found.into_iter().take(limit).map(|(word, _)| word).collect())
    }

    /// The word in the other script, Latin or katakana, that this one is by its sound, or by the names of its letters; of
    /// several the one in most articles.
    pub fn in_other_script(&self, surface: &str) -> tantivy::Result<Arc<Option<Neighbour>>> {
        self.snapshot.in_other_script(self.written, surface, || {
            if let Some(abbreviation) = self.by_letters(surface)? {
                return Ok(Some(abbreviation));
            }
            if let Some(kana) = Sound::of_kana(surface) {
                let is_spelt = |word: &str| Sound::of_latin(word).is_some_and(|latin| kana.may_spell(&latin));
                return self.most_common(kana.heads_in_latin().chars(), is_spelt);
            }
            let Some(latin) = Sound::of_latin(surface) else { return Ok(None) };
            let spells = |word: &str| Sound::of_kana(word).is_some_and(|kana| kana.may_spell(&latin));
            self.most_common(latin.heads_in_kana().into_iter(), spells)
        })
    }

    /// The abbreviation that a folded word in katakana spells by the names of its letters.
    pub fn by_letters(&self, surface: &str) -> tantivy::Result<Option<Neighbour>> {
        let Some(word) = letters::spelt(surface) else { return Ok(None) };
        let articles = self.articles_with_word(&word)?;
        Ok((articles > 0).then_some(Neighbour { surface: word, articles, distance: 0.0 }))
    }

    /// The word that is this one in katakana but for the marks of long vowels, which are typed as hyphens and lost on the
    /// way: サーバ for the サバ of `sa-ba-`.
    pub fn with_long_vowels(&self, word: &str) -> tantivy::Result<Option<Neighbour>> {
        let is_marked =
            |known: &str| known.contains('ー') && known.chars().filter(|c| *c != 'ー').eq(word.chars());
        self.most_common(word.chars().take(1), is_marked)
    }

    /// Of the words that begin with one of these characters and are as is wanted the one in most articles.
    fn most_common(
        &self,
        heads: impl Iterator<Item = char>,
        is_wanted: impl Fn(&str) -> bool,
    ) -> tantivy::Result<Option<Neighbour>> {
        let mut found: HashMap<String, u32> = HashMap::new();
        for head in heads.map(String::from) {
            for (_, _, index) in self.snapshot.indexes(self.fields.vocabulary)? {
                let mut stream = index.terms().range().ge(&head).into_stream()?;
                while let Some((word, info)) = stream.next() {
                    let Ok(word) = std::str::from_utf8(word) else { continue };
                    if !word.starts_with(&head) {
                        break;
                    }
                    if is_wanted(word) {
                        *found.entry(word.to_owned()).or_default() += info.doc_freq;
                    }
                }
            }
        }
        let best = found.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Ok(best.map(|(surface, articles)| Neighbour { surface, articles, distance: 0.0 }))
    }

    /// Words with the number of their articles.
    fn alike(&self, query: &FuzzyTermQuery) -> tantivy::Result<HashMap<String, u32>> {
        let mut found: HashMap<String, u32> = HashMap::new();
        for (_, _, index) in self.snapshot.indexes(self.fields.vocabulary)? {
            let mut stream = index.terms().search(query.automaton()?).into_stream()?;
            while let Some((word, info)) = stream.next() {
                let Ok(word) = std::str::from_utf8(word) else { continue };
                *found.entry(word.to_owned()).or_default() += info.doc_freq;
            }
        }
        Ok(found)
    }
}
