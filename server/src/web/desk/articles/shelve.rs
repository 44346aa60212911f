//! Which category an article without one may belong to: the one that most of the articles nearest to it lie in.

use crate::knowledge::Edited;
use crate::search::{Request as Asked, Viewer};
use crate::storage::{all, ids};
use crate::web::{Ctx, Result};
use app::i18n::Locale;
use app::model::desk_articles::TranslationState;
use app::model::editor::{ArticleFrame, EditorFields, Unshelved};
use app::model::form::Choice;

/// Articles that are asked: as many as stand below an article, which are looked for once for both.
const NEAREST: usize = 4;

/// What is said of an article that lies in no category; `None` of one that does, and of one that is not saved yet.
pub(super) async fn unshelved(
    ctx: &Ctx,
    article: Option<&Edited>,
    written: Locale,
    fields: &EditorFields,
    frame: &ArticleFrame,
    categories: &[Choice],
) -> Result<Option<Unshelved>> {
    let Some(article) = article.filter(|_| fields.category.is_empty()) else { return Ok(None) };
    // What readers cannot see yet is in no index, and is asked for like a question.
    let related = ctx.app.search.related(article.id, written, &Viewer::Staff, NEAREST);
    let mut near: Vec<i64> = related.iter().map(|found| found.article_id).collect();
    if near.is_empty() {
        let (subject, description) = (fields.title.as_str(), fields.body.as_str());
        let asked = Asked { subject, description, locale: written, viewer: &Viewer::Staff };
        near.extend(ctx.app.search.matching(&asked, NEAREST).iter().map(|found| found.article_id));
    }
    let sql = format!(
        "SELECT category_id, COUNT(*) FROM article WHERE category_id IS NOT NULL AND id <> {} AND id IN ({})
         GROUP BY category_id ORDER BY COUNT(*) DESC, category_id LIMIT 1",
        article.id,
        ids(near)
    );
    let shared = all!(ctx.app.db.read().await?, (i64, i64), sqlx::AssertSqlSafe(sql.as_str()))?;
    let shared = shared.first().map(|(id, _)| id.to_string());
    let live = [frame.ja, frame.en]
        .iter()
        .any(|state| matches!(state, TranslationState::Published | TranslationState::Changed));
    let proposed = categories.iter().find(|choice| shared.as_ref() == Some(&choice.value)).cloned();
    Ok(Some(Unshelved { live, proposed }))
}
