//! `/api/v1/desk`: what the reply form's island asks while a CRE writes.

use super::ApiBody;
use crate::desk::{self, Request, View, find_articles, inbox, request_by_number};
use crate::web::desk::{FOUND, found};
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error};
use app::i18n::Locale;
use app::model::api::ErrorBody;
use app::model::desk_inbox::{InboxNews, InboxView};
use app::model::desk_request::{DraftSaved, DraftToSave, FoundArticles};
use axum::Json;
use axum::extract::Path;

pub fn table(table: &mut Table) {
    table
        .get("/api/v1/desk/inbox/news", Access::Cre, inbox_news)
        .get("/api/v1/desk/requests/{number}/draft", Access::Cre, who_writes)
        .post("/api/v1/desk/requests/{number}/draft", Access::Cre, save_draft)
        .get("/api/v1/desk/requests/{number}/articles", Access::Cre, articles);
}

/// Ask what has come in
///
/// How many requests of a view customers have written in since its list was drawn, new ones included.
#[utoipa::path(
    get,
    path = "/api/v1/desk/inbox/news",
    operation_id = "inbox_news",
    tag = "desk",
    params(
        ("view" = Option<String>, Query, description = "The view's code; everything open without one"),
        ("after" = Option<i64>, Query, description = "The last message that the list knows of"),
    ),
    responses((status = 200, description = "A number, and a sentence in the reader's language", body = InboxNews))
)]
pub(super) async fn inbox_news(ctx: Ctx) -> Result<Json<InboxNews>, Error> {
    let after = ctx.query("after").parse().unwrap_or(i64::MAX);
    let view = InboxView::from_code(&ctx.query("view")).unwrap_or_default();
    let mut conn = ctx.app.db.read().await?;
    let requests = inbox::written_in_since(&mut conn, ctx.staff()?.id, view, after).await?;
    let text = match (requests, ctx.locale) {
        (0, _) => String::new(),
        (_, Locale::Ja) => format!("新しいお問い合わせや返信が{requests}件あります。"),
        (1, Locale::En) => "1 request is new or has a new reply.".to_owned(),
        (_, Locale::En) => {
            format!("{requests} requests are new or have a new reply.")
        }
    };
    Ok(Json(InboxNews { requests, text }))
}

async fn find(ctx: &Ctx, number: &str) -> Result<Request, Error> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    request_by_number(&mut ctx.app.db.read().await?, number).await?.ok_or(Error::NotFound)
}

/// Ask who else is writing
///
/// Sentences in the reader's language, empty when there is nothing to tell.
#[utoipa::path(
    get,
    path = "/api/v1/desk/requests/{number}/draft",
    operation_id = "who_writes",
    tag = "desk",
    params(
        ("number" = i64, Path, description = "The request's number"),
        ("message" = Option<i64>, Query, description = "The last message that was read"),
        ("version" = Option<i64>, Query, description = "The request's version when it was read"),
    ),
    responses(
        (status = 200, description = "Who is writing, and whether somebody replied since", body = DraftSaved),
        (status = 404, description = "No such request", body = ErrorBody),
    )
)]
pub(super) async fn who_writes(ctx: Ctx, Path(number): Path<String>) -> Result<Json<DraftSaved>, Error> {
    let request = find(&ctx, &number).await?;
    Ok(Json(news(&ctx, &request).await?))
}

/// Keep what is being typed
///
/// One draft for each request and person; an empty text drops it. It is back in the form when the page is opened again.
#[utoipa::path(
    post,
    path = "/api/v1/desk/requests/{number}/draft",
    operation_id = "save_draft",
    tag = "desk",
    params(
        ("number" = i64, Path, description = "The request's number"),
        ("message" = Option<i64>, Query, description = "The last message that was read"),
        ("version" = Option<i64>, Query, description = "The request's version when it was read"),
    ),
    request_body = DraftToSave,
    responses(
        (status = 200, description = "Saved; who is writing, and whether somebody replied since", body = DraftSaved),
        (status = 404, description = "No such request", body = ErrorBody),
    )
)]
pub(super) async fn save_draft(
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

/// Find articles for a reply
///
/// Articles for some words; without words, those near what the customer wrote.
#[utoipa::path(
    get,
    path = "/api/v1/desk/requests/{number}/articles",
    operation_id = "find_articles",
    tag = "desk",
    params(
        ("number" = i64, Path, description = "The request's number"),
        ("q" = Option<String>, Query, description = "What is looked for"),
    ),
    responses(
        (status = 200, description = "Articles in the request's language", body = FoundArticles),
        (status = 404, description = "No such request", body = ErrorBody),
    )
)]
pub(super) async fn articles(ctx: Ctx, Path(number): Path<String>) -> Result<Json<FoundArticles>, Error> {
    let request = find(&ctx, &number).await?;
    let answers = find_articles(&ctx.app, &request, &ctx.query("q"), FOUND).await?;
    Ok(Json(FoundArticles { articles: answers.into_iter().map(found).collect() }))
}
