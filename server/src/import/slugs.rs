//! Which file gets which slug. The same files always get the same slugs, and a file keeps the slug it once got.

use super::paths::{folder, stem};
use super::report::Problem;
use crate::knowledge::slugify;
use app::i18n::Locale;
use std::collections::{BTreeMap, HashMap};

/// One translation that wants a slug.
pub(super) struct Wish<'f> {
    pub(super) locale: Locale,
    /// Without its locale folder.
    pub(super) path: &'f str,
    /// The file in the source, for the report.
    pub(super) file: &'f str,
    /// From the front matter.
    pub(super) explicit: Option<&'f str>,
    /// What it got in an earlier import.
    pub(super) known: Option<&'f str>,
    pub(super) title: &'f str,
}

/// Gives every translation a slug, or tells why it gets none. `taken`: slugs of articles that are not of this import.
pub(super) fn assign(
    wishes: &[Wish<'_>],
    taken: impl Fn(Locale, &str) -> bool,
) -> (Vec<Option<String>>, Vec<Problem>) {
    let mut slugs: Vec<Option<String>> = vec![None; wishes.len()];
    let mut problems = Vec::new();
    let mut holders: HashMap<(Locale, String), usize> = HashMap::new();
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by_key(|at| (wishes[*at].path, wishes[*at].locale));

    // What somebody wrote counts first, in order of the paths.
    for &at in &order {
        let wish = &wishes[at];
        let Some(explicit) = wish.explicit else { continue };
        let slug = slugify(explicit);
        if slug.is_empty() {
            problems
                .push(Problem::skipped(wish.file, format!("the slug has no letter or digit: {explicit:?}")));
        } else if let Some(holder) = holders.get(&(wish.locale, slug.clone())) {
            let reason = format!(
                "the slug {slug:?} is claimed by {} too; give one of them another",
                wishes[*holder].file
            );
            problems.push(Problem::skipped(wish.file, reason));
        } else if taken(wish.locale, &slug) && wish.known != Some(slug.as_str()) {
            let reason =
                format!("the slug {slug:?} belongs to an article that is not of this import; choose another");
            problems.push(Problem::skipped(wish.file, reason));
        } else {
            holders.insert((wish.locale, slug.clone()), at);
            slugs[at] = Some(slug);
        }
    }
    // Then what was given before, so that no address changes.
    for &at in &order {
        let wish = &wishes[at];
        if let (None, Some(known)) = (wish.explicit, wish.known) {
            let key = (wish.locale, known.to_owned());
            if let std::collections::hash_map::Entry::Vacant(place) = holders.entry(key) {
                place.insert(at);
                slugs[at] = Some(known.to_owned());
            }
        }
    }
    // Then names of files; both translations of one get the same.
    let mut waiting: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in &order {
        if slugs[at].is_none() && wishes[at].explicit.is_none() {
            waiting.entry(wishes[at].path).or_default().push(at);
        }
    }
    let mut same_name: HashMap<String, usize> = HashMap::new();
    for (path, members) in &waiting {
        *same_name.entry(base(path, wishes[members[0]].title)).or_default() += 1;
    }
    // Files near the top keep the short name.
    let mut paths: Vec<&str> = waiting.keys().copied().collect();
    paths.sort_by_key(|path| (path.matches('/').count(), *path));
    for path in paths {
        let members = &waiting[path];
        let title = wishes[members[0]].title;
        let free = |slug: &str| {
            !slug.is_empty()
                && members.iter().all(|at| {
                    let locale = wishes[*at].locale;
                    !holders.contains_key(&(locale, slug.to_owned())) && !taken(locale, slug)
                })
        };
        let alone = same_name[&base(path, title)] == 1 || !path.contains('/');
        let slug =
            candidates(path, title).skip(usize::from(!alone)).find(|slug| free(slug)).unwrap_or_else(|| {
                let base = base(path, title);
                (2..).map(|number| format!("{base}-{number}")).find(|slug| free(slug)).unwrap_or(base)
            });
        for at in members {
            holders.insert((wishes[*at].locale, slug.clone()), *at);
            slugs[*at] = Some(slug.clone());
        }
    }
    (slugs, problems)
}

/// The name of a file that stands for its folder says nothing; the folder's name does.
fn names_its_folder(stem: &str) -> bool {
    matches!(stem.to_ascii_lowercase().as_str(), "index" | "_index" | "readme")
}

fn base(path: &str, title: &str) -> String {
    let stem = stem(path);
    let last = folder(path).rsplit('/').next().unwrap_or_default();
    let name = if names_its_folder(stem) && !last.is_empty() { last } else { stem };
    let slug = slugify(name);
    if slug.is_empty() { slugify(title) } else { slug }
}

/// `page`, `folder-page`, `upper-folder-page` …
fn candidates(path: &str, title: &str) -> impl Iterator<Item = String> {
    let base = base(path, title);
    let mut levels: Vec<String> =
        folder(path).split('/').filter(|level| !level.is_empty()).map(slugify).collect();
    if levels.last() == Some(&base) {
        levels.pop();
    }
    (0..=levels.len()).map(move |depth| {
        let mut parts = levels[levels.len() - depth..].to_vec();
        parts.push(base.clone());
        slugify(&parts.join("-"))
    })
}

#[cfg(test)]
mod tests {
    use super::{Wish, assign};
    use app::i18n::Locale::{self, En, Ja};

    fn wish<'f>(
        locale: Locale,
        path: &'f str,
        explicit: Option<&'f str>,
        known: Option<&'f str>,
    ) -> Wish<'f> {
        Wish { locale, path, file: path, explicit, known, title: "Title" }
    }

    fn slugs(wishes: &[Wish<'_>], taken: &[(Locale, &str)]) -> Vec<String> {
        let (slugs, _) = assign(wishes, |locale, slug| taken.contains(&(locale, slug)));
        slugs.into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let wishes = [
            "overview.md",
            "a/overview.md",
            "b/overview.md",
            "b/c/overview.md",
            "a/one.md",
            "x/index.md",
            "？.md",
        ]
        .map(|path| wish(En, path, None, None));
        assert_eq!(
            slugs(&wishes, &[]),
            ["overview", "a-overview", "b-overview", "c-overview", "one", "x", "title"]
        );
    }

    #[test]
    fn two_translations_of_one_file_share_their_slug() {
        let wishes = [wish(Ja, "a/x.md", None, None), wish(En, "a/x.md", None, None)];
        assert_eq!(slugs(&wishes, &[(En, "x")]), ["a-x", "a-x"]);
    }

    #[test]
    fn an_address_once_given_stays() {
        let wishes = [wish(En, "x.md", None, None), wish(En, "deep/x.md", None, Some("x"))];
        assert_eq!(slugs(&wishes, &[]), ["x-2", "x"]);
    }

    #[test]
    fn of_two_that_claim_one_slug_the_second_is_told() {
        let wishes = [wish(En, "b.md", Some("Same One"), None), wish(En, "a.md", Some("same-one"), None)];
        let (slugs, problems) = assign(&wishes, |_, _| false);
        assert_eq!(slugs, [None, Some("same-one".to_owned())]);
        assert_eq!(
            problems[0].to_string(),
            "b.md: the slug \"same-one\" is claimed by a.md too; give one of them another"
        );
        let (slugs, problems) = assign(&wishes[..1], |_, slug| slug == "same-one");
        assert_eq!((slugs[0].as_deref(), problems.len()), (None, 1));
    }
}
