//! A picture that is used in two articles is each one's own.

use super::{PNG, desk};
use crate::app_state::App;
use crate::storage::all;
use crate::testing::{Answer, Client, TestDb, db_test};
use axum::http::StatusCode;

/// Saves a new article from the form; gives the address of its editor.
async fn published(midori: &Client, title: &str, body: &str) -> String {
    let action = "/desk/articles/new?locale=en";
    let page = midori.get(action).await;
    let typed = [("title", title), ("body", body), ("do", "publish")];
    let saved = midori.submit_files(&page, action, &typed, &[]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    saved.location().to_owned()
}

/// The first file that a page shows.
fn shown(page: &Answer) -> String {
    let rest = page.body.split("src=\"/files/").nth(1).expect("a picture is shown");
    format!("/files/{}", rest.split('"').next().unwrap_or_default())
}

async fn files(app: &App) -> anyhow::Result<usize> {
    Ok(all!(app.db.read().await?, (i64,), "SELECT id FROM attachment")?.len())
}

db_test!(
    async fn a_picture_copied_from_another_article_stays_when_that_one_goes(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let action = "/desk/articles/new?locale=en";
        let page = midori.get(action).await;
        let typed = [("title", "First"), ("body", "Look:"), ("do", "upload")];
        let added = midori.submit_files(&page, action, &typed, &[("image", "cover.png", PNG)]).await;
        let first =
            midori.submit_files(&added, action, &[("do", "publish")], &[]).await.location().to_owned();
        let reader = Client::anonymous(&app);
        let picture = shown(&reader.get("/en/articles/first").await);

        let copied = format!("Twice: ![a]({picture}) and ![b]({picture})");
        let second = published(&midori, "Second", &copied).await;
        let page = reader.get("/en/articles/second").await;
        let own = shown(&page);
        assert_ne!(own, picture);
        assert!(!page.body.contains(&picture) && page.body.contains(r#"width="1""#), "{}", page.body);
        assert_eq!(files(&app).await?, 2);
        // Pasted once more: it is there already, and nothing has changed.
        let page = midori.get(&second).await;
        let again = midori.submit_files(&page, &second, &[("body", &copied), ("do", "save")], &[]).await;
        assert!(midori.follow(again).await.says("Version 1"));
        assert_eq!(files(&app).await?, 2);

        let page = midori.get(&first).await;
        let page = midori.follow(midori.submit_files(&page, &first, &[("do", "unpublish")], &[]).await).await;
        assert_eq!(reader.get(&picture).await.status, StatusCode::NOT_FOUND);
        assert_eq!(reader.get(&own).await.status, StatusCode::OK);
        let delete = first.replace("/en/edit", "/delete");
        assert_eq!(midori.submit(&page, &delete, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!((files(&app).await?, reader.get(&own).await.status), (1, StatusCode::OK));
        Ok(())
    }
);
