//! How far each table has counted its ids. They go with a backup: the id of a row that was erased is given again in no
//! restored portal, of either database, and a private link or a line of the audit log that names it means nobody else.

use super::Result;
use super::table::Table;
use crate::storage::{Conn, first, run, value};
use sqlx::AssertSqlSafe;

/// PostgreSQL's count of the ids of the table in $1.
const SEQUENCE: &str = "CAST(pg_get_serial_sequence($1, 'id') AS regclass)";

/// The last id that a table gave or holds, whether or not its row is still there; `None` before the first.
pub(super) async fn last_id(conn: &mut Conn, table: &Table) -> Result<Option<i64>> {
    Ok(if conn.is_postgres() {
        let name = table.quoted();
        let sql =
            format!("SELECT GREATEST(pg_sequence_last_value({SEQUENCE}), (SELECT MAX(id) FROM {name}))");
        value!(conn, Option<i64>, AssertSqlSafe(sql), name)?
    } else {
        let sql = "SELECT seq FROM sqlite_sequence WHERE name = $1";
        first!(conn, (i64,), sql, table.name.as_str())?.map(|row| row.0)
    })
}

/// Has a table count on behind an id. A count goes up only: what was given here stays given.
pub(super) async fn count_on(conn: &mut Conn, table: &Table, last: i64) -> Result<()> {
    if conn.is_postgres() {
        let sql = format!("SELECT setval({SEQUENCE}, GREATEST($2, pg_sequence_last_value({SEQUENCE})))");
        value!(conn, i64, AssertSqlSafe(sql), table.quoted(), last)?;
    } else {
        let last = last_id(conn, table).await?.map_or(last, |given| given.max(last));
        run!(conn, "DELETE FROM sqlite_sequence WHERE name = $1", table.name.as_str())?;
        run!(conn, "INSERT INTO sqlite_sequence (name, seq) VALUES ($1, $2)", table.name.as_str(), last)?;
    }
    Ok(())
}
