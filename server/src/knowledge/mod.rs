//! What customers read: articles with a translation per locale, their immutable revisions, the category tree, tags,
//! the customers' own words that lead to an article, and addresses that moved.
//!
//! Every function that changes something runs in the caller's transaction and writes a `change` row there for the
//! index to follow; where a person did it, the audit log gets its line in the same transaction too. After the commit
//! the caller rings [`crate::app_state::App::knowledge_changed`].

mod article;
mod by;
mod category;
mod difference;
mod editing;
mod error;
mod feedback;
mod listing;
mod phrase;
mod reading;
mod redirect;
mod rendered;
mod revision;
mod slug;
mod tag;
#[cfg(test)]
mod tests;
mod tree;
mod verbatim;

pub use article::{
    NewArticle, change_slug, create_article, create_translation, delete_article, set_category, set_owner,
    slug_follows_title,
};
pub use by::By;
pub use category::{
    CategoryText, DEPTH, NewCategory, category_by_slug, delete_category, edit_category, move_category,
    upsert_category,
};
pub use difference::difference;
pub use editing::{
    Edited, EditedText, Revision, Step, edited, history, phrases_of, possible_owners, revision,
    translation_id,
};
pub use error::{KnowledgeError, Result};
pub use feedback::{Feedback, add_feedback, asked_most};
pub use listing::{Listed, Listing, ROWS, article_tags};
pub use phrase::{add_phrase, remove_phrase};
pub use reading::{
    Article, Entry, Found, Line, PER_PAGE, article_at, article_by_slug, articles_in, count, entries,
    lines_of, newest,
};
pub use redirect::{add_redirect, article_path, category_path, moved_to};
pub use rendered::{RenderedArticles, render_preview};
pub use revision::{Conflict, Draft, Saving, publish, save_revision, unpublish};
pub use slug::{slug_for, slugify};
pub use tag::{set_tags, tag_id, tags_of};
pub use tree::{KeptTree, Node, Tree};
pub use verbatim::{customers_lines, origin_words};
