//! What editors are promised.

mod pictures;
mod shelve;
mod words;

use crate::app_state::App;
use crate::storage::{all, value};
use crate::testing::{Cast, Client, Shelf, TestDb, db_test};
use app::i18n::Locale::{En, Ja};
use axum::http::{Method, StatusCode};

/// The smallest PNG there is: one pixel.
const PNG: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0, 58,
    126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72, 175, 164, 113, 0, 0,
    0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

/// A portal with its cast, and Midori (CRE) at her browser, which asks for English.
async fn desk(t: &TestDb) -> anyhow::Result<(App, Cast, Client)> {
    let app = t.app().await?;
    let cast = Cast::enter(t).await?;
    let midori = english(&app, &cast).await?;
    Ok((app, cast, midori))
}

async fn english(app: &App, cast: &Cast) -> anyhow::Result<Client> {
    let client = Client::signed_in_as(app, &cast.midori).await?;
    client.set_cookie("kotae_locale", "en");
    Ok(client)
}

db_test!(
    async fn an_article_is_written_looked_at_and_published(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let category = Shelf(&app).category("billing", None).await?.to_string();
        let page = midori.get("/desk/articles/new?locale=en").await;
        let action = "/desk/articles/new?locale=en";
        let typed = [
            ("title", "Change the name"),
            ("body", "Open **Billing**."),
            ("category", category.as_str()),
            ("tags", "billing, Invoice"),
            ("note", "first words"),
        ];
        let looked =
            midori.submit_files(&page, action, &[&typed[..], &[("do", "preview")]].concat(), &[]).await;
        assert!(
            looked.body.contains("<strong>Billing</strong>") && looked.body.contains("Open **Billing**.")
        );
        let saved = midori.submit_files(&looked, action, &[("do", "save")], &[]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let edit = saved.location().to_owned();
        let page = midori.follow(saved).await;
        assert!(page.says("Saved as a draft.") && page.says("Draft Version 1"), "{}", page.text());
        assert_eq!(
            Client::anonymous(&app).get("/en/articles/change-the-name").await.status,
            StatusCode::NOT_FOUND
        );
        let published = midori.submit_files(&page, &edit, &[("do", "publish")], &[]).await;
        assert!(midori.follow(published).await.says("Published"));
        assert!(Client::anonymous(&app).get("/en/articles/change-the-name").await.says("Open Billing ."));
        let mut conn = app.db.read().await?;
        let rows = all!(conn, (String, String), "SELECT action, actor_label FROM audit_entry ORDER BY id")?;
        let actions: Vec<&str> = rows.iter().map(|(action, _)| action.as_str()).collect();
        for action in ["article.create", "article.save", "article.tag", "article.category", "article.publish"]
        {
            assert!(actions.contains(&action), "{action} in {actions:?}");
        }
        assert!(rows.iter().all(|(_, label)| label == "答野 みどり"));
        Ok(())
    }
);

db_test!(
    async fn a_second_save_on_an_older_version_shows_both_and_asks(t: TestDb) {
        let (app, cast, midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "Press Save.")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let (hers, his) = (midori.get(&edit).await, sora.get(&edit).await);
        sora.submit_files(&his, &edit, &[("do", "save"), ("body", "Press Publish.")], &[]).await;
        let typed = [("do", "save"), ("body", "Press Send.")];
        let conflict = midori.submit_files(&hers, &edit, &typed, &[]).await;
        assert_eq!(conflict.status, StatusCode::CONFLICT);
        assert!(
            conflict.says("Somebody saved before you") && conflict.says("問川 そら saved version 2"),
            "{}",
            conflict.text()
        );
        assert!(conflict.body.contains("<del>Publish</del>") && conflict.body.contains("<ins>Send</ins>"));
        assert!(conflict.body.contains("Press Send."));
        let mut conn = app.db.read().await?;
        assert_eq!(value!(conn, i64, "SELECT COUNT(*) FROM revision")?, 2);
        drop(conn);
        let again = midori.submit_files(&conflict, &edit, &[("do", "save")], &[]).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        let mut conn = app.db.read().await?;
        let bodies = all!(conn, (String,), "SELECT body FROM revision ORDER BY number")?;
        assert_eq!(
            bodies.iter().map(|row| row.0.as_str()).collect::<Vec<_>>(),
            ["Press Save.", "Press Publish.", "Press Send."]
        );
        Ok(())
    }
);

db_test!(
    async fn mistakes_bring_the_form_back_with_every_word(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        Shelf(&app).article(None, &[(En, "Login", "a")]).await?;
        let id = Shelf(&app).article(None, &[(En, "Other", "b")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let page = midori.get(&edit).await;
        let empty = midori.submit_files(&page, &edit, &[("title", " "), ("body", "kept words")], &[]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(empty.says("Enter a title.") && empty.body.contains("kept words"));
        assert!(empty.body.contains("<title>Error: "));
        let taken =
            midori.submit_files(&page, &edit, &[("slug", "login"), ("body", "kept words")], &[]).await;
        assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(taken.says("belongs to another article") && taken.body.contains("kept words"));
        let wrong: &[u8] = b"not a picture";
        let refused =
            midori.submit_files(&page, &edit, &[("do", "upload")], &[("image", "a.png", wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("does not match its extension"), "{}", refused.text());
        Ok(())
    }
);

db_test!(
    async fn what_a_colleague_did_to_tags_category_owner_and_address_stays(t: TestDb) {
        let (app, cast, midori) = desk(&t).await?;
        let category = Shelf(&app).category("billing", None).await?.to_string();
        let id = Shelf(&app).article(None, &[(En, "Login", "Press Save.\n")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let (hers, his) = (midori.get(&edit).await, sora.get(&edit).await);
        let owner = cast.sora.id.to_string();
        let shelved = [
            ("do", "save"),
            ("tags", "sign-in"),
            ("category", &category),
            ("owner", &owner),
            ("slug", "log-in"),
        ];
        sora.submit_files(&his, &edit, &shelved, &[]).await;
        let mut conn = app.db.read().await?;
        let revisions = "SELECT COUNT(*) FROM revision";
        assert_eq!(value!(conn, i64, revisions)?, 1, "the same words are no new version");
        drop(conn);
        let saved = midori.submit_files(&hers, &edit, &[("do", "save"), ("body", "Press Send.")], &[]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        let page = midori.get(&edit).await;
        assert!(page.body.contains("Press Send.") && page.body.contains("value=\"sign-in\""));
        assert!(page.body.contains("value=\"log-in\""));
        let mut conn = app.db.read().await?;
        let row = all!(conn, (Option<i64>, Option<i64>), "SELECT category_id, owner_id FROM article")?[0];
        assert_eq!(row, (category.parse().ok(), Some(cast.sora.id)));
        Ok(())
    }
);

db_test!(
    async fn an_article_that_was_deleted_meanwhile_does_not_take_the_words_away(t: TestDb) {
        let (app, cast, midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "Press Save.")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let hers = midori.get(&edit).await;
        let sora = Client::signed_in_as(&app, &cast.sora).await?;
        let page = sora.get(&edit).await;
        let page = sora.follow(sora.submit_files(&page, &edit, &[("do", "unpublish")], &[]).await).await;
        sora.submit(&page, &format!("/desk/articles/{id}/delete"), &[]).await;
        let typed = [("do", "save"), ("body", "An hour of work\nin two lines.")];
        let gone = midori.submit_files(&hers, &edit, &typed, &[]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert!(gone.says("An hour of work"), "{}", gone.text());
        assert!(!gone.has_form(&edit), "there is nothing to send it to");
        Ok(())
    }
);

db_test!(
    async fn a_picture_goes_into_the_text_and_hangs_on_the_article_once_saved(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let action = "/desk/articles/new?locale=en";
        let page = midori.get(action).await;
        let typed = [("title", "Pictures"), ("body", "Look:"), ("do", "upload")];
        let added = midori.submit_files(&page, action, &typed, &[("image", "cover one.png", PNG)]).await;
        assert_eq!(added.status, StatusCode::OK, "{}", added.text());
        assert!(added.body.contains("![cover one](/files/"), "{}", added.body);
        let published = midori.submit_files(&added, action, &[("do", "publish")], &[]).await;
        assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
        let mut conn = app.db.read().await?;
        let (key, article) =
            all!(conn, (String, Option<i64>), "SELECT key, article_id FROM attachment")?.remove(0);
        assert!(article.is_some());
        let client = Client::anonymous(&app);
        let article = client.get("/en/articles/pictures").await;
        assert!(article.body.contains(r#"width="1""#) && article.body.contains(&key), "{}", article.body);
        assert_eq!(client.get(&format!("/files/{key}/cover.png")).await.status, StatusCode::OK);
        Ok(())
    }
);

db_test!(
    async fn an_old_version_is_compared_and_restored_as_a_new_one(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "one\n\nsame")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let page = midori.get(&edit).await;
        midori.submit_files(&page, &edit, &[("body", "two\n\nsame"), ("note", "better")], &[]).await;
        let page = midori.get(&format!("/desk/articles/{id}/en/revisions?from=1&to=2")).await;
        assert!(
            page.says("better")
                && page.body.contains("<del>one</del>")
                && page.body.contains("<ins>two</ins>")
        );
        let restore = format!("/desk/articles/{id}/en/restore");
        let restored = midori.follow(midori.submit(&page, &restore, &[("number", "1")]).await).await;
        assert!(
            restored.says("saved as a new version") && restored.body.contains("one\n\nsame"),
            "{}",
            restored.text()
        );
        let mut conn = app.db.read().await?;
        let rows =
            all!(conn, (i64, String, String), "SELECT number, body, note FROM revision ORDER BY number")?;
        assert_eq!(rows[2], (3, "one\n\nsame".into(), "Restored version 1".into()));
        assert_eq!(
            midori.get(&format!("/desk/articles/{id}/en/revisions?to=9")).await.status,
            StatusCode::NOT_FOUND
        );
        Ok(())
    }
);

db_test!(
    async fn a_translation_begins_with_the_other_language_beside_it(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(Ja, "宛名を変える", "答え。")]).await?;
        let edit = format!("/desk/articles/{id}/en/edit");
        let page = midori.get(&edit).await;
        assert!(page.says("The Japanese article 宛名を変える 答え。"), "{}", page.text());
        let saved = midori
            .submit_files(&page, &edit, &[("title", "Change"), ("body", "a"), ("do", "publish")], &[])
            .await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
        assert!(Client::anonymous(&app).get("/en/articles/change").await.says("Change"));
        Ok(())
    }
);

db_test!(
    async fn the_list_is_narrowed_counted_and_sorted(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let shelf = Shelf(&app);
        let outer = shelf.category("outer", None).await?;
        let inner = shelf.category("inner", Some(outer)).await?;
        shelf.article(Some(inner), &[(En, "Apple 100%", "fruit"), (Ja, "りんご", "果物")]).await?;
        shelf.article(None, &[(En, "Bread 100 g", "grain")]).await?;
        let all = midori.get("/desk/articles").await;
        assert!(all.says("All 2 Published 2 Drafts 0") && all.says("No Japanese 1"), "{}", all.text());
        let only = |path: &'static str| {
            let midori = &midori;
            async move {
                let page = midori.get(path).await;
                (page.says("Apple"), page.says("Bread"))
            }
        };
        assert_eq!(only("/desk/articles?view=no-ja").await, (false, true));
        assert_eq!(only("/desk/articles?q=GRAIN").await, (false, true));
        assert_eq!(only("/desk/articles?q=100%25").await, (true, false));
        assert_eq!(only("/desk/articles?q=%E6%9E%9C").await, (true, false));
        let by_category = format!("/desk/articles?category={outer}");
        assert!(
            midori.get(&by_category).await.says("Apple") && !midori.get(&by_category).await.says("Bread")
        );
        let sorted = midori.get("/desk/articles?sort=title").await.text();
        assert!(sorted.find("Apple") < sorted.find("Bread"));
        assert!(midori.get("/desk/articles?q=nothing").await.says("No article matches"));
        Ok(())
    }
);

db_test!(
    async fn the_tree_is_grown_moved_and_pruned(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let new = "/desk/categories/new";
        let grow = |name: &'static str, parent: String| {
            let midori = &midori;
            async move {
                let page = midori.get(&format!("{new}?parent={parent}")).await;
                midori.submit(&page, new, &[("name_en", name)]).await
            }
        };
        assert_eq!(grow("", String::new()).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(grow("Billing", String::new()).await.status, StatusCode::SEE_OTHER);
        assert!(grow("Billing", String::new()).await.says("belongs to another category"));
        assert_eq!(grow("Desk", String::new()).await.status, StatusCode::SEE_OTHER);
        let mut conn = app.db.read().await?;
        let ids: Vec<i64> =
            all!(conn, (i64,), "SELECT id FROM category ORDER BY id")?.into_iter().map(|row| row.0).collect();
        drop(conn);
        let (billing, desk) = (ids[0], ids[1]);
        assert_eq!(grow("Invoices", billing.to_string()).await.status, StatusCode::SEE_OTHER);
        let tree = midori.get("/desk/categories").await;
        let text = tree.text();
        assert!(text.find("Billing") < text.find("Invoices") && text.find("Invoices") < text.find("Desk"));
        assert!(!tree.has_form(&format!("/desk/categories/{billing}/delete")));
        midori.submit(&tree, &format!("/desk/categories/{desk}/move"), &[("way", "up")]).await;
        let text = midori.get("/desk/categories").await.text();
        let rows = text.split("Add inside").map(str::to_owned).collect::<Vec<_>>();
        assert!(rows[0].contains("Desk"), "{rows:?}");
        let gone = midori.submit(&tree, &format!("/desk/categories/{desk}/delete"), &[]).await;
        assert!(midori.follow(gone).await.says("The category has been deleted."));
        let edit = format!("/desk/categories/{billing}");
        let page = midori.get(&edit).await;
        midori.submit(&page, &edit, &[("name_ja", "お支払い")]).await;
        let mut conn = app.db.read().await?;
        let names = all!(
            conn,
            (String,),
            "SELECT name FROM category_text WHERE category_id = $1 AND name <> '' ORDER BY locale",
            billing
        )?;
        assert_eq!(names, [("Billing".to_owned(),), ("お支払い".to_owned(),)]);
        Ok(())
    }
);

db_test!(
    async fn the_island_is_given_a_preview_as_readers_will_see_it(t: TestDb) {
        let (app, _cast, midori) = desk(&t).await?;
        let page = midori.get("/desk/articles/new?locale=en").await;
        let token = page.body.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let token = token.unwrap_or_default();
        let ask = br#"{"locale":"en","title":"T","body":"**bold** <script>alert(1)</script>"}"#;
        let send = |token: &str| {
            let headers = [("x-csrf-token".to_owned(), token.to_owned())];
            let midori = &midori;
            async move {
                let headers: Vec<(&str, &str)> =
                    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
                midori
                    .send(
                        Method::POST,
                        "/api/v1/desk/preview",
                        Some("application/json"),
                        ask.to_vec(),
                        &headers,
                    )
                    .await
            }
        };
        let answer = send(token).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        assert!(answer.body.contains("<strong>bold</strong>") && !answer.body.contains("<script"));
        assert_eq!(send("wrong").await.status, StatusCode::FORBIDDEN);
        let customer = Client::anonymous(&app);
        assert_eq!(customer.post("/api/v1/desk/preview", &[]).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn the_desk_is_not_there_for_customers(t: TestDb) {
        let (app, cast, _midori) = desk(&t).await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "a")]).await?;
        let hotaru = Client::signed_in_as(&app, &cast.hotaru).await?;
        for path in ["/desk/articles", "/desk/categories", &format!("/desk/articles/{id}/en/edit")] {
            assert_eq!(hotaru.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        Ok(())
    }
);
