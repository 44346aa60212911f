//! What was meant, although it is written otherwise: spellings, slips and synonyms.

use app::i18n::Locale::{self, En, Ja};

use super::{Portal, by, follower, translate, write_articles, write_one};
use crate::identity::Actor;
use crate::knowledge::{NewArticle, create_article};
use crate::search::document::Viewer;
use crate::search::query::Request;
use crate::search::synonyms::{Wording, add_synonym, change_synonym, remove_synonym};
use crate::storage::run;
use crate::testing::{MONDAY, TestDb, db_test};

const ACTOR: Actor<'static> = Actor::Program("test");

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn both_ways(locale: Locale, words: &[&str]) -> anyhow::Result<Wording> {
    Ok(Wording::both_ways(locale, &list(words))?)
}

fn one_way(locale: Locale, words: &[&str], meanings: &[&str]) -> anyhow::Result<Wording> {
    Ok(Wording::one_way(locale, &list(words), &list(meanings))?)
}

/// A portal whose index has these articles (language, slug, title) and whose CRE keep these synonyms.
async fn portal(t: TestDb, articles: &[(Locale, &str, &str)], kept: &[Wording]) -> anyhow::Result<Portal> {
    let mut tx = t.db.begin().await?;
    for (locale, slug, title) in articles {
        let article = create_article(&mut tx, &by(), &NewArticle::default()).await?;
        translate(&mut tx, article, *locale, slug, title, "手順です。").await?;
    }
    for wording in kept {
        add_synonym(&mut tx, &ACTOR, wording, MONDAY).await?;
    }
    tx.commit().await?;
    let mut portal = Portal::new(t);
    portal.catch_up().await?;
    Ok(portal)
}

impl Portal {
    /// The first hit, unless the hits are only the nearest there is.
    async fn first(&self, locale: Locale, typed: &str) -> anyhow::Result<Option<String>> {
        let found = self.find(locale, Viewer::Anonymous, typed).await?;
        let first = found.hits.first().filter(|_| !found.nearest);
        Ok(first.map(|hit| hit.slug.clone()))
    }
}

db_test!(
    async fn every_spelling_of_a_word_finds_it(t: TestDb) {
        let articles = [
            (Ja, "garbage", "粗大ゴミを出す"),
            (Ja, "children", "子どもの医療費"),
            (Ja, "virus", "ウイルス対策ソフトのインストール"),
            (Ja, "apply", "申し込みの締め切り"),
            (Ja, "printer", "プリンターのエラー E-204 を直す"),
            (Ja, "version", "バージョン 2.4.6 の変更点"),
        ];
        let portal = portal(t, &articles, &[]).await?;
        for (typed, slug) in [
            ("粗大ごみはどうすればいいですか", "garbage"),
            ("子供の医療費", "children"),
            ("こどもの医療費", "children"),
            ("ウィルス対策", "virus"),
            ("申込み", "apply"),
            ("申込", "apply"),
            ("プリンタ", "printer"),
            ("ﾌﾟﾘﾝﾀｰ", "printer"),
            ("e204", "printer"),
            ("Ｅ－２０４", "printer"),
            ("v2.4.6", "version"),
        ] {
            assert_eq!(portal.first(Ja, typed).await?.as_deref(), Some(slug), "{typed}");
        }
        Ok(())
    }
);

db_test!(
    async fn slips_are_offered_corrected_and_codes_are_left_alone(t: TestDb) {
        write_articles(&t).await?;
        let articles = [(Ja, "bed", "ベッドのアカウント"), (Ja, "simulation", "シミュレーション")];
        let portal = portal(t, &articles, &[]).await?;
        for (locale, typed, meant) in [
            (En, "reste my pasword", Some("reset my password")),
            (En, "invioce", Some("invoice")),
            (En, "admnistartor", Some("administrator")),
            (Ja, "パスワド", Some("パスワード")),
            (Ja, "パスワードー", None),
            (Ja, "ぱすわど", Some("パスワード")),
            (Ja, "ぱすわどを", Some("パスワードを")),
            (Ja, "ベット", Some("ベッド")),
            (Ja, "アカント", Some("アカウント")),
            (Ja, "シュミレーション", None),
            (Ja, "シミュレショーン", Some("シミュレーション")),
            (Ja, "わかりません", None),
            (En, "ERR_5022", None),
            (En, "reset password", None),
        ] {
            let found = portal.find(locale, Viewer::Anonymous, typed).await?;
            assert_eq!(found.did_you_mean.as_deref(), meant, "{typed}");
        }
        Ok(())
    }
);

db_test!(
    async fn synonyms_apply_to_the_next_search_and_go_as_they_came(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = portal(t, &[], &[]).await?;
        assert_eq!(portal.first(En, "tariffs").await?, None);

        let mut tx = portal.t.db.begin().await?;
        let id = add_synonym(&mut tx, &ACTOR, &one_way(En, &["tariff"], &["invoice"])?, MONDAY).await?;
        tx.commit().await?;
        portal.catch_up().await?;
        assert_eq!(portal.first(En, "tariffs").await?.as_deref(), Some("invoice-name"));

        let mut tx = portal.t.db.begin().await?;
        assert!(change_synonym(&mut tx, &ACTOR, id, &one_way(En, &["ticket"], &["invoice"])?, MONDAY).await?);
        tx.commit().await?;
        portal.catch_up().await?;
        assert_eq!(portal.first(En, "tariffs").await?, None);
        assert_eq!(portal.first(En, "ticket").await?.as_deref(), Some("invoice-name"));

        let mut tx = portal.t.db.begin().await?;
        assert!(remove_synonym(&mut tx, &ACTOR, id, MONDAY).await?);
        assert!(!remove_synonym(&mut tx, &ACTOR, id, MONDAY).await?);
        tx.commit().await?;
        portal.catch_up().await?;
        assert_eq!(portal.first(En, "ticket").await?, None);
        Ok(())
    }
);

db_test!(
    async fn a_process_that_starts_knows_the_synonyms(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = portal(t, &[], &[one_way(En, &["tariff"], &["invoice"])?]).await?;
        portal.search = std::sync::Arc::default();
        portal.follower = follower(&portal.t, "one", &portal.search);
        portal.catch_up().await?;
        assert_eq!(portal.first(En, "tariff").await?.as_deref(), Some("invoice-name"));
        Ok(())
    }
);

db_test!(
    async fn several_words_and_japanese_words_mean_the_same(t: TestDb) {
        write_articles(&t).await?;
        let articles = [
            (En, "sign-in", "Sign in with two steps"),
            (En, "contract", "Sign the contract, and in time"),
            (Ja, "insurance", "国民健康保険の手続き"),
            (Ja, "health", "健康診断を受ける"),
        ];
        let kept = [
            both_ways(En, &["two-factor login", "sign in"])?,
            both_ways(Ja, &["国保", "国民健康保険"])?,
            one_way(Ja, &["合言葉"], &["パスワード"])?,
            one_way(Ja, &["あいことば"], &["パスワード"])?,
            one_way(Ja, &["せいきゅうしょ"], &["請求書"])?,
        ];
        let portal = portal(t, &articles, &kept).await?;
        for (locale, typed, slug) in [
            (En, "two-factor login", "sign-in"),
            (En, "two factor logins", "sign-in"),
            (En, "how does the two-factor login work?", "sign-in"),
            (Ja, "国保", "insurance"),
            (Ja, "国保の届け", "insurance"),
            (Ja, "合言葉を忘れた", "reset-password"),
            (Ja, "あいことば", "reset-password"),
            (Ja, "せいきゅうしょ", "invoice-name"),
            (Ja, "せいきゅうしょの宛名", "invoice-name"),
        ] {
            assert_eq!(portal.first(locale, typed).await?.as_deref(), Some(slug), "{typed}");
        }
        let found = portal.find(En, Viewer::Anonymous, "two-factor login").await?;
        let marked: Vec<&str> =
            found.hits[0].title.iter().filter(|s| s.hit).map(|segment| segment.text.as_str()).collect();
        assert_eq!(marked, ["Sign", "two"], "what stands in every sentence is not marked for itself");
        Ok(())
    }
);

db_test!(
    async fn a_synonym_counts_a_little_less_than_the_word_and_leads_no_further(t: TestDb) {
        let articles = [
            (En, "invoice", "Change an invoice"),
            (En, "bill", "Change a bill"),
            (En, "receipt", "Change a receipt"),
        ];
        let kept = [both_ways(En, &["bill", "invoice"])?, one_way(En, &["invoice"], &["receipt"])?];
        let portal = portal(t, &articles, &kept).await?;
        assert_eq!(portal.slugs("bill ").await?, ["bill", "invoice"], "no chain to receipt");
        assert_eq!(portal.slugs("invoice ").await?[0], "invoice");
        assert_eq!(portal.slugs("receipt ").await?, ["receipt"], "one way is one way");
        let found = portal.find(En, Viewer::Anonymous, "bill ").await?;
        assert!(found.hits[1].score > 0.6 * found.hits[0].score, "a little less only");
        Ok(())
    }
);

db_test!(
    async fn a_word_that_has_a_meaning_is_not_corrected(t: TestDb) {
        let articles = [(En, "bell", "Ring the bell"), (En, "invoice", "Change an invoice")];
        let portal = portal(t, &articles, &[one_way(En, &["bill"], &["invoice"])?]).await?;
        let found = portal.find(En, Viewer::Anonymous, "bill ").await?;
        assert_eq!((found.did_you_mean.as_deref(), found.hits[0].slug.as_str()), (None, "invoice"));
        Ok(())
    }
);

db_test!(
    async fn synonyms_work_while_typing_and_for_requests(t: TestDb) {
        write_articles(&t).await?;
        let kept = [
            one_way(En, &["quarterly statement"], &["invoice"])?,
            one_way(Ja, &["合言葉"], &["パスワード"])?,
        ];
        let portal = portal(t, &[], &kept).await?;
        let viewer = Viewer::Anonymous;
        for (locale, typed, slug) in [
            (En, "quarterly statement", "invoice-name"),
            (En, "quarterly stat", "invoice-name"),
            (Ja, "合言", "reset-password"),
            (Ja, "合言葉", "reset-password"),
        ] {
            let suggested = portal.search.suggest(&portal.t.db, typed, locale, &viewer, 5).await?;
            assert_eq!(suggested.first().map(|one| one.slug.as_str()), Some(slug), "{typed}");
        }
        let matching = |subject, description, locale| {
            let request = Request { subject, description, locale, viewer: &viewer };
            portal.search.matching(&request, 3).into_iter().map(|found| found.slug).collect::<Vec<_>>()
        };
        let (subject, text) = ("Name on the quarterly statement", "How do I change the name on it?");
        assert_eq!(matching(subject, text, En), ["invoice-name"]);
        assert_eq!(matching("合言葉の再設定", "再設定したいのですが", Ja), ["reset-password"]);
        assert!(matching("The first quarterly", "statement of ours", En).is_empty(), "not across the two");
        Ok(())
    }
);

db_test!(
    async fn synonyms_of_one_language_leave_the_other_alone(t: TestDb) {
        write_articles(&t).await?;
        write_one(&t, "pay", "Pay at once").await?;
        let portal = portal(t, &[], &[one_way(Ja, &["clearing"], &["pay"])?]).await?;
        assert_eq!(portal.first(En, "clearing").await?, None);
        Ok(())
    }
);

db_test!(
    async fn rows_of_an_unknown_entity_are_passed_by(t: TestDb) {
        write_articles(&t).await?;
        let mut portal = portal(t, &[], &[]).await?;
        let mut tx = portal.t.db.begin().await?;
        run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('something', 1, 0)")?;
        tx.commit().await?;
        portal.catch_up().await?;
        assert_eq!(portal.first(En, "reset password").await?.as_deref(), Some("reset-password"));
        Ok(())
    }
);
