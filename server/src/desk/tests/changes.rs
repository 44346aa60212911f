//! Changes: one event each, a version that rises, and the way back.

use crate::clock::{DAY, HOUR};
use crate::desk::{
    By, Change, Properties, Replied, StaffReply, Undone, View, add_tag, assign, find_request, link_path,
    private_link, remove_tag, request_by_link, revoke_link, set_properties, set_status, staff_reply, tags_of,
    thread, undo,
};
use crate::knowledge::article_path;
use crate::storage::{Tx, first, run, value};
use crate::testing::{self, Cast, Shelf, TestDb, db_test};
use crate::testing::{open, question};
use app::i18n::Locale;
use app::model::words::{Priority, RequestStatus};

db_test!(
    async fn every_change_leaves_one_event_and_raises_the_version(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let (by, now) = (By::Staff(&cast.midori), app.clock.now());
        let high = Properties { priority: Some(Priority::High), ..Properties::default() };
        let mut tx = app.db.begin().await?;
        let mut version = find_request(&mut tx, id).await?.unwrap().version;
        let mut events = 0;
        for step in 0..6 {
            let event = match step {
                0 => assign(&mut tx, id, Some(cast.sora.id), by, now).await?,
                1 => set_properties(&mut tx, id, &high, by, now).await?,
                2 => add_tag(&mut tx, id, "＃Import, CSV", by, now).await?,
                3 => remove_tag(&mut tx, id, "import csv", by, now).await?,
                4 => set_status(&mut tx, id, RequestStatus::Waiting, by, now).await?,
                _ => revoke_link(&mut tx, id, by, now).await?,
            };
            assert!(event.is_some(), "step {step}");
            events += 1;
            let request = find_request(&mut tx, id).await?.unwrap();
            assert!(request.version > version, "step {step}");
            version = request.version;
            assert_eq!(thread(&mut tx, id, View::Staff).await?.len(), 1 + events);
        }
        // What is so already is no change.
        assert_eq!(set_properties(&mut tx, id, &high, by, now).await?, None);
        assert_eq!(assign(&mut tx, id, Some(cast.sora.id), by, now).await?, None);
        assert_eq!(remove_tag(&mut tx, id, "none", by, now).await?, None);
        assert_eq!(add_tag(&mut tx, id, " , ", by, now).await?, None);
        // A customer cannot be given a request, and an unknown request cannot be changed.
        assert_eq!(assign(&mut tx, id, Some(cast.penny.id), by, now).await?, None);
        assert_eq!(set_status(&mut tx, 4711, RequestStatus::Open, by, now).await?, None);
        assert_eq!(find_request(&mut tx, id).await?.unwrap().version, version);
        Ok(())
    }
);

db_test!(
    async fn an_undo_takes_back_all_of_an_action_unless_somebody_changed_it_since(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let (by, now) = (By::Staff(&cast.midori), app.clock.now());
        let mut tx = app.db.begin().await?;
        let taken = assign(&mut tx, id, Some(cast.midori.id), by, now).await?.unwrap();
        let request = find_request(&mut tx, id).await?.unwrap();
        assert_eq!((request.assignee_id, request.status), (Some(cast.midori.id), RequestStatus::Open));
        let Undone::Done(back) = undo(&mut tx, id, taken, by, now).await? else { panic!("can be undone") };
        let request = find_request(&mut tx, id).await?.unwrap();
        assert_eq!((request.assignee_id, request.status), (None, RequestStatus::New));
        // The undo can be undone, once.
        assert!(matches!(undo(&mut tx, id, back, by, now).await?, Undone::Done(_)));
        assert_eq!(undo(&mut tx, id, back, by, now).await?, Undone::Overtaken);
        // Somebody else set another status: nothing of the action is touched.
        let solved = set_status(&mut tx, id, RequestStatus::Solved, by, now).await?.unwrap();
        set_status(&mut tx, id, RequestStatus::Closed, By::Staff(&cast.sora), now).await?;
        assert_eq!(undo(&mut tx, id, solved, by, now).await?, Undone::Overtaken);
        assert_eq!(find_request(&mut tx, id).await?.unwrap().status, RequestStatus::Closed);
        let tagged = add_tag(&mut tx, id, "import", by, now).await?.unwrap();
        assert!(matches!(undo(&mut tx, id, tagged, by, now).await?, Undone::Done(_)));
        assert!(tags_of(&mut tx, id).await?.is_empty());
        // Neither words nor another request's event can be taken back.
        assert_eq!(undo(&mut tx, id, 1, by, now).await?, Undone::Nothing);
        assert_eq!(undo(&mut tx, 4711, tagged, by, now).await?, Undone::Nothing);
        Ok(())
    }
);

db_test!(
    async fn solving_with_an_article_counts_one_use_and_names_it(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let (by, now) = (By::Staff(&cast.midori), app.clock.now());
        let mut tx = app.db.begin().await?;
        let article = value!(tx, i64, "INSERT INTO article (created_at) VALUES (0) RETURNING id")?;
        let translation = value!(
            tx,
            i64,
            "INSERT INTO translation (article_id, locale, slug, updated_at) VALUES ($1, 'en', 'guide', 0) RETURNING id",
            article
        )?;
        let revision = value!(
            tx,
            i64,
            "INSERT INTO revision (translation_id, number, title, body, created_at) VALUES ($1, 1, 'The guide', '', 0) RETURNING id",
            translation
        )?;
        run!(tx, "UPDATE translation SET head_revision_id = $2 WHERE id = $1", translation, revision)?;
        assert!(testing::solve(&app, &mut tx, id, &cast.midori, article).await?.is_some());
        assert!(testing::solve(&app, &mut tx, id, &cast.midori, 4711).await?.is_none());
        set_status(&mut tx, id, RequestStatus::Open, by, now).await?;
        assert!(testing::solve(&app, &mut tx, id, &cast.midori, article).await?.is_some());
        assert_eq!(value!(tx, i64, "SELECT COUNT(*) FROM article_use WHERE article_id = $1", article)?, 1);
        let request = find_request(&mut tx, id).await?.unwrap();
        assert_eq!((request.status, request.solved_article_id), (RequestStatus::Solved, Some(article)));
        let events = thread(&mut tx, id, View::Staff).await?;
        let last = events.last().and_then(|message| message.event.clone()).unwrap();
        assert_eq!(last.changes[0], Change::SolvedWith { article_id: article, title: "The guide".into() });
        Ok(())
    }
);

db_test!(
    async fn a_private_link_opens_its_own_request_until_it_is_revoked(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let mine = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?;
        let other = open(&app, question(&app, &cast.hotaru, "宛名", "会社名に。")).await?;
        let token = private_link(&app, mine.id, mine.link_version);
        let mut tx = app.db.begin().await?;
        let opened = request_by_link(&mut tx, &app, &token).await?;
        assert_eq!(opened.map(|request| request.id), Some(mine.id));
        assert!(link_path(&app, Locale::En, mine.id, mine.link_version).ends_with(&token));
        let signature = token.split_once('.').unwrap().1;
        for forged in
            [format!("{}.{signature}", other.id), format!("{}.", mine.id), "x".into(), token.to_uppercase()]
        {
            assert_eq!(request_by_link(&mut tx, &app, &forged).await?, None, "{forged}");
        }
        revoke_link(&mut tx, mine.id, By::Staff(&cast.midori), 1).await?;
        assert_eq!(request_by_link(&mut tx, &app, &token).await?, None);
        let fresh = private_link(&app, mine.id, mine.link_version + 1);
        assert!(request_by_link(&mut tx, &app, &fresh).await?.is_some());
        Ok(())
    }
);

/// The first moment since when the customer waits.
async fn waits_since(tx: &mut Tx, id: i64) -> anyhow::Result<Option<i64>> {
    Ok(find_request(tx, id).await?.unwrap().waiting_since)
}

db_test!(
    async fn an_undo_gives_the_customer_the_time_back_that_they_have_waited(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let asked = app.clock.now();
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let by = By::Staff(&cast.midori);
        app.clock.advance(DAY);
        let mut tx = app.db.begin().await?;
        for to in [RequestStatus::Solved, RequestStatus::Waiting, RequestStatus::Closed] {
            let event = set_status(&mut tx, id, to, by, app.clock.now()).await?.unwrap();
            let over = find_request(&mut tx, id).await?.unwrap();
            assert_eq!(over.waiting_since, None);
            app.clock.advance(HOUR);
            let Undone::Done(back) = undo(&mut tx, id, event, by, app.clock.now()).await? else {
                panic!("can be undone")
            };
            let request = find_request(&mut tx, id).await?.unwrap();
            assert_eq!((request.status, request.waiting_since), (RequestStatus::New, Some(asked)));
            assert_eq!((request.solved_at, request.closed_at), (None, None));
            // And the undo of the undo restores when it was over.
            let Undone::Done(again) = undo(&mut tx, id, back, by, app.clock.now()).await? else {
                panic!("can be undone")
            };
            let request = find_request(&mut tx, id).await?.unwrap();
            assert_eq!(
                (request.waiting_since, request.solved_at, request.closed_at),
                (None, over.solved_at, over.closed_at)
            );
            undo(&mut tx, id, again, by, app.clock.now()).await?;
            assert_eq!(waits_since(&mut tx, id).await?, Some(asked));
        }
        // A reply that went out is not taken back: they wait from then on.
        let replied = app.clock.now();
        let solved = StaffReply {
            status: Some(RequestStatus::Solved),
            ..testing::reply(&app, id, &cast.midori, "Try it again.")
        };
        let Replied::Sent { event_id: Some(event), .. } = staff_reply(&app, &mut tx, solved).await? else {
            panic!("sent")
        };
        app.clock.advance(HOUR);
        assert!(matches!(undo(&mut tx, id, event, by, app.clock.now()).await?, Undone::Done(_)));
        assert_eq!(waits_since(&mut tx, id).await?, Some(replied));
        Ok(())
    }
);

db_test!(
    async fn solving_with_a_link_to_one_article_is_a_use_of_it_until_it_is_undone(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let guide = shelf.article(None, &[(Locale::En, "The guide", "Open it.")]).await?;
        let other = shelf.article(None, &[(Locale::Ja, "取り込みの手順", "開く。")]).await?;
        let by = By::Staff(&cast.midori);
        let mut ids = Vec::new();
        for _ in 0..6 {
            ids.push(open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id);
        }
        let mut tx = app.db.begin().await?;
        let mut paths = Vec::new();
        for article in [guide, other] {
            let sql = "SELECT locale, slug FROM translation WHERE article_id = $1";
            let (tag, slug) = first!(tx, (String, String), sql, article)?.unwrap();
            paths.push(article_path(Locale::from_tag(&tag).unwrap(), &slug));
        }
        let uses = "SELECT COUNT(*) FROM article_use WHERE request_id = $1";
        let with = |body: &str| body.replace("GUIDE", &paths[0]).replace("OTHER", &paths[1]);
        for (body, used) in [
            ("See [the guide](GUIDE).", Some(guide)),
            ("https://help.example.com/en/articles/the-guide?from=mail#s-top", Some(guide)),
            ("[手順](OTHER)と[もう一度](OTHER#s-end)", Some(other)),
            ("[one](GUIDE) or [two](OTHER)", None),
            ("`GUIDE` and https://example.com/en/articles/elsewhere", None),
            ("It works again.", None),
        ] {
            let id = ids.pop().expect("one for each");
            let body = with(body);
            let solved = StaffReply {
                status: Some(RequestStatus::Solved),
                ..testing::reply(&app, id, &cast.midori, &body)
            };
            let Replied::Sent { event_id: Some(event), .. } = staff_reply(&app, &mut tx, solved).await?
            else {
                panic!("sent")
            };
            assert_eq!(find_request(&mut tx, id).await?.unwrap().solved_article_id, used, "{body}");
            assert_eq!(value!(tx, i64, uses, id)?, i64::from(used.is_some()), "{body}");
            let Undone::Done(back) = undo(&mut tx, id, event, by, app.clock.now()).await? else {
                panic!("can be undone")
            };
            let request = find_request(&mut tx, id).await?.unwrap();
            assert_eq!((request.status, request.solved_article_id), (RequestStatus::New, None), "{body}");
            assert_eq!(value!(tx, i64, uses, id)?, 0, "{body}");
            assert!(matches!(undo(&mut tx, id, back, by, app.clock.now()).await?, Undone::Done(_)));
            assert_eq!(find_request(&mut tx, id).await?.unwrap().solved_article_id, used, "{body}");
        }
        Ok(())
    }
);

db_test!(
    async fn the_last_answer_counts_whoever_says_that_it_is_solved(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let guide = Shelf(&app).article(None, &[(Locale::En, "Guide", "Open it.")]).await?;
        let link = "See [it](/en/articles/guide).";
        for (answers, used) in [(vec![link], Some(guide)), (vec![link, "Then try another browser."], None)] {
            let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
            let mut tx = app.db.begin().await?;
            for answer in answers {
                staff_reply(&app, &mut tx, testing::reply(&app, id, &cast.midori, answer)).await?;
            }
            let customer = By::Customer(Some(cast.penny.id));
            set_status(&mut tx, id, RequestStatus::Solved, customer, app.clock.now()).await?;
            assert_eq!(find_request(&mut tx, id).await?.unwrap().solved_article_id, used);
            tx.commit().await?;
        }
        Ok(())
    }
);
