//! `/desk`.

use super::ask;
use crate::desk::{CustomerReply, customer_reply, staff_reply};
use crate::testing::{Cast, Client, TestDb, db_test, open, question, reply};
use app::model::desk_inbox::InboxNews;

db_test!(
    async fn the_inbox_lists_counts_and_opens_requests_beside_the_list(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.hotaru, "請求書の宛名", "会社名にしたいです。").await?;
        ask(&app, &cast.penny, "The import <stops>", "At line 3000.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk").await;
        assert_eq!(page.status, 200);
        assert!(page.says("請求書の宛名") && page.says("The import <stops>"));
        assert!(page.says("未割り当て 2"), "{}", page.text());
        assert!(!page.body.contains("<stops>"), "words are escaped");
        let open = midori.get("/desk?view=unassigned&open=2").await;
        assert!(
            open.says("At line 3000.") && open.says("Lanternfish Books")
                || open.says("ランタンフィッシュ書房")
        );
        assert_eq!(open.body.matches("<h1").count(), 1);
        // Wide or narrow, the way back keeps the view.
        assert!(open.body.contains("href=\"/desk?view=unassigned&amp;sort=waiting\""), "{}", open.body);
        assert_eq!(midori.get("/desk?open=99").await.status, 404);
        Ok(())
    }
);

db_test!(
    async fn a_list_that_stays_open_hears_of_what_customers_write(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let hotaru = open(&app, question(&app, &cast.hotaru, "請求書の宛名", "会社名にしたいです。")).await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk").await;
        let props = page.body.split("DeskNews").nth(1).unwrap_or_default();
        let after: i64 = props
            .split("after")
            .nth(1)
            .and_then(|props| props.split(|c: char| !c.is_ascii_digit()).find(|part| !part.is_empty()))
            .unwrap_or_default()
            .parse()?;
        let path = format!("/api/v1/desk/inbox/news?after={after}");
        let news = async || serde_json::from_str::<InboxNews>(&sora.get(&path).await.body);
        assert_eq!(news().await?, InboxNews::default());
        let mut tx = app.db.begin().await?;
        staff_reply(&app, &mut tx, reply(&app, hotaru.id, &cast.midori, "設定から変えられます。")).await?;
        tx.commit().await?;
        assert_eq!(news().await?, InboxNews::default(), "colleagues are no news");
        for body in ["できました。", "ありがとうございました。"] {
            let words = CustomerReply {
                request_id: hotaru.id,
                body,
                attachment_ids: &[],
                submit_key: None,
                now: app.clock.now(),
                mail: false,
            };
            let mut tx = app.db.begin().await?;
            customer_reply(&app, &mut tx, words).await?;
            tx.commit().await?;
        }
        assert_eq!(news().await?.requests, 1);
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let told = news().await?;
        assert_eq!(told.requests, 2);
        let mine = sora.get(&format!("{path}&view=mine")).await.body;
        assert_eq!(
            serde_json::from_str::<InboxNews>(&mine)?.requests,
            0,
            "those of other views are not its news"
        );
        assert!(!told.text.contains("Import") && told.text.contains('2'), "{}", told.text);
        assert_eq!(
            serde_json::from_str::<InboxNews>(&sora.get("/api/v1/desk/inbox/news").await.body)?.requests,
            0
        );
        Ok(())
    }
);

db_test!(
    async fn odd_addresses_of_the_inbox_are_read_as_well_as_they_can_be(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        for path in [
            "/desk?view=none&sort=none&kind=none&lang=xx&assignee=x&page=x",
            "/desk?page=99999999999999999999",
            "/desk?page=-1",
            "/desk?q=%ff%fe",
            "/desk?q=%25%5C_'%22",
            "/desk?tag=%E8%AB%8B",
        ] {
            assert_eq!(midori.get(path).await.status, 200, "{path}");
        }
        let long = format!("/desk?q={}", "a".repeat(5000));
        assert_eq!(midori.get(&long).await.status, 200);
        assert!(midori.get("/desk?q=nothing").await.says("「nothing」に一致するお問い合わせはありません"));
        Ok(())
    }
);

db_test!(
    async fn single_keys_are_turned_off_for_one_person_and_come_back(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk?view=mine").await;
        assert!(page.says("1文字のキー操作はオンです。"));
        let answer = midori.submit(&page, "/desk/single-keys", &[("single_keys", "off")]).await;
        assert_eq!(answer.location(), "/desk?view=mine");
        assert!(midori.get("/desk").await.says("1文字のキー操作はオフです。"));
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        assert!(sora.get("/desk").await.says("1文字のキー操作はオンです。"));
        Ok(())
    }
);

db_test!(
    async fn customers_and_strangers_do_not_learn_that_there_is_a_desk(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let penny = Client::signed_in_as(&app, &cast.penny).await?;
        for path in ["/desk", "/desk/requests/1", "/desk/settings/rules", "/api/v1/desk/requests/1/draft"] {
            assert_eq!(penny.get(path).await.status, 404, "{path}");
        }
        let nobody = Client::anonymous(&app);
        assert_eq!(
            nobody.get("/desk/requests/1").await.location(),
            "/desk/sign-in?next=%2Fdesk%2Frequests%2F1"
        );
        Ok(())
    }
);
