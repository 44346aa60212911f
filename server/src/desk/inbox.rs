//! The inbox: views of the requests, filtered, sorted, searched and counted.

use super::fold::contains;
use crate::storage::{Conn, Result, all, ids, one, value};
use app::i18n::Locale;
use app::model::desk_inbox::{InboxSort, InboxView};
use app::model::words::{Priority, RequestKind, RequestStatus};
use sqlx::AssertSqlSafe;
use std::collections::HashMap;

/// Lines on one page.
pub const PAGE: i64 = 50;

/// Words of one search; more are passed over.
const TERMS: usize = 4;

/// Which requests to list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub view: InboxView,
    pub tag: Option<String>,
    pub assignee: Option<i64>,
    pub kind: Option<RequestKind>,
    pub locale: Option<Locale>,
    /// Words of subject, messages, customer's name or address, or a number.
    pub query: String,
    pub sort: InboxSort,
    /// From 1.
    pub page: i64,
}

/// One request of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: i64,
    pub number: i64,
    pub kind: RequestKind,
    pub subject: String,
    pub locale: Locale,
    pub status: RequestStatus,
    pub priority: Priority,
    pub customer: String,
    pub organization: Option<String>,
    pub assignee: Option<String>,
    pub group: Option<String>,
    /// The last public words, Markdown, cut.
    pub excerpt: String,
    /// The customer spoke last.
    pub customer_last: bool,
    pub tags: Vec<String>,
    pub created_at: i64,
    pub updated_at: i64,
    pub waiting_since: Option<i64>,
}

/// How many there are in each view.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Counts {
    pub unassigned: i64,
    pub mine: i64,
    pub in_groups: i64,
    /// The reader is in a group at all.
    pub groups: i64,
    pub waiting: i64,
    pub open: i64,
    pub solved: i64,
}

impl Counts {
    pub fn of(&self, view: InboxView) -> Option<i64> {
        match view {
            InboxView::Unassigned => Some(self.unassigned),
            InboxView::Mine => Some(self.mine),
            InboxView::Group => Some(self.in_groups),
            InboxView::Waiting => Some(self.waiting),
            InboxView::Open => Some(self.open),
            InboxView::Solved => Some(self.solved),
            InboxView::All => None,
        }
    }
}

pub async fn counts(conn: &mut Conn, me: i64) -> Result<Counts> {
    one!(
        conn,
        Counts,
        "SELECT COUNT(CASE WHEN assignee_id IS NULL AND status <> 'waiting' THEN 1 END) AS unassigned,
                COUNT(CASE WHEN assignee_id = $1 THEN 1 END) AS mine,
                COUNT(CASE WHEN assignee_id IS NULL AND status <> 'waiting' AND group_id IN (
                    SELECT group_id FROM group_member WHERE person_id = $1) THEN 1 END) AS in_groups,
                (SELECT COUNT(*) FROM group_member WHERE person_id = $1) AS groups,
                COUNT(CASE WHEN status = 'waiting' THEN 1 END) AS waiting,
                COUNT(*) AS open,
                (SELECT COUNT(*) FROM request WHERE status IN ('solved', 'closed')) AS solved
         FROM request WHERE status IN ('new', 'open', 'waiting')",
        me
    )
}

/// How many nobody has taken: the number beside "Inbox".
pub async fn unassigned(conn: &mut Conn) -> Result<i64> {
    value!(conn, i64, "SELECT COUNT(*) FROM request WHERE status IN ('new', 'open') AND assignee_id IS NULL")
}

/// The last message there is; 0 where there is none.
pub async fn latest_message(conn: &mut Conn) -> Result<i64> {
    value!(conn, i64, "SELECT COALESCE(MAX(id), 0) FROM message")
}

/// How many requests of a view have customers' words after a message.
pub async fn written_in_since(conn: &mut Conn, me: i64, view: InboxView, message_id: i64) -> Result<i64> {
    let sql = format!(
        "SELECT COUNT(*) FROM request r WHERE CAST($1 AS BIGINT) IS NOT NULL AND {} AND r.id IN (
             SELECT request_id FROM message WHERE id > $2 AND kind = 'reply' AND from_customer)",
        condition(view)
    );
    value!(conn, i64, AssertSqlSafe(sql), me, message_id)
}

/// What a view asks for; `$1` is the reader.
fn condition(view: InboxView) -> &'static str {
    match view {
        InboxView::Unassigned => "r.status IN ('new', 'open') AND r.assignee_id IS NULL",
        InboxView::Mine => "r.status IN ('new', 'open', 'waiting') AND r.assignee_id = $1",
        InboxView::Group => {
            "r.status IN ('new', 'open') AND r.assignee_id IS NULL
             AND r.group_id IN (SELECT group_id FROM group_member WHERE person_id = $1)"
        }
        InboxView::Waiting => "r.status = 'waiting'",
        InboxView::Open => "r.status IN ('new', 'open', 'waiting')",
        InboxView::Solved => "r.status IN ('solved', 'closed')",
        InboxView::All => "1 = 1",
    }
}

fn order(sort: InboxSort) -> &'static str {
    match sort {
        // Whoever waits for us first; then what waits for the customer, the longest quiet first.
        InboxSort::Waiting => {
            "CASE WHEN r.waiting_since IS NULL THEN 1 ELSE 0 END, r.waiting_since, r.updated_at, r.id"
        }
        InboxSort::Newest => "r.created_at DESC, r.id DESC",
        InboxSort::Updated => "r.updated_at DESC, r.id DESC",
        InboxSort::Priority => {
            "CASE r.priority WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'normal' THEN 2 ELSE 3 END,
             CASE WHEN r.waiting_since IS NULL THEN 1 ELSE 0 END, r.waiting_since, r.id"
        }
    }
}

/// One word of the search, in any of the places it may stand; `%` stands for no word.
fn term(n: usize) -> String {
    format!(
        "(${n} = '%' OR LOWER(c.email) LIKE ${n} ESCAPE '\\' OR LOWER(c.name) LIKE ${n} ESCAPE '\\'
          OR LOWER(COALESCE(o.name, '')) LIKE ${n} ESCAPE '\\'
          OR r.id IN (SELECT request_id FROM request_text WHERE text LIKE ${n} ESCAPE '\\'))"
    )
}

/// FROM and WHERE; takes the parameters $1 to $10.
fn from_where(view: InboxView) -> String {
    let terms: Vec<String> = (0..TERMS).map(|n| term(7 + n)).collect();
    format!(
        "FROM request r
         JOIN person c ON c.id = r.customer_id
         LEFT JOIN organization o ON o.id = r.organization_id
         WHERE CAST($1 AS BIGINT) IS NOT NULL AND {}
           AND (CAST($2 AS TEXT) IS NULL OR r.id IN (SELECT rt.request_id FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE t.name = $2))
           AND (CAST($3 AS BIGINT) IS NULL OR r.assignee_id = $3)
           AND (CAST($4 AS TEXT) IS NULL OR r.kind = $4)
           AND (CAST($5 AS TEXT) IS NULL OR r.locale = $5)
           AND (r.number = CAST($6 AS BIGINT) OR ({}))",
        condition(view),
        terms.join(" AND ")
    )
}

#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    number: i64,
    kind: String,
    subject: String,
    locale: String,
    status: String,
    priority: String,
    customer: String,
    organization: Option<String>,
    assignee: Option<String>,
    group_name: Option<String>,
    excerpt: Option<String>,
    customer_last: Option<bool>,
    created_at: i64,
    updated_at: i64,
    waiting_since: Option<i64>,
}

/// A page of the list, and how many there are on all pages.
pub async fn list(conn: &mut Conn, me: i64, filter: &Filter) -> Result<(Vec<Line>, i64)> {
    let mut words = filter.query.split_whitespace();
    let mut next = || words.next().map_or_else(|| "%".to_owned(), contains);
    let terms = [next(), next(), next(), next()];
    let number: Option<i64> = super::fold::fold(filter.query.trim()).trim_start_matches('#').parse().ok();
    let kind = filter.kind.map(RequestKind::code);
    let locale = filter.locale.map(Locale::tag);
    let rest = from_where(filter.view);
    let total = value!(
        conn,
        i64,
        AssertSqlSafe(format!("SELECT COUNT(*) {rest}")),
        me,
        filter.tag.as_deref(),
        filter.assignee,
        kind,
        locale,
        number,
        terms[0].as_str(),
        terms[1].as_str(),
        terms[2].as_str(),
        terms[3].as_str()
    )?;
    let last = "SELECT m.id FROM message m WHERE m.request_id = r.id AND m.kind = 'reply' ORDER BY m.id DESC LIMIT 1";
    let sql = format!(
        "SELECT page.*, SUBSTR(m.body, 1, 200) AS excerpt, m.from_customer AS customer_last,
                CASE WHEN a.name = '' THEN a.email ELSE a.name END AS assignee, g.name AS group_name
         FROM (SELECT r.id, r.number, r.kind, r.subject, r.locale, r.status, r.priority, r.assignee_id, r.group_id,
                      CASE WHEN c.name = '' THEN c.email ELSE c.name END AS customer, o.name AS organization,
                      r.created_at, r.updated_at, r.waiting_since, ({last}) AS last_id,
                      ROW_NUMBER() OVER (ORDER BY {order}) AS place
               {rest} ORDER BY {order} LIMIT $11 OFFSET $12) AS page
         LEFT JOIN message m ON m.id = page.last_id
         LEFT JOIN person a ON a.id = page.assignee_id
         LEFT JOIN person_group g ON g.id = page.group_id
         ORDER BY page.place",
        order = order(filter.sort)
    );
    let rows = all!(
        conn,
        Row,
        AssertSqlSafe(sql.as_str()),
        me,
        filter.tag.as_deref(),
        filter.assignee,
        kind,
        locale,
        number,
        terms[0].as_str(),
        terms[1].as_str(),
        terms[2].as_str(),
        terms[3].as_str(),
        PAGE,
        (filter.page.max(1) - 1) * PAGE
    )?;
    let mut tags = tags_of_all(conn, rows.iter().map(|row| row.id)).await?;
    let lines = rows.into_iter().map(|row| Line {
        tags: tags.remove(&row.id).unwrap_or_default(),
        id: row.id,
        number: row.number,
        kind: RequestKind::from_code(&row.kind).unwrap_or_default(),
        subject: row.subject,
        locale: Locale::from_tag(&row.locale).unwrap_or_default(),
        status: RequestStatus::from_code(&row.status).unwrap_or_default(),
        priority: Priority::from_code(&row.priority).unwrap_or_default(),
        customer: row.customer,
        organization: row.organization,
        assignee: row.assignee,
        group: row.group_name,
        excerpt: row.excerpt.unwrap_or_default(),
        customer_last: row.customer_last.unwrap_or_default(),
        created_at: row.created_at,
        updated_at: row.updated_at,
        waiting_since: row.waiting_since,
    });
    Ok((lines.collect(), total))
}

async fn tags_of_all(
    conn: &mut Conn,
    request_ids: impl Iterator<Item = i64>,
) -> Result<HashMap<i64, Vec<String>>> {
    let sql = format!(
        "SELECT rt.request_id, t.name FROM request_tag rt JOIN tag t ON t.id = rt.tag_id
         WHERE rt.request_id IN ({}) ORDER BY t.name",
        ids(request_ids)
    );
    let mut tags: HashMap<i64, Vec<String>> = HashMap::new();
    for (id, name) in all!(conn, (i64, String), AssertSqlSafe(sql.as_str()))? {
        tags.entry(id).or_default().push(name);
    }
    Ok(tags)
}
