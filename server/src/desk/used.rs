//! The use of an article: which one solved a request. Counted once for a request, and taken back with its solution.
//!
//! A CRE says so by solving with an article, or shows it by answering with a link to one.

use super::event::Change;
use super::message::{MessageKind, View, thread};
use crate::knowledge::article_at;
use crate::learning;
use crate::markdown::{RenderOptions, render};
use crate::storage::{Conn, Result, Tx, first, run};
use app::i18n::Locale;

/// The change that tells that an article solved a request, named in the customer's language or else in the other;
/// published or not. `None` without such an article.
pub(super) async fn solved_with(conn: &mut Conn, article_id: i64, locale: Locale) -> Result<Option<Change>> {
    let row = first!(
        conn,
        (String,),
        "SELECT r.title FROM translation t JOIN revision r ON r.id = COALESCE(t.live_revision_id, t.head_revision_id)
         WHERE t.article_id = $1 ORDER BY CASE WHEN t.locale = $2 THEN 0 ELSE 1 END LIMIT 1",
        article_id,
        locale.tag()
    )?;
    Ok(row.map(|(title,)| Change::SolvedWith { article_id, title }))
}

/// The article that the last answer leads to, if it is one. Of several nobody has said which one solved it, and an
/// earlier answer did not.
pub(super) async fn linked_answer(conn: &mut Conn, request_id: i64) -> Result<Option<Change>> {
    let Some(request) = super::find_request(conn, request_id).await? else { return Ok(None) };
    let messages = thread(conn, request_id, View::Customer).await?;
    let answer = messages.iter().rev().find(|m| m.kind == MessageKind::Reply && !m.from_customer);
    let Some(answer) = answer else { return Ok(None) };
    let links = render(&answer.body, &RenderOptions::message(request.locale)).links;
    let mut articles = Vec::new();
    for link in links {
        articles.extend(article_at(conn, &link).await?);
    }
    articles.sort_unstable();
    articles.dedup();
    match articles[..] {
        [article] => solved_with(conn, article, request.locale).await,
        _ => Ok(None),
    }
}

/// Writes that an article solved a request.
pub(super) async fn count(
    tx: &mut Tx,
    request_id: i64,
    article_id: i64,
    person_id: Option<i64>,
    now: i64,
) -> Result<u64> {
    run!(
        tx,
        "INSERT INTO article_use (article_id, request_id, person_id, at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (article_id, request_id) DO NOTHING",
        article_id,
        request_id,
        person_id,
        now
    )?;
    learning::wish(tx, now).await?;
    run!(tx, "UPDATE request SET solved_article_id = $2 WHERE id = $1", request_id, article_id)
}

/// Writes that it did not, and that nothing is to be learned of it.
pub(super) async fn take_back(tx: &mut Tx, request_id: i64, article_id: i64, now: i64) -> Result<u64> {
    run!(tx, "DELETE FROM article_use WHERE article_id = $1 AND request_id = $2", article_id, request_id)?;
    learning::take_back(tx, request_id, now).await?;
    run!(
        tx,
        "UPDATE request SET solved_article_id = NULL WHERE id = $1 AND solved_article_id = $2",
        request_id,
        article_id
    )
}
