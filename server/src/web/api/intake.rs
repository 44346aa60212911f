//! `/api/v1/intake/{key}/…`: what the form asks for while somebody writes. The key is the visit's; it answers only the
//! browser that opened it.

use super::ApiBody;
use crate::intake::{self, Stage, answers};
use crate::limits::Limit;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Result};
use app::model::api::ErrorBody;
use app::model::intake::{OpenAnswer, OpenRequest, SuggestAnswer, SuggestRequest, SuggestedArticle};
use axum::Json;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;

pub fn table(table: &mut Table) {
    table
        .post("/api/v1/intake/{key}/suggest", Access::Public, suggest)
        .post("/api/v1/intake/{key}/opened", Access::Public, opened)
        .post("/api/v1/intake/{key}/left", Access::Public, left);
}

/// Suggest answers to a request that is being written
///
/// The articles that may answer it, likeliest first; none when none is likely enough. Notes what was typed and shown.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{key}/suggest",
    operation_id = "suggest_answers",
    tag = "intake",
    params(("key" = String, Path, description = "The visit, as the form carries it")),
    request_body = SuggestRequest,
    responses(
        (status = 200, description = "Articles that may answer", body = SuggestAnswer),
        (status = 404, description = "No such visit of this browser", body = ErrorBody),
        (status = 429, description = "Too many searches from this network", body = ErrorBody,
            headers(("retry-after" = i64, description = "Seconds to wait"))),
    )
)]
pub(super) async fn suggest(
    ctx: Ctx,
    Path(key): Path<String>,
    ApiBody(request): ApiBody<SuggestRequest>,
) -> Result {
    ctx.app.limits.check(Limit::Search, ctx.client)?;
    let visitor = ctx.visitor_hash().ok_or(Error::NotFound)?;
    let mut conn = ctx.app.db.read().await?;
    let session = intake::find(&mut conn, &key, &visitor).await?.ok_or(Error::NotFound)?;
    drop(conn);
    let SuggestRequest { locale, subject, body } = request;
    let likely = if session.held_out {
        Vec::new()
    } else {
        answers::likely(&ctx.app, ctx.visitor.person(), locale, &subject, &body)
    };
    let typed = format!("{subject}\n{body}");
    if !typed.trim().is_empty() {
        let ids: Vec<i64> = likely.iter().map(|found| found.article_id).collect();
        let noted = async {
            let mut tx = ctx.app.db.begin().await?;
            intake::note_shown(&mut tx, &session, &typed, Stage::Typing, &ids, ctx.now).await?;
            tx.commit().await
        };
        // An answer that is there is shown, noted or not.
        if let Err(error) = noted.await {
            tracing::warn!(%error, "cannot note what was suggested");
        }
    }
    let matches = likely
        .into_iter()
        .map(|found| SuggestedArticle {
            article_id: found.article_id,
            title: found.title,
            locale: found.locale,
        })
        .collect();
    Ok(Json(SuggestAnswer { matches }).into_response())
}

/// Read a suggested article in place
///
/// Its text, rendered and safe. Notes that it was read in this visit.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{key}/opened",
    operation_id = "open_answer",
    tag = "intake",
    params(("key" = String, Path, description = "The visit, as the form carries it")),
    request_body = OpenRequest,
    responses(
        (status = 200, description = "The article", body = OpenAnswer),
        (status = 404, description = "No such visit of this browser, or no such article", body = ErrorBody),
    )
)]
pub(super) async fn opened(
    ctx: Ctx,
    Path(key): Path<String>,
    ApiBody(request): ApiBody<OpenRequest>,
) -> Result {
    let visitor = ctx.visitor_hash().ok_or(Error::NotFound)?;
    let mut conn = ctx.app.db.read().await?;
    let session = intake::find(&mut conn, &key, &visitor).await?.ok_or(Error::NotFound)?;
    let answer = answers::read(&ctx.app, &mut conn, request.locale, request.article_id)
        .await?
        .ok_or(Error::NotFound)?;
    drop(conn);
    let noted = async {
        let mut tx = ctx.app.db.begin().await?;
        intake::note_opened(&mut tx, &session.key, &visitor, request.article_id, ctx.now).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "cannot note that a suggested article was read");
    }
    Ok(Json(OpenAnswer { title: answer.title, html: answer.html, href: answer.href }).into_response())
}

/// Note that the form was left
///
/// For `navigator.sendBeacon` and its like; the body is any JSON.
#[utoipa::path(
    post,
    path = "/api/v1/intake/{key}/left",
    operation_id = "leave_form",
    tag = "intake",
    params(("key" = String, Path, description = "The visit, as the form carries it")),
    request_body = serde_json::Value,
    responses(
        (status = 204, description = "Noted"),
        (status = 404, description = "No such visit of this browser", body = ErrorBody),
    )
)]
pub(super) async fn left(
    ctx: Ctx,
    Path(key): Path<String>,
    ApiBody(_): ApiBody<serde_json::Value>,
) -> Result {
    let visitor = ctx.visitor_hash().ok_or(Error::NotFound)?;
    let mut tx = ctx.app.db.begin().await?;
    let noted = intake::note_left(&mut tx, &key, &visitor, ctx.now).await?;
    tx.commit().await?;
    if noted { Ok(StatusCode::NO_CONTENT.into_response()) } else { Err(Error::NotFound) }
}
