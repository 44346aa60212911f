//! `/desk/settings`: what administrators decide about the portal.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::form::{Choice, FieldErrors};
use crate::model::settings::{SettingsForm, SupportDay};
use crate::model::shell::WrittenIn;
use crate::parts::{
    Button, ButtonKind, Checkbox, Checkboxes, Csrf, ErrorSummary, FieldGroup, FileField, Hidden, Select,
    TextField,
};

const FORM: &str = "settings-form";

/// The settings as the language switch takes them along.
pub fn written_in() -> WrittenIn {
    WrittenIn::remembered(FORM, "/desk/settings".to_owned(), ("do", "save"))
}

pub fn settings(locale: Locale, form: SettingsForm) -> AnyView {
    view! {
        <div class="page page-narrow">
            <header class="page-head">
                <h1>{locale.t("設定", "Settings")}</h1>
                <p class="lead">
                    {locale
                        .t(
                            "保存するとすぐに反映されます。変更は監査ログに残ります。",
                            "Changes take effect as soon as you save, and are kept in the audit log.",
                        )}
                </p>
            </header>
            <form class="form" id=FORM method="post" action="/desk/settings" enctype="multipart/form-data" novalidate>
                <ErrorSummary locale errors=form.errors.clone() />
                <Csrf token=form.csrf.clone() />
                <Hidden name="was" value=form.was.clone() />
                {appearance(locale, form.clone())}
                {languages(locale, form.clone())}
                {support(locale, form.clone())}
                {limits(locale, form.clone())}
                <div class="form-actions">
                    <Button kind=ButtonKind::Primary>{locale.t("保存する", "Save")}</Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

fn appearance(locale: Locale, form: SettingsForm) -> AnyView {
    let errors = form.errors;
    let logo = form.logo_url.map(|url| {
        view! {
            <div class="field">
                <p class="label">{locale.t("いまのロゴ", "Present logo")}</p>
                <img src=url alt=locale.t("いまのロゴ", "Present logo") height="28" />
                <Checkbox locale name="remove_logo" label=locale.t("ロゴを外す", "Remove the logo") />
            </div>
        }
    });
    view! {
        <FieldGroup legend=locale.t("見た目", "Appearance")>
            <TextField
                locale
                name="portal_name_ja"
                label=locale.t("ポータルの名前（日本語）", "Portal name (Japanese)")
                value=form.portal_name_ja
                error=errors.of("portal_name_ja")
                hint=locale.t("ページの上と、お客様へのメールに出ます。", "Stands at the top of pages and in mail to customers.")
                lang="ja"
                optional=true
            />
            <TextField
                locale
                name="portal_name_en"
                label=locale.t("ポータルの名前（英語）", "Portal name (English)")
                value=form.portal_name_en
                error=errors.of("portal_name_en")
                lang="en"
                optional=true
            />
            {logo}
            <FileField
                locale
                name="logo"
                label=locale.t("ロゴ", "Logo")
                hint=locale
                    .t(
                        "PNG、JPEG、WebPの画像。高さ28ピクセルで表示します。",
                        "A PNG, JPEG or WebP picture; shown 28 pixels high.",
                    )
                error=errors.of("logo")
                accept="image/png,image/jpeg,image/webp"
                optional=true
            />
            <TextField
                locale
                name="accent"
                label=locale.t("アクセントカラー", "Accent colour")
                value=form.accent
                error=errors.of("accent")
                hint=locale
                    .t(
                        "リンクやボタンの色です。読みやすさを保つよう、濃淡は自動で調整されます。",
                        "Colours links and buttons. Its shades are adjusted so that they stay readable.",
                    )
                kind="color"
                width="w-short"
            />
            <TextField
                locale
                name="home_text_ja"
                label=locale.t("ホームの文（日本語）", "Home text (Japanese)")
                value=form.home_text_ja
                error=errors.of("home_text_ja")
                hint=locale.t("検索欄の上に出る一文です。", "One sentence above the search box.")
                lang="ja"
                optional=true
            />
            <TextField
                locale
                name="home_text_en"
                label=locale.t("ホームの文（英語）", "Home text (English)")
                value=form.home_text_en
                error=errors.of("home_text_en")
                lang="en"
                optional=true
            />
        </FieldGroup>
    }
    .into_any()
}

fn languages(locale: Locale, form: SettingsForm) -> AnyView {
    let errors = form.errors;
    let choices: Vec<_> = Locale::ALL.map(|offered| Choice::new(offered.tag(), offered.name())).to_vec();
    view! {
        <FieldGroup legend=locale.t("言語と時刻", "Languages and time")>
            <Checkboxes
                locale
                name="locales"
                legend=locale.t("お客様に見せる言語", "Languages offered to customers")
                choices=choices.clone()
                selected=form.locales
                error=errors.of("locales")
            />
            <Select
                locale
                name="default_locale"
                label=locale.t("既定の言語", "Default language")
                hint=locale
                    .t(
                        "ブラウザーの言語がどれにも当てはまらない方に見せる言語です。",
                        "Shown to people whose browser asks for neither.",
                    )
                choices=choices
                selected=form.default_locale
                error=errors.of("default_locale")
            />
            <TextField
                locale
                name="time_zone"
                label=locale.t("タイムゾーン", "Time zone")
                value=form.time_zone
                hint=locale.t("例：Asia/Tokyo", "For example Asia/Tokyo")
                error=errors.of("time_zone")
                width="w-medium"
            />
        </FieldGroup>
    }
    .into_any()
}

fn support(locale: Locale, form: SettingsForm) -> AnyView {
    let errors = form.errors;
    let days = form
        .days
        .into_iter()
        .enumerate()
        .map(|(at, day)| support_day(locale, at, day, &errors))
        .collect_view();
    view! {
        <FieldGroup
            legend=locale.t("受付時間と返信の目安", "Support hours and reply time")
            hint=locale
                .t(
                    "お問い合わせの受付画面で、返信の目安としてお客様にお知らせします。",
                    "Customers are told these when they send a request.",
                )
        >
            <div class="field" id="support_hours">
                <div class="stack-s">{days}</div>
            </div>
            <TextField
                locale
                name="reply_hours"
                label=locale.t("通常の返信までの時間", "Usual reply time")
                hint=locale.t("受付時間で数えます。", "Counted in support hours.")
                value=form.reply_hours
                error=errors.of("reply_hours")
                suffix=locale.t("時間以内", "hours")
                inputmode="numeric"
                width="w-short"
            />
        </FieldGroup>
    }
    .into_any()
}

/// The name of a day of the week; 0 is Monday.
pub fn weekday(locale: Locale, at: usize) -> &'static str {
    let names = locale.t(
        ["月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日"],
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    );
    names.get(at).copied().unwrap_or_default()
}

fn support_day(locale: Locale, at: usize, day: SupportDay, errors: &FieldErrors) -> AnyView {
    let name = weekday(locale, at);
    view! {
        <div class="row support-day">
            <Checkbox locale name=format!("day_{at}_open") label=name checked=day.open />
            <TextField
                locale
                name=format!("day_{at}_from")
                label=locale.t(format!("{name}の開始"), format!("{name} from"))
                error=errors.of(&format!("day_{at}_from"))
                label_hidden=true
                value=day.from
                kind="time"
                width="w-short"
                optional=true
            />
            <span aria-hidden="true">{"–"}</span>
            <TextField
                locale
                name=format!("day_{at}_to")
                label=locale.t(format!("{name}の終了"), format!("{name} to"))
                error=errors.of(&format!("day_{at}_to"))
                label_hidden=true
                value=day.to
                kind="time"
                width="w-short"
                optional=true
            />
        </div>
    }
    .into_any()
}

fn limits(locale: Locale, form: SettingsForm) -> AnyView {
    let errors = form.errors;
    view! {
        <FieldGroup legend=locale.t("添付ファイルと効果測定", "Uploads and measurement")>
            <TextField
                locale
                name="upload_size"
                label=locale.t("1ファイルの上限", "Largest file")
                value=form.upload_size
                error=errors.of("upload_size")
                suffix="MB"
                inputmode="numeric"
                width="w-short"
            />
            <TextField
                locale
                name="upload_count"
                label=locale.t("1通に付けられるファイル数", "Files per message")
                value=form.upload_count
                error=errors.of("upload_count")
                suffix=locale.t("個", "files")
                inputmode="numeric"
                width="w-short"
            />
            <TextField
                locale
                name="upload_types"
                label=locale.t("お客様が送れるファイルの種類", "File types that customers may send")
                value=form.upload_types
                error=errors.of("upload_types")
                hint=locale
                    .t(
                        format!("拡張子を空白で区切ってください。選べるもの：{}", form.known_types),
                        format!("Extensions with a space between, any of: {}", form.known_types),
                    )
            />
            <TextField
                locale
                name="holdout_percent"
                label=locale.t("対照グループの割合", "Hold-out share")
                value=form.holdout_percent
                error=errors.of("holdout_percent")
                hint=locale
                    .t(
                        "この割合の方には記事の提案を出しません。提案の効果を比べて測るためです。",
                        "This share of visits is shown no suggestions, so that their effect can be measured.",
                    )
                suffix="%"
                inputmode="decimal"
                width="w-short"
            />
        </FieldGroup>
    }
    .into_any()
}
