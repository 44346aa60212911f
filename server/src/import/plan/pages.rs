//! Which files are articles, and what each says of itself; and the files that help to read the others.

use super::{ImportPlan, Page, PlanOptions};
use crate::import::dialect;
use crate::import::front_matter;
use crate::import::marks::unmarked;
use crate::import::paths::{humanise, is_markdown, split_locale, stem};
use crate::import::references::decoded;
use crate::import::report::Problem;
use crate::import::source::Source;
use crate::import::toc::Toc;
use app::i18n::Locale;
use std::collections::BTreeMap;

/// The largest article, in bytes; nobody reads a longer page.
const MAX_BYTES: u64 = 4 << 20;

/// Files of a repository that are about the repository.
const HOUSEKEEPING: [&str; 7] = [
    "license",
    "licence",
    "contributing",
    "code_of_conduct",
    "security",
    "changelog",
    "pull_request_template",
];

fn is_toc(path: &str) -> bool {
    matches!(stem(path).to_ascii_lowercase().as_str(), "toc" | "_toc" | "summary") && is_markdown(path)
}

/// Passages for other articles: in a folder `_includes`, or with a name that begins with `_`.
fn is_include(path: &str) -> bool {
    let index = stem(path).eq_ignore_ascii_case("_index");
    path.split('/').any(|part| part.starts_with('_')) && !index && is_markdown(path)
}

/// Every file that is an article, sorted by path and then locale, so that translations stand together.
pub(super) fn read_pages(source: &mut Source, options: &PlanOptions, plan: &mut ImportPlan) -> Vec<Page> {
    let files: Vec<String> = source.files().keys().filter(|path| is_markdown(path)).cloned().collect();
    let mut pages: Vec<Page> = Vec::new();
    for file in files {
        if is_toc(&file) || is_include(&file) {
            continue;
        }
        match read_page(source, options, &file) {
            Ok(page) => pages.push(page),
            Err(problem) => plan.problems.push(problem),
        }
    }
    pages.sort_by(|a, b| (&a.path, a.locale, &a.file).cmp(&(&b.path, b.locale, &b.file)));
    // Two files for one language of one article: the first counts.
    let mut kept: Vec<Page> = Vec::with_capacity(pages.len());
    for page in pages {
        match kept.last().filter(|last| last.path == page.path && last.locale == page.locale) {
            Some(last) => plan.problems.push(Problem::skipped(
                &page.file,
                format!("{} is the same article in the same language already", last.file),
            )),
            None => kept.push(page),
        }
    }
    kept
}

fn read_page(source: &mut Source, options: &PlanOptions, file: &str) -> Result<Page, Problem> {
    let top = split_locale(file).filter(|_| options.locale_from_folder).map_or(file, |(_, _, path)| path);
    if !top.contains('/') && HOUSEKEEPING.contains(&stem(top).to_ascii_lowercase().as_str()) {
        return Err(Problem::skipped(file, "this is about the files themselves, not an article"));
    }
    let (folder_locale, path) = match split_locale(file).filter(|_| options.locale_from_folder) {
        Some((locale, _, path)) => (Some(locale), path),
        None if options.locale_from_folder && options.locale.is_none() => {
            return Err(Problem::skipped(
                file,
                "it is in no language folder (ja/ or en/); move it there, or name its language with --locale",
            ));
        }
        None => (None, file),
    };
    if source.files().get(file).is_some_and(|size| *size > MAX_BYTES) {
        let reason = format!("the text is larger than {} MB; make several articles of it", MAX_BYTES >> 20);
        return Err(Problem::skipped(file, reason));
    }
    let text = source.read_text(file).map_err(|reason| Problem::skipped(file, reason))?;
    let parts =
        front_matter::parse(&text).map_err(|error| Problem::skipped(file, error.reason).at(error.line))?;
    let said = parts.front_matter;
    if parts.body.trim().is_empty() && said.title.is_none() {
        return Err(Problem::skipped(file, "it is empty"));
    }
    let title =
        said.title.clone().or_else(|| first_heading(parts.body)).unwrap_or_else(|| humanise(stem(file)));
    let locale =
        folder_locale.or(said.locale).or(options.locale).unwrap_or_else(|| guess(parts.body, &title));
    Ok(Page {
        file: file.to_owned(),
        path: path.to_owned(),
        locale,
        title: unmarked(&decoded(&dialect::plain(&title))),
        said,
    })
}

fn first_heading(body: &str) -> Option<String> {
    let line = body.lines().find(|line| line.starts_with("# "))?;
    let words = line[2..].rfind("{#").map_or(&line[2..], |at| &line[2..at + 2]);
    Some(words.trim().trim_end_matches('#').trim().to_owned()).filter(|words| !words.is_empty())
}

/// The language of a text by its letters: kana make it Japanese.
fn guess(body: &str, title: &str) -> Locale {
    let kana = |text: &str| text.chars().any(|c| matches!(c, 'ぁ'..='ヺ'));
    if kana(title) || body.chars().take(2_000).filter(|c| matches!(c, 'ぁ'..='ヺ')).count() > 10 {
        Locale::Ja
    } else {
        Locale::En
    }
}

/// Tables of contents and snippets.
pub(super) fn read_helpers(
    source: &mut Source,
    options: &PlanOptions,
    plan: &mut ImportPlan,
) -> BTreeMap<Locale, Toc> {
    let mut tocs = BTreeMap::new();
    let files: Vec<String> =
        source.files().keys().filter(|path| is_toc(path) || is_include(path)).cloned().collect();
    for file in files {
        let locale = split_locale(&file).filter(|_| options.locale_from_folder).map(|(locale, _, _)| locale);
        let text = match source.read_text(&file) {
            Ok(text) => text,
            Err(reason) => {
                plan.problems.push(Problem::skipped(&file, reason));
                continue;
            }
        };
        let locales = locale.map_or_else(|| Locale::ALL.to_vec(), |locale| vec![locale]);
        for locale in locales {
            if is_toc(&file) {
                let toc = Toc::parse(&text, |address| plan.resolver.file(&file, address));
                tocs.entry(locale).or_insert(toc);
            } else {
                let body = front_matter::parse(&text).map_or(text.as_str(), |parts| parts.body);
                plan.snippets.entry(locale).or_default().add_file(&file, body);
            }
        }
        plan.used.push(file);
    }
    tocs
}
