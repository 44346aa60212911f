//! An article as its editors see it: newest revisions, history, phrases.

use super::Result;
use crate::storage::{Conn, all, first};
use app::i18n::Locale;

/// An article with what an editor needs of both its languages.
#[derive(Clone, Debug, Default)]
pub struct Edited {
    pub id: i64,
    pub category_id: Option<i64>,
    pub owner_id: Option<i64>,
    pub ja: Option<EditedText>,
    pub en: Option<EditedText>,
    pub phrases: i64,
}

impl Edited {
    pub fn text(&self, locale: Locale) -> Option<&EditedText> {
        locale.t(&self.ja, &self.en).as_ref()
    }
}

/// A translation with its newest revision.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct EditedText {
    locale: String,
    pub translation_id: i64,
    pub slug: String,
    pub live_revision_id: Option<i64>,
    pub revision_id: i64,
    pub number: i64,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub author: Option<String>,
    pub saved_at: i64,
}

/// The article of an id; `None` if there is none.
pub async fn edited(conn: &mut Conn, id: i64) -> Result<Option<Edited>> {
    let row = first!(
        conn,
        (Option<i64>, Option<i64>, i64),
        "SELECT category_id, owner_id, (SELECT COUNT(*) FROM search_phrase WHERE article_id = article.id)
         FROM article WHERE id = $1",
        id
    )?;
    let Some((category_id, owner_id, phrases)) = row else { return Ok(None) };
    let texts = all!(
        conn,
        EditedText,
        "SELECT translation.locale, translation.id AS translation_id, translation.slug,
                translation.live_revision_id, revision.id AS revision_id, revision.number, revision.title,
                revision.summary, revision.body, person.name AS author, revision.created_at AS saved_at
         FROM translation
         JOIN revision ON revision.id = translation.head_revision_id
         LEFT JOIN person ON person.id = revision.author_id
         WHERE translation.article_id = $1",
        id
    )?;
    let mut edited = Edited { id, category_id, owner_id, phrases, ..Edited::default() };
    for text in texts {
        match Locale::from_tag(&text.locale) {
            Some(Locale::Ja) => edited.ja = Some(text),
            Some(Locale::En) => edited.en = Some(text),
            None => {}
        }
    }
    Ok(Some(edited))
}

/// The id of a translation, whether or not anything was saved in it yet.
pub async fn translation_id(conn: &mut Conn, article_id: i64, locale: Locale) -> Result<Option<i64>> {
    let row = first!(
        conn,
        (i64,),
        "SELECT id FROM translation WHERE article_id = $1 AND locale = $2",
        article_id,
        locale.tag()
    )?;
    Ok(row.map(|row| row.0))
}

/// One revision, with its author's name.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Revision {
    pub id: i64,
    pub number: i64,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub note: String,
    pub author: Option<String>,
    pub created_at: i64,
}

/// One line of the history.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Step {
    pub id: i64,
    pub number: i64,
    pub title: String,
    pub note: String,
    pub author: Option<String>,
    pub created_at: i64,
}

/// Every revision of a translation without its text, the newest first.
pub async fn history(conn: &mut Conn, translation_id: i64) -> Result<Vec<Step>> {
    let rows = all!(
        conn,
        Step,
        "SELECT revision.id, revision.number, revision.title, revision.note, person.name AS author,
                revision.created_at
         FROM revision LEFT JOIN person ON person.id = revision.author_id
         WHERE revision.translation_id = $1 ORDER BY revision.number DESC",
        translation_id
    )?;
    Ok(rows)
}

pub async fn revision(conn: &mut Conn, translation_id: i64, number: i64) -> Result<Option<Revision>> {
    let row = first!(
        conn,
        Revision,
        "SELECT revision.id, revision.number, revision.title, revision.summary, revision.body, revision.note,
                person.name AS author, revision.created_at
         FROM revision LEFT JOIN person ON person.id = revision.author_id
         WHERE revision.translation_id = $1 AND revision.number = $2",
        translation_id,
        number
    )?;
    Ok(row)
}

/// A customer's words for an article: (id, locale, phrase, number of the request they came from).
pub async fn phrases_of(conn: &mut Conn, article_id: i64) -> Result<Vec<(i64, String, String, Option<i64>)>> {
    let rows = all!(
        conn,
        (i64, String, String, Option<i64>),
        "SELECT search_phrase.id, search_phrase.locale, search_phrase.phrase, request.number
         FROM search_phrase LEFT JOIN request ON request.id = search_phrase.request_id
         WHERE search_phrase.article_id = $1 ORDER BY search_phrase.id",
        article_id
    )?;
    Ok(rows)
}

/// Who can own an article: CRE and administrators, by name.
pub async fn possible_owners(conn: &mut Conn) -> Result<Vec<(i64, String)>> {
    let rows = all!(
        conn,
        (i64, String),
        "SELECT id, CASE WHEN name = '' THEN email ELSE name END AS shown FROM person
         WHERE role IN ('cre', 'administrator') AND disabled_at IS NULL ORDER BY shown, id"
    )?;
    Ok(rows)
}
