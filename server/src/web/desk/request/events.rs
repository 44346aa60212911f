//! Events in words: what changed, and who or which rule did it.

use crate::desk::{Change, Event, Message, roster};
use crate::storage::{Conn, Result, all, ids};
use crate::web::desk::moments::Moments;
use app::i18n::Locale;
use app::model::desk_request::EventLine;
use std::collections::HashMap;

/// The people and groups that a thread's events name.
pub(super) struct Names {
    people: HashMap<i64, String>,
    groups: HashMap<i64, String>,
    unknown: &'static str,
}

impl Names {
    pub(super) async fn load(conn: &mut Conn, locale: Locale, messages: &[Message]) -> Result<Self> {
        let (mut people, mut teams) = (Vec::new(), Vec::new());
        for change in
            messages.iter().filter_map(|message| message.event.as_ref()).flat_map(|event| &event.changes)
        {
            match change {
                Change::Assignee { from, to } => people.extend([*from, *to].into_iter().flatten()),
                Change::Group { from, to } => teams.extend([*from, *to].into_iter().flatten()),
                _ => {}
            }
        }
        let people = roster::names(conn, people).await?;
        let sql = format!("SELECT id, name FROM person_group WHERE id IN ({})", ids(teams));
        let groups = all!(conn, roster::Named, sqlx::AssertSqlSafe(sql.as_str()))?;
        Ok(Self {
            people: people.into_iter().collect(),
            groups: groups.into_iter().collect(),
            unknown: locale.t("退職者", "somebody who left"),
        })
    }

    fn of<'n>(&'n self, names: &'n HashMap<i64, String>, id: i64) -> &'n str {
        names.get(&id).map_or(self.unknown, String::as_str)
    }
}

/// One line of the thread; `None` for an event that this version cannot read.
pub(super) fn line(locale: Locale, moments: &Moments, names: &Names, message: &Message) -> Option<EventLine> {
    let event = message.event.as_ref()?;
    Some(EventLine {
        text: sentence(locale, names, event, &message.author, message.from_customer),
        by_rule: event.rule.is_some(),
        datetime: crate::when::machine(message.created_at),
        when: moments.near(message.created_at),
    })
}

/// "Tagged “billing”, assigned to group Billing by rule 3 “Invoices”", 「タグ billing を追加（ルール 3「請求」）」.
fn sentence(locale: Locale, names: &Names, event: &Event, author: &str, by_customer: bool) -> String {
    let mut parts: Vec<String> = event.changes.iter().map(|change| phrase(locale, names, change)).collect();
    if parts.is_empty() {
        parts.push(locale.t("一致（変更なし）", "matched, nothing to change").to_owned());
    }
    if event.stopped {
        parts.push(locale.t("以降のルールを停止", "later rules skipped").to_owned());
    }
    let what = parts.join(locale.t("、", ", "));
    let undone = event.undoes.is_some();
    match locale {
        Locale::Ja => {
            let who = match &event.rule {
                Some(rule) => format!("ルール {}「{}」", rule.position, rule.name),
                None if by_customer => format!("お客様 {author}").trim_end().to_owned(),
                None if author.is_empty() => "自動".to_owned(),
                None => author.to_owned(),
            };
            format!("{}{what}（{who}）", if undone { "元に戻す：" } else { "" })
        }
        Locale::En => {
            let who = match &event.rule {
                Some(rule) => format!(" by rule {} “{}”", rule.position, rule.name),
                None if author.is_empty() && by_customer => " by the customer".to_owned(),
                None if author.is_empty() => " automatically".to_owned(),
                None => format!(" by {author}"),
            };
            let mut text = format!("{}{what}{who}", if undone { "undone: " } else { "" });
            if let Some(first) = text.get_mut(..1) {
                first.make_ascii_uppercase();
            }
            text
        }
    }
}

fn phrase(locale: Locale, names: &Names, change: &Change) -> String {
    match change {
        Change::TagAdded { tag } => locale.t(format!("タグ「{tag}」を追加"), format!("tagged “{tag}”")),
        Change::TagRemoved { tag } => {
            locale.t(format!("タグ「{tag}」を削除"), format!("removed the tag “{tag}”"))
        }
        Change::Assignee { to: Some(to), .. } => {
            let name = names.of(&names.people, *to);
            locale.t(format!("担当を{name}に変更"), format!("assigned to {name}"))
        }
        Change::Assignee { to: None, .. } => locale.t("担当を外す", "unassigned").to_owned(),
        Change::Group { to: Some(to), .. } => {
            let name = names.of(&names.groups, *to);
            locale.t(format!("グループを「{name}」に変更"), format!("routed to the group {name}"))
        }
        Change::Group { to: None, .. } => locale.t("グループを外す", "taken out of its group").to_owned(),
        Change::Priority { to, .. } => {
            let to = to.label(locale);
            locale.t(format!("優先度を「{to}」に変更"), format!("priority set to {}", to.to_lowercase()))
        }
        Change::Status { from, to } => {
            let (from, to) = (from.label(locale), to.label(locale));
            locale.t(
                format!("状態を「{from}」から「{to}」に変更"),
                format!("status changed from {} to {}", from.to_lowercase(), to.to_lowercase()),
            )
        }
        Change::SolvedWith { title, .. } => {
            locale.t(format!("記事「{title}」で解決"), format!("solved with “{title}”"))
        }
        Change::UseTakenBack { title, .. } => locale
            .t(format!("記事「{title}」での解決を取り消し"), format!("not solved with “{title}” after all")),
        Change::Drafted { title, .. } => {
            locale.t(format!("記事の下書き「{title}」を作成"), format!("drafted the article “{title}”"))
        }
        Change::LinkRevoked => locale.t("お客様のリンクを無効化", "revoked the private link").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::RuleRef;
    use app::model::words::RequestStatus;

    fn names() -> Names {
        Names {
            people: HashMap::from([(1, "答野 みどり".to_owned())]),
            groups: HashMap::from([(2, "Billing".to_owned())]),
            unknown: "somebody who left",
        }
    }

    #[test]
    fn a_rule_is_named_by_its_place_with_everything_it_did() {
        let event = Event {
            rule: Some(RuleRef { id: 9, position: 3, name: "Invoices".into() }),
            changes: vec![
                Change::TagAdded { tag: "billing".into() },
                Change::Group { from: None, to: Some(2) },
                Change::Assignee { from: None, to: Some(7) },
            ],
            stopped: true,
            ..Event::default()
        };
        assert_eq!(
            sentence(Locale::En, &names(), &event, "", false),
            "Tagged “billing”, routed to the group Billing, assigned to somebody who left, later rules skipped by rule 3 “Invoices”"
        );
    }

    #[test]
    fn a_persons_change_names_the_person_in_both_languages() {
        let event = Event {
            changes: vec![Change::Status { from: RequestStatus::Open, to: RequestStatus::Solved }],
            undoes: Some(4),
            ..Event::default()
        };
        assert_eq!(
            sentence(Locale::Ja, &names(), &event, "答野 みどり", false),
            "元に戻す：状態を「対応中」から「解決」に変更（答野 みどり）"
        );
        assert_eq!(
            sentence(Locale::En, &names(), &event, "Penny", true),
            "Undone: status changed from open to solved by Penny"
        );
    }
}
