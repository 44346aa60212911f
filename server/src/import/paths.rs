//! Paths inside of a source: always relative, `/` between folders.

use app::i18n::Locale;
use percent_encoding::percent_decode_str;

/// Everything before the last `/`; empty for a file at the top.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The file's name without folder and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
}

/// The extension in lower case, without the dot.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_ascii_lowercase())
}

pub(super) fn is_markdown(path: &str) -> bool {
    matches!(extension(path).as_str(), "md" | "markdown" | "mdx")
}

/// Follows a relative address from a folder; none if it leads out of the source. `%20` and the like are read.
pub(super) fn join(folder: &str, address: &str) -> Option<String> {
    let decoded = percent_decode_str(address).decode_utf8().ok()?.replace('\\', "/");
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The locale that a folder stands for: `ja`, `en`, `ja-JP`, `en_US`.
pub(super) fn locale_of(part: &str) -> Option<Locale> {
    let tag = part.split(['-', '_']).next().unwrap_or(part).to_ascii_lowercase();
    let region = part.len() == tag.len()
        || (part.len() == 5 && part[3..].bytes().all(|byte| byte.is_ascii_alphabetic()));
    Locale::from_tag(&tag).filter(|_| region)
}

/// Splits a path at its first locale folder: the locale, the path up to and with it, and the rest.
pub(super) fn split_locale(path: &str) -> Option<(Locale, &str, &str)> {
    let mut start = 0;
    for part in path.split('/') {
        let end = start + part.len();
        if end == path.len() {
            return None;
        }
        if let Some(locale) = locale_of(part) {
            return Some((locale, &path[..end], &path[end + 1..]));
        }
        start = end + 1;
    }
    None
}

/// A folder's or file's name as people write it: `known-issues` → `Known issues`.
pub(super) fn humanise(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::{humanise, join, locale_of, split_locale, stem};
    use app::i18n::Locale;

    #[test]
    fn addresses_never_leave_the_source() {
        assert_eq!(join("a/b", "../c.md").as_deref(), Some("a/c.md"));
        assert_eq!(join("a/b", "./x%20y.png").as_deref(), Some("a/b/x y.png"));
        assert_eq!(join("a", "../../etc/passwd"), None);
        assert_eq!(join("a", "..\\..\\x"), None);
        assert_eq!(join("", "%2e%2e/x"), None);
    }

    #[test]
    fn the_first_locale_folder_counts() {
        assert_eq!(split_locale("kb/ja/a/en/x.md"), Some((Locale::Ja, "kb/ja", "a/en/x.md")));
        assert_eq!(split_locale("en-US/x.md"), Some((Locale::En, "en-US", "x.md")));
        assert_eq!(split_locale("english/x.md"), None);
        assert_eq!(split_locale("docs/en"), None);
        assert_eq!(locale_of("entry"), None);
        assert_eq!(locale_of("ja-foo-bar"), None);
    }

    #[test]
    fn names_become_words() {
        assert_eq!(humanise("known-issues_attached"), "Known issues attached");
        assert_eq!(stem("a/b.c.md"), "b.c");
        assert_eq!(stem("a/.md"), ".md");
    }
}
