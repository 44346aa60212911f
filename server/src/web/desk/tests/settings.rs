//! Settings that two administrators change at once.

use crate::testing::{Cast, Client, TestDb, db_test};

db_test!(
    async fn what_another_administrator_changed_while_the_form_was_open_stays(t: TestDb) {
        let app = t.app().await?;
        let cast = Cast::enter(&t).await?;
        let one = Client::signed_in_as(&app, &cast.mamoru).await?;
        let other = Client::signed_in_as(&app, &cast.mamoru).await?;
        let path = "/desk/settings";
        let (hers, his) = (one.get(path).await, other.get(path).await);
        other.submit(&his, path, &[("reply_hours", "3"), ("accent", "#335577")]).await;
        // A mistake on the way keeps what the form was drawn from.
        let again = one.submit(&hers, path, &[("accent", "green"), ("portal_name_en", "Stars")]).await;
        assert_eq!(again.status, 422);
        let saved = one.submit(&again, path, &[("accent", "#224466")]).await;
        assert_eq!(saved.location(), path, "{}", saved.text());
        let settings = app.settings.current();
        assert_eq!(settings.reply_hours, 3, "nobody touched it here");
        assert_eq!(settings.portal_name.en, "Stars");
        assert_eq!(settings.accent, "#224466", "what both changed is the last one's");
        Ok(())
    }
);
