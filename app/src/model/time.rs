//! A moment as a page shows it.

/// See the part `Time`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// RFC 3339, for machines.
    pub datetime: String,
    /// For the reader.
    pub text: String,
    /// The exact moment, where `text` is nearer than that.
    pub title: Option<String>,
}
