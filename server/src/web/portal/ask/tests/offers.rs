//! Answers that are offered: while writing, before sending, and when one of them solved it.

use super::*;

db_test!(
    async fn the_best_matches_are_offered_before_sending_and_everything_can_still_be_sent(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        assert!(
            check.says("The answer may be here already Change the name on an invoice"),
            "{}",
            check.text()
        );
        assert!(check.body.contains("<strong>Billing</strong>"));
        assert!(!check.body.contains("id=\"s-"), "the anchors of an article stay out of another page");
        keeps(&check);
        let edit = client.submit(&check, "/en/ask", &[("step", "edit")]).await;
        assert!(edit.says("Ask us") && !edit.says("Before you send"));
        keeps(&edit);
        let sent = client.submit(&check, "/en/ask", &[("step", "send")]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let mut conn = app.db.read().await?;
        let shown = all!(conn, (i64, String, i64), "SELECT article_id, stage, rank FROM intake_shown")?;
        assert_eq!(shown, [(article, "submit".to_owned(), 1)]);
        Ok(())
    }
);

db_test!(
    async fn an_answer_that_solved_it_ends_the_visit_until_it_is_taken_back(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        let id = article.to_string();
        let solved = client.submit(&check, "/en/ask", &[("solved", &id)]).await;
        assert!(solved.says("Glad that solved it"), "{}", solved.text());
        assert!(solved.body.contains("/en/articles/change-the-name-on-an-invoice"));
        let session = async || -> anyhow::Result<(Option<i64>, i64)> {
            let mut conn = app.db.read().await?;
            let solved = value!(conn, Option<i64>, "SELECT solved_article_id FROM intake_session")?;
            Ok((solved, value!(conn, i64, "SELECT COUNT(*) FROM intake_opened")?))
        };
        assert_eq!(session().await?, (Some(article), 1));
        let back = client.submit(&solved, "/en/ask", &[("step", "unsolved")]).await;
        keeps(&back);
        assert_eq!(session().await?.0, None);
        // An article that was not offered solves nothing, and loses nothing.
        let other = client.submit(&check, "/en/ask", &[("solved", "999")]).await;
        assert_eq!(other.status, StatusCode::OK);
        keeps(&other);
        assert_eq!(requests(&app).await?, 0);
        Ok(())
    }
);

db_test!(
    async fn the_hold_out_is_shown_nothing_at_either_stage(t: TestDb) {
        let (app, _) = with_answer(&t).await?;
        hold_out(&app, 50.0).await?;
        let mut seen = [false; 2];
        for _ in 0..20 {
            let client = Client::anonymous(&app);
            let page = open(&t, &client).await;
            let answer = client.submit(&page, "/en/ask", &TYPED).await;
            let sql = "SELECT held_out FROM intake_session ORDER BY id DESC LIMIT 1";
            let held_out = value!(app.db.read().await?, bool, sql)?;
            assert_eq!(answer.status.is_redirection(), held_out, "{}", answer.text());
            seen[usize::from(held_out)] = true;
            t.clock.advance(HOUR);
        }
        assert_eq!(seen, [true, true]);
        let mut conn = app.db.read().await?;
        let sql =
            "SELECT COUNT(*) FROM intake_shown JOIN intake_session ON id = intake_session_id WHERE held_out";
        assert_eq!(value!(conn, i64, sql)?, 0);
        Ok(())
    }
);

db_test!(
    async fn suggestions_answer_the_browser_that_opened_the_form(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let field = |name: &str| {
            let rest = page.body.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_default();
            rest.split('"').next().unwrap_or_default().to_owned()
        };
        let (key, csrf) = (field("session"), field("csrf"));
        let post = async |client: &Client, path: &str, body: &str, csrf: &str| {
            let path = format!("/api/v1/intake/{key}/{path}");
            let headers = [("x-csrf-token", csrf)];
            client.send(Method::POST, &path, Some("application/json"), body.into(), &headers).await
        };
        let words = r#"{"locale": "en", "subject": "change name", "body": "on the invoice"}"#;
        let found = post(&client, "suggest", words, &csrf).await;
        assert_eq!(found.status, StatusCode::OK);
        assert!(found.body.contains("Change the name on an invoice"), "{}", found.body);
        let open = format!(r#"{{"locale": "en", "article_id": {article}}}"#);
        let text = post(&client, "opened", &open, &csrf).await;
        assert!(
            text.body.contains("<strong>Billing</strong>") && text.body.contains("\"href\":\"/en/articles/")
        );
        assert_eq!(post(&client, "left", "{}", &csrf).await.status, StatusCode::NO_CONTENT);
        let sql = "SELECT typed, left_at IS NOT NULL FROM intake_session";
        let rows = all!(app.db.read().await?, (String, bool), sql)?;
        assert_eq!(rows, [("change name\non the invoice".to_owned(), true)]);
        assert_eq!(value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM intake_opened")?, 1);

        assert_eq!(post(&client, "suggest", words, "forged").await.status, StatusCode::FORBIDDEN);
        assert_eq!(post(&client, "suggest", "{", &csrf).await.status, StatusCode::BAD_REQUEST);
        let other = Client::anonymous(&app);
        let theirs = other.get("/en/ask").await;
        let csrf = theirs.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let answer = post(&other, "suggest", words, csrf.unwrap_or_default()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn without_javascript_an_offered_article_is_noted_when_it_is_opened(t: TestDb) {
        let (app, article) = with_answer(&t).await?;
        let client = Client::anonymous(&app);
        let page = open(&t, &client).await;
        let check = client.submit(&page, "/en/ask", &TYPED).await;
        let path = check.body.split("href=\"/en/ask/read/").nth(1).and_then(|rest| rest.split('"').next());
        let read = client.get(&format!("/en/ask/read/{}", path.unwrap_or_default())).await;
        assert_eq!(read.location(), "/en/articles/change-the-name-on-an-invoice");
        let sql = "SELECT article_id FROM intake_opened";
        assert_eq!(all!(app.db.read().await?, (i64,), sql)?, [(article,)]);
        assert_eq!(client.get("/en/ask/read/nobody/999").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);
