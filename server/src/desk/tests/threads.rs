//! Who may read what of a thread, and what becomes of a request's words elsewhere.

use crate::clock::MINUTE;
use crate::desk::{
    By, CustomerReply, MessageKind, StaffReply, View, add_tag, also_writing, customer_reply, draft_article,
    draft_of, save_draft, set_status, staff_reply, thread,
};
use crate::storage::{all, value};
use crate::testing::{self, Cast, TestDb, db_test};
use crate::testing::{open, question};
use app::model::words::RequestStatus;

/// A step of a thread: who adds what.
const STEPS: usize = 5;

db_test!(
    async fn a_customer_never_reads_a_note_or_an_event_whatever_the_order(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        for round in 0..8 {
            let id = open(&app, question(&app, &cast.penny, "Import", "public 0")).await?.id;
            let mut public = 1;
            let mut tx = app.db.begin().await?;
            for step in 0..24 {
                let now = app.clock.now() + step;
                let reply = StaffReply {
                    now,
                    ..testing::reply(
                        &app,
                        id,
                        if app.chance.below(2) == 0 { &cast.midori } else { &cast.sora },
                        "public",
                    )
                };
                match app.chance.below(STEPS) {
                    0 => {
                        staff_reply(&app, &mut tx, reply).await?;
                        public += 1;
                    }
                    1 => {
                        staff_reply(&app, &mut tx, StaffReply { note: true, body: "secret", ..reply })
                            .await?;
                    }
                    2 => {
                        let words = CustomerReply {
                            request_id: id,
                            body: "public",
                            attachment_ids: &[],
                            submit_key: None,
                            now,
                            mail: false,
                        };
                        customer_reply(&app, &mut tx, words).await?;
                        public += 1;
                    }
                    3 => {
                        let status = RequestStatus::ALL[app.chance.below(5)];
                        set_status(&mut tx, id, status, By::Staff(&cast.sora), now).await?;
                    }
                    _ => {
                        add_tag(&mut tx, id, &format!("secret-{step}"), By::Staff(&cast.sora), now).await?;
                    }
                }
            }
            let seen = thread(&mut tx, id, View::Customer).await?;
            assert_eq!(seen.len(), public, "round {round}");
            assert!(seen.iter().all(|message| {
                message.kind == MessageKind::Reply
                    && message.event.is_none()
                    && message.body.starts_with("public")
            }));
            assert!(thread(&mut tx, id, View::Staff).await?.len() >= public);
            tx.commit().await?;
        }
        Ok(())
    }
);

db_test!(
    async fn a_draft_is_kept_until_it_is_sent_and_colleagues_see_who_writes(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let now = app.clock.now();
        let mut tx = app.db.begin().await?;
        assert!(save_draft(&mut tx, id, cast.sora.id, false, "Half a sent", now).await?);
        assert!(save_draft(&mut tx, id, cast.sora.id, true, "Half a sentence", now).await?);
        assert!(!save_draft(&mut tx, 4711, cast.sora.id, false, "To nobody", now).await?);
        let draft = draft_of(&mut tx, id, cast.sora.id).await?.unwrap();
        assert_eq!((draft.note, draft.body.as_str()), (true, "Half a sentence"));
        assert_eq!(draft_of(&mut tx, id, cast.midori.id).await?, None);
        assert_eq!(
            also_writing(&mut tx, id, cast.midori.id, now).await?,
            std::slice::from_ref(&cast.sora.name)
        );
        assert!(also_writing(&mut tx, id, cast.sora.id, now).await?.is_empty(), "not oneself");
        assert!(
            also_writing(&mut tx, id, cast.midori.id, now + 3 * MINUTE).await?.is_empty(),
            "not for ever"
        );
        let reply = StaffReply { now, ..testing::reply(&app, id, &cast.sora, "A sentence.") };
        staff_reply(&app, &mut tx, reply).await?;
        assert_eq!(draft_of(&mut tx, id, cast.sora.id).await?, None);
        Ok(())
    }
);

db_test!(
    async fn a_request_becomes_one_draft_with_the_customers_words_and_without_their_name(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let body =
            "お世話になっております。夜空です。\n請求書の宛名を会社名にできますか？ hotaru@hoshizora.example";
        let id = open(&app, question(&app, &cast.hotaru, "請求書の宛名", body)).await?.id;
        let mut tx = app.db.begin().await?;
        let reply = StaffReply {
            now: 1,
            ..testing::reply(&app, id, &cast.midori, "「お支払い」で変えられます。")
        };
        staff_reply(&app, &mut tx, reply).await?;
        staff_reply(&app, &mut tx, StaffReply { note: true, body: "secret", ..reply }).await?;
        let drafted = draft_article(&mut tx, id, &cast.midori, 1).await?;
        assert!(drafted.created);
        let again = draft_article(&mut tx, id, &cast.sora, 2).await?;
        assert_eq!((again.article_id, again.created), (drafted.article_id, false));
        let (title, body, live) = crate::storage::one!(
            tx,
            (String, String, bool),
            "SELECT r.title, r.body, t.live_revision_id IS NOT NULL FROM revision r JOIN translation t ON t.id = r.translation_id"
        )?;
        assert_eq!(
            (title.as_str(), body.as_str(), live),
            ("請求書の宛名", "「お支払い」で変えられます。", false)
        );
        let phrases = all!(tx, (String,), "SELECT phrase FROM search_phrase ORDER BY id")?;
        assert_eq!(phrases[0].0, "請求書の宛名");
        assert_eq!(phrases[1].0, "請求書の宛名を会社名にできますか？");
        assert!(
            phrases.iter().all(|(phrase,)| !phrase.contains("夜空") && !phrase.contains('@')),
            "{phrases:?}"
        );
        assert_eq!(value!(tx, i64, "SELECT request_id FROM article_origin")?, id);
        Ok(())
    }
);

db_test!(
    async fn a_request_that_nobody_answered_becomes_a_skeleton_that_tells_nobodys_name(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let subject = format!("The import stops for {}", cast.penny.name);
        let body = format!("Hello,\nthe import stops at row 12. Write to {}.\n", cast.penny.email);
        let id = open(&app, question(&app, &cast.penny, &subject, &body)).await?.id;
        let mut tx = app.db.begin().await?;
        draft_article(&mut tx, id, &cast.midori, 1).await?;
        let (title, body) = crate::storage::one!(tx, (String, String), "SELECT title, body FROM revision")?;
        assert_eq!(title, "The import stops");
        assert!(body.starts_with("## When you need this\n") && body.contains("## What to do\n"), "{body}");
        assert!(
            !body.contains("row 12"),
            "the customer's words are kept as phrases, not in the text: {body}"
        );
        let phrases = all!(tx, (String,), "SELECT phrase FROM search_phrase ORDER BY id")?;
        assert_eq!(phrases, [("The import stops".to_owned(),), ("the import stops at row 12".to_owned(),)]);
        let slug = value!(tx, String, "SELECT slug FROM translation")?;
        assert_eq!(slug, "the-import-stops");
        Ok(())
    }
);

db_test!(
    async fn no_secret_address_company_or_number_of_a_request_reaches_its_draft(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let subject = "株式会社やまびこの山田太郎です。請求書の宛名変更";
        let body = "https://yamabiko.example/u/taro?token=abc で開けません。電話は090-1234-5678、住所は東京都港区芝公園4-2-8です。\
                    注文番号 A-1234567 の請求書の宛名を「やまびこ商事 経理部」に変えたいです。";
        let id = open(&app, question(&app, &cast.hotaru, subject, body)).await?.id;
        let mut tx = app.db.begin().await?;
        let reply = StaffReply {
            now: 1,
            ..testing::reply(
                &app,
                id,
                &cast.midori,
                "やまびこ様\n\n「お支払い」で宛名を変えられます。https://yamabiko.example/u/taro?token=abc は開けます。",
            )
        };
        staff_reply(&app, &mut tx, reply).await?;
        draft_article(&mut tx, id, &cast.midori, 1).await?;
        let drafted = crate::storage::one!(
            tx,
            (String, String, String),
            "SELECT r.title, r.body, t.slug FROM revision r JOIN translation t ON t.id = r.translation_id"
        )?;
        assert_eq!(drafted.0, "請求書の宛名変更");
        assert!(drafted.1.starts_with("「お支払い」で宛名を変えられます。"), "{drafted:?}");
        let phrases = all!(tx, (String,), "SELECT phrase FROM search_phrase ORDER BY id")?;
        let all = format!("{drafted:?} {phrases:?}");
        for trace in ["token", "abc", "やまびこ", "yamabiko", "山田", "1234", "港区", "4-2-8", "A-"] {
            assert!(!all.contains(trace), "{trace} in {all}");
        }
        assert_eq!(phrases[1].0, "請求書の宛名を変えたいです");
        Ok(())
    }
);
