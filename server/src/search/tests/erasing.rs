//! What was erased stands in no file of the index, whatever comes between.

use std::time::Duration;

use super::{Portal, on_a_filling_disk, write_articles, write_one};
use crate::search::Search;
use crate::storage::run;
use crate::testing::{TestDb, db_test};

/// Whether some segment still holds what was deleted from the index.
fn holed(search: &Search) -> bool {
    let index = search.index().expect("it was built");
    let segments = index.index.searchable_segment_metas().expect("they can be read");
    segments.iter().any(|segment| segment.has_deletes())
}

/// Tells of a change of an article, or that somebody was erased.
async fn tell(portal: &Portal, entity: &str, id: i64) -> anyhow::Result<()> {
    let mut tx = portal.t.db.begin().await?;
    run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ($1, $2, 0)", entity, id)?;
    Ok(tx.commit().await?)
}

db_test!(
    async fn what_was_erased_stands_in_no_file_of_the_index(t: TestDb) {
        let (article, _) = write_articles(&t).await?;
        for n in 0..3 {
            write_one(&t, &format!("other-{n}"), "Lanterns").await?;
        }
        let mut portal = Portal::new(t);
        portal.catch_up().await?;
        for (entity, left) in [("article", true), ("erasure", false)] {
            tell(&portal, entity, article).await?;
            portal.catch_up().await?;
            assert_eq!(holed(&portal.search), left, "after {entity}");
        }
        assert_eq!(portal.slugs("lanterns").await?.len(), 3, "nothing else goes");
        assert_eq!(portal.slugs("reset password").await?[0], "reset-password");
        Ok(())
    }
);

#[tokio::test]
async fn an_erasure_that_a_full_disk_broke_off_is_done_when_there_is_room() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    let (article, _) = write_articles(&t).await?;
    let (mut portal, disk) = on_a_filling_disk(t);
    portal.catch_up().await?;
    tell(&portal, "article", article).await?;
    tell(&portal, "erasure", article).await?;
    disk.hold_merges(true);
    let search = std::sync::Arc::clone(&portal.search);
    // What is deleted is committed, and then the segment cannot be written anew.
    let fill = async {
        while !holed(&search) {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        disk.set_full(true);
        disk.hold_merges(false);
    };
    let (followed, ()) = tokio::join!(portal.follower.turn(), fill);
    assert!(followed.is_err() && holed(&search));
    disk.set_full(false);
    portal.catch_up().await?;
    assert!(!holed(&search));
    assert_eq!(portal.slugs("reset password").await?[0], "reset-password");
    Ok(())
}
