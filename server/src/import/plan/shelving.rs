//! Which page is put on which shelf, and what tables of contents and overview pages call the shelves.

use super::{ImportPlan, Page, PlanOptions};
use crate::import::categories::{Names, Shelves, TOP, without_overview};
use crate::import::paths::{folder, stem};
use crate::import::toc::Toc;
use crate::knowledge::DEPTH;
use app::i18n::Locale;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Where a page is put.
struct Shelf {
    /// The category's key.
    key: String,
    /// The folders below the shared one, if they made the category.
    below: Option<String>,
}

/// The category of each page.
pub(super) fn shelve(
    pages: &[Page],
    options: &PlanOptions,
    tocs: &BTreeMap<Locale, Toc>,
    plan: &mut ImportPlan,
) -> Vec<Option<usize>> {
    let shared = shared_folder(pages);
    let mut shelves = Shelves::default();
    let mut named = |category: &str| Shelf { key: shelves.add_named(category), below: None };
    let by_words: Vec<Option<Shelf>> = pages
        .iter()
        .map(|page| {
            let at_top = !options.category_from_folder || folder(&page.path) == shared;
            let fallback = options.category.as_deref().filter(|_| at_top);
            page.said.category.as_deref().or(fallback).map(&mut named)
        })
        .collect();
    let of_page: Vec<Option<Shelf>> = pages
        .iter()
        .zip(by_words)
        .map(|(page, shelf)| {
            shelf.or_else(|| {
                let below = folder(&page.path).strip_prefix(shared.as_str())?.trim_matches('/');
                let key = options.category_from_folder.then(|| shelves.add(below))?;
                Some(Shelf { key, below: Some(below.to_owned()) })
            })
        })
        .collect();
    let names = names(pages, &of_page, tocs);
    let (categories, places) = shelves.finish(&names);
    plan.categories = categories;
    of_page.into_iter().map(|shelf| places.get(&shelf?.key).copied()).collect()
}

/// The folder above all pages, if there are at least two folders in it: one level for everything is none.
fn shared_folder(pages: &[Page]) -> String {
    let mut shared: Option<Vec<&str>> = None;
    for page in pages {
        let levels: Vec<&str> = folder(&page.path).split('/').filter(|level| !level.is_empty()).collect();
        shared = Some(match shared {
            None => levels,
            Some(shared) => {
                shared.into_iter().zip(levels).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
            }
        });
    }
    let shared = shared.unwrap_or_default().join("/");
    let below = pages.iter().map(|page| folder(&page.path)).filter(|folder| *folder != shared);
    if below.collect::<HashSet<_>>().len() >= 2 { shared } else { String::new() }
}

fn names<'t>(pages: &[Page], shelves: &[Option<Shelf>], tocs: &'t BTreeMap<Locale, Toc>) -> Names<'t> {
    let mut names =
        Names { tocs, by_toc: BTreeMap::new(), by_overview: HashMap::new(), first_place: HashMap::new() };
    let mut categories: HashMap<Locale, HashMap<String, String>> = HashMap::new();
    for (page, shelf) in pages.iter().zip(shelves) {
        let Some(shelf) = shelf else { continue };
        if let Some(below) = &shelf.below {
            note_folders(categories.entry(page.locale).or_default(), folder(&page.file), below);
            let overview = matches!(stem(&page.file), "overview" | "index" | "_index" | "README" | "readme");
            if overview && *below == shelf.key && shelf.key != TOP {
                names.by_overview.insert((page.locale, shelf.key.clone()), without_overview(&page.title));
            }
        }
        let Some(place) = tocs.values().find_map(|toc| toc.place(&page.file)) else { continue };
        let mut above = Some(shelf.key.as_str());
        while let Some(key) = above {
            let first = names.first_place.entry(key.to_owned()).or_insert(place);
            *first = (*first).min(place);
            above = key.rsplit_once('/').map(|(parent, _)| parent);
        }
    }
    for (locale, toc) in tocs {
        let Some(categories) = categories.get(locale) else { continue };
        let named = toc.folder_names().into_iter();
        let of_category = named.filter_map(|(folder, name)| Some((categories.get(&folder)?.clone(), name)));
        names.by_toc.insert(*locale, of_category.collect());
    }
    names
}

/// Notes the folders of one page: its folder in the source, the end of which names categories, and those categories.
/// Tables of contents speak of folders; those below the last level became no category of their own.
fn note_folders(categories: &mut HashMap<String, String>, folder: &str, below: &str) {
    let levels: Vec<&str> = folder.split('/').filter(|level| !level.is_empty()).collect();
    let named: Vec<&str> = below.split('/').filter(|level| !level.is_empty()).collect();
    let unnamed = levels.len().saturating_sub(named.len());
    for end in 1..=named.len().min(DEPTH) {
        categories.entry(levels[..unnamed + end].join("/")).or_insert_with(|| named[..end].join("/"));
    }
}
