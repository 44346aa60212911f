//! What happens around every request: who is asking, from where; cookies, errors drawn, headers, a line in the log.

use super::cookies::{self, Cookies};
use super::kept::Kept;
use super::{ClientAddr, Ctx, Error, Visitor, cache, followed, headers, locale, routes};
use crate::app_state::App;
use crate::identity::{session_by_token, touch};
use app::i18n::Locale;
use axum::extract::{ConnectInfo, FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// The outermost layer: a page that is kept whole goes out at once, past everything else.
pub async fn from_memory(State(app): State<App>, request: Request, next: Next) -> Response {
    followed::note(&app, &request);
    if let Some((locale, path)) = locale::asked_in(request.method(), request.uri()) {
        let mut response = super::see_other(&path);
        remember(&app, locale, &mut response);
        return response;
    }
    let switched = locale::switched_to(&request, &app.config.public_url);
    let mut response = match cache::kept(&app, request.method(), request.uri(), request.headers()) {
        Some(page) => {
            let response = page.answer(request.headers());
            super::metrics::observe(request.method(), page.route(), response.status(), 0);
            response
        }
        None => next.run(request).await,
    };
    if let Some(locale) = switched.filter(|_| !response.status().is_client_error()) {
        remember(&app, locale, &mut response);
    }
    response
}

/// Has the browser keep a language. Such an answer is nobody else's.
fn remember(app: &App, locale: Locale, response: &mut Response) {
    let cookies = Cookies::new(app.config.https());
    cookies.set(cookies::LOCALE, locale.tag(), Some(cookies::YEAR));
    cookies.write(response.headers_mut());
    let mine = HeaderValue::from_static("private, max-age=0, must-revalidate");
    if let header::Entry::Occupied(mut entry) = response.headers_mut().entry(header::CACHE_CONTROL)
        && entry.get().as_bytes().starts_with(b"public")
    {
        entry.insert(mine);
    }
}

/// Around every other request.
pub async fn around(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let started = app.clock.now();
    let method = request.method().clone();
    let client = client_addr(&app, &request);
    let cookies = Cookies::new(app.config.https());
    let visitor = match visitor(&app, &cookies, request.headers()).await {
        Ok(visitor) => visitor,
        Err(error) => {
            tracing::warn!(%error, "cannot look the session up");
            Visitor::Anonymous
        }
    };
    request.extensions_mut().insert(ClientAddr(client));
    request.extensions_mut().insert(cookies.clone());
    request.extensions_mut().insert(visitor);
    request.extensions_mut().insert(Kept::default());
    let (mut parts, body) = request.into_parts();
    // The error page needs the request after the handler has consumed it.
    let mut kept = parts.clone();
    kept.extensions.remove::<MatchedPath>();
    parts.extensions.remove::<ConnectInfo<SocketAddr>>();
    let response = next.run(Request::from_parts(parts, body)).await;
    let route = response.extensions().get::<MatchedRoute>().map_or("-", |route| route.0);
    let mut response = finish(&app, &mut kept, response).await;
    headers::add(response.headers_mut(), app.assets.policy(), app.config.https());
    cookies.write(response.headers_mut());
    let status = response.status();
    let took = app.clock.now() - started;
    super::metrics::observe(&method, route.into(), status, took);
    // The route, never the path or the query: those can carry what a customer typed.
    tracing::debug!(%method, route, status = status.as_u16(), took_ms = took, "request");
    response
}

/// The route that answered, left on the response by [`note_route`].
#[derive(Clone, Copy)]
struct MatchedRoute(&'static str);

/// Remembers which route of the table is answering.
pub async fn note_route(path: &'static str, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.extensions_mut().insert(MatchedRoute(path));
    response
}

/// Behind N trusted proxies, the N-th address from the right of `X-Forwarded-For`; otherwise the peer's.
fn client_addr(app: &App, request: &Request) -> IpAddr {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::from([127, 0, 0, 1]), |info| info.0.ip());
    let hops = app.config.trusted_proxies;
    if hops == 0 {
        return peer;
    }
    let forwarded: Vec<IpAddr> = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .filter_map(|part| part.trim().parse().ok())
        .collect();
    forwarded.len().checked_sub(hops).and_then(|at| forwarded.get(at)).copied().unwrap_or(peer)
}

/// Without a session cookie nothing is looked up: an anonymous page costs no SQL.
async fn visitor(app: &App, cookies: &Cookies, headers: &HeaderMap) -> crate::storage::Result<Visitor> {
    let Some(token) = cookies.read(headers, cookies::SESSION).filter(|token| !token.is_empty()) else {
        return Ok(Visitor::Anonymous);
    };
    let now = app.clock.now();
    let mut conn = app.db.read().await?;
    let Some(session) = session_by_token(&mut conn, token, now).await? else { return Ok(Visitor::Anonymous) };
    drop(conn);
    if session.stale {
        // That a session was used is worth a write an hour, and no failed page when it cannot be written.
        let touched = async {
            let mut tx = app.db.begin().await?;
            touch(&mut tx, &session, now).await?;
            tx.commit().await
        };
        if let Err(error) = touched.await {
            tracing::warn!(%error, "cannot note that a session was used");
        }
    }
    Ok(Visitor::Signed(Box::new(session)))
}

/// Draws the error that a handler left: as a page for people, as JSON for the API.
async fn finish(app: &App, parts: &mut Parts, response: Response) -> Response {
    let error = match response.extensions().get::<Arc<Error>>() {
        Some(error) => Arc::clone(error),
        // axum's own refusals: no such route, or a path that names nothing there could be (an id that is no number,
        // broken UTF-8), which is the same to whoever asks.
        None if matches!(response.status(), StatusCode::NOT_FOUND | StatusCode::BAD_REQUEST)
            && is_bare(&response) =>
        {
            Arc::new(Error::NotFound)
        }
        // An address that only takes forms, opened: a reload, or the way back from signing in.
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED
            && parts.method == Method::GET
            && !parts.uri.path().starts_with("/api/") =>
        {
            return super::see_other(routes::page_of(parts.uri.path()));
        }
        None if response.status() == StatusCode::PAYLOAD_TOO_LARGE && is_bare(&response) => {
            Arc::new(Error::TooLarge(super::form::TEXT_LIMIT as u64))
        }
        None => return response,
    };
    if matches!(*error, Error::NotFound)
        && let Some(answer) = super::otherwise::answer(app, parts).await
    {
        return answer;
    }
    let path = parts.uri.path().to_owned();
    let in_path = path.split('/').nth(1).and_then(Locale::from_tag);
    let Ok(mut ctx) = Ctx::from_request_parts(parts, app).await else { return response };
    if let Some(locale) = in_path {
        ctx.locale = locale;
    }
    let form = parts.extensions.get::<Kept>().and_then(Kept::take);
    let holds_words = form.as_ref().is_some_and(super::errors::worth_keeping);
    let mut drawn = if path.starts_with("/api/") {
        super::api::error_body(&error, ctx.locale)
    } else if matches!(*error, Error::SignIn) && !holds_words {
        let next: String = url::form_urlencoded::byte_serialize(ctx.path().as_bytes()).collect();
        let sign_in = if path.starts_with("/desk") {
            format!("/desk/sign-in?next={next}")
        } else {
            format!("/{}/sign-in?next={next}", ctx.locale.tag())
        };
        return super::see_other(&sign_in);
    } else {
        super::errors::page(&mut ctx, &error, form.as_ref())
    };
    if let Some(retry) = response.headers().get(header::RETRY_AFTER) {
        drawn.headers_mut().insert(header::RETRY_AFTER, retry.clone());
    }
    drawn
}

/// Whether a response carries no page of ours.
fn is_bare(response: &Response) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_none_or(|value| value.starts_with("text/plain"))
}
