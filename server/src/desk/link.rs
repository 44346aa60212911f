//! The private link: whoever holds it reads the thread. Raising the request's `link_version` revokes it.

use super::{Request, find_request};
use crate::app_state::App;
use crate::storage::{Conn, Result};
use app::i18n::Locale;

const PURPOSE: &str = "request-link";

/// The token of a request's private link: its id and a signature over id and link version.
pub fn private_link(app: &App, id: i64, link_version: i64) -> String {
    format!("{id}.{}", app.secret.sign(PURPOSE, &format!("{id} {link_version}")))
}

/// Where the private link leads, as a path.
pub fn link_path(app: &App, locale: Locale, id: i64, link_version: i64) -> String {
    format!("/{}/r/{}", locale.tag(), private_link(app, id, link_version))
}

/// The request that a token opens; `None` for a damaged, guessed or revoked one.
pub async fn request_by_link(conn: &mut Conn, app: &App, token: &str) -> Result<Option<Request>> {
    let Some((id, signature)) = token.split_once('.') else { return Ok(None) };
    let Ok(id) = id.parse::<i64>() else { return Ok(None) };
    let Some(request) = find_request(conn, id).await? else { return Ok(None) };
    let text = format!("{id} {}", request.link_version);
    Ok(app.secret.verify(PURPOSE, &text, signature).then_some(request))
}
