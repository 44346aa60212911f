//! The audit log holds every change: each button of the desk is pressed, and the log looked at.

mod presses;

use self::presses::presses;
use super::ask;
use super::audit_words::read_in_words;
use crate::app_state::App;
use crate::search::{Deed, Noted};
use crate::storage::{all, value};
use crate::testing::{Cast, Client, Shelf, TestDb, db_test, set_password};
use crate::web::routes::{Access, routes};
use app::i18n::Locale::En;
use axum::http::Method;
use std::collections::BTreeSet;

/// Unsafe calls at the desk that leave nothing in the audit log, each with its reason.
const ELSEWHERE: [(&str, &str); 14] = [
    ("/desk/search/judgements/evaluate", "measures search and changes nothing; the page tells when and why"),
    ("/desk/requests/{number}/reply", "stands in the thread"),
    ("/desk/requests/{number}/properties", "an event of the thread"),
    ("/desk/requests/{number}/status", "an event of the thread"),
    ("/desk/requests/{number}/assign", "an event of the thread"),
    ("/desk/requests/{number}/tags", "an event of the thread"),
    ("/desk/requests/{number}/tags/remove", "an event of the thread"),
    ("/desk/requests/{number}/suggestions", "an event of the thread"),
    ("/desk/requests/{number}/revoke-link", "an event of the thread"),
    ("/desk/requests/{number}/undo/{event}", "an event of the thread"),
    ("/desk/outbox/{id}/retry", "tries again what was wanted before; the mail tells how it went"),
    ("/desk/outbox/jobs/{id}/retry", "tries again what was wanted before; the job tells how it went"),
    ("/desk/account/sessions/end-others", "whoever leaves changes nothing of what others see"),
    ("/desk/account/sessions/{id}/end", "whoever leaves changes nothing of what others see"),
];

const PASSWORD: &str = "kotae-demo-2026";

/// (action, who, when) of everything in the log, the oldest first.
async fn log(app: &App) -> anyhow::Result<Vec<(String, String, i64)>> {
    let sql = "SELECT action, actor_label, at FROM audit_entry ORDER BY id";
    Ok(all!(app.db.read().await?, (String, String, i64), sql)?)
}

/// Three visitors who typed one word, and another when that led nowhere.
async fn reworded(app: &App) -> anyhow::Result<()> {
    let now = app.clock.now();
    for visitor in ["a", "b", "c"] {
        for (typed, at) in [("passkey", now), ("login", now + 1)] {
            let query = typed.to_owned();
            let visitor = Some(visitor.to_owned());
            app.search.log.note(Noted {
                at,
                locale: En,
                query,
                visitor,
                machine: None,
                deed: Deed::Searched { hits: 0 },
            });
        }
        let (query, visitor) = ("login".to_owned(), Some(visitor.to_owned()));
        let deed = Deed::Opened { slug: "login".to_owned() };
        app.search.log.note(Noted { at: now + 2, locale: En, query, visitor, machine: None, deed });
    }
    Ok(app.search.log.flush(&app.db).await?)
}

db_test!(
    async fn every_change_at_the_desk_says_who_made_it_and_when_and_leads_to_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.mamoru.id, PASSWORD).await?;
        set_password(&app, cast.sora.id, PASSWORD).await?;
        let shelf = Shelf(&app);
        let category = shelf.category("billing", None).await?;
        let article = shelf.article(None, &[(En, "Login", "Press Save.")]).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        for _ in 0..3 {
            Client::signed_in_as(&app, &cast.sora).await?;
        }
        reworded(&app).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let sql = "SELECT MIN(id) FROM session WHERE person_id = $1";
        let session = value!(app.db.read().await?, i64, sql, cast.sora.id)?;
        let mut pressed: BTreeSet<&str> = ELSEWHERE.iter().map(|(route, _)| *route).collect();
        for press in presses(&cast, article, category, session) {
            t.clock.advance(crate::clock::SECOND);
            let at = press.path.as_str();
            let before = log(&app).await?.len();
            let page = mamoru.get(&press.page).await;
            let typed: Vec<_> = press.typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = mamoru.submit(&page, at, &typed).await;
            assert!(answer.status.is_redirection(), "{at}: {} {}", answer.status, answer.text());
            let lines = log(&app).await?.split_off(before);
            let line = lines.iter().find(|line| line.0 == press.action);
            let (_, who, when) = line.unwrap_or_else(|| panic!("{at} left {lines:?}"));
            assert!(who.contains("まもる") && *when == t.clock.now(), "{at}: {who} at {when}");
            if let Some(link) = &press.link {
                let shown = mamoru.get("/desk/audit").await;
                let newest = shown.body.split("<tbody>").nth(1).and_then(|rows| rows.split("</tr>").next());
                let leads = newest.is_some_and(|row| row.contains(&format!("href=\"{link}\"")));
                assert!(leads, "{at}: {}", newest.unwrap_or_default());
            }
            pressed.insert(press.route);
        }
        read_in_words(&app, &cast.mamoru).await?;
        let unsafe_routes = routes();
        let unsafe_routes: BTreeSet<&str> = unsafe_routes
            .iter()
            .filter(|route| route.method != Method::GET && route.path.starts_with("/desk"))
            .filter(|route| matches!(route.access, Access::Cre | Access::Administrator))
            .map(|route| route.path)
            .collect();
        assert_eq!(pressed, unsafe_routes, "each is pressed here, or named with its reason");
        Ok(())
    }
);
