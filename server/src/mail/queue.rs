//! Writing a mail, with its job, into the transaction of what it tells of.

use super::compose::{self, Block, Sender};
use crate::app_state::App;
use crate::jobs::{self, Job};
use crate::storage::{Result, Tx, first, value};
use app::i18n::Locale;

/// A mail before it is composed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The reader's address, normalised.
    pub to: String,
    /// The reader's language: subject and blocks are written in it already.
    pub locale: Locale,
    pub subject: String,
    pub blocks: Vec<Block>,
    /// Mails about one request form one thread in the reader's mail program.
    pub request_id: Option<i64>,
    /// It opens a door (a sign-in link): the desk does not show its words.
    pub secret: bool,
}

/// Composes a mail and writes it as a row with its job; gives its id. After the commit, ring `app.work.notify_one()`.
pub async fn queue(app: &App, tx: &mut Tx, now: i64, draft: Draft) -> Result<i64> {
    let settings = app.settings.current();
    let portal = settings.portal_name.get(draft.locale);
    let sender = Sender { portal, url: &app.config.public_url };
    let host = app.mailer.host();
    let token = app.chance.token();
    let (message_id, references) = match draft.request_id {
        None => (format!("<{}@{host}>", &token[..22]), String::new()),
        Some(id) => {
            let root = thread_root(app, id);
            let last = first!(
                tx,
                (String,),
                "SELECT message_id FROM mail WHERE request_id = $1 AND recipient = $2 ORDER BY id DESC LIMIT 1",
                id,
                draft.to.as_str()
            )?;
            let begun = first!(tx, (i64,), "SELECT id FROM mail WHERE message_id = $1", root.as_str())?;
            let own = format!("<request-{id}.{}@{host}>", &token[..22]);
            match (begun, last) {
                (None, _) => (root, String::new()),
                // Another reader's mail began the thread: programs join on the root all the same.
                (Some(_), None) => (own, root),
                (Some(_), Some((last,))) if last == root => (own, root),
                (Some(_), Some((last,))) => (own, format!("{root} {last}")),
            }
        }
    };
    // One line: a line break in a subject would begin another header.
    let subject = draft.subject.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = compose::text(draft.locale, sender, &draft.blocks);
    let html = compose::html(draft.locale, sender, &settings.accent, &subject, &draft.blocks);
    let id = value!(
        tx,
        i64,
        "INSERT INTO mail (recipient, locale, subject, body_text, body_html, message_id, reference_ids, request_id,
           secret, status, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'queued', $10) RETURNING id",
        draft.to.as_str(),
        draft.locale.tag(),
        subject,
        text,
        html,
        message_id,
        references,
        draft.request_id,
        draft.secret,
        now
    )?;
    jobs::enqueue(tx, &Job::SendMail { mail_id: id }, now).await?;
    Ok(id)
}

/// The Message-ID that all mails about a request refer to: `<request-12.…@host>`, with a signature in it, so that an
/// answer which names it can be trusted to come from somebody who got such a mail.
pub fn thread_root(app: &App, request_id: i64) -> String {
    let signature = app.secret.sign("mail-thread", &request_id.to_string());
    format!("<request-{request_id}.{}@{}>", &signature[..22], app.mailer.host())
}
