//! The language of the desk: whoever reads it chooses, on every page.

use super::ask;
use crate::settings::{self, Settings};
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;

db_test!(
    async fn the_desk_can_be_read_in_the_other_language_from_any_of_its_pages(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.hotaru, "宛名", "会社名にしたいです。").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/articles?state=draft").await;
        assert!(page.body.contains("<html lang=\"ja\"") && page.says("English"), "{}", page.text());
        let pressed = midori.submit(&page, "/locale", &[("locale", "en")]).await;
        assert_eq!(pressed.location(), "/desk/articles?state=draft");
        let page = midori.follow(pressed).await;
        assert!(page.body.contains("<html lang=\"en\"") && page.says("日本語"), "{}", page.text());
        // Where a form came back with its mistakes, the page of that form.
        let request = midori.get("/desk/requests/1").await;
        let refused =
            midori.submit(&request, "/desk/requests/1/reply", &[("body", ""), ("send", "open")]).await;
        assert_eq!(refused.status, 422);
        let pressed = midori.submit(&refused, "/desk/requests/1/reply", &[("read_in", "ja")]).await;
        assert_eq!(pressed.location(), "/desk/requests/1");
        assert!(midori.follow(pressed).await.body.contains("<html lang=\"ja\""));
        // Who is not in yet chooses, too.
        let nobody = Client::anonymous(&app);
        let page = nobody.get("/desk/sign-in").await;
        let page = nobody.submit(&page, "/desk/sign-in", &[("read_in", "ja")]).await;
        assert!(page.body.contains("<html lang=\"ja\""), "{}", page.text());
        assert!(nobody.get("/desk/password").await.body.contains("<html lang=\"ja\""), "it is remembered");
        Ok(())
    }
);

db_test!(
    async fn a_portal_of_one_language_offers_no_other_and_its_desk_is_read_in_either(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let old = app.settings.current();
        let mut tx = app.db.begin().await?;
        settings::save(&mut tx, &old, &Settings { locales: vec![Locale::En], ..(*old).clone() }, 0).await?;
        tx.commit().await?;
        app.settings.refresh(&app.db).await?;
        let page = Client::signed_in_as(&app, &cast.penny).await?.get("/en/account").await;
        assert!(!page.has_form("/locale"), "{}", page.text());
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk").await;
        assert!(page.body.contains("<html lang=\"ja\""), "she reads Japanese, whatever customers are shown");
        let pressed = midori.submit(&page, "/locale", &[("locale", "en")]).await;
        assert!(midori.follow(pressed).await.body.contains("<html lang=\"en\""));
        Ok(())
    }
);

db_test!(
    async fn a_reply_is_taken_along_to_the_other_language_with_everything_around_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.hotaru, "宛名", "会社名にしたいです。").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk?view=open&open=1").await;
        let buttons: Vec<&str> =
            page.body.split("<button").filter(|tag| tag.contains("form=\"reply\"")).collect();
        assert!(buttons[0].contains("name=\"enter\""), "Enter presses no language: {}", buttons[0]);
        assert!(buttons[1].contains("name=\"read_in\"") && buttons[1].contains("value=\"en\""));
        let reply = "/desk/requests/1/reply";
        let file: &[(&str, &str, &[u8])] = &[("attachments", "steps.txt", b"one")];
        let pressed = midori
            .submit_files(
                &page,
                reply,
                &[("body", "途中まで書いた"), ("mode", "note"), ("read_in", "en")],
                file,
            )
            .await;
        assert!(pressed.location().starts_with("/desk?view=open"), "{}", pressed.location());
        let page = midori.follow(pressed).await;
        assert!(page.body.contains("<html lang=\"en\"") && page.says("途中まで書いた"), "{}", page.text());
        assert!(page.says("steps.txt"), "{}", page.text());
        // What was chosen and not written yet comes along on the page itself.
        let typed = [("body", "途中まで書いた"), ("priority", "urgent"), ("read_in", "ja")];
        let page = midori.submit_files(&page, reply, &typed, &[]).await;
        assert_eq!(page.status, 200);
        assert!(page.body.contains("<html lang=\"ja\"") && page.says("途中まで書いた"), "{}", page.text());
        midori.submit(&page, "/desk/requests/1/status", &[("set_status", "solved")]).await;
        let mut conn = app.db.read().await?;
        let request = crate::desk::find_request(&mut conn, 1).await?.expect("it was asked");
        assert_eq!(request.priority, app::model::words::Priority::Urgent);
        Ok(())
    }
);

db_test!(
    async fn an_article_and_a_synonym_are_taken_along_as_they_were_typed(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let address = "/desk/articles/new?locale=ja";
        let page = midori.get(address).await;
        let typed = [("title", "書きかけの題"), ("body", "書きかけの本文"), ("read_in", "en")];
        let english = midori.submit_files(&page, address, &typed, &[]).await;
        assert_eq!(english.status, 200, "{}", english.text());
        assert!(english.body.contains("<html lang=\"en\"") && english.body.contains("書きかけの題"));
        assert!(
            english.says("書きかけの本文") && english.has_form(address),
            "it is still Japanese: {}",
            english.text()
        );
        let page = midori.get("/desk/search/synonyms/new?language=ja").await;
        let typed = [("words", "片方だけ"), ("read_in", "ja")];
        let japanese = midori.submit(&page, "/desk/search/synonyms", &typed).await;
        assert_eq!(japanese.status, 200);
        assert!(
            japanese.body.contains("<html lang=\"ja\"") && japanese.says("片方だけ"),
            "{}",
            japanese.text()
        );
        Ok(())
    }
);
