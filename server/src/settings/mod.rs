//! What administrators set inside the portal. Effective at once, without a restart, on every replica.

mod store;
mod values;

pub use store::{SettingsStore, save};
pub use values::{ByLocale, SettingError, Settings, SupportHours, Weekday};
