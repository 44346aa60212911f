//! What is indexed: one article in one language, and who may find it.

use app::i18n::Locale;

/// One published translation of an article, as the index wants it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedArticle {
    pub article_id: i64,
    pub translation_id: i64,
    pub locale: Locale,
    /// The locales whose visitors are shown this translation: its own, and another that has none of its own.
    pub serves: Vec<Locale>,
    pub slug: String,
    pub title: String,
    pub headings: Vec<String>,
    pub summary: String,
    /// The article's text without markup; paragraphs separated by line breaks.
    pub body: String,
    pub tags: Vec<String>,
    /// Customers' own words for this article. Matched, never shown, so never stored.
    pub phrases: Vec<String>,
    /// What solved requests taught. Matched, never shown.
    pub learned: Vec<Taught>,
    /// Category ids from the root of the tree to the shelf.
    pub category_path: Vec<i64>,
    pub audience: Audience,
    /// Milliseconds UTC.
    pub updated_at: i64,
}

/// Words with which a customer found an article, or asked what it answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taught {
    pub text: String,
    /// In thousandths: no more than 1,000 for each customer who said just that.
    pub weight: i64,
    pub who: Who,
}

/// Whose words they are, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Person(i64),
    /// A browser whose owner never sent anything.
    Visitor(String),
    /// All that nobody can be told of count as one.
    Unknown,
}

impl Who {
    /// Whoever is known as a person, or else by a browser.
    pub fn of(person_id: Option<i64>, visitor: Option<&str>) -> Self {
        match (person_id, visitor) {
            (Some(person), _) => Self::Person(person),
            (None, Some(visitor)) => Self::Visitor(visitor.to_owned()),
            (None, None) => Self::Unknown,
        }
    }
}

/// Who may find an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Audience {
    Public,
    /// Anybody who is signed in.
    Customers,
    /// People of these organizations.
    Organizations(Vec<i64>),
    /// CRE and administrators.
    Internal,
}

impl Audience {
    /// The keys of which a visitor needs one to find the article. Staff find everything.
    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys = match self {
            Self::Public => vec![PUBLIC.to_owned()],
            Self::Customers => vec![CUSTOMERS.to_owned()],
            Self::Organizations(ids) => ids.iter().map(|id| organization_key(*id)).collect(),
            Self::Internal => Vec::new(),
        };
        keys.push(STAFF.to_owned());
        keys
    }
}

const PUBLIC: &str = "public";
const CUSTOMERS: &str = "customers";
const STAFF: &str = "staff";

fn organization_key(id: i64) -> String {
    format!("organization:{id}")
}

/// Who is searching.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Viewer {
    Anonymous,
    Customer { organization: Option<i64> },
    Staff,
}

impl Viewer {
    /// The keys that the visitor holds.
    pub(super) fn keys(&self) -> Vec<String> {
        match self {
            Self::Anonymous => vec![PUBLIC.to_owned()],
            Self::Customer { organization } => {
                let mut keys = vec![PUBLIC.to_owned(), CUSTOMERS.to_owned()];
                keys.extend(organization.map(organization_key));
                keys
            }
            Self::Staff => vec![STAFF.to_owned()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(viewer: &Viewer, audience: &Audience) -> bool {
        let held = viewer.keys();
        audience.keys().iter().any(|key| held.contains(key))
    }

    #[test]
    fn each_audience_is_found_by_exactly_those_it_is_for() {
        let anonymous = Viewer::Anonymous;
        let of_no_organization = Viewer::Customer { organization: None };
        let of_seven = Viewer::Customer { organization: Some(7) };
        let of_eight = Viewer::Customer { organization: Some(8) };
        let table = [
            (Audience::Public, [true, true, true, true, true]),
            (Audience::Customers, [false, true, true, true, true]),
            (Audience::Organizations(vec![7, 9]), [false, false, true, false, true]),
            (Audience::Internal, [false, false, false, false, true]),
        ];
        for (audience, expected) in table {
            let viewers = [&anonymous, &of_no_organization, &of_seven, &of_eight, &Viewer::Staff];
            assert_eq!(viewers.map(|viewer| finds(viewer, &audience)), expected, "{audience:?}");
        }
    }
}
