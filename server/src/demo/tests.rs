//! The demo is whole on both databases, and seeded once.

use super::{Seeded, seed};
use crate::search::judgement::{Cause, evaluate, judgements, rounds};
use crate::search::synonyms::{mined_synonyms, synonyms};
use crate::storage::{all, value};
use crate::testing::{TestDb, db_test, follow};
use app::i18n::Locale;

db_test!(
    async fn an_empty_portal_is_filled_once(t: TestDb) {
        let app = t.app().await?;
        let Some(Seeded { articles, requests, visits }) = seed(&app).await? else {
            panic!("an empty portal takes the demo");
        };
        assert!(articles >= 24 && requests >= 80 && visits > 100, "{articles} {requests} {visits}");
        assert_eq!(seed(&app).await?, None);
        let mut conn = app.db.read().await?;
        for locale in ["ja", "en"] {
            let live = "SELECT COUNT(*) FROM translation WHERE locale = $1 AND live_revision_id IS NOT NULL";
            assert!(value!(conn, i64, live, locale)? >= 24);
        }
        let statuses = all!(
            conn,
            (String, i64),
            "SELECT status, COUNT(*) FROM request GROUP BY status ORDER BY status"
        )?;
        let names: Vec<_> = statuses.iter().map(|(status, _)| status.as_str()).collect();
        assert_eq!(names, ["closed", "new", "open", "solved", "waiting"]);
        let future = value!(conn, i64, "SELECT COUNT(*) FROM message WHERE created_at > $1", t.clock.now())?;
        assert_eq!(future, 0);
        let routed = value!(conn, i64, "SELECT COUNT(DISTINCT request_id) FROM request_tag")?;
        assert!(routed > 60, "only {routed} requests were tagged by a rule");
        let uses = value!(conn, i64, "SELECT COUNT(*) FROM article_use")?;
        assert!(uses > 20, "{uses}");
        let mails = value!(conn, i64, "SELECT COUNT(*) FROM mail")?;
        assert!((4..60).contains(&mails), "the outbox shows the last days: {mails}");
        for locale in Locale::ALL {
            assert!(!synonyms(&mut conn, locale).await?.is_empty());
            assert_eq!(mined_synonyms(&mut conn, locale, 0).await?.len(), 2, "{locale:?}");
        }
        Ok(())
    }
);

db_test!(
    async fn the_demos_questions_find_their_articles(t: TestDb) {
        let app = t.app().await?;
        seed(&app).await?;
        follow(&app).await?;
        evaluate(&app, Cause::Asked).await.map_err(anyhow::Error::msg)?;
        let mut conn = app.db.read().await?;
        let (mut questions, mut first, mut among_three) = (0, 0, 0);
        let mut missed = Vec::new();
        for locale in Locale::ALL {
            let round = rounds(&mut conn, locale, 1).await?.remove(0);
            questions += round.questions;
            first += round.first;
            among_three += round.among_three;
            let deep = judgements(&mut conn, locale).await?;
            let deep = deep.into_iter().filter(|judged| judged.place != Some(1));
            missed.extend(
                deep.map(|judged| format!("{:?} {} → {}", judged.place, judged.question, judged.title)),
            );
        }
        println!("{first} first, {among_three} among three, of {questions}\n{}", missed.join("\n"));
        assert!(questions >= 45 && first >= 31 && among_three >= 41, "{missed:#?}");
        Ok(())
    }
);
