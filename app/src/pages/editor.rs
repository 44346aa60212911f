//! Writing an article. The pages about its revisions and its search phrases share the frame.

use leptos::prelude::*;

use super::{customers_words, desk_articles::state, diff::diff, unshelved};
use crate::{
    i18n::Locale,
    islands::editor::EditorTools,
    model::{
        desk_articles::TranslationState,
        editor::{ArticleFrame, ConflictNote, EditorPage},
        figures::Tone,
        shell::WrittenIn,
    },
    parts::*,
};

const FORM: &str = "editor-form";

/// An article as the language switch takes it along.
pub fn written_in(frame: &ArticleFrame) -> WrittenIn {
    WrittenIn::remembered(FORM, action(frame), ("do", "preview"))
}

fn action(frame: &ArticleFrame) -> String {
    match frame.id {
        Some(_) => frame.href("edit"),
        None => format!("/desk/articles/new?locale={}", frame.written.tag()),
    }
}

/// Breadcrumb, title, state and tabs; `here` is the tab: `ja`, `en`, `revisions` or `phrases`.
pub(super) fn frame(locale: Locale, frame: &ArticleFrame, here: &str) -> AnyView {
    let new = frame.id.is_none();
    let tab = |text: String, href: String, count: Option<i64>, code: &str| Tab {
        text,
        href,
        count,
        here: here == code,
    };
    let mut tabs = vec![
        tab("日本語".into(), frame.edit_href(Locale::Ja), None, "ja"),
        tab("English".into(), frame.edit_href(Locale::En), None, "en"),
    ];
    if !new {
        let revisions = locale.t("版の履歴", "Revisions").into();
        tabs.push(tab(revisions, frame.href("revisions"), Some(frame.revisions), "revisions"));
        let phrases = locale.t("検索フレーズ", "Search phrases").into();
        tabs.push(tab(phrases, frame.href("phrases"), Some(frame.phrases), "phrases"));
    }
    let lang = (frame.written != locale && !frame.title.is_empty()).then(|| frame.written.tag());
    let title = if frame.title.is_empty() {
        locale.t("新しい記事", "New article").to_owned()
    } else {
        frame.title.clone()
    };
    let view_link = frame.public_href.clone().map(|href| {
        view! {
            <LinkButton href icon=IconName::External>{locale.t("お客様の画面で見る", "View as a customer")}</LinkButton>
        }
    });
    view! {
        <Breadcrumb locale steps=vec![Crumb::new(locale.t("記事", "Articles"), "/desk/articles")] />
        <header class="page-head">
            <h1 lang=lang>{title}</h1>
            <p class="row">
                {(!new).then(|| state(locale, frame.state()))}
                <span class="muted small">{frame.about.clone()}</span>
            </p>
            <div class="page-actions">{view_link}</div>
        </header>
        <Tabs label=locale.t("言語と版", "Languages and revisions") tabs />
    }
    .into_any()
}

pub fn editor(locale: Locale, page: EditorPage) -> AnyView {
    let written = page.frame.written;
    let notice = page
        .notice
        .clone()
        .map(|words| view! { <Notice tone=Tone::Good live=true><p>{words}</p></Notice> }.into_any());
    let conflict = page.conflict.clone().map(|note| conflict(locale, &page.frame, note));
    let action = action(&page.frame);
    let delete = page
        .frame
        .id
        .filter(|_| page.frame.ja != TranslationState::Published && page.frame.en != TranslationState::Published)
        .filter(|_| page.frame.ja != TranslationState::Changed && page.frame.en != TranslationState::Changed)
        .map(|id| {
            let csrf = page.csrf.clone();
            view! {
                <Disclosure label=locale.t("記事を削除する", "Delete the article") icon=IconName::Trash kind=ButtonKind::Quiet small=true>
                    <p>{locale.t("記事と、そのすべての版がなくなります。元には戻せません。", "The article and all its revisions will be gone. This cannot be undone.")}</p>
                    <PostButton action=format!("/desk/articles/{id}/delete") csrf kind=ButtonKind::Danger>
                        {locale.t("削除する", "Delete")}
                    </PostButton>
                </Disclosure>
            }
            .into_any()
        });
    view! {
        <div class="page page-wide">
            {frame(locale, &page.frame, written.tag())}
            {form(locale, &page, action, notice, conflict)}
            {delete}
        </div>
    }
    .into_any()
}

fn form(
    locale: Locale,
    page: &EditorPage,
    action: String,
    notice: Option<AnyView>,
    conflict: Option<AnyView>,
) -> AnyView {
    let translating = page.frame.state() == TranslationState::None && page.other.is_some();
    let verbatim =
        (!page.verbatim.is_empty()).then(|| customers_words::ask_back(locale, page.verbatim.clone()));
    view! {
        <form class="editor form" id=FORM method="post" action=action enctype="multipart/form-data" novalidate>
            <ErrorSummary locale errors=page.errors.clone() />
            {notice}
            {conflict}
            {verbatim}
            {page.unshelved.clone().map(|page| unshelved::warning(locale, page))}
            <Csrf token=page.csrf.clone() />
            <Hidden name="base" value=page.fields.base.clone() />
            <Hidden name="was_slug" value=page.fields.was.slug.clone() />
            <Hidden name="was_category" value=page.fields.was.category.clone() />
            <Hidden name="was_tags" value=page.fields.was.tags.clone() />
            <Hidden name="was_owner" value=page.fields.was.owner.clone() />
            {texts(locale, page)}
            {panes(locale, page, translating)}
            {shelf(locale, page)}
            {save_bar(locale, page)}
        </form>
    }
    .into_any()
}

/// The text at the left, what it becomes at the right.
fn panes(locale: Locale, page: &EditorPage, translating: bool) -> AnyView {
    let written = page.frame.written;
    let id = page.frame.id.unwrap_or_default();
    let tools = view! {
        <EditorTools
            article=id
            written=written.tag().to_owned()
            csrf=page.csrf.clone()
            japanese={locale == Locale::Ja}
        />
    }
    .into_any();
    let text = view! {
        <TextArea
            locale
            name="body"
            label=locale.t("本文（Markdown）", "Text (Markdown)")
            label_hidden=true
            code=true
            rows=22
            value=page.fields.body.clone()
            error=page.errors.of("body")
            lang=written.tag()
        />
    }
    .into_any();
    view! {
        <div class="editor-panes">
            <div class="editor-bar">
                {tools}
                <Button small=true kind=ButtonKind::Quiet icon=IconName::Eye name="do" value="preview" novalidate=true>
                    {locale.t("プレビュー", "Preview")}
                </Button>
            </div>
            {text}
            {preview(locale, page, translating)}
        </div>
    }
    .into_any()
}

fn texts(locale: Locale, page: &EditorPage) -> AnyView {
    let lang = page.frame.written.tag();
    view! {
        <div class="grid-2">
            <TextField
                locale
                name="title"
                label=locale.t("題名", "Title")
                value=page.fields.title.clone()
                error=page.errors.of("title")
                maxlength=200
                lang
            />
            <TextField
                locale
                name="summary"
                label=locale.t("要約", "Summary")
                value=page.fields.summary.clone()
                error=page.errors.of("summary")
                optional=true
                maxlength=400
                lang
            />
        </div>
    }
    .into_any()
}

fn preview(locale: Locale, page: &EditorPage, translating: bool) -> AnyView {
    let (written, html) = (page.frame.written, page.preview.clone());
    let live = page.frame.public_href.is_some();
    let asked = page.asked.clone().map(|words| customers_words::hint(locale, words, !live));
    let other = page.other.clone().map(|other| {
        let title = match other.locale {
            Locale::Ja => locale.t("日本語の記事", "The Japanese article"),
            Locale::En => locale.t("英語の記事", "The English article"),
        };
        let lang = other.locale.tag();
        view! {
            <Fold title=title open=translating>
                <p class="strong" lang=lang>{other.title}</p>
                <div class="prose prose-compact" lang=lang inner_html=other.html></div>
            </Fold>
        }
    });
    view! {
        <div class="editor-preview">
            {asked}
            {other}
            <p class="side-title">{locale.t("プレビュー", "Preview")}</p>
            <div class="prose" id="preview" lang=written.tag() aria-live="off" inner_html=html></div>
        </div>
    }
    .into_any()
}

fn shelf(locale: Locale, page: &EditorPage) -> AnyView {
    let fields = &page.fields;
    view! {
        <div class="grid-3">
            <Select
                locale
                name="category"
                label=locale.t("カテゴリー", "Category")
                empty=locale.t("なし", "None")
                choices=page.categories.clone()
                selected=fields.category.clone()
                error=page.errors.of("category")
            />
            <TextField
                locale
                name="tags"
                label=locale.t("タグ", "Tags")
                hint=locale.t("読点かコンマで区切ります。", "Separate them with commas.")
                value=fields.tags.clone()
                error=page.errors.of("tags")
                optional=true
            />
            <Select
                locale
                name="owner"
                label=locale.t("担当", "Owner")
                empty=locale.t("なし", "Nobody")
                choices=page.people.clone()
                selected=fields.owner.clone()
            />
            <TextField
                locale
                name="slug"
                label=locale.t("アドレスの末尾", "End of the address")
                hint=locale.t("空のままなら題名から作ります。変えると、以前のアドレスから転送されます。", "Left empty, it is made from the title. The old address keeps leading here.")
                value=fields.slug.clone()
                error=page.errors.of("slug")
                optional=true
            />
            <FileField
                locale
                name="image"
                label=locale.t("画像を本文に入れる", "Put a picture into the text")
                hint=page.image_hint.clone()
                error=page.errors.of("image")
                optional=true
                multiple=true
                accept=page.image_types.clone()
            />
            <div class="field">
                <Button name="do" value="upload" icon=IconName::Image novalidate=true>
                    {locale.t("選んだ画像を入れる", "Add the chosen picture")}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

fn save_bar(locale: Locale, page: &EditorPage) -> AnyView {
    let live = matches!(page.frame.state(), TranslationState::Published | TranslationState::Changed);
    let unpublish = live.then(|| {
        view! {
            <Button name="do" value="unpublish" kind=ButtonKind::Quiet icon=IconName::Lock>
                {locale.t("公開をやめる", "Unpublish")}
            </Button>
        }
    });
    let anyway = (!page.verbatim.is_empty()).then(|| {
        view! {
            <Button name="do" value=customers_words::PUBLISH_ANYWAY>
                {locale.t("このまま公開する", "Publish as it is")}
            </Button>
        }
    });
    view! {
        <div class="save-bar">
            <Button kind=ButtonKind::Primary name="do" value="publish">
                {if live { locale.t("保存して公開する", "Save and publish") } else { locale.t("公開する", "Publish") }}
            </Button>
            {anyway}
            <Button name="do" value="save">{locale.t("下書きとして保存", "Save as a draft")}</Button>
            {unpublish}
            <TextField
                locale
                name="note"
                label=locale.t("変更の要点", "What changed")
                label_hidden=true
                placeholder=locale.t("変更の要点（任意）", "What changed (optional)")
                value=page.fields.note.clone()
                optional=true
                maxlength=200
                width="w-medium"
            />
        </div>
    }
    .into_any()
}

fn conflict(locale: Locale, frame: &ArticleFrame, note: ConflictNote) -> AnyView {
    let ConflictNote { number, author, when, diff: parts } = note;
    let words = match locale {
        Locale::Ja => format!(
            "あなたが編集しているあいだに、{author}さんが第{number}版を保存しました。まだ何も上書きしていません。下の違いを見て本文を整え、もう一度保存すると、あなたの内容がその次の版になります。"
        ),
        Locale::En => format!(
            "While you were writing, {author} saved version {number}. Nothing has been overwritten. Look at the difference, mend your text, and save again: yours becomes the next version."
        ),
    };
    let title = locale.t("ほかの人が先に保存しました", "Somebody saved before you");
    let theirs = frame.edit_href(frame.written);
    view! {
        <Notice tone=Tone::Warn title live=true>
            <p>{words}</p>
            <p class="small"><Time datetime=when.datetime text=when.text /></p>
            <p><a href=theirs>{locale.t("自分の変更を捨てて、相手の版を開く", "Drop my changes and open theirs")}</a></p>
        </Notice>
        <section class="section" aria-labelledby="conflict-diff">
            <h2 id="conflict-diff">{locale.t("相手の版から、あなたの内容への違い", "From theirs to yours")}</h2>
            {diff(locale, parts)}
        </section>
    }
    .into_any()
}
