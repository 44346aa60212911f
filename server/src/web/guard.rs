//! Turns away whoever may not call a route, in the same words whether it exists or not.

use super::kept::Kept;
use super::routes::Access;
use super::{Error, Form, Visitor};
use crate::app_state::App;
use crate::identity::Role;
use axum::extract::Request;
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn check(app: App, access: Access, request: Request, next: Next) -> Response {
    let role = request.extensions().get::<Visitor>().and_then(Visitor::role);
    let desk = request.uri().path().starts_with("/desk");
    let allowed = match access {
        Access::Public => true,
        Access::SignedIn => role.is_some(),
        Access::Cre => role.is_some_and(Role::is_staff),
        Access::Administrator => role == Some(Role::Administrator),
    };
    match (allowed, role) {
        (true, _) => next.run(request).await,
        // Somebody who is not signed in may be staff: the desk's own pages send them to sign in.
        (false, None) if desk || access == Access::SignedIn => {
            keep(&app, request).await;
            Error::SignIn.into_response()
        }
        (false, _) => Error::NotFound.into_response(),
    }
}

/// A session that ended while somebody was writing must not take their words along.
async fn keep(app: &App, request: Request) {
    if request.method() != Method::POST {
        return;
    }
    let kept = request.extensions().get::<Kept>().cloned().unwrap_or_default();
    if let Ok(form) = Form::unverified(app, request).await {
        kept.put(&form);
    }
}
