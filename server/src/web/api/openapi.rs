//! `/api/v1/openapi.json`: the API, described. What a call takes and gives stands at its handler; who may make it, and
//! how that is refused, comes from the route table.

use super::{desk, editor, intake, search};
use crate::web::cookies::{Cookies, SESSION, VISITOR};
use crate::web::routes::{Access, Route, Table, routes};
use crate::web::{Ctx, Result, csrf};
use app::model::api::ErrorBody;
use axum::Json;
use axum::http::{Method, header};
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::extensions::Extensions;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Components, ContentBuilder, PathItem, Ref, RefOr, ResponseBuilder};

#[cfg(test)]
mod tests;

const PATH: &str = "/api/v1/openapi.json";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kotae",
        description = "What the portal's own pages ask for in the browser, open to whoever builds on it. Calls that \
            change something carry a CSRF token, as the portal's forms hold it; cookies are those of a browser that \
            signed in. What does not exist and what the caller may not see are both 404.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
        contact(),
    ),
    tags(
        (name = "search", description = "Finding articles"),
        (name = "intake", description = "While a customer writes a request"),
        (name = "desk", description = "For CRE and administrators"),
        (name = "about", description = "This document"),
    ),
    paths(
        search::search,
        search::suggest,
        intake::suggest,
        intake::opened,
        intake::left,
        editor::preview,
        editor::image,
        desk::inbox_news,
        desk::who_writes,
        desk::save_draft,
        desk::articles,
        describe,
    ),
    components(schemas(ErrorBody)),
)]
struct Handlers;

/// A picture for an article, as a form sends it.
#[derive(utoipa::ToSchema)]
#[expect(dead_code, reason = "describes what `Form` reads")]
pub(super) struct ImageForm {
    /// The CSRF token.
    csrf: String,
    /// The article it is for; absent for one that has not been saved.
    article: Option<i64>,
    #[schema(content_media_type = "application/octet-stream")]
    image: String,
}

pub fn table(table: &mut Table) {
    table.get(PATH, Access::Public, describe);
}

/// Describe this API
#[utoipa::path(
    get,
    path = "/api/v1/openapi.json",
    operation_id = "describe",
    tag = "about",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = serde_json::Value))
)]
async fn describe(ctx: Ctx) -> Result {
    let document = document(&routes(), &ctx.cookies);
    Ok(([(header::CACHE_CONTROL, "public, max-age=3600")], Json(document)).into_response())
}

/// The handlers' own words, and the table's.
fn document(routes: &[Route], cookies: &Cookies) -> utoipa::openapi::OpenApi {
    let mut document = Handlers::openapi();
    let components = document.components.get_or_insert_default();
    add_schemes(components, cookies);
    for route in routes {
        let item = document.paths.paths.get_mut(route.path);
        if let Some(operation) = item.and_then(|item| operation(item, &route.method)) {
            add_access(operation, route);
        }
    }
    document
}

fn operation<'d>(item: &'d mut PathItem, method: &Method) -> Option<&'d mut Operation> {
    match *method {
        Method::GET => item.get.as_mut(),
        Method::POST => item.post.as_mut(),
        _ => None,
    }
}

fn add_schemes(components: &mut Components, cookies: &Cookies) {
    let cookie = |name: &str, about: &str| {
        SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::with_description(
            cookies.name(name),
            about.to_owned(),
        )))
    };
    let header = |name: &str, about: &str| {
        SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::with_description(name, about)))
    };
    let schemes = [
        ("session", cookie(SESSION, "Given by signing in.")),
        ("visitor", cookie(VISITOR, "Given by the page with the form that a call belongs to.")),
        (
            "csrf",
            header(csrf::HEADER, "The `csrf` field of any form on a page of the same session or visitor."),
        ),
    ];
    for (name, scheme) in schemes {
        components.add_security_scheme(name, scheme);
    }
}

/// Who may make a call, and how everybody else is told.
fn add_access(operation: &mut Operation, route: &Route) {
    let unsafe_call = route.method != Method::GET;
    let is_form = operation.request_body.as_ref().is_some_and(
        |body| matches!(body, RefOr::T(body) if body.content.contains_key("multipart/form-data")),
    );
    let needs = |mut names: Vec<&'static str>| {
        if unsafe_call && !is_form {
            names.push("csrf");
        }
        let none = || Vec::<String>::new();
        names.into_iter().fold(SecurityRequirement::default(), |all, name| all.add(name, none()))
    };
    operation.security = Some(match (route.access, unsafe_call) {
        (Access::Public, false) => vec![needs(vec![]), needs(vec!["session"])],
        (Access::Public, true) => vec![needs(vec!["visitor"]), needs(vec!["visitor", "session"])],
        (Access::SignedIn | Access::Cre | Access::Administrator, _) => vec![needs(vec!["session"])],
    });
    let access = match route.access {
        Access::Public => "public",
        Access::SignedIn => "signed_in",
        Access::Cre => "cre",
        Access::Administrator => "administrator",
    };
    let extensions = operation.extensions.get_or_insert_default();
    *extensions = Extensions::builder().add("x-access", access).build();
    if unsafe_call {
        refuse(operation, "400", "The body cannot be understood");
        refuse(operation, "403", "The CSRF token is missing or old, or the call comes from another site");
        refuse(operation, "413", "The body is too large");
    }
    match route.access {
        Access::Public => {}
        Access::SignedIn => refuse(operation, "401", "Not signed in"),
        Access::Cre | Access::Administrator => refuse(operation, "404", "Not for this caller"),
    }
    refuse(operation, "default", "Anything else; 503 while the database cannot be reached");
}

/// One more way to fail, unless the handler has told of it.
fn refuse(operation: &mut Operation, status: &str, about: &str) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
    let response = ResponseBuilder::new().description(about).content("application/json", content).build();
    operation.responses.responses.entry(status.to_owned()).or_insert(RefOr::T(response));
}
