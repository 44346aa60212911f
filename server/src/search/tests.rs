//! The whole of it: articles written to a database are followed, found, withheld and rebuilt. Here is what the tests
//! share.

mod erasing;
mod finding;
mod following;
mod guessing;
mod meaning;
mod unconverted;

use std::sync::Arc;

use app::i18n::Locale;

use super::Search;
use super::document::Viewer;
use super::index::{Follower, filling_disk::FillingDisk, folder::IndexFolder};
use super::query::{SearchQuery, SearchResults};
use crate::identity::Actor;
use crate::knowledge::{
    By, Draft, NewArticle, create_article, create_translation, publish, save_revision, set_tags,
};
use crate::storage::Tx;
use crate::testing::{MONDAY, TestDb};

/// A portal's knowledge and its search, without the web around it.
struct Portal {
    t: TestDb,
    search: Arc<Search>,
    follower: Follower,
}

impl Portal {
    fn new(t: TestDb) -> Self {
        let search = Arc::<Search>::default();
        let follower = follower(&t, "one", &search);
        Self { t, search, follower }
    }

    async fn catch_up(&mut self) -> anyhow::Result<()> {
        self.follower.catch_up().await
    }

    async fn find(&self, locale: Locale, viewer: Viewer, text: &str) -> anyhow::Result<Arc<SearchResults>> {
        let query = SearchQuery {
            text: text.into(),
            locale,
            viewer,
            category: None,
            page: 1,
            per_page: 10,
            excerpts: true,
        };
        Ok(self.search.search(&self.t.db, &query).await?)
    }

    /// Slugs of what an anonymous visitor of English pages finds.
    async fn slugs(&self, text: &str) -> anyhow::Result<Vec<String>> {
        let results = self.find(Locale::En, Viewer::Anonymous, text).await?;
        Ok(results.hits.iter().map(|hit| hit.slug.clone()).collect())
    }
}

fn follower(t: &TestDb, database: &str, search: &Arc<Search>) -> Follower {
    let folder = IndexFolder::new(t.folder.path());
    Follower::new(t.db.clone(), folder, database.to_owned(), Arc::clone(search))
}

/// The same on a disk that can be filled, and on which merges can be held.
fn on_a_filling_disk(t: TestDb) -> (Portal, FillingDisk) {
    let disk = FillingDisk::default();
    let search = Arc::<Search>::default();
    let folder = IndexFolder::on(t.folder.path(), Arc::new(disk.clone()));
    let follower = Follower::new(t.db.clone(), folder, "one".to_owned(), Arc::clone(&search));
    (Portal { t, search, follower }, disk)
}

fn by() -> By<'static> {
    By::new(MONDAY, Actor::Program("test"))
}

async fn translate(
    tx: &mut Tx,
    article: i64,
    locale: Locale,
    slug: &str,
    title: &str,
    body: &str,
) -> anyhow::Result<i64> {
    let translation = create_translation(tx, &by(), article, locale, slug).await?;
    let draft = Draft { title: title.into(), body: body.into(), ..Draft::default() };
    save_revision(tx, &by(), translation, None, &draft).await?;
    publish(tx, &by(), translation).await?;
    Ok(translation)
}

/// Four articles of Kotae's own kind; gives (article id, translation id) of the first in English.
async fn write_articles(t: &TestDb) -> anyhow::Result<(i64, i64)> {
    let mut tx = t.db.begin().await?;
    let password = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    let translation = translate(
        &mut tx,
        password,
        Locale::En,
        "reset-password",
        "Reset your password",
        "Open the sign-in page and press **Forgot**. We mail you a link. If it says `ERR_5021`, wait an hour.",
    )
    .await?;
    translate(
        &mut tx,
        password,
        Locale::Ja,
        "reset-password",
        "パスワードを再設定する",
        "サインイン画面で「忘れた」を押すと、再設定用のリンクをメールでお送りします。",
    )
    .await?;
    let invoice = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(
        &mut tx,
        invoice,
        Locale::En,
        "invoice-name",
        "Change the name on an invoice",
        "Open Billing and edit the name. The next invoice carries it.",
    )
    .await?;
    translate(
        &mut tx,
        invoice,
        Locale::Ja,
        "invoice-name",
        "請求書の宛名を変更する",
        "「お支払い」で宛名を変更します。次の請求書から反映されます。",
    )
    .await?;
    set_tags(&mut tx, &by(), invoice, &["billing".to_owned()]).await?;
    let server = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(&mut tx, server, Locale::Ja, "server", "サーバーの引っ越し", "サーバーを移すときの手順です。")
        .await?;
    let export = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(
        &mut tx,
        export,
        Locale::En,
        "export",
        "Export all requests as CSV",
        "Requests can be exported by an administrator.",
    )
    .await?;
    tx.commit().await?;
    Ok((password, translation))
}

/// One more published article, in English.
async fn write_one(t: &TestDb, slug: &str, title: &str) -> anyhow::Result<()> {
    let mut tx = t.db.begin().await?;
    let article = create_article(&mut tx, &by(), &NewArticle::default()).await?;
    translate(&mut tx, article, Locale::En, slug, title, "It is short.").await?;
    tx.commit().await?;
    Ok(())
}

/// More of them, in Japanese alone: slug and title each.
async fn write_japanese(t: &TestDb, titles: &[(&str, &str)], body: &str) -> anyhow::Result<()> {
    let mut tx = t.db.begin().await?;
    for (slug, title) in titles {
        let article = create_article(&mut tx, &by(), &NewArticle::default()).await?;
        translate(&mut tx, article, Locale::Ja, slug, title, body).await?;
    }
    tx.commit().await?;
    Ok(())
}
