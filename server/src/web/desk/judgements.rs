//! `/desk/search/judgements`: for this question, this is the right article; and how search keeps to it.

use crate::desk::{asked_in, published_article, request_by_number};
use crate::identity::Actor;
use crate::search::judgement::{
    self, Added, Cause, Judgement, ROUNDS_COMPARED, Round, below_their_best, judgements,
    remove as remove_judgement, rounds, wish, worse,
};
use crate::search::{SearchQuery, Viewer};
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use crate::when;
use app::i18n::Locale;
use app::model::form::Choice;
use app::model::judgements::{AddJudgement, JudgementRow, JudgementsPage, RoundRow, Worse, WorseRow};
use app::model::shell::Place;
use app::model::time::Moment;
use axum::extract::Path;
use axum::http::StatusCode;
use url::form_urlencoded::Serializer;

#[cfg(test)]
mod tests;

/// Evaluations that are drawn.
const DRAWN: i64 = 60;
/// Articles that are offered for a question.
const OFFERED: usize = 8;
/// Characters of a question.
const LONGEST: usize = 200;

pub(super) fn table(table: &mut Table) {
    use Access::Cre;
    table
        .get("/desk/search/judgements", Cre, show)
        .post("/desk/search/judgements/add", Cre, add)
        .post("/desk/search/judgements/evaluate", Cre, evaluate)
        .post("/desk/search/judgements/{id}/remove", Cre, remove);
}

/// What somebody is adding.
struct Adding {
    question: String,
    query: String,
    chosen: String,
    request: String,
    error: Option<&'static str>,
}

impl Adding {
    fn read(value: impl Fn(&str) -> String) -> Self {
        let question: String = value("question").trim().chars().take(LONGEST).collect();
        let query = Some(value("q")).filter(|query| !query.trim().is_empty());
        Self {
            query: query.unwrap_or_else(|| question.clone()),
            question,
            chosen: value("article"),
            request: value("request"),
            error: None,
        }
    }

    fn about(self, question: String) -> Self {
        let query = Some(self.query).filter(|query| !query.is_empty()).unwrap_or_else(|| question.clone());
        Self { question, query, ..self }
    }
}

/// What a request asks, without names and addresses.
async fn asked_by(ctx: &Ctx, number: i64) -> Result<String> {
    let mut conn = ctx.app.db.read().await?;
    let request = request_by_number(&mut conn, number).await?.ok_or(Error::NotFound)?;
    let asked = asked_in(&mut conn, request.id).await?;
    Ok(asked.and_then(|(_, asked)| asked.into_iter().next()).unwrap_or_default())
}

fn language(ctx: &Ctx, tag: &str) -> Locale {
    Locale::from_tag(tag).unwrap_or(ctx.locale)
}

fn address(language: Locale) -> String {
    format!("/desk/search/judgements?language={}", language.tag())
}

/// Where a judgement is begun for a `question`, or for a `request` (by its number) and perhaps its `article`.
pub(super) fn begin(language: Locale, of: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("language", language.tag()).extend_pairs(of);
    format!("/desk/search/judgements?{}", query.finish())
}

async fn show(ctx: Ctx) -> Result {
    let language = language(&ctx, &ctx.query("language"));
    let mut adding = Adding::read(|name| ctx.query(name));
    if adding.question.is_empty()
        && let Ok(number) = adding.request.parse()
    {
        adding = adding.about(asked_by(&ctx, number).await?);
    }
    draw(&ctx, StatusCode::OK, language, adding).await
}

async fn add(ctx: Ctx, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let language = language(&ctx, &form.line("language"));
    let adding = Adding::read(|name| form.line(name));
    let mut tx = ctx.app.db.begin().await?;
    let article = match form.number("article") {
        Some(id) => published_article(&mut tx, id, language).await?,
        None => None,
    };
    let request_id = match form.number("request") {
        Some(number) => request_by_number(&mut tx, number).await?.map(|request| request.id),
        None => None,
    };
    let added = match &article {
        Some(article) => {
            let question = adding.question.as_str();
            let new = Judgement { locale: language, question, article_id: article.id, request_id };
            judgement::add(&mut tx, &new, &Actor::Person(&person), ctx.now).await?
        }
        None => None,
    };
    let Some(added) = added else {
        drop(tx);
        let error = match article {
            None => ctx.locale.t("記事を選んでください。", "Choose an article."),
            Some(_) => ctx.locale.t("質問を言葉で入力してください。", "Enter a question in words."),
        };
        let adding = Adding { error: Some(error), ..adding };
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, language, adding).await;
    };
    tx.commit().await?;
    match added {
        Added::New => ctx.flash("判定に加えました。", "The judgement has been added."),
        Added::Changed => ctx.flash("この質問の記事を変えました。", "The question now has this article."),
        Added::There => ctx.flash("その判定はもうあります。", "That judgement is there already."),
    }
    Ok(ctx.redirect(&address(language)))
}

async fn remove(ctx: Ctx, Path(id): Path<i64>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let mut tx = ctx.app.db.begin().await?;
    if !remove_judgement(&mut tx, id, &Actor::Person(&person), ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.flash("判定を外しました。", "The judgement has been removed.");
    Ok(ctx.redirect(&address(language(&ctx, &form.line("language")))))
}

async fn evaluate(ctx: Ctx, form: Form) -> Result {
    // A few hundred questions are asked in less time than a page takes; for an index that is behind, the job waits.
    if judgement::evaluate(&ctx.app, Cause::Asked).await.is_ok() {
        ctx.flash("評価しました。", "The list has been evaluated.");
    } else {
        let mut tx = ctx.app.db.begin().await?;
        wish(&mut tx, Cause::Asked, ctx.now).await?;
        tx.commit().await?;
        ctx.flash(
            "検索の準備が整いしだい評価します。",
            "The list will be evaluated as soon as search is up to date.",
        );
    }
    Ok(ctx.redirect(&address(language(&ctx, &form.line("language")))))
}

async fn draw(ctx: &Ctx, status: StatusCode, language: Locale, adding: Adding) -> Result {
    let locale = ctx.locale;
    let has_errors = adding.error.is_some();
    let adding = offer(ctx, language, adding).await?;
    let mut conn = ctx.app.db.read().await?;
    let rounds = rounds(&mut conn, language, DRAWN).await?;
    let asked = ctx.query("round").parse().ok();
    let compared = rounds.iter().take(ROUNDS_COMPARED);
    let looked_at = compared.clone().find(|round| Some(round.id) == asked).or(rounds.first());
    let fallen = match looked_at {
        Some(round) => worse(&mut conn, language, round.id).await?,
        None => Vec::new(),
    };
    let below = below_their_best(&mut conn, language).await?;
    let judged = judgements(&mut conn, language).await?;
    drop(conn);
    let results = |question: &str| {
        let query = Serializer::new(String::new()).append_pair("q", question).finish();
        format!("/{}/search?{query}", language.tag())
    };
    let edit = |article_id: i64| format!("/desk/articles/{article_id}/{}/edit", language.tag());
    let worse_row = |row: judgement::Worse| WorseRow {
        results_href: results(&row.question),
        article_href: edit(row.article_id),
        question: row.question,
        article: row.article,
        was: row.was,
        is: row.is,
    };
    let model = JudgementsPage {
        csrf: ctx.csrf_token(),
        language: language.tag().to_owned(),
        language_choices: Locale::ALL.map(|language| Choice::new(language.tag(), language.name())).to_vec(),
        rounds: rounds.iter().map(|round| round_row(ctx, round)).collect(),
        rounds_compared: ROUNDS_COMPARED,
        worse: looked_at.map(|round| Worse {
            at: moment(ctx, round.at),
            rows: fallen.into_iter().map(worse_row).collect(),
        }),
        below_their_best: below.into_iter().map(worse_row).collect(),
        judgements: judged
            .into_iter()
            .map(|row| JudgementRow {
                id: row.id,
                results_href: results(&row.question),
                question: row.question,
                article: row.title,
                article_href: edit(row.article_id),
                placed: row.placed,
                place: row.place,
            })
            .collect(),
        adding,
    };
    let page = Page {
        has_errors,
        written_in: Some(app::pages::judgements::written_in()),
        ..Page::new(locale.t("判定リスト", "Judgement list")).at(Place::Search)
    };
    Ok(ctx.page_with(status, page, || app::pages::judgements::judgements(locale, model)))
}

fn moment(ctx: &Ctx, at: i64) -> Moment {
    let zone = ctx.settings.zone();
    Moment {
        datetime: when::machine(at),
        text: when::short(&zone, ctx.locale, at, ctx.now),
        title: Some(when::exact(&zone, ctx.locale, at)),
    }
}

fn cause(locale: Locale, cause: Cause) -> &'static str {
    match cause {
        Cause::Asked => locale.t("手動", "Asked for"),
        Cause::Settings => locale.t("設定の変更", "Settings changed"),
        Cause::Synonyms => locale.t("同義語の変更", "Synonyms changed"),
        Cause::Phrases => locale.t("検索フレーズの変更", "Search phrases changed"),
        Cause::Articles => locale.t("記事の変更", "Articles changed"),
        Cause::Rebuilt => locale.t("インデックスの再構築", "Index rebuilt"),
        Cause::Daily => locale.t("毎日の確認", "Daily"),
    }
}

fn round_row(ctx: &Ctx, round: &Round) -> RoundRow {
    let causes: Vec<&str> = round.causes.iter().map(|one| cause(ctx.locale, *one)).collect();
    RoundRow {
        id: round.id,
        at: moment(ctx, round.at),
        at_ms: round.at,
        cause: causes.join(ctx.locale.t("、", ", ")),
        questions: round.questions,
        first: round.first,
        among_three: round.among_three,
        mrr: round.mrr,
        worse: round.worse,
    }
}

/// The published articles that may be right for the question, the chosen one among them.
async fn offer(ctx: &Ctx, language: Locale, adding: Adding) -> Result<AddJudgement> {
    let mut articles: Vec<Choice> = Vec::new();
    if !adding.query.is_empty() {
        if let Ok(id) = adding.chosen.parse()
            && let Some(article) = published_article(&mut ctx.app.db.read().await?, id, language).await?
        {
            articles.push(Choice::new(id.to_string(), article.title));
        }
        let query = SearchQuery {
            text: adding.query.clone(),
            locale: language,
            viewer: Viewer::Staff,
            category: None,
            page: 1,
            per_page: OFFERED,
            excerpts: false,
        };
        for hit in &ctx.app.search.search(&ctx.app.db, &query).await?.hits {
            let title: String = hit.title.iter().map(|segment| segment.text.as_str()).collect();
            let choice = Choice::new(hit.article_id.to_string(), title);
            if !articles.contains(&choice) {
                articles.push(choice);
            }
        }
    }
    Ok(AddJudgement {
        articles: (!adding.question.is_empty() || adding.error.is_some()).then_some(articles),
        question: adding.question,
        query: adding.query,
        chosen: adding.chosen,
        request: adding.request,
        error: adding.error.map(str::to_owned),
    })
}
