//! What earlier requests suggest for this one: shown beside it, accepted with one press, and remembered.

use super::actions::change;
use crate::desk::{Properties, Request};
use crate::routing::{self, Kind, Likely};
use crate::storage::{Conn, Tx};
use crate::web::{Ctx, Error, Form, Result};
use app::model::desk_suggestions::{SimilarRequest, SuggestedArticle, SuggestedLabel, Suggestions};
use axum::extract::Path;

/// More than is ever offered at once.
const MOST: usize = 10;

/// What the panel shows.
pub(super) async fn load(ctx: &Ctx, conn: &mut Conn, request: &Request) -> Result<Suggestions> {
    let offer = routing::offer(&ctx.app, conn, request).await?;
    Ok(Suggestions {
        article: offer.article.map(|Likely { what, chance }| SuggestedArticle {
            id: what.id,
            title: what.title,
            href: what.href,
            chance: percent(chance),
        }),
        tags: offer
            .tags
            .into_iter()
            .map(|Likely { what, chance }| SuggestedLabel {
                value: format!("{}:{what}", Kind::Tag.code()),
                text: what,
                chance: percent(chance),
            })
            .collect(),
        assignee: offer.assignee.map(|Likely { what: (id, name), chance }| SuggestedLabel {
            value: format!("{}:{id}", Kind::Assignee.code()),
            text: name,
            chance: percent(chance),
        }),
        similar: offer
            .similar
            .into_iter()
            .map(|similar| SimilarRequest {
                number: similar.number,
                subject: similar.subject,
                status: similar.status,
                solved_with: similar.solved_with.map(|article| (article.title, article.href)),
            })
            .collect(),
    })
}

/// Never 100: the next one may be wrong.
fn percent(chance: f32) -> i64 {
    ((chance * 100.0).round() as i64).min(99)
}

/// Notes what the page had offered when something was done on it.
pub(super) async fn note(ctx: &Ctx, tx: &mut Tx, request: &Request, form: &Form) -> Result<()> {
    let offered = form.all("offered");
    let offered: Vec<(Kind, &str)> = offered.iter().filter_map(|text| Kind::parse(text)).take(MOST).collect();
    Ok(routing::note(tx, request.id, &offered, ctx.now).await?)
}

/// Does what was suggested: one of it, or all tags and the assignee at once.
pub(super) async fn accept(ctx: Ctx, Path(number): Path<String>, form: Form) -> Result {
    let accepted = match form.raw("accept") {
        "all" => form.all("offered"),
        one => vec![one.to_owned()],
    };
    let accepted: Vec<(Kind, &str)> =
        accepted.iter().filter_map(|text| Kind::parse(text)).take(MOST).collect();
    let of = |wanted: Kind| accepted.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, label)| *label);
    let tags: Vec<String> = of(Kind::Tag).map(str::to_owned).collect();
    let assignee: Option<i64> = of(Kind::Assignee).find_map(|id| id.parse().ok());
    if tags.is_empty() && assignee.is_none() {
        return Err(Error::BadRequest);
    }
    let suggested = |chosen: &mut Properties| {
        chosen.add_tags.extend(tags);
        if assignee.is_some() {
            chosen.assignee = Some(assignee);
        }
    };
    let words = |number| {
        let en = format!("The suggestions have been applied to #{number}.");
        (format!("#{number} に提案を反映しました。"), en)
    };
    change(ctx, &number, form, suggested, words).await
}
