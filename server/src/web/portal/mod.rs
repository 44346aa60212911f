//! The customers' side.

mod article;
mod ask;
mod attachments;
mod category;
mod feed;
mod files;
mod home;
mod once;
mod request_link;
mod requests;
mod root;
mod search;
pub(super) mod sign_in;
mod sitemap;
#[cfg(test)]
mod tests;
mod theme;

use super::account;
use super::routes::{Access, Table};

pub fn table(table: &mut Table) {
    table.get("/", Access::Public, root::choose_locale).post(
        "/locale",
        Access::Public,
        root::remember_locale,
    );
    table.get("/files/{key}/{name}", Access::Public, files::show);
    table
        .get("/sitemap.xml", Access::Public, sitemap::show)
        .get("/robots.txt", Access::Public, sitemap::robots)
        .get("/theme.css", Access::Public, theme::css)
        .get("/manifest.webmanifest", Access::Public, theme::manifest);
    table
        .get("/{locale}", Access::Public, home::show)
        .get("/{locale}/feed.atom", Access::Public, feed::show)
        .get("/{locale}/categories", Access::Public, category::index)
        .get("/{locale}/categories/{slug}", Access::Public, category::show)
        .get("/{locale}/search", Access::Public, search::show)
        .get("/{locale}/articles/{slug}", Access::Public, article::show)
        .post("/{locale}/articles/{slug}/feedback", Access::Public, article::feedback)
        .get("/{locale}/articles/{slug}/thanks", Access::Public, article::thanks);
    sign_in_table(table);
    account_table(table);
    request_table(table);
}

fn sign_in_table(table: &mut Table) {
    use Access::Public;
    table
        .get("/{locale}/sign-in", Public, sign_in::show)
        .post("/{locale}/sign-in", Public, sign_in::send)
        .get("/{locale}/sign-in/sent", Public, sign_in::sent)
        .get("/{locale}/sign-in/{token}", Public, sign_in::open)
        .post("/{locale}/sign-in/{token}", Public, sign_in::enter)
        .post("/sign-out", Public, super::session::sign_out);
}

fn account_table(table: &mut Table) {
    use Access::SignedIn;
    table
        .get("/{locale}/account", SignedIn, account::show)
        .post("/{locale}/account", SignedIn, account::store)
        .post("/{locale}/account/password", SignedIn, account::store_password)
        .post("/{locale}/account/sessions/end-others", SignedIn, account::end_others)
        .post("/{locale}/account/sessions/{id}/end", SignedIn, account::end_session);
}

/// Asking, and following what was asked.
fn request_table(table: &mut Table) {
    table
        .get("/{locale}/ask", Access::Public, ask::show)
        .post("/{locale}/ask", Access::Public, ask::submit)
        .get("/{locale}/ask/sent/{token}", Access::Public, ask::show_sent)
        .get("/{locale}/ask/read/{session}/{article}", Access::Public, ask::read_article)
        .get("/{locale}/r/{token}", Access::Public, request_link::show)
        .post("/{locale}/r/{token}", Access::Public, request_link::reply)
        .get("/{locale}/requests", Access::SignedIn, requests::list)
        .get("/{locale}/requests/{number}", Access::SignedIn, requests::show)
        .post("/{locale}/requests/{number}", Access::SignedIn, requests::reply)
        .post("/{locale}/requests/{number}/link", Access::SignedIn, requests::renew_link);
}
