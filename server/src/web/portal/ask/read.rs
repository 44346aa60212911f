//! `/{locale}/ask/read/{session}/{article}`: opens an offered article in a page of its own, and notes it: without
//! JavaScript there is no other way to know.

use crate::intake::{self, answers};
use crate::web::{Ctx, Error, Result};
use axum::extract::Path;

pub async fn show(ctx: Ctx, Path((_, key, article)): Path<(String, String, String)>) -> Result {
    let article_id = article.parse::<i64>().map_err(|_| Error::NotFound)?;
    let mut conn = ctx.app.db.read().await?;
    let answer = answers::read(&ctx.app, &mut conn, ctx.locale, article_id).await?.ok_or(Error::NotFound)?;
    drop(conn);
    if let Some(visitor) = ctx.visitor_hash() {
        let noted = async {
            let mut tx = ctx.app.db.begin().await?;
            intake::note_opened(&mut tx, &key, &visitor, article_id, ctx.now).await?;
            tx.commit().await
        };
        // The article is what was asked for; the note is ours.
        if let Err(error) = noted.await {
            tracing::warn!(%error, "cannot note that an offered article was opened");
        }
    }
    Ok(ctx.redirect(&answer.href))
}
