//! What administrators set inside the portal. Effective at once, without a restart; on other replicas as soon as they have
//! followed the change (`search::Follower`), within a second.

mod shades;
mod store;
mod values;

pub use shades::Shades;
pub use store::{SettingsStore, merged, save};
pub use values::{ByLocale, SettingError, Settings, SupportHours, Weekday};
