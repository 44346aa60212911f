//! Front matter: the YAML between two `---` at the beginning of a file.

use super::date;
use app::i18n::Locale;
use serde_yaml_ng::Value;

/// What an article's file says about itself. Keys that Kotae does not know are left alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    pub title: Option<String>,
    pub summary: Option<String>,
    pub slug: Option<String>,
    pub tags: Vec<String>,
    /// Folder names or category names, `/` between levels.
    pub category: Option<String>,
    pub locale: Option<Locale>,
    /// False for drafts.
    pub published: Option<bool>,
    /// Milliseconds since 1970 UTC.
    pub date: Option<i64>,
    /// Old paths of this article.
    pub redirect_from: Vec<String>,
    /// The name of a whole guide, in a table of contents.
    pub guide: Option<String>,
    /// What was said but could not be used.
    pub notes: Vec<String>,
}

/// Front matter that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatterError {
    /// In the file, counted from 1.
    pub line: usize,
    pub reason: String,
}

/// A file taken apart.
#[derive(Debug)]
pub struct Parts<'t> {
    pub front_matter: FrontMatter,
    pub body: &'t str,
    /// The line of the file on which the body begins, counted from 1.
    pub body_line: usize,
}

/// More than this is no front matter.
const MAX_BYTES: usize = 100_000;
const MAX_TAGS: usize = 30;
const MAX_TAG: usize = 60;

/// Takes a file apart. A file without front matter is all body.
pub fn parse(text: &str) -> Result<Parts<'_>, FrontMatterError> {
    let Some((yaml, body, lines)) = split(text)? else {
        return Ok(Parts { front_matter: FrontMatter::default(), body: text, body_line: 1 });
    };
    let value = read(yaml)?;
    let front_matter = match value {
        Value::Null => FrontMatter::default(),
        Value::Mapping(map) => understand(&map),
        _ => {
            return Err(FrontMatterError {
                line: 2,
                reason: "the front matter is not a list of \"key: value\" lines".to_owned(),
            });
        }
    };
    Ok(Parts { front_matter, body, body_line: lines + 1 })
}

/// The YAML, the body, and how many lines stand before the body.
fn split(text: &str) -> Result<Option<(&str, &str, usize)>, FrontMatterError> {
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return Ok(None);
    };
    let mut end = first.len();
    for (at, line) in lines.enumerate() {
        let start = end;
        end += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Ok(Some((&text[first.len()..start], &text[end..], at + 2)));
        }
        if end > MAX_BYTES {
            break;
        }
    }
    Err(FrontMatterError {
        line: 1,
        reason: "the front matter begins with --- but has no closing ---".to_owned(),
    })
}

/// Reads YAML; once more with plain values quoted if only those stand in the way (`title: How to: start`).
fn read(yaml: &str) -> Result<Value, FrontMatterError> {
    let error = match serde_yaml_ng::from_str(yaml) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let quoted: String = yaml.lines().map(|line| quote(line) + "\n").collect();
    serde_yaml_ng::from_str(&quoted).map_err(|_| {
        let line = error.location().map_or(1, |location| location.line()) + 1;
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or(&message);
        FrontMatterError { line, reason: format!("the front matter is not valid YAML: {message}") }
    })
}

/// A top-level `key: value` whose plain value has a `: ` in it or begins with a reserved sign, quoted.
fn quote(line: &str) -> String {
    let unchanged = || line.trim_end_matches('\r').to_owned();
    let Some((key, value)) = line.split_once(": ") else { return unchanged() };
    let value = value.trim();
    let plain_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "-_".contains(c));
    let unreadable = value.contains(": ") || value.ends_with(':') || value.starts_with(['@', '`', '%', '!']);
    let special = value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*']);
    if plain_key && unreadable && !special {
        format!("{key}: '{}'", value.replace('\'', "''"))
    } else {
        unchanged()
    }
}

/// A scalar as the words that stand there.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        _ => return None,
    };
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    (!text.is_empty()).then_some(text)
}

/// A list, or one text with commas.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(items) => items.iter().filter_map(text).collect(),
        value => text(value)
            .map(|text| {
                text.split([',', ';'])
                    .map(|part| part.trim().to_owned())
                    .filter(|part| !part.is_empty())
                    .collect()
            })
            .unwrap_or_default(),
    }
}

fn understand(map: &serde_yaml_ng::Mapping) -> FrontMatter {
    let mut out = FrontMatter::default();
    for (key, value) in map {
        let Some(key) = key.as_str().map(|key| key.trim().to_ascii_lowercase().replace('-', "_")) else {
            continue;
        };
        match key.as_str() {
            "title" => out.title = text(value),
            "summary" => out.summary = text(value).or(out.summary),
            "description" | "excerpt" | "short_description" => {
                out.summary = out.summary.or_else(|| text(value));
            }
            "slug" => out.slug = text(value),
            "tags" | "tag" | "keywords" | "feature" => add_tags(&mut out, value),
            "category" | "categories" => out.category = list_as_path(value),
            "locale" | "lang" | "language" => understand_locale(&mut out, value),
            "status" | "state" => understand_status(&mut out, value),
            "draft" | "published" => understand_draft(&mut out, &key, value),
            "date" | "published_at" | "publish_date" => {
                out.date = text(value).and_then(|text| date::milliseconds(&text));
                if out.date.is_none() && !value.is_null() {
                    out.notes
                        .push(format!("the date is not understood: {}", text(value).unwrap_or_default()));
                }
            }
            "redirect_from" | "aliases" | "alias" | "redirects" => out.redirect_from.extend(list(value)),
            "user_guide_title" => out.guide = text(value),
            _ => {}
        }
    }
    out
}

/// `Billing/Invoices`, or a list whose first entry counts.
fn list_as_path(value: &Value) -> Option<String> {
    match value {
        Value::Sequence(items) => items.iter().find_map(text),
        value => text(value),
    }
}

fn add_tags(out: &mut FrontMatter, value: &Value) {
    for tag in list(value) {
        let tag: String = tag.chars().take(MAX_TAG).collect();
        let known = out.tags.iter().any(|known| known.to_lowercase() == tag.to_lowercase());
        if !known && out.tags.len() < MAX_TAGS {
            out.tags.push(tag);
        }
    }
}

fn understand_locale(out: &mut FrontMatter, value: &Value) {
    let said = text(value).unwrap_or_default();
    out.locale = super::paths::locale_of(&said);
    if out.locale.is_none() && !said.is_empty() {
        out.notes.push(format!("the locale is not one of the portal's: {said}"));
    }
}

fn understand_status(out: &mut FrontMatter, value: &Value) {
    match text(value).unwrap_or_default().to_lowercase().as_str() {
        "published" | "live" | "public" | "公開" => out.published = Some(true),
        "draft" | "unpublished" | "private" | "下書き" => out.published = Some(false),
        "" => {}
        other => out.notes.push(format!("the status is not understood, the article is published: {other}")),
    }
}

/// `draft: true`, `published: false`. Anything but yes or no (real files say `draft: Probably`) says nothing.
fn understand_draft(out: &mut FrontMatter, key: &str, value: &Value) {
    match value {
        Value::Bool(said) => out.published = Some((key == "published") == *said),
        value => {
            if let Some(said) = text(value) {
                out.notes.push(format!("{key} is neither true nor false, the article is published: {said}"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FrontMatterError, parse};
    use app::i18n::Locale;

    #[test]
    fn what_is_said_is_understood() {
        let parts = parse(
            "---\ntitle: \"Reset: how\"\ndescription: Why\ntags: [billing, Billing, plan]\nkeywords: a, b\nslug: reset\n\
             category: Account/Access\nlocale: ja-JP\nstatus: draft\ndate: 2026-03-02\naliases:\n  - /old/a\nexl-id: x\n---\n# Body\n",
        )
        .expect("valid");
        let said = parts.front_matter;
        assert_eq!(said.title.as_deref(), Some("Reset: how"));
        assert_eq!(said.summary.as_deref(), Some("Why"));
        assert_eq!(said.tags, ["billing", "plan", "a", "b"]);
        assert_eq!(said.slug.as_deref(), Some("reset"));
        assert_eq!(said.category.as_deref(), Some("Account/Access"));
        assert_eq!(said.locale, Some(Locale::Ja));
        assert_eq!(said.published, Some(false));
        assert_eq!(said.date, Some(1_772_409_600_000));
        assert_eq!(said.redirect_from, ["/old/a"]);
        assert_eq!(said.notes, Vec::<String>::new());
        assert_eq!((parts.body, parts.body_line), ("# Body\n", 15));
    }

    #[test]
    fn a_colon_in_a_plain_value_is_forgiven() {
        let parts = parse("---\ntitle: How to: start\ndescription: It's: fine\n---\n").expect("forgiven");
        assert_eq!(parts.front_matter.title.as_deref(), Some("How to: start"));
        assert_eq!(parts.front_matter.summary.as_deref(), Some("It's: fine"));
    }

    #[test]
    fn what_cannot_be_read_names_its_line() {
        let error = |text: &str| parse(text).expect_err("broken");
        let FrontMatterError { line, reason } = error("---\ntitle: A\ntags: [a, b\nslug: x\n---\n");
        assert!((3..=5).contains(&line), "{line}");
        assert!(reason.starts_with("the front matter is not valid YAML: "), "{reason}");
        assert_eq!(error("---\ntitle: A\n").line, 1);
        assert_eq!(error("---\n- a\n- b\n---\n").line, 2);
        assert!(error("---\ntitle: a\ntitle: b\n---\n").reason.contains("duplicate"));
        assert!(error(&format!("---\n{}\n---\n", "a".repeat(200_000))).reason.contains("closing"));
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                    d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n\
                    g: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\nh: [*g,*g,*g,*g,*g,*g,*g,*g,*g]";
        assert!(error(&format!("---\n{bomb}\n---\n")).reason.contains("repetition"));
    }

    #[test]
    fn a_file_without_front_matter_is_all_body() {
        let parts = parse("# Title\n---\nx").expect("no front matter");
        assert_eq!((parts.body, parts.body_line), ("# Title\n---\nx", 1));
    }

    #[test]
    fn drafts_are_drafts_only_when_they_say_so() {
        let published = |text: &str| parse(text).expect("valid").front_matter.published;
        assert_eq!(published("---\ndraft: true\n---\n"), Some(false));
        assert_eq!(published("---\npublished: false\n---\n"), Some(false));
        assert_eq!(published("---\ndraft: Probably\n---\n"), None);
        assert_eq!(published("---\nstatus: 公開\n---\n"), Some(true));
    }

    #[test]
    fn control_characters_are_no_words() {
        let parts = parse("---\ntitle: \"a\\0b\\nc\"\n---\n").expect("valid");
        assert_eq!(parts.front_matter.title.as_deref(), Some("ab c"));
    }
}
