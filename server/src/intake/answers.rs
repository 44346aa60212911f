//! The articles that may answer what somebody is writing, and their text to read in place.

use crate::app_state::App;
use crate::identity::Person;
use crate::knowledge::{Found, article_by_slug, article_path, lines_of};
use crate::search::{Request, Viewer};
use crate::storage::Conn;
use app::i18n::Locale;

/// Articles that are offered at once: more are not read.
pub const OFFERED: usize = 3;

/// An article that may answer; the text comes with [`read`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likely {
    pub article_id: i64,
    pub title: String,
    /// The language it is written in.
    pub locale: Locale,
}

/// The likeliest articles for a request as far as it is written, the likeliest first; only those that this person may
/// read, and only those that are likely enough. Empty when nothing was written.
pub fn likely(app: &App, person: Option<&Person>, locale: Locale, subject: &str, body: &str) -> Vec<Likely> {
    if subject.trim().is_empty() && body.trim().is_empty() {
        return Vec::new();
    }
    let viewer = match person {
        None => Viewer::Anonymous,
        Some(person) if person.role.is_staff() => Viewer::Staff,
        Some(person) => Viewer::Customer { organization: person.organization_id },
    };
    let request = Request { subject, description: body, locale, viewer: &viewer };
    let matches = app.search.matching(&request, OFFERED);
    matches
        .into_iter()
        .map(|found| Likely { article_id: found.article_id, title: found.title, locale: found.locale })
        .collect()
}

/// An article as it is read in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub article_id: i64,
    pub title: String,
    pub locale: Locale,
    /// Safe.
    pub html: String,
    /// Its own page, as a path.
    pub href: String,
}

/// A published article in the reader's language, or where it has none of it, in the other; `None` if there is none.
pub async fn read(
    app: &App,
    conn: &mut Conn,
    locale: Locale,
    article_id: i64,
) -> crate::knowledge::Result<Option<Answer>> {
    let Some(line) = lines_of(conn, locale, &[article_id]).await?.into_iter().next() else { return Ok(None) };
    let Some(Found::Article(article)) = article_by_slug(conn, locale, &line.slug).await? else {
        return Ok(None);
    };
    let rendered = app.articles.of(conn, &article).await?;
    Ok(Some(Answer {
        article_id,
        locale: article.locale,
        html: beside_the_form(&without_ids(&rendered.html)),
        href: article_path(locale, &article.slug),
        title: article.title,
    }))
}

/// Several articles may stand on one page, and on a page that has ids of its own: the anchors of headings go. Every id
/// that the Markdown renderer writes begins with its prefix, so nothing else is touched.
fn without_ids(html: &str) -> String {
    let mark = format!(" id=\"{}", crate::markdown::ID_PREFIX);
    let mut parts = html.split(mark.as_str());
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once('"').map_or("", |(_, rest)| rest));
    }
    out
}

/// Whoever follows a link of an answer has not finished writing: it opens beside the form. The renderer writes the address
/// of a link first.
fn beside_the_form(html: &str) -> String {
    const LINK: &str = "<a href=\"";
    let mut parts = html.split(LINK);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(if part.starts_with('#') { LINK } else { "<a target=\"_blank\" href=\"" });
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{beside_the_form, without_ids};
    use crate::markdown::{self, RenderOptions};
    use app::i18n::Locale;

    #[test]
    fn links_open_beside_the_form_and_those_within_the_answer_in_it() {
        let text =
            "[a](/en/articles/a), [b](https://example.com \"B\"), <https://example.com>, [c](#c)\n\n## c";
        let html = markdown::render(text, &RenderOptions::article(Locale::En, "")).html;
        assert!(html.contains("<a href=\"#s-c\">"), "{html}");
        assert_eq!(beside_the_form(&html).matches("<a target=\"_blank\" href=").count(), 3, "{html}");
    }

    #[test]
    fn anchors_go_and_words_stay() {
        assert_eq!(
            without_ids(r#"<h2 id="s-a">A</h2><p class="x">id="s-b"</p><h3 id="s-c" class="y">C</h3>"#),
            r#"<h2>A</h2><p class="x">id="s-b"</p><h3 class="y">C</h3>"#
        );
    }
}
