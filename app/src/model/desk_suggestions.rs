//! What earlier requests suggest for one at the desk.

use super::words::RequestStatus;

/// Only what is likely enough; empty where too little is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    pub article: Option<SuggestedArticle>,
    pub tags: Vec<SuggestedLabel>,
    pub assignee: Option<SuggestedLabel>,
    /// The most similar other requests.
    pub similar: Vec<SimilarRequest>,
}

/// The article that probably answers it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestedArticle {
    pub id: i64,
    pub title: String,
    pub href: String,
    /// So many of a hundred such suggestions were right.
    pub chance: i64,
}

/// A tag, or a person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuggestedLabel {
    /// What accepting it sends.
    pub value: String,
    pub text: String,
    /// So many of a hundred such suggestions were right.
    pub chance: i64,
}

/// A request that reads much like this one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimilarRequest {
    pub number: i64,
    pub subject: String,
    pub status: RequestStatus,
    /// The article that solved it: title and address.
    pub solved_with: Option<(String, String)>,
}
