//! The tree of categories at the desk.

use leptos::prelude::*;

use crate::{
    i18n::Locale,
    model::{
        desk_categories::{CategoryForm, CategoryRow, CategoryTree},
        form::Choice,
        shell::WrittenIn,
    },
    parts::*,
};

pub fn tree(locale: Locale, page: CategoryTree) -> AnyView {
    let columns = vec![
        Column::new(locale.t("名前", "Name")),
        Column::new(locale.t("もう一つの言語", "Other language")),
        Column::new(locale.t("アドレスの末尾", "End of the address")),
        Column::num(locale.t("記事", "Articles")),
        Column::new(""),
    ];
    let list = if page.rows.is_empty() {
        view! {
            <Empty title=locale.t("カテゴリーがまだありません", "No categories yet") icon=IconName::Folder>
                <p>{locale.t("まず、お客様が探すときの大きなまとまりを一つ作りましょう。", "Begin with one that customers would look for.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows = page.rows.into_iter().map(|row| line(locale, &page.csrf, row)).collect_view();
        view! { <Table caption=locale.t("カテゴリーの一覧", "Categories") columns stacked=true>{rows}</Table> }.into_any()
    };
    view! {
        <div class="page page-wide">
            <header class="page-head">
                <h1>{locale.t("カテゴリー", "Categories")}</h1>
                <p class="lead">{locale.t("三段まで重ねられます。ホームには上から八つが並びます。", "Up to three deep. The home page shows the first eight.")}</p>
                <div class="page-actions">
                    <LinkButton href="/desk/categories/new" kind=ButtonKind::Primary icon=IconName::Plus key="n">
                        {locale.t("カテゴリーを作る", "New category")}
                    </LinkButton>
                </div>
            </header>
            {list}
        </div>
    }
    .into_any()
}

fn line(locale: Locale, csrf: &str, row: CategoryRow) -> AnyView {
    let id = row.id;
    let name = row.name.clone();
    let step = |way: &'static str, icon: IconName, ja: &str, en: &str| {
        let label = locale.t(format!("「{name}」を{ja}"), format!("Move “{name}” {en}"));
        view! {
            <PostButton action=format!("/desk/categories/{id}/move") csrf name="way" value=way small=true kind=ButtonKind::Quiet icon>
                <span class="visually-hidden">{label}</span>
            </PostButton>
        }
    };
    let up = (!row.first).then(|| step("up", IconName::ChevronUp, "上へ", "up"));
    let down = (!row.last).then(|| step("down", IconName::ChevronDown, "下へ", "down"));
    let below = row.can_hold.then(|| {
        view! {
            <LinkButton href=format!("/desk/categories/new?parent={id}") small=true kind=ButtonKind::Quiet icon=IconName::Plus>
                {locale.t("中に作る", "Add inside")}
            </LinkButton>
        }
    });
    let delete = row.empty.then(|| {
        view! {
            <PostButton action=format!("/desk/categories/{id}/delete") csrf small=true kind=ButtonKind::Quiet icon=IconName::Trash>
                {locale.t("削除", "Delete")}
            </PostButton>
        }
    });
    let class = format!("tree-{}", row.depth);
    view! {
        <tr>
            <th scope="row">
                <span class=format!("row {class}")>
                    <Icon name=IconName::from_name(&row.icon) />
                    <a href=format!("/desk/categories/{id}")>{row.name}</a>
                </span>
            </th>
            <td data-label=locale.t("もう一つの言語", "Other language")><span lang=locale.other().tag()>{row.other_name}</span></td>
            <td class="muted" data-label=locale.t("アドレスの末尾", "End of the address")>{row.slug}</td>
            <td class="num" data-label=locale.t("記事", "Articles")><a href=format!("/desk/articles?category={id}")>{row.articles}</a></td>
            <td><span class="row-actions">{up}{down}{below}{delete}</span></td>
        </tr>
    }
    .into_any()
}

/// What an administrator can choose from, and what it stands for.
const ICONS: [(&str, &str, &str); 23] = [
    ("book", "本", "Book"),
    ("chart", "グラフ", "Chart"),
    ("clock", "時計", "Clock"),
    ("code", "コード", "Code"),
    ("folder", "フォルダー", "Folder"),
    ("gear", "歯車", "Gear"),
    ("globe", "地球", "Globe"),
    ("heart", "ハート", "Heart"),
    ("idea", "電球", "Light bulb"),
    ("inbox", "受信箱", "Inbox"),
    ("link", "リンク", "Link"),
    ("lock", "鍵", "Lock"),
    ("mail", "封筒", "Envelope"),
    ("message", "吹き出し", "Speech bubble"),
    ("organization", "建物", "Building"),
    ("pen", "ペン", "Pen"),
    ("people", "人々", "People"),
    ("question", "はてな", "Question mark"),
    ("rocket", "ロケット", "Rocket"),
    ("route", "分かれ道", "Fork"),
    ("search", "虫めがね", "Magnifier"),
    ("shield", "盾", "Shield"),
    ("tag", "タグ", "Tag"),
];

/// Whether a category can have this icon.
pub fn is_icon(name: &str) -> bool {
    ICONS.iter().any(|(known, ..)| *known == name)
}

const FORM: &str = "category-form";

/// A category as the language switch takes it along.
pub fn written_in(id: Option<i64>) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "save"))
}

fn action(id: Option<i64>) -> String {
    id.map_or_else(|| "/desk/categories/new".to_owned(), |id| format!("/desk/categories/{id}"))
}

pub fn category_form(locale: Locale, form: CategoryForm) -> AnyView {
    let new = form.id.is_none();
    let title = match (new, locale) {
        (true, _) => locale.t("カテゴリーを作る", "New category").to_owned(),
        (false, Locale::Ja) => format!(
            "「{}」を直す",
            [&form.name_ja, &form.name_en].into_iter().find(|n| !n.is_empty()).cloned().unwrap_or_default()
        ),
        (false, Locale::En) => format!(
            "Edit “{}”",
            [&form.name_en, &form.name_ja].into_iter().find(|n| !n.is_empty()).cloned().unwrap_or_default()
        ),
    };
    let icons = ICONS.map(|(name, ja, en)| Choice::new(name, locale.t(ja, en))).to_vec();
    let errors = form.errors;
    let slug = new.then(|| {
        view! {
            <TextField
                locale
                name="slug"
                label=locale.t("アドレスの末尾", "End of the address")
                hint=locale.t("空のままなら英語の名前から作ります。あとからは変えられません。", "Left empty, it is made from the English name. It cannot be changed later.")
                value=form.slug
                error=errors.of("slug")
                optional=true
            />
        }
    });
    view! {
        <div class="page page-narrow">
            <Breadcrumb locale steps=vec![Crumb::new(locale.t("カテゴリー", "Categories"), "/desk/categories")] />
            <header class="page-head"><h1>{title}</h1></header>
            <form class="form" id=FORM method="post" action=action(form.id) novalidate>
                <ErrorSummary locale errors=errors.clone() />
                <Csrf token=form.csrf />
                <TextField locale name="name_ja" label=locale.t("名前（日本語）", "Name (Japanese)") value=form.name_ja error=errors.of("name_ja") optional=true maxlength=80 lang="ja" />
                <TextField locale name="name_en" label=locale.t("名前（英語）", "Name (English)") value=form.name_en error=errors.of("name_en") optional=true maxlength=80 lang="en" />
                <TextField locale name="about_ja" label=locale.t("ひとこと説明（日本語）", "What it holds (Japanese)") value=form.about_ja optional=true maxlength=200 lang="ja" />
                <TextField locale name="about_en" label=locale.t("ひとこと説明（英語）", "What it holds (English)") value=form.about_en optional=true maxlength=200 lang="en" />
                <Select locale name="parent" label=locale.t("どのカテゴリーの中に置くか", "Inside") empty=locale.t("いちばん上", "Top level") choices=form.parents selected=form.parent error=errors.of("parent") />
                <Select locale name="icon" label=locale.t("アイコン", "Icon") choices=icons selected=form.icon />
                {slug}
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
                    <LinkButton href="/desk/categories" kind=ButtonKind::Quiet>{locale.t("キャンセル", "Cancel")}</LinkButton>
                </div>
            </form>
        </div>
    }
    .into_any()
}
