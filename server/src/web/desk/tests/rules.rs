//! `/desk/settings/rules`.

use super::ask;
use crate::desk::rules::all_rules;
use crate::desk::{self, By};
use crate::storage::value;
use crate::testing::{Cast, Client, TestDb, db_test};

const LIST: &str = "/desk/settings/rules";

db_test!(
    async fn a_rule_is_tried_saved_moved_turned_off_and_deleted(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.hotaru, "請求書の宛名", "会社名にしたいです。").await?;
        let import = ask(&app, &cast.penny, "Import", "It stops.").await?;
        let mut tx = app.db.begin().await?;
        desk::add_tag(&mut tx, import.id, "import", By::Staff(&cast.midori), 1).await?;
        tx.commit().await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        assert!(mamoru.get(LIST).await.says("ルールはまだありません"));
        let page = mamoru.get("/desk/settings/rules/new").await;
        let offered = |list: &str, name: &str| {
            let options = page.body.split(&format!("<datalist id=\"{list}\">")).nth(1).unwrap_or_default();
            options
                .split("</datalist>")
                .next()
                .is_some_and(|options| options.contains(&format!("\"{name}\"")))
        };
        assert!(offered("organizations-known", "ほしぞら商店"), "nobody has to remember a spelling");
        assert!(offered("tags-known", "import") && offered("add_tags-known", "import"));
        let group = cast.groups["billing"].to_string();
        let typed = [
            ("name", "請求"),
            ("words", "請求書\r\ninvoice"),
            ("organizations", "ほしぞら商店"),
            ("add_tags", "Billing、＃money"),
            ("group", group.as_str()),
        ];
        let tried = mamoru.submit(&page, LIST, &[&typed[..], &[("do", "try")]].concat()).await;
        assert_eq!(tried.status, 200);
        assert!(tried.says("直近2件中1件に一致します"), "{}", tried.text());
        assert!(tried.says("タグ「billing」を付ける、タグ「money」を付ける、グループ「お支払い」に回す"));
        assert!(all_rules(&mut app.db.read().await?).await?.is_empty(), "trying saves nothing");
        // What was typed stands in the page that shows the trial.
        let saved = mamoru.submit(&tried, LIST, &[("do", "save")]).await;
        assert_eq!(saved.location(), "/desk/settings/rules#rule-1");
        mamoru.submit(&page, LIST, &[("name", "All"), ("mode", "always"), ("stop", "true")]).await;
        let list = mamoru.get(LIST).await;
        assert!(
            list.says("件名か本文に「請求書」「invoice」、かつ組織が「ほしぞら商店」"),
            "{}",
            list.text()
        );
        assert!(list.says("直近2件中1件に一致"));
        mamoru.submit(&list, "/desk/settings/rules/2/move", &[("to", "up")]).await;
        mamoru.submit(&list, "/desk/settings/rules/2/enabled", &[("enabled", "off")]).await;
        let rules = all_rules(&mut app.db.read().await?).await?;
        let order: Vec<_> = rules.iter().map(|rule| (rule.id, rule.position, rule.enabled)).collect();
        assert_eq!(order, [(2, 1, false), (1, 2, true)]);
        let edit = mamoru.get("/desk/settings/rules/1").await;
        assert!(edit.says("請求書 invoice"));
        mamoru.submit(&edit, "/desk/settings/rules/1", &[("name", "請求・領収書")]).await;
        mamoru.submit(&list, "/desk/settings/rules/2/delete", &[]).await;
        let rules = all_rules(&mut app.db.read().await?).await?;
        assert_eq!(rules.len(), 1);
        assert_eq!((rules[0].position, rules[0].draft.name.as_str()), (1, "請求・領収書"));
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM audit_entry WHERE action LIKE 'rule.%'")?, 6);
        Ok(())
    }
);

db_test!(
    async fn a_rule_that_says_nothing_or_names_nobody_comes_back_with_every_mistake(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let page = mamoru.get("/desk/settings/rules/new").await;
        let nothing = mamoru.submit(&page, LIST, &[("name", ""), ("do", "save")]).await;
        assert_eq!(nothing.status, 422);
        for words in ["名前を80文字以内で", "条件を1つ以上書くか", "することを1つ以上"]
        {
            assert!(nothing.says(words), "{words}: {}", nothing.text());
        }
        let typed = [
            ("name", "X"),
            ("organizations", "知らない会社"),
            ("assign", "4711"),
            ("group", "4711"),
            ("do", "try"),
        ];
        let wrong = mamoru.submit(&page, LIST, &typed).await;
        assert_eq!(wrong.status, 422);
        for words in ["「知らない会社」という組織はありません", "担当を選び直して", "グループを選び直して"]
        {
            assert!(wrong.says(words), "{words}");
        }
        for path in ["/desk/settings/rules/99", "/desk/settings/rules/x"] {
            assert_eq!(mamoru.get(path).await.status, 404);
        }
        Ok(())
    }
);

db_test!(
    async fn conditions_are_tried_before_anybody_knows_what_to_do_about_them(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let page = mamoru.get("/desk/settings/rules/new").await;
        let tried = mamoru.submit(&page, LIST, &[("words", "import"), ("do", "try")]).await;
        assert_eq!(tried.status, 200, "{}", tried.text());
        assert!(tried.says("直近1件中1件に一致します。"), "{}", tried.text());
        let saved = mamoru.submit(&tried, LIST, &[("do", "save")]).await;
        assert_eq!(saved.status, 422, "to be saved it has to do something");
        Ok(())
    }
);

db_test!(
    async fn cre_read_the_rules_and_change_none(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let list = midori.get(LIST).await;
        assert_eq!(list.status, 200);
        assert!(list.says("変更は管理者が行えます。") && !list.body.contains("/desk/settings/rules/new"));
        assert_eq!(midori.get("/desk/settings/rules/new").await.status, 404);
        Ok(())
    }
);

db_test!(
    async fn a_trial_tells_what_the_conditions_match_and_which_rule_before_keeps_it_away(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        for subject in ["請求書の宛名", "請求の締め日", "取り込み"] {
            ask(&app, &cast.hotaru, subject, "教えてください。").await?;
        }
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let page = mamoru.get("/desk/settings/rules/new").await;
        let first =
            [("name", "宛名"), ("words", "宛名"), ("add_tags", "billing"), ("stop", "true"), ("do", "save")];
        mamoru.submit(&page, LIST, &first).await;
        let typed = [("words", "請求"), ("add_tags", "money"), ("do", "try")];
        let tried = mamoru.submit(&page, LIST, &typed).await;
        assert_eq!(tried.status, 200, "{}", tried.text());
        assert!(tried.says("直近3件中2件に一致します"), "{}", tried.text());
        assert!(tried.says("うち1件は、前の"), "{}", tried.text());
        assert!(tried.says("ルール 1「宛名」") && tried.body.contains("/desk/settings/rules#rule-1"));
        assert!(tried.says("前のルールで終わり、届きません"), "{}", tried.text());
        // The tag of the rule that stops is one that a rule behind it may ask for.
        let typed = [("tags", "billing"), ("add_tags", "money"), ("do", "try")];
        let tried = mamoru.submit(&page, LIST, &typed).await;
        assert!(tried.says("直近3件中1件に一致します") && tried.says("うち1件は"), "{}", tried.text());
        Ok(())
    }
);

db_test!(
    async fn a_rule_is_taken_along_to_the_other_language_as_it_was_typed(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
        let page = mamoru.get("/desk/settings/rules/new").await;
        let typed = [("name", "Half a rule"), ("words", "invoice"), ("language", "en"), ("read_in", "en")];
        let english = mamoru.submit(&page, LIST, &typed).await;
        assert_eq!(english.status, 200);
        assert!(english.body.contains("<html lang=\"en\"") && english.body.contains("Half a rule"));
        assert!(english.says("invoice") && !english.says("There is a problem"), "{}", english.text());
        assert!(all_rules(&mut app.db.read().await?).await?.is_empty(), "nothing is saved by it");
        assert!(mamoru.get(LIST).await.body.contains("<html lang=\"en\""), "and it is remembered");
        Ok(())
    }
);
