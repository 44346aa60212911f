//! Turns away whoever may not call a route, in the same words whether it exists or not.

use super::routes::Access;
use super::{Error, Visitor};
use crate::identity::Role;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

pub async fn check(access: Access, request: Request, next: Next) -> Response {
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
        (false, None) if desk || access == Access::SignedIn => Error::SignIn.into_response(),
        (false, _) => Error::NotFound.into_response(),
    }
}
