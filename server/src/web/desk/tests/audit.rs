//! The audit log holds every change: each button of the desk is pressed, and the log looked at.

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

/// One press: the route of the table, the page with the form, the address it posts to, what is typed, and the line
/// that the log then has: what was done, and to what kind of thing.
struct Press {
    route: &'static str,
    page: String,
    path: String,
    typed: Vec<(&'static str, String)>,
    action: &'static str,
    link: Option<String>,
}

fn press(
    route: &'static str,
    page: &str,
    path: &str,
    typed: &[(&'static str, &str)],
    action: &'static str,
) -> Press {
    let typed = typed.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Press { route, page: page.into(), path: path.into(), typed, action, link: None }
}

impl Press {
    /// The thing is still there: the log leads to it.
    fn at(self, link: &str) -> Self {
        Self { link: Some(link.into()), ..self }
    }
}

/// Everything that can be changed at the desk, in an order that leaves it changed.
fn presses(cast: &Cast, article: i64, category: i64, session: i64) -> Vec<Press> {
    let sora = format!("/desk/people/{}", cast.sora.id);
    let mamoru = format!("/desk/people/{}", cast.mamoru.id);
    let penny = format!("/desk/people/{}", cast.penny.id);
    let to = |path: &str, end: &str| format!("{path}/{end}");
    let edit = format!("/desk/articles/{article}/en/edit");
    let of_article = |end: &str| format!("/desk/articles/{article}/en/{end}");
    let shelf = format!("/desk/categories/{category}");
    let (synonyms, synonym) = ("/desk/search/synonyms", "/desk/search/synonyms/1");
    let (rules, rule) = ("/desk/settings/rules", "/desk/settings/rules/1");
    let hoshizora = format!("/desk/organizations/{}", cast.hoshizora);
    let billing = format!("/desk/groups/{}", cast.groups["billing"]);
    let new_rule = [("name", "All"), ("mode", "always"), ("stop", "true"), ("do", "save")];
    vec![
        press(
            "/desk/settings",
            "/desk/settings",
            "/desk/settings",
            &[("reply_hours", "7")],
            "settings.change",
        )
        .at("/desk/settings"),
        press(rules, "/desk/settings/rules/new", rules, &new_rule, "rule.created").at(rule),
        press(rules, "/desk/settings/rules/new", rules, &new_rule, "rule.created"),
        press("/desk/settings/rules/{id}", rule, rule, &[("name", "Each"), ("do", "save")], "rule.changed")
            .at(rule),
        press("/desk/settings/rules/{id}/move", rules, &to(rule, "move"), &[("to", "down")], "rule.moved")
            .at(rule),
        press(
            "/desk/settings/rules/{id}/enabled",
            rules,
            &to(rule, "enabled"),
            &[("enabled", "off")],
            "rule.disabled",
        )
        .at(rule),
        press("/desk/settings/rules/{id}/delete", rules, &to(rule, "delete"), &[], "rule.deleted"),
        press(
            "/desk/organizations",
            "/desk/organizations/new",
            "/desk/organizations",
            &[("name", "新しい会社")],
            "organization.create",
        ),
        press(
            "/desk/organizations/{id}/edit",
            &to(&hoshizora, "edit"),
            &to(&hoshizora, "edit"),
            &[("name", "星空")],
            "organization.change",
        )
        .at(&hoshizora),
        press(
            "/desk/groups",
            "/desk/groups/new",
            "/desk/groups",
            &[("name", "新しいグループ")],
            "group.create",
        ),
        press("/desk/groups/{id}", &billing, &billing, &[("name", "経理")], "group.change").at(&billing),
        press("/desk/groups/{id}/delete", &billing, &to(&billing, "delete"), &[], "group.delete"),
        press(
            "/desk/people/invite",
            "/desk/people/invite",
            "/desk/people/invite",
            &[("email", "new@kotae.example")],
            "person.invite",
        ),
        press(
            "/desk/people/invitations/{id}/resend",
            "/desk/people",
            "/desk/people/invitations/1/resend",
            &[],
            "person.invite",
        ),
        press(
            "/desk/people/invitations/{id}/withdraw",
            "/desk/people",
            "/desk/people/invitations/2/withdraw",
            &[],
            "person.withdraw",
        ),
        press("/desk/people/{id}", &sora, &sora, &[("name", "そら")], "person.change").at(&sora),
        press("/desk/people/{id}/password", &sora, &to(&sora, "password"), &[], "person.password_link")
            .at(&sora),
        press(
            "/desk/people/{id}/sessions/{session}/end",
            &sora,
            &format!("{sora}/sessions/{session}/end"),
            &[],
            "person.sign_out",
        )
        .at(&sora),
        press(
            "/desk/people/{id}/sessions/end-others",
            &sora,
            &to(&sora, "sessions/end-others"),
            &[],
            "person.sign_out",
        )
        .at(&sora),
        press("/desk/people/{id}/disable", &sora, &to(&sora, "disable"), &[], "person.disable").at(&sora),
        press("/desk/people/{id}/enable", &sora, &to(&sora, "enable"), &[], "person.enable").at(&sora),
        press("/desk/account", "/desk/account", "/desk/account", &[("name", "まもる")], "person.account")
            .at(&mamoru),
        press("/desk/single-keys", "/desk", "/desk/single-keys", &[("single_keys", "off")], "person.account")
            .at(&mamoru),
        press(
            "/desk/account/password",
            "/desk/account",
            "/desk/account/password",
            &[("present", PASSWORD), ("password", "a-longer-one-than-that")],
            "person.password",
        )
        .at(&mamoru),
        press(
            "/desk/categories/new",
            "/desk/categories/new",
            "/desk/categories/new",
            &[("name_en", "Desk")],
            "category.create",
        ),
        press("/desk/categories/{id}", &shelf, &shelf, &[("name_en", "Bills")], "category.edit").at(&shelf),
        press(
            "/desk/categories/{id}/move",
            "/desk/categories",
            &to(&shelf, "move"),
            &[("way", "down")],
            "category.move",
        )
        .at(&shelf),
        press(
            "/desk/categories/{id}/delete",
            "/desk/categories",
            &to(&shelf, "delete"),
            &[],
            "category.delete",
        ),
        press(
            "/desk/articles/new",
            "/desk/articles/new?locale=en",
            "/desk/articles/new?locale=en",
            &[("title", "Another"), ("body", "words"), ("do", "save")],
            "article.save",
        ),
        press(
            "/desk/search/phrases",
            "/desk/search?language=en&phrase=enter&q=login",
            "/desk/search/phrases",
            &[("article", &article.to_string())],
            "article.phrase_add",
        )
        .at(&of_article("phrases")),
        press(
            synonyms,
            "/desk/search/synonyms/new?language=en",
            synonyms,
            &[("words", "login\nsign in"), ("do", "save")],
            "synonym.add",
        )
        .at(synonym),
        press(
            "/desk/search/synonyms/suggested",
            "/desk/search/synonyms?language=en",
            "/desk/search/synonyms/suggested",
            &[("do", "add")],
            "synonym.add",
        )
        .at("/desk/search/synonyms/2"),
        press(
            "/desk/search/synonyms/{id}",
            synonym,
            synonym,
            &[("words", "login\nlogon"), ("do", "save")],
            "synonym.change",
        )
        .at(synonym),
        press(
            "/desk/search/synonyms/{id}/remove",
            "/desk/search/synonyms?language=en",
            &to(synonym, "remove"),
            &[],
            "synonym.remove",
        ),
        press(
            "/desk/search/judgements/add",
            "/desk/search/judgements?language=en&question=enter&q=login",
            "/desk/search/judgements/add",
            &[("article", &article.to_string())],
            "judgement.add",
        )
        .at(&edit),
        press(
            "/desk/search/judgements/{id}/remove",
            "/desk/search/judgements?language=en",
            "/desk/search/judgements/1/remove",
            &[],
            "judgement.remove",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/edit",
            &edit,
            &edit,
            &[("body", "Other words"), ("do", "save")],
            "article.save",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/edit",
            &edit,
            &edit,
            &[("do", "unpublish")],
            "article.unpublish",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/restore",
            &of_article("revisions"),
            &of_article("restore"),
            &[("number", "1")],
            "article.save",
        )
        .at(&edit),
        press(
            "/desk/articles/{id}/{language}/phrases",
            &of_article("phrases"),
            &of_article("phrases"),
            &[("phrase", "cannot get in")],
            "article.phrase_add",
        )
        .at(&of_article("phrases")),
        press(
            "/desk/articles/{id}/{language}/phrases/remove",
            &of_article("phrases"),
            &of_article("phrases/remove"),
            &[("phrase", "1")],
            "article.phrase_remove",
        ),
        press(
            "/desk/articles/{id}/delete",
            &edit,
            &format!("/desk/articles/{article}/delete"),
            &[],
            "article.delete",
        ),
        press(
            "/desk/requests/{number}/draft-article",
            "/desk/requests/1",
            "/desk/requests/1/draft-article",
            &[],
            "article.create",
        ),
        press(
            "/desk/people/{id}/erase",
            &to(&penny, "erase"),
            &to(&penny, "erase"),
            &[("confirm", &cast.penny.email)],
            "person.erase",
        ),
    ]
}

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
