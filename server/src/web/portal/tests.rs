//! What readers are promised.

mod article;
mod languages;

use crate::identity::Actor;
use crate::knowledge::{By, Draft, add_redirect, change_slug, publish, save_revision, unpublish};
use crate::storage::{all, value};
use crate::testing::{Cast, Client, Shelf, TestDb, db_test};
use app::i18n::Locale::{En, Ja};
use axum::http::{Method, StatusCode, header};

const BODY: &str = "The answer.\n\n## First\n\na\n\n## Second\n\nb\n\n## Third\n\nc";

db_test!(
    async fn an_article_is_read_with_its_contents_its_way_and_its_description(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let outer = shelf.category("billing", None).await?;
        let inner = shelf.category("invoices", Some(outer)).await?;
        shelf.article(Some(inner), &[(En, "Change the name", BODY), (Ja, "宛名を変える", "答え。")]).await?;
        let page = Client::anonymous(&app).get("/en/articles/change-the-name").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("Home Shelf billing Shelf invoices Change the name"), "{}", page.text());
        assert!(page.says("On this page First Second Third"));
        assert!(page.says("Reviewed 2 March 2026 Version 1"));
        let head = page.body.split("</head>").next().unwrap_or_default();
        for part in [
            r#"<link rel="canonical" href="http://127.0.0.1:3000/en/articles/change-the-name""#,
            r#"hreflang="ja" href="http://127.0.0.1:3000/ja/articles/%E5%AE%9B%E5%90%8D%E3%82%92%E5%A4%89%E3%81%88%E3%82%8B""#,
            r#"property="og:type" content="article""#,
            r#"property="og:image" content="http://127.0.0.1:3000/apple-touch-icon.png""#,
            r#"name="description" content="The answer."#,
            r#""@type":"TechArticle""#,
        ] {
            assert!(head.contains(part), "{part} in {head}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_missing_translation_falls_back_to_the_other_language_and_says_so(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Only English", "The answer.")]).await?;
        let page = Client::anonymous(&app).get("/ja/articles/only-english").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("この記事はまだ日本語になっていません"));
        assert!(page.body.contains(r#"<h1 lang="en">Only English"#));
        assert!(page.body.contains(r#"<div lang="en" class="prose">"#));
        assert!(
            page.body.contains(r#"rel="canonical" href="http://127.0.0.1:3000/en/articles/only-english""#)
        );
        assert!(!page.body.contains(r#"rel="alternate" hreflang="ja""#));
        Ok(())
    }
);

db_test!(
    async fn the_other_languages_slug_leads_to_the_article_in_this_language(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Change the name", "a"), (Ja, "宛名を変える", "答え。")]).await?;
        let client = Client::anonymous(&app);
        let moved = client.get("/ja/articles/change-the-name").await;
        assert_eq!(moved.status, StatusCode::TEMPORARY_REDIRECT);
        let page = client.follow(moved).await;
        assert!(page.says("答え。"));
        assert_eq!(page.headers[header::CONTENT_LANGUAGE], "ja");
        Ok(())
    }
);

db_test!(
    async fn a_draft_does_not_exist_for_readers(t: TestDb) {
        let app = t.app().await?;
        let id = Shelf(&app).article(None, &[(En, "Secret plan", "Published words.")]).await?;
        let by = By::new(t.clock.now(), Actor::Program("test"));
        let mut tx = app.db.begin().await?;
        let (translation, head) = {
            let rows = all!(
                tx,
                (i64, i64),
                "SELECT id, head_revision_id FROM translation WHERE article_id = $1",
                id
            )?;
            rows[0]
        };
        let draft = Draft { title: "Secret plan".into(), body: "Draft words.".into(), ..Draft::default() };
        save_revision(&mut tx, &by, translation, Some(head), &draft).await?;
        tx.commit().await?;
        app.knowledge_changed();
        let client = Client::anonymous(&app);
        let page = client.get("/en/articles/secret-plan").await;
        assert!(page.says("Published words.") && !page.says("Draft words."));
        let mut tx = app.db.begin().await?;
        unpublish(&mut tx, &by, translation).await?;
        tx.commit().await?;
        app.knowledge_changed();
        assert_eq!(client.get("/en/articles/secret-plan").await.status, StatusCode::NOT_FOUND);
        for path in ["/en", "/sitemap.xml", "/en/feed.atom"] {
            assert!(!client.get(path).await.body.contains("ecret"), "{path}");
        }
        let mut tx = app.db.begin().await?;
        publish(&mut tx, &by, translation).await?;
        tx.commit().await?;
        app.knowledge_changed();
        assert!(client.get("/en/articles/secret-plan").await.says("Draft words."));
        Ok(())
    }
);

db_test!(
    async fn a_kept_page_is_answered_again_without_the_database_until_something_changes(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Login", "The answer.")]).await?;
        let client = Client::anonymous(&app);
        let first = client.get("/en/articles/login").await;
        app.db.close().await;
        let again = client.get("/en/articles/login").await;
        assert_eq!(again.status, StatusCode::OK);
        assert_eq!(again.body, first.body);
        assert_eq!(again.headers[header::ETAG], first.headers[header::ETAG]);
        assert!(again.headers.contains_key(header::CONTENT_SECURITY_POLICY));
        app.knowledge_changed();
        assert_eq!(client.get("/en/articles/login").await.status, StatusCode::SERVICE_UNAVAILABLE);
        Ok(())
    }
);

db_test!(
    async fn somebody_signed_in_never_gets_the_page_of_everybody(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        Shelf(&app).article(None, &[(En, "Login", "The answer.")]).await?;
        Client::anonymous(&app).get("/en/articles/login").await;
        let midori = Client::signed_in_as(&app, &cast.midori).await?;
        let page = midori.get("/en/articles/login").await;
        assert!(page.says("答野 みどり") && page.says("Edit"));
        assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
        assert!(!Client::anonymous(&app).get("/en/articles/login").await.says("答野 みどり"));
        Ok(())
    }
);

db_test!(
    async fn a_reader_says_that_an_article_did_not_help_and_why(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Login", "The answer.")]).await?;
        let client = Client::anonymous(&app);
        let page = client.get("/en/articles/login").await;
        let action = "/en/articles/login/feedback";
        let fields = [("solved", "no"), ("reason", "unclear"), ("comment", "too short")];
        let thanks = client.follow(client.submit(&page, action, &fields).await).await;
        assert!(thanks.says("Thank you for telling us") && thanks.says("Ask us"));
        let thanks = client
            .follow(client.submit(&page, action, &[("solved", "yes"), ("reason", "wrong")]).await)
            .await;
        assert!(thanks.says("Glad it helped"));
        let mut conn = app.db.read().await?;
        let rows = all!(
            conn,
            (bool, Option<String>, Option<String>),
            "SELECT solved, reason, comment FROM article_feedback ORDER BY id"
        )?;
        assert_eq!(rows, [(false, Some("unclear".into()), Some("too short".into())), (true, None, None)]);
        Ok(())
    }
);

db_test!(
    async fn the_home_page_shows_what_people_needed_most(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let category = shelf.category("billing", None).await?;
        shelf.category("empty", None).await?;
        for title in ["First", "Second", "Third", "Fourth"] {
            shelf.article(Some(category), &[(En, title, "The answer.")]).await?;
        }
        let client = Client::anonymous(&app);
        let page = client.get("/en").await;
        assert!(page.says("New articles") && page.says("Shelf billing") && !page.says("Shelf empty"));
        for (title, times) in [("third", 3), ("first", 2), ("fourth", 1)] {
            let page = client.get(&format!("/en/articles/{title}")).await;
            for _ in 0..times {
                client.submit(&page, &format!("/en/articles/{title}/feedback"), &[("solved", "yes")]).await;
            }
        }
        app.pages.clear();
        let page = client.get("/en").await;
        assert!(page.says("What people ask most now Third First Fourth"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn a_category_lists_its_own_articles_first_and_pages_through_the_rest(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let outer = shelf.category("outer", None).await?;
        let inner = shelf.category("inner", Some(outer)).await?;
        shelf.article(Some(outer), &[(Ja, "外の記事", "答え。")]).await?;
        for n in 1..=21 {
            shelf.article(Some(inner), &[(Ja, &format!("記事{n}"), "最初の文。次の文。")]).await?;
        }
        let client = Client::anonymous(&app);
        let page = client.get("/ja/categories/outer").await;
        assert!(
            page.says("22件の記事") && page.says("外の記事 答え。 記事21 outerの棚 › innerの棚 最初の文。"),
            "{}",
            page.text()
        );
        assert!(client.get("/ja/categories/outer?page=2").await.says("記事1 outerの棚"));
        for path in ["/ja/categories/outer?page=3", "/ja/categories/outer?page=x", "/ja/categories/none"] {
            assert_eq!(client.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        Ok(())
    }
);

db_test!(
    async fn an_address_that_moved_is_answered_for_good_before_it_is_missing(t: TestDb) {
        let app = t.app().await?;
        let id = Shelf(&app).article(None, &[(En, "Login", "The answer.")]).await?;
        let by = By::new(t.clock.now(), Actor::Program("test"));
        let mut tx = app.db.begin().await?;
        let translation = value!(tx, i64, "SELECT id FROM translation WHERE article_id = $1", id)?;
        change_slug(&mut tx, &by, translation, "sign-in").await?;
        add_redirect(&mut tx, &by, "https://old.example/docs/ログイン.html", "/en/articles/login").await?;
        add_redirect(&mut tx, &by, "/elsewhere", "https://example.com/x?y=1").await?;
        tx.commit().await?;
        app.knowledge_changed();
        let client = Client::anonymous(&app);
        for (path, target) in [
            ("/en/articles/login", "/en/articles/sign-in"),
            ("/docs/%E3%83%AD%E3%82%B0%E3%82%A4%E3%83%B3.html", "/en/articles/sign-in"),
            ("/elsewhere", "https://example.com/x?y=1"),
        ] {
            let answer = client.get(path).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::MOVED_PERMANENTLY, target), "{path}");
        }
        assert_eq!(client.get("/never/was").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn maps_and_feeds_name_every_published_page_in_its_languages(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let category = shelf.category("billing", None).await?;
        shelf.article(Some(category), &[(En, "Q&A", "a"), (Ja, "質問", "答え。")]).await?;
        let client = Client::anonymous(&app);
        let map = client.get("/sitemap.xml").await;
        assert_eq!(map.headers[header::CONTENT_TYPE], "application/xml; charset=utf-8");
        assert_eq!(map.body.matches("<url>").count(), 6);
        assert!(map.body.contains(
            "<loc>http://127.0.0.1:3000/en/articles/q-a</loc><lastmod>2026-03-02T00:00:00Z</lastmod>"
        ));
        assert!(
            map.body.contains(r#"hreflang="ja" href="http://127.0.0.1:3000/ja/articles/%E8%B3%AA%E5%95%8F""#)
        );
        assert_eq!(client.get("/sitemap.xml?page=2").await.status, StatusCode::NOT_FOUND);
        let feed = client.get("/ja/feed.atom").await;
        assert!(
            feed.body.contains("<title>質問</title>") && feed.body.contains("<summary>答え。</summary>"),
            "{}",
            feed.body
        );
        let robots = client.get("/robots.txt").await;
        assert!(
            robots.body.contains("Disallow: /desk")
                && robots.body.contains("Sitemap: http://127.0.0.1:3000/sitemap.xml")
        );
        Ok(())
    }
);

db_test!(
    async fn unknown_languages_and_broken_addresses_are_told_plainly(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        for path in ["/fr", "/fr/articles/login", "/en/articles/none", "/en/articles/%00", "/en/articles/%ff"]
        {
            assert_eq!(client.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        Ok(())
    }
);

db_test!(
    async fn the_theme_follows_the_accent(t: TestDb) {
        let app = t.app().await?;
        let sheet = Client::anonymous(&app).get("/theme.css").await;
        assert_eq!(sheet.headers[header::CONTENT_TYPE], "text/css; charset=utf-8");
        assert!(sheet.body.contains("--accent-ink:light-dark(#"), "{}", sheet.body);
        let manifest = Client::anonymous(&app).get("/manifest.webmanifest").await;
        assert!(manifest.body.contains(r#""name":"Kotae""#));
        Ok(())
    }
);

db_test!(
    async fn the_language_that_was_switched_to_is_remembered(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Change the name", BODY), (Ja, "宛名を変える", "答え。")]).await?;
        let client = Client::anonymous(&app);
        assert_eq!(client.get("/").await.location(), "/en", "as the browser asks");
        // Kept for everybody the first time, answered from memory the second.
        for _ in 0..2 {
            let from = [("referer", "http://127.0.0.1:3000/en/articles/change-the-name")];
            let page = client.send(Method::GET, "/ja", None, Vec::new(), &from).await;
            assert_eq!(page.status, StatusCode::OK);
            assert_eq!(client.cookie("kotae_locale").as_deref(), Some("ja"));
            assert!(page.headers[header::CACHE_CONTROL].to_str()?.starts_with("private"), "for one alone");
        }
        assert_eq!(client.get("/").await.location(), "/ja");
        assert!(client.get("/nowhere/at/all").await.says("ページが見つかりません"));
        Ok(())
    }
);

db_test!(
    async fn the_language_switch_stays_on_the_address_that_the_reader_came_by(t: TestDb) {
        let app = t.app().await?;
        Shelf(&app).article(None, &[(En, "Change the name", BODY), (Ja, "Namae", "答え。")]).await?;
        let page = Client::anonymous(&app).get("/en/articles/change-the-name").await;
        assert!(page.body.contains(r#"<a href="/ja/articles/namae" hreflang="ja""#), "{}", page.body);
        Ok(())
    }
);

db_test!(
    async fn an_address_that_only_takes_forms_leads_to_its_page(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        for (path, page) in [
            ("/en/articles/change-the-name/feedback", "/en/articles/change-the-name"),
            ("/sign-out", "/"),
            ("/locale", "/"),
        ] {
            let answer = client.get(path).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, page), "{path}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_slash_at_the_end_of_an_address_does_no_harm(t: TestDb) {
        let app = t.app().await?;
        let client = Client::anonymous(&app);
        for (path, without) in [("/en/", "/en"), ("/en/search/?q=mail", "/en/search?q=mail")] {
            let answer = client.get(path).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::MOVED_PERMANENTLY, without));
        }
        for elsewhere in ["//evil.example/", "/\\evil.example/"] {
            let answer = client.get(elsewhere).await;
            assert_eq!((answer.status, answer.location()), (StatusCode::NOT_FOUND, ""), "{elsewhere}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_portal_without_articles_says_what_to_do(t: TestDb) {
        let app = t.app().await?;
        let page = Client::anonymous(&app).get("/en/categories").await;
        assert!(
            page.says("No articles here yet") && page.body.contains(r#"href="/en/ask""#),
            "{}",
            page.text()
        );
        Ok(())
    }
);
