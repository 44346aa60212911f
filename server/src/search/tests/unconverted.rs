//! What is typed in kana, or in Latin letters, and not converted.

use app::i18n::Locale;

use super::{Portal, write_japanese};
use crate::search::document::Viewer;
use crate::testing::{TestDb, db_test};

db_test!(
    async fn words_are_found_that_were_typed_and_not_converted(t: TestDb) {
        let titles = [
            ("attach", "ファイルを添付する"),
            ("invoice", "請求書の宛名を変える"),
            ("register", "メールアドレスを登録する"),
            ("hand-over", "担当を異動した人から管理を引き継ぐ"),
            ("api", "APIで検索する"),
            ("server", "サーバーを置き換える"),
            ("tag", "タグを付ける"),
            ("article", "記事を書く"),
        ];
        write_japanese(&t, &titles, "出ないようにします。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, slug) in [
            ("てんぷ", Some("attach")),
            ("てんぷできない", Some("attach")),
            ("せいきゅうしょ", Some("invoice")),
            ("せいきゅうしょの宛名", Some("invoice")),
            ("アドレスをとうろく", Some("register")),
            ("いどう", Some("hand-over")),
            ("tenpu", Some("attach")),
            ("seikyuusho", Some("invoice")),
            ("sa-ba-", Some("server")),
            ("sa-ba- okikae", Some("server")),
            ("tenpu-suru", Some("attach")),
            ("て\u{200b}んぷ", Some("attach")),
            ("エーピーアイ", Some("api")),
            ("えーぴーあい", Some("api")),
            ("てんぷふぁいる", Some("attach")),
            ("てんぷせってい", Some("attach")),
            ("てんぷせっていら", None),
            // Broken off, and of two kana with nothing beside them.
            ("せいき", Some("invoice")),
            ("たぐ", Some("tag")),
            ("きじ", Some("article")),
            ("きじらしい", None),
            ("ゆうびんばんごう", None),
            // Grammar, okurigana and other words begin like some reading.
            ("てんぷら", None),
            ("見てんぷ", None),
            ("書類がてんぷされない", Some("attach")),
            ("かんりょうしない", None),
        ] {
            let results = portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
            let first = results.hits.first().filter(|_| !results.nearest).map(|hit| hit.slug.as_str());
            assert_eq!(first, slug, "{text}");
        }
        let marked = portal.find(Locale::Ja, Viewer::Anonymous, "てんぷ").await?;
        assert!(marked.hits[0].title.iter().any(|part| part.hit && part.text == "添付"));
        let marked = portal.find(Locale::Ja, Viewer::Anonymous, "せいきゅうしょ").await?;
        let marks: String =
            marked.hits[0].title.iter().filter(|part| part.hit).map(|part| part.text.as_str()).collect();
        assert_eq!(marks, "請求書");
        for (typed, slug) in
            [("せいき", Some("invoice")), ("とうろ", Some("register")), ("てんとうむし", None)]
        {
            let viewer = Viewer::Anonymous;
            let found = portal.search.suggest(&portal.t.db, typed, Locale::Ja, &viewer, 5).await?;
            assert_eq!(found.first().map(|found| found.slug.as_str()), slug, "{typed}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_run_of_kana_says_several_words(t: TestDb) {
        let titles = [
            ("search", "検索の設定を変える"),
            ("mail", "メールを変更する"),
            ("password", "パスワードを忘れたとき"),
            ("address", "メールアドレスの登録"),
            ("remove", "アカウントを削除する"),
            ("remind", "通知の設定"),
        ];
        write_japanese(&t, &titles, "手順です。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (text, slug) in [
            ("けんさくのせってい", "search"),
            ("けんさくせってい", "search"),
            ("つうちせっていのへんこう", "remind"),
            ("めーるのへんこう", "mail"),
            ("めーるあどれすをとうろくしたい", "address"),
            ("あかうんとをさくじょするには", "remove"),
            ("ぱすわーどをわすれました", "password"),
            ("わすれたぱすわーど", "password"),
        ] {
            let results = portal.find(Locale::Ja, Viewer::Anonymous, text).await?;
            let first = results.hits.first().filter(|_| !results.nearest).map(|hit| hit.slug.as_str());
            assert_eq!((first, results.did_you_mean.as_deref()), (Some(slug), None), "{text}");
        }
        // While it is typed, the last one may still be growing.
        for (typed, slug) in [("けんさくのせって", "search"), ("めーるのへんこ", "mail")] {
            let viewer = Viewer::Anonymous;
            let found = portal.search.suggest(&portal.t.db, typed, Locale::Ja, &viewer, 5).await?;
            assert_eq!(found.first().map(|found| found.slug.as_str()), Some(slug), "{typed}");
        }
        Ok(())
    }
);

db_test!(
    async fn a_hostile_run_of_kana_is_no_burden(t: TestDb) {
        write_japanese(&t, &[("pension", "国民年金の手続き")], "手順です。").await?;
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for text in ["こくみんねんきん".repeat(120) + "ぬ", "のをがにで".repeat(200), "てんぷの".repeat(250)]
        {
            let results = portal.find(Locale::Ja, Viewer::Anonymous, &text).await?;
            assert!(results.hits.is_empty() || results.nearest, "{text}");
        }
        Ok(())
    }
);
