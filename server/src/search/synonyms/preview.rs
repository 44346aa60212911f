//! Which searches a synonym would change: what customers search for, and its own words, asked once without it and once
//! with it. Nothing is kept.

use std::collections::HashSet;
use std::sync::Arc;

use app::i18n::Locale;

use super::store::{Synonym, synonyms};
use super::wording::Wording;
use crate::app_state::App;
use crate::panics;
use crate::search::analytics::terms;
use crate::search::document::Viewer;
use crate::search::query::{Meanings, Parsed, SearchQuery};
use crate::search::{Search, SearchHit};
use crate::storage::Result;

/// So many of the most frequent searches are tried.
pub const TRIED: usize = 300;
/// So many first results are compared.
pub const FIRST: usize = 3;
/// So many searches are shown.
const SHOWN: usize = 20;

/// One search that would come out otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Effect {
    pub query: String,
    /// How many visitors searched for it; `None` for the synonym's own words when they are not among the searches.
    pub visitors: Option<usize>,
    pub before: Compared,
    pub after: Compared,
}

/// The results of a search.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    /// How many articles fit; nearest matches are none.
    pub total: usize,
    /// The first of them.
    pub first: Vec<SearchHit>,
}

/// What came of a trial.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tried {
    /// How many different searches of customers were tried.
    pub searches: usize,
    /// How many of them have other first results.
    pub changed: usize,
    /// Those that most visitors searched for, after the synonym's own words.
    pub effects: Vec<Effect>,
}

/// What would change if a synonym said this: a new one, or the one with this id. `since` is how far back the searches
/// go that are tried. Customers' searches are tried as a signed-in customer sees their results.
pub async fn preview_synonym(app: &App, id: Option<i64>, wording: &Wording, since: i64) -> Result<Tried> {
    let kept = synonyms(&mut app.db.read().await?, wording.locale).await?;
    let without: Vec<Synonym> = kept.iter().filter(|kept| Some(kept.id) != id).cloned().collect();
    let mut after = noted(&without);
    wording.note(&mut after);
    compare(app, wording, noted(&kept), after, since).await
}

/// What a kept synonym changes: its searches without it and with it.
pub async fn preview_without(app: &App, synonym: &Synonym, since: i64) -> Result<Tried> {
    let kept = synonyms(&mut app.db.read().await?, synonym.wording.locale).await?;
    let without: Vec<Synonym> = kept.iter().filter(|kept| kept.id != synonym.id).cloned().collect();
    compare(app, &synonym.wording, noted(&without), noted(&kept), since).await
}

fn noted(synonyms: &[Synonym]) -> Meanings {
    let mut meanings = Meanings::default();
    synonyms.iter().for_each(|synonym| synonym.wording.note(&mut meanings));
    meanings
}

async fn compare(
    app: &App,
    wording: &Wording,
    before: Meanings,
    after: Meanings,
    since: i64,
) -> Result<Tried> {
    let locale = wording.locale;
    let mut searched = terms(&mut app.db.read().await?, locale, since).await?;
    searched.truncate(TRIED);
    let searches = searched.len();
    // Its own words first: they tell what it is for, whether or not anybody has searched for them yet.
    let mut seen = HashSet::new();
    let own = wording.words.iter().map(|word| (crate::search::term(word), None));
    let searched = searched.into_iter().map(|report| (report.term, Some(report.visitors)));
    let (mut queries, mut others): (Vec<_>, Vec<_>) = (own.collect(), searched.collect());
    for (word, visitors) in &mut queries {
        if let Some(at) = others.iter().position(|(term, _)| term == word) {
            *visitors = others.remove(at).1;
        }
    }
    queries.append(&mut others);
    queries.retain(|(query, _)| !query.is_empty() && seen.insert(query.clone()));
    let search = Arc::clone(&app.search);
    let comparison = move || Comparison { search, locale, before, after }.of(queries);
    // Some hundred searches would hold up the runtime. They end only with the process itself.
    let mut effects = panics::joined(tokio::task::spawn_blocking(comparison)).await.unwrap_or_default();
    let changed = effects.iter().filter(|effect| effect.visitors.is_some()).count();
    effects.truncate(SHOWN);
    Ok(Tried { searches, changed, effects })
}

/// Two understandings of the same searches.
struct Comparison {
    search: Arc<Search>,
    locale: Locale,
    before: Meanings,
    after: Meanings,
}

impl Comparison {
    fn of(&self, queries: Vec<(String, Option<usize>)>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (query, visitors) in queries.into_iter().filter(|(query, _)| self.is_understood_otherwise(query))
        {
            let (before, after) = (self.ask(&query, &self.before), self.ask(&query, &self.after));
            let ids =
                |compared: &Compared| compared.first.iter().map(|hit| hit.article_id).collect::<Vec<_>>();
            if ids(&before) != ids(&after) {
                effects.push(Effect { query, visitors, before, after });
            }
        }
        effects
    }

    fn is_understood_otherwise(&self, query: &str) -> bool {
        let parsed = Parsed::new(query);
        Locale::ALL.into_iter().any(|written| {
            let [before, after] = [&self.before, &self.after]
                .map(|meanings| meanings.stretches(written, &parsed.tokens, parsed.last_word_open));
            before != after
        })
    }

    fn ask(&self, query: &str, meanings: &Meanings) -> Compared {
        let query = SearchQuery {
            text: query.to_owned(),
            locale: self.locale,
            viewer: Viewer::Customer { organization: None },
            category: None,
            page: 1,
            per_page: FIRST,
            excerpts: false,
        };
        let found = self.search.ask_with(&query, meanings).unwrap_or_default();
        let total = if found.nearest { 0 } else { found.total };
        Compared { total, first: if found.nearest { Vec::new() } else { found.hits } }
    }
}
