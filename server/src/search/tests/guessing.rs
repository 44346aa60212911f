//! What is made of words that are slips, beginnings, or nothing that anybody looks for.

use app::i18n::Locale;

use super::{Portal, by, translate, write_articles, write_japanese, write_one};
use crate::knowledge::{NewArticle, create_article};
use crate::search::document::Viewer;
use crate::testing::{TestDb, db_test};

db_test!(
    async fn a_slip_that_somebody_published_is_one_all_the_same(t: TestDb) {
        // Far more than the copies that an index may hold of one article until it merges them.
        for week in 1..=40 {
            write_one(&t, &format!("week-{week}"), &format!("Calendar of week {week}")).await?;
        }
        write_one(&t, "typo", "Print the calender").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::En, Viewer::Anonymous, "calender").await?;
        assert_eq!(results.total, 41);
        // Neither is a word that is far more common taken for the rare one.
        let results = portal.find(Locale::En, Viewer::Anonymous, "calendar").await?;
        assert_eq!((results.total, results.did_you_mean.as_deref()), (40, None));
        Ok(())
    }
);

db_test!(
    async fn a_word_is_not_taken_for_its_opposite_nor_a_name_for_a_word(t: TestDb) {
        write_one(&t, "delete", "Delete a project").await?;
        write_one(&t, "peer", "Invite a peer to your project").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::En, Viewer::Anonymous, "undelete").await?;
        assert_eq!((results.total, results.did_you_mean.as_deref()), (0, None));
        for (text, meant) in
            [("invite peir", Some("invite peer")), ("yesterday we asked Peir to join it", None)]
        {
            let results = portal.find(Locale::En, Viewer::Anonymous, text).await?;
            assert_eq!(results.did_you_mean.as_deref(), meant, "{text}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_word_that_everybody_knows_is_no_slip_of_another(t: TestDb) {
        write_one(&t, "contract", "End your contract").await?;
        write_one(&t, "order", "Put articles in order at night").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, meant) in [
            ("contact", None),
            ("an older article", None),
            ("contarct", Some("contract")),
            ("ordre of articels", Some("order of articles")),
            // Neither is another language English with slips.
            ("Ich kann nicht anmelden", None),
        ] {
            let results = portal.find(Locale::En, Viewer::Anonymous, text).await?;
            assert_eq!(results.did_you_mean.as_deref(), meant, "{text}");
        }
        assert_eq!(portal.find(Locale::En, Viewer::Anonymous, "contact").await?.total, 0);
        Ok(())
    }
);

db_test!(
    async fn british_and_american_spellings_find_each_other_and_are_not_corrected(t: TestDb) {
        write_one(&t, "color", "Choose a color").await?;
        write_one(&t, "organise", "Organising the centre").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, slug, marked) in [
            ("colours", "color", "color"),
            ("organize", "organise", "Organising"),
            ("center", "organise", "centre"),
        ] {
            let results = portal.find(Locale::En, Viewer::Anonymous, text).await?;
            assert_eq!((results.hits[0].slug.as_str(), results.did_you_mean.as_deref()), (slug, None));
            assert!(results.hits[0].title.iter().any(|part| part.hit && part.text == marked), "{text}");
        }
        Ok(())
    }
);

db_test!(
    async fn what_was_meant_is_named_as_articles_write_it(t: TestDb) {
        write_japanese(&t, &[("browser", "ブラウザーを選ぶ")], "どれでも使えます。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "ブラウサを選ぶ").await?;
        assert_eq!(results.did_you_mean.as_deref(), Some("ブラウザーを選ぶ"));
        // Typed before the input method was switched on.
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "burauza").await?;
        assert_eq!((results.total, results.did_you_mean.as_deref()), (1, None));
        Ok(())
    }
);

db_test!(
    async fn a_title_that_is_typed_whole_comes_first(t: TestDb) {
        write_one(&t, "access", "Configure access to the portal").await?;
        // More than are looked at a second time.
        for place in 0..60 {
            let title = format!("Configure the portal to configure portal access to place {place}");
            write_one(&t, &format!("place-{place}"), &title).await?;
        }
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for typed in ["Configure access to the portal", "configure ACCESS  to the portal!"] {
            assert_eq!(portal.slugs(typed).await?[0], "access", "{typed}");
        }
        Ok(())
    }
);

db_test!(
    async fn the_first_letter_of_a_further_word_turns_nothing_away(t: TestDb) {
        write_one(&t, "users", "Delete users").await?;
        write_one(&t, "tasks", "Delete tasks").await?;
        write_one(&t, "glossary", "Glossary of terms, A to U").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (typed, expected) in [
            ("delete ", &["users", "tasks"][..]),
            ("delete u", &["users", "tasks"]),
            ("delete us", &["users"]),
            ("dlete us", &["users"]),
            ("delte", &["users", "tasks"]),
            ("glosar", &["glossary"]),
        ] {
            let found = portal.search.suggest(&portal.t.db, typed, Locale::En, &Viewer::Anonymous, 6).await?;
            let found: Vec<&str> = found.iter().map(|suggestion| suggestion.slug.as_str()).collect();
            assert_eq!(found[..expected.len().min(found.len())], *expected, "{typed}: {found:?}");
        }
        Ok(())
    }
);

db_test!(
    async fn politeness_alone_finds_nothing(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for text in ["お願いします", "教えてください", "よろしくお願いいたします"] {
            let results = portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
            assert!(results.hits.is_empty(), "{text}: {:?}", results.hits);
        }
        Ok(())
    }
);

db_test!(
    async fn amounts_are_found_with_a_space_and_without(t: TestDb) {
        write_one(&t, "apart", "Files up to 10 GB").await?;
        write_one(&t, "joined", "Mails of more than 30MB").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("10GB").await?, ["apart"]);
        assert_eq!(portal.slugs("30 MB").await?, ["joined"]);
        Ok(())
    }
);

db_test!(
    async fn what_stands_in_no_article_for_the_most_part_is_not_found(t: TestDb) {
        write_one(&t, "card", "Change the card you pay with").await?;
        write_one(&t, "hours", "Opening hours of support").await?;
        write_japanese(&t, &[("renew", "契約を更新する")], "毎月更新されます。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (locale, text, found) in [
            (Locale::En, "change card", true),
            (Locale::En, "birthday card for grandmother", false),
            (Locale::En, "opening a chocolate factory", false),
            (Locale::Ja, "契約の更新", true),
            (Locale::Ja, "運転免許証の更新", false),
            // An article further down says more, in its body; the first is still none of it.
            (Locale::En, "birthday card, short hours", false),
        ] {
            let results = portal.find(locale, Viewer::Anonymous, text).await?;
            assert_eq!(!results.nearest, found, "{text}: {:?}", results.hits);
            assert!(!results.hits.is_empty(), "{text}: the nearest are shown");
        }
        Ok(())
    }
);

db_test!(
    async fn a_word_that_was_sent_is_no_beginning_of_another(t: TestDb) {
        write_one(&t, "port", "Choose a port").await?;
        write_one(&t, "portfolio", "Create a portfolio").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("port").await?, ["port"]);
        assert_eq!(portal.slugs("portf").await?, ["portfolio"], "it is no word: it was broken off");
        Ok(())
    }
);

db_test!(
    async fn a_word_written_as_two_is_found_before_its_halves(t: TestDb) {
        write_one(&t, "hand", "Pass on a request, word for word").await?;
        write_one(&t, "forgot", "The password that was forgotten").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("pass word forgotten").await?[0], "forgot");
        let found = portal.find(Locale::En, Viewer::Anonymous, "pass word").await?;
        assert!(found.hits.iter().any(|hit| hit.slug == "forgot" && hit.title.iter().any(|part| part.hit)));
        Ok(())
    }
);

db_test!(
    async fn a_pair_of_katakana_is_no_hit_beside_a_word(t: TestDb) {
        let titles = [("price", "料金の一覧"), ("metal", "プラチナの手入れ"), ("lunch", "ランチの注文")];
        write_japanese(&t, &titles, "手順です。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let found = portal.find(Locale::Ja, Viewer::Anonymous, "料金プラン").await?;
        assert_eq!(found.hits.iter().map(|hit| hit.slug.as_str()).collect::<Vec<_>>(), ["price"]);
        Ok(())
    }
);

db_test!(
    async fn katakana_words_written_as_one_are_taken_apart(t: TestDb) {
        let titles = [("mail", "ログイン用のメールが来ないとき"), ("file", "ファイルを取り込む")];
        write_japanese(&t, &titles, "手順です。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        let results = portal.find(Locale::Ja, Viewer::Anonymous, "ログインメール").await?;
        assert_eq!(results.hits.first().map(|hit| hit.slug.as_str()), Some("mail"));
        assert!(!results.nearest && results.did_you_mean.is_none());
        Ok(())
    }
);

db_test!(
    async fn a_word_is_found_in_the_other_script(t: TestDb) {
        let mut tx = t.db.begin().await?;
        for (locale, slug, title) in [
            (Locale::Ja, "slack", "Slackと連携する"),
            (Locale::Ja, "template", "テンプレートを使い回す"),
            (Locale::En, "dashboard", "Share a dashboard"),
        ] {
            let article = create_article(&mut tx, &by(), &NewArticle::default()).await?;
            translate(&mut tx, article, locale, slug, title, "").await?;
        }
        tx.commit().await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, slug) in [
            ("スラックにつなげたい", Some("slack")),
            ("slack", Some("slack")),
            ("template", Some("template")),
            ("ダッシュボード", Some("dashboard")),
            ("スタックにつなげたい", None),
            ("temporal", None),
        ] {
            let results = portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
            let first = results.hits.first().filter(|_| !results.nearest).map(|hit| hit.slug.as_str());
            assert_eq!((first, results.did_you_mean.as_deref()), (slug, None), "{text}");
        }
        Ok(())
    }
);

db_test!(
    async fn an_unknown_code_finds_nothing_by_its_single_letter(t: TestDb) {
        write_one(&t, "keys", "Press E to close a request").await?;
        write_one(&t, "code", "What ERR-7 means").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        assert_eq!(portal.slugs("press e").await?, ["keys"]);
        assert!(portal.slugs("E-1042").await?.is_empty());
        assert_eq!(portal.slugs("ERR-7").await?, ["code"]);
        Ok(())
    }
);
