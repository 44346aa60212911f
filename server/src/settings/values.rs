//! The settings themselves: names, defaults, limits and validation.

use crate::intake::uploads::{ALL_EXTENSIONS, CUSTOMER_DEFAULT};
use app::i18n::Locale;
use serde::{Deserialize, Serialize};

/// A text per language. An empty one falls back to the other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByLocale {
    pub ja: String,
    pub en: String,
}

impl ByLocale {
    pub fn get(&self, locale: Locale) -> &str {
        let (own, other) = locale.t((&self.ja, &self.en), (&self.en, &self.ja));
        if own.is_empty() { other } else { own }
    }
}

/// When support answers, per weekday (Monday first), in minutes after midnight of the portal's time zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportHours(pub [Option<Weekday>; 7]);

/// One working day, `from..to` in minutes after midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekday {
    pub from: u16,
    pub to: u16,
}

impl Default for SupportHours {
    fn default() -> Self {
        let day = Some(Weekday { from: 9 * 60, to: 18 * 60 });
        Self([day, day, day, day, day, None, None])
    }
}

/// Every setting. Stored one row a field, under the field's name, as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub portal_name: ByLocale,
    /// Key of the attachment that is the logo.
    pub logo: Option<String>,
    /// `#rrggbb`.
    pub accent: String,
    /// One sentence above the search box of the home page.
    pub home_text: ByLocale,
    /// At least one; the first is what `/` falls back to.
    pub locales: Vec<Locale>,
    /// IANA name.
    pub time_zone: String,
    pub support_hours: SupportHours,
    /// What customers are told: "we usually reply within N working hours".
    pub reply_hours: u32,
    /// Bytes a file.
    pub upload_size: u64,
    /// Files a message.
    pub upload_count: u32,
    /// Extensions of files that customers may send, lower case without the dot.
    pub upload_types: Vec<String>,
    /// Percent of intake sessions that are shown no suggestions.
    pub holdout_percent: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            portal_name: ByLocale { ja: "Kotae".into(), en: "Kotae".into() },
            logo: None,
            accent: "#2b4b7e".into(),
            home_text: ByLocale {
                ja: "どのようなことでお困りですか？".into(),
                en: "What can we help you with?".into(),
            },
            locales: Locale::ALL.to_vec(),
            time_zone: "Asia/Tokyo".into(),
            support_hours: SupportHours::default(),
            reply_hours: 8,
            upload_size: 10 * 1024 * 1024,
            upload_count: 5,
            upload_types: CUSTOMER_DEFAULT.map(str::to_owned).to_vec(),
            holdout_percent: 5.0,
        }
    }
}

/// A value that cannot be taken: the name of the form's field, and why, in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingError {
    pub field: &'static str,
    pub ja: String,
    pub en: String,
}

impl Settings {
    /// Everything that is wrong with these values; empty when they can be saved.
    pub fn problems(&self) -> Vec<SettingError> {
        let mut problems = Vec::new();
        let mut refuse = |wrong: bool, field: &'static str, ja: &str, en: &str| {
            if wrong {
                problems.push(SettingError { field, ja: ja.to_owned(), en: en.to_owned() });
            }
        };
        let name = &self.portal_name;
        refuse(
            name.ja.is_empty() && name.en.is_empty(),
            "portal_name_ja",
            "ポータルの名前を入力してください。",
            "Enter the portal's name.",
        );
        for (field, text) in [("portal_name_ja", &name.ja), ("portal_name_en", &name.en)] {
            refuse(
                text.chars().count() > 60,
                field,
                "ポータルの名前は60文字以内にしてください。",
                "Keep the portal's name to 60 characters.",
            );
        }
        refuse(
            !is_hex_colour(&self.accent),
            "accent",
            "アクセントカラーは「#2b4b7e」の形で入力してください。",
            "Enter the accent colour like #2b4b7e.",
        );
        for (field, text) in [("home_text_ja", &self.home_text.ja), ("home_text_en", &self.home_text.en)] {
            refuse(
                text.chars().count() > 200,
                field,
                "ホームの文は200文字以内にしてください。",
                "Keep the home text to 200 characters.",
            );
        }
        refuse(
            self.locales.is_empty(),
            "locales",
            "言語を1つ以上選んでください。",
            "Choose at least one language.",
        );
        refuse(
            jiff::tz::TimeZone::get(&self.time_zone).is_err(),
            "time_zone",
            "タイムゾーンは「Asia/Tokyo」の形で入力してください。",
            "Enter a time zone such as Asia/Tokyo.",
        );
        refuse(
            self.support_hours.0.iter().flatten().any(|day| day.from >= day.to || day.to > 24 * 60),
            "support_hours",
            "受付の終了時刻は開始時刻より後にしてください。",
            "Support hours must end after they begin.",
        );
        refuse(
            !(1..=720).contains(&self.reply_hours),
            "reply_hours",
            "返信の目安は1〜720時間で入力してください。",
            "Enter a reply time between 1 and 720 hours.",
        );
        refuse(
            !(1024..=100 * 1024 * 1024).contains(&self.upload_size),
            "upload_size",
            "ファイルの上限は1〜100 MBで入力してください。",
            "Enter a limit between 1 and 100 MB.",
        );
        refuse(
            self.upload_count > 20,
            "upload_count",
            "添付できるファイルは20個までです。",
            "A message can have 20 files at most.",
        );
        refuse(
            !self.upload_types.iter().all(|own| ALL_EXTENSIONS.contains(&own.as_str())),
            "upload_types",
            "受け取れる拡張子は、説明にあるものから選んでください。",
            "Choose file types from those that are listed.",
        );
        refuse(
            !(0.0..=50.0).contains(&self.holdout_percent),
            "holdout_percent",
            "対照グループの割合は0〜50 %で入力してください。",
            "Enter a hold-out share between 0 and 50 %.",
        );
        problems
    }

    /// The portal's time zone; UTC if the name no longer exists.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.time_zone).unwrap_or(jiff::tz::TimeZone::UTC)
    }

    /// The locale for somebody who asked for none that is offered.
    pub fn default_locale(&self) -> Locale {
        self.locales.first().copied().unwrap_or_default()
    }
}

fn is_hex_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].chars().all(|c| c.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_have_no_problem() {
        assert_eq!(Settings::default().problems(), []);
    }

    #[test]
    fn each_wrong_value_is_named_by_its_field() {
        let wrong = Settings {
            accent: "blue".into(),
            time_zone: "Mars/Olympus".into(),
            locales: vec![],
            holdout_percent: f64::NAN,
            ..Settings::default()
        };
        let fields: Vec<_> = wrong.problems().into_iter().map(|problem| problem.field).collect();
        assert_eq!(fields, ["accent", "locales", "time_zone", "holdout_percent"]);
    }
}
