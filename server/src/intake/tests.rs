//! What the intake promises about its visits and figures, on both databases.

use super::figures::{ENOUGH, Outcomes, Window, report};
use super::*;
use crate::app_state::App;
use crate::clock::{DAY, HOUR, MINUTE};
use crate::storage::{Tx, all, run, value};
use crate::testing::{MONDAY, TestDb, db_test};
use app::i18n::Locale;

/// An article that is published in English.
async fn article(tx: &mut Tx, title: &str) -> anyhow::Result<i64> {
    let article = value!(tx, i64, "INSERT INTO article (created_at) VALUES (0) RETURNING id")?;
    let translation = value!(
        tx,
        i64,
        "INSERT INTO translation (article_id, locale, slug, updated_at) VALUES ($1, 'en', $2, 0) RETURNING id",
        article,
        title
    )?;
    let revision = value!(
        tx,
        i64,
        "INSERT INTO revision (translation_id, number, title, body, created_at) VALUES ($1, 1, $2, '', 0) RETURNING id",
        translation,
        title
    )?;
    run!(
        tx,
        "UPDATE translation SET live_revision_id = $2, head_revision_id = $2 WHERE id = $1",
        translation,
        revision
    )?;
    Ok(article)
}

async fn outcomes(app: &App) -> anyhow::Result<Vec<(Option<String>, Option<String>)>> {
    let mut conn = app.db.read().await?;
    Ok(all!(
        conn,
        (Option<String>, Option<String>),
        "SELECT outcome_day, outcome_week FROM intake_session ORDER BY id"
    )?)
}

/// A visit that typed something and was shown an article.
async fn visit(
    app: &App,
    tx: &mut Tx,
    visitor: &str,
    article: i64,
    now: i64,
) -> anyhow::Result<IntakeSession> {
    let session = open(app, tx, visitor, Locale::En, now).await?;
    note_shown(tx, &session, "Where is my invoice?", Stage::Typing, &[article], now).await?;
    Ok(session)
}

async fn send(tx: &mut Tx, session: &IntakeSession, now: i64) -> anyhow::Result<()> {
    run!(tx, "UPDATE intake_session SET submitted_at = $2 WHERE id = $1", session.id, now)?;
    Ok(())
}

db_test!(
    async fn a_reload_is_the_same_visit_and_the_draw_holds_for_a_day(t: TestDb) {
        let app = t.app().await?;
        let mut tx = app.db.begin().await?;
        let first = open(&app, &mut tx, "a", Locale::En, MONDAY).await?;
        let again = open(&app, &mut tx, "a", Locale::En, MONDAY + 10 * MINUTE).await?;
        assert_eq!(first, again);
        run!(tx, "UPDATE intake_session SET held_out = TRUE")?;
        let later = open(&app, &mut tx, "a", Locale::En, MONDAY + 2 * HOUR).await?;
        assert_ne!(later.key, first.key);
        assert!(later.held_out, "the same browser on the same day stays in its group");
        assert!(find(&mut tx, &later.key, "a").await?.is_some());
        assert!(find(&mut tx, &later.key, "b").await?.is_none());
        Ok(())
    }
);

db_test!(
    async fn about_the_set_share_of_visits_is_held_out(t: TestDb) {
        let app = t.app().await?;
        let mut tx = app.db.begin().await?;
        let mut held_out = 0;
        for n in 0..400 {
            held_out += i32::from(open(&app, &mut tx, &n.to_string(), Locale::En, MONDAY).await?.held_out);
        }
        assert!((8..=35).contains(&held_out), "{held_out} of 400 at 5 %");
        Ok(())
    }
);

db_test!(
    async fn only_what_was_shown_can_be_opened_or_solve_and_only_in_ones_own_visit(t: TestDb) {
        let app = t.app().await?;
        let mut tx = app.db.begin().await?;
        let (shown, other) = (article(&mut tx, "shown").await?, article(&mut tx, "other").await?);
        let session = open(&app, &mut tx, "a", Locale::En, MONDAY).await?;
        note_shown(
            &mut tx,
            &session,
            "card 4111 1111 1111 1111",
            Stage::Typing,
            &[other + 99, shown],
            MONDAY,
        )
        .await?;
        note_shown(&mut tx, &session, "card 4111 1111 1111 1111", Stage::Typing, &[shown], MONDAY + 1)
            .await?;
        let rows = all!(tx, (i64, i64), "SELECT article_id, rank FROM intake_shown")?;
        assert_eq!(rows, [(shown, 1)], "the best rank counts, a missing article is passed over");
        assert_eq!(value!(tx, String, "SELECT typed FROM intake_session")?, "card #");
        assert!(!note_opened(&mut tx, &session.key, "a", other, MONDAY).await?);
        assert!(!note_solved(&mut tx, &session.key, "a", other, MONDAY).await?);
        assert!(!note_solved(&mut tx, &session.key, "b", shown, MONDAY).await?);
        assert!(note_solved(&mut tx, &session.key, "a", shown, MONDAY).await?);
        assert_eq!(find(&mut tx, &session.key, "a").await?.and_then(|s| s.solved_article_id), Some(shown));
        assert!(note_unsolved(&mut tx, &session.key, "a").await?);
        assert_eq!(find(&mut tx, &session.key, "a").await?.and_then(|s| s.solved_article_id), None);
        Ok(())
    }
);

db_test!(
    async fn visits_are_settled_after_a_day_and_again_after_a_week(t: TestDb) {
        let app = t.app().await?;
        let mut tx = app.db.begin().await?;
        let answer = article(&mut tx, "answer").await?;
        // Said it was solved, and came back three days later with a request after all.
        let solved = visit(&app, &mut tx, "a", answer, MONDAY).await?;
        note_solved(&mut tx, &solved.key, "a", answer, MONDAY + MINUTE).await?;
        // Read the article and left.
        let read = visit(&app, &mut tx, "b", answer, MONDAY).await?;
        note_opened(&mut tx, &read.key, "b", answer, MONDAY + MINUTE).await?;
        // Read the article and sent.
        let sent = visit(&app, &mut tx, "c", answer, MONDAY).await?;
        note_opened(&mut tx, &sent.key, "c", answer, MONDAY).await?;
        send(&mut tx, &sent, MONDAY + HOUR).await?;
        // Looked at the form.
        open(&app, &mut tx, "d", Locale::En, MONDAY).await?;
        let back = open(&app, &mut tx, "a", Locale::En, MONDAY + 3 * DAY).await?;
        send(&mut tx, &back, MONDAY + 3 * DAY).await?;
        settle(&mut tx, MONDAY + DAY - 1).await?;
        tx.commit().await?;
        assert!(outcomes(&app).await?.iter().all(|(day, week)| day.is_none() && week.is_none()));

        let mut tx = app.db.begin().await?;
        settle(&mut tx, MONDAY + DAY).await?;
        tx.commit().await?;
        let day: Vec<_> = outcomes(&app).await?.into_iter().map(|(day, _)| day).collect();
        let said = |word: &str| Some(word.to_owned());
        assert_eq!(day, [said("confirmed"), said("potential"), said("none"), said("idle"), None]);

        let mut tx = app.db.begin().await?;
        settle(&mut tx, MONDAY + 20 * DAY).await?;
        settle(&mut tx, MONDAY + 30 * DAY).await?;
        tx.commit().await?;
        let week: Vec<_> = outcomes(&app).await?.into_iter().map(|(_, week)| week).collect();
        assert_eq!(week, [said("none"), said("potential"), said("none"), said("idle"), said("none")]);
        let day: Vec<_> = outcomes(&app).await?.into_iter().map(|(day, _)| day).collect();
        assert_eq!(day[0], said("confirmed"), "what a day said stays said");
        Ok(())
    }
);

db_test!(
    async fn the_report_counts_outcomes_groups_weeks_and_articles(t: TestDb) {
        let app = t.app().await?;
        let mut tx = app.db.begin().await?;
        let good = article(&mut tx, "Good answer").await?;
        let poor = article(&mut tx, "Poor answer").await?;
        for n in 0..2 * ENOUGH {
            let (visitor, now) = (format!("s{n}"), MONDAY + n * HOUR);
            let session = visit(&app, &mut tx, &visitor, poor, now).await?;
            run!(tx, "UPDATE intake_session SET held_out = FALSE WHERE id = $1", session.id)?;
            note_shown(&mut tx, &session, "words", Stage::Submit, &[good], now).await?;
            match n % 4 {
                0 => drop(note_solved(&mut tx, &session.key, &visitor, good, now).await?),
                1 => drop(note_opened(&mut tx, &session.key, &visitor, poor, now).await?),
                _ => send(&mut tx, &session, now).await?,
            }
        }
        for n in 0..ENOUGH {
            let session = open(&app, &mut tx, &format!("h{n}"), Locale::En, MONDAY + 8 * DAY).await?;
            run!(tx, "UPDATE intake_session SET held_out = TRUE WHERE id = $1", session.id)?;
            note_shown(&mut tx, &session, "words", Stage::Typing, &[], MONDAY + 8 * DAY).await?;
            if n > 1 {
                send(&mut tx, &session, MONDAY + 8 * DAY).await?;
            }
        }
        // Too young to be settled.
        visit(&app, &mut tx, "young", good, MONDAY + 13 * DAY).await?;
        settle(&mut tx, MONDAY + 13 * DAY).await?;
        tx.commit().await?;

        let mut conn = app.db.read().await?;
        let found = report(&mut conn, MONDAY, 2, Window::Day, Locale::En).await?;
        let (quarter, half) = (ENOUGH / 2, ENOUGH);
        assert_eq!(
            found.total,
            Outcomes { confirmed: quarter, potential: quarter, none: half + ENOUGH - 2, idle: 2, open: 1 }
        );
        assert_eq!(found.weeks[0].settled(), 2 * ENOUGH);
        assert_eq!(found.weeks[1], Outcomes { none: ENOUGH - 2, idle: 2, open: 1, ..Outcomes::default() });
        assert_eq!((found.shown.hits, found.shown.of), (half, 2 * ENOUGH));
        assert_eq!((found.held_out.hits, found.held_out.of), (ENOUGH - 2, ENOUGH));
        let effect = found.effect().expect("both groups are large enough");
        assert!((effect.point + 0.4).abs() < 1e-9 && effect.high < 0.0);
        let solving: Vec<_> = found.solving.iter().map(|a| (a.title.as_str(), a.solved, a.shown)).collect();
        assert_eq!(solving, [("Good answer", quarter, 2 * ENOUGH)]);
        let not: Vec<_> = found.not_solving.iter().map(|a| (a.title.as_str(), a.sent, a.opened)).collect();
        assert_eq!(not, [("Poor answer", half, quarter), ("Good answer", half, quarter)]);

        let nothing = report(&mut conn, MONDAY + 100 * DAY, 2, Window::Week, Locale::En).await?;
        assert_eq!(nothing.effect(), None);
        assert_eq!(nothing.total, Outcomes::default());
        Ok(())
    }
);
