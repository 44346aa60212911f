//! Whether requests that an article solved would have been deflected: asked again as they were written, over the articles
//! of today.

use std::collections::HashSet;

use app::i18n::Locale;

use super::throw_away;
use crate::search::document::{IndexedArticle, Viewer};
use crate::search::query::{LEAST_CONFIDENCE, Match, Meanings, Ranking, Request};
use crate::storage::{Conn, Result, all};

/// So many articles are offered at once.
const OFFERED: usize = 3;

/// A request and the article that solved it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Solved {
    locale: String,
    subject: String,
    body: String,
    article_id: i64,
}

/// What the evaluation found, in requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct OffersReport {
    /// Solved with an article that everybody may read in its language.
    pub requests: usize,
    /// Anything would have been offered.
    pub offered: usize,
    /// The article that solved it would have been.
    pub right: usize,
    /// It would have come first.
    pub right_first: usize,
}

/// The requests that an article solved, as their customers wrote them.
pub async fn solved_requests(conn: &mut Conn) -> Result<Vec<Solved>> {
    Ok(all!(
        conn,
        Solved,
        "SELECT r.locale, r.subject, r.solved_article_id AS article_id,
                COALESCE((SELECT m.body FROM message m WHERE m.request_id = r.id AND m.kind = 'reply'
                          ORDER BY m.id LIMIT 1), '') AS body
         FROM request r WHERE r.solved_article_id IS NOT NULL ORDER BY r.id"
    )?)
}

fn bare(article: IndexedArticle) -> IndexedArticle {
    IndexedArticle { phrases: Vec::new(), learned: Vec::new(), ..article }
}

/// Writes every request anew. Search phrases stay out, added or learned: some of them are these very words.
pub fn evaluate_offers(articles: Vec<IndexedArticle>, requests: &[Solved]) -> tantivy::Result<OffersReport> {
    let readable: HashSet<(i64, Locale)> =
        articles.iter().map(|article| (article.article_id, article.locale)).collect();
    let snapshot = throw_away(articles.into_iter().map(bare))?;
    let mut report = OffersReport::default();
    for Solved { locale, subject, body, article_id } in requests {
        let Some(locale) =
            Locale::from_tag(locale).filter(|locale| readable.contains(&(*article_id, *locale)))
        else {
            continue;
        };
        let request = Request { subject, description: body, locale, viewer: &Viewer::Anonymous };
        let meanings = Meanings::default();
        let matches =
            snapshot.matching(&request, &Ranking::PRODUCTION, &meanings, LEAST_CONFIDENCE, OFFERED)?;
        let is_right = |found: &Match| found.article_id == *article_id;
        report.requests += 1;
        report.offered += usize::from(!matches.is_empty());
        report.right += usize::from(matches.iter().any(is_right));
        report.right_first += usize::from(matches.first().is_some_and(is_right));
    }
    Ok(report)
}
