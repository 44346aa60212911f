//! The editor's page: what is there, or what was typed.

use super::frame::{find, frame};
use super::shelve::unshelved;
use crate::intake::uploads::Limits;
use crate::knowledge::{Edited, Tree, origin_words, possible_owners, render_preview, tags_of};
use crate::web::desk::categories::category_choices;
use crate::web::{Ctx, Form, Page, Result};
use app::i18n::Locale;
use app::model::editor::{
    ArticleFrame, ConflictNote, CustomersWords, EditorFields, EditorPage, OtherLanguage, ShelfAsRead,
};
use app::model::form::{Choice, FieldErrors};
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

/// `/desk/articles/new`.
pub async fn new(ctx: Ctx) -> Result {
    let written = Locale::from_tag(&ctx.query("locale")).unwrap_or(ctx.locale);
    let person = ctx.staff()?;
    let fields = EditorFields {
        owner: person.id.to_string(),
        category: ctx.query("category"),
        title: ctx.query("title"),
        ..EditorFields::default()
    };
    draw(&ctx, StatusCode::OK, Drawn { fields, ..Drawn::new(None, written) }).await
}

/// `/desk/articles/{id}/{language}/edit`.
pub async fn show(ctx: Ctx, Path((id, language)): Path<(String, String)>) -> Result {
    let (article, written) = find(&ctx, &id, &language).await?;
    let tags = tags_of(&mut ctx.app.db.read().await?, article.id).await?;
    let text = article.text(written).cloned().unwrap_or_default();
    let was = ShelfAsRead {
        slug: text.slug,
        category: article.category_id.map(|id| id.to_string()).unwrap_or_default(),
        tags: tags.join(ctx.locale.t("、", ", ")),
        owner: article.owner_id.map(|id| id.to_string()).unwrap_or_default(),
    };
    let fields = EditorFields {
        title: text.title,
        slug: was.slug.clone(),
        summary: text.summary,
        body: text.body,
        category: was.category.clone(),
        tags: was.tags.clone(),
        owner: was.owner.clone(),
        note: String::new(),
        base: article.text(written).map(|text| text.revision_id.to_string()).unwrap_or_default(),
        was,
    };
    draw(&ctx, StatusCode::OK, Drawn { fields, ..Drawn::new(Some(article), written) }).await
}

/// What the page shows.
pub(super) struct Drawn {
    pub article: Option<Edited>,
    pub written: Locale,
    pub fields: EditorFields,
    pub errors: FieldErrors,
    pub conflict: Option<ConflictNote>,
    pub notice: Option<String>,
    /// Lines that are a customer's words, which publishing is asked back for.
    pub verbatim: Vec<String>,
}

impl Drawn {
    pub fn new(article: Option<Edited>, written: Locale) -> Self {
        let (fields, errors) = (EditorFields::default(), FieldErrors::default());
        Self { article, written, fields, errors, conflict: None, notice: None, verbatim: Vec::new() }
    }
}

/// The form as it was typed, for showing it again.
pub(super) fn typed(form: &Form) -> EditorFields {
    let text = |name: &str| form.raw(name).replace("\r\n", "\n");
    EditorFields {
        title: text("title"),
        slug: text("slug"),
        summary: text("summary"),
        body: text("body"),
        category: text("category"),
        tags: text("tags"),
        owner: text("owner"),
        note: text("note"),
        base: text("base"),
        was: ShelfAsRead {
            slug: text("was_slug"),
            category: text("was_category"),
            tags: text("was_tags"),
            owner: text("was_owner"),
        },
    }
}

pub(super) async fn draw(ctx: &Ctx, status: StatusCode, drawn: Drawn) -> Result<Response> {
    let Drawn { article, written, fields, errors, conflict, notice, verbatim } = drawn;
    let locale = ctx.locale;
    let mut conn = ctx.app.db.read().await?;
    let id = article.as_ref().map(|article| article.id);
    let preview = render_preview(&mut conn, id, written, &fields.title, &fields.body).await?.html;
    let other = match article.as_ref().and_then(|article| article.text(written.other())) {
        Some(text) => {
            let html = render_preview(&mut conn, id, written.other(), &text.title, &text.body).await?.html;
            Some(OtherLanguage { locale: written.other(), title: text.title.clone(), html })
        }
        None => None,
    };
    let asked = match id {
        Some(id) => origin_words(&mut conn, id).await?,
        None => None,
    };
    let tree = Tree::load(&mut conn).await?;
    let people = possible_owners(&mut conn).await?;
    drop(conn);
    let frame = match &article {
        Some(article) => frame(ctx, article, written),
        None => ArticleFrame { written, ..ArticleFrame::default() },
    };
    let categories = category_choices(&tree, locale);
    let unshelved = unshelved(ctx, article.as_ref(), written, &fields, &frame, &categories).await?;
    let limits = Limits::for_staff(&ctx.settings);
    let size = crate::web::size(limits.size);
    let model = EditorPage {
        frame,
        csrf: ctx.csrf_token(),
        fields,
        errors,
        categories,
        people: people.into_iter().map(|(id, name)| Choice::new(id.to_string(), name)).collect(),
        preview,
        other,
        asked: asked.map(|(request, phrases)| CustomersWords { request, phrases }),
        verbatim,
        unshelved,
        conflict,
        notice,
        image_hint: locale.t(
            format!("1つ{size}まで。本文の最後に入ります。貼り付けても入れられます。"),
            format!("Up to {size} each; it goes to the end of the text. Pasting works, too."),
        ),
        image_types: "image/png,image/jpeg,image/gif,image/webp".into(),
    };
    let title = match model.frame.title.as_str() {
        "" => locale.t("新しい記事", "New article").to_owned(),
        title => title.to_owned(),
    };
    let page = Page {
        has_errors: !model.errors.is_empty(),
        written_in: Some(app::pages::editor::written_in(&model.frame)),
        ..Page::new(title).at(Place::Articles)
    };
    Ok(ctx.page_with(status, page, || app::pages::editor::editor(locale, model)))
}
