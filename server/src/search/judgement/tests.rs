//! The list and its rounds, on both databases.

use super::{
    Added, Cause, Judgement, ROUNDS_COMPARED, add, below_their_best, evaluate, evaluate_daily, judgements,
    rounds, wish, worse,
};
use crate::app_state::App;
use crate::clock::{DAY, HOUR, SECOND};
use crate::identity::Actor;
use crate::jobs::run_due;
use crate::search::synonyms::{Wording, add_synonym};
use crate::storage::value;
use crate::testing::{Shelf, TestDb, db_test, follow};
use app::i18n::Locale::{En, Ja};

async fn judge(app: &App, question: &str, article_id: i64) -> anyhow::Result<Option<Added>> {
    let mut tx = app.db.begin().await?;
    let new = Judgement { locale: En, question, article_id, request_id: None };
    let added = add(&mut tx, &new, &Actor::Program("test"), app.clock.now()).await?;
    tx.commit().await?;
    Ok(added)
}

db_test!(
    async fn a_question_has_one_right_article_however_it_is_spelt(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let one = shelf.article(None, &[(En, "One", "One.")]).await?;
        let other = shelf.article(None, &[(En, "Other", "Other.")]).await?;
        assert_eq!(judge(&app, "Invoice  name", one).await?, Some(Added::New));
        assert_eq!(judge(&app, "ＩＮＶＯＩＣＥ name", one).await?, Some(Added::There));
        assert_eq!(judge(&app, "invoice name", other).await?, Some(Added::Changed));
        assert_eq!(judge(&app, "  ", one).await?, None);
        let list = judgements(&mut app.db.read().await?, En).await?;
        assert_eq!(list.len(), 1);
        assert_eq!(
            (list[0].question.as_str(), list[0].title.as_str(), list[0].placed),
            ("Invoice name", "Other", false)
        );
        assert_eq!(judgements(&mut app.db.read().await?, Ja).await?, []);
        Ok(())
    }
);

db_test!(
    async fn a_round_counts_places_and_tells_what_fell(t: TestDb) {
        let app = t.app().await?;
        let shelf = Shelf(&app);
        let invoice = shelf.article(None, &[(En, "Invoice name", "Change the name on an invoice.")]).await?;
        let stamp = shelf.article(None, &[(En, "Stamps", "Stamps.")]).await?;
        judge(&app, "invoice", invoice).await?;
        judge(&app, "nothing like it", stamp).await?;
        assert!(evaluate(&app, Cause::Asked).await.is_err(), "without an index there is nobody to ask");
        follow(&app).await?;
        evaluate(&app, Cause::Asked).await.map_err(anyhow::Error::msg)?;
        t.clock.advance(SECOND);
        shelf.article(None, &[(En, "Invoice", "Invoice invoice.")]).await?;
        follow(&app).await?;
        evaluate(&app, Cause::Settings).await.map_err(anyhow::Error::msg)?;
        let mut conn = app.db.read().await?;
        let found = rounds(&mut conn, En, 10).await?;
        let figures: Vec<_> = found
            .iter()
            .map(|round| {
                (round.causes.as_slice(), round.questions, round.first, round.among_three, round.mrr)
            })
            .collect();
        let also_articles = [Cause::Settings, Cause::Articles];
        assert_eq!(figures, [(&also_articles[..], 2, 0, 1, 0.25), (&[Cause::Asked][..], 2, 1, 1, 0.5)]);
        assert_eq!((found[0].worse, found[1].worse), (1, 0));
        let fallen = worse(&mut conn, En, found[0].id).await?;
        assert_eq!(fallen.len(), 1);
        assert_eq!((fallen[0].question.as_str(), fallen[0].was, fallen[0].is), ("invoice", 1, Some(2)));
        assert_eq!(worse(&mut conn, En, found[1].id).await?, [], "there was none before the first");
        assert_eq!(rounds(&mut conn, Ja, 10).await?, [], "an empty list has no rounds");
        drop(conn);
        for _ in 1..ROUNDS_COMPARED {
            evaluate(&app, Cause::Asked).await.map_err(anyhow::Error::msg)?;
        }
        let mut conn = app.db.read().await?;
        assert_eq!(worse(&mut conn, En, found[0].id).await?, fallen, "later rounds do not hide it");
        assert_eq!(below_their_best(&mut conn, En).await?, fallen, "nor what it was once");
        drop(conn);
        t.clock.advance(8 * DAY);
        evaluate(&app, Cause::Asked).await.map_err(anyhow::Error::msg)?;
        assert_eq!(below_their_best(&mut app.db.read().await?, En).await?, [], "a week ago is past");
        Ok(())
    }
);

db_test!(
    async fn a_synonym_has_the_list_evaluated_with_what_words_mean_then(t: TestDb) {
        let app = t.app().await?;
        let invoice = Shelf(&app).article(None, &[(En, "Invoice", "Invoice.")]).await?;
        judge(&app, "zanzibar", invoice).await?;
        follow(&app).await?;
        run_due(&app).await?;
        let places = "SELECT COALESCE(MAX(place), 0) FROM judgement_place";
        assert_eq!(value!(app.db.read().await?, i64, places)?, 0);
        let wording =
            Wording { locale: En, words: vec!["zanzibar".into()], meanings: vec!["invoice".into()] };
        let mut tx = app.db.begin().await?;
        add_synonym(&mut tx, &Actor::Program("test"), &wording, app.clock.now()).await?;
        tx.commit().await?;
        follow(&app).await?;
        run_due(&app).await?;
        let newest = rounds(&mut app.db.read().await?, En, 1).await?.remove(0);
        assert_eq!((newest.causes, newest.first), (vec![Cause::Synonyms], 1));
        Ok(())
    }
);

db_test!(
    async fn a_round_names_everything_that_changed_since_the_last_one(t: TestDb) {
        let app = t.app().await?;
        let article = Shelf(&app).article(None, &[(En, "Invoice", "Invoice.")]).await?;
        judge(&app, "invoice", article).await?;
        follow(&app).await?;
        evaluate(&app, Cause::Asked).await.map_err(anyhow::Error::msg)?;
        t.clock.advance(SECOND);
        let mut tx = app.db.begin().await?;
        wish(&mut tx, Cause::Settings, app.clock.now()).await?;
        t.clock.advance(SECOND);
        wish(&mut tx, Cause::Phrases, app.clock.now()).await?;
        tx.commit().await?;
        t.clock.advance(SECOND);
        run_due(&app).await?;
        let newest = rounds(&mut app.db.read().await?, En, 1).await?.remove(0);
        assert_eq!(newest.causes, [Cause::Settings, Cause::Phrases]);
        Ok(())
    }
);

db_test!(
    async fn one_round_tells_the_outcome_of_every_change_before_it(t: TestDb) {
        let app = t.app().await?;
        let article = Shelf(&app).article(None, &[(En, "Invoice", "Invoice.")]).await?;
        judge(&app, "invoice", article).await?;
        follow(&app).await?;
        let mut tx = app.db.begin().await?;
        for _ in 0..5 {
            wish(&mut tx, Cause::Settings, app.clock.now()).await?;
            t.clock.advance(SECOND);
        }
        wish(&mut tx, Cause::Phrases, app.clock.now()).await?;
        tx.commit().await?;
        t.clock.advance(SECOND);
        run_due(&app).await?;
        let rounds = "SELECT COUNT(*) FROM judgement_round";
        assert_eq!(value!(app.db.read().await?, i64, rounds)?, 1);
        t.clock.advance(HOUR);
        run_due(&app).await?;
        assert_eq!(value!(app.db.read().await?, i64, rounds)?, 1, "the phrases were there by then");
        Ok(())
    }
);

db_test!(
    async fn nothing_else_happening_the_list_is_evaluated_once_a_day(t: TestDb) {
        let app = t.app().await?;
        let article = Shelf(&app).article(None, &[(En, "Invoice", "Invoice.")]).await?;
        judge(&app, "invoice", article).await?;
        follow(&app).await?;
        for _ in 0..48 {
            evaluate_daily(&app).await.map_err(anyhow::Error::msg)?;
            t.clock.advance(HOUR);
        }
        let rounds = value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM judgement_round")?;
        assert_eq!(rounds, 48 * HOUR / DAY);
        let placed = value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM judgement_place")?;
        assert_eq!(placed, rounds);
        Ok(())
    }
);
