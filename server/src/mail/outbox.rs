//! The mails as the desk shows them, and how many there are.

use crate::storage::{Conn, Result, all, first, value};
use serde::{Deserialize, Serialize};

/// The fate of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailStatus {
    Queued,
    Sent,
    /// In the outbox folder, because there is no SMTP server.
    Filed,
    Failed,
}

impl MailStatus {
    pub const ALL: [Self; 4] = [Self::Queued, Self::Sent, Self::Filed, Self::Failed];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Filed => "filed",
            Self::Failed => "failed",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.as_str() == text)
    }
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Listed {
    pub id: i64,
    pub recipient: String,
    pub subject: String,
    pub status: String,
    pub created_at: i64,
}

/// How many mails there are of each status, in the order of [`MailStatus::ALL`].
pub type Counts = [i64; 4];

pub async fn count(conn: &mut Conn) -> Result<Counts> {
    let mut counts = [0; 4];
    for (count, status) in counts.iter_mut().zip(MailStatus::ALL) {
        *count = count_of(conn, status).await?;
    }
    Ok(counts)
}

/// The mails that are not out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    pub waiting: i64,
    pub failed: i64,
}

pub async fn backlog(conn: &mut Conn) -> Result<Backlog> {
    Ok(Backlog {
        waiting: count_of(conn, MailStatus::Queued).await?,
        failed: count_of(conn, MailStatus::Failed).await?,
    })
}

async fn count_of(conn: &mut Conn, status: MailStatus) -> Result<i64> {
    value!(conn, i64, "SELECT COUNT(*) FROM mail WHERE status = $1", status.as_str())
}

/// The newest first; `page` counts from 1.
pub async fn list(
    conn: &mut Conn,
    status: Option<MailStatus>,
    page: i64,
    per_page: i64,
) -> Result<Vec<Listed>> {
    all!(
        conn,
        Listed,
        "SELECT id, recipient, subject, status, created_at FROM mail
         WHERE (CAST($1 AS TEXT) IS NULL OR status = $1) ORDER BY id DESC LIMIT $2 OFFSET $3",
        status.map(MailStatus::as_str),
        per_page,
        (page - 1).saturating_mul(per_page)
    )
}

/// One mail with its words.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OutboxMail {
    pub id: i64,
    pub recipient: String,
    pub locale: String,
    pub subject: String,
    pub body_text: String,
    pub message_id: String,
    pub reference_ids: String,
    pub request_id: Option<i64>,
    pub secret: bool,
    pub status: String,
    pub error: Option<String>,
    pub created_at: i64,
    pub sent_at: Option<i64>,
}

pub async fn one(conn: &mut Conn, id: i64) -> Result<Option<OutboxMail>> {
    first!(
        conn,
        OutboxMail,
        "SELECT id, recipient, locale, subject, body_text, message_id, reference_ids, request_id, secret, status, error,
           created_at, sent_at FROM mail WHERE id = $1",
        id
    )
}
