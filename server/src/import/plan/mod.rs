//! Decides what becomes of every file, without a database: which are articles, in which language, under which slug
//! and category.

mod pages;
mod shelving;

use super::categories::PlannedCategory;
use super::dialect::Snippets;
use super::front_matter::FrontMatter;
use super::paths::{extension, is_markdown};
use super::redirects::{self, PlannedRedirect};
use super::report::Problem;
use super::resolve::Resolver;
use super::slugs::{Wish, assign};
use super::source::Source;
use app::i18n::Locale;
use pages::{read_helpers, read_pages};
use shelving::shelve;
use std::collections::{BTreeMap, HashMap, HashSet};

/// How files are read.
#[derive(Clone, Debug, Default)]
pub struct PlanOptions {
    /// `ja/…` and `en/…` are languages.
    pub locale_from_folder: bool,
    /// Folders are categories.
    pub category_from_folder: bool,
    /// The language of files that do not say theirs; guessed from their words without it.
    pub locale: Option<Locale>,
    /// The category of files that say none.
    pub category: Option<String>,
    /// A CSV file of moved addresses, with its name for the report.
    pub redirects: Option<(String, String)>,
}

/// What the database knows already.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// The slug that a file got in an earlier import of this source, by path and locale.
    pub slugs: HashMap<(String, Locale), String>,
    /// Slugs of all other articles.
    pub taken: HashSet<(Locale, String)>,
}

/// One language of an article, in one file.
#[derive(Clone, Debug)]
pub struct PlannedTranslation {
    pub locale: Locale,
    /// In the source.
    pub file: String,
    pub slug: String,
    pub title: String,
    pub published: bool,
    /// When it was written, in milliseconds since 1970 UTC.
    pub date: Option<i64>,
}

/// An article with at least one translation.
#[derive(Clone, Debug)]
pub struct PlannedArticle {
    /// Without the locale folder: what ties its translations together.
    pub path: String,
    /// Place in the list of categories.
    pub category: Option<usize>,
    pub tags: Vec<String>,
    pub translations: Vec<PlannedTranslation>,
}

/// Everything that an import would do.
#[derive(Debug, Default)]
pub struct ImportPlan {
    pub categories: Vec<PlannedCategory>,
    /// In order of their paths.
    pub articles: Vec<PlannedArticle>,
    pub redirects: Vec<PlannedRedirect>,
    pub problems: Vec<Problem>,
    /// Files that are no articles but were read: tables of contents, snippets.
    pub used: Vec<String>,
    pub(super) resolver: Resolver,
    pub(super) snippets: BTreeMap<Locale, Snippets>,
    /// Article and translation of each file.
    pub(super) by_file: HashMap<String, (usize, usize)>,
}

impl ImportPlan {
    /// How many files become translations.
    pub fn translations(&self) -> usize {
        self.articles.iter().map(|article| article.translations.len()).sum()
    }

    pub(super) fn of_file(&self, file: &str) -> Option<&PlannedTranslation> {
        let (article, translation) = *self.by_file.get(file)?;
        Some(&self.articles[article].translations[translation])
    }
}

/// A file that is an article, read as far as its front matter.
struct Page {
    file: String,
    path: String,
    locale: Locale,
    said: FrontMatter,
    title: String,
}

/// Reads every front matter and decides.
pub fn plan(source: &mut Source, options: &PlanOptions, known: &Known) -> ImportPlan {
    let mut plan = ImportPlan {
        resolver: Resolver::new(source.files(), options.locale_from_folder),
        problems: source.refused().to_vec(),
        ..ImportPlan::default()
    };
    let pages = read_pages(source, options, &mut plan);
    let tocs = read_helpers(source, options, &mut plan);
    let slugs = {
        let wishes: Vec<Wish<'_>> = pages
            .iter()
            .map(|page| Wish {
                locale: page.locale,
                path: &page.path,
                file: &page.file,
                explicit: page.said.slug.as_deref(),
                known: known.slugs.get(&(page.path.clone(), page.locale)).map(String::as_str),
                title: &page.title,
            })
            .collect();
        let (slugs, problems) =
            assign(&wishes, |locale, slug| known.taken.contains(&(locale, slug.to_owned())));
        plan.problems.extend(problems);
        slugs
    };
    let shelf_of = shelve(&pages, options, &tocs, &mut plan);
    let mut moved = Vec::new();
    for (at, (page, slug)) in pages.into_iter().zip(slugs).enumerate() {
        let Some(slug) = slug else { continue };
        for note in &page.said.notes {
            plan.problems.push(Problem::note(&page.file, note.as_str()));
        }
        for old in &page.said.redirect_from {
            moved.push((page.file.clone(), old.clone(), page.locale, slug.clone()));
        }
        add(&mut plan, page, slug, shelf_of[at]);
    }
    plan.redirects = redirects::plan(&mut plan.problems, &plan.articles, moved, options);
    plan
}

/// Adds a translation to its article.
fn add(plan: &mut ImportPlan, page: Page, slug: String, category: Option<usize>) {
    let translation = PlannedTranslation {
        locale: page.locale,
        file: page.file.clone(),
        slug,
        title: page.title,
        published: page.said.published.unwrap_or(true),
        date: page.said.date,
    };
    if plan.articles.last().is_none_or(|article| article.path != page.path) {
        plan.articles.push(PlannedArticle {
            path: page.path,
            category,
            tags: Vec::new(),
            translations: Vec::new(),
        });
    }
    let place = plan.articles.len() - 1;
    let article = &mut plan.articles[place];
    article.category = article.category.or(category);
    for tag in page.said.tags {
        if !article.tags.contains(&tag) {
            article.tags.push(tag);
        }
    }
    plan.by_file.insert(page.file, (place, article.translations.len()));
    article.translations.push(translation);
}

/// Whether a linked file is one that can be stored beside an article.
pub(super) fn is_attachment(path: &str) -> bool {
    !is_markdown(path)
        && !matches!(extension(path).as_str(), "" | "html" | "htm" | "js" | "css" | "yml" | "yaml" | "json")
}
