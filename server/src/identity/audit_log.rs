//! Reading the audit log.

use crate::storage::{Conn, Result, all, ids, value};
use serde_json::Value;
use std::collections::BTreeMap;

/// Which lines to show; `None` is all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// `person`, `article`, `setting` …
    pub subject: Option<String>,
    /// One single subject.
    pub subject_id: Option<i64>,
    /// As the log names them: people who are gone can be asked for too.
    pub actor: Option<String>,
}

/// One line.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditLine {
    pub id: i64,
    pub at: i64,
    pub actor_id: Option<i64>,
    pub actor: String,
    pub action: String,
    pub subject: String,
    pub subject_id: Option<i64>,
    /// A JSON object.
    pub detail: Value,
}

type Row = (i64, i64, Option<i64>, String, String, String, Option<i64>, String);

/// The newest first; `page` counts from 1. Gives the page's lines and how many there are altogether.
pub async fn audit_lines(
    conn: &mut Conn,
    filter: &AuditFilter,
    page: i64,
    per_page: i64,
) -> Result<(Vec<AuditLine>, i64)> {
    let AuditFilter { subject, subject_id, actor } = filter;
    let total = value!(
        conn,
        i64,
        "SELECT COUNT(*) FROM audit_entry WHERE (CAST($1 AS TEXT) IS NULL OR subject = $1)
           AND (CAST($2 AS BIGINT) IS NULL OR subject_id = $2) AND (CAST($3 AS TEXT) IS NULL OR actor_label = $3)",
        subject.as_deref(),
        *subject_id,
        actor.as_deref()
    )?;
    let rows = all!(
        conn,
        Row,
        "SELECT id, at, actor_id, actor_label, action, subject, subject_id, detail FROM audit_entry
         WHERE (CAST($1 AS TEXT) IS NULL OR subject = $1)
           AND (CAST($2 AS BIGINT) IS NULL OR subject_id = $2) AND (CAST($3 AS TEXT) IS NULL OR actor_label = $3)
         ORDER BY at DESC, id DESC LIMIT $4 OFFSET $5",
        subject.as_deref(),
        *subject_id,
        actor.as_deref(),
        per_page,
        (page - 1).saturating_mul(per_page)
    )?;
    let lines =
        rows.into_iter().map(|(id, at, actor_id, actor, action, subject, subject_id, detail)| AuditLine {
            id,
            at,
            actor_id,
            actor,
            action,
            subject,
            subject_id,
            detail: serde_json::from_str(&detail).unwrap_or_default(),
        });
    Ok((lines.collect(), total))
}

/// Every kind of subject, and everybody, that stands in the log: what it can be filtered by. Of whoever did something,
/// whether it was a person.
pub async fn audit_choices(conn: &mut Conn) -> Result<(Vec<String>, Vec<(String, bool)>)> {
    let subjects = all!(conn, (String,), "SELECT DISTINCT subject FROM audit_entry ORDER BY subject")?;
    let actors = all!(
        conn,
        (String, i64),
        "SELECT actor_label, COUNT(actor_id) FROM audit_entry GROUP BY actor_label ORDER BY actor_label"
    )?;
    let subjects = subjects.into_iter().map(|row| row.0).collect();
    Ok((subjects, actors.into_iter().map(|(label, people)| (label, people > 0)).collect()))
}

/// What the subjects of some lines are called today, by kind and id; those that are gone are absent.
pub async fn audit_names(
    conn: &mut Conn,
    wanted: &[(&'static str, i64)],
    locale: app::i18n::Locale,
) -> Result<BTreeMap<(&'static str, i64), String>> {
    let tables: [(&'static str, &str); 7] = [
        ("person", "SELECT id, CASE WHEN name = '' THEN email ELSE name END FROM person WHERE id IN"),
        ("organization", "SELECT id, name FROM organization WHERE id IN"),
        ("group", "SELECT id, name FROM person_group WHERE id IN"),
        ("rule", "SELECT id, name FROM rule WHERE id IN"),
        ("synonym", "SELECT id, REPLACE(words, '\n', ', ') FROM synonym WHERE id IN"),
        // The wanted language comes last, and what comes last stays in the map.
        (
            "article",
            "SELECT t.article_id, r.title FROM translation t JOIN revision r ON r.id = t.head_revision_id
             WHERE t.article_id IN",
        ),
        ("category", "SELECT category_id, name FROM category_text t WHERE category_id IN"),
    ];
    let mut names = BTreeMap::new();
    for (kind, sql) in tables {
        let list: Vec<i64> = wanted.iter().filter(|(own, _)| *own == kind).map(|(_, id)| *id).collect();
        if list.is_empty() {
            continue;
        }
        let order = match kind {
            "article" | "category" => {
                format!(" ORDER BY CASE WHEN t.locale = '{}' THEN 1 ELSE 0 END", locale.tag())
            }
            _ => String::new(),
        };
        let sql = format!("{sql} ({}){order}", ids(list));
        for (id, name) in all!(conn, (i64, String), sqlx::AssertSqlSafe(sql))? {
            names.insert((kind, id), name);
        }
    }
    Ok(names)
}
