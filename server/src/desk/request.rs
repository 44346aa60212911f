//! A request as a row, and how to find one.

use crate::storage::{Conn, Result, all, first};
use app::i18n::Locale;
use app::model::words::{Priority, RequestKind, RequestStatus};

/// One request. Times are milliseconds UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub id: i64,
    /// What people say: counts from 1, without gaps.
    pub number: i64,
    pub kind: RequestKind,
    pub subject: String,
    pub locale: Locale,
    pub status: RequestStatus,
    pub priority: Priority,
    pub area_id: Option<i64>,
    pub customer_id: i64,
    pub organization_id: Option<i64>,
    pub assignee_id: Option<i64>,
    pub group_id: Option<i64>,
    pub link_version: i64,
    /// Rises with every change.
    pub version: i64,
    pub created_at: i64,
    pub updated_at: i64,
    /// From when on the customer has waited for us; `None` while it is not our turn.
    pub waiting_since: Option<i64>,
    pub first_reply_at: Option<i64>,
    pub solved_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub solved_article_id: Option<i64>,
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
    area_id: Option<i64>,
    customer_id: i64,
    organization_id: Option<i64>,
    assignee_id: Option<i64>,
    group_id: Option<i64>,
    link_version: i64,
    version: i64,
    created_at: i64,
    updated_at: i64,
    waiting_since: Option<i64>,
    first_reply_at: Option<i64>,
    solved_at: Option<i64>,
    closed_at: Option<i64>,
    solved_article_id: Option<i64>,
}

impl From<Row> for Request {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            number: row.number,
            // The columns' CHECKs admit no other words.
            kind: RequestKind::from_code(&row.kind).unwrap_or_default(),
            subject: row.subject,
            locale: Locale::from_tag(&row.locale).unwrap_or_default(),
            status: RequestStatus::from_code(&row.status).unwrap_or_default(),
            priority: Priority::from_code(&row.priority).unwrap_or_default(),
            area_id: row.area_id,
            customer_id: row.customer_id,
            organization_id: row.organization_id,
            assignee_id: row.assignee_id,
            group_id: row.group_id,
            link_version: row.link_version,
            version: row.version,
            created_at: row.created_at,
            updated_at: row.updated_at,
            waiting_since: row.waiting_since,
            first_reply_at: row.first_reply_at,
            solved_at: row.solved_at,
            closed_at: row.closed_at,
            solved_article_id: row.solved_article_id,
        }
    }
}

macro_rules! columns {
    ($tail:literal) => {
        concat!(
            "SELECT id, number, kind, subject, locale, status, priority, area_id, customer_id, organization_id,
                    assignee_id, group_id, link_version, version, created_at, updated_at, waiting_since,
                    first_reply_at, solved_at, closed_at, solved_article_id
             FROM request ",
            $tail
        )
    };
}

pub async fn find_request(conn: &mut Conn, id: i64) -> Result<Option<Request>> {
    Ok(first!(conn, Row, columns!("WHERE id = $1"), id)?.map(Request::from))
}

pub async fn request_by_number(conn: &mut Conn, number: i64) -> Result<Option<Request>> {
    Ok(first!(conn, Row, columns!("WHERE number = $1"), number)?.map(Request::from))
}

/// A customer's own requests, the last changed first; at most `limit`.
pub async fn requests_of(conn: &mut Conn, customer_id: i64, limit: i64) -> Result<Vec<Request>> {
    let rows = all!(
        conn,
        Row,
        columns!("WHERE customer_id = $1 ORDER BY updated_at DESC, id DESC LIMIT $2"),
        customer_id,
        limit
    )?;
    Ok(rows.into_iter().map(Request::from).collect())
}

/// A request's tags in alphabetical order.
pub async fn tags_of(conn: &mut Conn, request_id: i64) -> Result<Vec<String>> {
    let rows = all!(
        conn,
        (String,),
        "SELECT t.name FROM request_tag rt JOIN tag t ON t.id = rt.tag_id WHERE rt.request_id = $1 ORDER BY t.name",
        request_id
    )?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Takes the request's row for this transaction: what is read of it afterwards stays true until the commit.
pub(super) async fn lock(conn: &mut Conn, id: i64) -> Result<Option<Request>> {
    let found = crate::storage::run!(conn, "UPDATE request SET version = version WHERE id = $1", id)?;
    if found == 0 { Ok(None) } else { find_request(conn, id).await }
}
