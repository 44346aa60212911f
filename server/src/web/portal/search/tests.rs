//! What somebody who searches is promised.

use crate::app_state::App;
use crate::clock::SECOND;
use crate::storage::all;
use crate::testing::{Client, Shelf, TestDb, db_test, follow};
use app::i18n::Locale::{En, Ja};
use app::model::search::{Completions, LONGEST_QUERY, SearchAnswer};
use axum::http::{Method, StatusCode, header};

/// A portal with four articles on two shelves, and its index.
async fn portal(t: &TestDb) -> anyhow::Result<App> {
    let app = t.app().await?;
    let shelf = Shelf(&app);
    let billing = shelf.category("billing", None).await?;
    let invoices = shelf.category("invoices", Some(billing)).await?;
    let access = shelf.category("access", None).await?;
    let invoice = [
        (En, "Change the name on an invoice", "Open Billing and edit the name."),
        (Ja, "請求書の宛名を変更する", "「お支払い」を開き、宛名を書き換えます。"),
    ];
    shelf.article(Some(invoices), &invoice).await?;
    shelf.article(Some(billing), &[(En, "Pay by card", "The invoice is paid at once.")]).await?;
    shelf.article(Some(access), &[(En, "Reset your password", "The name of the link is ERR_5021.")]).await?;
    shelf.article(None, &[(Ja, "<script>の記事", "サーバーの説明です。")]).await?;
    follow(&app).await?;
    Ok(app)
}

db_test!(
    async fn results_show_where_an_article_stands_and_mark_what_was_searched(t: TestDb) {
        let app = portal(&t).await?;
        let page = Client::anonymous(&app).get("/en/search?q=invoice+name").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("Results for “invoice name”"), "{}", page.text());
        assert!(page.says("Shelf billing › Shelf invoices"));
        assert!(page.body.contains("<mark>invoice</mark>"));
        assert!(page.body.contains(r#"href="/en/articles/change-the-name-on-an-invoice""#));
        assert!(page.body.contains(r#"name="robots" content="noindex"#), "{}", page.body);
        Ok(())
    }
);

db_test!(
    async fn it_is_said_that_nothing_reads_just_as_what_was_quoted(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let said = "No article has the quoted text word for word.";
        let page = client.get("/en/search?q=%22invoice+name%22").await;
        assert!(page.says(said) && page.says("Results for \"invoice name\""), "{}", page.text());
        assert!(!client.get("/en/search?q=%22name+on+an+invoice%22").await.says(said));
        let page = client.get("/ja/search?q=「宛名の請求書」").await;
        assert!(page.says("引用符の中と同じ書き方の記事はない"), "{}", page.text());
        let answer = client.get("/api/v1/search?locale=en&q=%22invoice+name%22").await;
        assert!(serde_json::from_str::<SearchAnswer>(&answer.body)?.unquoted);
        Ok(())
    }
);

db_test!(
    async fn results_can_be_narrowed_to_a_category(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let all = client.get("/en/search?q=name+invoice").await;
        assert!(all.body.contains("/en/search?q=name+invoice&amp;category=billing"), "{}", all.body);
        let narrowed = client.get("/en/search?q=name+invoice&category=access").await;
        assert!(narrowed.says("1 article found"), "{}", narrowed.text());
        assert!(!narrowed.body.contains("/en/articles/pay-by-card"));
        assert_eq!(client.get("/en/search?q=name&category=nowhere").await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn nothing_found_is_said_plainly_with_a_way_on(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let page = client.get("/en/search?q=bicycle+parking").await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("Nothing found for “bicycle parking”"), "{}", page.text());
        assert!(page.body.contains("/en/ask?subject=bicycle+parking"));
        // What is no subject any more goes along whole.
        let paragraph = "bicycle parking ".repeat(12);
        let page = client.get(&format!("/en/search?q={}", paragraph.replace(' ', "+"))).await;
        assert!(
            page.body.contains(&format!("&amp;body={}", paragraph.trim().replace(' ', "+"))),
            "{}",
            page.body
        );
        let page = client.get("/ja/search?q=%E8%87%AA%E8%BB%A2%E8%BB%8A").await;
        assert!(page.says("「自転車」に合う記事はありません"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn where_nothing_is_found_the_other_language_is_pointed_to(t: TestDb) {
        let app = portal(&t).await?;
        let shelf = Shelf(&app);
        // With a translation of its own, an article is shown in the visitor's language only.
        let hours = [(En, "When we are there", "From nine to five."), (Ja, "窓口の営業日", "平日です。")];
        shelf.article(None, &hours).await?;
        follow(&app).await?;
        let client = Client::anonymous(&app);
        let page = client.get("/en/search?q=%E5%96%B6%E6%A5%AD%E6%97%A5").await;
        assert!(page.says("Nothing found"), "{}", page.text());
        assert!(page.says("The same words find 1 article in Japanese"), "{}", page.text());
        assert!(page.body.contains("href=\"/ja/search?q=%E5%96%B6%E6%A5%AD%E6%97%A5\""), "{}", page.body);
        let page = client.get("/ja/search?q=%22nine+to+five%22").await;
        assert!(page.says("英語の記事が1件"), "{}", page.text());
        let nowhere = client.get("/en/search?q=bicycle").await;
        assert!(nowhere.says("Nothing found") && !nowhere.says("in Japanese"), "{}", nowhere.text());
        Ok(())
    }
);

db_test!(
    async fn a_paragraph_with_an_answer_is_not_told_that_there_is_none(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let paragraph = "Since+this+morning+three+colleagues+keep+asking+me+about+paperwork+that+their+bookkeepers+\
                         returned+with+complaints.+How+can+somebody+change+the+name+on+an+invoice+quickly%3F";
        let page = client.get(&format!("/en/search?q={paragraph}")).await;
        assert!(page.says("Change the name on an invoice"), "{}", page.text());
        assert!(!page.says("Nothing found"), "{}", page.text());
        let answer = client.get(&format!("/api/v1/search?locale=en&q={paragraph}")).await;
        assert!(answer.body.contains("\"nearest\":false"), "{}", answer.body);
        app.search.log.flush(&app.db).await?;
        let noted = all!(t.db.read().await?, (String, i64), "SELECT term, hits FROM search_log")?;
        assert!(noted.iter().all(|(_, hits)| *hits > 0), "{noted:?}");
        Ok(())
    }
);

db_test!(
    async fn a_slip_is_forgiven_and_named(t: TestDb) {
        let app = portal(&t).await?;
        let page = Client::anonymous(&app).get("/en/search?q=reset+pasword").await;
        assert!(page.body.contains("/en/articles/reset-your-password"));
        assert!(page.says("Did you mean: reset password"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn a_slip_in_kana_is_forgiven_and_named(t: TestDb) {
        let app = portal(&t).await?;
        Shelf(&app).article(None, &[(Ja, "パスワードを再設定する", "メールで届きます。")]).await?;
        follow(&app).await?;
        // パスワド, and the same before the conversion is pressed.
        for q in ["%E3%83%91%E3%82%B9%E3%83%AF%E3%83%89", "%E3%81%B1%E3%81%99%E3%82%8F%E3%81%A9"] {
            let page = Client::anonymous(&app).get(&format!("/ja/search?q={q}")).await;
            assert!(page.says("もしかして： パスワード"), "{q}: {}", page.text());
            assert!(page.says("パスワード を再設定する"), "{q}: {}", page.text());
        }
        Ok(())
    }
);

db_test!(
    async fn no_query_breaks_the_page_or_the_api(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let long = "a".repeat(5_000);
        for q in ["", "%00", "%FF%FE", "%22", "%3Cscript%3E", "AND+OR+*", &long] {
            for path in ["/en/search?q=", "/ja/search?q=", "/api/v1/search?q=", "/api/v1/suggest?q="] {
                let answer = client.get(&format!("{path}{q}")).await;
                assert_eq!(answer.status, StatusCode::OK, "{path}{q}");
                assert!(!answer.body.contains("<script>の"), "{path}{q}");
            }
        }
        assert_eq!(client.get("/en/search?q=a&page=999999").await.status, StatusCode::OK);
        assert_eq!(client.get("/api/v1/search?q=a&locale=xx").await.status, StatusCode::BAD_REQUEST);
        Ok(())
    }
);

db_test!(
    async fn the_api_answers_what_the_page_shows(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let answer = client.get("/api/v1/search?locale=ja&q=%E5%AE%9B%E5%90%8D").await;
        let found: SearchAnswer = serde_json::from_str(&answer.body)?;
        assert_eq!((found.total, found.hits[0].locale), (1, Ja));
        assert_eq!(found.hits[0].path, "billingの棚 › invoicesの棚");
        assert!(found.hits[0].title.iter().any(|segment| segment.hit && segment.text == "宛名"));
        let narrowing = |found: &SearchAnswer| {
            let counts = found.categories.iter().map(|count| (count.slug.clone(), count.hits));
            counts.collect::<Vec<_>>()
        };
        assert_eq!(narrowing(&found), [("billing".to_owned(), 1)]);
        let answer = client.get("/api/v1/search?locale=ja&q=%E5%AE%9B%E5%90%8D&category=billing").await;
        let found: SearchAnswer = serde_json::from_str(&answer.body)?;
        assert_eq!(narrowing(&found), [("billing".to_owned(), 1), ("invoices".to_owned(), 1)]);
        let quoted = |found: &SearchAnswer| !found.hits[0].excerpt.is_empty();
        let answer = client.get("/api/v1/search?locale=ja&q=%E5%AE%9B%E5%90%8D&excerpts=false").await;
        let titles: SearchAnswer = serde_json::from_str(&answer.body)?;
        assert_eq!((quoted(&found), quoted(&titles)), (true, false));
        assert_eq!((&titles.hits[0].title, titles.total), (&found.hits[0].title, found.total));
        let answer = client.get("/api/v1/search?locale=ja&q=%E5%AE%9B%E5%90%8D&excerpts=perhaps").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let answer = client.get("/api/v1/suggest?locale=en&q=res").await;
        let offered: Completions = serde_json::from_str(&answer.body)?;
        assert_eq!(offered.articles[0].href, "/en/articles/reset-your-password");
        Ok(())
    }
);

db_test!(
    async fn what_was_searched_is_noted_without_who(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        client.get("/en/search?q=invoice").await;
        client.get("/en/search?q=bicycle").await;
        client.get("/en/search?q=invoice&category=billing").await;
        app.search.log.flush(&app.db).await?;
        let rows =
            all!(app.db.read().await?, (String, i64), "SELECT term, hits FROM search_log ORDER BY id")?;
        assert_eq!(rows, [("invoice".to_owned(), 2), ("bicycle".to_owned(), 0)]);
        Ok(())
    }
);

db_test!(
    async fn an_article_shows_those_like_it(t: TestDb) {
        let app = portal(&t).await?;
        let shelf = Shelf(&app);
        shelf
            .article(None, &[(En, "Invoice names for companies", "Change the name on every invoice.")])
            .await?;
        follow(&app).await?;
        let page = Client::anonymous(&app).get("/en/articles/change-the-name-on-an-invoice").await;
        assert!(page.body.contains("/en/articles/invoice-names-for-companies"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn while_there_is_no_index_a_category_still_narrows_the_results(t: TestDb) {
        let app = portal(&t).await?;
        // A portal that has just been started.
        let app = t.app_with(&[("addr", &app.config.addr.to_string())]).await?;
        assert!(!app.search.is_ready());
        let reader = Client::anonymous(&app);
        let titles = async |category: &str| {
            let path = format!("/api/v1/search?locale=en&q=name+invoice&category={category}");
            let answer: SearchAnswer = serde_json::from_str(&reader.get(&path).await.body)?;
            let title = |hit: &app::model::search::SearchHit| hit.title[0].text.clone();
            anyhow::Ok(answer.hits.iter().map(title).collect::<Vec<_>>())
        };
        assert_eq!(titles("").await?.len(), 3);
        assert_eq!(titles("billing").await?, ["Change the name on an invoice", "Pay by card"]);
        assert_eq!(titles("invoices").await?, ["Change the name on an invoice"]);
        assert_eq!(titles("access").await?, ["Reset your password"]);
        let page = reader.get("/en/search?q=invoice&category=invoices").await;
        assert!(page.says("Change the name") && !page.says("Pay by card"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn a_network_that_searches_without_end_is_told_to_wait_and_others_are_not(t: TestDb) {
        let app = t.app_with(&[("search_rate", "1"), ("trusted_proxies", "1")]).await?;
        let reader = Client::anonymous(&app);
        let get = async |path: &str, from: &str| {
            reader.send(Method::GET, path, None, Vec::new(), &[("x-forwarded-for", from)]).await
        };
        let paths = ["/api/v1/search?q=a", "/api/v1/suggest?q=a", "/en/search?q=a", "/ja/search?q=a"];
        for path in paths.iter().cycle().take(10) {
            assert_eq!(get(path, "192.0.2.1").await.status, StatusCode::OK, "{path}");
        }
        for path in paths {
            let refused = get(path, "192.0.2.1").await;
            assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
            assert_eq!(refused.headers[header::RETRY_AFTER], "1", "{path}");
            assert_eq!(get(path, "192.0.2.2").await.status, StatusCode::OK, "{path}");
        }
        let page = get("/ja/search?q=%E8%AB%8B%E6%B1%82%E6%9B%B8", "192.0.2.1").await;
        assert!(page.says("少し時間をおいてください"), "{}", page.text());
        assert!(page.body.contains("value=\"請求書\""), "what was searched for is kept");
        let api = get("/api/v1/search?q=a", "192.0.2.1").await;
        assert!(api.body.contains("\"code\":\"too_many_requests\""), "{}", api.body);
        assert_eq!(get("/en", "192.0.2.1").await.status, StatusCode::OK, "pages are read as ever");
        t.clock.advance(SECOND);
        assert_eq!(get("/en/search?q=a", "192.0.2.1").await.status, StatusCode::OK);
        Ok(())
    }
);

db_test!(
    async fn a_query_that_is_too_long_is_searched_as_far_as_it_goes_and_that_is_said(t: TestDb) {
        let app = portal(&t).await?;
        let client = Client::anonymous(&app);
        let long = format!("invoice+{}", "z".repeat(9000));
        let page = client.get(&format!("/en/search?q={long}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.says("A search takes up to 1000 characters."), "{}", page.text());
        assert!(page.body.contains("<span class=\"asked\">“invoice zz"), "cut by sight alone: {}", page.body);
        assert!(!client.get("/en/search?q=invoice").await.says("up to 1000 characters"));
        let answer = client.get(&format!("/api/v1/search?locale=en&q={long}")).await;
        let answer: SearchAnswer = serde_json::from_str(&answer.body)?;
        assert_eq!(answer.query.chars().count(), LONGEST_QUERY);
        Ok(())
    }
);
