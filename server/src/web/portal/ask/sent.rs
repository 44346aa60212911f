//! `/{locale}/ask/sent/{token}`: the receipt. The token is the private link's, so that a reload shows it again and a
//! revoked link shows nothing.

use crate::desk;
use crate::identity::find_person;
use crate::intake::hours;
use crate::web::{Ctx, Error, Page, Result};
use app::model::ask::SentPage;
use app::model::shell::Place;
use axum::extract::Path;

pub async fn show(ctx: Ctx, Path((_, token)): Path<(String, String)>) -> Result {
    let mut conn = ctx.app.db.read().await?;
    let request = desk::request_by_link(&mut conn, &ctx.app, &token).await?.ok_or(Error::NotFound)?;
    let customer = find_person(&mut conn, request.customer_id).await?;
    drop(conn);
    let locale = ctx.locale;
    let link = format!("/{}/r/{token}", locale.tag());
    let model = SentPage {
        number: request.number,
        expected: hours::expected_reply(&ctx.settings, locale, request.created_at, ctx.now),
        subject: request.subject,
        email: customer.map(|person| person.email).unwrap_or_default(),
        url: ctx.absolute(&link),
        link,
    };
    let page = Page::new(locale.t("お問い合わせを受け付けました", "We have your request")).at(Place::Ask);
    Ok(ctx.page(page, move || app::pages::ask::sent(locale, model)))
}
