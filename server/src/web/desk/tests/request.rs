//! `/desk/requests/{number}`: reading and changing.

use super::ask;
use crate::desk::{find_request, private_link, request_by_link, tags_of};
use crate::storage::all;
use crate::testing::{Cast, Client, TestDb, db_test};
use app::model::words::{Priority, RequestStatus};

db_test!(
    async fn each_change_says_so_can_be_undone_and_leads_back(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let me = cast.midori.id.to_string();
        // Take it.
        let answer = midori.submit(&page, "/desk/requests/1/assign", &[("assign_to", &me)]).await;
        assert_eq!(answer.location(), "/desk/requests/1");
        let taken = midori.follow(answer).await;
        assert!(taken.says("#1 を担当します。") && taken.says("元に戻す"));
        let mut conn = app.db.read().await?;
        assert_eq!(find_request(&mut conn, id).await?.unwrap().status, RequestStatus::Open);
        drop(conn);
        // Undo, from the button in the flash.
        let undo =
            taken.body.split("action=\"").find(|part| part.starts_with("/desk/requests/1/undo/")).unwrap();
        let undo = undo.split('"').next().unwrap().replace("&amp;", "&");
        let undone = midori.submit(&taken, &undo, &[]).await;
        assert_eq!(undone.location(), "/desk/requests/1");
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.status, request.assignee_id), (RequestStatus::New, None));
        drop(conn);
        // Properties, tags, status.
        let fields = [("status", "waiting"), ("priority", "high"), ("assignee", &me), ("group", "")];
        midori.submit(&page, "/desk/requests/1/properties", &fields).await;
        midori.submit(&page, "/desk/requests/1/tags", &[("tag", "Import")]).await;
        let page = midori.get("/desk/requests/1").await;
        assert!(page.says("優先度を「高」に変更") && page.says("import"), "{}", page.text());
        let told = "お客様には10分後にメールでお知らせします。";
        let solved = midori.submit(&page, "/desk/requests/1/status", &[("set_status", "solved")]).await;
        assert!(midori.follow(solved).await.says(told));
        let closed = midori.submit(&page, "/desk/requests/1/properties", &[("status", "closed")]).await;
        assert!(!midori.follow(closed).await.says(told), "of an end that they were told of");
        midori.submit(&page, "/desk/requests/1/properties", &[("status", "solved")]).await;
        midori.submit(&page, "/desk/requests/1/tags/remove", &[("remove_tag", "import")]).await;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.status, request.priority), (RequestStatus::Solved, Priority::High));
        assert!(tags_of(&mut conn, id).await?.is_empty());
        Ok(())
    }
);

db_test!(
    async fn what_a_colleague_changed_meanwhile_stays(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let (old, page) = (midori.get("/desk/requests/1").await, sora.get("/desk/requests/1").await);
        let assignee = cast.sora.id.to_string();
        sora.submit(&page, "/desk/requests/1/properties", &[("assignee", &assignee)]).await;
        // Midori's page still says "nobody" and "new".
        midori.submit(&old, "/desk/requests/1/properties", &[("priority", "urgent")]).await;
        let request = find_request(&mut app.db.read().await?, id).await?.unwrap();
        assert_eq!((request.assignee_id, request.priority), (Some(cast.sora.id), Priority::Urgent));
        assert_eq!(request.status, RequestStatus::Open);
        Ok(())
    }
);

db_test!(
    async fn an_action_comes_back_only_to_the_desk(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk?view=open&open=1").await;
        for (back, expected) in [
            ("/desk?view=open&open=1", "/desk?view=open&open=1"),
            ("/desk/requests/1", "/desk/requests/1"),
            ("//evil.example", "/desk/requests/1"),
            ("https://evil.example/desk", "/desk/requests/1"),
            ("/deskevil", "/desk/requests/1"),
        ] {
            let fields = [("set_status", "open"), ("back", back)];
            let answer = midori.submit(&page, "/desk/requests/1/status", &fields).await;
            assert_eq!(answer.location(), expected, "{back}");
        }
        Ok(())
    }
);

db_test!(
    async fn unknown_requests_statuses_and_events_are_told_apart_from_nothing(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        for path in ["/desk/requests/2", "/desk/requests/x", "/desk/requests/99999999999999999999"] {
            assert_eq!(midori.get(path).await.status, 404, "{path}");
        }
        let page = midori.get("/desk/requests/1").await;
        let wrong = midori.submit(&page, "/desk/requests/1/status", &[("status", "melted")]).await;
        assert_eq!(wrong.status, 400);
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        for event in ["1", "77", "x"] {
            let answer = midori.post(&format!("/desk/requests/1/undo/{event}"), &[("csrf", csrf)]).await;
            assert_eq!(answer.status, 404, "{event}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_revoked_link_opens_nothing_and_the_request_says_so(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let opened = ask(&app, &cast.penny, "Import", "It stops.").await?;
        let token = private_link(&app, opened.id, opened.link_version);
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let answer = midori.submit(&page, "/desk/requests/1/revoke-link", &[]).await;
        assert!(midori.follow(answer).await.says("お客様のリンクを無効化（答野 みどり）"));
        let mut conn = app.db.read().await?;
        assert_eq!(request_by_link(&mut conn, &app, &token).await?, None);
        let dead = Client::anonymous(&app).get(&format!("/en/r/{token}")).await;
        assert_eq!(dead.status, 404);
        assert!(dead.says("This link no longer works") && dead.body.contains("href=\"/en/requests\""));
        Ok(())
    }
);

db_test!(
    async fn a_request_becomes_a_draft_article_and_goes_on_in_the_editor(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "The import stops", "It stops at line 3000.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        let answer = midori.submit(&page, "/desk/requests/1/draft-article", &[]).await;
        assert_eq!(answer.location(), "/desk/articles/1/en/edit");
        let page = midori.get("/desk/requests/1").await;
        assert!(page.body.contains("href=\"/desk/articles/1/en/edit\""));
        assert!(page.says("記事の下書き「The import stops」を作成"));
        Ok(())
    }
);

db_test!(
    async fn whoever_is_given_a_request_by_a_colleague_gets_a_mail(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let mails = async || {
            let sql = "SELECT recipient, body_text FROM mail WHERE recipient <> $1 ORDER BY id";
            all!(app.db.read().await?, (String, String), sql, cast.penny.email.as_str())
        };
        let give = async |name: &str, to: i64| {
            let page = midori.get("/desk/requests/1").await;
            midori.submit(&page, "/desk/requests/1/properties", &[(name, &to.to_string())]).await
        };
        give("assignee", cast.midori.id).await;
        assert_eq!(mails().await?, []);
        give("assignee", cast.sora.id).await;
        let told = mails().await?;
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].0, cast.sora.email);
        let words = cast.sora.locale.t("の担当をお願いしています", "has assigned request #1 to you");
        assert!(told[0].1.contains(words) && told[0].1.contains("It stops."), "{}", told[0].1);
        // Nobody new: nobody is told again.
        let page = midori.get("/desk/requests/1").await;
        midori.submit(&page, "/desk/requests/1/properties", &[("priority", "high")]).await;
        give("group", cast.groups["billing"]).await;
        assert_eq!(mails().await?.len(), 1);
        Ok(())
    }
);

db_test!(
    async fn whatever_is_pressed_without_javascript_the_reply_that_is_being_written_stays(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let mut page = midori.get("/desk/requests/1").await;
        let me = cast.midori.id.to_string();
        let presses = [
            ("assign", "assign_to", me.as_str()),
            ("status", "set_status", "solved"),
            ("properties", "priority", "high"),
            ("tags", "tag", "import"),
            ("tags/remove", "remove_tag", "import"),
            ("revoke-link", "pressed", ""),
            ("reply", "enter", "1"),
            ("draft-article", "pressed", ""),
        ];
        for (n, (action, button, value)) in presses.into_iter().enumerate() {
            let words = format!("A sentence that took {n} minutes.");
            let action = format!("/desk/requests/1/{action}");
            let typed = [("body", words.as_str()), ("mode", "note"), (button, value)];
            let answer = midori.submit(&page, &action, &typed).await;
            let shown = midori.follow(answer).await;
            page = midori.get("/desk/requests/1").await;
            let kept = if action.ends_with("reply") { &shown } else { &page };
            assert!(kept.body.contains(&words), "{action} lost it: {}", kept.text());
        }
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.status, request.priority), (RequestStatus::Solved, Priority::High));
        assert_eq!(request.assignee_id, Some(cast.midori.id), "and each button did what it says");
        assert!(tags_of(&mut conn, id).await?.is_empty());
        drop(conn);
        // Enter in the field for tags adds one.
        midori.submit(&page, "/desk/requests/1/reply", &[("enter", "1"), ("tag", "by hand")]).await;
        let mut conn = app.db.read().await?;
        assert_eq!(tags_of(&mut conn, id).await?, ["by hand"]);
        Ok(())
    }
);

db_test!(
    async fn what_a_customer_typed_is_read_as_typed_and_a_reply_as_laid_out(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "See __init__.py\n\n    # boot <b>\nC:\\Users\\_me_").await?;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/desk/requests/1").await;
        assert!(
            page.body.contains("See __init__.py\n\n    # boot &lt;b&gt;\nC:\\Users\\_me_</p>"),
            "{}",
            page.body
        );
        midori
            .submit(&page, "/desk/requests/1/reply", &[("body", "- **one**\n- two"), ("do", "reply")])
            .await;
        let page = midori.get("/desk/requests/1").await;
        assert!(page.body.contains("<strong>one</strong>"), "{}", page.body);
        // On the line of the inbox the markup is gone, and whose words they are is told.
        let inbox = midori.get("/desk?view=all").await;
        assert!(inbox.says("返信：one two"), "{}", inbox.text());
        Ok(())
    }
);
