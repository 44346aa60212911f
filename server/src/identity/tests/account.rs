//! One's own account.

use crate::identity::{find_person, sessions_of};
use crate::testing::{Cast, Client, TestDb, db_test, set_password};
use app::i18n::Locale;
use axum::http::StatusCode;

db_test!(
    async fn a_customer_chooses_name_and_language_and_reads_on_in_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let hotaru = Client::signed_in_as(&app, &cast.hotaru).await?;
        let page = hotaru.get("/ja/account").await;
        assert!(page.says("サインインしているブラウザー") && !page.has_form("/ja/account/password"));
        let saved = hotaru.submit(&page, "/ja/account", &[("name", " ほたる "), ("language", "en")]).await;
        assert_eq!(saved.location(), "/en/account");
        assert!(hotaru.follow(saved).await.says("Saved."));
        let person = find_person(&mut t.db.read().await?, cast.hotaru.id).await?.expect("there");
        assert_eq!((person.name.as_str(), person.locale), ("ほたる", Locale::En));
        assert!(person.single_keys, "a form without the switch does not turn it off");
        assert_eq!(
            Client::anonymous(&app).get("/ja/account").await.location(),
            "/ja/sign-in?next=%2Fja%2Faccount"
        );
        Ok(())
    }
);

db_test!(
    async fn a_member_keeps_a_name_and_turns_single_keys_off(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/account").await;
        let nameless = midori.submit(&page, "/desk/account", &[("name", "")]).await;
        assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(nameless.says("名前を入力してください。"));
        let fields = [("name", "みどり"), ("language", "ja")];
        let page = midori.get("/desk/account").await;
        assert!(page.body.contains("name=\"single_keys\" value=\"true\" checked"), "{}", page.body);
        // A box that is not ticked is not sent.
        let body: Vec<_> = fields.iter().copied().chain([("csrf", csrf(&page))]).collect();
        midori.post("/desk/account", &body).await;
        let person = find_person(&mut t.db.read().await?, cast.midori.id).await?.expect("there");
        assert_eq!((person.name.as_str(), person.single_keys), ("みどり", false));
        Ok(())
    }
);

fn csrf(page: &crate::testing::Answer) -> &str {
    let after = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap_or_default();
    after.split('"').next().unwrap_or_default()
}

db_test!(
    async fn people_end_their_own_sessions_and_nobody_elses(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let here = Client::signed_in_as(&app, &cast.hotaru).await?;
        let elsewhere = Client::signed_in_as(&app, &cast.hotaru).await?;
        let third = Client::signed_in_as(&app, &cast.hotaru).await?;
        let tsumugi = Client::signed_in_as(&app, &cast.tsumugi).await?;
        let ids: Vec<i64> = sessions_of(&mut t.db.read().await?, cast.hotaru.id, t.clock.now())
            .await?
            .into_iter()
            .map(|session| session.id)
            .collect();
        let end = |id: i64| format!("/ja/account/sessions/{id}/end");
        let (first, second) = (ids[2], ids[1]);
        let page = here.get("/ja/account").await;
        assert!(page.says("このブラウザー") && !page.has_form(&end(first)) && page.has_form(&end(second)));
        let strangers = tsumugi.get("/ja/account").await;
        let stolen = tsumugi.post(&end(second), &[("csrf", csrf(&strangers))]).await;
        assert_eq!(stolen.status, StatusCode::NOT_FOUND);
        here.submit(&page, &end(second), &[]).await;
        assert!(elsewhere.get("/ja/account").await.location().starts_with("/ja/sign-in"));
        assert_eq!(third.get("/ja/account").await.status, StatusCode::OK);
        here.post("/ja/account/sessions/end-others", &[("csrf", csrf(&page))]).await;
        assert!(third.get("/ja/account").await.location().starts_with("/ja/sign-in"));
        assert_eq!(here.get("/ja/account").await.status, StatusCode::OK);
        Ok(())
    }
);

db_test!(
    async fn a_password_is_changed_by_whoever_knows_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        set_password(&app, cast.sora.id, "kotae-demo-2026").await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let elsewhere = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk/account").await;
        let change = async |present: &str, new: &str| {
            sora.submit(&page, "/desk/account/password", &[("present", present), ("password", new)]).await
        };
        let wrong = change("not this one", "a new one that is long").await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.says("いまのパスワードが違います。"));
        assert!(change("kotae-demo-2026", "sora@kotae.example").await.says("名前やメールアドレス"));
        assert_eq!(change("kotae-demo-2026", "a new one that is long").await.location(), "/desk/account");
        assert_eq!(sora.get("/desk/account").await.status, StatusCode::OK);
        assert!(elsewhere.get("/desk/account").await.location().starts_with("/desk/sign-in"));
        Ok(())
    }
);
