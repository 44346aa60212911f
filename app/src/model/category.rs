//! A category with what stands in it.

use super::home::CategoryCard;
use super::link::ArticleLink;
use crate::parts::Crumb;

#[derive(Clone, Debug, Default)]
pub struct CategoryPage {
    pub crumbs: Vec<Crumb>,
    pub name: String,
    pub about: String,
    pub children: Vec<CategoryCard>,
    pub articles: Vec<CategoryLine>,
    /// In this category and all below it.
    pub total: i64,
    /// From 1.
    pub page: i64,
    pub pages: i64,
    /// The page's address without its number.
    pub base: String,
    pub ask_href: String,
}

#[derive(Clone, Debug, Default)]
pub struct CategoryLine {
    pub link: ArticleLink,
    pub about: String,
    /// The shelf further down that it stands on; empty for the category's own.
    pub path: String,
}

/// All categories, two levels of them.
#[derive(Clone, Debug, Default)]
pub struct CategoriesPage {
    pub crumbs: Vec<Crumb>,
    pub groups: Vec<CategoryGroup>,
}

#[derive(Clone, Debug, Default)]
pub struct CategoryGroup {
    pub card: CategoryCard,
    pub children: Vec<CategoryCard>,
}
