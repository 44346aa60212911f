//! Rules in sentences, with the names of whom and what they name.

use crate::desk::roster;
use crate::desk::rules::{Actions, Conditions, Match, Outcome, RuleDraft, WordsIn};
use crate::storage::{Conn, Result};
use app::i18n::Locale;
use std::collections::HashMap;

/// The people, groups and organizations that rules can name.
#[derive(Default)]
pub(in crate::web::desk) struct Lexicon {
    locale: Locale,
    staff: HashMap<i64, String>,
    groups: HashMap<i64, String>,
    organizations: HashMap<i64, String>,
}

impl Lexicon {
    pub(in crate::web::desk) async fn load(conn: &mut Conn, locale: Locale) -> Result<Self> {
        Ok(Self {
            locale,
            staff: roster::staff(conn).await?.into_iter().collect(),
            groups: roster::groups(conn).await?.into_iter().collect(),
            organizations: roster::organizations(conn).await?.into_iter().collect(),
        })
    }

    /// "subject or body has “invoice” or “receipt”, and the kind is problem".
    pub(in crate::web::desk) fn conditions(&self, conditions: &Conditions) -> String {
        let locale = self.locale;
        if conditions.mode == Match::Always {
            return locale.t("すべてのお問い合わせ", "every request").to_owned();
        }
        let mut parts = Vec::new();
        if !conditions.words.is_empty() {
            let place = match conditions.words_in {
                WordsIn::Both => locale.t("件名か本文", "subject or body"),
                WordsIn::Subject => locale.t("件名", "the subject"),
                WordsIn::Body => locale.t("本文", "the body"),
            };
            let words = self.any_of(conditions.words.iter().map(String::as_str));
            parts.push(locale.t(format!("{place}に{words}"), format!("{place} has {words}")));
        }
        if !conditions.kinds.is_empty() {
            let kinds = self.any_of(conditions.kinds.iter().map(|kind| kind.label(locale)));
            parts.push(locale.t(format!("種類が{kinds}"), format!("the kind is {kinds}")));
        }
        if !conditions.locales.is_empty() {
            let languages = self.any_of(conditions.locales.iter().map(|language| language.name()));
            parts.push(locale.t(format!("言語が{languages}"), format!("the language is {languages}")));
        }
        if !conditions.organizations.is_empty() {
            let gone = locale.t("削除された組織", "an organization that is gone");
            let names = self.any_of(
                conditions
                    .organizations
                    .iter()
                    .map(|id| self.organizations.get(id).map_or(gone, String::as_str)),
            );
            parts.push(locale.t(format!("組織が{names}"), format!("the organization is {names}")));
        }
        if !conditions.tags.is_empty() {
            let tags = self.any_of(conditions.tags.iter().map(String::as_str));
            parts.push(locale.t(format!("タグに{tags}"), format!("it is tagged {tags}")));
        }
        match conditions.has_attachment {
            Some(true) => parts.push(locale.t("添付ファイルがある", "it has an attachment").to_owned()),
            Some(false) => parts.push(locale.t("添付ファイルがない", "it has no attachment").to_owned()),
            None => {}
        }
        let joint = match conditions.mode {
            Match::Any => locale.t("、または", ", or "),
            _ => locale.t("、かつ", ", and "),
        };
        parts.join(joint)
    }

    /// 「a」「b」, “a” or “b”.
    fn any_of<'w>(&self, words: impl Iterator<Item = &'w str>) -> String {
        match self.locale {
            Locale::Ja => words.map(|word| format!("「{word}」")).collect(),
            Locale::En => words.map(|word| format!("“{word}”")).collect::<Vec<_>>().join(" or "),
        }
    }

    /// "add the tag billing, route to Billing, stop".
    pub(in crate::web::desk) fn actions(&self, actions: &Actions) -> String {
        let locale = self.locale;
        let mut parts = self.does(
            &actions.add_tags,
            actions.assign,
            actions.group,
            actions.priority.map(|priority| priority.label(locale)),
        );
        if actions.stop {
            parts.push(locale.t("ここで止める", "stop here").to_owned());
        }
        parts.join(locale.t("、", ", "))
    }

    fn does(
        &self,
        tags: &[String],
        assign: Option<i64>,
        group: Option<i64>,
        priority: Option<&str>,
    ) -> Vec<String> {
        let locale = self.locale;
        let gone = locale.t("（いません）", "somebody who is gone");
        let mut parts: Vec<String> =
            tags.iter().map(|tag| locale.t(format!("タグ「{tag}」を付ける"), format!("tag {tag}"))).collect();
        if let Some(id) = assign {
            let name = self.staff.get(&id).map_or(gone, String::as_str);
            parts.push(locale.t(format!("担当を{name}にする"), format!("assign to {name}")));
        }
        if let Some(id) = group {
            let name = self.groups.get(&id).map_or(gone, String::as_str);
            parts.push(locale.t(format!("グループ「{name}」に回す"), format!("route to the group {name}")));
        }
        if let Some(priority) = priority {
            parts.push(
                locale.t(
                    format!("優先度を「{priority}」にする"),
                    format!("priority {}", priority.to_lowercase()),
                ),
            );
        }
        parts
    }

    /// A rule that names somebody or something that is gone does less than it says.
    pub(super) fn broken(&self, draft: &RuleDraft) -> Option<String> {
        let locale = self.locale;
        let Actions { assign, group, .. } = &draft.actions;
        let missing = assign.is_some_and(|id| !self.staff.contains_key(&id))
            || group.is_some_and(|id| !self.groups.contains_key(&id))
            || draft.conditions.organizations.iter().any(|id| !self.organizations.contains_key(id));
        missing.then(|| {
            locale
                .t(
                    "存在しない担当・グループ・組織を指しています。その部分は適用されません。",
                    "It names a person, group or organization that is gone; that part does nothing.",
                )
                .to_owned()
        })
    }

    /// What would be different between two outcomes.
    pub(super) fn difference(&self, before: &Outcome, after: &Outcome) -> Vec<String> {
        let locale = self.locale;
        let changed = |old: Option<i64>, new: Option<i64>| new.filter(|_| old != new);
        let added: Vec<String> =
            after.tags.iter().filter(|tag| !before.tags.contains(tag)).cloned().collect();
        let priority = after.priority.filter(|_| before.priority != after.priority);
        let mut parts = self.does(
            &added,
            changed(before.assign, after.assign),
            changed(before.group, after.group),
            priority.map(|priority| priority.label(locale)),
        );
        for tag in before.tags.iter().filter(|tag| !after.tags.contains(tag)) {
            parts.push(locale.t(format!("タグ「{tag}」が付かなくなる"), format!("no longer tagged {tag}")));
        }
        for (lost, ja, en) in [
            (before.assign.is_some() && after.assign.is_none(), "担当が付かなくなる", "no longer assigned"),
            (
                before.group.is_some() && after.group.is_none(),
                "グループに回らなくなる",
                "no longer routed to a group",
            ),
            (
                before.priority.is_some() && after.priority.is_none(),
                "優先度が変わらなくなる",
                "no longer prioritised",
            ),
        ] {
            if lost {
                parts.push(locale.t(ja, en).to_owned());
            }
        }
        parts
    }
}
