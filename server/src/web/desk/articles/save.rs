//! What the editor's buttons do: save, publish, unpublish, look, put a picture in. Whatever goes wrong, the form comes
//! back with every word in it.

use super::edit::{Drawn, draw, typed};
use super::frame::find;
use super::images::{look_over_images, store_image, typed_images, uploader, with_own_files};
use super::list::moment;
use crate::identity::{Actor, Person};
use crate::intake::uploads::claim_for_article;
use crate::knowledge::{
    By, Conflict, Draft, Edited, KnowledgeError, NewArticle, Saving, Tree, change_slug, create_article,
    create_translation, customers_lines, delete_article, difference, possible_owners, publish, save_revision,
    set_category, set_owner, set_tags, slug_follows_title, slug_for, slugify, translation_id, unpublish,
};
use crate::storage::Tx;
use crate::web::desk::read_in;
use crate::web::{Brought, Ctx, Error, Form, Result};
use app::i18n::Locale;
use app::model::editor::{ConflictNote, DiffPart, EditorFields};
use app::model::form::FieldErrors;
use app::pages::customers_words::PUBLISH_ANYWAY;
use app::pages::unshelved::SHELVE;
use axum::extract::Path;
use axum::http::StatusCode;

const TITLE: usize = 200;
const SUMMARY: usize = 400;
const NOTE: usize = 200;

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Press {
    Save,
    Publish,
    /// After it was asked back: with the customer's words in it.
    PublishAnyway,
    Unpublish,
    Preview,
    Upload,
    /// Into the category that was proposed.
    Shelve,
}

impl Press {
    fn of(form: &Form) -> Self {
        match form.raw("do") {
            _ if form.has(SHELVE) => Self::Shelve,
            "publish" => Self::Publish,
            PUBLISH_ANYWAY => Self::PublishAnyway,
            "unpublish" => Self::Unpublish,
            "preview" => Self::Preview,
            "upload" => Self::Upload,
            _ => Self::Save,
        }
    }
}

/// A new article.
pub async fn create(ctx: Ctx, form: Form) -> Result {
    let written = Locale::from_tag(&ctx.query("locale")).unwrap_or(ctx.locale);
    press(ctx, None, written, form).await
}

/// One that is there.
pub async fn store(ctx: Ctx, Path((id, language)): Path<(String, String)>, form: Form) -> Result {
    let (article, written) = find(&ctx, &id, &language).await?;
    press(ctx, Some(article), written, form).await
}

async fn press(ctx: Ctx, article: Option<Edited>, written: Locale, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let press = Press::of(&form);
    let mut drawn = Drawn { fields: typed(&form), ..Drawn::new(article, written) };
    if press == Press::Preview {
        return draw(&ctx, StatusCode::OK, drawn).await;
    }
    if press == Press::Shelve {
        form.raw(SHELVE).clone_into(&mut drawn.fields.category);
    }
    // A picture that was chosen goes in with whatever is done next, so that it is not forgotten.
    let added = add_images(&ctx, &person, &form, &mut drawn).await?;
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(&ctx, StatusCode::OK, drawn).await;
    }
    if press == Press::Upload && drawn.errors.is_empty() {
        if added == 0 {
            drawn.errors.add("image", ctx.locale.t("画像を選んでください。", "Choose a picture first."));
        } else {
            let words = ctx.locale.t(
                "画像を本文の最後に入れました。まだ保存していません。",
                "The picture is at the end of the text. Nothing has been saved yet.",
            );
            drawn.notice = Some(words.into());
            return draw(&ctx, StatusCode::OK, drawn).await;
        }
    }
    validate(&ctx, &drawn.fields, &mut drawn.errors);
    if !drawn.errors.is_empty() {
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, drawn).await;
    }
    if press == Press::Publish {
        drawn.verbatim = verbatim(&ctx, &drawn).await?;
        if !drawn.verbatim.is_empty() {
            return draw(&ctx, StatusCode::OK, drawn).await;
        }
    }
    save(&ctx, &person, press, drawn).await
}

/// What of the text is a customer's words, which readers must not be shown by mistake.
async fn verbatim(ctx: &Ctx, drawn: &Drawn) -> Result<Vec<String>> {
    let Drawn { article: Some(article), written, fields, .. } = drawn else { return Ok(Vec::new()) };
    let texts = [fields.title.as_str(), &fields.summary, &fields.body];
    let mut conn = ctx.app.db.read().await?;
    Ok(customers_lines(&mut conn, article.id, *written, &texts).await?)
}

async fn add_images(ctx: &Ctx, person: &Person, form: &Form, drawn: &mut Drawn) -> Result<usize> {
    let Brought { checked, refused } = look_over_images(ctx, form.files("image")).await?;
    for refusal in refused {
        drawn.errors.add("image", refusal.message(ctx.locale));
    }
    if checked.is_empty() {
        return Ok(0);
    }
    let article = drawn.article.as_ref().map(|article| article.id);
    let mut tx = ctx.app.db.begin().await?;
    for file in &checked {
        let (_, markdown) = store_image(ctx, &mut tx, article, person, file).await?;
        let body = &mut drawn.fields.body;
        if !body.is_empty() {
            body.push_str(if body.ends_with('\n') { "\n" } else { "\n\n" });
        }
        body.push_str(&markdown);
        body.push('\n');
    }
    tx.commit().await?;
    Ok(checked.len())
}

fn validate(ctx: &Ctx, fields: &EditorFields, errors: &mut FieldErrors) {
    let locale = ctx.locale;
    let long = |text: &str, most: usize| text.trim().chars().count() > most;
    if fields.title.trim().is_empty() {
        errors.add("title", locale.t("題名を入力してください。", "Enter a title."));
    }
    for (name, text, most) in
        [("title", &fields.title, TITLE), ("summary", &fields.summary, SUMMARY), ("note", &fields.note, NOTE)]
    {
        if long(text, most) {
            errors.add(
                name,
                locale
                    .t(format!("{most}文字以内にしてください。"), format!("Keep this to {most} characters.")),
            );
        }
    }
    if fields.body.trim().is_empty() {
        errors.add("body", locale.t("本文を入力してください。", "Write the text."));
    }
    if !fields.slug.trim().is_empty() && slugify(&fields.slug).is_empty() {
        errors.add("slug", locale.t("文字か数字を入れてください。", "Use letters or digits."));
    }
}

/// Writes everything in one transaction, or nothing.
async fn save(ctx: &Ctx, person: &Person, press: Press, mut drawn: Drawn) -> Result {
    let by = By::new(ctx.now, Actor::Person(person));
    let mut tx = ctx.app.db.begin().await?;
    let saved = write(ctx, &mut tx, &by, press, &drawn).await;
    let (article_id, saving) = match saved {
        Ok(saved) => saved,
        Err(KnowledgeError::SlugTaken(slug)) => {
            drop(tx);
            let words = ctx.locale.t(
                format!("「{slug}」はほかの記事が使っています。別のものにしてください。"),
                format!("“{slug}” belongs to another article. Choose another."),
            );
            drawn.errors.add("slug", words);
            return draw(ctx, StatusCode::UNPROCESSABLE_ENTITY, drawn).await;
        }
        // Two of one address at the very same moment: the database has let one through.
        Err(KnowledgeError::Storage(error)) if error.is_duplicate() => {
            drop(tx);
            let words = ctx.locale.t(
                "ほかの人が同じアドレスで保存しました。もう一度保存してください。",
                "Somebody saved the same address at this moment. Save once more.",
            );
            drawn.errors.add("slug", words);
            return draw(ctx, StatusCode::CONFLICT, drawn).await;
        }
        Err(error) => return Err(error.into()),
    };
    if let Saving::Conflict(conflict) = saving {
        drop(tx);
        drawn.conflict = Some(note(ctx, &conflict, &drawn.fields, person).await?);
        drawn.fields.base = conflict.revision_id.to_string();
        return draw(ctx, StatusCode::CONFLICT, drawn).await;
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    match press {
        Press::Publish | Press::PublishAnyway => ctx.flash("公開しました。", "Published."),
        Press::Unpublish => ctx.flash(
            "公開をやめました。お客様にはもう見えません。",
            "Unpublished. Customers no longer see it.",
        ),
        Press::Shelve => ctx.flash("カテゴリーに入れました。", "It is in the category now."),
        _ => ctx.flash("下書きを保存しました。", "Saved as a draft."),
    }
    Ok(ctx.redirect(&format!("/desk/articles/{article_id}/{}/edit", drawn.written.tag())))
}

async fn write(
    ctx: &Ctx,
    tx: &mut Tx,
    by: &By<'_>,
    press: Press,
    drawn: &Drawn,
) -> std::result::Result<(i64, Saving), KnowledgeError> {
    let Drawn { article, written, fields, .. } = drawn;
    let number = |text: &str| text.parse::<i64>().ok();
    let id = match article {
        Some(article) => article.id,
        None => create_article(tx, by, &NewArticle::default()).await?,
    };
    let wanted = if fields.slug.trim().is_empty() { &fields.title } else { &fields.slug };
    let translation = match translation_id(tx, id, *written).await? {
        Some(translation) => translation,
        None => {
            // A slug that somebody chose is taken or refused; one from a title makes way by itself.
            let slug = if fields.slug.trim().is_empty() {
                slug_for(tx, *written, wanted, Some(id)).await?
            } else {
                slugify(wanted)
            };
            create_translation(tx, by, id, *written, &slug).await?
        }
    };
    let draft = Draft {
        title: fields.title.split_whitespace().collect::<Vec<_>>().join(" "),
        summary: fields.summary.split_whitespace().collect::<Vec<_>>().join(" "),
        body: with_own_files(ctx, tx, fields.body.trim_end(), id).await?,
        note: fields.note.trim().to_owned(),
    };
    let saving = save_revision(tx, by, translation, number(&fields.base), &draft).await?;
    if matches!(saving, Saving::Conflict(_)) {
        return Ok((id, saving));
    }
    // What nobody touched stays as a colleague has left it in between.
    let touched = |now: &str, was: &str| article.is_none() || now != was;
    if !fields.slug.trim().is_empty() && touched(&fields.slug, &fields.was.slug) {
        change_slug(tx, by, translation, &fields.slug).await?;
    } else if let Some(before) = article.as_ref().and_then(|article| article.text(*written)) {
        slug_follows_title(tx, by, translation, &before.title, &draft.title).await?;
    }
    if touched(&fields.category, &fields.was.category) {
        // A category or person that went away while the form was open counts as none.
        let tree = Tree::load(tx).await?;
        set_category(tx, by, id, number(&fields.category).filter(|id| tree.get(*id).is_some())).await?;
    }
    if touched(&fields.owner, &fields.was.owner) {
        let people = possible_owners(tx).await?;
        let owner = number(&fields.owner).filter(|id| people.iter().any(|(person, _)| person == id));
        set_owner(tx, by, id, owner).await?;
    }
    if touched(&fields.tags, &fields.was.tags) {
        let tags: Vec<String> = fields.tags.split([',', '、', '，', '\n']).map(str::to_owned).collect();
        set_tags(tx, by, id, &tags).await?;
    }
    let person = ctx.visitor.person().map(uploader).unwrap_or_default();
    claim_for_article(tx, &person, &typed_images(&draft.body), id).await?;
    match press {
        Press::Publish | Press::PublishAnyway => {
            publish(tx, by, translation).await?;
        }
        Press::Unpublish => {
            unpublish(tx, by, translation).await?;
        }
        Press::Save | Press::Preview | Press::Upload | Press::Shelve => {}
    }
    Ok((id, saving))
}

async fn note(ctx: &Ctx, theirs: &Conflict, mine: &EditorFields, me: &Person) -> Result<ConflictNote> {
    let locale = ctx.locale;
    let author = match theirs.author_id {
        Some(id) if id == me.id => Some(me.display_name().to_owned()),
        Some(id) => crate::identity::find_person(&mut ctx.app.db.read().await?, id)
            .await?
            .map(|person| person.display_name().to_owned()),
        None => None,
    };
    let parts = [
        (locale.t("題名", "Title"), &theirs.title, &mine.title),
        (locale.t("要約", "Summary"), &theirs.summary, &mine.summary),
        (locale.t("本文", "Text"), &theirs.body, &mine.body),
    ];
    Ok(ConflictNote {
        number: theirs.number,
        author: author.unwrap_or_else(|| locale.t("ほかの人", "Somebody").to_owned()),
        when: moment(ctx, theirs.created_at),
        diff: parts
            .into_iter()
            .map(|(title, theirs, mine)| DiffPart {
                title: title.into(),
                lines: difference(theirs, mine.trim_end()),
            })
            .collect(),
    })
}

/// Only one that customers do not see.
pub async fn delete(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let id: i64 = id.parse().map_err(|_| Error::NotFound)?;
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    match delete_article(&mut tx, &by, id).await {
        Ok(()) => {}
        Err(KnowledgeError::NotEmpty) => {
            ctx.flash(
                "公開中の記事は削除できません。先に公開をやめてください。",
                "A published article cannot be deleted. Unpublish it first.",
            );
            return Ok(ctx.redirect("/desk/articles"));
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.flash("記事を削除しました。", "The article has been deleted.");
    Ok(ctx.redirect("/desk/articles"))
}
