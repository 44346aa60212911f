//! `/desk/audit`.

use super::audit_words::{action_words, actor_words, changes, subject_kind};
use super::people::PER_PAGE;
use super::rules::Lexicon;
use crate::identity::{AuditFilter, AuditLine, audit_choices, audit_lines, audit_names};
use crate::web::moment::pages;
use crate::web::{Ctx, Page, Result};
use app::i18n::Locale;
use app::model::audit as model;
use app::model::form::Choice;
use app::model::shell::Place;
use std::collections::BTreeMap;

/// What the ids in the log stand for today; what is gone is absent.
#[derive(Default)]
pub(super) struct Known {
    pub(super) names: BTreeMap<(&'static str, i64), String>,
    pub(super) rules: Lexicon,
}

impl Known {
    pub(super) fn name(&self, kind: &'static str, id: i64) -> Option<String> {
        self.names.get(&(kind, id)).cloned()
    }
}

pub async fn show(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let given = |name: &str| Some(ctx.query(name)).filter(|text| !text.is_empty());
    let filter = AuditFilter {
        subject: given("subject"),
        subject_id: given("id").and_then(|id| id.parse().ok()),
        actor: given("actor"),
    };
    let mut conn = ctx.app.db.read().await?;
    let (lines, total) = audit_lines(&mut conn, &filter, ctx.page_number(), PER_PAGE).await?;
    let (subjects, actors) = audit_choices(&mut conn).await?;
    let wanted: Vec<(&'static str, i64)> = lines.iter().flat_map(mentioned).collect();
    let known = Known {
        names: audit_names(&mut conn, &wanted, locale).await?,
        rules: Lexicon::load(&mut conn, locale).await?,
    };
    drop(conn);
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for name in ["subject", "id", "actor"] {
        if let Some(value) = given(name) {
            query.append_pair(name, &value);
        }
    }
    let page_model = model::AuditPage {
        subjects: subjects
            .into_iter()
            .map(|subject| Choice::new(subject.clone(), subject_kind(locale, &subject)))
            .collect(),
        actors: actors
            .into_iter()
            .map(|(actor, person)| {
                let label = if person { actor.clone() } else { actor_words(locale, &actor) };
                Choice::new(actor, label)
            })
            .collect(),
        lines: lines.into_iter().map(|line| drawn(&ctx, line, &known)).collect(),
        total,
        page: ctx.page_number(),
        pages: pages(total, PER_PAGE),
        base: format!("/desk/audit?{}", query.finish()).trim_end_matches('?').to_owned(),
        subject: filter.subject.unwrap_or_default(),
        actor: filter.actor.unwrap_or_default(),
    };
    let page = Page::new(locale.t("監査ログ", "Audit log")).at(Place::Audit);
    Ok(ctx.page(page, move || app::pages::audit::audit(locale, page_model)))
}

/// The kinds whose names are looked up.
const NAMED: [&str; 7] = ["person", "organization", "group", "article", "category", "rule", "synonym"];

fn kind(subject: &str) -> Option<&'static str> {
    NAMED.into_iter().find(|kind| *kind == subject)
}

/// What the ids in an entry's values stand for.
pub(super) fn value_kind(action: &str) -> Option<&'static str> {
    match action {
        "article.category" => Some("category"),
        "article.owner" => Some("person"),
        _ => None,
    }
}

/// Everything that a line names by its id.
fn mentioned(line: &AuditLine) -> Vec<(&'static str, i64)> {
    let own = kind(&line.subject).zip(line.subject_id);
    let values = value_kind(&line.action).into_iter().flat_map(|kind| {
        ["before", "after"].into_iter().filter_map(move |key| Some((kind, line.detail[key].as_i64()?)))
    });
    own.into_iter().chain(values).collect()
}

fn drawn(ctx: &Ctx, line: AuditLine, known: &Known) -> model::AuditLine {
    let locale = ctx.locale;
    let today = kind(&line.subject).zip(line.subject_id).and_then(|(kind, id)| known.name(kind, id));
    let then = ["name", "title", "slug"].iter().find_map(|key| line.detail[*key].as_str());
    let changes = changes(locale, &line.action, &line.detail, known);
    model::AuditLine {
        at: ctx.exact_moment(line.at),
        action: action_words(locale, &line.action),
        href: href(ctx, &line, today.is_some()),
        subject: today.or_else(|| then.map(str::to_owned)).unwrap_or_else(|| otherwise(locale, &line)),
        actor: if line.actor_id.is_some() { line.actor } else { actor_words(locale, &line.actor) },
        changes,
    }
}

/// The name of what has none of its own.
fn otherwise(locale: Locale, line: &AuditLine) -> String {
    match line.subject.as_str() {
        "setting" => locale.t("設定", "Settings").to_owned(),
        "person" => locale.t("消去されたお客様", "An erased customer").to_owned(),
        _ => String::new(),
    }
}

/// Where the subject is today; nowhere when it is gone.
fn href(ctx: &Ctx, line: &AuditLine, there: bool) -> Option<String> {
    if line.subject == "setting" {
        return Some("/desk/settings".into());
    }
    let id = line.subject_id?;
    match line.subject.as_str() {
        "person" if there => Some(format!("/desk/people/{id}")),
        "organization" if there => Some(format!("/desk/organizations/{id}")),
        "group" if there => Some(format!("/desk/groups/{id}")),
        "article" if there => {
            let language = line.detail["locale"].as_str().unwrap_or(ctx.locale.tag());
            // A search phrase may be a customer's words: the log does not repeat them, and leads to where they are.
            let page = if line.action.starts_with("article.phrase_") { "phrases" } else { "edit" };
            Some(format!("/desk/articles/{id}/{language}/{page}"))
        }
        "category" if there => Some(format!("/desk/categories/{id}")),
        "rule" if there => Some(format!("/desk/settings/rules/{id}")),
        "synonym" if there => Some(format!("/desk/search/synonyms/{id}")),
        _ => None,
    }
}
