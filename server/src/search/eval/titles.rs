//! Whether articles are found by their own titles: exactly typed, and with one slip of the keyboard.

use app::i18n::Locale;

use super::throw_away;
use crate::chance::Chance;
use crate::search::document::{Audience, IndexedArticle, Viewer};
use crate::search::query::{Meanings, Ranking, SearchHit, SearchQuery, Snapshot};

/// Titles with fewer words are not typed wrong here: half of what was asked would be gone.
const FEWEST_WORDS: usize = 3;
/// The slip happens in a word of at least so many letters.
const FEWEST_LETTERS: usize = 4;
/// A mistyped title has to bring its article among so many.
const AMONG: usize = 3;

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Share {
    pub of: usize,
    pub found: usize,
    /// Of those found: another article with the same title stood in its place.
    pub by_same_title: usize,
}

impl Share {
    /// 0 to 100.
    pub fn percent(self) -> f64 {
        if self.of == 0 { 0.0 } else { 100.0 * self.found as f64 / self.of as f64 }
    }
}

/// What the evaluation found.
#[derive(Clone, Debug, Default, serde::Serialize)]
pub struct TitlesReport {
    /// The exact title brings its article first.
    pub exact_en: Share,
    pub exact_ja: Share,
    /// An English title of three words or more with one slip brings its article among the first three.
    pub mistyped_en: Share,
    /// The queries that failed, with what came first instead.
    pub missed: Vec<(String, String)>,
}

/// Asks for every title of these articles, over an index of them all. `chance` makes the slips.
pub fn evaluate_titles(articles: Vec<IndexedArticle>, chance: &Chance) -> tantivy::Result<TitlesReport> {
    let public = articles.iter().filter(|article| article.audience == Audience::Public);
    let titles: Vec<(i64, Locale, String)> =
        public.map(|article| (article.article_id, article.locale, article.title.clone())).collect();
    let snapshot = throw_away(articles)?;
    let mut report = TitlesReport::default();
    for (id, locale, title) in &titles {
        let exact = match locale {
            Locale::En => &mut report.exact_en,
            Locale::Ja => &mut report.exact_ja,
        };
        let missed = ask(&snapshot, exact, (*id, *locale, title), title, 1)?;
        report.missed.extend(missed);
        if *locale == Locale::En
            && let Some(mistyped) = mistype(title, chance)
        {
            let missed = ask(&snapshot, &mut report.mistyped_en, (*id, *locale, title), &mistyped, AMONG)?;
            report.missed.extend(missed);
        }
    }
    Ok(report)
}

/// Counts one query; gives it back with what came first when the article did not come.
fn ask(
    snapshot: &Snapshot,
    share: &mut Share,
    (id, locale, title): (i64, Locale, &str),
    typed: &str,
    among: usize,
) -> tantivy::Result<Option<(String, String)>> {
    let query = SearchQuery {
        text: typed.to_owned(),
        locale,
        viewer: Viewer::Anonymous,
        category: None,
        page: 1,
        per_page: among,
        excerpts: false,
    };
    let hits = snapshot.search(&query, &Ranking::PRODUCTION, &Meanings::default())?.hits;
    let itself = hits.iter().any(|hit| hit.article_id == id);
    let same_title = hits.iter().any(|hit| title_of(hit) == title);
    share.of += 1;
    share.found += usize::from(itself || same_title);
    share.by_same_title += usize::from(!itself && same_title);
    let missed = !itself && !same_title;
    Ok(missed.then(|| (typed.to_owned(), hits.first().map(title_of).unwrap_or_default())))
}

fn title_of(hit: &SearchHit) -> String {
    hit.title.iter().map(|segment| segment.text.as_str()).collect()
}

/// The title with one slip in one of its longer words: a letter left out, doubled, replaced, or two swapped.
fn mistype(title: &str, chance: &Chance) -> Option<String> {
    let words: Vec<&str> = title.split(' ').collect();
    if title.split_whitespace().count() < FEWEST_WORDS {
        return None;
    }
    let long = |word: &&str| word.len() >= FEWEST_LETTERS && word.bytes().all(|b| b.is_ascii_alphabetic());
    let choices: Vec<usize> = (0..words.len()).filter(|n| long(&words[*n])).collect();
    let chosen = *choices.get(chance.below(choices.len()))?;
    let slipped = slip(words[chosen], chance);
    let mistyped =
        words.iter().enumerate().map(|(n, word)| if n == chosen { slipped.as_str() } else { word });
    Some(mistyped.collect::<Vec<_>>().join(" "))
}

fn slip(word: &str, chance: &Chance) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let at = chance.below(letters.len());
    let other = char::from(b'a' + chance.below(26) as u8);
    match chance.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, other),
        2 if !letters[at].eq_ignore_ascii_case(&other) => letters[at] = other,
        // Swapping two equal letters would be no slip.
        _ => match (0..letters.len() - 1)
            .map(|n| (at + n) % (letters.len() - 1))
            .find(|n| letters[*n] != letters[n + 1])
        {
            Some(n) => letters.swap(n, n + 1),
            None => drop(letters.remove(at)),
        },
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistyped_title_differs_by_one_slip() {
        let chance = Chance::seeded(1);
        for title in ["Reset your password", "How to configure ssl in staging", "Aaaa bbbb cccc"] {
            for _ in 0..50 {
                let mistyped = mistype(title, &chance).expect("it is long enough");
                assert_eq!(strsim::osa_distance(title, &mistyped), 1, "{mistyped}");
            }
        }
        assert_eq!(mistype("Two words", &chance), None);
        assert_eq!(mistype("A b c d", &chance), None);
    }
}
