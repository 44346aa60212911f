//! The thread of a request: replies, notes and events, and who may read which.

use super::Event;
use super::fold::fold;
use crate::intake::uploads::{self, Attachment};
use crate::storage::{Conn, Result, Tx, all, first, ids, run, value};
use sqlx::AssertSqlSafe;

/// Who reads a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Public replies only; the filter stands in the query.
    Customer,
    Staff,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MessageKind {
    /// Public: from the customer, or to them.
    Reply,
    /// Internal: customers never see it.
    Note,
    Event,
}

impl MessageKind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Note => "note",
            Self::Event => "event",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Reply, Self::Note, Self::Event].into_iter().find(|kind| kind.code() == code)
    }
}

/// One entry of a thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: i64,
    pub kind: MessageKind,
    pub author_id: Option<i64>,
    /// Empty for rules and the program, and for people who are gone.
    pub author: String,
    pub from_customer: bool,
    /// Markdown.
    pub body: String,
    pub event: Option<Event>,
    pub created_at: i64,
    pub files: Vec<Attachment>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    kind: String,
    author_id: Option<i64>,
    author: String,
    from_customer: bool,
    body: String,
    event: Option<String>,
    created_at: i64,
}

macro_rules! select {
    ($tail:literal) => {
        concat!(
            "SELECT m.id, m.kind, m.author_id,
                    COALESCE(CASE WHEN p.name = '' THEN p.email ELSE p.name END, '') AS author,
                    m.from_customer, m.body, m.event, m.created_at
             FROM message m LEFT JOIN person p ON p.id = m.author_id
             WHERE m.request_id = $1 AND ",
            $tail,
            " ORDER BY m.id"
        )
    };
}

/// A request's thread, oldest first.
pub async fn thread(conn: &mut Conn, request_id: i64, view: View) -> Result<Vec<Message>> {
    let rows = match view {
        View::Customer => all!(conn, Row, select!("m.kind = 'reply'"), request_id)?,
        View::Staff => all!(conn, Row, select!("m.kind IN ('reply', 'note', 'event')"), request_id)?,
    };
    with_files(conn, rows).await
}

/// What others than `reader` said in public after a message: empty when nobody did.
pub(super) async fn public_since(
    conn: &mut Conn,
    request_id: i64,
    message_id: i64,
    reader: i64,
) -> Result<Vec<Message>> {
    let rows = all!(
        conn,
        Row,
        select!(
            "m.kind = 'reply' AND m.id > $2 AND (m.from_customer OR m.author_id IS NULL OR m.author_id <> $3)"
        ),
        request_id,
        message_id,
        reader
    )?;
    with_files(conn, rows).await
}

async fn with_files(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Message>> {
    let with_words = rows.iter().filter(|row| row.kind != "event").map(|row| row.id);
    let mut by_message = uploads::of_messages(conn, with_words).await?;
    let messages = rows.into_iter().map(|row| Message {
        files: by_message.remove(&row.id).unwrap_or_default(),
        id: row.id,
        kind: MessageKind::from_code(&row.kind).unwrap_or(MessageKind::Note),
        author_id: row.author_id,
        author: row.author,
        from_customer: row.from_customer,
        body: row.body,
        event: row.event.and_then(|json| serde_json::from_str(&json).ok()),
        created_at: row.created_at,
    });
    Ok(messages.collect())
}

/// Words to add to a thread.
pub(super) struct Words<'a> {
    pub request_id: i64,
    pub kind: MessageKind,
    pub author_id: Option<i64>,
    pub from_customer: bool,
    pub body: &'a str,
    pub submit_key: Option<&'a str>,
    pub attachment_ids: &'a [i64],
    pub now: i64,
}

/// Adds a reply or note with its files, and lets the desk's search read it.
pub(super) async fn add_words(tx: &mut Tx, words: &Words<'_>) -> Result<i64> {
    let id = value!(
        tx,
        i64,
        "INSERT INTO message (request_id, kind, author_id, from_customer, body, submit_key, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        words.request_id,
        words.kind.code(),
        words.author_id,
        words.from_customer,
        words.body,
        words.submit_key,
        words.now
    )?;
    if !words.attachment_ids.is_empty() {
        // A file belongs to one message: an id that has found its place is left there.
        let list = ids(words.attachment_ids.iter().copied());
        run!(
            tx,
            AssertSqlSafe(format!(
                "UPDATE attachment SET message_id = $1, uploader = NULL
                 WHERE id IN ({list}) AND message_id IS NULL AND article_id IS NULL"
            )),
            id
        )?;
    }
    run!(
        tx,
        "INSERT INTO request_text (request_id, text) VALUES ($1, $2)
         ON CONFLICT (request_id) DO UPDATE SET text = request_text.text || excluded.text",
        words.request_id,
        format!("{}\n", fold(words.body))
    )?;
    Ok(id)
}

/// Adds an event; gives the message's id, by which it can be undone.
pub(super) async fn add_event(
    tx: &mut Tx,
    request_id: i64,
    author_id: Option<i64>,
    from_customer: bool,
    event: &Event,
    now: i64,
) -> Result<i64> {
    value!(
        tx,
        i64,
        "INSERT INTO message (request_id, kind, author_id, from_customer, event, created_at)
         VALUES ($1, 'event', $2, $3, $4, $5) RETURNING id",
        request_id,
        author_id,
        from_customer,
        serde_json::to_string(event).unwrap_or_default(),
        now
    )
}

/// The message that a form with this key has already made in this request, if it was sent twice.
pub(super) async fn sent_before(conn: &mut Conn, request_id: i64, submit_key: &str) -> Result<Option<i64>> {
    let row = first!(
        conn,
        (i64,),
        "SELECT id FROM message WHERE submit_key = $1 AND request_id = $2",
        submit_key,
        request_id
    )?;
    Ok(row.map(|row| row.0))
}
