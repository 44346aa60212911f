//! `/desk/search/judgements`: for this question, this is the right article.

use super::form::Choice;
use super::time::Moment;

#[derive(Clone, Debug, Default)]
pub struct JudgementsPage {
    pub csrf: String,
    /// The language of the list, and the choices.
    pub language: String,
    pub language_choices: Vec<Choice>,
    /// The newest first; empty before the first.
    pub rounds: Vec<RoundRow>,
    /// Of so many, the newest, it is known what got worse.
    pub rounds_compared: usize,
    /// What got worse in one of them; `None` before the first.
    pub worse: Option<Worse>,
    /// What the last evaluation found further down than any of the last seven days.
    pub below_their_best: Vec<WorseRow>,
    pub judgements: Vec<JudgementRow>,
    /// The question that is being added.
    pub adding: AddJudgement,
}

/// One evaluation of the list.
#[derive(Clone, Debug, Default)]
pub struct RoundRow {
    pub id: i64,
    pub at: Moment,
    /// The same in milliseconds UTC.
    pub at_ms: i64,
    /// Everything that had changed since the one before.
    pub cause: String,
    pub questions: i64,
    /// Right article first, among three; of `questions`.
    pub first: i64,
    pub among_three: i64,
    /// Mean reciprocal rank, 0 to 1.
    pub mrr: f64,
    /// For so many the article came further down than in the round before.
    pub worse: i64,
}

/// What fell in one round since the one before.
#[derive(Clone, Debug, Default)]
pub struct Worse {
    pub at: Moment,
    pub rows: Vec<WorseRow>,
}

/// A question whose article came further down than before.
#[derive(Clone, Debug, Default)]
pub struct WorseRow {
    pub question: String,
    pub results_href: String,
    /// Empty for an article that is not published.
    pub article: String,
    pub article_href: String,
    pub was: i64,
    /// `None`: no longer among the first ten.
    pub is: Option<i64>,
}

#[derive(Clone, Debug, Default)]
pub struct JudgementRow {
    pub id: i64,
    pub question: String,
    /// What customers see who search for it.
    pub results_href: String,
    /// Empty for an article that is not published.
    pub article: String,
    pub article_href: String,
    /// An evaluation has placed it, and where: `None` is not among the first ten.
    pub placed: bool,
    pub place: Option<i64>,
}

/// A question and the articles it might be for.
#[derive(Clone, Debug, Default)]
pub struct AddJudgement {
    pub question: String,
    /// What is looked for among the articles; the question at first.
    pub query: String,
    /// The articles that fit, by id; `None` before there is a question.
    pub articles: Option<Vec<Choice>>,
    pub chosen: String,
    /// The request that asked it.
    pub request: String,
    pub error: Option<String>,
}
