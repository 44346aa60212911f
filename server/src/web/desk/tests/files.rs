//! Files at the desk are looked over before anything is written.

use crate::testing::{Cast, Client, Shelf, TestDb};
use app::i18n::Locale;

/// While a transaction holds SQLite's one writer, whoever wants it waits for seconds and is answered with 503.
#[tokio::test]
async fn a_file_that_is_refused_does_not_wait_for_the_writer_of_the_database() -> anyhow::Result<()> {
    let t = TestDb::sqlite().await?;
    let app = t.app().await?;
    let cast = Cast::enter(&t).await?;
    let article = Shelf(&app).article(None, &[(Locale::En, "Invoices", "Open Billing.")]).await?;
    let mamoru = Client::signed_in_as(&app, &cast.mamoru).await?;
    let editor = format!("/desk/articles/{article}/en/edit");
    for (path, field) in [("/desk/settings", "logo"), (editor.as_str(), "image")] {
        let page = mamoru.get(path).await;
        let busy = t.db.begin().await?;
        let file = [(field, "mark.png", b"no picture".as_slice())];
        let refused = mamoru.submit_files(&page, path, &[("do", "upload")], &file).await;
        assert_eq!(refused.status, 422, "{path}: {}", refused.text());
        assert!(refused.says("mark.png"), "{path}: {}", refused.text());
        drop(busy);
    }
    Ok(())
}
