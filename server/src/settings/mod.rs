//! What administrators set inside the portal. Effective at once, without a restart, on every replica.

mod shades;
mod store;
mod values;

pub use shades::Shades;
pub use store::{SettingsStore, merged, save};
pub use values::{ByLocale, SettingError, Settings, SupportHours, Weekday};
