//! An article's revisions, and its search phrases.

use leptos::prelude::*;

use super::{diff::diff, editor::frame};
use crate::{
    i18n::Locale,
    model::{
        editor::{ArticleFrame, PhraseLine, PhrasesPage, RevisionLine, RevisionsPage},
        figures::Tone,
        form::Choice,
        shell::WrittenIn,
    },
    parts::*,
};

pub fn revisions(locale: Locale, page: RevisionsPage) -> AnyView {
    let choices: Vec<Choice> = page
        .revisions
        .iter()
        .map(|line| Choice::new(line.number.to_string(), version(locale, line.number)))
        .collect();
    let action = page.frame.href("revisions");
    let restore = page.frame.href("restore");
    let rows = page
        .revisions
        .into_iter()
        .map(|line| row(locale, &action, &restore, &page.csrf, line))
        .collect_view();
    let columns = vec![
        Column::new(locale.t("版", "Version")),
        Column::new(locale.t("題名", "Title")),
        Column::new(locale.t("変更の要点", "What changed")),
        Column::new(locale.t("書いた人", "Author")),
        Column::new(locale.t("日時", "When")),
        Column::new(""),
    ];
    let compare = (choices.len() > 1).then(|| {
        view! {
            <section class="section" id="compare">
                <h2>{locale.t("版を比べる", "Compare two versions")}</h2>
                <form class="filters" method="get" action=format!("{action}#compare")>
                    <Select locale name="from" label=locale.t("元の版", "From") choices=choices.clone() selected=page.from.to_string() />
                    <Select locale name="to" label=locale.t("比べる版", "To") choices selected=page.to.to_string() />
                    <Button>{locale.t("比べる", "Compare")}</Button>
                </form>
                {diff(locale, page.diff)}
            </section>
        }
    });
    view! {
        <div class="page page-wide">
            {frame(locale, &page.frame, "revisions")}
            <Table caption=locale.t("版の一覧", "Revisions") columns stacked=true>{rows}</Table>
            {compare}
        </div>
    }
    .into_any()
}

fn version(locale: Locale, number: i64) -> String {
    locale.t(format!("第{number}版"), format!("Version {number}"))
}

fn row(locale: Locale, action: &str, restore: &str, csrf: &str, line: RevisionLine) -> AnyView {
    let live = line.live.then(|| view! { <Badge tone=Tone::Good>{locale.t("公開中", "Published")}</Badge> });
    let head = line.head.then(|| view! { <Badge tone=Tone::Accent>{locale.t("最新", "Newest")}</Badge> });
    let number = line.number;
    let differences = (number > 1).then(|| {
        let href = format!("{action}?from={}&to={number}#compare", number - 1);
        view! {
            <LinkButton href small=true kind=ButtonKind::Quiet>{locale.t("前の版との違い", "Changes")}</LinkButton>
        }
    });
    let back = (!line.head).then(|| {
        view! {
            <PostButton
                action=restore
                csrf
                name="number"
                value=number.to_string()
                small=true
                kind=ButtonKind::Quiet
                icon=IconName::Undo
            >
                {locale.t("この版に戻す", "Restore")}
            </PostButton>
        }
    });
    view! {
        <tr>
            <th scope="row" class="nowrap"><span class="row">{version(locale, number)}{live}{head}</span></th>
            <td data-label=locale.t("題名", "Title")>{line.title}</td>
            <td data-label=locale.t("変更の要点", "What changed")>{line.note}</td>
            <td class="nowrap" data-label=locale.t("書いた人", "Author")>{line.author}</td>
            <td class="nowrap" data-label=locale.t("日時", "When")><Time datetime=line.when.datetime text=line.when.text title=line.when.title.unwrap_or_default() /></td>
            <td><span class="row-actions">{differences}{back}</span></td>
        </tr>
    }
    .into_any()
}

const PHRASE_FORM: &str = "phrase-form";

/// A phrase as the language switch takes it along.
pub fn phrase_written_in(frame: &ArticleFrame) -> WrittenIn {
    WrittenIn::remembered(PHRASE_FORM, frame.href("phrases"), ("do", "add"))
}

pub fn phrases(locale: Locale, page: PhrasesPage) -> AnyView {
    let action = page.frame.href("phrases");
    let remove = page.frame.href("phrases/remove");
    let list = if page.phrases.is_empty() {
        view! {
            <Empty title=locale.t("検索フレーズはまだありません", "No search phrases yet") icon=IconName::Search>
                <p>{locale.t("お問い合わせから記事を作ると、お客様の言葉がここに入ります。", "When a request becomes an article, the customer’s words are kept here.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let rows =
            page.phrases.into_iter().map(|line| phrase(locale, &remove, &page.csrf, line)).collect_view();
        let columns = vec![
            Column::new(locale.t("フレーズ", "Phrase")),
            Column::new(locale.t("言語", "Language")),
            Column::new(locale.t("もとのお問い合わせ", "From request")),
            Column::new(""),
        ];
        view! { <Table caption=locale.t("検索フレーズ", "Search phrases") columns stacked=true>{rows}</Table> }.into_any()
    };
    view! {
        <div class="page page-wide">
            {frame(locale, &page.frame, "phrases")}
            <div class="stack">
                <p class="lead">
                    {locale.t(
                        "お客様が使う言葉です。検索と提案に使われ、お客様の画面には表示されません。",
                        "Words that customers use. They are matched by search and suggestions, and never shown to customers.",
                    )}
                </p>
                {(page.learned > 0).then(|| view! {
                    <p class="muted small">
                        {match locale {
                            Locale::Ja => format!("このほかに、解決したお問い合わせから検索が{}件の言い方を学んでいます。だれにも表示されず、時間とともに薄れます。", page.learned),
                            Locale::En => format!(
                                "Beside these, search has learned {} from what was solved. They are shown to nobody, and fade with time.",
                                locale.count(page.learned, "件", "wording", "wordings")
                            ),
                        }}
                    </p>
                })}
                <ErrorSummary locale errors=page.errors.clone() />
                <form class="filters" id=PHRASE_FORM method="post" action=action novalidate>
                    <Csrf token=page.csrf.clone() />
                    <TextField
                        locale
                        name="phrase"
                        label=locale.t("フレーズを加える", "Add a phrase")
                        value=page.typed
                        error=page.errors.of("phrase")
                        maxlength=500
                        lang=page.frame.written.tag()
                    />
                    <Button icon=IconName::Plus>{locale.t("加える", "Add")}</Button>
                </form>
                {list}
            </div>
        </div>
    }
    .into_any()
}

fn phrase(locale: Locale, remove: &str, csrf: &str, line: PhraseLine) -> AnyView {
    let request = line.request.map(|number| {
        view! { <a href=format!("/desk/requests/{number}")>{format!("#{number}")}</a> }
    });
    view! {
        <tr>
            <th scope="row" lang=line.locale.tag()>{line.phrase}</th>
            <td data-label=locale.t("言語", "Language")>{line.locale.name()}</td>
            <td data-label=locale.t("もとのお問い合わせ", "From request")>{request}</td>
            <td>
                <span class="row-actions">
                    <PostButton action=remove csrf name="phrase" value=line.id.to_string() small=true kind=ButtonKind::Quiet icon=IconName::Trash>
                        {locale.t("外す", "Remove")}
                    </PostButton>
                </span>
            </td>
        </tr>
    }
    .into_any()
}
