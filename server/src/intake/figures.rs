//! The figures of deflection: how visits ended, what suggestions change, which articles end a visit and which do not.

use super::interval::{Interval, Share, difference};
use super::settle::Outcome;
use crate::clock::DAY;
use crate::storage::{Conn, Result, all};
use app::i18n::Locale;

/// Visits that typed something, in each group, before their difference is worth a sentence.
pub const ENOUGH: i64 = 20;

/// Articles in each list.
const LISTED: i64 = 10;

/// When a visit's outcome is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Window {
    #[default]
    Day,
    Week,
}

impl Window {
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
        }
    }

    pub fn from_code(code: &str) -> Self {
        if code == "week" { Self::Week } else { Self::Day }
    }
}

/// How many visits ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    pub confirmed: i64,
    pub potential: i64,
    /// A request was sent.
    pub none: i64,
    /// Left without reading or sending.
    pub idle: i64,
    /// Not settled yet.
    pub open: i64,
}

impl Outcomes {
    /// Visits that are settled: what shares are of.
    pub fn settled(&self) -> i64 {
        self.confirmed + self.potential + self.none + self.idle
    }

    fn add(&mut self, outcome: &str, count: i64) {
        let place = match Outcome::ALL.into_iter().find(|known| known.code() == outcome) {
            Some(Outcome::Confirmed) => &mut self.confirmed,
            Some(Outcome::Potential) => &mut self.potential,
            Some(Outcome::None) => &mut self.none,
            Some(Outcome::Idle) => &mut self.idle,
            None => &mut self.open,
        };
        *place += count;
    }
}

/// An article by what happened in the visits it was shown in.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ArticleFigures {
    pub article_id: i64,
    pub title: String,
    /// Visits.
    pub shown: i64,
    pub opened: i64,
    pub solved: i64,
    /// Visits that ended in a request.
    pub sent: i64,
}

/// Everything on `/desk/deflection`.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub total: Outcomes,
    /// From the first week to the last.
    pub weeks: Vec<Outcomes>,
    /// Settled visits that typed something, and of them those that ended in a request.
    pub shown: Share,
    pub held_out: Share,
    /// Articles that customers said solved it, the most first.
    pub solving: Vec<ArticleFigures>,
    /// Articles that were shown in visits that ended in a request all the same, the most first.
    pub not_solving: Vec<ArticleFigures>,
}

impl Report {
    /// Submit rate with suggestions minus submit rate without, if both groups are large enough to say.
    pub fn effect(&self) -> Option<Interval> {
        (self.shown.of >= ENOUGH && self.held_out.of >= ENOUGH).then(|| difference(self.shown, self.held_out))
    }
}

/// The report over visits opened in `weeks` weeks from `start` (milliseconds), read at the end of `window`.
pub async fn report(
    conn: &mut Conn,
    start: i64,
    weeks: i64,
    window: Window,
    locale: Locale,
) -> Result<Report> {
    let end = start + weeks * 7 * DAY;
    let mut report = Report {
        total: Outcomes::default(),
        weeks: vec![Outcomes::default(); usize::try_from(weeks).unwrap_or_default()],
        shown: Share::default(),
        held_out: Share::default(),
        solving: Vec::new(),
        not_solving: Vec::new(),
    };
    for row in counts(conn, start, end, window).await? {
        report.total.add(&row.outcome, row.visits);
        if let Some(week) = usize::try_from(row.week).ok().and_then(|week| report.weeks.get_mut(week)) {
            week.add(&row.outcome, row.visits);
        }
        if row.typed && row.outcome != "open" {
            let group = if row.held_out { &mut report.held_out } else { &mut report.shown };
            group.of += row.visits;
            if row.outcome == Outcome::None.code() {
                group.hits += row.visits;
            }
        }
    }
    let mut articles = articles(conn, start, end, window, locale).await?;
    articles.sort_by(|a, b| b.solved.cmp(&a.solved).then(b.shown.cmp(&a.shown)));
    let listed = usize::try_from(LISTED).unwrap_or_default();
    report.solving = articles.iter().filter(|article| article.solved > 0).take(listed).cloned().collect();
    articles.retain(|article| article.sent > 0);
    articles.sort_by(|a, b| (b.sent - b.solved).cmp(&(a.sent - a.solved)).then(b.shown.cmp(&a.shown)));
    articles.truncate(listed);
    report.not_solving = articles;
    Ok(report)
}

#[derive(sqlx::FromRow)]
struct Row {
    week: i64,
    held_out: bool,
    outcome: String,
    /// Something was typed: suggestions could make a difference only then, and it happens alike in both groups.
    typed: bool,
    visits: i64,
}

/// The same text for either column; `concat!` keeps it a literal.
macro_rules! by_window {
    ($run:ident, $conn:expr, $window:expr, $row:ty, $before:literal, $after:literal $(, $arg:expr)*) => {
        match $window {
            Window::Day => $run!($conn, $row, concat!($before, "outcome_day", $after) $(, $arg)*),
            Window::Week => $run!($conn, $row, concat!($before, "outcome_week", $after) $(, $arg)*),
        }
    };
}

async fn counts(conn: &mut Conn, start: i64, end: i64, window: Window) -> Result<Vec<Row>> {
    by_window!(
        all,
        conn,
        window,
        Row,
        "SELECT week, held_out, outcome, typed, COUNT(*) AS visits FROM (
             SELECT (opened_at - $1) / 604800000 AS week, held_out, COALESCE(",
        ", 'open') AS outcome, typed_at IS NOT NULL AS typed
             FROM intake_session WHERE opened_at >= $1 AND opened_at < $2) AS visit
         GROUP BY week, held_out, outcome, typed",
        start,
        end
    )
}

/// Every article that was shown in the period, with the title in this language or the other.
async fn articles(
    conn: &mut Conn,
    start: i64,
    end: i64,
    window: Window,
    locale: Locale,
) -> Result<Vec<ArticleFigures>> {
    by_window!(
        all,
        conn,
        window,
        ArticleFigures,
        "SELECT figures.article_id, shown, opened, solved, sent, COALESCE((
                SELECT revision.title FROM translation
                JOIN revision ON revision.id = COALESCE(translation.live_revision_id, translation.head_revision_id)
                WHERE translation.article_id = figures.article_id
                ORDER BY CASE WHEN translation.locale = $3 THEN 0 ELSE 1 END LIMIT 1), '') AS title
         FROM (
             SELECT seen.article_id, COUNT(*) AS shown, COUNT(intake_opened.at) AS opened,
                    COUNT(CASE WHEN visit.outcome = 'confirmed' AND visit.solved_article_id = seen.article_id
                          THEN 1 END) AS solved,
                    COUNT(CASE WHEN visit.outcome = 'none' THEN 1 END) AS sent
             FROM (SELECT id, solved_article_id, ",
        " AS outcome FROM intake_session WHERE opened_at >= $1 AND opened_at < $2) AS visit
             JOIN (SELECT DISTINCT intake_session_id, article_id FROM intake_shown) AS seen
               ON seen.intake_session_id = visit.id
             LEFT JOIN intake_opened ON intake_opened.intake_session_id = visit.id
                                    AND intake_opened.article_id = seen.article_id
             WHERE visit.outcome IS NOT NULL
             GROUP BY seen.article_id) AS figures",
        start,
        end,
        locale.tag()
    )
}
