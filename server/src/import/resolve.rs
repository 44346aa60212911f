//! Which file of the source an address in a text means.

use super::paths::{folder, join, split_locale};
use app::i18n::Locale;
use std::collections::{BTreeMap, HashMap};

/// The source's files, and where each locale begins.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolver {
    files: BTreeMap<String, u64>,
    roots: HashMap<Locale, String>,
}

/// What stands in for a folder.
const INDEXES: [&str; 6] = ["overview.md", "index.md", "_index.md", "README.md", "readme.md", "home.md"];

impl Resolver {
    /// `by_folder`: whether locale folders count.
    pub(super) fn new(files: &BTreeMap<String, u64>, by_folder: bool) -> Self {
        let mut roots: HashMap<Locale, String> = HashMap::new();
        if by_folder {
            for path in files.keys() {
                if let Some((locale, root, _)) = split_locale(path) {
                    roots.entry(locale).or_insert_with(|| root.to_owned());
                }
            }
        }
        Self { files: files.clone(), roots }
    }

    /// The folder that a file's own addresses count from when they begin with `/`.
    fn root(&self, from: &str) -> &str {
        self.roots
            .values()
            .find(|root| from.strip_prefix(root.as_str()).is_some_and(|rest| rest.starts_with('/')))
            .map_or("", String::as_str)
    }

    /// The file that an address in `from` means; fragment and query are not looked at.
    pub(super) fn file(&self, from: &str, address: &str) -> Option<String> {
        let path = address.split(['#', '?']).next().unwrap_or_default();
        if path.is_empty() {
            return None;
        }
        let root = self.root(from);
        let mut places = Vec::new();
        if let Some(absolute) = path.strip_prefix('/') {
            // `/help/…` is how documentation tools name the folder that holds everything.
            let below = absolute.split_once('/').map_or(absolute, |(_, rest)| rest);
            for place in [absolute, below] {
                places.push(join(root, place));
                places.push(join("", place));
            }
        } else {
            places.push(join(folder(from), path));
            places.push(join(root, path));
            // `../../help/…`, the same from below.
            places.extend(path.split_once("/help/").map(|(_, below)| join(root, below)));
        }
        let found = places.iter().flatten().find_map(|place| self.variant(place));
        found.or_else(|| places.iter().flatten().find_map(|place| self.in_other_locale(root, place)))
    }

    /// A path as it is written, or with what people leave out.
    fn variant(&self, path: &str) -> Option<String> {
        let bare = path.strip_suffix(".html").unwrap_or(path);
        let here = if path.is_empty() { String::new() } else { format!("{path}/") };
        [path.to_owned(), format!("{bare}.md"), format!("{bare}.markdown")]
            .into_iter()
            .chain(INDEXES.map(|index| format!("{here}{index}")))
            .find(|path| self.files.contains_key(path))
    }

    /// The same place in another language: translations often leave images where they were.
    fn in_other_locale(&self, root: &str, path: &str) -> Option<String> {
        let rest = path.strip_prefix(root)?.strip_prefix('/')?;
        let mut others: Vec<&String> = self.roots.values().filter(|other| *other != root).collect();
        others.sort();
        others.into_iter().find_map(|other| self.variant(&format!("{other}/{rest}")))
    }
}

#[cfg(test)]
mod tests {
    use super::Resolver;
    use std::collections::BTreeMap;

    #[test]
    fn addresses_mean_what_their_author_meant() {
        let files: BTreeMap<String, u64> =
            ["en/a/x.md", "en/a/assets/i.png", "en/b/overview.md", "ja/a/x.md", "shared/s.png"]
                .map(|path| (path.to_owned(), 1))
                .into();
        let resolver = Resolver::new(&files, true);
        for (from, address, expected) in [
            ("en/b/overview.md", "../a/x.md#part", Some("en/a/x.md")),
            ("en/b/overview.md", "/help/a/x.md?lang=en", Some("en/a/x.md")),
            ("ja/a/x.md", "/help/a/x.html", Some("ja/a/x.md")),
            ("ja/a/x.md", "assets/i.png", Some("en/a/assets/i.png")),
            ("ja/a/x.md", "../b/", Some("en/b/overview.md")),
            ("en/a/x.md", "/shared/s.png", Some("shared/s.png")),
            ("en/a/x.md", "x", Some("en/a/x.md")),
            ("en/b/overview.md", "../help/a/x.md", Some("en/a/x.md")),
            ("en/a/x.md", "../../../etc/passwd", None),
            ("en/a/x.md", "gone.md", None),
            ("en/a/x.md", "#part", None),
        ] {
            assert_eq!(resolver.file(from, address).as_deref(), expected, "{from} {address}");
        }
    }
}
