//! Removing what nobody follows or looks at any more: a part of the job that comes back every hour.

use super::analytics::MOST_WEEKS;
use super::index::drop_changes;
use crate::app_state::App;
use crate::clock::DAY;
use crate::jobs::JobError;
use crate::storage::run;

/// How long changes are kept. A process that was away for longer builds its index anew.
const CHANGES_KEPT: i64 = 7 * DAY;
/// Searches, and results that were opened, are kept for as long as the desk looks back. What was learned from them stays
/// for longer, with the evidence.
const SEARCHES_KEPT: i64 = MOST_WEEKS * 7 * DAY;

pub async fn clean_up(app: &App) -> Result<(), JobError> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    drop_changes(&mut tx, now - CHANGES_KEPT).await?;
    run!(tx, "DELETE FROM search_log WHERE at < $1", now - SEARCHES_KEPT)?;
    run!(tx, "DELETE FROM search_click WHERE at < $1", now - SEARCHES_KEPT)?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::{Job, enqueue, run_due};
    use crate::storage::{all, value};
    use crate::testing::{Shelf, TestDb, db_test, follow};
    use app::i18n::Locale;
    use std::time::Duration;

    db_test!(
        async fn what_is_older_than_anybody_looks_back_goes_and_the_rest_stays(t: TestDb) {
            let app = t.app().await?;
            let article = Shelf(&app).article(None, &[(Locale::En, "Invoices", "Open Billing.")]).await?;
            let week = 7 * DAY;
            let mut tx = t.db.begin().await?;
            for (term, weeks) in [("old", 27), ("young", 25)] {
                let at = t.clock.now() + 8 * DAY - weeks * week;
                run!(
                    tx,
                    "INSERT INTO search_log (at, locale, term, hits) VALUES ($1, 'en', $2, 0)",
                    at,
                    term
                )?;
                let opened =
                    "INSERT INTO search_click (at, locale, term, article_id) VALUES ($1, 'en', $2, $3)";
                run!(tx, opened, at, term, article)?;
            }
            enqueue(&mut tx, &Job::CleanUp {}, t.clock.now()).await?;
            tx.commit().await?;
            follow(&app).await?;
            let changes =
                async || anyhow::Ok(value!(t.db.read().await?, i64, "SELECT COUNT(*) FROM change")?);
            let before = changes().await?;
            assert!(before > 1);
            run_due(&app).await?;
            assert_eq!(changes().await?, before, "they are young");
            t.clock.advance(8 * DAY);
            run_due(&app).await?;
            // On PostgreSQL a transaction of another test may hold the end of the changes back.
            while changes().await? > 1 {
                clean_up(&app).await?;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            for table in ["search_log", "search_click"] {
                let sql = format!("SELECT term FROM {table}");
                let left = all!(t.db.read().await?, (String,), sqlx::AssertSqlSafe(sql))?;
                assert_eq!(left, [("young".to_owned(),)], "{table}");
            }
            assert!(app.search.is_up_to_date(&app.db).await?, "who has followed needs nothing of it");
            Ok(())
        }
    );
}
