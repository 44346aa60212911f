//! The last part of an article's address: words of its title, in the title's own script.

use crate::storage::{Conn, Result, first};
use app::i18n::Locale;
use unicode_normalization::UnicodeNormalization;

/// The longest slug, in characters: a Japanese one is three times three as long when percent-encoded.
const MAX: usize = 80;

/// Letters and digits of any script after NFKC, in lower case, with `-` between the words; empty if nothing is left.
pub fn slugify(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfkc().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || c == '_' || is_part_of_letter(c) {
            slug.push(c);
        } else if c != '\'' && c != '’' && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let cut: String = slug.chars().take(MAX).collect();
    cut.trim_matches('-').to_owned()
}

/// Combining marks, and the signs that lengthen or repeat a Japanese letter.
fn is_part_of_letter(c: char) -> bool {
    matches!(c, 'ー' | '々' | '\u{300}'..='\u{36f}' | '\u{3099}'..='\u{309a}')
}

/// A slug that is free in a locale: made from `wanted` (a slug that somebody chose, or the title), with `-2`, `-3` …
/// behind it where another article has it. `article_id`'s own slug counts as free.
pub async fn slug_for(
    conn: &mut Conn,
    locale: Locale,
    wanted: &str,
    article_id: Option<i64>,
) -> Result<String> {
    let base = match slugify(wanted) {
        slug if slug.is_empty() => "article".to_owned(),
        slug => slug,
    };
    let mut slug = base.clone();
    let mut number = 1;
    while let Some(holder) = holder(conn, locale, &slug).await? {
        if Some(holder) == article_id {
            break;
        }
        number += 1;
        slug = format!("{base}-{number}");
    }
    Ok(slug)
}

/// Whether a slug is one that [`slug_for`] makes of a title.
pub(super) fn is_made_of(slug: &str, title: &str) -> bool {
    let Some(rest) = slug.strip_prefix(&slugify(title)) else { return false };
    rest.is_empty() || rest.strip_prefix('-').is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// The article whose translation has this slug.
pub(super) async fn holder(conn: &mut Conn, locale: Locale, slug: &str) -> Result<Option<i64>> {
    let row = first!(
        conn,
        (i64,),
        "SELECT article_id FROM translation WHERE locale = $1 AND slug = $2",
        locale.tag(),
        slug
    )?;
    Ok(row.map(|row| row.0))
}

#[cfg(test)]
mod tests {
    use super::slugify;

    #[test]
    fn a_slug_keeps_the_titles_own_script() {
        assert_eq!(slugify("How do I reset my password?"), "how-do-i-reset-my-password");
        assert_eq!(slugify("請求書の「宛名」を変える（ＰＤＦ）"), "請求書の-宛名-を変える-pdf");
        assert_eq!(slugify("サーバー・時々、ﾃｽﾄ"), "サーバー-時々-テスト");
        assert_eq!(slugify("Don’t panic: v2.4.0"), "dont-panic-v2-4-0");
        assert_eq!(slugify("!?"), "");
        assert_eq!(slugify(&"あ".repeat(200)).chars().count(), 80);
    }
}
