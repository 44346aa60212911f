//! The judgement list: what customers would type, in words that differ from the titles.

use super::articles::Articles;
use super::data::Demo;
use crate::app_state::App;
use crate::identity::Actor;
use crate::search::judgement::{Judgement, add};

pub(super) async fn seed(app: &App, data: &Demo, articles: &Articles, now: i64) -> anyhow::Result<()> {
    let mut tx = app.db.begin().await?;
    for judged in &data.judgements {
        let new = Judgement {
            locale: judged.locale,
            question: &judged.query,
            article_id: articles.id(&judged.article)?,
            request_id: None,
        };
        add(&mut tx, &new, &Actor::Program("demo"), now).await?;
    }
    Ok(tx.commit().await?)
}
