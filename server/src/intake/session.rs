//! One visit to the form, as facts: opened, typed, shown, read, solved, sent, left.
//!
//! Every function takes the session's key and the visitor's hash, and changes nothing unless both belong together:
//! a key that leaked through an address is of no use to anybody else. Functions that note something tell whether there
//! is such a session.

use super::mask::mask;
use crate::app_state::App;
use crate::clock::{DAY, MINUTE};
use crate::storage::{Conn, Result, Tx, first, run, value};
use app::i18n::Locale;

/// Opening the form again this soon, with nothing sent or solved in between, is the same visit.
const SAME_VISIT: i64 = 30 * MINUTE;

/// The hold-out is drawn once a day for a browser: a draw at every reload would show suggestions to those who are to
/// be without them.
const SAME_DRAW: i64 = DAY;

/// Where an article was offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Beside the text, while it was written.
    Typing,
    /// Before sending.
    Submit,
}

impl Stage {
    fn code(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Submit => "submit",
        }
    }
}

/// A visit that is under way or over.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct IntakeSession {
    pub id: i64,
    pub key: String,
    /// Shown no suggestions, so that what suggestions change can be told.
    pub held_out: bool,
    pub solved_article_id: Option<i64>,
    pub request_id: Option<i64>,
}

/// Notes that the form was opened. Gives the visit, new or still the same.
pub async fn open(app: &App, tx: &mut Tx, visitor: &str, locale: Locale, now: i64) -> Result<IntakeSession> {
    let same = first!(
        tx,
        IntakeSession,
        "SELECT id, key, held_out, solved_article_id, request_id FROM intake_session
         WHERE visitor = $1 AND opened_at > $2 AND submitted_at IS NULL AND solved_at IS NULL
         ORDER BY opened_at DESC, id DESC LIMIT 1",
        visitor,
        now - SAME_VISIT
    )?;
    if let Some(session) = same {
        run!(tx, "UPDATE intake_session SET left_at = NULL WHERE id = $1", session.id)?;
        return Ok(session);
    }
    let percent = app.settings.current().holdout_percent;
    let drawn_before = first!(
        tx,
        (bool,),
        "SELECT held_out FROM intake_session WHERE visitor = $1 AND opened_at > $2
         ORDER BY opened_at DESC, id DESC LIMIT 1",
        visitor,
        now - SAME_DRAW
    )?;
    let held_out = match drawn_before {
        Some((before,)) if percent > 0.0 => before,
        _ => app.chance.share() * 100.0 < percent,
    };
    let key = app.chance.token();
    let id = value!(
        tx,
        i64,
        "INSERT INTO intake_session (key, visitor, locale, held_out, opened_at) VALUES ($1, $2, $3, $4, $5) RETURNING id",
        key.as_str(),
        visitor,
        locale.tag(),
        held_out,
        now
    )?;
    Ok(IntakeSession { id, key, held_out, solved_article_id: None, request_id: None })
}

/// The visit of a key, if it is this visitor's.
pub async fn find(conn: &mut Conn, key: &str, visitor: &str) -> Result<Option<IntakeSession>> {
    first!(
        conn,
        IntakeSession,
        "SELECT id, key, held_out, solved_article_id, request_id FROM intake_session
         WHERE key = $1 AND visitor = $2",
        key,
        visitor
    )
}

/// Notes what was typed so far, without addresses and long numbers, and what was shown for it, the best first.
pub async fn note_shown(
    tx: &mut Tx,
    session: &IntakeSession,
    typed: &str,
    stage: Stage,
    article_ids: &[i64],
    now: i64,
) -> Result<()> {
    run!(
        tx,
        "UPDATE intake_session SET typed = $2, typed_at = COALESCE(typed_at, $3) WHERE id = $1",
        session.id,
        mask(typed),
        now
    )?;
    for (rank, article_id) in (1_i64..).zip(article_ids) {
        // The best rank that an article was shown at counts; one that was deleted meanwhile is passed over.
        run!(
            tx,
            "INSERT INTO intake_shown (intake_session_id, article_id, stage, rank, at)
             SELECT $1, article.id, $3, $4, $5 FROM article WHERE article.id = $2
             ON CONFLICT (intake_session_id, article_id, stage) DO UPDATE SET
                 rank = CASE WHEN excluded.rank < intake_shown.rank THEN excluded.rank ELSE intake_shown.rank END",
            session.id,
            *article_id,
            stage.code(),
            rank,
            now
        )?;
    }
    Ok(())
}

/// Notes that a shown article was read.
pub async fn note_opened(tx: &mut Tx, key: &str, visitor: &str, article_id: i64, now: i64) -> Result<bool> {
    let noted = run!(
        tx,
        "INSERT INTO intake_opened (intake_session_id, article_id, at)
         SELECT s.id, shown.article_id, $4 FROM intake_session s
         JOIN intake_shown shown ON shown.intake_session_id = s.id AND shown.article_id = $3
         WHERE s.key = $1 AND s.visitor = $2 LIMIT 1
         ON CONFLICT (intake_session_id, article_id) DO NOTHING",
        key,
        visitor,
        article_id,
        now
    )?;
    Ok(noted > 0)
}

/// Notes that the customer said that a shown article solved it. One that was not shown in this visit solves nothing.
pub async fn note_solved(tx: &mut Tx, key: &str, visitor: &str, article_id: i64, now: i64) -> Result<bool> {
    note_opened(tx, key, visitor, article_id, now).await?;
    let noted = run!(
        tx,
        "UPDATE intake_session SET solved_article_id = $3, solved_at = $4
         WHERE key = $1 AND visitor = $2 AND submitted_at IS NULL
           AND EXISTS (SELECT 1 FROM intake_shown shown
                       WHERE shown.intake_session_id = intake_session.id AND shown.article_id = $3)",
        key,
        visitor,
        article_id,
        now
    )?;
    Ok(noted > 0)
}

/// Takes "this solved it" back.
pub async fn note_unsolved(tx: &mut Tx, key: &str, visitor: &str) -> Result<bool> {
    let noted = run!(
        tx,
        "UPDATE intake_session SET solved_article_id = NULL, solved_at = NULL WHERE key = $1 AND visitor = $2",
        key,
        visitor
    )?;
    Ok(noted > 0)
}

/// Notes that the page was left. Coming back to it, or sending, takes it back.
pub async fn note_left(tx: &mut Tx, key: &str, visitor: &str, now: i64) -> Result<bool> {
    let noted = run!(
        tx,
        "UPDATE intake_session SET left_at = $3 WHERE key = $1 AND visitor = $2 AND submitted_at IS NULL",
        key,
        visitor,
        now
    )?;
    Ok(noted > 0)
}
