//! Two processes on one database: what is changed in one is shown by the other.

use crate::app_state::App;
use crate::identity::Actor;
use crate::knowledge::{By, delete_category, move_category};
use crate::search::Follower;
use crate::testing::{Cast, Client, Shelf, TestDb, db_test};
use std::time::Duration;

/// Waits until something is so. On PostgreSQL any transaction that is open, another test's too, holds changes back.
async fn comes_true(is_so: impl AsyncFn() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    for _ in 0..1_500 {
        if is_so().await? {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    anyhow::bail!("it has not come true")
}

/// The slugs of the tree's first level, in order.
async fn shelves(app: &App) -> anyhow::Result<Vec<String>> {
    Ok(app.tree().await?.children(None).map(|node| node.slug.clone()).collect())
}

db_test!(
    async fn settings_and_categories_that_one_process_changes_are_shown_by_another(t: TestDb) {
        let (here, there) = (t.app().await?, t.replica().await?);
        let cast = Cast::enter(&t).await?;
        let following = tokio::spawn(Follower::keep(there.clone()));
        comes_true(async || Ok(there.search.is_up_to_date(&there.db).await?)).await?;

        let visitor = Client::anonymous(&there);
        assert!(!visitor.get("/en").await.says("Starlight help"), "a page that is kept from now on");
        let mamoru = Client::signed_in_as(&here, &cast.mamoru).await?;
        let page = mamoru.get("/desk/settings").await;
        let saved = mamoru.submit(&page, "/desk/settings", &[("portal_name_en", "Starlight help")]).await;
        assert_eq!(saved.location(), "/desk/settings", "{}", saved.text());
        comes_true(async || Ok(visitor.get("/en").await.says("Starlight help"))).await?;
        assert_eq!(there.settings.current(), here.settings.current());

        let first = Shelf(&here).category("first", None).await?;
        let second = Shelf(&here).category("second", None).await?;
        comes_true(async || Ok(shelves(&there).await? == ["first", "second"])).await?;
        let by = By::new(t.clock.now(), Actor::Program("test"));
        let mut tx = here.db.begin().await?;
        assert!(move_category(&mut tx, &by, second, -1).await?);
        tx.commit().await?;
        comes_true(async || Ok(shelves(&there).await? == ["second", "first"])).await?;
        let mut tx = here.db.begin().await?;
        delete_category(&mut tx, &by, first).await?;
        tx.commit().await?;
        comes_true(async || Ok(shelves(&there).await? == ["second"])).await?;

        there.stop.request();
        following.await?;
        Ok(())
    }
);
