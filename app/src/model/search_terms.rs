//! `/desk/search`: what customers search for, and what is to be done about it.

use super::form::Choice;
use super::time::Moment;

#[derive(Clone, Debug, Default)]
pub struct SearchTermsPage {
    pub view: TermView,
    pub tabs: Vec<TermTab>,
    pub weeks: String,
    pub week_choices: Vec<Choice>,
    /// The language that was searched in, and the choices.
    pub language: String,
    pub language_choices: Vec<Choice>,
    pub terms: Vec<TermRow>,
    /// More terms than are listed.
    pub more: bool,
    /// Different visitors below which a term is not shown.
    pub fewest: i64,
    pub synonyms_href: String,
    /// The term that is being added to an article.
    pub adding: Option<AddPhrase>,
}

/// One view: how many terms it holds, and where it is.
#[derive(Clone, Debug, Default)]
pub struct TermTab {
    pub view: TermView,
    pub count: i64,
    pub href: String,
}

/// Which terms are shown, and by what they are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermView {
    #[default]
    Top,
    /// No article fitted.
    Nothing,
    /// There were results, and few opened one.
    Unopened,
    /// A request followed.
    Asked,
    /// Something else was typed.
    Reformulated,
}

impl TermView {
    pub const ALL: [Self; 5] = [Self::Top, Self::Nothing, Self::Unopened, Self::Asked, Self::Reformulated];

    pub fn code(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Nothing => "nothing",
            Self::Unopened => "unopened",
            Self::Asked => "asked",
            Self::Reformulated => "reformulated",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.code() == code)
    }
}

/// One term. Everything but `searches` counts different visitors.
#[derive(Clone, Debug, Default)]
pub struct TermRow {
    pub term: String,
    pub visitors: i64,
    pub searches: i64,
    pub nothing: i64,
    pub opened: i64,
    pub asked: i64,
    pub reformulated: i64,
    /// What most typed instead.
    pub instead: Option<String>,
    pub last: Moment,
    /// What customers see who search for it.
    pub results_href: String,
    pub write_href: String,
    /// A synonym that begins with the term, and with what most typed instead.
    pub synonym_href: String,
    pub phrase_href: String,
    /// Which article should be found by it.
    pub judge_href: String,
}

/// Which article a term should lead to.
#[derive(Clone, Debug, Default)]
pub struct AddPhrase {
    pub csrf: String,
    pub term: String,
    /// What is looked for among the articles; the term at first.
    pub query: String,
    /// The articles that fit, by id.
    pub articles: Vec<Choice>,
    /// Back to the list without adding.
    pub back: String,
    pub error: Option<String>,
}
