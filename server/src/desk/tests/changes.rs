//! Changes: one event each, a version that rises, and the way back.

use crate::desk::{
    By, Change, Undone, View, add_tag, assign, find_request, link_path, private_link, remove_tag,
    request_by_link, revoke_link, set_priority, set_status, solve_with_article, tags_of, thread, undo,
};
use crate::storage::{run, value};
use crate::testing::{Cast, TestDb, db_test};
use crate::testing::{open, question};
use app::i18n::Locale;
use app::model::words::{Priority, RequestStatus};

db_test!(
    async fn every_change_leaves_one_event_and_raises_the_version(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let id = open(&app, question(&app, &cast.penny, "Import", "It stops.")).await?.id;
        let (by, now) = (By::Staff(&cast.midori), app.clock.now());
        let mut tx = app.db.begin().await?;
        let mut version = find_request(&mut tx, id).await?.unwrap().version;
        let mut events = 0;
        for step in 0..6 {
            let event = match step {
                0 => assign(&mut tx, id, Some(cast.sora.id), by, now).await?,
                1 => set_priority(&mut tx, id, Priority::High, by, now).await?,
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
        assert_eq!(set_priority(&mut tx, id, Priority::High, by, now).await?, None);
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
        assert!(solve_with_article(&mut tx, id, article, by, now).await?.is_some());
        assert!(solve_with_article(&mut tx, id, 4711, by, now).await?.is_none());
        set_status(&mut tx, id, RequestStatus::Open, by, now).await?;
        assert!(solve_with_article(&mut tx, id, article, by, now).await?.is_some());
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
        assert!(link_path(&app, Locale::En, mine.id, 1).ends_with(&token));
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
