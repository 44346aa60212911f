//! What a trial found, as the page shows it.

use crate::search::synonyms::{Compared, Tried};
use app::model::synonyms::{ComparedHit, ComparedResults, SynonymEffect, SynonymPreview};

pub(super) fn preview(tried: Tried, in_use: bool) -> SynonymPreview {
    let effects = tried.effects.into_iter().map(|effect| SynonymEffect {
        before: results(&effect.before, None),
        after: results(&effect.after, Some(&effect.before)),
        query: effect.query,
        visitors: effect.visitors.map(|n| n as i64),
    });
    SynonymPreview {
        in_use,
        searches: tried.searches as i64,
        changed: tried.changed as i64,
        effects: effects.collect(),
    }
}

/// Results; those that were not among the first `before` are new.
fn results(compared: &Compared, before: Option<&Compared>) -> ComparedResults {
    let was_there = |id: i64| before.is_none_or(|before| before.first.iter().any(|hit| hit.article_id == id));
    let first = compared.first.iter().map(|hit| ComparedHit {
        title: hit.title.iter().map(|segment| segment.text.as_str()).collect(),
        new: !was_there(hit.article_id),
    });
    ComparedResults { total: compared.total as i64, first: first.collect() }
}
