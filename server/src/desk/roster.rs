//! Whom requests can be given to, and the other names that forms of the desk offer.

use crate::storage::{Conn, Result, all};

/// An id with the name people know it by.
pub type Named = (i64, String);

/// CRE and administrators who can sign in, by name.
pub async fn staff(conn: &mut Conn) -> Result<Vec<Named>> {
    all!(
        conn,
        Named,
        "SELECT id, CASE WHEN name = '' THEN email ELSE name END AS label FROM person
         WHERE role IN ('cre', 'administrator') AND disabled_at IS NULL ORDER BY label"
    )
}

pub async fn groups(conn: &mut Conn) -> Result<Vec<Named>> {
    all!(conn, Named, "SELECT id, name FROM person_group ORDER BY name")
}

pub async fn organizations(conn: &mut Conn) -> Result<Vec<Named>> {
    all!(conn, Named, "SELECT id, name FROM organization ORDER BY name")
}

/// Tags that stand on requests, the most used first; at most `limit`.
pub async fn request_tags(conn: &mut Conn, limit: i64) -> Result<Vec<String>> {
    let rows = all!(
        conn,
        (String, i64),
        "SELECT t.name, COUNT(*) AS uses FROM request_tag rt JOIN tag t ON t.id = rt.tag_id
         GROUP BY t.name ORDER BY uses DESC, t.name LIMIT $1",
        limit
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The names of people by id, for the events of a thread; those who are gone are absent.
pub async fn names(conn: &mut Conn, people: Vec<i64>) -> Result<Vec<Named>> {
    let sql = format!(
        "SELECT id, CASE WHEN name = '' THEN email ELSE name END FROM person WHERE id IN ({})",
        crate::storage::ids(people)
    );
    all!(conn, Named, sqlx::AssertSqlSafe(sql.as_str()))
}
