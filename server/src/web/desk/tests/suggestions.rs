//! The panel beside a request: what earlier ones suggest, one press away.

use super::ask;
use crate::desk::{find_request, tags_of};
use crate::routing::tests::handled;
use crate::storage::{all, value};
use crate::testing::{Cast, Client, TestDb, db_test};
use app::model::words::RequestStatus;

const WORDS: &str = "The company name on the invoice is wrong";

db_test!(
    async fn suggestions_are_accepted_with_one_press_and_taken_back_with_another(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        handled(&app, &cast).await?;
        let asked = ask(&app, &cast.penny, WORDS, "").await?;
        let path = format!("/desk/requests/{}", asked.number);
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        assert!(!sora.get(&path).await.body.contains("suggestions-title"), "an empty panel is none");
        app.suggestions.turn(&app.db).await?;
        let page = sora.get(&path).await;
        assert!(page.says("提案どおりにする") && page.says("答野 みどりに任せる"), "{}", page.text());
        assert!(page.says("The name on invoices") && page.says("似たお問い合わせ"));
        assert!(page.body.contains("data-key=\"y\"") && page.body.contains("data-key=\"i\""));
        let to = format!("{path}/suggestions");
        let accepted = sora.submit(&page, &to, &[("accept", "all"), ("body", "half a reply")]).await;
        assert_eq!(accepted.location(), path);
        let page = sora.follow(accepted).await;
        assert!(page.says("提案を反映しました。") && page.says("half a reply"), "{}", page.text());
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, asked.id).await?.expect("it is there");
        assert_eq!((request.assignee_id, request.status), (Some(cast.midori.id), RequestStatus::Open));
        assert_eq!(tags_of(&mut conn, asked.id).await?, ["invoice-name"]);
        let noted = "SELECT kind FROM suggestion WHERE request_id = $1 ORDER BY kind";
        let noted = all!(conn, (String,), noted, asked.id)?;
        assert_eq!(
            noted.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(),
            ["article", "assignee", "tag"]
        );
        drop(conn);
        let undo = page.body.split("action=\"").find(|part| part.contains("/undo/")).expect("an undo");
        let undo = undo.split('"').next().unwrap_or_default().replace("&amp;", "&");
        sora.submit(&page, &undo, &[]).await;
        let mut conn = app.db.read().await?;
        let request = find_request(&mut conn, asked.id).await?.expect("it is there");
        assert_eq!((request.assignee_id, request.status), (None, RequestStatus::New));
        assert!(tags_of(&mut conn, asked.id).await?.is_empty());
        Ok(())
    }
);

db_test!(
    async fn one_suggestion_is_accepted_alone_and_the_article_goes_into_the_reply(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let (article, _) = handled(&app, &cast).await?;
        let asked = ask(&app, &cast.penny, WORDS, "").await?;
        app.suggestions.turn(&app.db).await?;
        let path = format!("/desk/requests/{}", asked.number);
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get(&path).await;
        let id = article.to_string();
        let inserted = midori.submit(&page, &format!("{path}/reply"), &[("insert", &id)]).await;
        assert!(inserted.body.contains("[The name on invoices](/en/articles/"), "{}", inserted.text());
        let to = format!("{path}/suggestions");
        midori.submit(&page, &to, &[("accept", "tag:invoice-name")]).await;
        let mut conn = app.db.read().await?;
        assert_eq!(tags_of(&mut conn, asked.id).await?, ["invoice-name"]);
        let request = find_request(&mut conn, asked.id).await?.expect("it is there");
        assert_eq!(request.assignee_id, None);
        drop(conn);
        let page = midori.get(&path).await;
        assert!(!page.body.contains("tag:invoice-name"), "what is there is not suggested");
        for wrong in ["", "all", "tag:", "mood:good", "assignee:x"] {
            // "all" of nothing: the page that sends it has offered nothing.
            let answer = midori.submit(&page, &to, &[("accept", wrong), ("offered", "")]).await;
            assert_eq!(answer.status, 400, "{wrong}");
        }
        let staff = [("accept", format!("assignee:{}", cast.penny.id))];
        let staff: Vec<_> = staff.iter().map(|(name, value)| (*name, value.as_str())).collect();
        midori.submit(&page, &to, &staff).await;
        let sql = "SELECT COUNT(*) FROM request WHERE assignee_id = $1";
        assert_eq!(value!(app.db.read().await?, i64, sql, cast.penny.id)?, 0, "a customer has no requests");
        Ok(())
    }
);
