//! The audit log in words: what was done, to which field, from what to what.

use super::audit::{Known, value_kind};
use crate::desk::rules::{Actions, Conditions};
use crate::identity::Role;
use app::i18n::Locale;
use app::model::audit::AuditChange;
use serde_json::{Map, Value};

/// The kind of a subject, for the filter.
pub(super) fn subject_kind(locale: Locale, subject: &str) -> String {
    match subject {
        "person" => locale.t("メンバーとお客様", "People"),
        "organization" => locale.t("組織", "Organizations"),
        "group" => locale.t("グループ", "Groups"),
        "setting" => locale.t("設定", "Settings"),
        "article" => locale.t("記事", "Articles"),
        "category" => locale.t("カテゴリー", "Categories"),
        "rule" => locale.t("ルール", "Rules"),
        "synonym" => locale.t("同義語", "Synonyms"),
        other => other,
    }
    .to_owned()
}

/// What was done. An action that has no words yet is shown as it is stored.
pub(super) fn action_words(locale: Locale, action: &str) -> String {
    match action {
        "settings.change" => locale.t("設定を変えました", "Changed a setting"),
        "person.invite" => locale.t("招待しました", "Invited"),
        "person.withdraw" => locale.t("招待を取り消しました", "Withdrew an invitation"),
        "person.accept" => locale.t("招待を受けました", "Accepted an invitation"),
        "person.change" => locale.t("メンバー・お客様の情報を変更しました", "Changed a person"),
        "person.account" => locale.t("自分のアカウントを変えました", "Changed their account"),
        "person.password" => locale.t("パスワードを変えました", "Changed their password"),
        "person.disable" => locale.t("無効にしました", "Disabled a person"),
        "person.enable" => locale.t("有効に戻しました", "Enabled a person"),
        "person.erase" => locale.t("お客様のデータを消去しました", "Erased a customer's data"),
        "person.password_link" => {
            locale.t("パスワード再設定のリンクを送りました", "Sent a link for a new password")
        }
        "person.sign_out" => locale.t("サインアウトさせました", "Ended a person's sessions"),
        "organization.create" => locale.t("組織を作りました", "Created an organization"),
        "organization.change" => locale.t("組織を変えました", "Changed an organization"),
        "group.create" => locale.t("グループを作りました", "Created a group"),
        "group.change" => locale.t("グループを変えました", "Changed a group"),
        "group.delete" => locale.t("グループを削除しました", "Deleted a group"),
        "article.create" => locale.t("記事を作りました", "Created an article"),
        "article.save" => locale.t("記事を保存しました", "Saved an article"),
        "article.publish" => locale.t("記事を公開しました", "Published an article"),
        "article.unpublish" => locale.t("記事を非公開にしました", "Unpublished an article"),
        "article.delete" => locale.t("記事を削除しました", "Deleted an article"),
        "article.slug" => locale.t("記事のアドレスを変えました", "Changed an article's address"),
        "article.category" => locale.t("記事のカテゴリーを変えました", "Moved an article"),
        "article.owner" => locale.t("記事の担当者を変えました", "Changed an article's owner"),
        "article.tag" => locale.t("記事のタグを変えました", "Changed an article's tags"),
        "article.phrase_add" => locale.t("検索フレーズを加えました", "Added a search phrase"),
        "article.phrase_remove" => locale.t("検索フレーズを外しました", "Removed a search phrase"),
        "article.import" => locale.t("記事を取り込みました", "Imported articles"),
        "category.create" => locale.t("カテゴリーを作りました", "Created a category"),
        "category.edit" => locale.t("カテゴリーを変えました", "Changed a category"),
        "category.move" => locale.t("カテゴリーの順を変えました", "Moved a category"),
        "category.delete" => locale.t("カテゴリーを削除しました", "Deleted a category"),
        "judgement.add" => locale.t("検索の判定を加えました", "Added a search judgement"),
        "judgement.remove" => locale.t("検索の判定を外しました", "Removed a search judgement"),
        "rule.created" => locale.t("ルールを作りました", "Created a rule"),
        "rule.changed" => locale.t("ルールを変えました", "Changed a rule"),
        "rule.moved" => locale.t("ルールの順を変えました", "Moved a rule"),
        "rule.enabled" => locale.t("ルールを有効にしました", "Enabled a rule"),
        "rule.disabled" => locale.t("ルールを無効にしました", "Disabled a rule"),
        "rule.deleted" => locale.t("ルールを削除しました", "Deleted a rule"),
        "synonym.add" => locale.t("同義語を加えました", "Added a synonym"),
        "synonym.change" => locale.t("同義語を変えました", "Changed a synonym"),
        "synonym.remove" => locale.t("同義語を外しました", "Removed a synonym"),
        "synonym.dismiss" => locale.t("同義語の提案を退けました", "Dismissed a suggested synonym"),
        other => other,
    }
    .to_owned()
}

/// Who did it, where that was no person: the command line, an import or a job, by its name.
pub(super) fn actor_words(locale: Locale, program: &str) -> String {
    match program {
        "demo" => locale.t("デモの準備", "Demo set-up").to_owned(),
        "import" => locale.t("取り込み", "Import").to_owned(),
        command if command.starts_with("kotae ") => {
            locale.t(format!("コマンド「{command}」"), format!("Command “{command}”"))
        }
        other => other.to_owned(),
    }
}

/// A field's name; one without words is shown as it is stored.
fn field_words(locale: Locale, field: &str) -> String {
    match field {
        "portal_name" => locale.t("ポータルの名前", "Portal name"),
        "logo" => locale.t("ロゴ", "Logo"),
        "accent" => locale.t("アクセントカラー", "Accent colour"),
        "home_text" => locale.t("ホームの文", "Home text"),
        "locales" => locale.t("言語", "Languages"),
        "time_zone" => locale.t("タイムゾーン", "Time zone"),
        "support_hours" => locale.t("受付時間", "Support hours"),
        "reply_hours" => locale.t("返信の目安（時間）", "Usual reply time (hours)"),
        "upload_size" => locale.t("ファイルの上限", "Largest file"),
        "upload_count" => locale.t("ファイルの数", "Files a message"),
        "upload_types" => locale.t("ファイルの種類", "Kinds of files"),
        "holdout_percent" => locale.t("対照グループの割合（%）", "Hold-out share (%)"),
        "name" | "names" => locale.t("名前", "Name"),
        "role" => locale.t("役割", "Role"),
        "organization" => locale.t("組織", "Organization"),
        "groups" => locale.t("グループ", "Groups"),
        "members" => locale.t("メンバー", "Members"),
        "domains" => locale.t("メールドメイン", "Mail domains"),
        "locale" => locale.t("言語", "Language"),
        "single_keys" => locale.t("1文字のキー", "Single keys"),
        "number" => locale.t("版", "Revision"),
        "title" => locale.t("題名", "Title"),
        "slug" => locale.t("アドレス", "Address"),
        "position" => locale.t("順番", "Position"),
        "step" => locale.t("移動", "Moved by"),
        "words" => locale.t("言葉", "Words"),
        "meanings" => locale.t("一緒に探す言葉", "Also find"),
        "conditions" => locale.t("条件", "Conditions"),
        "actions" => locale.t("動作", "Actions"),
        "created" => locale.t("新規", "Created"),
        "updated" => locale.t("更新", "Updated"),
        "skipped" => locale.t("対象外", "Skipped"),
        "source" => locale.t("取り込み元", "Source"),
        "ja" => locale.t("日本語", "Japanese"),
        "en" => locale.t("英語", "English"),
        other => other,
    }
    .to_owned()
}

/// Keys that say which thing it is, not what changed of it; ids mean nothing to a reader.
const SILENT: [&str; 9] = ["name", "before", "after", "from", "to", "setting", "phrase_id", "parent", "slug"];

/// The changes of an entry. `known` gives what an id is called today.
pub(super) fn changes(locale: Locale, action: &str, detail: &Value, known: &Known) -> Vec<AuditChange> {
    let words = |field: &str, value: &Value| words(locale, field, value, known);
    let empty = Map::new();
    let detail = detail.as_object().unwrap_or(&empty);
    let get = |key: &str| detail.get(key).unwrap_or(&Value::Null);
    let pair = |old: &str, new: &str| {
        (detail.contains_key(old) || detail.contains_key(new)).then(|| (get(old), get(new)))
    };
    let setting = get("setting").as_str().unwrap_or_default();
    let mut found = Vec::new();
    match pair("before", "after").or_else(|| pair("from", "to")) {
        Some((Value::Object(before), Value::Object(after))) => {
            for (field, new) in after {
                let old = before.get(field).unwrap_or(&Value::Null);
                if old != new {
                    found.push(AuditChange {
                        field: part_words(locale, setting, field),
                        before: Some(words(field, old)),
                        after: Some(words(field, new)),
                    });
                }
            }
        }
        Some((Value::Null, Value::Object(after))) => {
            for (field, new) in after.iter().filter(|(field, _)| *field != "name") {
                let after = Some(words(field, new)).filter(|text| !text.is_empty());
                if after.is_some() {
                    found.push(AuditChange { field: field_words(locale, field), before: None, after });
                }
            }
        }
        Some((old, new)) => {
            let name = |value: &Value| match (value_kind(action), value.as_i64()) {
                (Some(kind), Some(id)) => known.name(kind, id).unwrap_or_else(|| format!("#{id}")),
                _ => words(setting, value),
            };
            found.push(AuditChange {
                field: field_words(locale, setting),
                before: Some(name(old)),
                after: Some(name(new)),
            });
        }
        None => {}
    }
    for (field, value) in detail {
        let text = words(field, value);
        if !SILENT.contains(&field.as_str()) && !text.is_empty() {
            found.push(AuditChange { field: field_words(locale, field), before: None, after: Some(text) });
        }
    }
    found
}

/// A field of a setting that has one text for each language, as the settings' page calls it; any other by its own name.
fn part_words(locale: Locale, setting: &str, field: &str) -> String {
    let name = field_words(locale, field);
    if setting.is_empty() {
        return name;
    }
    let setting = field_words(locale, setting);
    locale.t(format!("{setting}（{name}）"), format!("{setting} ({name})"))
}

/// A value as people read it; nothing for nothing.
fn words(locale: Locale, field: &str, value: &Value, known: &Known) -> String {
    let words = |field: &str, value: &Value| words(locale, field, value, known);
    let comma = locale.t("、", ", ");
    match value {
        Value::Null => String::new(),
        Value::Bool(true) => locale.t("はい", "yes").to_owned(),
        Value::Bool(false) => locale.t("いいえ", "no").to_owned(),
        Value::Number(number) if field == "upload_size" => {
            number.as_u64().map_or_else(|| number.to_string(), crate::web::size)
        }
        Value::Number(number) if field == "step" => {
            let up = number.as_i64().is_some_and(|step| step < 0);
            locale.t(["下へ", "上へ"], ["down", "up"])[usize::from(up)].to_owned()
        }
        Value::Number(number) => number.to_string(),
        Value::String(text) => match field {
            "role" => Role::parse(text).map_or_else(|| text.clone(), |role| role.label(locale).to_owned()),
            "locale" | "locales" => {
                Locale::from_tag(text).map_or_else(|| text.clone(), |own| own.name().to_owned())
            }
            // The key of a file says nothing to anybody.
            "logo" => locale.t("画像", "a picture").to_owned(),
            "source" if text == "demo" => locale.t("デモの記事", "the demo's articles").to_owned(),
            _ => text.clone(),
        },
        Value::Array(days) if field == "support_hours" => hours(locale, days),
        Value::Array(values) => {
            values.iter().map(|value| words(field, value)).collect::<Vec<_>>().join(comma)
        }
        Value::Object(_) if field == "conditions" => {
            let conditions: Conditions = serde_json::from_value(value.clone()).unwrap_or_default();
            known.rules.conditions(&conditions)
        }
        Value::Object(_) if field == "actions" => {
            let actions: Actions = serde_json::from_value(value.clone()).unwrap_or_default();
            known.rules.actions(&actions)
        }
        Value::Object(fields) => fields
            .iter()
            .map(|(field, value)| (field, words(field, value)))
            .filter(|(_, text)| !text.is_empty())
            .map(|(field, text)| format!("{}{}{text}", field_words(locale, field), locale.t("：", ": ")))
            .collect::<Vec<_>>()
            .join(comma),
    }
}

/// 「月 9:00–18:00、火 …」; closed days are left out.
fn hours(locale: Locale, days: &[Value]) -> String {
    let names = locale
        .t(["月", "火", "水", "木", "金", "土", "日"], ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    let clock = |minutes: &Value| {
        let minutes = minutes.as_u64().unwrap_or_default();
        format!("{}:{:02}", minutes / 60, minutes % 60)
    };
    let open = names.iter().zip(days).filter(|(_, day)| day.is_object());
    open.map(|(name, day)| format!("{name} {}–{}", clock(&day["from"]), clock(&day["to"])))
        .collect::<Vec<_>>()
        .join(locale.t("、", ", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(locale: Locale, action: &str, detail: &Value) -> Vec<(String, Option<String>, Option<String>)> {
        let mut known = Known::default();
        for kind in ["category", "person"] {
            known.names.insert((kind, 7), format!("the {kind}"));
        }
        let changes = changes(locale, action, detail, &known);
        changes.into_iter().map(|change| (change.field, change.before, change.after)).collect()
    }

    fn change(field: &str, before: &str, after: &str) -> (String, Option<String>, Option<String>) {
        (field.to_owned(), Some(before.to_owned()), Some(after.to_owned()))
    }

    #[test]
    fn a_setting_reads_as_its_page_does() {
        let detail = json!({ "setting": "reply_hours", "from": 8, "to": 4 });
        assert_eq!(
            read(Locale::En, "settings.change", &detail),
            [change("Usual reply time (hours)", "8", "4")]
        );
        let detail =
            json!({ "setting": "support_hours", "from": [null, { "from": 540, "to": 1080 }], "to": [] });
        assert_eq!(read(Locale::Ja, "settings.change", &detail), [change("受付時間", "火 9:00–18:00", "")]);
        let detail = json!({ "setting": "portal_name", "from": { "ja": "A", "en": "A" }, "to": { "ja": "B", "en": "A" } });
        assert_eq!(
            read(Locale::En, "settings.change", &detail),
            [change("Portal name (Japanese)", "A", "B")]
        );
    }

    #[test]
    fn only_what_differs_is_told_of_a_person() {
        let detail = json!({
            "name": "答野 みどり",
            "before": { "name": "答野 みどり", "role": "cre", "groups": ["お支払い"] },
            "after": { "name": "答野 みどり", "role": "administrator", "groups": [] },
        });
        assert_eq!(
            read(Locale::Ja, "person.change", &detail),
            [change("グループ", "お支払い", ""), change("役割", "CRE", "管理者")]
        );
    }

    #[test]
    fn an_id_is_told_by_its_name() {
        let detail = json!({ "before": null, "after": 7 });
        assert_eq!(read(Locale::En, "article.category", &detail), [change("", "", "the category")]);
        let gone = json!({ "before": 3, "after": 7 });
        assert_eq!(read(Locale::En, "article.owner", &gone), [change("", "#3", "the person")]);
    }

    #[test]
    fn an_action_without_words_is_still_shown() {
        let plain = json!({ "locale": "ja", "number": 3, "title": "題" });
        let fields: Vec<_> = read(Locale::En, "new.action", &plain).into_iter().map(|one| one.0).collect();
        assert_eq!(fields, ["Language", "Revision", "Title"]);
        assert_eq!(action_words(Locale::En, "new.action"), "new.action");
        assert_eq!(read(Locale::En, "x", &Value::Null), []);
    }
}
