//! Delivering one mail: the job.

use super::mailer::Way;
use super::rfc5322::{MailRow, message};
use crate::app_state::App;
use crate::jobs::JobError;
use crate::storage::{Result, Tx, first, run};
use app::i18n::Locale;
use lettre::transport::smtp;
use lettre::{AsyncTransport, Message};
use std::path::Path;

/// Sends or files a mail, unless that has been done. Should the process die between the sending and the note of it,
/// the mail goes out once more under the same Message-ID, which mail programs show once.
///
/// What opens a door is forgotten here once it is on its way.
pub async fn deliver(app: &App, mail_id: i64) -> std::result::Result<(), JobError> {
    let row = first!(
        app.db.read().await?,
        MailRow,
        "SELECT recipient, subject, body_text, body_html, message_id, reference_ids, status, locale, created_at
         FROM mail WHERE id = $1",
        mail_id
    )?;
    // Gone with its request, or done before.
    let Some(row) = row.filter(|row| row.status == "queued") else { return Ok(()) };
    let locale = Locale::from_tag(&row.locale).unwrap_or_default();
    let settings = app.settings.current();
    let message = message(&app.mailer, settings.portal_name.get(locale), &row)
        .ok_or_else(|| JobError::GiveUp("the recipient's address cannot be written to".to_owned()))?;
    let status = match &app.mailer.way {
        Way::Smtp(transport) => {
            transport.send(message).await.map_err(|error| sending(&error))?;
            "sent"
        }
        Way::Folder(folder) => {
            file(folder, mail_id, row.created_at, &message)
                .await
                .map_err(|error| JobError::Retry(format!("the outbox folder: {error}")))?;
            "filed"
        }
    };
    let mut tx = app.db.begin().await?;
    run!(
        tx,
        "UPDATE mail SET status = $2, error = NULL, sent_at = $3,
           body_text = CASE WHEN secret AND $2 = 'sent' THEN '' ELSE body_text END,
           body_html = CASE WHEN secret AND $2 = 'sent' THEN '' ELSE body_html END
         WHERE id = $1 AND status = 'queued'",
        mail_id,
        status,
        app.clock.now()
    )?;
    Ok(tx.commit().await?)
}

/// The name of a mail's file in the outbox folder.
pub(super) fn file_name(created_at: i64, id: i64) -> String {
    format!("{created_at}-{id}.eml")
}

/// Written beside and renamed, so that half a mail is never seen; the same mail always has the same name.
async fn file(folder: &Path, id: i64, created_at: i64, message: &Message) -> std::io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let name = file_name(created_at, id);
    let beside = folder.join(format!(".{name}"));
    tokio::fs::write(&beside, message.formatted()).await?;
    tokio::fs::rename(&beside, folder.join(name)).await
}

/// A server's "no" is final, everything else may pass. Addresses in its answer are left out.
fn sending(error: &smtp::Error) -> JobError {
    let mut words = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    let words: Vec<&str> =
        words.split_whitespace().map(|word| if word.contains('@') { "…" } else { word }).collect();
    let text: String = format!("SMTP: {}", words.join(" ")).chars().take(300).collect();
    if error.is_permanent() { JobError::GiveUp(text) } else { JobError::Retry(text) }
}

/// Notes that a mail will not be tried again by itself.
pub async fn mark_failed(tx: &mut Tx, mail_id: i64, error: &str) -> Result<()> {
    run!(
        tx,
        "UPDATE mail SET status = 'failed', error = $2 WHERE id = $1 AND status = 'queued'",
        mail_id,
        error
    )?;
    Ok(())
}

/// Notes that a failed mail is tried again.
pub async fn mark_queued(tx: &mut Tx, mail_id: i64) -> Result<()> {
    run!(tx, "UPDATE mail SET status = 'queued', error = NULL WHERE id = $1 AND status = 'failed'", mail_id)?;
    Ok(())
}
