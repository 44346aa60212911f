//! The home page.

use super::link::ArticleLink;
use super::words::RequestStatus;

#[derive(Clone, Debug, Default)]
pub struct HomePage {
    /// The portal's own question above the box.
    pub text: String,
    /// At most eight.
    pub categories: Vec<CategoryCard>,
    /// Where all categories are, when there are more.
    pub all_categories: Option<String>,
    pub asked: Vec<ArticleLink>,
    /// `asked` is what people needed most; otherwise (nobody has asked yet) it is what is new.
    pub asked_most: bool,
    /// The visitor's own requests that are not closed; empty for anonymous visitors.
    pub own: Vec<OwnRequest>,
}

#[derive(Clone, Debug, Default)]
pub struct CategoryCard {
    pub icon: String,
    pub name: String,
    pub about: String,
    pub href: String,
    pub articles: i64,
}

#[derive(Clone, Debug, Default)]
pub struct OwnRequest {
    pub subject: String,
    pub number: i64,
    pub status: RequestStatus,
    pub href: String,
}
