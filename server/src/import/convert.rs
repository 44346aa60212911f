//! One file becomes one translation: its dialect turned into plain Markdown, its links and images rewritten.

use super::dialect::{self, Context, Snippets};
use super::front_matter;
use super::links::{Action, Kind, rewrite};
use super::marks::unmarked;
use super::plan::{ImportPlan, PlannedTranslation, is_attachment};
use super::references::decoded;
use super::report::Problem;
use super::source::Source;
use crate::knowledge::article_path;
use crate::markdown::{RenderOptions, excerpt, render};
use crate::web::is_standing_page;
use app::i18n::Locale;
use unicode_normalization::UnicodeNormalization;

/// A translation ready to be written.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) summary: String,
    /// Markdown; files beside the article stand there as [`placeholder`]s.
    pub(super) body: String,
    /// The files of the source that the body shows or links to, each once.
    pub(super) files: Vec<String>,
    pub(super) problems: Vec<Problem>,
}

/// How long a summary is that nobody wrote, in characters.
const SUMMARY: usize = 160;

/// The longest summary that is taken over whole.
const WRITTEN_SUMMARY: usize = 300;

/// What stands in the body for a file until it has an address.
pub(super) fn placeholder(file: usize) -> String {
    format!("kotae-file:{file};")
}

/// Reads and turns one file.
pub(super) fn convert(
    source: &mut Source,
    plan: &ImportPlan,
    translation: &PlannedTranslation,
) -> Result<Converted, Problem> {
    let file = translation.file.as_str();
    let text = source.read_text(file).map_err(|reason| Problem::skipped(file, reason))?;
    let parts =
        front_matter::parse(&text).map_err(|error| Problem::skipped(file, error.reason).at(error.line))?;
    let none = Snippets::default();
    let context = Context {
        locale: translation.locale,
        snippets: plan.snippets.get(&translation.locale).unwrap_or(&none),
    };
    let (body, remarks) = dialect::convert(parts.body, &context);
    let mut problems: Vec<Problem> = remarks
        .into_iter()
        .map(|remark| {
            let problem = Problem::note(file, remark.reason);
            match remark.line {
                Some(line) => problem.at(line + parts.body_line - 1),
                None => problem,
            }
        })
        .collect();
    let body = without_title(&body, &translation.title);
    let mut files = Vec::new();
    let mut missing = Missing::default();
    let body = rewrite(body, &mut |kind, address, alt| {
        decide(plan, translation, kind, address, alt, &mut files, &mut missing)
    });
    missing.tell(file, &mut problems);
    let body = format!("{}\n", body.trim_end().trim_start_matches('\n'));
    let summary = match parts.front_matter.summary {
        Some(summary) => excerpt(&unmarked(&decoded(&dialect::plain(&summary))), WRITTEN_SUMMARY),
        None => excerpt(
            &render(&body, &RenderOptions::article(translation.locale, &translation.title)).plain_text,
            SUMMARY,
        ),
    };
    Ok(Converted { summary, body, files, problems })
}

/// How alike two titles must be to be one: a page's heading is often its title in slightly other words.
const ALIKE: f64 = 0.5;

/// The body without a first heading that says the title once more, which the page shows above it.
fn without_title<'b>(body: &'b str, title: &str) -> &'b str {
    let start = body.trim_start();
    let Some(line) = start.strip_prefix("# ").and_then(|rest| rest.lines().next()) else { return body };
    let rest = &start[2 + line.len()..];
    let words = line.rfind("{#").map_or(line, |at| &line[..at]);
    let letters = |text: &str| {
        text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect::<String>()
    };
    let alike = strsim::normalized_levenshtein(&letters(&dialect::plain(words)), &letters(title)) >= ALIKE;
    let only = !rest.lines().any(|line| line.starts_with("# "));
    if alike && only { rest } else { body }
}

/// What a text points to that the source does not have.
#[derive(Default)]
struct Missing {
    pages: Vec<String>,
    images: Vec<String>,
    files: Vec<String>,
}

impl Missing {
    fn tell(self, file: &str, problems: &mut Vec<Problem>) {
        let kinds = [
            (self.images, "images are not in the source, their descriptions stand instead"),
            (self.pages, "linked pages are not in the source, their words stay without a link"),
            (self.files, "linked files are not in the source, their words stay without a link"),
        ];
        for (mut addresses, reason) in kinds {
            addresses.sort();
            addresses.dedup();
            if !addresses.is_empty() {
                problems.push(Problem::note(file, format!("{reason}: {}", addresses.join(", "))));
            }
        }
    }
}

fn decide(
    plan: &ImportPlan,
    from: &PlannedTranslation,
    kind: Kind,
    address: &str,
    alt: &str,
    files: &mut Vec<String>,
    missing: &mut Missing,
) -> Action {
    let scheme = address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    });
    if address.is_empty() || address.starts_with('#') || scheme || address.starts_with("//") {
        return Action::Keep;
    }
    let fragment = address.split_once('#').map_or(String::new(), |(_, fragment)| format!("#{fragment}"));
    let found = plan.resolver.file(&from.file, address);
    match (kind, found) {
        (Kind::Link, Some(file)) if plan.by_file.contains_key(&file) => {
            // In the reader's language, translated or not: the page falls back by itself, and says so.
            let target = plan.of_file(&file).map(|target| article_path(from.locale, &target.slug));
            target.map_or(Action::Keep, |path| Action::To(format!("{path}{fragment}")))
        }
        (_, Some(file)) if is_attachment(&file) => {
            let place = files.iter().position(|known| *known == file).unwrap_or_else(|| {
                files.push(file);
                files.len() - 1
            });
            Action::To(placeholder(place))
        }
        (Kind::Image, _) => {
            missing.images.push(address.to_owned());
            Action::Words(description(alt, from.locale))
        }
        (Kind::Link, _) => {
            let path = address.split(['#', '?']).next().unwrap_or_default();
            // Articles that were written for a portal lead to its form, its search, its desk.
            if is_standing_page(path) {
                return Action::Keep;
            }
            let page = super::paths::is_markdown(path) || super::paths::extension(path).is_empty();
            if page { &mut missing.pages } else { &mut missing.files }.push(address.to_owned());
            Action::Words(String::new())
        }
    }
}

/// What stands in the place of an image that is not there: its description, if it is one.
fn description(alt: &str, locale: Locale) -> String {
    let alt = dialect::plain(alt);
    let words = alt.contains(' ') || !alt.is_ascii();
    if alt.is_empty() || !words {
        return String::new();
    }
    locale.t(format!("（画像: {alt}）"), format!("(image: {alt})"))
}
