//! `/desk`: the inbox, with the open request beside it.

use super::moments::Moments;
use super::request::load_pane;
use crate::desk::inbox::{self, Filter, Line, PAGE};
use crate::desk::{request_by_number, roster};
use crate::identity::{AccountChange, change_account};
use crate::markdown;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::desk_inbox::{InboxPage, InboxRow, InboxSort, InboxTab, InboxView};
use app::model::form::Choice;
use app::model::shell::Place;
use app::model::words::RequestKind;

pub fn table(table: &mut Table) {
    table.get("/desk", Access::Cre, show).get("/desk/inbox", Access::Cre, show).post(
        "/desk/single-keys",
        Access::Cre,
        single_keys,
    );
}

/// Characters of the latest message on a line.
const EXCERPT: usize = 120;
/// Tags offered in the filter.
const TAGS: i64 = 100;

async fn show(ctx: Ctx) -> Result {
    let me = ctx.staff()?.clone();
    let filter = filter(&ctx);
    let mut conn = ctx.app.db.read().await?;
    // Read before the list: what comes in between is told once more. What PostgreSQL shows late, for its transaction
    // began early, is not told of; the list shows it when it is drawn again.
    let latest = inbox::latest_message(&mut conn).await?;
    let (lines, total) = inbox::list(&mut conn, me.id, &filter).await?;
    let counts = inbox::counts(&mut conn, me.id).await?;
    let tags = roster::request_tags(&mut conn, TAGS).await?;
    let staff = roster::staff(&mut conn).await?;
    let unassigned = inbox::unassigned(&mut conn).await?;
    let base = address(&filter, filter.view, filter.page);
    let number = ctx.query("open").parse::<i64>().ok();
    let open = match number {
        None => None,
        Some(number) => {
            let request = request_by_number(&mut conn, number).await?.ok_or(Error::NotFound)?;
            let mut pane = load_pane(&ctx, &mut conn, &request).await?;
            pane.list.clone_from(&base);
            pane.back = with(&base, "open", &number.to_string());
            Some(pane)
        }
    };
    drop(conn);
    let locale = ctx.locale;
    let moments = Moments::of(&ctx);
    let mut rows: Vec<InboxRow> =
        lines.into_iter().map(|line| row(locale, &moments, &base, number, line)).collect();
    focus(&mut rows, &ctx.query("at"));
    let cleared = Filter { view: filter.view, query: filter.query.clone(), page: 1, ..Filter::default() };
    let latest_first = Filter { sort: InboxSort::Updated, query: String::new(), ..cleared.clone() };
    let filtered =
        filter.tag.is_some() || filter.assignee.is_some() || filter.kind.is_some() || filter.locale.is_some();
    let model = InboxPage {
        view: filter.view,
        sort: filter.sort,
        query: filter.query.clone(),
        tabs: tabs(&filter, &counts),
        tags: tags.iter().map(|tag| Choice::new(tag, tag)).collect(),
        tag: filter.tag.clone().unwrap_or_default(),
        assignees: staff.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
        assignee: filter.assignee.map(|id| id.to_string()).unwrap_or_default(),
        kind: filter.kind.map(RequestKind::code).unwrap_or_default().to_owned(),
        language: filter.locale.map(Locale::tag).unwrap_or_default().to_owned(),
        clear: filtered.then(|| address(&cleared, filter.view, 1)),
        rows,
        total,
        latest,
        news_href: address(&latest_first, filter.view, 1),
        page: filter.page,
        pages: (total + PAGE - 1) / PAGE,
        base: address(&filter, filter.view, 1),
        single_keys: me.single_keys,
        csrf: ctx.csrf_token(),
        here: ctx.path().to_owned(),
        back: number.map_or_else(|| base.clone(), |number| with(&base, "open", &number.to_string())),
        me: me.id.to_string(),
    };
    let title = open.as_ref().map_or_else(
        || Place::Inbox.label(locale).to_owned(),
        |pane| format!("#{} {}", pane.number, pane.subject),
    );
    let written_in = open.as_ref().map(|pane| app::pages::desk_reply::written_in(pane.number));
    let page = Page { unassigned: Some(unassigned), written_in, ..Page::new(title).at(Place::Inbox) };
    Ok(ctx.page(page, || app::pages::desk_inbox::inbox(locale, model, open)))
}

/// What the address asks for; a search looks through everything unless a view is named.
fn filter(ctx: &Ctx) -> Filter {
    let text = |name: &str| Some(ctx.query(name)).filter(|text| !text.is_empty());
    let query: String = ctx.query("q").chars().take(200).collect();
    let default = if query.is_empty() { InboxView::Open } else { InboxView::All };
    let view = text("view").and_then(|code| InboxView::from_code(&code)).unwrap_or(default);
    // What is over waits for nobody: there the last change comes first.
    let by_default = match view {
        InboxView::Solved | InboxView::All => InboxSort::Updated,
        _ => InboxSort::Waiting,
    };
    Filter {
        view,
        tag: text("tag"),
        assignee: text("assignee").and_then(|id| id.parse().ok()),
        kind: text("kind").and_then(|code| RequestKind::from_code(&code)),
        locale: text("lang").and_then(|tag| Locale::from_tag(&tag)),
        query,
        sort: text("sort").and_then(|code| InboxSort::from_code(&code)).unwrap_or(by_default),
        page: text("page").and_then(|page| page.parse().ok()).unwrap_or(1).clamp(1, 1_000_000),
    }
}

/// The list's address in a view, with everything that is set.
fn address(filter: &Filter, view: InboxView, page: i64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.append_pair("view", view.code());
    let numbers = [("assignee", filter.assignee.map(|id| id.to_string()))];
    let words = [
        ("q", Some(filter.query.as_str()).filter(|query| !query.is_empty())),
        ("tag", filter.tag.as_deref()),
        ("kind", filter.kind.map(RequestKind::code)),
        ("lang", filter.locale.map(Locale::tag)),
        ("sort", Some(filter.sort.code()).filter(|_| view == filter.view)),
    ];
    for (name, value) in words {
        if let Some(value) = value {
            query.append_pair(name, value);
        }
    }
    for (name, value) in numbers {
        if let Some(value) = value {
            query.append_pair(name, &value);
        }
    }
    if page > 1 {
        query.append_pair("page", &page.to_string());
    }
    format!("/desk?{}", query.finish())
}

fn with(base: &str, name: &str, value: &str) -> String {
    format!("{base}{}{name}={value}", if base.contains('?') { '&' } else { '?' })
}

fn tabs(filter: &Filter, counts: &inbox::Counts) -> Vec<InboxTab> {
    InboxView::ALL
        .into_iter()
        // "All" is where a search or a link leads; it needs no place of its own otherwise.
        .filter(|view| *view != InboxView::All || filter.view == InboxView::All)
        // Who is in no group has no requests of one.
        .filter(|view| *view != InboxView::Group || counts.groups > 0 || filter.view == InboxView::Group)
        .map(|view| InboxTab { view, href: address(filter, view, 1), count: counts.of(view) })
        .collect()
}

fn row(locale: Locale, moments: &Moments, base: &str, open: Option<i64>, line: Line) -> InboxRow {
    let since = line.waiting_since.unwrap_or(line.updated_at);
    let (word_ja, word_en) =
        if line.waiting_since.is_some() { ("お待たせ", "waiting since") } else { ("更新", "changed") };
    let moment = moments.exact(since);
    InboxRow {
        number: line.number,
        unread: line.waiting_since.is_some() && line.customer_last,
        excerpt: excerpt(locale, &line),
        when: moments.ago(since),
        when_title: locale.t(format!("{word_ja}：{moment}"), format!("{word_en} {moment}")),
        datetime: crate::when::machine(since),
        href: with(base, "open", &line.number.to_string()),
        open: open == Some(line.number),
        focused: false,
        subject: line.subject,
        customer: line.customer,
        organization: line.organization,
        assignee: line.assignee,
        group: line.group,
        kind: line.kind,
        status: line.status,
        priority: line.priority,
        tags: line.tags,
        locale: line.locale,
    }
}

/// The beginning of the latest message: a customer's words as they are, a reply without its markup and marked as one.
fn excerpt(locale: Locale, line: &Line) -> String {
    if line.customer_last || line.excerpt.is_empty() {
        return markdown::excerpt(&line.excerpt, EXCERPT);
    }
    let words = markdown::excerpt(&markdown::read(&line.excerpt, locale, "").plain, EXCERPT);
    locale.t(format!("返信：{words}"), format!("Reply: {words}"))
}

/// Where a key was pressed on a line: that line, or where it has left the list the one that was beside it, of
/// `NUMBER.NUMBER`.
fn focus(rows: &mut [InboxRow], at: &str) {
    let mut wanted = at.split('.').filter_map(|number| number.parse::<i64>().ok());
    if let Some(at) = wanted.find_map(|number| rows.iter().position(|row| row.number == number)) {
        rows[at].focused = true;
    }
}

/// Turns single-letter keys on or off for this person.
async fn single_keys(ctx: Ctx, form: Form) -> Result {
    let me = ctx.staff()?;
    let on = form.text("single_keys") == "on";
    let mut tx = ctx.app.db.begin().await?;
    let change = AccountChange { name: me.name.clone(), locale: me.locale, single_keys: on };
    change_account(&mut tx, me, &change, ctx.now).await?;
    tx.commit().await?;
    if on {
        ctx.flash("1文字のキー操作をオンにしました。", "Single keys are on.");
    } else {
        ctx.flash("1文字のキー操作をオフにしました。", "Single keys are off.");
    }
    Ok(ctx.redirect(super::request::back(&form, "/desk")))
}
