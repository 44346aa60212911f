//! The reply form: nothing that is typed is ever lost.

use super::ask;
use crate::desk::{MessageKind, View, find_request, thread};
use crate::identity::Actor;
use crate::knowledge::{By, Draft, NewArticle, create_article, create_translation, publish, save_revision};
use crate::storage::value;
use crate::testing::{Cast, Client, TestDb, db_test};
use app::i18n::Locale;
use app::model::words::RequestStatus;
use axum::http::Method;

const FORM: &str = "/desk/requests/1/reply";

db_test!(
    async fn of_two_who_reply_at_once_the_second_sees_the_first_and_keeps_their_text(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.hotaru, "宛名", "会社名にしたいです。").await?.id;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let (for_midori, for_sora) =
            (midori.get("/desk/requests/1").await, sora.get("/desk/requests/1").await);
        let sent = midori
            .submit_files(
                &for_midori,
                FORM,
                &[("body", "「お支払い」で変えられます。"), ("send", "solved")],
                &[],
            )
            .await;
        assert_eq!(sent.location(), "/desk/requests/1");
        let typed = [("body", "そらの長い文章です。"), ("send", "waiting")];
        let files = [("attachments", "guide.txt", b"steps" as &[u8])];
        let stopped = sora.submit_files(&for_sora, FORM, &typed, &files).await;
        assert_eq!(stopped.status, 409);
        assert!(stopped.says("書いている間に返信がありました"));
        assert!(stopped.says("「お支払い」で変えられます。") && stopped.says("そらの長い文章です。"));
        assert!(stopped.says("guide.txt"), "the file is kept too");
        let mut conn = app.db.read().await?;
        assert_eq!(thread(&mut conn, id, View::Customer).await?.len(), 2);
        drop(conn);
        // Send anyway.
        let sent = sora.submit_files(&stopped, FORM, &[("send", "waiting")], &[]).await;
        assert_eq!(sent.location(), "/desk/requests/1");
        let mut conn = app.db.read().await?;
        let messages = thread(&mut conn, id, View::Customer).await?;
        assert_eq!(messages[2].body, "そらの長い文章です。");
        assert_eq!(messages[2].files[0].name, "guide.txt");
        assert_eq!(find_request(&mut conn, id).await?.unwrap().status, RequestStatus::Waiting);
        Ok(())
    }
);

db_test!(
    async fn a_note_is_never_mailed_and_a_reply_is(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk/requests/1").await;
        let note = [("mode", "note"), ("body", "Known **bug**."), ("send", "note")];
        sora.submit_files(&page, FORM, &note, &[]).await;
        let page = sora.get("/desk/requests/1").await;
        assert!(page.body.contains("<strong>bug</strong>") && page.says("社内メモ"));
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM mail")?, 0);
        assert_eq!(thread(&mut conn, id, View::Customer).await?.len(), 1);
        drop(conn);
        sora.submit_files(&page, FORM, &[("body", "Try again."), ("send", "open")], &[]).await;
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM mail")?, 1);
        assert_eq!(find_request(&mut conn, id).await?.unwrap().status, RequestStatus::Open);
        Ok(())
    }
);

db_test!(
    async fn an_empty_reply_and_a_bad_file_come_back_with_what_was_typed(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        ask(&app, &cast.penny, "Import", "It stops.").await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk/requests/1").await;
        let empty = sora.submit_files(&page, FORM, &[("body", "  "), ("send", "waiting")], &[]).await;
        assert_eq!(empty.status, 422);
        assert!(empty.says("本文を入力してください。"));
        let files =
            [("attachments", "good.txt", b"fine" as &[u8]), ("attachments", "bad.exe", b"MZ" as &[u8])];
        let bad =
            sora.submit_files(&page, FORM, &[("body", "See the file."), ("send", "waiting")], &files).await;
        assert_eq!(bad.status, 422);
        assert!(bad.says("See the file.") && bad.says("good.txt") && bad.says("bad.exe"));
        Ok(())
    }
);

db_test!(
    async fn an_article_is_found_inserted_and_solves_without_javascript(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops at line 3000.").await?.id;
        let mut tx = app.db.begin().await?;
        let by = By::new(app.clock.now(), Actor::Person(&cast.midori));
        let article = create_article(&mut tx, &by, &NewArticle { category_id: None, owner_id: None }).await?;
        let translation = create_translation(&mut tx, &by, article, Locale::En, "import-guide").await?;
        let draft = Draft {
            title: "Import [CSV] files".into(),
            summary: "Line by line.".into(),
            body: "Split the file.".into(),
            note: String::new(),
        };
        save_revision(&mut tx, &by, translation, None, &draft).await?;
        publish(&mut tx, &by, translation).await?;
        tx.commit().await?;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk/requests/1").await;
        let find = [("body", "Hello Penny,"), ("find", "import"), ("find_articles", "1")];
        let found = sora.submit_files(&page, FORM, &find, &[]).await;
        assert_eq!(found.status, 200);
        assert!(found.says("Import [CSV] files") && found.says("Hello Penny,"), "{}", found.text());
        let insert = article.to_string();
        let inserted = sora.submit_files(&found, FORM, &[("insert", &insert)], &[]).await;
        assert!(inserted.says("[Import \\[CSV\\] files](/en/articles/import-guide)"), "{}", inserted.text());
        let solved = sora.submit_files(&inserted, FORM, &[("solve_with", &insert)], &[]).await;
        assert_eq!(solved.location(), "/desk/requests/1");
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, id).await?.unwrap();
        assert_eq!((request.status, request.solved_article_id), (RequestStatus::Solved, Some(article)));
        // One that was unpublished while they wrote takes nothing away.
        for button in ["insert", "solve_with"] {
            let gone = [("body", "Dear Penny,"), (button, "4711")];
            let unknown = sora.submit_files(&page, FORM, &gone, &[]).await;
            assert_eq!(unknown.status, 422);
            assert!(unknown.says("Dear Penny,") && unknown.says("公開されていません"), "{}", unknown.text());
        }
        Ok(())
    }
);

db_test!(
    async fn what_is_typed_is_saved_restored_and_seen_by_colleagues(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = ask(&app, &cast.penny, "Import", "It stops.").await?.id;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get("/desk/requests/1").await;
        let csrf = page.body.split("name=\"csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let post = |path: &'static str, body: &'static str, token: &str| {
            let token = token.to_owned();
            let sora = &sora;
            async move {
                let headers = [("x-csrf-token", token.as_str())];
                sora.send(Method::POST, path, Some("application/json"), body.into(), &headers).await
            }
        };
        const PATH: &str = "/api/v1/desk/requests/1/draft";
        let body = r#"{"note":true,"body":"Half a sent"}"#;
        assert_eq!(post(PATH, body, "").await.status, 403);
        let saved = post(PATH, body, csrf).await;
        assert_eq!(saved.status, 200);
        assert!(saved.body.contains("下書きを保存しました。"));
        assert_eq!(post("/api/v1/desk/requests/9/draft", body, csrf).await.status, 404);
        assert!(sora.get("/desk/requests/1").await.says("Half a sent"));
        let odd = post(PATH, r#"{"note":true,"body":"Half a sent\u0000ence"}"#, csrf).await;
        assert_eq!(odd.status, 200, "{}", odd.body);
        assert!(sora.get("/desk/requests/1").await.says("Half a sent\u{FFFD}ence"));
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        assert!(midori.get(PATH).await.body.contains("問川 そらさんも返信を書いています。"));
        let page = midori.get("/desk/requests/1").await;
        assert!(!page.says("Half a sent"), "a draft is its writer's own");
        // Somebody who has not read the newest reply is told while they write.
        midori.submit_files(&page, FORM, &[("body", "Done."), ("send", "open")], &[]).await;
        let told = sora.get(&format!("{PATH}?message=1&version=1")).await;
        assert!(told.body.contains("新しい返信が届いています"), "{}", told.body);
        let mut conn = app.db.read().await?;
        assert!(
            thread(&mut conn, id, View::Staff).await?.iter().all(|message| message.kind != MessageKind::Note)
        );
        Ok(())
    }
);
