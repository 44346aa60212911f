//! Customers' own words: kept with an article, shown to whoever writes it, and never published by mistake.

use super::{Shelf, desk};
use crate::desk::draft_article;
use crate::storage::{all, value};
use crate::testing::{Cast, Client, TestDb, db_test, open, question};
use app::i18n::Locale::En;
use axum::http::StatusCode;

/// A draft made of Penny's request, by its editor's address.
async fn drafted(app: &crate::app_state::App, cast: &Cast) -> anyhow::Result<String> {
    let body = "Hello,\nour import of last month stops at row 12 every time.\nWhat can we do about row 12?";
    let id = open(app, question(app, &cast.penny, "The import stops", body)).await?.id;
    let mut tx = app.db.begin().await?;
    let drafted = draft_article(&mut tx, id, &cast.midori, app.clock.now()).await?;
    tx.commit().await?;
    Ok(format!("/desk/articles/{}/en/edit", drafted.article_id))
}

db_test!(
    async fn the_customers_words_stand_beside_the_editor_and_not_in_the_text(t: TestDb) {
        let (app, cast, midori) = desk(&t).await?;
        let edit = drafted(&app, &cast).await?;
        let page = midori.get(&edit).await;
        assert!(page.says("The customer’s words (request #1)"), "{}", page.text());
        assert!(page.says("our import of last month stops at row 12 every time"));
        let body = value!(app.db.read().await?, String, "SELECT body FROM revision")?;
        assert!(body.starts_with("## When you need this") && !body.contains("row 12"), "{body}");
        let hotaru = Client::signed_in_as(&app, &cast.hotaru).await?;
        assert_eq!(hotaru.get(&edit).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn publishing_a_customers_own_words_is_asked_back_once(t: TestDb) {
        let (app, cast, midori) = desk(&t).await?;
        let edit = drafted(&app, &cast).await?;
        let (subject, public) = ("/en/articles/the-import-stops", "/en/articles/when-an-import-stops");
        let readers = Client::anonymous(&app);
        let page = midori.get(&edit).await;
        let typed = [
            ("do", "publish"),
            ("body", "Split the file.\n\n- *Our import of last month* stops at row 12 every time!"),
        ];
        let asked = midori.submit_files(&page, &edit, &typed, &[]).await;
        assert_eq!(asked.status, StatusCode::OK);
        assert!(asked.says("Before you publish: these are a customer’s words"), "{}", asked.text());
        assert!(asked.says("The import stops - *Our import of last month* stops at row 12 every time!"));
        assert_eq!(readers.get(subject).await.status, StatusCode::NOT_FOUND);
        // In words of one's own it is published without a question.
        let own = [("do", "publish"), ("title", "When an import stops"), ("body", "Split the file.")];
        let published = midori.submit_files(&asked, &edit, &own, &[]).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
        assert!(readers.get(public).await.says("Split the file."));
        assert_eq!(readers.get(subject).await.status, StatusCode::NOT_FOUND, "nor are they in its address");
        // What was confirmed once is not asked about again.
        let page = midori.get(&edit).await;
        let short = [("do", "publish"), ("title", "The import stops")];
        let asked = midori.submit_files(&page, &edit, &short, &[]).await;
        assert!(asked.says("Publish as it is"), "{}", asked.text());
        let confirmed = midori.submit_files(&asked, &edit, &[("do", "publish-anyway")], &[]).await;
        assert_eq!(confirmed.status, StatusCode::SEE_OTHER, "{}", confirmed.text());
        let page = midori.get(&edit).await;
        let again = [("do", "publish"), ("body", "Split the file in two.")];
        let published = midori.submit_files(&page, &edit, &again, &[]).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
        assert!(readers.get(public).await.says("Split the file in two."));
        Ok(())
    }
);

db_test!(
    async fn phrases_are_added_and_removed_and_never_shown_to_readers(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "a")]).await?;
        let path = format!("/desk/articles/{id}/en/phrases");
        let page = midori.get(&path).await;
        let page = midori.follow(midori.submit(&page, &path, &[("phrase", "cannot get in")]).await).await;
        assert!(page.says("cannot get in"));
        assert_eq!(
            midori.submit(&page, &path, &[("phrase", " ")]).await.status,
            StatusCode::UNPROCESSABLE_ENTITY
        );
        assert!(!Client::anonymous(&app).get("/en/articles/login").await.body.contains("cannot get in"));
        let phrase = value!(app.db.read().await?, i64, "SELECT id FROM search_phrase")?.to_string();
        let gone = midori.submit(&page, &format!("{path}/remove"), &[("phrase", phrase.as_str())]).await;
        assert!(!midori.follow(gone).await.says("cannot get in"));
        let mut conn = app.db.read().await?;
        let detail =
            all!(conn, (String,), "SELECT detail FROM audit_entry WHERE action LIKE 'article.phrase%'")?;
        assert_eq!(detail.len(), 2);
        assert!(detail.iter().all(|row| !row.0.contains("cannot")));
        Ok(())
    }
);
