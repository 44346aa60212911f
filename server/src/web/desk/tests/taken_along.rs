//! Nothing that was typed is lost when somebody changes the language: every page of `end2end/pages.json` that has a form
//! is filled in, the switch is pressed, and every word has to stand in the other language.

use crate::app_state::App;
use crate::clock::MINUTE;
use crate::demo::seed;
use crate::desk::link_path;
use crate::identity::{Person, person_by_email};
use crate::storage::{one, value};
use crate::testing::{Answer, Client, TestDb, Writable};
use app::i18n::Locale;
use std::collections::BTreeMap;

/// Whether a form may stay behind: search boxes, whose words are sent by Enter, and the line about an article, which
/// stands folded on a page that is kept for everybody.
fn stays(form: &Writable) -> bool {
    form.asks || form.action.ends_with("/feedback")
}

// The walk is long, and asks nothing of the database that other tests do not: one is enough.
#[tokio::test]
async fn whatever_is_typed_comes_along_to_the_other_language_on_every_page() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    let app = t.app().await?;
    seed(&app).await?;
    let mut conn = app.db.read().await?;
    let mamoru = person_by_email(&mut conn, "mamoru@kotae.example").await?.expect("he is of the demo");
    let hotaru = person_by_email(&mut conn, "hotaru@hoshizora.example").await?.expect("she is of the demo");
    drop(conn);
    let administrator = Client::signed_in_as(&app, &mamoru).await?;
    let words = words_in_braces(&app, &administrator, &hotaru).await?;
    let pages: BTreeMap<String, serde_json::Value> =
        serde_json::from_str(include_str!("../../../../../end2end/pages.json"))?;
    let mut walked = 0;
    for (group, client) in [
        ("anyone", Client::anonymous(&app)),
        ("customer", Client::signed_in_as(&app, &hotaru).await?),
        ("administrator", administrator),
    ] {
        let routes: BTreeMap<String, Vec<String>> = serde_json::from_value(pages[group].clone())?;
        for address in routes.values().flatten() {
            for locale in Locale::ALL {
                let mut path = address.replace("{locale}", locale.tag());
                words.iter().for_each(|(name, word)| path = path.replace(&format!("{{{name}}}"), word));
                if path.contains('{') || path.contains("never-sent") {
                    continue;
                }
                client.set_cookie("kotae_locale", locale.tag());
                t.clock.advance(MINUTE);
                walked += take_along(&client, &path, locale).await;
            }
        }
    }
    assert!(walked > 60, "only {walked} forms were taken along");
    Ok(())
}

/// What stands in the addresses: one of the customer's requests, its private link, an invitation.
async fn words_in_braces(
    app: &App,
    administrator: &Client,
    customer: &Person,
) -> anyhow::Result<Vec<(&'static str, String)>> {
    let mut conn = app.db.read().await?;
    let sql = "SELECT id, number, link_version FROM request WHERE customer_id = $1 ORDER BY id LIMIT 1";
    let (id, number, version) = one!(conn, (i64, i64, i64), sql, customer.id)?;
    drop(conn);
    let page = administrator.get("/desk/people/invite").await;
    administrator
        .submit(&page, "/desk/people/invite", &[("email", "new@kotae.example"), ("role", "cre")])
        .await;
    let sql = "SELECT body_text FROM mail WHERE recipient = 'new@kotae.example'";
    let mail = value!(app.db.read().await?, String, sql)?;
    let invitation = mail.split("/desk/invitation/").nth(1).unwrap_or_default();
    let last = |text: &str| text.split(|c: char| c == '/' || c.is_whitespace()).next().map(str::to_owned);
    let link = link_path(app, Locale::En, id, version).replace("/en/r/", "");
    Ok(vec![
        ("number", number.to_string()),
        ("link", link),
        ("invitation", last(invitation).unwrap_or_default()),
    ])
}

/// Fills in what the switch takes along and presses it; gives how many forms that were.
async fn take_along(client: &Client, path: &str, locale: Locale) -> usize {
    let page = client.get(path).await;
    assert_eq!(page.status, 200, "{path}");
    let other = locale.other();
    let mut taken = 0;
    for form in page.writable() {
        let Some((_, to, name, value)) = form.switch.iter().find(|(lang, ..)| *lang == other.tag()) else {
            assert!(stays(&form), "{path}: what is written to {} is lost", form.action);
            continue;
        };
        let marks: Vec<(String, String)> =
            form.fields.iter().enumerate().map(|(n, (name, kind))| (name.clone(), mark(kind, n))).collect();
        let mut typed: Vec<(&str, &str)> = marks.iter().map(|(name, mark)| (&**name, &**mark)).collect();
        typed.push((name, value));
        let sent = if form.asks {
            client.ask(&page, to, &typed).await
        } else {
            client.submit(&page, to, &typed).await
        };
        let arrived = client.follow(sent).await;
        assert_eq!(arrived.status, 200, "{path}: {}", arrived.text());
        assert!(
            arrived.body.contains(&format!("<html lang=\"{}\"", other.tag())),
            "{path} is read in {other:?}"
        );
        for (name, mark) in &marks {
            assert!(arrived.holds(name, mark), "{path}: {name} lost {mark}:\n{}", arrived.text());
        }
        taken += 1;
    }
    taken
}

/// Words that stand nowhere else, as a field takes them.
fn mark(kind: &str, n: usize) -> String {
    match kind {
        "color" => format!("#a1b2{n:02}"),
        "email" => format!("marked{n}@visitor.example"),
        "number" => format!("7{n}"),
        "time" => format!("1{}:2{}", n % 10, n % 10),
        _ => format!("Marked{n}"),
    }
}

impl Answer {
    /// Whether a field of that name has that text.
    fn holds(&self, name: &str, text: &str) -> bool {
        self.fields_named(name).iter().any(|value| value == text)
    }
}
