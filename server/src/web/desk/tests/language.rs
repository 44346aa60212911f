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
        let pressed = midori.submit(&refused, "/locale", &[("locale", "ja")]).await;
        assert_eq!(pressed.location(), "/desk/requests/1");
        // Who is not in yet chooses, too.
        let nobody = Client::anonymous(&app);
        let page = nobody.get("/desk/sign-in").await;
        let pressed = nobody.submit(&page, "/locale", &[("locale", "ja")]).await;
        assert!(nobody.follow(pressed).await.body.contains("<html lang=\"ja\""));
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
