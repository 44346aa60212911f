//! Articles for tests: written, published and shelved in one line.

use crate::app_state::App;
use crate::identity::Actor;
use crate::knowledge::{
    By, CategoryText, Draft, NewArticle, NewCategory, create_article, create_translation, publish,
    save_revision, slug_for, upsert_category,
};
use app::i18n::Locale;

/// Writes articles into a portal as an import would: without an actor.
pub struct Shelf<'a>(pub &'a App);

impl Shelf<'_> {
    fn by(&self) -> By<'static> {
        By::new(self.0.clock.now(), Actor::Program("test"))
    }

    /// A category whose names are 「`slug` の棚」 and "Shelf `slug`".
    pub async fn category(&self, slug: &str, parent_id: Option<i64>) -> anyhow::Result<i64> {
        let text = |locale: Locale| CategoryText {
            locale,
            name: locale.t(format!("{slug}の棚"), format!("Shelf {slug}")),
            description: String::new(),
        };
        let new = NewCategory {
            slug: slug.into(),
            parent_id,
            icon: "book".into(),
            position: 0,
            texts: Locale::ALL.map(text).to_vec(),
        };
        let mut tx = self.0.db.begin().await?;
        let id = upsert_category(&mut tx, &self.by(), &new).await?;
        tx.commit().await?;
        self.0.knowledge_changed();
        Ok(id)
    }

    /// A published article with these translations: (locale, title, Markdown).
    pub async fn article(
        &self,
        category_id: Option<i64>,
        texts: &[(Locale, &str, &str)],
    ) -> anyhow::Result<i64> {
        let by = self.by();
        let mut tx = self.0.db.begin().await?;
        let id = create_article(&mut tx, &by, &NewArticle { category_id, owner_id: None }).await?;
        for (locale, title, body) in texts {
            let slug = slug_for(&mut tx, *locale, title, None).await?;
            let translation = create_translation(&mut tx, &by, id, *locale, &slug).await?;
            let draft = Draft { title: (*title).into(), body: (*body).into(), ..Draft::default() };
            save_revision(&mut tx, &by, translation, None, &draft).await?;
            publish(&mut tx, &by, translation).await?;
        }
        tx.commit().await?;
        self.0.knowledge_changed();
        Ok(id)
    }
}
