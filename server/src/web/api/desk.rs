//! `/api/v1/desk`: what the reply form's island asks while a CRE writes.

use super::ApiBody;
use crate::desk::{self, Request, View, find_articles, request_by_number};
use crate::web::desk::{FOUND, found};
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error};
use app::i18n::Locale;
use app::model::desk_request::{DraftSaved, DraftToSave, FoundArticles};
use axum::Json;
use axum::extract::Path;

pub fn table(table: &mut Table) {
    table
        .get("/api/v1/desk/requests/{number}/draft", Access::Cre, who_writes)
        .post("/api/v1/desk/requests/{number}/draft", Access::Cre, save_draft)
        .get("/api/v1/desk/requests/{number}/articles", Access::Cre, articles);
}

async fn find(ctx: &Ctx, number: &str) -> Result<Request, Error> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    request_by_number(&mut ctx.app.db.read().await?, number).await?.ok_or(Error::NotFound)
}

/// Who else is writing, and whether somebody replied since `message` (with the request at `version`).
async fn who_writes(ctx: Ctx, Path(number): Path<String>) -> Result<Json<DraftSaved>, Error> {
    let request = find(&ctx, &number).await?;
    Ok(Json(news(&ctx, &request).await?))
}

/// Keeps what is being typed.
async fn save_draft(
    ctx: Ctx,
    Path(number): Path<String>,
    ApiBody(draft): ApiBody<DraftToSave>,
) -> Result<Json<DraftSaved>, Error> {
    let me = ctx.staff()?;
    let request = find(&ctx, &number).await?;
    let body: String = draft.body.chars().take(50_000).collect();
    let mut tx = ctx.app.db.begin().await?;
    if !desk::save_draft(&mut tx, request.id, me.id, draft.note, &body, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    let saved = if body.trim().is_empty() {
        ""
    } else {
        ctx.locale.t("下書きを保存しました。", "Draft saved.")
    };
    Ok(Json(DraftSaved { saved: saved.to_owned(), ..news(&ctx, &request).await? }))
}

async fn news(ctx: &Ctx, request: &Request) -> Result<DraftSaved, Error> {
    let me = ctx.staff()?;
    let mut conn = ctx.app.db.read().await?;
    let writing = desk::also_writing(&mut conn, request.id, me.id, ctx.now).await?;
    let seen: i64 = ctx.query("message").parse().unwrap_or(i64::MAX);
    let replied = ctx.query("version") != request.version.to_string()
        && desk::thread(&mut conn, request.id, View::Customer)
            .await?
            .iter()
            .any(|message| message.id > seen && message.author_id != Some(me.id));
    Ok(DraftSaved {
        saved: String::new(),
        also_writing: app::pages::desk_reply::also_writing(ctx.locale, &writing),
        news: if replied { replied_text(ctx.locale).to_owned() } else { String::new() },
    })
}

fn replied_text(locale: Locale) -> &'static str {
    locale.t(
        "新しい返信が届いています。送信すると内容を確認できます。",
        "A new reply has come in. You will see it before yours is sent.",
    )
}

/// Articles for some words; without words, those near what the customer wrote.
async fn articles(ctx: Ctx, Path(number): Path<String>) -> Result<Json<FoundArticles>, Error> {
    let request = find(&ctx, &number).await?;
    let answers = find_articles(&ctx.app, &request, &ctx.query("q"), FOUND).await?;
    Ok(Json(FoundArticles { articles: answers.into_iter().map(found).collect() }))
}
