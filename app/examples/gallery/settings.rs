//! Settings and rules.

use app::{i18n::Locale, model::form::Choice, parts::*};
use leptos::prelude::*;

pub fn settings(l: Locale) -> AnyView {
    view! {
        <div class="page">
            <header class="page-head"><h1>{l.t("設定", "Settings")}</h1></header>
            <form class="form settings-form" method="post" action="#">
                <Csrf token="" />
                <TextField locale=l name="name" label=l.t("ポータルの名前", "Name of the portal") value="Kotae" hint=l.t("ヘッダーとメールの差出人に使われます。", "Shown in the header and as the sender of mail.") width="w-medium" />
                <TextField locale=l name="accent" kind="color" label=l.t("アクセントの色", "Accent colour") value="#214e7f" hint=l.t("文字やボタンの濃さは、読みやすいように自動で調整されます。", "Shades of text and buttons are adjusted so that they stay readable.") />
                <FileField locale=l name="logo" label=l.t("ロゴ", "Logo") optional=true hint=l.t("PNG、JPEG または WebP、512 kB まで。", "PNG, JPEG or WebP, up to 512 kB.") />
                <Checkboxes locale=l name="locales" legend=l.t("言語", "Languages") choices=vec![Choice::new("ja", "日本語"), Choice::new("en", "English")] selected=vec!["ja".into(), "en".into()] />
                <FieldGroup legend=l.t("受付時間", "Support hours") hint=l.t("お客様に表示され、お返事の目安の計算に使われます。", "Shown to customers, and used for the expected reply time.")>
                    <TextField locale=l name="reply" kind="number" label=l.t("いつものお返事までの時間", "Usual time to reply") value="4" suffix=l.t("時間", "hours") />
                    <TextField locale=l name="holdout" kind="number" label=l.t("ホールドアウトの割合", "Hold-out share") value="5" suffix="%" hint=l.t("この割合の人には記事を提案せず、提案の効果を測ります。", "This share is shown no suggestions, to measure what they change.") />
                    <Checkbox locale=l name="mail" label=l.t("受け付けたらお客様にメールを送る", "Send customers a mail when a request arrives") checked=true />
                </FieldGroup>
                <div class="form-actions"><Button kind=ButtonKind::Primary>{l.t("保存する", "Save")}</Button></div>
            </form>
        </div>
    }
    .into_any()
}

pub fn rules(l: Locale) -> AnyView {
    let rules = [
        (l.t("お支払い", "Billing"), l.t("件名か本文に「請求」「領収」「支払」", "Subject or body has “invoice”, “receipt”, “payment”"), l.t("タグ billing を付け、グループ「お支払い」に割り当てる", "Tag billing, assign to Billing"), l.t("100 件中 18 件", "18 of 100")),
        (l.t("サインインできない", "Cannot sign in"), l.t("本文に「サインインできない」「サインイン」 かつ 種類が不具合", "Body has “sign in” and kind is problem"), l.t("優先度を高にし、ここで止める", "Priority high, then stop"), l.t("100 件中 7 件", "7 of 100")),
    ]
    .into_iter()
    .enumerate()
    .map(|(n, (name, when, then, matched))| {
        view! {
            <li class="rule">
                <span class="rule-number">{n + 1}</span>
                <h2>{name}</h2>
                <p class="rule-line"><b>{l.t("もし", "When")}</b>{when}</p>
                <p class="rule-line"><b>{l.t("ならば", "Then")}</b>{then}</p>
                <p class="muted small">{l.t("直近で一致：", "Matched lately: ")}{matched}</p>
                <div class="row-actions">
                    <LinkButton href="#" small=true kind=ButtonKind::Quiet>{l.t("編集", "Edit")}</LinkButton>
                    <PostButton action="#" csrf="" small=true kind=ButtonKind::Quiet icon=IconName::ChevronUp>{l.t("上へ", "Up")}</PostButton>
                </div>
            </li>
        }
    })
    .collect_view();
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{l.t("ルール", "Rules")}</h1>
                <p class="lead">{l.t("上から順に試され、あてはまったものがすべて適用されます。", "Tried from the top; every rule that matches is applied.")}</p>
                <div class="page-actions"><LinkButton href="#" kind=ButtonKind::Primary icon=IconName::Plus>{l.t("ルールを追加", "Add a rule")}</LinkButton></div>
            </header>
            <ol class="rules">{rules}</ol>
        </div>
    }
    .into_any()
}
