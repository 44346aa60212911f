//! The settings form, as it was typed.

use serde::{Deserialize, Serialize};

use super::form::FieldErrors;

/// Every field as text: what cannot be taken comes back as it was.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SettingsForm {
    pub csrf: String,
    /// The settings that the form was drawn from, encoded: what another administrator changes meanwhile stays.
    pub was: String,
    pub portal_name_ja: String,
    pub portal_name_en: String,
    /// Address of the present logo.
    pub logo_url: Option<String>,
    pub accent: String,
    pub home_text_ja: String,
    pub home_text_en: String,
    /// Tags of the offered locales.
    pub locales: Vec<String>,
    pub default_locale: String,
    pub time_zone: String,
    /// Monday first.
    pub days: Vec<SupportDay>,
    pub reply_hours: String,
    /// Megabytes.
    pub upload_size: String,
    pub upload_count: String,
    /// Extensions with a space between: `png pdf txt`.
    pub upload_types: String,
    /// Every extension that can be allowed.
    pub known_types: String,
    pub holdout_percent: String,
    pub errors: FieldErrors,
}

/// One day's hours, `09:00`; a closed day keeps what was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupportDay {
    pub open: bool,
    pub from: String,
    pub to: String,
}
