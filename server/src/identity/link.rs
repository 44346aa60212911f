//! Links that arrive by mail and work once: to sign in, to accept an invitation, to choose a new password.

use super::Role;
use crate::chance::token_hash;
use crate::clock::{DAY, MINUTE};
use crate::storage::{Conn, Result, Tx, first, run};
use serde::{Deserialize, Serialize};

/// What a link opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    SignIn,
    Invitation,
    Password,
}

impl LinkPurpose {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::Invitation => "invitation",
            Self::Password => "password",
        }
    }

    /// How long it works (milliseconds).
    pub fn lifetime(self) -> i64 {
        match self {
            Self::SignIn => 10 * MINUTE,
            Self::Invitation => 7 * DAY,
            Self::Password => 30 * MINUTE,
        }
    }
}

/// What a link is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailLink {
    pub email: String,
    /// Of an invitation: the role that accepting it gives.
    pub role: Option<Role>,
    /// Of an invitation: the name that was given with it.
    pub name: String,
    /// Where to go on afterwards; a path of this portal or empty.
    pub next: String,
}

/// How a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    Open(MailLink),
    Used(MailLink),
    Expired(MailLink),
    Unknown,
}

/// Stores a link under its token; `false` when that token is stored already (the job that does this ran before).
pub(super) async fn store_link(
    tx: &mut Tx,
    purpose: LinkPurpose,
    token: &str,
    link: &MailLink,
    now: i64,
) -> Result<bool> {
    let stored = run!(
        tx,
        "INSERT INTO mail_link (token_hash, purpose, email, role, name, next_path, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (token_hash) DO NOTHING",
        token_hash(token),
        purpose.as_str(),
        link.email.as_str(),
        link.role.map(Role::as_str),
        link.name.as_str(),
        link.next.as_str(),
        now,
        now + purpose.lifetime()
    )?;
    Ok(stored > 0)
}

type LinkRow = (String, Option<String>, String, String, i64, Option<i64>);

fn link((email, role, name, next, ..): LinkRow) -> MailLink {
    MailLink { email, role: role.as_deref().and_then(Role::parse), name, next }
}

/// How the link of a token stands; looking does not use it.
pub async fn look_at_link(conn: &mut Conn, purpose: LinkPurpose, token: &str, now: i64) -> Result<LinkState> {
    let row = first!(
        conn,
        LinkRow,
        "SELECT email, role, name, next_path, expires_at, used_at FROM mail_link WHERE token_hash = $1 AND purpose = $2",
        token_hash(token),
        purpose.as_str()
    )?;
    Ok(match row {
        None => LinkState::Unknown,
        Some(row) if row.5.is_some() => LinkState::Used(link(row)),
        Some(row) if row.4 <= now => LinkState::Expired(link(row)),
        Some(row) => LinkState::Open(link(row)),
    })
}

/// Uses a link up, and every other of that purpose for that address; `None` when it is not open (any more). Of two who
/// press the button at once, one gets it.
pub(super) async fn use_link(
    tx: &mut Tx,
    purpose: LinkPurpose,
    token: &str,
    now: i64,
) -> Result<Option<MailLink>> {
    let row = first!(
        tx,
        LinkRow,
        "UPDATE mail_link SET used_at = $3
         WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > $3
         RETURNING email, role, name, next_path, expires_at, used_at",
        token_hash(token),
        purpose.as_str(),
        now
    )?;
    let Some(link) = row.map(link) else { return Ok(None) };
    use_up(tx, purpose, &link.email, now).await?;
    Ok(Some(link))
}

/// Uses up every open link of a purpose for an address; gives how many there were.
pub(super) async fn use_up(tx: &mut Tx, purpose: LinkPurpose, email: &str, now: i64) -> Result<u64> {
    run!(
        tx,
        "UPDATE mail_link SET used_at = $3 WHERE email = $1 AND purpose = $2 AND used_at IS NULL",
        email,
        purpose.as_str(),
        now
    )
}
