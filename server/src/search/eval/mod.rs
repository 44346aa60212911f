//! Evaluation: how good the production analysis and ranking are on judged collections, and on
//! the portal's own titles and requests.

mod collection;
mod explain;
mod files;
mod metrics;
mod offers;
mod questions;
#[cfg(test)]
mod tests;
mod titles;

pub use collection::{Corpus, Doubts, Indexed, Judged, Report};
pub use explain::Knowledge;
pub use files::CollectionError;
pub use metrics::{Judgements, Measures};
pub use offers::{OffersReport, evaluate_offers, solved_requests};
pub use questions::QuestionsReport;
pub use titles::{Share, TitlesReport, evaluate_titles};

use app::i18n::Locale;
use tantivy::{Index, IndexWriter, ReloadPolicy, TantivyDocument};

use super::analysed::{ANALYSED, Analysed};
use super::analyst::Analyst;
use super::document::IndexedArticle;
use super::query::Snapshot;
use super::schema::Fields;

const WRITER_BYTES: usize = 64 * 1024 * 1024;

/// Kana or kanji are typed at the Japanese pages.
pub fn language_of(question: &str) -> Locale {
    let japanese =
        |c| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9d}');
    if question.contains(japanese) { Locale::Ja } else { Locale::En }
}

/// An index in memory, of these articles and nothing else.
pub(crate) fn throw_away(articles: impl IntoIterator<Item = IndexedArticle>) -> tantivy::Result<Snapshot> {
    let fields = Fields::new();
    let index = Index::create_in_ram(fields.schema.clone());
    index.tokenizers().register(ANALYSED, Analysed::default());
    let mut writer: IndexWriter<TantivyDocument> = index.writer_with_num_threads(1, WRITER_BYTES)?;
    let mut analyst = Analyst::default();
    for article in articles {
        writer.add_document(analyst.document(&fields, &article))?;
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Snapshot::new(reader.searcher(), fields.into()))
}
