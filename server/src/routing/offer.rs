//! What the desk offers for a request: only what earlier decisions make likely enough, and what can be done about it.

use app::model::words::RequestStatus;

use super::history::{self, Past};
use super::memory::{ARTICLE, ASSIGNEE, Memory, TAGS};
use super::router::Advice;
use crate::app_state::App;
use crate::desk::{self, Answer, Request, roster};
use crate::storage::{Conn, Result, Tx, all, ids, one, run};

/// Tags offered at once, and similar requests.
const TAGS_OFFERED: usize = 3;
const SIMILAR: usize = 5;
/// Labels looked at for each question: the likeliest may be on the request already.
const CONSIDERED: usize = 10;
/// Fewer requests that are like one, and were decided, may be like it by chance: then nothing is offered.
const PRECEDENTS: usize = 2;

/// Everything that is offered; nothing of it where too little is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Offer {
    pub article: Option<Likely<Answer>>,
    pub tags: Vec<Likely<String>>,
    /// Who, by id and name.
    pub assignee: Option<Likely<roster::Named>>,
    /// The most similar other requests, the most telling first.
    pub similar: Vec<SimilarRequest>,
}

/// Something that is likely right, with how likely: 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Likely<T> {
    pub what: T,
    pub chance: f32,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SimilarRequest {
    pub number: i64,
    pub subject: String,
    pub status: RequestStatus,
    /// What solved it, where readers can see it.
    pub solved_with: Option<Answer>,
}

/// The likeliest labels of a request by question, and similar requests' ids: free of the memory it comes from.
#[derive(Default)]
struct Thought {
    labels: [Vec<Likely<String>>; 3],
    similar: Vec<i64>,
}

/// What may be offered for a request. Its own language's requests are asked; a few milliseconds.
pub async fn offer(app: &App, conn: &mut Conn, request: &Request) -> Result<Offer> {
    let Some(past) = history::read(conn, &[request.id]).await?.pop() else { return Ok(Offer::default()) };
    let thought = app.suggestions.with(conn, request.locale, |memory| think(memory, &past)).await?;
    let Some(Thought { labels: [articles, tags, assignees], similar }) = thought else {
        return Ok(Offer::default());
    };
    let mut offer = Offer { similar: similar_requests(conn, request, &similar).await?, ..Offer::default() };
    if request.status.is_over() {
        return Ok(offer);
    }
    let present = desk::tags_of(conn, request.id).await?;
    offer.tags = tags
        .into_iter()
        .filter(|tag| !present.contains(&tag.what) && !past.refused_tags.contains(&tag.what))
        .take(TAGS_OFFERED)
        .collect();
    if let Some(Likely { what, chance }) = articles.into_iter().next()
        && request.solved_article_id.is_none()
        && let Ok(article) = what.parse()
        && let Some(article) = desk::published_article(conn, article, request.locale).await?
    {
        offer.article = Some(Likely { what: article, chance });
    }
    if let Some(Likely { what, chance }) = assignees.into_iter().next()
        && request.assignee_id.is_none()
    {
        let mut staff = roster::staff(conn).await?.into_iter();
        let person = staff.find(|(id, _)| id.to_string() == what);
        offer.assignee = person.map(|what| Likely { what, chance });
    }
    Ok(offer)
}

fn think(memory: &Memory, past: &Past) -> Thought {
    let Advice { labels, similar, least_similar } = memory.advise(past, CONSIDERED);
    let alike: Vec<u32> = similar
        .into_iter()
        .filter(|(_, similarity)| *similarity >= least_similar)
        .map(|(text, _)| text)
        .collect();
    // What is usual says nothing about a request that is like hardly any that somebody decided.
    let known = |question: usize| {
        alike.iter().filter(|text| memory.is_decided(question, **text)).count() >= PRECEDENTS
    };
    let sure = |question: usize| {
        let known = known(question);
        let guesses = labels.get(question).into_iter().flatten().filter(|guess| guess.sure && known);
        guesses.map(|guess| Likely { what: guess.label.to_owned(), chance: guess.chance }).collect()
    };
    Thought {
        labels: [sure(ARTICLE), sure(TAGS), sure(ASSIGNEE)],
        similar: alike.iter().take(SIMILAR).map(|text| memory.request(*text)).collect(),
    }
}

/// These requests in this order, without those that are gone.
async fn similar_requests(conn: &mut Conn, request: &Request, order: &[i64]) -> Result<Vec<SimilarRequest>> {
    let sql = format!(
        "SELECT id, number, subject, status, solved_article_id FROM request WHERE id IN ({})",
        ids(order.iter().copied())
    );
    let mut rows = all!(conn, (i64, i64, String, String, Option<i64>), sqlx::AssertSqlSafe(sql.as_str()))?;
    rows.sort_by_key(|row| order.iter().position(|id| *id == row.0));
    let mut similar = Vec::with_capacity(rows.len());
    for (_, number, subject, status, article) in rows {
        let solved_with = match article {
            Some(article) => desk::published_article(conn, article, request.locale).await?,
            None => None,
        };
        let status = RequestStatus::from_code(&status).unwrap_or_default();
        similar.push(SimilarRequest { number, subject, status, solved_with });
    }
    Ok(similar)
}

/// What a suggestion was about, as forms and the database spell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Article,
    Tag,
    Assignee,
}

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Tag => "tag",
            Self::Assignee => "assignee",
        }
    }

    /// "tag:billing" in its parts.
    pub fn parse(text: &str) -> Option<(Self, &str)> {
        let (code, label) = text.split_once(':')?;
        let kind = [Self::Article, Self::Tag, Self::Assignee].into_iter().find(|kind| kind.code() == code)?;
        (!label.is_empty() && label.chars().count() <= LONGEST_LABEL).then_some((kind, label))
    }
}

/// Characters of a tag, which is the longest of all labels.
const LONGEST_LABEL: usize = 40;

/// Keeps what was offered when somebody acted on a request, so that it can be told how often it was right.
pub async fn note(tx: &mut Tx, request_id: i64, offered: &[(Kind, &str)], now: i64) -> Result<()> {
    for (kind, label) in offered {
        run!(
            tx,
            "INSERT INTO suggestion (request_id, kind, label, at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (request_id, kind, label) DO NOTHING",
            request_id,
            kind.code(),
            *label,
            now
        )?;
    }
    Ok(())
}

/// How many of the suggestions made since then were right, and how many there were, on requests that are over: a tag
/// that is there, the one who has it, the article that solved it.
pub async fn precision(conn: &mut Conn, since: i64) -> Result<(i64, i64)> {
    one!(
        conn,
        (i64, i64),
        "SELECT CAST(COALESCE(SUM(CASE
                WHEN s.kind = 'tag' AND EXISTS (SELECT 1 FROM request_tag rt JOIN tag t ON t.id = rt.tag_id
                                               WHERE rt.request_id = r.id AND t.name = s.label) THEN 1
                WHEN s.kind = 'assignee' AND CAST(r.assignee_id AS TEXT) = s.label THEN 1
                WHEN s.kind = 'article' AND CAST(r.solved_article_id AS TEXT) = s.label THEN 1
                ELSE 0 END), 0) AS BIGINT),
                COUNT(*)
         FROM suggestion s JOIN request r ON r.id = s.request_id
         WHERE r.status IN ('solved', 'closed') AND s.at >= $1",
        since
    )
}
