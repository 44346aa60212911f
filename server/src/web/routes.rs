//! The one route table. The router, the authorisation matrix and the OpenAPI document are made from it.

use super::guard;
use super::middleware::note_route;
use crate::app_state::App;
use app::i18n::Locale;
use axum::Router;
use axum::extract::State;
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{MethodFilter, MethodRouter, on};
use std::sync::LazyLock;

/// Who may call a route. The guard turns others away before the handler runs; what a route shows of single requests
/// and articles is decided once more in its SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Whoever is signed in; others are sent to sign in.
    SignedIn,
    /// CRE and administrators; to others the route does not exist.
    Cre,
    Administrator,
}

/// One method on one path.
pub struct Route {
    pub method: Method,
    /// axum's syntax: `/{locale}/articles/{slug}`.
    pub path: &'static str,
    pub access: Access,
    handler: MethodRouter<App>,
}

/// A table under construction; the areas add their rows in `table()` functions beside their handlers.
#[derive(Default)]
pub struct Table(Vec<Route>);

impl Table {
    pub fn get<H, T>(&mut self, path: &'static str, access: Access, handler: H) -> &mut Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::GET, path, access, on(MethodFilter::GET, handler))
    }

    pub fn post<H, T>(&mut self, path: &'static str, access: Access, handler: H) -> &mut Self
    where
        H: Handler<T, App>,
        T: 'static,
    {
        self.add(Method::POST, path, access, on(MethodFilter::POST, handler))
    }

    fn add(
        &mut self,
        method: Method,
        path: &'static str,
        access: Access,
        handler: MethodRouter<App>,
    ) -> &mut Self {
        self.0.push(Route { method, path, access, handler });
        self
    }
}

/// Every route of the portal.
pub fn routes() -> Vec<Route> {
    let mut table = Table::default();
    super::health::table(&mut table);
    super::portal::table(&mut table);
    super::api::table(&mut table);
    super::desk::table(&mut table);
    table.0
}

/// The page that an address belongs to: itself, or the nearest above it when it only takes forms.
pub fn page_of(address: &str) -> &str {
    let pages: Vec<Route> = routes().into_iter().filter(|route| route.method == Method::GET).collect();
    let is_page = |path: &str| pages.iter().any(|page| fits(page.path, path));
    let (path, _) = address.split_once('?').unwrap_or((address, ""));
    if is_page(path) {
        return address;
    }
    let ends = path.match_indices('/').map(|(at, _)| at).rev();
    ends.map(|end| &path[..end]).find(|above| is_page(above)).unwrap_or("/")
}

/// Whether there is a page at a path whatever the portal holds: `/ja/ask`, `/desk/outbox`; not a single article's.
pub fn is_standing_page(path: &str) -> bool {
    static STANDING: LazyLock<Vec<&str>> = LazyLock::new(|| {
        let pages = routes().into_iter().filter(|route| route.method == Method::GET).map(|route| route.path);
        pages.filter(|path| !path.replacen("{locale}", "", 1).contains('{')).collect()
    });
    path != "/" && STANDING.iter().any(|page| fits(page, path))
}

fn fits(template: &str, path: &str) -> bool {
    let (mut parts, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(_)) if part.starts_with("{*") => return true,
            (Some("{locale}"), Some(own)) if Locale::from_tag(own).is_none() => return false,
            (Some(part), Some(own)) if part.starts_with('{') || part == own => {}
            _ => return false,
        }
    }
}

/// The router of the table, each route behind the guard of its access.
pub fn router(app: &App) -> Router<App> {
    let mut router = Router::new();
    for Route { path, access, handler, .. } in routes() {
        let guarded = handler
            .layer(from_fn_with_state(app.clone(), move |State(app), request, next| {
                guard::check(app, access, request, next)
            }))
            .layer(from_fn(move |request, next| note_route(path, request, next)));
        router = router.route(path, guarded);
    }
    router
}

#[cfg(test)]
mod tests {
    use super::{is_standing_page, page_of, routes};
    use axum::http::Method;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn an_address_that_only_takes_forms_belongs_to_the_page_above_it() {
        for (address, page) in [
            ("/desk?view=mine", "/desk?view=mine"),
            ("/desk/requests/7", "/desk/requests/7"),
            ("/desk/requests/7/reply", "/desk/requests/7"),
            ("/desk/articles/3/en/edit", "/desk/articles/3/en/edit"),
            ("/desk/settings/rules/2/enabled?x", "/desk/settings/rules/2"),
            ("/ja/articles/a/feedback", "/ja/articles/a"),
            ("/sign-out", "/"),
            ("/locale", "/"),
            ("nowhere", "/"),
        ] {
            assert_eq!(page_of(address), page);
        }
    }

    #[test]
    fn a_standing_page_is_there_whatever_the_portal_holds() {
        for page in ["/ja", "/ja/ask", "/en/requests", "/en/search", "/desk", "/desk/settings/rules"] {
            assert!(is_standing_page(page), "{page}");
        }
        for other in ["/", "/fr/ask", "/en/articles/a", "/en/ask/sent/a", "/sign-out", "/docs", "ja/ask"] {
            assert!(!is_standing_page(other), "{other}");
        }
    }

    /// Routes below who walks them, each with the addresses that are walked; and the routes that are no pages.
    #[derive(serde::Deserialize)]
    struct Walked {
        anyone: BTreeMap<String, Vec<String>>,
        customer: BTreeMap<String, Vec<String>>,
        administrator: BTreeMap<String, Vec<String>>,
        #[serde(rename = "not pages")]
        not_pages: BTreeSet<String>,
    }

    #[test]
    fn the_journeys_walk_every_page_of_the_table() -> anyhow::Result<()> {
        let walked: Walked = serde_json::from_str(include_str!("../../../end2end/pages.json"))?;
        let groups = [&walked.anyone, &walked.customer, &walked.administrator];
        let listed: BTreeSet<&str> = groups
            .iter()
            .flat_map(|group| group.keys())
            .chain(&walked.not_pages)
            .map(String::as_str)
            .collect();
        let pages: BTreeSet<&str> = routes()
            .iter()
            .filter(|route| route.method == Method::GET && !route.path.starts_with("/api/"))
            .map(|route| route.path)
            .collect();
        assert_eq!(
            pages, listed,
            "end2end/pages.json lists what stands in the table of routes, and nothing else"
        );
        for (route, addresses) in groups.into_iter().flatten() {
            assert!(!addresses.is_empty(), "end2end/pages.json walks {route} at no address");
        }
        Ok(())
    }
}
