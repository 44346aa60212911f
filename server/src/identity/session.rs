//! Signed-in browsers: listed, revocable, and stored only as hashes.

use super::person::{Person, Role, find_person};
use crate::chance::{Chance, token_hash};
use crate::clock::{DAY, HOUR};
use crate::storage::{Conn, Result, Tx, all, first, run};

/// How long a session lives after it was last seen.
pub const SESSION_LIFETIME: i64 = 30 * DAY;

/// Staff sign in again more often than customers.
const STAFF_LIFETIME: i64 = 14 * DAY;

/// A session is marked as seen at most this often, so that reading pages does not write.
const SEEN_EVERY: i64 = HOUR;

/// A signed-in browser.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: i64,
    pub token_hash: String,
    pub person: Person,
    /// It is time to call [`touch`].
    pub stale: bool,
}

/// Opens a session and gives the token for the cookie; it is not stored anywhere.
pub async fn open_session(
    tx: &mut Tx,
    chance: &Chance,
    now: i64,
    person: &Person,
    user_agent: &str,
) -> Result<String> {
    let token = chance.token();
    run!(
        tx,
        "INSERT INTO session (token_hash, person_id, user_agent, created_at, seen_at, expires_at)
         VALUES ($1, $2, $3, $4, $4, $5)",
        token_hash(&token),
        person.id,
        user_agent.chars().take(200).collect::<String>(),
        now,
        now + lifetime(person.role)
    )?;
    Ok(token)
}

/// The live session of a cookie's token, with its person, unless either has ended.
pub async fn session_by_token(conn: &mut Conn, token: &str, now: i64) -> Result<Option<Session>> {
    let hash = token_hash(token);
    let row = first!(
        conn,
        (i64, i64, i64),
        "SELECT id, person_id, seen_at FROM session
         WHERE token_hash = $1 AND revoked_at IS NULL AND expires_at > $2",
        hash.as_str(),
        now
    )?;
    let Some((id, person_id, seen_at)) = row else { return Ok(None) };
    let person = find_person(conn, person_id).await?;
    Ok(person.map(|person| Session { id, token_hash: hash, person, stale: now - seen_at > SEEN_EVERY }))
}

/// Notes that a session was used, and lengthens it.
pub async fn touch(tx: &mut Tx, session: &Session, now: i64) -> Result<()> {
    run!(
        tx,
        "UPDATE session SET seen_at = $1, expires_at = $2 WHERE id = $3 AND revoked_at IS NULL",
        now,
        now + lifetime(session.person.role),
        session.id
    )?;
    Ok(())
}

/// Ends a session of that person; another person's is not found.
pub async fn revoke_session(tx: &mut Tx, id: i64, person_id: i64, now: i64) -> Result<bool> {
    let touched = run!(
        tx,
        "UPDATE session SET revoked_at = $1 WHERE id = $2 AND person_id = $3 AND revoked_at IS NULL",
        now,
        id,
        person_id
    )?;
    Ok(touched > 0)
}

/// Ends all sessions of a person but one (none is spared without `but`); gives how many.
pub async fn revoke_sessions(tx: &mut Tx, person_id: i64, but: Option<i64>, now: i64) -> Result<u64> {
    run!(
        tx,
        "UPDATE session SET revoked_at = $1
         WHERE person_id = $2 AND revoked_at IS NULL AND (CAST($3 AS BIGINT) IS NULL OR id <> $3)",
        now,
        person_id,
        but
    )
}

/// A live session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedSession {
    pub id: i64,
    pub user_agent: String,
    pub created_at: i64,
    pub seen_at: i64,
}

/// The live sessions of a person, the last used first.
pub async fn sessions_of(conn: &mut Conn, person_id: i64, now: i64) -> Result<Vec<ListedSession>> {
    all!(
        conn,
        ListedSession,
        "SELECT id, user_agent, created_at, seen_at FROM session
         WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY seen_at DESC, id DESC",
        person_id,
        now
    )
}

fn lifetime(role: Role) -> i64 {
    if role.is_staff() { STAFF_LIFETIME } else { SESSION_LIFETIME }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::person_by_email;
    use crate::testing::{TestDb, db_test};

    async fn hotaru(t: &TestDb) -> anyhow::Result<Person> {
        let mut tx = t.db.begin().await?;
        run!(
            tx,
            "INSERT INTO person (email, name, role, locale, created_at) VALUES ('hotaru@hoshizora.example', '夜空 ほたる', 'customer', 'ja', 0)"
        )?;
        let person = person_by_email(&mut tx, "hotaru@hoshizora.example").await?;
        tx.commit().await?;
        person.ok_or_else(|| anyhow::anyhow!("just inserted"))
    }

    db_test!(
        async fn a_session_opens_with_its_token_until_it_expires_or_is_revoked(t: TestDb) {
            let person = hotaru(&t).await?;
            let mut tx = t.db.begin().await?;
            let token = open_session(&mut tx, &t.chance, t.clock.now(), &person, "Browser").await?;
            tx.commit().await?;
            let mut conn = t.db.read().await?;
            let session = session_by_token(&mut conn, &token, t.clock.now()).await?;
            assert_eq!(session.as_ref().map(|s| &s.person), Some(&person));
            assert!(session_by_token(&mut conn, "guessed", t.clock.now()).await?.is_none());
            t.clock.advance(SESSION_LIFETIME);
            assert!(session_by_token(&mut conn, &token, t.clock.now()).await?.is_none());
            t.clock.advance(-SESSION_LIFETIME);
            drop(conn);
            let id = session.map(|s| s.id).unwrap_or_default();
            let mut tx = t.db.begin().await?;
            assert!(!revoke_session(&mut tx, id, person.id + 1, t.clock.now()).await?);
            assert!(revoke_session(&mut tx, id, person.id, t.clock.now()).await?);
            assert!(session_by_token(&mut tx, &token, t.clock.now()).await?.is_none());
            Ok(())
        }
    );
}
