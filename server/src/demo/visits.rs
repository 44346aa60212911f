//! Visits to the ask form, searches and votes on articles: what deflection and search analytics count. Drawn with a
//! seed, so that the demo looks the same on every machine.

use super::articles::Articles;
use super::data::{Demo, Request};
use crate::app_state::App;
use crate::chance::{Chance, token_hash};
use crate::clock::{DAY, HOUR, MINUTE};
use crate::search::term;
use crate::storage::{Tx, run, value};
use app::i18n::Locale;

/// How many visits, over how many days.
const VISITS: usize = 420;
const DAYS: i64 = 56;

/// Which article answers a class of requests, as a visitor would find it.
const ANSWERS: [(&str, &str); 8] = [
    ("invoice", "invoice-company-name"),
    ("sign-in-mail", "sign-in-link-missing"),
    ("change-email", "change-email-address"),
    ("import-images", "import-images"),
    ("leave", "export-and-cancel"),
    ("custom-domain", "reverse-proxy-https"),
    ("large-file", "attach-files"),
    ("add-colleague", "invite-colleagues"),
];

/// Gives how many visits there are.
pub(super) async fn seed(app: &App, data: &Demo, articles: &Articles, now: i64) -> anyhow::Result<usize> {
    let mut tx = app.db.begin().await?;
    if value!(tx, i64, "SELECT COUNT(*) FROM intake_session")? > 0 {
        return Ok(0);
    }
    let chance = Chance::seeded(2026);
    let holdout = app.settings.current().holdout_percent / 100.0;
    for n in 0..VISITS {
        let at = now - HOUR - (chance.share() * (DAYS * DAY) as f64) as i64;
        let Some(request) = data.requests.get(chance.below(data.requests.len())) else { continue };
        let visit = Visit {
            key: chance.token(),
            visitor: token_hash(&format!("demo visitor {n}")),
            locale: request.locale,
            // The demo holds out more, so that there is something to compare after eight weeks.
            held_out: chance.share() < holdout.max(0.15),
            at,
            typed: typed(request),
            article: ANSWERS
                .iter()
                .find(|(class, _)| *class == request.class)
                .and_then(|(_, slug)| articles.published(slug, at)),
        };
        visit.write(&mut tx, &chance).await?;
        visit.search(&mut tx, &request.subject).await?;
    }
    votes(&mut tx, articles, &chance, now).await?;
    tx.commit().await?;
    Ok(VISITS)
}

/// What a visitor types who asks the same. The name of the company whose request it is, which its address ends with, is
/// nothing that others type.
fn typed(request: &Request) -> String {
    let company =
        request.from.split_once('@').and_then(|(_, domain)| domain.split('.').next()).unwrap_or_default();
    let is_named = !company.is_empty() && request.body.to_lowercase().contains(company);
    let body = if is_named { "" } else { &request.body };
    format!("{}\n{body}", request.subject).trim_end().to_owned()
}

struct Visit {
    key: String,
    visitor: String,
    locale: Locale,
    held_out: bool,
    at: i64,
    typed: String,
    /// The article that would answer, if it was there by then.
    article: Option<i64>,
}

impl Visit {
    async fn write(&self, tx: &mut Tx, chance: &Chance) -> anyhow::Result<()> {
        let shown = self.article.filter(|_| !self.held_out);
        let opened = shown.filter(|_| chance.share() < 0.7);
        let solved = opened.filter(|_| chance.share() < 0.55);
        let left = chance.share() < 0.35;
        let submitted = (solved.is_none() && !left).then_some(self.at + 6 * MINUTE);
        let id = value!(
            tx,
            i64,
            "INSERT INTO intake_session (key, visitor, locale, held_out, opened_at, typed, typed_at, solved_article_id,
                                         solved_at, submitted_at, left_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
            self.key.as_str(),
            self.visitor.as_str(),
            self.locale.tag(),
            self.held_out,
            self.at,
            self.typed.as_str(),
            self.at + MINUTE,
            solved,
            solved.map(|_| self.at + 4 * MINUTE),
            submitted,
            (solved.is_none() && left).then_some(self.at + 5 * MINUTE)
        )?;
        if let Some(article) = shown {
            run!(
                tx,
                "INSERT INTO intake_shown (intake_session_id, article_id, stage, rank, at) VALUES ($1, $2, 'typing', 1, $3)",
                id,
                article,
                self.at + 2 * MINUTE
            )?;
        }
        if let Some(article) = opened {
            run!(
                tx,
                "INSERT INTO intake_opened (intake_session_id, article_id, at) VALUES ($1, $2, $3)",
                id,
                article,
                self.at + 3 * MINUTE
            )?;
        }
        Ok(())
    }

    /// What they searched before they came to the form.
    async fn search(&self, tx: &mut Tx, subject: &str) -> anyhow::Result<()> {
        run!(
            tx,
            "INSERT INTO search_log (at, locale, term, hits, visitor) VALUES ($1, $2, $3, $4, $5)",
            self.at - 2 * MINUTE,
            self.locale.tag(),
            term(subject),
            i64::from(self.article.is_some()) * 3,
            self.visitor.as_str()
        )?;
        // Every other one looked into the article before writing.
        if let Some(article) = self.article.filter(|_| self.at % 2 == 0) {
            run!(
                tx,
                "INSERT INTO search_click (at, locale, term, article_id, visitor) VALUES ($1, $2, $3, $4, $5)",
                self.at - MINUTE,
                self.locale.tag(),
                term(subject),
                article,
                self.visitor.as_str()
            )?;
        }
        Ok(())
    }
}

/// Readers who said whether an article solved it; the better known ones get more.
async fn votes(tx: &mut Tx, articles: &Articles, chance: &Chance, now: i64) -> anyhow::Result<()> {
    for (rank, id) in articles.ids().into_iter().enumerate() {
        for _ in 0..(24 / (rank + 1)).max(2) {
            let solved = chance.share() < 0.75;
            let reasons = ["outdated", "unclear", "incomplete"];
            run!(
                tx,
                "INSERT INTO article_feedback (article_id, locale, solved, reason, created_at) VALUES ($1, $2, $3, $4, $5)",
                id,
                if chance.share() < 0.5 { "ja" } else { "en" },
                solved,
                (!solved).then(|| reasons[chance.below(reasons.len())]),
                now - (chance.share() * (DAYS * DAY) as f64) as i64
            )?;
        }
    }
    Ok(())
}
