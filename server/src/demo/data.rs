//! The demo's files, built into the program.

use app::i18n::Locale;
use app::model::words::{Priority, RequestKind, RequestStatus};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Everything but the articles.
#[derive(Clone, Debug)]
pub(super) struct Demo {
    pub cast: Cast,
    pub categories: Vec<Category>,
    pub rules: Vec<Rule>,
    pub fixes: Vec<Fix>,
    pub requests: Vec<Request>,
    pub phrases: Vec<Phrases>,
    pub synonyms: Vec<Kept>,
    pub reworded: Vec<Reworded>,
    pub judgements: Vec<Judged>,
}

/// The people of the demo and of all tests; every one is invented.
#[derive(Clone, Debug, Deserialize)]
pub struct Cast {
    /// What the staff sign in with.
    pub password: String,
    pub organizations: Vec<Organization>,
    pub groups: Vec<Group>,
    pub people: Vec<CastMember>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Organization {
    pub key: String,
    pub name: String,
    pub domains: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct Group {
    pub key: String,
    pub name: String,
    pub members: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct CastMember {
    pub key: String,
    pub name: String,
    pub email: String,
    pub role: crate::identity::Role,
    pub organization: Option<String>,
    pub locale: Locale,
}

/// A text in both languages.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Both<T = String> {
    pub ja: T,
    pub en: T,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Category {
    pub slug: String,
    pub parent: Option<String>,
    pub position: i64,
    pub icon: String,
    pub name: Both,
    pub description: Both,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Rule {
    pub name: Both,
    #[serde(default)]
    pub when: When,
    pub then: Then,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct When {
    pub words: Option<Both<Vec<String>>>,
    pub kinds: Vec<RequestKind>,
    pub organization: Option<String>,
    pub has_attachment: Option<bool>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Then {
    pub add_tags: Vec<String>,
    pub group: Option<String>,
    pub assign: Option<String>,
    pub priority: Option<Priority>,
    pub stop: bool,
}

/// An article that ended a class of requests, published so many days ago.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Fix {
    pub article: String,
    pub days_ago: i64,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Request {
    pub class: String,
    pub locale: Locale,
    pub kind: RequestKind,
    /// A key of the cast, or an address.
    pub from: String,
    pub days_ago: i64,
    pub hour: i8,
    pub status: RequestStatus,
    #[serde(default)]
    pub assignee: String,
    #[serde(default)]
    pub tags: Vec<String>,
    pub subject: String,
    pub body: String,
    pub solved_with: Option<String>,
    #[serde(default)]
    pub replies: Vec<Reply>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reply {
    /// A key of the staff, or "customer".
    pub by: String,
    pub hours_later: f64,
    #[serde(default)]
    pub internal: bool,
    pub article: Option<String>,
    pub body: String,
}

/// A synonym; without meanings the words mean each other.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Kept {
    pub locale: Locale,
    pub words: Vec<String>,
    #[serde(default)]
    pub meanings: Vec<String>,
}

/// What so many visitors typed one after the other, and how many of them then opened the article.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Reworded {
    pub locale: Locale,
    pub from: String,
    pub to: String,
    pub article: String,
    pub visitors: i64,
    pub opened: i64,
}

#[derive(Deserialize)]
struct Synonyms {
    kept: Vec<Kept>,
    reworded: Vec<Reworded>,
}

/// What customers type for what an article answers.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Phrases {
    pub locale: Locale,
    pub article: String,
    pub phrases: Vec<String>,
}

#[derive(Deserialize)]
struct PhraseList {
    phrases: Vec<Phrases>,
}

/// For this question, this is the right article.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Judged {
    pub locale: Locale,
    pub query: String,
    pub article: String,
}

#[derive(Deserialize)]
struct Judgements {
    judgements: Vec<Judged>,
}

#[derive(Deserialize)]
struct Categories {
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Rules {
    rules: Vec<Rule>,
}

#[derive(Deserialize)]
struct Requests {
    fixes: Vec<Fix>,
    requests: Vec<Request>,
}

/// The cast alone.
pub fn cast() -> anyhow::Result<Cast> {
    read("cast.toml", include_str!("../../demo/cast.toml"))
}

impl Demo {
    pub(super) fn load() -> anyhow::Result<Self> {
        let Categories { categories } = read("categories.toml", include_str!("../../demo/categories.toml"))?;
        let Rules { rules } = read("rules.toml", include_str!("../../demo/rules.toml"))?;
        let Requests { fixes, requests } = read("requests.toml", include_str!("../../demo/requests.toml"))?;
        let Judgements { judgements } = read("judgements.toml", include_str!("../../demo/judgements.toml"))?;
        let PhraseList { phrases } = read("phrases.toml", include_str!("../../demo/phrases.toml"))?;
        let Synonyms { kept: synonyms, reworded } =
            read("synonyms.toml", include_str!("../../demo/synonyms.toml"))?;
        Ok(Self {
            cast: cast()?,
            categories,
            rules,
            fixes,
            requests,
            judgements,
            phrases,
            synonyms,
            reworded,
        })
    }
}

fn read<T: DeserializeOwned>(name: &str, text: &str) -> anyhow::Result<T> {
    toml::from_str(text).map_err(|error| anyhow::anyhow!("{name}: {error}"))
}
