//! What every page about one article at the desk begins with.

use super::list::moment;
use crate::knowledge::{Edited, EditedText, article_path, edited};
use crate::web::{Ctx, Error, Result};
use app::i18n::Locale;
use app::model::desk_articles::TranslationState;
use app::model::editor::ArticleFrame;

/// The article of an address and the language in it; unknown ones are not found.
pub(super) async fn find(ctx: &Ctx, id: &str, language: &str) -> Result<(Edited, Locale)> {
    let written = Locale::from_tag(language).ok_or(Error::NotFound)?;
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let edited = edited(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)?;
    Ok((edited, written))
}

pub(super) fn frame(ctx: &Ctx, article: &Edited, written: Locale) -> ArticleFrame {
    let state = |text: &Option<EditedText>| match text {
        Some(text) => TranslationState::of(Some(text.revision_id), text.live_revision_id),
        None => TranslationState::None,
    };
    let text = article.text(written);
    let title = text.or_else(|| article.text(written.other())).map(|text| text.title.clone());
    ArticleFrame {
        id: Some(article.id),
        written,
        title: title.unwrap_or_default(),
        ja: state(&article.ja),
        en: state(&article.en),
        revisions: text.map_or(0, |text| text.number),
        phrases: article.phrases,
        public_href: text
            .filter(|text| text.live_revision_id.is_some())
            .map(|text| article_path(written, &text.slug)),
        about: text.map(|text| about(ctx, text)).unwrap_or_default(),
    }
}

/// 「第7版 · 6月12日 · 答野 みどり」.
fn about(ctx: &Ctx, text: &EditedText) -> String {
    let number = text.number;
    let version = ctx.locale.t(format!("第{number}版"), format!("Version {number}"));
    [version, moment(ctx, text.saved_at).text, text.author.clone().unwrap_or_default()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" · ")
}
