//! What is found, for whom, and what is withheld.

use app::i18n::Locale;
use serde_json::json;

use super::{Portal, by, translate, write_articles};
use crate::knowledge::{NewArticle, add_phrase, create_article};
use crate::search::document::Viewer;
use crate::search::eval::Knowledge;
use crate::search::query::Request;
use crate::storage::run;
use crate::testing::{TestDb, db_test};

db_test!(
    async fn searches_forgive_slips_and_spellings(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (locale, text, slug) in [
            (Locale::En, "pasword rest", "reset-password"),
            (Locale::En, "invoces", "invoice-name"),
            (Locale::En, "err-5021", "reset-password"),
            (Locale::En, "passw", "reset-password"),
            (Locale::En, "how do i get another name onto my invoices please??", "invoice-name"),
            (Locale::En, "billing", "invoice-name"),
            (Locale::Ja, "宛名変更", "invoice-name"),
            (Locale::Ja, "ｻｰﾊﾞ 引越し", "server"),
            (Locale::Ja, "ぱすわーど", "reset-password"),
            (Locale::Ja, "請求書に書かれている宛名を、会社名に変えてほしいのですが", "invoice-name"),
            (Locale::Ja, "宛", "invoice-name"),
        ] {
            let results = portal.find(locale, Viewer::Anonymous, text).await?;
            let found: Vec<&str> = results.hits.iter().map(|hit| hit.slug.as_str()).collect();
            assert_eq!(found.first(), Some(&slug), "{text}: {found:?}");
        }
        let results = portal.find(Locale::En, Viewer::Anonymous, "invocie").await?;
        assert_eq!(results.did_you_mean.as_deref(), Some("invoice"));
        // "cant" stands in no article, and is no slip for all that.
        let results = portal.find(Locale::En, Viewer::Anonymous, "can't reset").await?;
        assert_eq!(results.did_you_mean, None);
        // The ERR of another error is no answer.
        let results = portal.find(Locale::En, Viewer::Anonymous, "ERR_90219021").await?;
        assert!(results.nearest, "{:?}", results.hits);
        // Neither are pieces of a code that stand in different articles.
        let results = portal.find(Locale::En, Viewer::Anonymous, "INVOICE_5021").await?;
        assert!(results.nearest, "{:?}", results.hits);
        // An unknown name shares a pair of characters with パスワード, by chance; a compound shares more.
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "ナハスワナ").await?;
        assert!(results.hits.is_empty(), "{:?}", results.hits);
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "パスワードマネジャ").await?;
        assert_eq!(results.hits.first().map(|hit| hit.slug.as_str()), Some("reset-password"));
        Ok(())
    }
);

db_test!(
    async fn quoted_phrases_must_occur_just_so(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("\"mail you a link\"").await?, ["reset-password"]);
        assert_eq!(portal.slugs("\"requests can be exported\"").await?, ["export"]);
        for (text, slug, unquoted) in [
            ("\"requests can be exported\"", "export", false),
            ("\"exported requests\"", "export", true),
            ("exported requests", "export", false),
        ] {
            let results = portal.find(Locale::En, Viewer::Anonymous, text).await?;
            assert_eq!((results.hits[0].slug.as_str(), results.unquoted), (slug, unquoted), "{text}");
        }
        Ok(())
    }
);

db_test!(
    async fn an_audience_is_kept_in_every_answer(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        run!(tx, "UPDATE article SET audience = 'internal' WHERE id = $1", article)?;
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('article', $1, 0)", article)?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        for ready in [false, true] {
            if ready {
                portal.catch_up().await?;
            }
            let anonymous = portal.slugs("password").await?;
            assert!(!anonymous.contains(&"reset-password".to_owned()), "with index: {ready}");
            let staff = portal.find(Locale::En, Viewer::Staff, "password").await?;
            assert_eq!(staff.hits[0].slug, "reset-password", "with index: {ready}");
        }
        let viewer = Viewer::Anonymous;
        let request =
            Request { subject: "reset my password", description: "", locale: Locale::En, viewer: &viewer };
        assert!(portal.search.matching(&request, 3).iter().all(|found| found.article_id != article));
        let suggested = portal.search.suggest(&portal.t.db, "reset", Locale::En, &viewer, 5).await?;
        assert!(suggested.iter().all(|found| found.article_id != article));
        Ok(())
    }
);

db_test!(
    async fn customers_phrases_are_matched_and_never_shown(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        add_phrase(&mut tx, &by(), article, Locale::En, "locked out of zanzibar", None).await?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::En, Viewer::Anonymous, "zanzibar").await?;
        assert_eq!(results.hits[0].slug, "reset-password");
        assert!(!format!("{results:?}").contains("zanzibar"));
        let results = portal.find(Locale::En, Viewer::Anonymous, "zanzibra").await?;
        assert_eq!(results.did_you_mean, None);
        Ok(())
    }
);

db_test!(
    async fn requests_are_matched_and_silly_matches_withheld(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let viewer = Viewer::Anonymous;
        let matching = |subject: &'static str, description: &'static str, locale| {
            let request = Request { subject, description, locale, viewer: &viewer };
            portal.search.matching(&request, 3).into_iter().map(|found| found.slug).collect::<Vec<_>>()
        };
        assert_eq!(matching("I forgot my password", "How can I reset it?", Locale::En), ["reset-password"]);
        assert_eq!(
            matching("宛名の変更", "請求書の宛名を会社名に変更できますか？", Locale::Ja)[0],
            "invoice-name"
        );
        // What is written around a question neither takes its answer away nor brings one.
        let long = "Hello, since last week our finance department needs the invoice made out to our company instead \
                    of my name. Could you tell me how to do that? Thank you in advance.";
        assert_eq!(matching("Name on our invoice", long, Locale::En), ["invoice-name"]);
        let long = "お世話になっております。経理から、宛名が個人名では困ると言われました。\
                    会社名に変えることはできますでしょうか。お手数ですが、よろしくお願いいたします。";
        assert_eq!(matching("請求書の宛名について", long, Locale::Ja)[0], "invoice-name");
        let long =
            "Hello, I looked everywhere and asked a colleague. Could you tell me where it is? Thank you.";
        assert!(matching("Where can I park my bicycle?", long, Locale::En).is_empty());
        assert!(matching("Where can I park my bicycle?", "It is blue.", Locale::En).is_empty());
        assert!(matching("", "", Locale::En).is_empty());
        Ok(())
    }
);

db_test!(
    async fn related_articles_share_words_and_exclude_the_article_itself(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        let mut tx = t.db.begin().await?;
        let other = create_article(&mut tx, &by(), &NewArticle::default()).await?;
        translate(
            &mut tx,
            other,
            Locale::En,
            "forgot",
            "I forgot my password",
            "Open the sign-in page and reset the password.",
        )
        .await?;
        tx.commit().await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let related = portal.search.related(article, Locale::En, &Viewer::Anonymous, 3);
        let slugs: Vec<&str> = related.iter().map(|article| article.slug.as_str()).collect();
        assert_eq!(slugs.first(), Some(&"forgot"), "{slugs:?}");
        assert!(!slugs.contains(&"reset-password"));
        Ok(())
    }
);

db_test!(
    async fn what_stands_in_bodies_alone_is_suggested_where_no_title_fits(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, slugs) in
            [("5021", vec!["reset-password"]), ("ERR_5021", vec!["reset-password"]), ("9999", vec![])]
        {
            let found = portal.search.suggest(&portal.t.db, text, Locale::En, &Viewer::Anonymous, 5).await?;
            assert_eq!(found.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(), slugs, "{text}");
        }
        // A word that is whole says no more than it does on the page; one that only carries a sentence says nothing.
        for (text, slugs) in [("how do I", vec![]), ("csv", vec!["export"]), ("expo", vec!["export"])] {
            let found = portal.search.suggest(&portal.t.db, text, Locale::En, &Viewer::Anonymous, 5).await?;
            assert_eq!(found.iter().map(|one| one.slug.as_str()).collect::<Vec<_>>(), slugs, "{text}");
        }
        // A title that says a little of it does not keep away the article that says most.
        for (text, slug) in
            [("invoice", "invoice-name"), ("press forgot on the sign-in page, name", "reset-password")]
        {
            let found = portal.search.suggest(&portal.t.db, text, Locale::En, &Viewer::Anonymous, 5).await?;
            assert_eq!(found[0].slug, slug, "{text}");
        }
        Ok(())
    }
);

db_test!(
    async fn questions_are_counted_by_what_heads_their_pages(t: TestDb) {
        write_articles(&t).await?;
        let questions = ["reset my password", "請求書の宛名", "bake a password cake in Osaka", "zzyzx"];
        let lines = questions
            .iter()
            .enumerate()
            .map(|(n, text)| json!({ "_id": n.to_string(), "text": text }).to_string());
        let file = t.folder.path().join("queries.jsonl");
        std::fs::write(&file, lines.collect::<Vec<_>>().join("\n"))?;
        let report = Knowledge::read(&mut t.db.read().await?).await?.ask(&file, 1)?;
        assert_eq!((report.questions, report.found, report.nearest), (4, 2, 1));
        assert_eq!(report.examples, [(questions[0].to_owned(), "Reset your password".to_owned())]);
        Ok(())
    }
);

db_test!(
    async fn no_input_makes_a_search_fail(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        for _ in 0..2 {
            for text in [
                "",
                " ",
                "\"",
                "%",
                "_",
                "\\",
                "\u{0}",
                "'; --",
                "「」",
                "AND OR NOT",
                "*",
                "🙂",
                "ー",
                "a:b^2~",
            ] {
                portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
                portal.search.suggest(&portal.t.db, text, Locale::En, &Viewer::Staff, 5).await?;
            }
            portal.find(Locale::En, Viewer::Anonymous, &"password ".repeat(20_000)).await?;
            portal.find(Locale::Ja, Viewer::Anonymous, &"請求書".repeat(20_000)).await?;
            portal.catch_up().await?;
        }
        Ok(())
    }
);
