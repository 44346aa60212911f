//! What was searched for and which result was opened, not by whom: written in batches, so that a search never waits
//! for a disk.

use std::slice;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::i18n::Locale;

use super::analysis::{Kind, analyse, is_hiragana, is_stop_word};
use crate::app_state::App;
use crate::desk::fold;
use crate::storage::{Db, Result, Tx, run};
use crate::traces::{CUT, mark_traces, without_traces};

/// A process that is killed loses this much of the log, and nothing else.
const FLUSH: Duration = Duration::from_secs(2);
/// While the database cannot be written, no more than this is held.
const MOST_WAITING: usize = 5_000;
/// A pasted paragraph says no more in its second half (characters).
const LONGEST_TERM: usize = 200;

/// Fewer telling words than this are what an address or a number was introduced by: 「電話」, "user".
const FEWEST_BESIDE_TRACES: usize = 2;

/// Something a visitor did with the search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// Milliseconds UTC.
    pub at: i64,
    pub locale: Locale,
    /// As typed or as an address says; only its [`term`] is written.
    pub query: String,
    /// Hash of the browser's random key: tells repeated searches of one from those of many.
    pub visitor: Option<String>,
    /// Of a browser that came without such a key: a hash of its machine, so that many of one are not taken for many.
    pub machine: Option<String>,
    pub deed: Deed,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Searched; so many articles fitted, and nearest matches are none.
    Searched { hits: i64 },
    /// Opened the article of that slug from the results.
    Opened { slug: String },
}

/// A query as it is counted: folded, in single spaces, without addresses and long numbers, nor the marks of a sentence.
/// Empty when nothing is left that says what was looked for.
pub fn term(query: &str) -> String {
    let head: String = query.chars().take(LONGEST_TERM).collect();
    let term = without_sentence_marks(&fold(&without_traces(&head)));
    let was_cut = mark_traces(&head).contains(CUT);
    if was_cut && telling_words(&term) < FEWEST_BESIDE_TRACES { String::new() } else { term }
}

/// `リンク?が使えない` is the same as `リンクが使えない`.
fn without_sentence_marks(folded: &str) -> String {
    let mut letters = folded.chars().peekable();
    let mut kept = String::with_capacity(folded.len());
    while let Some(c) = letters.next() {
        match c {
            '?' | '!' if letters.peek().copied().is_some_and(is_hiragana) => {}
            '?' | '!' | '。' | '、' => kept.push(' '),
            _ => kept.push(c),
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn telling_words(term: &str) -> usize {
    let words = analyse(term).into_iter().filter(|token| matches!(token.kind, Kind::Word | Kind::Whole));
    words.filter(|word| !is_stop_word(&word.surface) && !is_stop_word(&word.term)).count()
}

/// Deeds that wait to be written.
#[derive(Debug, Default)]
pub struct SearchLog {
    waiting: Mutex<Vec<Noted>>,
    /// Held while deeds are written, so that what was taken out to be written is not missed.
    writing: tokio::sync::Mutex<()>,
}

impl SearchLog {
    /// Takes what addresses say, whoever wrote them: of any length, with any character.
    pub fn note(&self, noted: Noted) {
        let noted = sound(noted);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < MOST_WAITING {
            waiting.push(noted);
        }
    }

    /// Writes what waits, until the portal is to stop, and then once more.
    pub async fn keep(app: App) {
        loop {
            let stop = app.stop.within(FLUSH).await;
            if let Err(error) = app.search.log.flush(&app.db).await {
                tracing::warn!(%error, "searches cannot be noted");
            }
            if stop {
                return;
            }
        }
    }

    /// Writes what waits: when this returns, all that was noted before is written, by whomever. While the database cannot
    /// be written it goes on waiting; a deed that it does not take is dropped, so that it cannot hold back the others for
    /// ever.
    pub async fn flush(&self, db: &Db) -> Result<()> {
        let _writing = self.writing.lock().await;
        let waiting = std::mem::take(&mut *self.waiting.lock().unwrap_or_else(PoisonError::into_inner));
        if waiting.is_empty() {
            return Ok(());
        }
        match write(db, &waiting).await {
            Err(error) if error.is_passing() => {
                waiting.into_iter().for_each(|noted| self.note(noted));
                Err(error)
            }
            Err(_) => self.write_singly(db, waiting).await,
            Ok(()) => Ok(()),
        }
    }

    async fn write_singly(&self, db: &Db, waiting: Vec<Noted>) -> Result<()> {
        let mut waiting = waiting.into_iter();
        while let Some(noted) = waiting.next() {
            match write(db, slice::from_ref(&noted)).await {
                Err(error) if error.is_passing() => {
                    std::iter::once(noted).chain(waiting).for_each(|noted| self.note(noted));
                    return Err(error);
                }
                Err(error) => tracing::warn!(%error, "a search is not noted: the database does not take it"),
                Ok(()) => {}
            }
        }
        Ok(())
    }
}

/// The same as far as it is counted, without U+0000, which PostgreSQL does not take.
fn sound(noted: Noted) -> Noted {
    let text = |text: &str| text.chars().take(LONGEST_TERM).collect::<String>().replace('\0', "\u{FFFD}");
    let deed = match noted.deed {
        Deed::Opened { slug } => Deed::Opened { slug: text(&slug) },
        searched @ Deed::Searched { .. } => searched,
    };
    Noted { query: text(&noted.query), deed, ..noted }
}

async fn write(db: &Db, deeds: &[Noted]) -> Result<()> {
    let mut tx = db.begin().await?;
    for noted in deeds {
        let term = term(&noted.query);
        if !term.is_empty() {
            write_one(&mut tx, noted, &term).await?;
        }
    }
    tx.commit().await
}

async fn write_one(tx: &mut Tx, noted: &Noted, term: &str) -> Result<()> {
    let (locale, visitor) = (noted.locale.tag(), noted.visitor.as_deref());
    match &noted.deed {
        Deed::Searched { hits } => run!(
            tx,
            "INSERT INTO search_log (at, locale, term, hits, visitor, machine) VALUES ($1, $2, $3, $4, $5, $6)",
            noted.at,
            locale,
            term,
            *hits,
            visitor,
            noted.machine.as_deref()
        )?,
        Deed::Opened { slug } => run!(
            tx,
            "INSERT INTO search_click (at, locale, term, article_id, visitor)
             SELECT $1, $2, $3, article_id, $4 FROM translation
             WHERE slug = $5 AND live_revision_id IS NOT NULL ORDER BY article_id LIMIT 1",
            noted.at,
            locale,
            term,
            visitor,
            slug.as_str()
        )?,
    };
    Ok(())
}

/// Deletes what these browsers (hashes) searched for and opened: it is words and nothing else. The index takes what was
/// deleted before out of its files.
pub async fn erase_searches(tx: &mut Tx, visitors: &[String], now: i64) -> Result<()> {
    for visitor in visitors {
        run!(tx, "DELETE FROM search_log WHERE visitor = $1", visitor.as_str())?;
        run!(tx, "DELETE FROM search_click WHERE visitor = $1", visitor.as_str())?;
    }
    run!(tx, "INSERT INTO change (entity, entity_id, at) VALUES ('erasure', 0, $1)", now)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Deed, Noted, SearchLog, term};
    use crate::storage::{Db, all, run};
    use crate::testing::{MONDAY, TestDb, db_test};
    use app::i18n::Locale;
    use std::time::Duration;
    use tokio::time::timeout;

    fn noted(query: &str, deed: Deed) -> Noted {
        let query = query.to_owned();
        Noted { at: MONDAY, locale: Locale::En, query, visitor: None, machine: None, deed }
    }

    async fn terms(db: &Db) -> anyhow::Result<Vec<String>> {
        let terms = all!(db.read().await?, (String,), "SELECT term FROM search_log ORDER BY id")?;
        Ok(terms.into_iter().map(|row| row.0).collect())
    }

    db_test!(
        async fn any_address_can_be_noted(t: TestDb) {
            let log = SearchLog::default();
            log.note(noted("in\0voice", Deed::Searched { hits: 1 }));
            log.note(noted("invoice", Deed::Opened { slug: "in\0voice".to_owned() }));
            log.note(noted(&"word ".repeat(100_000), Deed::Opened { slug: "long".repeat(100_000) }));
            log.note(noted("name", Deed::Searched { hits: 1 }));
            log.flush(&t.db).await?;
            assert_eq!(terms(&t.db).await?, ["in\u{FFFD}voice", "name"]);
            Ok(())
        }
    );

    db_test!(
        async fn a_deed_that_cannot_be_written_holds_back_no_other(t: TestDb) {
            let mut tx = t.db.begin().await?;
            run!(tx, "DROP TABLE search_click")?;
            tx.commit().await?;
            let log = SearchLog::default();
            log.note(noted("before", Deed::Searched { hits: 1 }));
            log.note(noted("between", Deed::Opened { slug: "invoice".to_owned() }));
            log.note(noted("after", Deed::Searched { hits: 1 }));
            log.flush(&t.db).await?;
            assert_eq!(terms(&t.db).await?, ["before", "after"]);
            log.flush(&t.db).await?;
            assert_eq!(terms(&t.db).await?, ["before", "after"], "nothing is written twice");
            Ok(())
        }
    );

    db_test!(
        async fn what_another_is_writing_is_waited_for(t: TestDb) {
            let log = SearchLog::default();
            log.note(noted("name", Deed::Searched { hits: 1 }));
            let mut held = t.db.begin().await?;
            if held.is_postgres() {
                run!(held, "LOCK TABLE search_log")?;
            }
            let (first, second) = (log.flush(&t.db), log.flush(&t.db));
            tokio::pin!(first, second);
            let moment = Duration::from_millis(100);
            assert!(timeout(moment, &mut first).await.is_err(), "the database is held");
            assert!(timeout(moment, &mut second).await.is_err(), "it is not written yet");
            drop(held);
            tokio::try_join!(first, second)?;
            assert_eq!(terms(&t.db).await?, ["name"]);
            Ok(())
        }
    );

    db_test!(
        async fn while_the_database_is_away_deeds_wait(t: TestDb) {
            let log = SearchLog::default();
            log.note(noted("name", Deed::Searched { hits: 1 }));
            let away = t.db.clone();
            away.close().await;
            assert!(log.flush(&away).await.is_err());
            let back = if t.db.is_postgres() { TestDb::postgres().await? } else { TestDb::sqlite().await? };
            log.flush(&back.db).await?;
            assert_eq!(terms(&back.db).await?, ["name"]);
            Ok(())
        }
    );

    #[test]
    fn a_term_is_counted_in_one_spelling_and_names_nobody() {
        assert_eq!(term("  ＩＮＶＯＩＣＥ　name "), "invoice name");
        assert_eq!(term("aoi@example.com invoice name"), "invoice name");
        assert_eq!(term("090-1234-5678"), "");
        assert_eq!(term("マジックリンク？が使えない"), "マジックリンクが使えない");
        assert_eq!(term("Where is my invoice?"), "where is my invoice");
    }

    #[test]
    fn what_introduced_a_secret_is_no_term() {
        for typed in [
            "user aoi.hoshi+1@example.com",
            "０９０－１２３４－５６７８に電話",
            "the mail of aoi@example.com",
        ] {
            assert_eq!(term(typed), "", "{typed}");
        }
        assert_eq!(term("user"), "user", "where nothing was cut out, one word is a term");
    }
}
