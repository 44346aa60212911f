//! Beside the thread: what can be changed about a request, and who asks.

use leptos::prelude::*;

use crate::i18n::Locale;
use crate::model::desk_request::RequestPane;
use crate::model::form::Choice;
use crate::model::words::{Priority, RequestStatus};
use crate::parts::*;

use super::desk_reply::FORM;

pub(super) fn side(locale: Locale, pane: &RequestPane) -> AnyView {
    view! {
        <aside class="reading-side" aria-label=locale.t("詳細", "Details")>
            {super::desk_suggestions::suggestions(locale, pane)}
            {properties(locale, pane)}
            {tags(locale, pane)}
            {solved_with(locale, pane)}
            {customer(locale, pane)}
        </aside>
    }
    .into_any()
}

fn properties(locale: Locale, pane: &RequestPane) -> AnyView {
    let statuses = RequestStatus::ALL
        .into_iter()
        // "New" is where a request begins, not where it is put.
        .filter(|status| *status != RequestStatus::New || pane.status == RequestStatus::New)
        .map(|status| Choice::new(status.code(), status.label(locale)))
        .collect();
    let priorities =
        Priority::ALL.map(|priority| Choice::new(priority.code(), priority.label(locale))).to_vec();
    let chosen = pane.chosen.clone();
    let status = chosen.status.unwrap_or_else(|| pane.status.code().to_owned());
    let priority = chosen.priority.unwrap_or_else(|| pane.priority.code().to_owned());
    let assignee = chosen.assignee.unwrap_or_else(|| pane.assignee.clone());
    let group = chosen.group.unwrap_or_else(|| pane.group.clone());
    view! {
        <div class="form">
            {was("status", pane.status.code())}
            {was("priority", pane.priority.code())}
            {was("assignee", &pane.assignee)}
            {was("group", &pane.group)}
            <Select locale form=FORM name="status" label=locale.t("状態", "Status") choices=statuses selected=status />
            <Select locale form=FORM name="priority" label=locale.t("優先度", "Priority") choices=priorities selected=priority />
            <Select locale form=FORM name="assignee" label=locale.t("担当", "Assignee") empty=locale.t("なし", "Nobody")
                choices=pane.staff.clone() selected=assignee />
            <Select locale form=FORM name="group" label=locale.t("グループ", "Group") empty=locale.t("なし", "None")
                choices=pane.groups.clone() selected=group />
            <div>
                <Button small=true form=FORM formaction=format!("/desk/requests/{}/properties", pane.number) novalidate=true>
                    {locale.t("変更を保存", "Save changes")}
                </Button>
            </div>
        </div>
    }
    .into_any()
}

/// What a field said when the page was drawn: only what was changed since is written.
fn was(field: &str, value: &str) -> AnyView {
    view! { <input type="hidden" form=FORM name=format!("was_{field}") value=value.to_owned() /> }.into_any()
}

fn tags(locale: Locale, pane: &RequestPane) -> AnyView {
    let number = pane.number;
    let rows = pane
        .tags
        .iter()
        .cloned()
        .map(|tag| {
            let label = locale.t(format!("タグ「{tag}」を外す"), format!("Remove the tag {tag}"));
            view! {
                <li>
                    <div class="inline-form tag-form">
                        <Tag name=tag.clone() href=format!("/desk?view=all&tag={}", encoded(&tag)) />
                        <button class="icon-button" type="submit" name="remove_tag" value=tag aria-label=label
                            form=FORM formaction=format!("/desk/requests/{number}/tags/remove") formnovalidate>
                            <Icon name=IconName::Close />
                        </button>
                    </div>
                </li>
            }
        })
        .collect_view();
    let known =
        pane.known_tags.iter().cloned().map(|tag| view! { <option value=tag></option> }).collect_view();
    view! {
        <section class="stack stack-s">
            <h2>{locale.t("タグ", "Tags")}</h2>
            <ul class="plain row tag-list">{rows}</ul>
            <div class="inline-form tag-add">
                <label class="visually-hidden" for="new-tag">{locale.t("追加するタグ", "Tag to add")}</label>
                <input class="input" type="text" id="new-tag" form=FORM name="tag" value=pane.chosen.tag.clone() list="known-tags" maxlength="200"
                    autocomplete="off" placeholder=locale.t("タグを追加", "Add a tag") data-key="t" aria-keyshortcuts="t" />
                <datalist id="known-tags">{known}</datalist>
                <Button small=true icon=IconName::Plus form=FORM formaction=format!("/desk/requests/{number}/tags") novalidate=true>
                    {locale.t("追加", "Add")}
                </Button>
            </div>
        </section>
    }
    .into_any()
}

fn solved_with(locale: Locale, pane: &RequestPane) -> AnyView {
    pane.solved_with
        .clone()
        .map(|(title, href)| {
            view! {
                <section class="stack stack-s">
                    <h2>{locale.t("解決した記事", "Solved with")}</h2>
                    <p><a href=href>{title}</a></p>
                </section>
            }
        })
        .into_any()
}

fn customer(locale: Locale, pane: &RequestPane) -> AnyView {
    let customer = pane.customer.clone();
    let organization = customer.organization.map(|name| match customer.organization_href {
        Some(href) => view! { <p><a href=href>{name}</a></p> }.into_any(),
        None => view! { <p>{name}</p> }.into_any(),
    });
    let others = customer
        .others
        .into_iter()
        .map(|other| {
            view! {
                <li>
                    <a href=format!("/desk/requests/{}", other.number)>
                        <span class="num">{format!("#{} ", other.number)}</span>
                        {other.subject}
                    </a>
                    <span class="muted">{other.status.label(locale)}" · "{other.when}</span>
                </li>
            }
        })
        .collect_view();
    let history = if customer.other_count == 0 {
        view! { <p class="muted">{locale.t("はじめてのお問い合わせです。", "This is their first request.")}</p> }.into_any()
    } else {
        let all = locale.t(
            format!("ほかのお問い合わせ{}件", customer.other_count),
            locale.count(customer.other_count, "", "other request", "other requests"),
        );
        view! {
            <ul class="plain others">{others}</ul>
            <p><a href=customer.others_href>{all}</a></p>
        }
        .into_any()
    };
    view! {
        <section class="stack stack-s">
            <h2>{locale.t("お客様", "Customer")}</h2>
            {(customer.name != customer.email).then(|| view! { <p class="strong">{customer.name}</p> })}
            <p class="muted email">{customer.email}</p>
            {organization}
            <p class="muted">{locale.t("言語：", "Language: ")}{customer.language.name()}</p>
            {history}
        </section>
    }
    .into_any()
}

/// A tag's name as it stands in a query.
fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_tag_is_percent_encoded_in_its_link() {
        assert_eq!(super::encoded("a b&請"), "a%20b%26%E8%AB%8B");
    }
}
