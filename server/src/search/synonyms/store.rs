//! The rows of synonyms. Every change leaves a `change` row, so that every process applies it within moments.

use app::i18n::Locale;
use serde_json::{Value, json};

use super::wording::Wording;
use crate::identity::{Actor, audit};
use crate::search::judgement::{self, Cause};
use crate::search::query::Meanings;
use crate::storage::{Conn, Result, Tx, all, first, run, value};

/// Words for the same thing as they are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    pub id: i64,
    pub wording: Wording,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    locale: String,
    words: String,
    meanings: String,
}

impl From<Row> for Synonym {
    fn from(row: Row) -> Self {
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        let wording = Wording {
            locale: Locale::from_tag(&row.locale).unwrap_or_default(),
            words: lines(&row.words),
            meanings: lines(&row.meanings),
        };
        Self { id: row.id, wording }
    }
}

/// The synonyms of one language, in the order of their words.
pub async fn synonyms(conn: &mut Conn, locale: Locale) -> Result<Vec<Synonym>> {
    let sql = "SELECT id, locale, words, meanings FROM synonym WHERE locale = $1 ORDER BY words, id";
    Ok(all!(conn, Row, sql, locale.tag())?.into_iter().map(Synonym::from).collect())
}

pub async fn find_synonym(conn: &mut Conn, id: i64) -> Result<Option<Synonym>> {
    let sql = "SELECT id, locale, words, meanings FROM synonym WHERE id = $1";
    Ok(first!(conn, Row, sql, id)?.map(Synonym::from))
}

/// Keeps a synonym; gives its id. The caller rings [`crate::app_state::App::knowledge_changed`] after the commit.
pub async fn add_synonym(tx: &mut Tx, actor: &Actor<'_>, wording: &Wording, now: i64) -> Result<i64> {
    let id = value!(
        tx,
        i64,
        "INSERT INTO synonym (locale, words, meanings, created_at, updated_at)
         VALUES ($1, $2, $3, $4, $4) RETURNING id",
        wording.locale.tag(),
        wording.words.join("\n"),
        wording.meanings.join("\n"),
        now
    )?;
    audit(tx, now, actor, "synonym.add", "synonym", Some(id), &detail(wording)).await?;
    changed(tx, id, now).await?;
    Ok(id)
}

/// Replaces what a synonym says; its language stays. `false` if it is gone.
pub async fn change_synonym(
    tx: &mut Tx,
    actor: &Actor<'_>,
    id: i64,
    wording: &Wording,
    now: i64,
) -> Result<bool> {
    let Some(before) = find_synonym(tx, id).await? else { return Ok(false) };
    if before.wording == *wording {
        return Ok(true);
    }
    run!(
        tx,
        "UPDATE synonym SET words = $2, meanings = $3, updated_at = $4 WHERE id = $1",
        id,
        wording.words.join("\n"),
        wording.meanings.join("\n"),
        now
    )?;
    let detail = json!({
        "name": wording.line(),
        "locale": wording.locale.tag(),
        "before": said(&before.wording),
        "after": said(wording),
    });
    audit(tx, now, actor, "synonym.change", "synonym", Some(id), &detail).await?;
    changed(tx, id, now).await?;
    Ok(true)
}

/// Takes a synonym away. Tells whether it was there.
pub async fn remove_synonym(tx: &mut Tx, actor: &Actor<'_>, id: i64, now: i64) -> Result<bool> {
    let Some(synonym) = find_synonym(tx, id).await? else { return Ok(false) };
    run!(tx, "DELETE FROM synonym WHERE id = $1", id)?;
    audit(tx, now, actor, "synonym.remove", "synonym", Some(id), &detail(&synonym.wording)).await?;
    changed(tx, id, now).await?;
    Ok(true)
}

/// All synonyms, as queries look them up.
pub async fn read_meanings(conn: &mut Conn) -> Result<Meanings> {
    let mut meanings = Meanings::default();
    for locale in Locale::ALL {
        for synonym in synonyms(conn, locale).await? {
            synonym.wording.note(&mut meanings);
        }
    }
    Ok(meanings)
}

fn detail(wording: &Wording) -> Value {
    let mut detail = said(wording);
    detail["name"] = wording.line().into();
    detail["locale"] = wording.locale.tag().into();
    detail
}

fn said(wording: &Wording) -> Value {
    json!({ "words": wording.words, "meanings": wording.meanings })
}

async fn changed(tx: &mut Tx, id: i64, now: i64) -> Result<()> {
    run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('synonym', $1, $2)", id, now)?;
    judgement::wish(tx, Cause::Synonyms, now).await
}
