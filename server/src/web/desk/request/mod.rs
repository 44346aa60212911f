//! `/desk/requests/{number}`: one request.

mod actions;
mod brought;
mod events;
mod pane;
mod reply;
mod suggestions;

pub(super) use pane::load_pane;
pub(crate) use reply::{FOUND, found};

use crate::desk::{Request, inbox, request_by_number};
use crate::storage::Conn;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::model::desk_request::RequestPane;
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

pub fn table(table: &mut Table) {
    table
        .get("/desk/requests/{number}", Access::Cre, show)
        .post("/desk/requests/{number}/reply", Access::Cre, reply::send)
        .post("/desk/requests/{number}/properties", Access::Cre, actions::properties)
        .post("/desk/requests/{number}/status", Access::Cre, actions::status)
        .post("/desk/requests/{number}/assign", Access::Cre, actions::assign)
        .post("/desk/requests/{number}/tags", Access::Cre, actions::add_tag)
        .post("/desk/requests/{number}/tags/remove", Access::Cre, actions::remove_tag)
        .post("/desk/requests/{number}/suggestions", Access::Cre, suggestions::accept)
        .post("/desk/requests/{number}/revoke-link", Access::Cre, actions::revoke_link)
        .post("/desk/requests/{number}/draft-article", Access::Cre, actions::draft_article)
        .post("/desk/requests/{number}/undo/{event}", Access::Cre, actions::undo);
}

async fn show(ctx: Ctx, Path(number): Path<String>) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let request = find(&mut conn, &number).await?;
    let pane = load_pane(&ctx, &mut conn, &request).await?;
    let unassigned = inbox::unassigned(&mut conn).await?;
    Ok(draw(&ctx, StatusCode::OK, pane, unassigned))
}

/// The request of a number in a path; anything that is no number is not found either.
async fn find(conn: &mut Conn, number: &str) -> Result<Request> {
    let number = number.parse().map_err(|_| Error::NotFound)?;
    request_by_number(conn, number).await?.ok_or(Error::NotFound)
}

fn draw(ctx: &Ctx, status: StatusCode, mut pane: RequestPane, unassigned: i64) -> Response {
    let locale = ctx.locale;
    pane.alone = true;
    let page = Page {
        has_errors: !pane.reply.errors.is_empty(),
        unassigned: Some(unassigned),
        written_in: Some(app::pages::desk_reply::written_in(pane.number)),
        ..Page::new(format!("#{} {}", pane.number, pane.subject)).at(Place::Inbox)
    };
    ctx.page_with(status, page, || app::pages::desk_request::request(locale, pane))
}

/// Where a form comes back to: a page of the desk, or `otherwise`.
pub(super) fn back<'f>(form: &'f Form, otherwise: &'f str) -> &'f str {
    Some(form.raw("back"))
        .filter(|path| *path == "/desk" || path.starts_with("/desk/") || path.starts_with("/desk?"))
        .unwrap_or(otherwise)
}
