//! The audit log is read by people: no key, code or id of the program stands in it.

use crate::app_state::App;
use crate::desk::rules::{Actions, Conditions, Match};
use crate::identity::{Actor, Person, audit};
use crate::settings::{ByLocale, Settings};
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use serde_json::{Value, json};

/// Looks at every page of the log in both languages.
pub(super) async fn read_in_words(app: &App, reader: &Person) -> anyhow::Result<()> {
    let client = Client::signed_in_as(app, reader).await?;
    for locale in Locale::ALL {
        client.set_cookie("kotae_locale", locale.tag());
        for page in 1.. {
            let answer = client.get(&format!("/desk/audit?page={page}")).await;
            let Some(rows) =
                answer.body.split("<tbody>").nth(1).and_then(|rows| rows.split("</tbody>").next())
            else {
                break;
            };
            assert!(answer.body.contains(&format!("<html lang=\"{}\"", locale.tag())));
            for row in rows.split("</tr>") {
                let raw = raw_keys(locale, &text(row));
                assert!(raw.is_empty(), "{raw:?} in {}", text(row));
            }
            if !answer.body.contains("rel=\"next\"") {
                break;
            }
        }
    }
    Ok(())
}

fn text(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => (inside, _) = (false, text.push(' ')),
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

/// Identifiers (`add_tags`, `rule.moved`); on the Japanese page also what is a name in ASCII letters before a colon.
fn raw_keys(locale: Locale, text: &str) -> Vec<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '@' | '-');
    let lower = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase());
    let mut found: Vec<String> = text
        .split(|c| !word(c))
        .filter(|word| word.contains(['_', '.']) && word.split(['_', '.']).all(lower))
        .map(str::to_owned)
        .collect();
    if locale == Locale::Ja {
        let before_colon =
            |part: &str| part.trim_end().rsplit(|c| !word(c)).next().unwrap_or_default().to_owned();
        let parts: Vec<&str> = text.split('：').collect();
        let named = parts[..parts.len() - 1].iter().map(|part| before_colon(part));
        found.extend(named.filter(|name| !name.is_empty()));
    }
    found
}

db_test!(
    async fn a_line_of_every_kind_is_read_in_words(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let conditions = Conditions {
            mode: Match::Any,
            words: vec!["請求書".into()],
            organizations: vec![cast.hoshizora, 4711],
            tags: vec!["has-files".into()],
            has_attachment: Some(true),
            kinds: vec![app::model::words::RequestKind::Problem],
            locales: vec![Locale::Ja],
            ..Conditions::default()
        };
        let actions = Actions {
            add_tags: vec!["has-files".into()],
            assign: Some(cast.sora.id),
            group: Some(cast.groups["billing"]),
            priority: Some(app::model::words::Priority::Urgent),
            stop: true,
        };
        let rule = json!({ "name": "宛名", "conditions": conditions, "actions": actions });
        let empty =
            json!({ "name": "宛名", "conditions": Conditions::default(), "actions": Actions::default() });
        let mut lines: Vec<(&str, &str, Value)> = vec![
            ("rule.created", "rule", rule.clone()),
            ("rule.changed", "rule", json!({ "before": empty, "after": rule })),
            ("rule.moved", "rule", json!({ "name": "宛名", "from": 3, "to": 2 })),
            (
                "article.import",
                "article",
                json!({ "source": "demo", "created": 48, "updated": 0, "skipped": 2 }),
            ),
            ("article.phrase_add", "article", json!({ "locale": "ja", "phrase_id": 3 })),
            (
                "category.create",
                "category",
                json!({ "slug": "bills", "names": { "ja": "請求", "en": "Bills" } }),
            ),
            ("category.move", "category", json!({ "step": -1 })),
            ("person.accept", "person", json!({ "name": "そら", "role": "cre" })),
            ("synonym.dismiss", "synonym", json!({ "name": "鍵 → パスキー", "locale": "ja" })),
        ];
        // Every setting, from what it is by default to something else.
        let old = serde_json::to_value(Settings::default())?;
        let new = serde_json::to_value(Settings {
            portal_name: ByLocale { ja: "ほし".into(), en: "Stars".into() },
            home_text: ByLocale { ja: "ようこそ".into(), en: "Welcome".into() },
            logo: Some("some_key".into()),
            locales: vec![Locale::En],
            ..Settings::default()
        })?;
        for (setting, from) in old.as_object().expect("settings are an object") {
            lines.push((
                "settings.change",
                "setting",
                json!({ "setting": setting, "from": from, "to": new[setting] }),
            ));
        }
        let mut tx = app.db.begin().await?;
        for (n, (action, subject, detail)) in lines.iter().enumerate() {
            let program = ["demo", "import", "kotae admin create"][n % 3];
            audit(&mut tx, n as i64, &Actor::Program(program), action, subject, None, detail).await?;
        }
        tx.commit().await?;
        read_in_words(&app, &cast.mamoru).await?;
        let client = Client::signed_in_as(&app, &cast.mamoru).await?;
        client.set_cookie("kotae_locale", "ja");
        let page = client.get("/desk/audit?subject=rule").await;
        for words in [
            "組織が「ほしぞら商店」「削除された組織」",
            "タグ「has-files」を付ける",
            "担当を",
            "ここで止める",
            "デモの準備",
            "コマンド「kotae admin create」",
        ] {
            assert!(page.says(words), "{words}: {}", page.text());
        }
        let page = client.get("/desk/audit?subject=setting").await;
        assert!(page.says("ポータルの名前（英語） ： Kotae から → Stars"), "{}", page.text());
        Ok(())
    }
);
