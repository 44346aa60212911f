//! `/desk/search`: what customers search for, and what is to be done about it.

use crate::clock::DAY;
use crate::desk::published_article;
use crate::identity::Actor;
use crate::knowledge::{By, add_phrase};
use crate::search::analytics::{FEWEST_VISITORS, MOST_WEEKS, TermReport, terms};
use crate::search::{SearchQuery, term};
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Form, Page, Result};
use crate::when;
use app::i18n::Locale;
use app::model::form::Choice;
use app::model::search_terms::{AddPhrase, SearchTermsPage, TermRow, TermTab, TermView};
use app::model::shell::Place;
use app::model::time::Moment;
use axum::http::StatusCode;
use url::form_urlencoded::Serializer;

mod synonyms;
#[cfg(test)]
mod tests;

/// The periods there are to choose from, in weeks; the second is shown first.
const WEEKS: [i64; 4] = [1, 4, 8, MOST_WEEKS];
/// Terms on one page.
const LISTED: usize = 50;
/// Articles that are offered for a term.
const OFFERED: usize = 5;

pub(super) fn table(table: &mut Table) {
    table.get("/desk/search", Access::Cre, show).post("/desk/search/phrases", Access::Cre, add);
    synonyms::table(table);
}

/// Which terms somebody looks at.
struct Choices {
    view: TermView,
    weeks: i64,
    language: Locale,
}

impl Choices {
    fn read(ctx: &Ctx, value: impl Fn(&str) -> String) -> Self {
        let weeks = value("weeks").parse().ok().filter(|weeks| WEEKS.contains(weeks));
        Self {
            view: TermView::from_code(&value("view")).unwrap_or_default(),
            weeks: weeks.unwrap_or(WEEKS[1]),
            language: Locale::from_tag(&value("language")).unwrap_or(ctx.locale),
        }
    }

    fn address(&self, more: &[(&str, &str)]) -> String {
        self.address_of(self.view, more)
    }

    /// Another view of the same searches.
    fn address_of(&self, view: TermView, more: &[(&str, &str)]) -> String {
        let mut query = Serializer::new(String::new());
        query.append_pair("view", view.code());
        query.append_pair("weeks", &self.weeks.to_string());
        query.append_pair("language", self.language.tag());
        query.extend_pairs(more);
        format!("/desk/search?{}", query.finish())
    }
}

/// A term that is being added to an article.
struct Adding {
    term: String,
    query: String,
    error: Option<&'static str>,
}

async fn show(ctx: Ctx) -> Result {
    let choices = Choices::read(&ctx, |name| ctx.query(name));
    let adding = term(&ctx.query("phrase"));
    let query = Some(ctx.query("q")).filter(|query| !query.trim().is_empty());
    let adding = (!adding.is_empty()).then(|| Adding {
        query: query.unwrap_or_else(|| adding.clone()),
        term: adding,
        error: None,
    });
    draw(&ctx, StatusCode::OK, choices, adding).await
}

async fn add(ctx: Ctx, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let choices = Choices::read(&ctx, |name| form.line(name));
    let phrase = term(&form.line("term"));
    let mut tx = ctx.app.db.begin().await?;
    let article = match form.number("article") {
        Some(id) if !phrase.is_empty() => published_article(&mut tx, id, choices.language).await?,
        _ => None,
    };
    let Some(article) = article else {
        drop(tx);
        let error = Some(ctx.locale.t("記事を選んでください。", "Choose an article."));
        let adding = Adding { term: phrase, query: form.line("q"), error };
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, choices, Some(adding)).await;
    };
    let by = By::new(ctx.now, Actor::Person(&person));
    add_phrase(&mut tx, &by, article.id, choices.language, &phrase, None).await?;
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.flash("検索フレーズに加えました。", "The term has been added to the article.");
    Ok(ctx.redirect(&choices.address(&[])))
}

async fn draw(ctx: &Ctx, status: StatusCode, choices: Choices, adding: Option<Adding>) -> Result {
    let since = ctx.now - choices.weeks * 7 * DAY;
    let all = terms(&mut ctx.app.db.read().await?, choices.language, since).await?;
    let tabs = TermView::ALL.map(|view| TermTab {
        view,
        count: all.iter().filter(|term| belongs(view, term)).count() as i64,
        href: choices.address_of(view, &[]),
    });
    let mut listed: Vec<TermReport> = all.into_iter().filter(|term| belongs(choices.view, term)).collect();
    // Within as many, the order is that of visitors.
    listed.sort_by_key(|term| std::cmp::Reverse(weight(choices.view, term)));
    let more = listed.len() > LISTED;
    listed.truncate(LISTED);
    let locale = ctx.locale;
    let has_errors = adding.as_ref().is_some_and(|adding| adding.error.is_some());
    let adding = match adding {
        None => None,
        Some(adding) => Some(offer(ctx, &choices, adding).await?),
    };
    let model = SearchTermsPage {
        view: choices.view,
        tabs: tabs.to_vec(),
        weeks: choices.weeks.to_string(),
        week_choices: WEEKS
            .map(|n| {
                Choice::new(
                    n.to_string(),
                    locale.t(format!("直近{n}週"), format!("Last {}", locale.count(n, "", "week", "weeks"))),
                )
            })
            .to_vec(),
        language: choices.language.tag().to_owned(),
        language_choices: Locale::ALL.map(|language| Choice::new(language.tag(), language.name())).to_vec(),
        terms: listed.into_iter().map(|term| row(ctx, &choices, term)).collect(),
        more,
        fewest: FEWEST_VISITORS as i64,
        synonyms_href: synonyms::list_address(choices.language),
        adding,
    };
    let page = Page { has_errors, ..Page::new(locale.t("検索", "Search")).at(Place::Search) };
    Ok(ctx.page_with(status, page, || app::pages::search_terms::search_terms(locale, model)))
}

fn belongs(view: TermView, term: &TermReport) -> bool {
    match view {
        TermView::Top => true,
        TermView::Nothing => term.nothing > 0,
        TermView::Unopened => {
            let with_results = term.visitors - term.nothing;
            with_results > 0 && term.opened * 10 < with_results * 3
        }
        TermView::Asked => term.asked > 0,
        TermView::Reformulated => term.reformulated > 0,
    }
}

fn weight(view: TermView, term: &TermReport) -> usize {
    match view {
        TermView::Top => term.visitors,
        TermView::Nothing => term.nothing,
        TermView::Unopened => term.visitors - term.nothing,
        TermView::Asked => term.asked,
        TermView::Reformulated => term.reformulated,
    }
}

fn row(ctx: &Ctx, choices: &Choices, report: TermReport) -> TermRow {
    let tag = choices.language.tag();
    let with = |path: &str, pairs: &[(&str, &str)]| {
        format!("{path}?{}", Serializer::new(String::new()).extend_pairs(pairs).finish())
    };
    TermRow {
        visitors: report.visitors as i64,
        searches: report.searches as i64,
        nothing: report.nothing as i64,
        opened: report.opened as i64,
        asked: report.asked as i64,
        reformulated: report.reformulated as i64,
        last: Moment {
            datetime: when::machine(report.last),
            text: when::date(&ctx.settings.zone(), ctx.locale, report.last),
            title: None,
        },
        results_href: with(&format!("/{tag}/search"), &[("q", &report.term)]),
        write_href: with("/desk/articles/new", &[("locale", tag), ("title", &report.term)]),
        synonym_href: synonyms::new_address(
            choices.language,
            &report.term,
            report.instead.as_deref().unwrap_or_default(),
        ),
        phrase_href: choices.address(&[("phrase", &report.term)]),
        judge_href: super::judgements::begin(choices.language, &[("question", &report.term)]),
        instead: report.instead,
        term: report.term,
    }
}

/// The published articles that a term could lead to.
async fn offer(ctx: &Ctx, choices: &Choices, adding: Adding) -> Result<AddPhrase> {
    let query = SearchQuery {
        text: adding.query.clone(),
        locale: choices.language,
        viewer: ctx.viewer(),
        category: None,
        page: 1,
        per_page: OFFERED,
        excerpts: false,
    };
    let found = ctx.app.search.search(&ctx.app.db, &query).await?;
    let articles = found
        .hits
        .iter()
        .filter(|hit| hit.locale == choices.language)
        .map(|hit| {
            let title: String = hit.title.iter().map(|segment| segment.text.as_str()).collect();
            Choice::new(hit.article_id.to_string(), title)
        })
        .collect();
    Ok(AddPhrase {
        csrf: ctx.csrf_token(),
        term: adding.term,
        query: adding.query,
        articles,
        back: choices.address(&[]),
        error: adding.error.map(str::to_owned),
    })
}
