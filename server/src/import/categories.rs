//! Which folder becomes which category.

use super::paths::humanise;
use super::toc::Toc;
use crate::knowledge::{DEPTH, slugify};
use app::i18n::Locale;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A category as the import wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedCategory {
    pub slug: String,
    /// Place of the parent in the list; parents stand before their children.
    pub parent: Option<usize>,
    pub position: i64,
    pub names: BTreeMap<Locale, String>,
    /// The folder, or the levels that the front matter named, `/` between.
    pub folder: String,
}

/// The folder's name for articles that lie in none.
pub(super) const TOP: &str = "";

/// Collects folders, then makes categories of them.
#[derive(Default)]
pub(super) struct Shelves {
    /// By folder: the words that somebody wrote for its last level, if it came from front matter.
    folders: BTreeMap<String, Option<String>>,
}

impl Shelves {
    /// Notes a folder with everything above it, cut to the depth that the tree has; gives the key of its category.
    pub(super) fn add(&mut self, folder: &str) -> String {
        let levels: Vec<&str> = folder.split('/').filter(|level| !level.is_empty()).take(DEPTH).collect();
        for end in 1..=levels.len() {
            self.folders.entry(levels[..end].join("/")).or_default();
        }
        if levels.is_empty() {
            self.folders.entry(TOP.to_owned()).or_default();
        }
        levels.join("/")
    }

    /// Notes a category by its words, `Billing/Invoices`: the same as the folder of that name.
    pub(super) fn add_named(&mut self, category: &str) -> String {
        let levels: Vec<&str> =
            category.split('/').map(str::trim).filter(|level| !level.is_empty()).take(DEPTH).collect();
        let keys: Vec<String> = levels.iter().map(|level| slugify(level)).collect();
        for end in 1..=levels.len() {
            let name = self.folders.entry(keys[..end].join("/")).or_default();
            let words = levels[end - 1];
            if name.is_none() && words != keys[end - 1] {
                *name = Some(words.to_owned());
            }
        }
        keys.join("/")
    }

    /// The categories, and the place of each folder in the list.
    pub(super) fn finish(self, names: &Names<'_>) -> (Vec<PlannedCategory>, HashMap<String, usize>) {
        let mut categories: Vec<PlannedCategory> = Vec::new();
        let mut places = HashMap::new();
        let slugs = slugs(self.folders.keys());
        for (folder, written) in &self.folders {
            let parent = folder.rsplit_once('/').and_then(|(parent, _)| places.get(parent).copied());
            places.insert(folder.clone(), categories.len());
            categories.push(PlannedCategory {
                slug: slugs[folder].clone(),
                parent,
                position: names.position(folder),
                names: names.of(folder, written.as_deref()),
                folder: folder.clone(),
            });
        }
        (categories, places)
    }
}

/// A slug for each folder: its own name where that is the only one, else with the folders above.
fn slugs<'f>(folders: impl Iterator<Item = &'f String>) -> HashMap<String, String> {
    let folders: Vec<&String> = folders.collect();
    let last = |folder: &str, levels: usize| {
        let parts: Vec<&str> = folder.split('/').collect();
        slugify(&parts[parts.len().saturating_sub(levels)..].join("-"))
    };
    let mut count: HashMap<String, usize> = HashMap::new();
    for folder in &folders {
        *count.entry(last(folder, 1)).or_default() += 1;
    }
    let mut taken = HashSet::new();
    let mut out = HashMap::new();
    // Shallow folders first: they keep the short name.
    let mut ordered = folders;
    ordered.sort_by_key(|folder| (folder.matches('/').count(), folder.as_str()));
    for folder in ordered {
        let levels = folder.matches('/').count() + 1;
        let base = if folder == TOP { "general".to_owned() } else { last(folder, 1) };
        let alone = count.get(&base).copied().unwrap_or(0) <= 1 || levels == 1;
        let wanted = (1..=levels).map(|levels| last(folder, levels)).skip(usize::from(!alone));
        let mut candidates = std::iter::once(base.clone()).filter(|_| folder == TOP).chain(wanted);
        let mut slug = candidates.find(|slug| !slug.is_empty() && !taken.contains(slug));
        let mut number = 1;
        while slug.is_none() {
            number += 1;
            let numbered = format!("{}-{number}", if base.is_empty() { "category" } else { &base });
            slug = Some(numbered).filter(|slug| !taken.contains(slug));
        }
        let slug = slug.unwrap_or(base);
        taken.insert(slug.clone());
        out.insert(folder.clone(), slug);
    }
    out
}

/// Where names and order come from.
pub(super) struct Names<'t> {
    pub(super) tocs: &'t BTreeMap<Locale, Toc>,
    /// For each locale, the names that its table of contents gives to folders.
    pub(super) by_toc: BTreeMap<Locale, HashMap<String, String>>,
    /// The title of a folder's overview page.
    pub(super) by_overview: HashMap<(Locale, String), String>,
    /// The place of a folder's first page in a table of contents.
    pub(super) first_place: HashMap<String, usize>,
}

impl Names<'_> {
    fn of(&self, folder: &str, written: Option<&str>) -> BTreeMap<Locale, String> {
        let said = |locale: Locale| {
            if folder == TOP {
                let title = self.tocs.get(&locale).and_then(|toc| toc.title.clone());
                return Some(title.unwrap_or_else(|| locale.t("全般", "General").to_owned()));
            }
            let key = (locale, folder.to_owned());
            let toc = self.by_toc.get(&locale).and_then(|names| names.get(folder));
            toc.or_else(|| self.by_overview.get(&key)).cloned()
        };
        Locale::ALL
            .into_iter()
            .map(|locale| {
                let name =
                    written.map(str::to_owned).or_else(|| said(locale)).or_else(|| said(locale.other()));
                (locale, name.unwrap_or_else(|| humanise(folder.rsplit('/').next().unwrap_or(folder))))
            })
            .collect()
    }

    fn position(&self, folder: &str) -> i64 {
        self.first_place.get(folder).map_or(i64::from(u32::MAX), |place| *place as i64)
    }
}

/// The title of an overview page as the name of what it introduces.
pub(super) fn without_overview(title: &str) -> String {
    let cut = [
        "の概要",
        "概要",
        " overview",
        " Overview",
        ": Article Index",
        ": article index",
        "：記事インデックス",
    ]
    .into_iter()
    .find_map(|end| title.strip_suffix(end))
    .map_or(title, str::trim);
    if cut.is_empty() { title.to_owned() } else { cut.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Names, Shelves, TOP, without_overview};
    use app::i18n::Locale;
    use std::collections::{BTreeMap, HashMap};

    fn names() -> Names<'static> {
        static NO_TOCS: BTreeMap<Locale, super::Toc> = BTreeMap::new();
        Names {
            tocs: &NO_TOCS,
            by_toc: [(Locale::Ja, HashMap::from([("how-to".to_owned(), "手順".to_owned())]))].into(),
            by_overview: HashMap::new(),
            first_place: HashMap::from([("how-to".to_owned(), 3)]),
        }
    }

    #[test]
    fn folders_become_a_tree_of_three_levels() {
        let mut shelves = Shelves::default();
        assert_eq!(shelves.add("how-to/general/deep/deeper"), "how-to/general/deep");
        assert_eq!(shelves.add("faq/general"), "faq/general");
        assert_eq!(shelves.add(""), TOP);
        assert_eq!(shelves.add_named("FAQ / General"), "faq/general");
        assert_eq!(shelves.add_named("ご請求"), "ご請求");
        let (categories, places) = shelves.finish(&names());
        let slugs: Vec<_> = categories.iter().map(|category| category.slug.as_str()).collect();
        assert_eq!(slugs, ["general", "faq", "faq-general", "how-to", "how-to-general", "deep", "ご請求"]);
        let deep = &categories[places["how-to/general/deep"]];
        assert_eq!(deep.parent, Some(places["how-to/general"]));
        let how_to = &categories[places["how-to"]];
        assert_eq!(
            (how_to.names[&Locale::Ja].as_str(), how_to.names[&Locale::En].as_str()),
            ("手順", "手順")
        );
        assert_eq!(how_to.position, 3);
        assert_eq!(categories[places["faq"]].names[&Locale::En], "FAQ");
        assert_eq!(categories[places[TOP]].names[&Locale::Ja], "全般");
    }

    #[test]
    fn an_overviews_title_names_its_folder() {
        assert_eq!(without_overview("Agile overview"), "Agile");
        assert_eq!(without_overview("アジャイルの概要"), "アジャイル");
        assert_eq!(without_overview("Overview"), "Overview");
    }
}
