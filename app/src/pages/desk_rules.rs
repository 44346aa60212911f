//! Routing rules: the list in order, and the form of one with its trial.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::desk_rules::{HeldBack, RuleForm, RuleRow, RulesPage, TrialView};
use crate::model::form::Choice;
use crate::model::shell::WrittenIn;
use crate::model::words::{Priority, RequestKind};
use crate::parts::*;

/// `/desk/settings/rules`.
pub fn list(locale: Locale, page: RulesPage) -> AnyView {
    let (editable, tried) = (page.editable, page.tried);
    let add = editable.then(|| {
        view! {
            <div class="page-actions">
                <LinkButton href="/desk/settings/rules/new" kind=ButtonKind::Primary icon=IconName::Plus>
                    {locale.t("ルールを追加", "Add a rule")}
                </LinkButton>
            </div>
        }
    });
    let rules = if page.rules.is_empty() {
        view! {
            <Empty title=locale.t("ルールはまだありません", "There are no rules yet") icon=IconName::Route>
                <p>{locale.t("お問い合わせにタグを付け、担当を決め、優先度を付ける作業を、届いたときに自動で行えます。", "Rules tag, assign and prioritise requests as they arrive.")}</p>
            </Empty>
        }
        .into_any()
    } else {
        let csrf = page.csrf.clone();
        let rows = page.rules.into_iter().map(|row| rule(locale, row, tried, editable, &csrf)).collect_view();
        view! { <ol class="rules">{rows}</ol> }.into_any()
    };
    let note = (!editable).then(|| {
        view! { <p class="muted">{locale.t("変更は管理者が行えます。", "Administrators can change them.")}</p> }
    });
    view! {
        <div class="page">
            <header class="page-head">
                <h1>{locale.t("ルール", "Rules")}</h1>
                <p class="lead">
                    {locale.t(
                        "新しいお問い合わせに上から順に試し、あてはまったルールをすべて適用します。",
                        "Each new request is checked against them from the top; every rule that matches is applied.",
                    )}
                </p>
                {add}
            </header>
            {note}
            {rules}
        </div>
    }
    .into_any()
}

fn rule(locale: Locale, row: RuleRow, tried: usize, editable: bool, csrf: &str) -> AnyView {
    let class = if row.enabled { "rule" } else { "rule rule-off" };
    let off = (!row.enabled).then(|| view! { <Badge>{locale.t("オフ", "Off")}</Badge> });
    let matched = row.enabled.then(|| {
        let text = locale.t(
            format!("直近{tried}件中{}件に一致", row.matched),
            format!("Matched {} of the last {tried}", row.matched),
        );
        view! { <p class="muted small">{text}</p> }
    });
    let broken = row.broken.clone().map(|text| {
        view! { <p class="rule-broken small"><Icon name=IconName::Alert />{text}</p> }
    });
    let actions = editable.then(|| actions(locale, &row, csrf));
    view! {
        <li class=class id=format!("rule-{}", row.id)>
            <span class="rule-number">{row.position}</span>
            <h2>{row.name}" "{off}</h2>
            <p class="rule-line"><b>{locale.t("もし", "When")}</b><span>{row.when}</span></p>
            <p class="rule-line"><b>{locale.t("ならば", "Then")}</b><span>{row.then}</span></p>
            {broken}
            {matched}
            {actions}
        </li>
    }
    .into_any()
}

fn actions(locale: Locale, row: &RuleRow, csrf: &str) -> AnyView {
    let row = row.clone();
    let id = row.id;
    let path = move |action: &str| format!("/desk/settings/rules/{id}/{action}");
    let csrf = csrf.to_owned();
    let (turn, text) = if row.enabled {
        ("off", locale.t("オフにする", "Turn off"))
    } else {
        ("on", locale.t("オンにする", "Turn on"))
    };
    let name = row.name.clone();
    let up = (!row.first).then(|| {
        view! {
            <PostButton action=path("move") csrf=csrf.clone() small=true kind=ButtonKind::Quiet icon=IconName::ChevronUp name="to" value="up">
                {locale.t("上へ", "Up")}
                <span class="visually-hidden">{format!(" ({name})")}</span>
            </PostButton>
        }
    });
    let name = row.name.clone();
    let down = (!row.last).then(|| {
        view! {
            <PostButton action=path("move") csrf=csrf.clone() small=true kind=ButtonKind::Quiet icon=IconName::ChevronDown name="to" value="down">
                {locale.t("下へ", "Down")}
                <span class="visually-hidden">{format!(" ({name})")}</span>
            </PostButton>
        }
    });
    let remove = path("delete");
    let token = csrf.clone();
    view! {
        <div class="row-actions">
            {up}
            {down}
            <LinkButton href=format!("/desk/settings/rules/{id}") small=true kind=ButtonKind::Quiet icon=IconName::Pen>
                {locale.t("編集", "Edit")}
                <span class="visually-hidden">{format!(" ({})", row.name)}</span>
            </LinkButton>
            <Disclosure label=locale.t("その他", "More") small=true kind=ButtonKind::Quiet end=true>
                <div class="stack stack-s">
                    <PostButton action=path("enabled") csrf=csrf.clone() small=true name="enabled" value=turn>{text}</PostButton>
                    <p class="small muted">{locale.t("削除すると元に戻せません。", "Deleting cannot be undone.")}</p>
                    <PostButton action=remove csrf=token small=true kind=ButtonKind::Danger icon=IconName::Trash>
                        {locale.t("削除する", "Delete")}
                    </PostButton>
                </div>
            </Disclosure>
        </div>
    }
    .into_any()
}

const FORM: &str = "rule";

/// A rule as the language switch takes it along.
pub fn written_in(id: Option<i64>) -> WrittenIn {
    WrittenIn::remembered(FORM, action(id), ("do", "save"))
}

fn action(id: Option<i64>) -> String {
    id.map_or_else(|| "/desk/settings/rules".to_owned(), |id| format!("/desk/settings/rules/{id}"))
}

/// `/desk/settings/rules/new` and `/desk/settings/rules/{id}`.
pub fn edit(locale: Locale, form: RuleForm) -> AnyView {
    let action = action(form.id);
    // On a phone what the trial found stands far below the form.
    let try_it = format!("{action}#trial");
    let found = form.trial.is_some().then_some("trial");
    let title = match form.id {
        Some(_) => locale.t("ルールを編集", "Edit the rule"),
        None => locale.t("ルールを追加", "Add a rule"),
    };
    let trial = match form.trial.clone() {
        Some(trial) => self::trial(locale, trial),
        None => view! {
            <p class="muted small">
                {locale.t(
                    "保存する前に、直近のお問い合わせのどれに一致し、何が変わるかを試せます。試しても何も変わりません。",
                    "Before saving, try which of the last requests it would match and what would be different. Trying changes nothing.",
                )}
            </p>
        }
        .into_any(),
    };
    let crumbs = vec![Crumb::new(locale.t("ルール", "Rules"), "/desk/settings/rules")];
    view! {
        <div class="page">
            <Breadcrumb locale steps=crumbs />
            <header class="page-head"><h1>{title}</h1></header>
            <div class="with-side side-wide">
                <form class="form settings-form" id=FORM method="post" action=action novalidate>
                    <ErrorSummary locale errors=form.errors.clone() />
                    <Csrf token=form.csrf.clone() />
                    <TextField locale name="name" label=locale.t("名前", "Name") value=form.name.clone() width="w-medium" maxlength=80
                        error=form.errors.of("name")
                        hint=locale.t("お問い合わせの履歴に「ルール 3「名前」」のように表示されます。", "Stands in the history of requests: rule 3 “Name”.") />
                    {conditions(locale, &form)}
                    {effects(locale, &form)}
                    <div class="form-actions">
                        <Button kind=ButtonKind::Primary name="do" value="save">{locale.t("保存する", "Save")}</Button>
                        <Button icon=IconName::Eye name="do" value="try" formaction=try_it>
                            {locale.t("直近100件で試す", "Try it on the last 100 requests")}
                        </Button>
                        <a href="/desk/settings/rules">{locale.t("やめる", "Cancel")}</a>
                    </div>
                </form>
                <aside class="stack sticky" id=found>{trial}</aside>
            </div>
        </div>
    }
    .into_any()
}

fn conditions(locale: Locale, form: &RuleForm) -> AnyView {
    let form = form.clone();
    let modes = vec![
        Choice::new("all", locale.t("書いた条件がすべてあてはまる", "All of these hold")),
        Choice::new("any", locale.t("どれか1つでもあてはまる", "Any of these holds")),
        Choice::new(
            "always",
            locale.t("条件なし（すべてのお問い合わせ）", "Every request, without conditions"),
        ),
    ];
    let places = vec![
        Choice::new("both", locale.t("件名か本文", "Subject or body")),
        Choice::new("subject", locale.t("件名", "Subject")),
        Choice::new("body", locale.t("本文", "Body")),
    ];
    let kinds = RequestKind::ALL.map(|kind| Choice::new(kind.code(), kind.label(locale))).to_vec();
    let languages = Locale::ALL.map(|language| Choice::new(language.tag(), language.name())).to_vec();
    let attachment = vec![
        Choice::new("yes", locale.t("ある", "There is one")),
        Choice::new("no", locale.t("ない", "There is none")),
    ];
    view! {
        <FieldGroup legend=locale.t("条件", "When")>
            <Radios locale name="mode" legend=locale.t("どのお問い合わせに", "Which requests") choices=modes
                selected=form.mode.clone() error=form.errors.of("mode") />
            <TextArea locale name="words" label=locale.t("言葉", "Words or phrases") rows=4 optional=true value=form.words.clone()
                error=form.errors.of("words")
                hint=locale.t("1行に1つ、または読点（、）で区切ります。どれか1つが含まれていれば一致します。全角・半角と大文字・小文字は区別しません。", "One a line; any of them is enough. English matches whole words in any form: “cancel” finds “cancelled”.") />
            <Select locale name="words_in" label=locale.t("言葉を探す場所", "Where to look for them") choices=places selected=form.words_in.clone() />
            <div class="grid-2">
            <Checkboxes locale name="kind" legend=locale.t("種類", "Kind") choices=kinds selected=form.kinds.clone() optional=true />
            <Checkboxes locale name="language" legend=locale.t("言語", "Language") choices=languages selected=form.languages.clone() optional=true />
            </div>
            <SeveralFields locale name="organizations" legend=locale.t("組織", "Organizations") optional=true
                values=form.organizations.clone() known=form.known_organizations.clone() error=form.errors.of("organizations")
                hint=locale.t("入力を始めると候補が出ます。どれか1つなら一致します。", "Begin to type and choose; any of them is enough.") />
            <SeveralFields locale name="tags" legend=locale.t("すでに付いているタグ", "Tags that it has by then") optional=true
                values=form.tags.clone() known=form.known_tags.clone() error=form.errors.of("tags")
                hint=locale.t("入力を始めると候補が出ます。上のルールが付けたタグも見ます。", "Begin to type and choose; tags of the rules above count.") />
            <Select locale name="attachment" label=locale.t("添付ファイル", "Attachment") empty=locale.t("問わない", "Does not matter")
                choices=attachment selected=form.attachment.clone() />
        </FieldGroup>
    }
    .into_any()
}

fn effects(locale: Locale, form: &RuleForm) -> AnyView {
    let form = form.clone();
    let priorities =
        Priority::ALL.map(|priority| Choice::new(priority.code(), priority.label(locale))).to_vec();
    view! {
        <FieldGroup legend=locale.t("すること", "Then")>
            <SeveralFields locale name="add_tags" legend=locale.t("付けるタグ", "Tags to add") optional=true
                values=form.add_tags.clone() known=form.known_tags.clone() error=form.errors.of("add_tags")
                hint=locale.t("入力を始めると候補が出ます。新しいタグも入力できます。", "Begin to type and choose, or write a new one.") />
            <div class="grid-3">
            <Select locale name="assign" label=locale.t("担当", "Assign to") empty=locale.t("変えない", "Leave it")
                choices=form.staff.clone() selected=form.assign.clone() error=form.errors.of("assign") />
            <Select locale name="group" label=locale.t("グループ", "Route to the group") empty=locale.t("変えない", "Leave it")
                choices=form.groups.clone() selected=form.group.clone() error=form.errors.of("group") />
            <Select locale name="priority" label=locale.t("優先度", "Priority") empty=locale.t("変えない", "Leave it")
                choices=priorities selected=form.priority.clone() />
            </div>
            <Checkbox locale name="stop" label=locale.t("ここで止める", "Stop here") checked=form.stop
                hint=locale.t("このあとのルールを試しません。", "Later rules are not looked at.") />
        </FieldGroup>
    }
    .into_any()
}

fn trial(locale: Locale, trial: TrialView) -> AnyView {
    let summary = locale.t(
        format!("直近{}件中{}件に一致します。まだ何も変わっていません。", trial.tried, trial.matched),
        format!("It matches {} of the last {}. Nothing has been changed.", trial.matched, trial.tried),
    );
    let held = trial.held.into_iter().map(|rule| held_back(locale, rule)).collect_view();
    let rows = trial
        .rows
        .into_iter()
        .map(|row| {
            let mark = if row.matches {
                view! { <Badge tone=crate::model::figures::Tone::Good>{locale.t("一致", "Matches")}</Badge> }.into_any()
            } else {
                view! { <Badge>{locale.t("一致しない", "No match")}</Badge> }.into_any()
            };
            let effects = if row.held {
                locale.t("前のルールで終わり、届きません", "An earlier rule stops before it").to_owned()
            } else if row.effects.is_empty() {
                locale.t("変更なし", "Nothing would be different").to_owned()
            } else {
                row.effects.join(locale.t("、", ", "))
            };
            view! {
                <li>
                    <p class="row"><span class="num muted">{format!("#{}", row.number)}</span>{mark}<span class="muted small">{row.when}</span></p>
                    <p><a href=format!("/desk/requests/{}", row.number) target="_blank" rel="noopener">{row.subject}</a></p>
                    <p class="small">{effects}</p>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="trial" role="status" aria-labelledby="trial-title">
            <h2 id="trial-title">{locale.t("試した結果", "What it would do")}</h2>
            <p>{summary}</p>
            {held}
            <ol class="plain trial-rows">{rows}</ol>
        </section>
    }
    .into_any()
}

/// How many of the matching requests never come as far as the tried rule, and because of which.
fn held_back(locale: Locale, rule: HeldBack) -> AnyView {
    let HeldBack { id, position, name, count } = rule;
    let (before, after) = match locale {
        Locale::Ja => (
            format!("うち{count}件は、前の"),
            "で処理が終わるため、このルールまで届きません。届かせるには、このルールを上に移してください。",
        ),
        Locale::En => (
            format!("{count} of them never come this far: "),
            " matches them first and stops. To reach them, move this rule above it.",
        ),
    };
    view! {
        <p>
            {before}
            <a href=format!("/desk/settings/rules#rule-{id}") target="_blank" rel="noopener">
                {locale.t(format!("ルール {position}「{name}」"), format!("rule {position} “{name}”"))}
            </a>
            {after}
        </p>
    }
    .into_any()
}
