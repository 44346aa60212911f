//! The list. What is somebody's is decided in the query.

use crate::storage::{Conn, Result as Stored, all};
use crate::web::{Ctx, Page, Result};
use crate::when;
use app::model::request::{RequestFilter, RequestRow, RequestsPage};
use app::model::shell::Place;
use app::model::words::RequestStatus;

const PER_PAGE: i64 = 20;

pub async fn show(ctx: Ctx) -> Result {
    let customer = ctx.person()?.id;
    let filter = RequestFilter::from_code(&ctx.query("status"));
    let mut conn = ctx.app.db.read().await?;
    let counts = counts(&mut conn, customer).await?;
    let place = RequestFilter::ALL.iter().position(|own| *own == filter).unwrap_or_default();
    let pages = (counts[place] + PER_PAGE - 1) / PER_PAGE;
    let page = ctx.query("page").parse::<i64>().unwrap_or(1).clamp(1, pages.max(1));
    let found = rows(&mut conn, customer, filter, page).await?;
    drop(conn);
    let zone = ctx.settings.zone();
    let rows = found
        .into_iter()
        .map(|row| RequestRow {
            number: row.number,
            subject: row.subject,
            status: RequestStatus::from_code(&row.status).unwrap_or_default(),
            datetime: when::machine(row.updated_at),
            when: when::short(&zone, ctx.locale, row.updated_at, ctx.now),
        })
        .collect();
    let model = RequestsPage { filter, counts, rows, page, pages };
    let locale = ctx.locale;
    let page = Page::new(locale.t("お問い合わせ履歴", "My requests")).at(Place::MyRequests);
    Ok(ctx.page(page, move || app::pages::requests::requests(locale, model)))
}

/// Open, solved, all.
async fn counts(conn: &mut Conn, customer: i64) -> Stored<[i64; 3]> {
    let groups = all!(
        conn,
        (i64, i64),
        "SELECT over, COUNT(*) FROM (
             SELECT CAST(CASE WHEN status IN ('solved', 'closed') THEN 1 ELSE 0 END AS BIGINT) AS over
             FROM request WHERE customer_id = $1) AS own
         GROUP BY over",
        customer
    )?;
    let of = |over: i64| groups.iter().find(|(group, _)| *group == over).map_or(0, |(_, count)| *count);
    Ok([of(0), of(1), of(0) + of(1)])
}

#[derive(sqlx::FromRow)]
struct Row {
    number: i64,
    subject: String,
    status: String,
    updated_at: i64,
}

async fn rows(conn: &mut Conn, customer: i64, filter: RequestFilter, page: i64) -> Stored<Vec<Row>> {
    let (open, solved) = match filter {
        RequestFilter::Open => (true, false),
        RequestFilter::Solved => (false, true),
        RequestFilter::All => (true, true),
    };
    all!(
        conn,
        Row,
        "SELECT number, subject, status, updated_at FROM request
         WHERE customer_id = $1
           AND (($2 AND status NOT IN ('solved', 'closed')) OR ($3 AND status IN ('solved', 'closed')))
         ORDER BY updated_at DESC, id DESC LIMIT $4 OFFSET $5",
        customer,
        open,
        solved,
        PER_PAGE,
        (page - 1) * PER_PAGE
    )
}
