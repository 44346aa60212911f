//! What CRE decided about requests, as the database has it: which article solved one, its tags, whose it is.
//!
//! Only decisions of people teach. What a rule did says how the rule stands, not how people judge: it is unknown, until
//! somebody takes it away. A request that was solved before an article came out says nothing about that article.

use std::collections::{HashMap, HashSet};

use app::i18n::Locale;
use app::model::words::RequestStatus;

use super::head::Answer;
use crate::desk::{Change, Event};
use crate::storage::{Conn, Result, all, ids};

/// One request with its words and what was decided about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Past {
    pub id: i64,
    pub version: i64,
    pub locale: Locale,
    /// Subject and first message.
    pub text: String,
    /// What was known of it when it came in: its kind, and the tags that rules gave it.
    pub facts: Vec<String>,
    pub article: Option<Answer>,
    /// Since when that article could be used, in milliseconds UTC.
    pub article_since: Option<i64>,
    pub tags: Option<Answer>,
    /// Tags that somebody took away.
    pub refused_tags: Vec<String>,
    pub assignee: Option<Answer>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    version: i64,
    customer_id: i64,
    kind: String,
    locale: String,
    subject: String,
    body: String,
    status: String,
    solved_at: Option<i64>,
    assignee_id: Option<i64>,
    solved_article_id: Option<i64>,
    published_at: Option<i64>,
    used_at: Option<i64>,
}

/// Reads these requests, in the order of their ids; those that are gone are absent.
pub async fn read(conn: &mut Conn, requests: &[i64]) -> Result<Vec<Past>> {
    let list = ids(requests.iter().copied());
    let sql = format!(
        "SELECT r.id, r.version, r.customer_id, r.kind, r.locale, r.subject,
                COALESCE((SELECT m.body FROM message m WHERE m.request_id = r.id AND m.kind = 'reply'
                          ORDER BY m.id LIMIT 1), '') AS body,
                r.status, r.solved_at, r.assignee_id, r.solved_article_id,
                (SELECT MIN(t.published_at) FROM translation t WHERE t.article_id = r.solved_article_id)
                    AS published_at,
                (SELECT MIN(u.at) FROM article_use u WHERE u.article_id = r.solved_article_id) AS used_at
         FROM request r WHERE r.id IN ({list}) ORDER BY r.id"
    );
    let rows = all!(conn, Row, sqlx::AssertSqlSafe(sql.as_str()))?;
    let sql = format!(
        "SELECT rt.request_id, t.name FROM request_tag rt JOIN tag t ON t.id = rt.tag_id
         WHERE rt.request_id IN ({list}) ORDER BY t.name"
    );
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (request, tag) in all!(conn, (i64, String), sqlx::AssertSqlSafe(sql.as_str()))? {
        tags.entry(request).or_default().push(tag);
    }
    let sql = format!(
        "SELECT request_id, COALESCE(event, ''), from_customer FROM message
         WHERE request_id IN ({list}) AND kind = 'event' ORDER BY id"
    );
    let mut hands: HashMap<i64, Hands> = HashMap::new();
    for (request, event, from_customer) in all!(conn, (i64, String, bool), sqlx::AssertSqlSafe(sql.as_str()))?
    {
        // An event of a later version teaches nothing.
        if let Ok(event) = serde_json::from_str::<Event>(&event) {
            hands.entry(request).or_default().take(event, from_customer);
        }
    }
    let past = rows.into_iter().map(|row| {
        let (tags, hands) = (tags.remove(&row.id), hands.remove(&row.id));
        past(row, tags.unwrap_or_default(), hands.unwrap_or_default())
    });
    Ok(past.collect())
}

/// What people did with their own hands, as the events of a thread tell it in order.
#[derive(Debug, Default)]
struct Hands {
    added: HashSet<String>,
    removed: HashSet<String>,
    /// Tags that rules gave, in their order.
    ruled: Vec<String>,
    /// The last one to be put in charge was chosen by a person.
    assigned: bool,
}

impl Hands {
    fn take(&mut self, event: Event, from_customer: bool) {
        let by_hand = event.rule.is_none() && !from_customer;
        for change in event.changes {
            match change {
                Change::TagAdded { tag } if by_hand => {
                    self.removed.remove(&tag);
                    self.added.insert(tag);
                }
                Change::TagAdded { tag } => {
                    self.added.remove(&tag);
                    self.ruled.push(tag);
                }
                Change::TagRemoved { tag } => {
                    self.added.remove(&tag);
                    if by_hand {
                        self.removed.insert(tag);
                    }
                }
                Change::Assignee { .. } => self.assigned = by_hand,
                _ => {}
            }
        }
    }
}

fn past(row: Row, tags: Vec<String>, hands: Hands) -> Past {
    let over = RequestStatus::from_code(&row.status).is_some_and(RequestStatus::is_over);
    let solved_with: Vec<String> = row.solved_article_id.iter().map(i64::to_string).collect();
    let article = (over || !solved_with.is_empty()).then_some(Answer {
        wanted: solved_with,
        unknown: Vec::new(),
        at: row.solved_at,
        who: Some(row.customer_id),
    });
    let (wanted, by_rule): (Vec<String>, Vec<String>) =
        tags.into_iter().partition(|tag| hands.added.contains(tag));
    let decided = !wanted.is_empty() || !hands.removed.is_empty();
    let tags = decided.then_some(Answer { wanted, unknown: by_rule, ..Answer::default() });
    let assignee = row.assignee_id.filter(|_| hands.assigned).map(|person| Answer::one(&person.to_string()));
    let mut refused_tags: Vec<String> = hands.removed.into_iter().collect();
    refused_tags.sort_unstable();
    let ruled = hands.ruled.iter().map(|tag| format!("tag {tag}"));
    let facts = std::iter::once(format!("kind {}", row.kind)).chain(ruled).collect();
    Past {
        id: row.id,
        version: row.version,
        locale: Locale::from_tag(&row.locale).unwrap_or_default(),
        text: format!("{}\n{}", row.subject, row.body),
        facts,
        article,
        // Publishing it once more does not make it new.
        article_since: [row.published_at, row.used_at].into_iter().flatten().min(),
        tags,
        refused_tags,
        assignee,
    }
}
