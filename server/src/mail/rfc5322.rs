//! From a row to the message as it travels (RFC 5322).

use super::mailer::Mailer;
use lettre::Message;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use std::time::{Duration, UNIX_EPOCH};

/// What a message is made from.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct MailRow {
    pub recipient: String,
    pub subject: String,
    pub body_text: String,
    pub body_html: String,
    pub message_id: String,
    pub reference_ids: String,
    pub status: String,
    pub locale: String,
    pub created_at: i64,
}

/// `None` when the recipient's address is not one.
pub(super) fn message(mailer: &Mailer, portal: &str, row: &MailRow) -> Option<Message> {
    let to: Mailbox = row.recipient.parse().ok()?;
    let from =
        Mailbox::new(mailer.from.name.clone().or_else(|| Some(portal.to_owned())), mailer.from.email.clone());
    let sent = UNIX_EPOCH + Duration::from_millis(u64::try_from(row.created_at).unwrap_or_default());
    let mut builder = Message::builder()
        .from(from)
        .to(to)
        .subject(row.subject.as_str())
        .date(sent)
        .message_id(Some(row.message_id.clone()))
        // Nobody's vacation notice should answer this (RFC 3834).
        .header(AutoSubmitted)
        .header(ContentLanguage(row.locale.clone()));
    if let Some(last) = row.reference_ids.split(' ').next_back().filter(|last| !last.is_empty()) {
        builder = builder.in_reply_to(last.to_owned()).references(row.reference_ids.clone());
    }
    let body = MultiPart::alternative_plain_html(row.body_text.clone(), row.body_html.clone());
    builder.multipart(body).ok()
}

#[derive(Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[derive(Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}
