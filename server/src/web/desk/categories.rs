//! `/desk/categories`: the tree, and one category's form.

use super::read_in;
use crate::identity::Actor;
use crate::knowledge::{
    By, CategoryText, DEPTH, KnowledgeError, NewCategory, Node, Tree, delete_category, edit_category,
    move_category, slugify, upsert_category,
};
use crate::web::routes::{Access::Cre, Table};
use crate::web::{Ctx, Error, Form, Page, Result};
use app::i18n::Locale;
use app::model::desk_categories::{CategoryForm, CategoryRow, CategoryTree};
use app::model::form::Choice;
use app::model::shell::Place;
use axum::extract::Path;
use axum::http::StatusCode;

pub fn table(table: &mut Table) {
    table
        .get("/desk/categories", Cre, show)
        .get("/desk/categories/new", Cre, new)
        .post("/desk/categories/new", Cre, create)
        .get("/desk/categories/{id}", Cre, edit)
        .post("/desk/categories/{id}", Cre, store)
        .post("/desk/categories/{id}/move", Cre, step)
        .post("/desk/categories/{id}/delete", Cre, delete);
}

/// Every category with the way to it, for selects.
pub fn category_choices(tree: &Tree, locale: Locale) -> Vec<Choice> {
    tree.walk()
        .into_iter()
        .map(|(_, node)| Choice::new(node.id.to_string(), tree.path_name(node.id, locale)))
        .collect()
}

async fn show(ctx: Ctx) -> Result {
    let locale = ctx.locale;
    let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
    let rows = tree.walk().into_iter().map(|(depth, node)| {
        let siblings: Vec<i64> = tree.children(node.parent_id).map(|sibling| sibling.id).collect();
        CategoryRow {
            id: node.id,
            depth,
            slug: node.slug.clone(),
            icon: node.icon.clone(),
            name: node.name(locale).to_owned(),
            other_name: locale.t(&node.en, &node.ja).0.clone(),
            articles: node.all_articles,
            first: siblings.first() == Some(&node.id),
            last: siblings.last() == Some(&node.id),
            empty: node.all_articles == 0 && tree.children(Some(node.id)).next().is_none(),
            can_hold: depth + 1 < DEPTH,
        }
    });
    let model = CategoryTree { csrf: ctx.csrf_token(), rows: rows.collect() };
    let page = Page::new(locale.t("カテゴリー", "Categories")).at(Place::Categories);
    Ok(ctx.page(page, || app::pages::desk_categories::tree(locale, model)))
}

async fn new(ctx: Ctx) -> Result {
    let form = CategoryForm { parent: ctx.query("parent"), icon: "book".into(), ..CategoryForm::default() };
    draw(&ctx, StatusCode::OK, form).await
}

async fn edit(ctx: Ctx, Path(id): Path<String>) -> Result {
    let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
    let node = find(&tree, &id)?;
    let form = CategoryForm {
        id: Some(node.id),
        name_ja: node.ja.0.clone(),
        name_en: node.en.0.clone(),
        about_ja: node.ja.1.clone(),
        about_en: node.en.1.clone(),
        slug: node.slug.clone(),
        icon: node.icon.clone(),
        parent: node.parent_id.map(|id| id.to_string()).unwrap_or_default(),
        ..CategoryForm::default()
    };
    draw(&ctx, StatusCode::OK, form).await
}

fn find<'t>(tree: &'t Tree, id: &str) -> Result<&'t Node> {
    id.parse().ok().and_then(|id| tree.get(id)).ok_or(Error::NotFound)
}

async fn draw(ctx: &Ctx, status: StatusCode, mut form: CategoryForm) -> Result {
    let locale = ctx.locale;
    let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
    let below = form.id.map(|id| tree.below(id)).unwrap_or_default();
    form.csrf = ctx.csrf_token();
    form.parents = tree
        .walk()
        .into_iter()
        .filter(|(depth, node)| depth + 1 < DEPTH && !below.contains(&node.id))
        .map(|(_, node)| Choice::new(node.id.to_string(), tree.path_name(node.id, locale)))
        .collect();
    let title = match form.id {
        Some(_) => locale.t("カテゴリーを直す", "Edit a category"),
        None => locale.t("カテゴリーを作る", "New category"),
    };
    let page = Page {
        has_errors: !form.errors.is_empty(),
        written_in: Some(app::pages::desk_categories::written_in(form.id)),
        ..Page::new(title).at(Place::Categories)
    };
    Ok(ctx.page_with(status, page, || app::pages::desk_categories::category_form(locale, form)))
}

async fn create(ctx: Ctx, form: Form) -> Result {
    save(ctx, None, form).await
}

async fn store(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
    let id = find(&tree, &id)?.id;
    save(ctx, Some(id), form).await
}

async fn save(ctx: Ctx, id: Option<i64>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let locale = ctx.locale;
    let mut typed = CategoryForm {
        id,
        name_ja: form.line("name_ja"),
        name_en: form.line("name_en"),
        about_ja: form.line("about_ja"),
        about_en: form.line("about_en"),
        slug: form.line("slug"),
        icon: form.line("icon"),
        parent: form.line("parent"),
        ..CategoryForm::default()
    };
    if let Some(ctx) = read_in(&ctx, &form) {
        return draw(&ctx, StatusCode::OK, typed).await;
    }
    let tree = Tree::load(&mut ctx.app.db.read().await?).await?;
    if typed.name_ja.is_empty() && typed.name_en.is_empty() {
        let words =
            locale.t("どちらかの言語の名前を入力してください。", "Enter a name in one language at least.");
        typed.errors.add("name_ja", words);
    }
    for (name, text) in [("name_ja", &typed.name_ja), ("name_en", &typed.name_en)] {
        if text.chars().count() > 80 {
            typed.errors.add(name, locale.t("80文字以内にしてください。", "Keep this to 80 characters."));
        }
    }
    let wanted = [&typed.slug, &typed.name_en, &typed.name_ja].into_iter().find(|text| !text.is_empty());
    let slug = match id.and_then(|id| tree.get(id)) {
        Some(node) => node.slug.clone(),
        None => slugify(wanted.map_or("", |text| text)),
    };
    if id.is_none() && (slug.is_empty() || tree.by_slug(&slug).is_some()) && typed.errors.is_empty() {
        let words = locale.t(
            format!("「{slug}」はほかのカテゴリーが使っています。別のものにしてください。"),
            format!("“{slug}” belongs to another category. Choose another."),
        );
        typed.errors.add("slug", words);
    }
    if !typed.errors.is_empty() {
        return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
    }
    let siblings = |parent: Option<i64>| tree.children(parent).map(|node| node.position).max().unwrap_or(0);
    let parent_id = typed.parent.parse().ok();
    let stays = id.and_then(|id| tree.get(id)).filter(|node| node.parent_id == parent_id);
    let new = NewCategory {
        slug,
        parent_id,
        icon: Some(typed.icon.clone())
            .filter(|icon| app::pages::desk_categories::is_icon(icon))
            .unwrap_or_else(|| "folder".into()),
        position: stays.map_or_else(|| siblings(parent_id) + 1, |node| node.position),
        texts: vec![
            CategoryText {
                locale: Locale::Ja,
                name: typed.name_ja.clone(),
                description: typed.about_ja.clone(),
            },
            CategoryText {
                locale: Locale::En,
                name: typed.name_en.clone(),
                description: typed.about_en.clone(),
            },
        ],
    };
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    let written = match id {
        Some(id) => edit_category(&mut tx, &by, id, &new).await.map(|_| id),
        None => upsert_category(&mut tx, &by, &new).await,
    };
    match written {
        Ok(_) => {}
        Err(KnowledgeError::TooDeep | KnowledgeError::BelowItself) => {
            drop(tx);
            let words = locale.t(
                "そこには置けません。カテゴリーは三段までで、自分の中には置けません。",
                "It cannot stand there: three levels at most, and never inside itself.",
            );
            typed.errors.add("parent", words);
            return draw(&ctx, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
        }
        Err(error) => return Err(error.into()),
    }
    tx.commit().await?;
    ctx.app.knowledge_changed();
    ctx.flash("カテゴリーを保存しました。", "The category has been saved.");
    Ok(ctx.redirect("/desk/categories"))
}

async fn step(ctx: Ctx, Path(id): Path<String>, form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    move_category(&mut tx, &by, id, if form.raw("way") == "up" { -1 } else { 1 }).await?;
    tx.commit().await?;
    ctx.app.knowledge_changed();
    Ok(ctx.redirect("/desk/categories"))
}

async fn delete(ctx: Ctx, Path(id): Path<String>, _form: Form) -> Result {
    let person = ctx.staff()?.clone();
    let id = id.parse().map_err(|_| Error::NotFound)?;
    let by = By::new(ctx.now, Actor::Person(&person));
    let mut tx = ctx.app.db.begin().await?;
    match delete_category(&mut tx, &by, id).await {
        Ok(()) => {
            tx.commit().await?;
            ctx.app.knowledge_changed();
            ctx.flash("カテゴリーを削除しました。", "The category has been deleted.");
        }
        Err(KnowledgeError::NotEmpty) => ctx.flash(
            "中に記事かカテゴリーがあるので、削除できません。",
            "It still holds articles or categories and cannot be deleted.",
        ),
        Err(error) => return Err(error.into()),
    }
    Ok(ctx.redirect("/desk/categories"))
}
