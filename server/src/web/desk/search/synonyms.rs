//! `/desk/search/synonyms`: words for the same thing, kept by CRE, and what they change.

use super::WEEKS;
use crate::clock::DAY;
use crate::identity::Actor;
use crate::search::analytics::FEWEST_VISITORS;
use crate::search::synonyms::{self as kept, Mined, Synonym, Wording};
use crate::web::desk::read_in;
use crate::web::routes::{Access, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::form::{Choice, FieldErrors};
use app::model::shell::Place;
use app::model::synonyms::{LanguageTab, SynonymForm, SynonymRow, SynonymSuggestion, SynonymsPage, Way};
use app::pages::synonyms as pages;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use url::form_urlencoded::Serializer;

mod drawn;
#[cfg(test)]
mod tests;
mod wrong;

use self::drawn::preview;
use self::wrong::wrong;

const LIST: &str = "/desk/search/synonyms";
/// Suggestions on the page.
const SUGGESTED: usize = 12;

pub(super) fn table(table: &mut Table) {
    table
        .get(LIST, Access::Cre, list)
        .post(LIST, Access::Cre, create)
        .get("/desk/search/synonyms/new", Access::Cre, new)
        .post("/desk/search/synonyms/suggested", Access::Cre, suggested)
        .get("/desk/search/synonyms/{id}", Access::Cre, edit)
        .post("/desk/search/synonyms/{id}", Access::Cre, update)
        .post("/desk/search/synonyms/{id}/remove", Access::Cre, remove);
}

/// The form of a new synonym with what a term of the analytics begins with.
pub(super) fn new_address(language: Locale, word: &str, meaning: &str) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("language", language.tag());
    if !word.is_empty() {
        query.append_pair("words", word);
    }
    if !meaning.is_empty() {
        query.append_pair("meanings", meaning);
    }
    format!("{LIST}/new?{}", query.finish())
}

pub(super) fn list_address(language: Locale) -> String {
    format!("{LIST}?language={}", language.tag())
}

/// How far back searches are looked at: as far as the analytics reach.
fn since(ctx: &Ctx) -> i64 {
    ctx.now - WEEKS[WEEKS.len() - 1] * 7 * DAY
}

async fn list(ctx: Ctx) -> Result {
    let language = Locale::from_tag(&ctx.query("language")).unwrap_or(ctx.locale);
    let mut conn = ctx.app.db.read().await?;
    let mut languages = Vec::new();
    let mut listed = Vec::new();
    for locale in Locale::ALL {
        let synonyms = kept::synonyms(&mut conn, locale).await?;
        languages.push(LanguageTab {
            name: locale.name().to_owned(),
            count: synonyms.len() as i64,
            href: list_address(locale),
            here: locale == language,
        });
        if locale == language {
            listed = synonyms;
        }
    }
    let mut mined = kept::mined_synonyms(&mut conn, language, since(&ctx)).await?;
    drop(conn);
    mined.truncate(SUGGESTED);
    let model = SynonymsPage {
        language: language.tag().to_owned(),
        languages,
        synonyms: listed.into_iter().map(row).collect(),
        suggestions: mined.into_iter().map(|mined| suggestion(language, mined)).collect(),
        csrf: ctx.csrf_token(),
        new_href: new_address(language, "", ""),
        fewest: FEWEST_VISITORS as i64,
    };
    let locale = ctx.locale;
    let page = Page::new(locale.t("同義語", "Synonyms")).at(Place::Search);
    Ok(ctx.page(page, || pages::list(locale, model)))
}

fn row(synonym: Synonym) -> SynonymRow {
    SynonymRow {
        id: synonym.id,
        href: format!("{LIST}/{}", synonym.id),
        words: synonym.wording.words,
        meanings: synonym.wording.meanings,
    }
}

fn suggestion(language: Locale, mined: Mined) -> SynonymSuggestion {
    SynonymSuggestion {
        href: new_address(language, &mined.word, &mined.meaning),
        visitors: mined.visitors as i64,
        opened: mined.opened as i64,
        word: mined.word,
        meaning: mined.meaning,
    }
}

/// A new synonym; what it would do is shown at once where it is filled in already.
async fn new(ctx: Ctx) -> Result {
    let language = Locale::from_tag(&ctx.query("language")).unwrap_or(ctx.locale);
    let (words, meanings) = (ctx.query("words"), ctx.query("meanings"));
    let way = if meanings.is_empty() { Way::Both } else { Way::One };
    let form = SynonymForm { way, words, meanings, ..empty(&ctx, None, language) };
    let preview = match wording(language, &form) {
        Ok(wording) => {
            Some(preview(kept::preview_synonym(&ctx.app, None, &wording, since(&ctx)).await?, false))
        }
        Err(_) => None,
    };
    Ok(draw(&ctx, StatusCode::OK, SynonymForm { preview, ..form }))
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Result {
    let synonym = find(&ctx, &id).await?;
    let tried = kept::preview_without(&ctx.app, &synonym, since(&ctx)).await?;
    let Synonym { id, wording } = synonym;
    let form = SynonymForm {
        way: if wording.is_one_way() { Way::One } else { Way::Both },
        words: wording.words.join("\n"),
        meanings: wording.meanings.join("\n"),
        preview: Some(preview(tried, true)),
        ..empty(&ctx, Some(id), wording.locale)
    };
    Ok(draw(&ctx, StatusCode::OK, form))
}

async fn create(ctx: Ctx, form: Form) -> Result {
    let language = Locale::from_tag(form.raw("language")).unwrap_or(ctx.locale);
    save(ctx, None, language, form).await
}

async fn update(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let synonym = find(&ctx, &id).await?;
    save(ctx, Some(synonym.id), synonym.wording.locale, form).await
}

/// Saves, or only shows what would change: both want words without mistakes.
async fn save(ctx: Ctx, id: Option<i64>, language: Locale, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let typed = SynonymForm {
        way: Way::from_code(form.raw("way")).unwrap_or_default(),
        words: form.text("words"),
        meanings: form.text("meanings"),
        ..empty(&ctx, id, language)
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return Ok(draw(&ctx, StatusCode::OK, typed));
    }
    let wording = match checked(&ctx, id, language, &typed).await? {
        Ok(wording) => wording,
        Err(errors) => {
            return Ok(draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, SynonymForm { errors, ..typed }));
        }
    };
    if form.raw("do") == "preview" {
        let tried = kept::preview_synonym(&ctx.app, id, &wording, since(&ctx)).await?;
        return Ok(draw(&ctx, StatusCode::OK, SynonymForm { preview: Some(preview(tried, false)), ..typed }));
    }
    let actor = Actor::Person(&person);
    let mut tx = ctx.app.db.begin().await?;
    let id = match id {
        None => kept::add_synonym(&mut tx, &actor, &wording, ctx.now).await?,
        Some(id) if kept::change_synonym(&mut tx, &actor, id, &wording, ctx.now).await? => id,
        Some(_) => return Err(Error::NotFound),
    };
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.app.work.notify_one();
    ctx.flash(
        "同義語を保存しました。次の検索から使われます。",
        "The synonym has been saved. It applies from the next search on.",
    );
    Ok(ctx.redirect(&format!("{}#synonym-{id}", list_address(language))))
}

async fn remove(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let synonym = find(&ctx, &id).await?;
    let mut tx = ctx.app.db.begin().await?;
    if !kept::remove_synonym(&mut tx, &Actor::Person(&person), synonym.id, ctx.now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.app.work.notify_one();
    ctx.flash("同義語を外しました。", "The synonym has been removed.");
    Ok(ctx.redirect(&list_address(synonym.wording.locale)))
}

/// Takes a suggestion on, or does not want to see it again.
async fn suggested(ctx: Ctx, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let language = Locale::from_tag(form.raw("language")).ok_or(Error::NotFound)?;
    let (word, meaning) = (form.line("word"), form.line("meaning"));
    let actor = Actor::Person(&person);
    let back = list_address(language);
    if form.raw("do") == "dismiss" {
        let mut tx = ctx.app.db.begin().await?;
        kept::dismiss_synonym(&mut tx, &actor, language, &word, &meaning, ctx.now).await?;
        tx.commit().await?;
        ctx.flash("今後は提案しません。", "It will not be suggested again.");
        return Ok(ctx.redirect(&back));
    }
    let typed = SynonymForm { way: Way::One, words: word, meanings: meaning, ..empty(&ctx, None, language) };
    let wording = match checked(&ctx, None, language, &typed).await? {
        Ok(wording) => wording,
        Err(errors) => {
            return Ok(draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, SynonymForm { errors, ..typed }));
        }
    };
    let mut tx = ctx.app.db.begin().await?;
    kept::add_synonym(&mut tx, &actor, &wording, ctx.now).await?;
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.app.work.notify_one();
    ctx.flash(
        "同義語に追加しました。次の検索から使われます。",
        "The synonym has been added. It applies from the next search on.",
    );
    Ok(ctx.redirect(&back))
}

async fn find(ctx: &Ctx, id: &str) -> Result<Synonym> {
    let id = id.parse().map_err(|_| Error::NotFound)?;
    kept::find_synonym(&mut ctx.app.db.read().await?, id).await?.ok_or(Error::NotFound)
}

/// A form with nothing in it.
fn empty(ctx: &Ctx, id: Option<i64>, language: Locale) -> SynonymForm {
    SynonymForm {
        id,
        language: language.tag().to_owned(),
        language_choices: Locale::ALL.map(|locale| Choice::new(locale.tag(), locale.name())).to_vec(),
        back: list_address(language),
        csrf: ctx.csrf_token(),
        ..SynonymForm::default()
    }
}

fn wording(language: Locale, form: &SynonymForm) -> std::result::Result<Wording, kept::WordingError> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    match form.way {
        Way::Both => Wording::both_ways(language, &lines(&form.words)),
        Way::One => Wording::one_way(language, &lines(&form.words), &lines(&form.meanings)),
    }
}

/// What was typed, or everything that is wrong with it.
async fn checked(
    ctx: &Ctx,
    id: Option<i64>,
    language: Locale,
    form: &SynonymForm,
) -> Result<std::result::Result<Wording, FieldErrors>> {
    let wording = match wording(language, form) {
        Ok(wording) => wording,
        Err(error) => return Ok(Err(wrong(ctx.locale, form, &error))),
    };
    let mut errors = FieldErrors::default();
    if form.way == Way::Both && !form.meanings.trim().is_empty() {
        errors.add(
            "meanings",
            ctx.locale.t(
                "「一方向」を選ぶか、この欄を空にしてください。",
                "Choose “One way”, or leave this empty.",
            ),
        );
    }
    let others = kept::synonyms(&mut ctx.app.db.read().await?, language).await?;
    let says_all = |other: &&Synonym| {
        Some(other.id) != id && wording.pairs().all(|pair| other.wording.pairs().any(|kept| kept == pair))
    };
    if let Some(other) = others.iter().find(says_all) {
        let line = other.wording.line();
        errors.add(
            "words",
            ctx.locale.t(format!("すでにあります：{line}"), format!("This is kept already: {line}")),
        );
    }
    Ok(if errors.is_empty() { Ok(wording) } else { Err(errors) })
}

fn draw(ctx: &Ctx, status: StatusCode, form: SynonymForm) -> Response {
    let locale = ctx.locale;
    let title = match form.id {
        Some(_) => locale.t("同義語を編集", "Edit the synonym"),
        None => locale.t("同義語を追加", "Add a synonym"),
    };
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(pages::written_in(form.id)),
        ..Page::new(title).at(Place::Search)
    };
    ctx.page_with(status, page, || pages::edit(locale, form))
}
