//! Addresses that moved: from a CSV file with two columns, and from `redirect_from` in front matter.

use super::plan::{PlanOptions, PlannedArticle};
use super::report::Problem;
use crate::knowledge::article_path;
use app::i18n::Locale;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use std::collections::{BTreeMap, HashMap, HashSet};

/// One address that is answered with 301.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedRedirect {
    /// A path of this portal, without its host.
    pub path: String,
    /// A path of this portal, or an address elsewhere.
    pub target: String,
    /// Where it was written, for the report.
    pub file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
}

/// A row of the file.
struct Row {
    line: usize,
    path: String,
    target: String,
}

/// Files named `overview` are in every folder: an address must share at least this many levels with a file's path.
const LEVELS: usize = 2;

/// All redirects of an import. `moved`: file, old address, locale and slug, from front matter.
pub(super) fn plan(
    problems: &mut Vec<Problem>,
    articles: &[PlannedArticle],
    moved: Vec<(String, String, Locale, String)>,
    options: &PlanOptions,
) -> Vec<PlannedRedirect> {
    let mut out: BTreeMap<String, PlannedRedirect> = BTreeMap::new();
    for (file, old, locale, slug) in moved {
        let Some(path) = path_of(&old) else {
            problems.push(Problem::note(&file, format!("the old address is no path of a portal: {old}")));
            continue;
        };
        let target = article_path(locale, &slug);
        if let Some(other) = out.get(&path).filter(|other| other.target != target) {
            problems.push(Problem::note(
                &file,
                format!("the old address is claimed by {} too: {path}", other.file),
            ));
            continue;
        }
        out.insert(path.clone(), PlannedRedirect { path, target, file, line: None });
    }
    if let Some((name, text)) = &options.redirects {
        let addresses = Addresses::new(articles, options.locale);
        for redirect in from_csv(problems, name, text, &addresses) {
            out.entry(redirect.path.clone()).or_insert(redirect);
        }
    }
    out.into_values().collect()
}

fn from_csv(
    problems: &mut Vec<Problem>,
    name: &str,
    text: &str,
    addresses: &Addresses<'_>,
) -> Vec<PlannedRedirect> {
    let rows = read(problems, name, text);
    let next: HashMap<&str, &Row> = rows.iter().rev().map(|row| (row.path.as_str(), row)).collect();
    let mut looping: HashSet<usize> = HashSet::new();
    let mut out = Vec::new();
    for row in &rows {
        let trail = follow(row, &next);
        let end = match &trail {
            Ok(end) => end,
            Err(circle) => {
                if circle.iter().all(|line| looping.insert(*line)) {
                    let lines: Vec<String> = circle.iter().map(ToString::to_string).collect();
                    let reason = format!(
                        "these redirects lead in a circle (lines {}); none of them was kept",
                        lines.join(", ")
                    );
                    problems.push(Problem::skipped(name, reason).at(circle[0]));
                }
                continue;
            }
        };
        let target = addresses
            .article(&end.target)
            .or_else(|| addresses.article(&row.path))
            .unwrap_or_else(|| end.target.clone());
        if path_of(&target).as_deref() == Some(row.path.as_str()) && target.starts_with('/') {
            continue;
        }
        out.push(PlannedRedirect {
            path: row.path.clone(),
            target,
            file: name.to_owned(),
            line: Some(row.line),
        });
    }
    out
}

/// The last row of a chain; the lines of the circle if it has no end.
fn follow<'r>(first: &'r Row, next: &HashMap<&str, &'r Row>) -> Result<&'r Row, Vec<usize>> {
    let mut at = first;
    let mut lines = vec![first.line];
    while let Some(further) = path_of(&at.target).and_then(|path| next.get(path.as_str()).copied()) {
        if let Some(start) = lines.iter().position(|line| *line == further.line) {
            let mut circle = lines.split_off(start);
            circle.sort_unstable();
            return Err(circle);
        }
        lines.push(further.line);
        at = further;
    }
    Ok(at)
}

/// The rows that can be understood.
fn read(problems: &mut Vec<Problem>, name: &str, text: &str) -> Vec<Row> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut seen: HashMap<String, (usize, String)> = HashMap::new();
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(at + 1, |position| position.line() as usize);
                problems.push(Problem::skipped(name, "this line is not CSV").at(line));
                continue;
            }
        };
        let line = record.position().map_or(at + 1, |position| position.line() as usize);
        let (source, target) =
            (clean(record.get(0).unwrap_or_default()), clean(record.get(1).unwrap_or_default()));
        if at == 0 && path_of(&source).is_none() && path_of(&target).is_none() {
            continue;
        }
        if source.is_empty() && target.is_empty() {
            continue;
        }
        let mut refuse = |reason: String| problems.push(Problem::skipped(name, reason).at(line));
        if source.contains(['*', '^', '$']) {
            refuse(format!("patterns are not understood, write each address: {source}"));
            continue;
        }
        let Some(path) = path_of(&source) else {
            refuse(format!("the first column is no path or address: {source}"));
            continue;
        };
        if path_of(&target).is_none() {
            refuse(format!("the second column is no path or address: {target}"));
            continue;
        }
        match seen.get(&path) {
            Some((_, known)) if *known == target => {}
            Some((first, _)) => {
                refuse(format!("line {first} sends this address elsewhere; the first one counts: {path}"));
            }
            None => {
                seen.insert(path.clone(), (line, target.clone()));
                rows.push(Row { line, path, target });
            }
        }
    }
    rows
}

/// Real lists are half patterns: `2\.4\.0` means `2.4.0`.
fn clean(address: &str) -> String {
    let mut out = address.trim().trim_start_matches('\u{feff}').to_owned();
    for sign in ['.', '-', '/', '_', '+', '(', ')'] {
        out = out.replace(&format!("\\{sign}"), &sign.to_string());
    }
    out
}

/// The path of an address: no host, query or fragment, decoded, no slash at its end; none for the front page.
fn path_of(address: &str) -> Option<String> {
    let rest = match address.split_once("://") {
        Some((scheme, rest)) => {
            if !matches!(scheme, "http" | "https") {
                return None;
            }
            rest.find('/').map_or("/", |at| &rest[at..])
        }
        None => address,
    };
    let path = rest.split(['?', '#']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let path = path.trim_end_matches('/');
    let wrong = !path.starts_with('/')
        || path.starts_with("//")
        || path.contains(|c: char| c.is_control() || c == '\\');
    (!wrong).then(|| path.to_owned())
}

/// Finds the article that an address of the old site meant, by the end of its path.
struct Addresses<'a> {
    by_path: HashMap<String, &'a PlannedArticle>,
    wanted: Option<Locale>,
}

impl<'a> Addresses<'a> {
    fn new(articles: &'a [PlannedArticle], wanted: Option<Locale>) -> Self {
        let by_path = articles.iter().map(|article| (bare(&article.path).to_lowercase(), article)).collect();
        Self { by_path, wanted }
    }

    /// The path of the article here.
    fn article(&self, address: &str) -> Option<String> {
        let path = path_of(address)?;
        let levels: Vec<&str> = path.split('/').filter(|level| !level.is_empty()).collect();
        let said = levels.iter().find_map(|level| super::paths::locale_of(level));
        let found = (0..levels.len()).find_map(|start| {
            let end = bare(&levels[start..].join("/")).to_lowercase();
            let article = self.by_path.get(&end)?;
            (levels.len() - start >= LEVELS || start == 0).then_some(*article)
        })?;
        // An address that names no language is the original's, and most originals are English.
        let order = [said, self.wanted, Some(Locale::En), Some(Locale::Ja)];
        let translation = order
            .into_iter()
            .flatten()
            .find_map(|locale| found.translations.iter().find(|translation| translation.locale == locale))?;
        Some(article_path(translation.locale, &translation.slug))
    }
}

/// A path without what sites put behind a page's name.
fn bare(path: &str) -> &str {
    let path = path.trim_matches('/');
    [".html", ".htm", ".md", ".markdown", ".mdx", ".aspx", ".php"]
        .into_iter()
        .find_map(|end| path.strip_suffix(end))
        .unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{PlannedRedirect, plan};
    use crate::import::plan::{PlanOptions, PlannedArticle, PlannedTranslation};
    use crate::import::report::Problem;
    use app::i18n::Locale;

    fn article(path: &str, slug: &str) -> PlannedArticle {
        let translations = Locale::ALL.map(|locale| PlannedTranslation {
            locale,
            file: format!("{}/{path}", locale.tag()),
            slug: slug.to_owned(),
            title: String::new(),
            published: true,
            date: None,
        });
        PlannedArticle {
            path: path.to_owned(),
            category: None,
            tags: Vec::new(),
            translations: translations.to_vec(),
        }
    }

    fn planned(csv: &str) -> (Vec<(String, String)>, Vec<Problem>) {
        let mut problems = Vec::new();
        let articles = [article("pay/2-3-4-fix.md", "fix"), article("overview.md", "overview")];
        let options =
            PlanOptions { redirects: Some(("r.csv".to_owned(), csv.to_owned())), ..PlanOptions::default() };
        let redirects = plan(&mut problems, &articles, Vec::new(), &options);
        (redirects.into_iter().map(|PlannedRedirect { path, target, .. }| (path, target)).collect(), problems)
    }

    fn pair(path: &str, target: &str) -> (String, String) {
        (path.to_owned(), target.to_owned())
    }

    #[test]
    fn old_addresses_lead_to_the_article_that_was_meant() {
        let (redirects, problems) = planned(
            "source,dest\nhttps://old.example/docs/kb/pay/2\\.3\\.4-fix.html,https://old.example/docs/kb/pay/2-3-4-fix.html\n\
             /ja/gone/,/ja/docs/pay/2-3-4-fix?x=1\n/a,https://old.example/b\n/b,/c\nhttps://x.example/overview,https://elsewhere.example/kb/overview\n",
        );
        assert_eq!(problems, []);
        assert_eq!(
            redirects,
            [
                pair("/a", "/c"),
                pair("/b", "/c"),
                pair("/docs/kb/pay/2.3.4-fix.html", "/en/articles/fix"),
                pair("/ja/gone", "/ja/articles/fix"),
                pair("/overview", "/en/articles/overview"),
            ]
        );
    }

    #[test]
    fn circles_and_nonsense_are_told_with_their_lines() {
        let (redirects, problems) = planned(
            "/a,/b\n/b,/c\n/c,/a\n/ok,https://x.example/y\n/self,/self\nnot a path,/x\n/p.*,/x\n/ok,/other\n/e,javascript:x\n",
        );
        assert_eq!(redirects, [pair("/ok", "https://x.example/y")]);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "r.csv:6: the first column is no path or address: not a path",
                "r.csv:7: patterns are not understood, write each address: /p.*",
                "r.csv:8: line 4 sends this address elsewhere; the first one counts: /ok",
                "r.csv:9: the second column is no path or address: javascript:x",
                "r.csv:1: these redirects lead in a circle (lines 1, 2, 3); none of them was kept",
                "r.csv:5: these redirects lead in a circle (lines 5); none of them was kept",
            ]
        );
    }
}
