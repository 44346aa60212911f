//! What CRE are promised of synonyms.

use crate::app_state::App;
use crate::testing::{Answer, Cast, Client, Shelf, TestDb, db_test, follow};
use app::i18n::Locale::{En, Ja};
use axum::http::{Method, StatusCode};

const LIST: &str = "/desk/search/synonyms";

/// A portal with two articles in each language and their index, and Midori (CRE), who reads English.
async fn desk(t: &TestDb) -> anyhow::Result<(App, Client)> {
    let app = t.app().await?;
    let cast = Cast::enter(t).await?;
    let shelf = Shelf(&app);
    let invoice = [(En, "Change an invoice", "Press edit."), (Ja, "請求書を変える", "編集を押します。")];
    shelf.article(None, &invoice).await?;
    shelf.article(None, &[(En, "Reset your password", "Press the button in the mail.")]).await?;
    follow(&app).await?;
    let midori = Client::signed_in_as(&app, &cast.midori).await?;
    midori.set_cookie("kotae_locale", "en");
    Ok((app, midori))
}

/// Visitors who each search for one word and then for another, and open what they find.
async fn reword(app: &App, visitors: usize, from: &str, to: &str) -> anyhow::Result<()> {
    for n in 0..visitors {
        let reader = Client::on(app, &format!("machine {n}"));
        reader.get(&format!("/en/search?q={from}")).await;
        app.clock.advance(crate::clock::SECOND);
        reader.get(&format!("/en/search?q={to}")).await;
        let from = format!("http://127.0.0.1:3000/en/search?q={to}");
        let came = [("referer", from.as_str())];
        let path = "/en/articles/change-an-invoice";
        reader.send(Method::GET, path, None, Vec::new(), &came).await;
    }
    Ok(app.search.log.flush(&app.db).await?)
}

async fn finds(app: &App, q: &str) -> bool {
    let page = Client::anonymous(app).get(&format!("/en/search?q={q}")).await;
    page.body.contains("/en/articles/change-an-invoice")
}

async fn added(midori: &Client, typed: &[(&str, &str)]) -> Answer {
    let page = midori.get(&format!("{LIST}/new?language=en")).await;
    midori.submit(&page, LIST, typed).await
}

db_test!(
    async fn a_synonym_is_added_changed_and_removed_and_each_time_the_next_search_knows(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        assert!(!finds(&app, "bill").await);
        let answer = added(&midori, &[("words", "bill\ninvoice"), ("do", "save")]).await;
        assert_eq!(answer.location(), "/desk/search/synonyms?language=en#synonym-1");
        follow(&app).await?;
        assert!(finds(&app, "bill").await);
        let page = midori.get(&format!("{LIST}?language=en")).await;
        assert!(page.says("bill = and invoice Each finds the others"), "{}", page.text());

        let page = midori.get(&format!("{LIST}/1")).await;
        let typed = [("way", "one"), ("words", "ticket"), ("meanings", "invoice"), ("do", "save")];
        assert!(midori.submit(&page, &format!("{LIST}/1"), &typed).await.status.is_redirection());
        follow(&app).await?;
        assert!(!finds(&app, "bill").await && finds(&app, "ticket").await);

        let page = midori.get(&format!("{LIST}?language=en")).await;
        assert!(page.says("ticket → also finds invoice One way"), "{}", page.text());
        midori.submit(&page, &format!("{LIST}/1/remove"), &[]).await;
        follow(&app).await?;
        assert!(!finds(&app, "ticket").await);
        assert!(midori.get(&format!("{LIST}?language=en")).await.says("There are no synonyms yet"));
        assert_eq!(midori.get(&format!("{LIST}/1")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(midori.get(&format!("{LIST}/x")).await.status, StatusCode::NOT_FOUND);
        Ok(())
    }
);

db_test!(
    async fn before_it_is_saved_one_sees_which_searches_change(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        for machine in ["one", "two", "three"] {
            Client::on(&app, machine).get("/en/search?q=bill+please").await;
        }
        let curious = Client::anonymous(&app);
        curious.get("/en/search?q=bill+of+my+secret").await;
        app.search.log.flush(&app.db).await?;
        let page = midori.get(&format!("{LIST}/new?language=en")).await;
        let typed = [("way", "one"), ("words", "bill"), ("meanings", "invoice"), ("do", "preview")];
        let page = midori.submit(&page, LIST, &typed).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(
            page.says("1 of the 1 most frequent searches would have other first results."),
            "{}",
            page.text()
        );
        assert!(page.says("“bill please” 3 visitors"), "{}", page.text());
        assert!(page.says("“bill” a word of this synonym"), "{}", page.text());
        assert!(
            page.says("Without 0 articles No article fits With 1 article Change an invoice new"),
            "{}",
            page.text()
        );
        assert!(!page.says("secret"), "one visitor's words are not shown");
        assert!(page.body.contains("bill</textarea>"), "what was typed is kept");
        assert!(midori.get(&format!("{LIST}?language=en")).await.says("There are no synonyms yet"));
        Ok(())
    }
);

db_test!(
    async fn what_customers_reworded_is_suggested_and_taken_on_in_one_click(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        reword(&app, 3, "tariff", "invoice").await?;
        reword(&app, 3, "ticket", "invoice").await?;
        reword(&app, 2, "secret", "invoice").await?;
        let page = midori.get(&format!("{LIST}?language=en")).await;
        assert!(
            page.says("tariff → also finds invoice 3 visitors reworded it this way, 3 then opened"),
            "{}",
            page.text()
        );
        assert!(!page.says("secret"), "two visitors are too few");
        let page = midori.submit(&page, &format!("{LIST}/suggested"), &[("do", "add")]).await;
        assert_eq!(page.location(), "/desk/search/synonyms?language=en");
        follow(&app).await?;
        assert!(finds(&app, "tariff").await);
        let page = midori.get(&format!("{LIST}?language=en")).await;
        assert!(!page.says("tariff → also finds invoice 3 visitors"), "it is kept now");
        assert!(page.says("ticket → also finds invoice 3 visitors"), "{}", page.text());
        midori.submit(&page, &format!("{LIST}/suggested"), &[("do", "dismiss")]).await;
        let page = midori.get(&format!("{LIST}?language=en")).await;
        assert!(!page.says("ticket"), "{}", page.text());
        assert!(!finds(&app, "ticket").await);
        Ok(())
    }
);

db_test!(
    async fn a_term_of_the_analytics_leads_to_a_synonym_that_is_filled_in(t: TestDb) {
        let (app, midori) = desk(&t).await?;
        reword(&app, 3, "tariff", "invoice").await?;
        let page = midori.get("/desk/search?view=reformulated&language=en").await;
        let href = "/desk/search/synonyms/new?language=en&words=tariff&meanings=invoice";
        assert!(page.body.contains(&href.replace('&', "&amp;")), "{}", page.body);
        let page = midori.get(href).await;
        assert!(page.body.contains("tariff</textarea>") && page.body.contains("invoice</textarea>"));
        assert!(page.says("“tariff” 3 visitors Without 0 articles"), "{}", page.text());
        Ok(())
    }
);

db_test!(
    async fn what_says_nothing_is_refused_with_its_reason_and_kept(t: TestDb) {
        let (_app, midori) = desk(&t).await?;
        for (typed, reason) in [
            (vec![("words", "")], "Enter a word."),
            (vec![("words", "bill")], "Enter at least two words, one a line."),
            (vec![("words", "bill\nhow to")], "Search finds nothing by “how to”. Use another word."),
            (
                vec![("words", "Invoices\ninvoice")],
                "Search takes “Invoices” and “invoice” for one word already.",
            ),
            (vec![("way", "one"), ("words", "bill")], "Enter what else is to be found."),
            (vec![("words", "bill\nfee"), ("meanings", "invoice")], "Choose “One way”, or leave this empty."),
        ] {
            let typed: Vec<_> = typed.into_iter().chain([("do", "save")]).collect();
            let answer = added(&midori, &typed).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{reason}");
            assert!(answer.says(reason), "{reason}: {}", answer.text());
        }
        added(&midori, &[("words", "bill\ninvoice\nfee"), ("do", "save")]).await;
        let again = added(&midori, &[("words", "fee\nbill"), ("do", "save")]).await;
        assert!(again.says("This is kept already: bill = invoice = fee"), "{}", again.text());
        assert!(again.body.contains("fee\nbill</textarea>"), "{}", again.body);
        Ok(())
    }
);
