//! What solved requests teach, on both databases.

use super::{learned_of, settle};
use crate::app_state::App;
use crate::clock::{DAY, HOUR, MINUTE};
use crate::desk::{By, NewRequest, set_status};
use crate::identity::{Actor, Person};
use crate::intake::{self, Stage};
use crate::jobs::{Job, enqueue, run_due};
use crate::knowledge;
use crate::search::{SearchQuery, Viewer};
use crate::storage::{run, value};
use crate::testing::{self, Cast, Shelf, TestDb, db_test, follow, open, question};
use app::i18n::Locale::En;
use app::model::words::RequestStatus;

/// What is typed in these tests, in an article: words of the portal's own.
const GLOSSARY: &str = "Moonlit ledger. Crimson envelope. Velvet stamps. Granite paper. These words are explained \
                        elsewhere, in a text that is long enough to be about nothing.";

async fn learn(app: &App) -> anyhow::Result<()> {
    settle(app).await?;
    follow(app).await
}

/// The articles found for some words, the first first.
async fn found(app: &App, text: &str) -> anyhow::Result<Vec<i64>> {
    let query = SearchQuery {
        text: text.to_owned(),
        locale: En,
        viewer: Viewer::Anonymous,
        category: None,
        page: 1,
        per_page: 10,
        excerpts: false,
    };
    let results = app.search.search(&app.db, &query).await?;
    Ok(results.hits.iter().map(|hit| hit.article_id).collect())
}

/// Asks, and has it solved with an article; gives the request.
async fn solved(
    app: &App,
    customer: &Person,
    cre: &Person,
    words: &str,
    article: i64,
) -> anyhow::Result<i64> {
    let asked = NewRequest { locale: En, ..question(app, customer, words, "") };
    let id = open(app, asked).await?.id;
    let mut tx = app.db.begin().await?;
    testing::solve(app, &mut tx, id, cre, article).await?;
    tx.commit().await?;
    Ok(id)
}

async fn changes(app: &App) -> anyhow::Result<i64> {
    Ok(value!(app.db.read().await?, i64, "SELECT COUNT(*) FROM change")?)
}

db_test!(
    async fn what_a_solved_request_asked_leads_the_next_customer_to_the_article(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let invoice = shelf.article(None, &[(En, "Change the billing address", "Open Settings.")]).await?;
        let other =
            shelf.article(None, &[(En, "Paper and printers", "Paper jams. Receipts are paper.")]).await?;
        learn(&app).await?;
        assert_eq!(found(&app, "company name on paper receipts").await?, [other]);
        let mut requests = Vec::new();
        for customer in [&cast.penny, &cast.hotaru, &cast.tsumugi] {
            let words = "Our company name on paper receipts";
            requests.push(solved(&app, customer, &cast.midori, words, invoice).await?);
        }
        learn(&app).await?;
        assert_eq!(found(&app, "company name on paper receipts").await?, [invoice, other]);
        assert_eq!(learned_of(&mut app.db.read().await?, invoice).await?, 1);

        let before = changes(&app).await?;
        learn(&app).await?;
        assert_eq!(changes(&app).await?, before, "nothing new is nothing to tell the index");

        let mut tx = t.db.begin().await?;
        for request in requests {
            set_status(&mut tx, request, RequestStatus::Open, By::Staff(&cast.midori), t.clock.now()).await?;
        }
        tx.commit().await?;
        learn(&app).await?;
        assert_eq!(
            found(&app, "company name on paper receipts").await?,
            [other],
            "it was no answer after all"
        );
        Ok(())
    }
);

db_test!(
    async fn what_cre_solve_is_learned_a_minute_later(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let invoice = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        let mut tx = t.db.begin().await?;
        enqueue(&mut tx, &Job::LearnPhrases {}, t.clock.now() + HOUR).await?;
        tx.commit().await?;
        for (customer, words) in [(&cast.penny, "Moonlit stationery"), (&cast.hotaru, "Crimson envelope")] {
            solved(&app, customer, &cast.midori, words, invoice).await?;
            assert_eq!(learned_of(&mut app.db.read().await?, invoice).await?, 0);
            t.clock.advance(MINUTE / 2);
        }
        t.clock.advance(MINUTE / 2);
        run_due(&app).await?;
        assert_eq!(learned_of(&mut app.db.read().await?, invoice).await?, 2);
        Ok(())
    }
);

db_test!(
    async fn what_a_reopened_request_taught_is_taken_back_at_once(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let hum = Shelf(&app).article(None, &[(En, "Noise", "Turn it off.")]).await?;
        let mut request = 0;
        for (customer, words) in
            [(&cast.penny, "My zorble hums"), (&cast.hotaru, "A zorble"), (&cast.tsumugi, "Zorble noise")]
        {
            request = solved(&app, customer, &cast.midori, words, hum).await?;
        }
        learn(&app).await?;
        assert_eq!(found(&app, "zorble").await?, [hum]);
        let mut tx = t.db.begin().await?;
        enqueue(&mut tx, &Job::LearnPhrases {}, t.clock.now() + HOUR).await?;
        set_status(&mut tx, request, RequestStatus::Open, By::Customer(Some(cast.tsumugi.id)), t.clock.now())
            .await?;
        tx.commit().await?;
        run_due(&app).await?;
        follow(&app).await?;
        assert_eq!(found(&app, "zorble").await?, Vec::<i64>::new());
        Ok(())
    }
);

db_test!(
    async fn a_name_that_a_customer_wrote_is_found_out_by_nobody(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let invoice = shelf.article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        let seats = shelf.article(None, &[(En, "Seats", "The invoice counts seats.")]).await?;
        solved(&app, &cast.penny, &cast.midori, "Please put Snowglobe on my invoice", invoice).await?;
        solved(&app, &cast.penny, &cast.midori, "Snowglobe again, on each invoice", invoice).await?;
        solved(&app, &cast.hotaru, &cast.midori, "It says Snowglobe on my invoice", invoice).await?;
        learn(&app).await?;
        for name in ["Snowglobe", "snowglobe snowglobes", "\"Snowglobe\"", "snow globe"] {
            assert_eq!(found(&app, name).await?, Vec::<i64>::new(), "{name}: two customers' word is theirs");
        }
        let all = found(&app, "invoice").await?;
        assert!(all.contains(&invoice) && all.contains(&seats), "{all:?}: a word that an article says, too");
        assert_eq!(found(&app, "invoice snowglobe").await?, found(&app, "invoice snowglode").await?);
        solved(&app, &cast.tsumugi, &cast.midori, "The snowglobe is missing", invoice).await?;
        learn(&app).await?;
        assert_eq!(found(&app, "snowglobe").await?, [invoice], "three use it: a word that customers have");
        Ok(())
    }
);

db_test!(
    async fn a_name_in_a_phrase_that_was_kept_of_a_request_is_found_out_by_nobody(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let invoice = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        let request = solved(&app, &cast.penny, &cast.midori, "Our address", invoice).await?;
        let mut tx = t.db.begin().await?;
        let by = knowledge::By::new(t.clock.now(), Actor::Person(&cast.midori));
        knowledge::add_phrase(&mut tx, &by, invoice, En, "Settings for Snowglobe", Some(request)).await?;
        knowledge::add_phrase(&mut tx, &by, invoice, En, "letterhead", None).await?;
        tx.commit().await?;
        learn(&app).await?;
        assert_eq!(found(&app, "snowglobe").await?, Vec::<i64>::new());
        assert_eq!(found(&app, "letterhead").await?, [invoice], "that is what CRE call it");
        solved(&app, &cast.hotaru, &cast.midori, "A snowglobe", invoice).await?;
        solved(&app, &cast.tsumugi, &cast.midori, "Snowglobe again", invoice).await?;
        learn(&app).await?;
        assert_eq!(found(&app, "snowglobe").await?, [invoice], "three use it");
        Ok(())
    }
);

db_test!(
    async fn a_customer_who_repeats_a_word_does_not_outweigh_two_others(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let shelf = Shelf(&app);
        let loud = shelf.article(None, &[(En, "Noise", "Turn it off.")]).await?;
        let others = shelf.article(None, &[(En, "Light", "Turn it on.")]).await?;
        for words in ["Zorble zorble", "Zorble zorble zorble zorble", "Zorble zorble zorble"] {
            solved(&app, &cast.penny, &cast.midori, words, loud).await?;
        }
        for (customer, words) in [(&cast.hotaru, "The zorble"), (&cast.tsumugi, "My zorble")] {
            solved(&app, customer, &cast.midori, words, others).await?;
        }
        learn(&app).await?;
        assert_eq!(found(&app, "zorble").await?, [others, loud]);
        Ok(())
    }
);

db_test!(
    async fn what_was_learned_goes_with_the_customer_and_fades_with_time(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let invoice = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        let glossary = Shelf(&app).article(None, &[(En, "Words", GLOSSARY)]).await?;
        let pennys = solved(&app, &cast.penny, &cast.midori, "Moonlit ledger stationery", invoice).await?;
        solved(&app, &cast.hotaru, &cast.midori, "Crimson envelope please", invoice).await?;
        let mut tx = t.db.begin().await?;
        let by = knowledge::By::new(t.clock.now(), Actor::Person(&cast.midori));
        knowledge::add_phrase(&mut tx, &by, invoice, En, "Velvet stamps", Some(pennys)).await?;
        tx.commit().await?;
        learn(&app).await?;
        assert_eq!(found(&app, "moonlit ledger").await?, [invoice, glossary]);
        assert_eq!(found(&app, "velvet stamps").await?, [invoice, glossary]);
        let mut tx = t.db.begin().await?;
        run!(tx, "DELETE FROM request WHERE id = $1", pennys)?;
        tx.commit().await?;
        let words = value!(
            t.db.read().await?,
            i64,
            "SELECT COUNT(*) FROM search_evidence WHERE text LIKE '%oonlit%'"
        )?;
        assert_eq!(words, 0, "gone in the same moment");
        learn(&app).await?;
        assert_eq!(found(&app, "moonlit ledger").await?, [glossary]);
        assert_eq!(found(&app, "velvet stamps").await?, [glossary]);
        assert_eq!(found(&app, "crimson envelope").await?, [invoice, glossary]);
        t.clock.advance(800 * DAY);
        learn(&app).await?;
        assert_eq!(learned_of(&mut app.db.read().await?, invoice).await?, 0);
        Ok(())
    }
);

db_test!(
    async fn a_confirmed_visit_teaches_and_one_that_ended_in_a_request_does_not(t: TestDb) {
        let app = t.app().await?;
        let article = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        let glossary = Shelf(&app).article(None, &[(En, "Words", GLOSSARY)]).await?;
        for (visitor, typed) in
            [("a", "Velvet stamps on the envelope"), ("b", "Granite paper for the envelope")]
        {
            let now = t.clock.now();
            let mut tx = t.db.begin().await?;
            let session = intake::open(&app, &mut tx, visitor, En, now).await?;
            intake::note_shown(&mut tx, &session, typed, Stage::Typing, &[article], now).await?;
            assert!(intake::note_solved(&mut tx, &session.key, visitor, article, now).await?);
            if visitor == "b" {
                run!(tx, "UPDATE intake_session SET submitted_at = $2 WHERE id = $1", session.id, now)?;
            }
            tx.commit().await?;
        }
        learn(&app).await?;
        assert_eq!(found(&app, "velvet stamps").await?, [glossary], "not before the day is over");
        t.clock.advance(DAY);
        intake::tidy(&app).await?;
        learn(&app).await?;
        assert_eq!(found(&app, "velvet stamps").await?, [article, glossary]);
        assert_eq!(found(&app, "granite paper").await?, [glossary]);
        Ok(())
    }
);

db_test!(
    async fn three_browsers_that_opened_the_same_result_count_a_little(t: TestDb) {
        let app = t.app().await?;
        let article = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        for (n, visitor) in ["a", "b", "b", "b"].into_iter().enumerate() {
            click(&t, visitor, article, n as i64).await?;
        }
        settle(&app).await?;
        assert_eq!(learned_of(&mut app.db.read().await?, article).await?, 0, "one that clicks often is one");
        click(&t, "c", article, 9).await?;
        settle(&app).await?;
        assert_eq!(learned_of(&mut app.db.read().await?, article).await?, 1);
        Ok(())
    }
);

db_test!(
    async fn what_a_browser_did_goes_with_the_customer_whose_it_turns_out_to_be(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let article = Shelf(&app).article(None, &[(En, "Billing address", "Open Settings.")]).await?;
        for visitor in ["a", "b", "c"] {
            click(&t, visitor, article, 0).await?;
        }
        settle(&app).await?;
        let known = "SELECT COUNT(*) FROM search_evidence WHERE person_id IS NOT NULL";
        assert_eq!(value!(t.db.read().await?, i64, known)?, 0);
        let request = open(&app, question(&app, &cast.penny, "Stamps", "Which?")).await?.id;
        let mut tx = t.db.begin().await?;
        let session = intake::open(&app, &mut tx, "a", En, t.clock.now()).await?;
        run!(tx, "UPDATE intake_session SET request_id = $2 WHERE id = $1", session.id, request)?;
        tx.commit().await?;
        t.clock.advance(HOUR);
        settle(&app).await?;
        assert_eq!(value!(t.db.read().await?, i64, known)?, 1);
        let mut tx = t.db.begin().await?;
        run!(tx, "DELETE FROM request WHERE id = $1", request)?;
        run!(tx, "DELETE FROM person WHERE id = $1", cast.penny.id)?;
        tx.commit().await?;
        let left = value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM search_evidence")?;
        assert_eq!(left, 2);
        t.clock.advance(HOUR);
        settle(&app).await?;
        assert_eq!(learned_of(&mut app.db.read().await?, article).await?, 0, "two browsers say too little");
        Ok(())
    }
);

async fn click(t: &TestDb, visitor: &str, article: i64, after: i64) -> anyhow::Result<()> {
    let mut tx = t.db.begin().await?;
    run!(
        tx,
        "INSERT INTO search_click (at, locale, term, article_id, visitor) VALUES ($1, 'en', 'stamps', $2, $3)",
        t.clock.now() + after,
        article,
        visitor
    )?;
    Ok(tx.commit().await?)
}
