//! From a request to a draft article: its subject, the last reply without the people in it (or, before there is one, a
//! skeleton to fill in), and the customer's own words as search phrases.

use super::change::{By, record};
use super::event::Change;
use super::phrases::{Letter, as_article, phrases, private_words};
use super::request::lock;
use super::{Message, MessageKind, Request, View, find_request, roster, thread};
use crate::identity::{Actor, Person, find_person};
use crate::knowledge::{
    self, Draft, KnowledgeError, NewArticle, add_phrase, create_article, create_translation, save_revision,
    slug_for,
};
use crate::storage::{Conn, Tx, first, run};
use app::i18n::Locale;

/// Shorter parts of an address are initials, or words by chance (characters).
const OF_A_NAME: usize = 4;
/// What an address is called that is nobody's own.
const MAILBOXES: [&str; 14] = [
    "accounting",
    "accounts",
    "admin",
    "billing",
    "contact",
    "hello",
    "help",
    "info",
    "invoice",
    "mail",
    "office",
    "order",
    "sales",
    "support",
];

/// The draft that there is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drafted {
    pub article_id: i64,
    pub locale: Locale,
    /// `false` when this request had been turned into an article before.
    pub created: bool,
}

/// Makes a draft article of a request, once; a second time gives the one there is.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a request.
pub async fn draft_article(
    tx: &mut Tx,
    request_id: i64,
    author: &Person,
    now: i64,
) -> Result<Drafted, KnowledgeError> {
    let request = lock(tx, request_id).await?.ok_or(KnowledgeError::NotFound)?;
    if let Some(article_id) = drafted_article(tx, request_id).await? {
        return Ok(Drafted { article_id, locale: request.locale, created: false });
    }
    let messages = thread(tx, request_id, View::Customer).await?;
    let asked = messages.iter().find(|message| message.from_customer);
    let answered = messages.iter().rev().find(|message| !message.from_customer);
    let known = names_in(tx, request_id, &messages).await?;
    let body = asked.map(|message| message.body.as_str()).unwrap_or_default();
    let letter = Letter { subject: &request.subject, body, names: &known };
    let title = match letter.title() {
        title if title.is_empty() => request.locale.t("（題名なし）", "(No title)").to_owned(),
        title => title,
    };
    let said = messages.iter().filter(|message| message.from_customer);
    let mut private: Vec<String> = said.flat_map(|message| private_words(&message.body)).collect();
    private.extend(find_person(tx, request.customer_id).await?.map(|customer| customer.email));
    let body = match answered {
        Some(answer) => as_article(&answer.body, &letter.everybody(), &private),
        None => skeleton(request.locale),
    };
    let by = knowledge::By::new(now, Actor::Person(author));
    let new = NewArticle { category_id: request.area_id, owner_id: Some(author.id) };
    let article_id = create_article(tx, &by, &new).await?;
    let slug = slug_for(tx, request.locale, &title, None).await?;
    let translation = create_translation(tx, &by, article_id, request.locale, &slug).await?;
    let number = request.number;
    let draft = Draft {
        title,
        summary: String::new(),
        body,
        note: request
            .locale
            .t(format!("お問い合わせ #{number} から作成"), format!("Drafted from request #{number}")),
    };
    save_revision(tx, &by, translation, None, &draft).await?;
    keep_words(tx, &by, &request, &messages, article_id).await?;
    run!(tx, "INSERT INTO article_origin (article_id, request_id) VALUES ($1, $2)", article_id, request_id)?;
    let change = Change::Drafted { article_id, title: draft.title };
    record(tx, request_id, vec![change], By::Staff(author), now).await?;
    Ok(Drafted { article_id, locale: request.locale, created: true })
}

/// Keeps what a customer asked as search phrases of an article, without names and addresses.
///
/// # Errors
/// [`KnowledgeError::NotFound`] without such a request.
pub async fn learn_from(
    tx: &mut Tx,
    by: &knowledge::By<'_>,
    request_id: i64,
    article_id: i64,
) -> Result<(), KnowledgeError> {
    let request = lock(tx, request_id).await?.ok_or(KnowledgeError::NotFound)?;
    let messages = thread(tx, request_id, View::Customer).await?;
    keep_words(tx, by, &request, &messages, article_id).await
}

async fn keep_words(
    tx: &mut Tx,
    by: &knowledge::By<'_>,
    request: &Request,
    messages: &[Message],
    article_id: i64,
) -> Result<(), KnowledgeError> {
    for phrase in asked(tx, request, messages).await? {
        add_phrase(tx, by, article_id, request.locale, &phrase, Some(request.id)).await?;
    }
    Ok(())
}

/// What the customer of a request asked, as phrases without names and addresses, and in which language; `None`
/// without such a request.
pub async fn asked_in(
    conn: &mut Conn,
    request_id: i64,
) -> crate::storage::Result<Option<(Locale, Vec<String>)>> {
    let Some(request) = find_request(conn, request_id).await? else { return Ok(None) };
    let messages = thread(conn, request_id, View::Customer).await?;
    Ok(Some((request.locale, asked(conn, &request, &messages).await?)))
}

async fn asked(
    conn: &mut Conn,
    request: &Request,
    messages: &[Message],
) -> crate::storage::Result<Vec<String>> {
    let Some(asked) = messages.iter().find(|message| message.from_customer) else { return Ok(Vec::new()) };
    let names = names_in(conn, request.id, messages).await?;
    Ok(phrases(&request.subject, &asked.body, &names))
}

/// What an answer that nobody has written yet will need: when it is needed, the way to the answer, and what else to try.
/// The customer's words stand beside the editor, and never in the text: what is in the text gets published.
fn skeleton(locale: Locale) -> String {
    locale
        .t(
            "## こんなときに\n\n## 手順\n\n1. \n\n## 解決しないとき\n\n",
            "## When you need this\n\n## What to do\n\n1. \n\n## If that does not help\n\n",
        )
        .to_owned()
}

/// The article that was drafted from a request, if there is one.
pub async fn drafted_article(conn: &mut Conn, request_id: i64) -> crate::storage::Result<Option<i64>> {
    let row = first!(
        conn,
        (i64,),
        "SELECT article_id FROM article_origin WHERE request_id = $1 ORDER BY article_id LIMIT 1",
        request_id
    )?;
    Ok(row.map(|row| row.0))
}

/// Everybody who appears in a request: its customer, their organization, and whoever wrote.
async fn names_in(
    conn: &mut Conn,
    request_id: i64,
    messages: &[Message],
) -> crate::storage::Result<Vec<String>> {
    let Some(request) = find_request(conn, request_id).await? else { return Ok(Vec::new()) };
    let people: Vec<i64> = messages
        .iter()
        .filter(|message| message.kind == MessageKind::Reply)
        .filter_map(|message| message.author_id)
        .chain([request.customer_id])
        .collect();
    let mut names: Vec<String> =
        roster::names(conn, people).await?.into_iter().map(|named| named.1).collect();
    if let Some(customer) = find_person(conn, request.customer_id).await? {
        // An address is mostly its owner's name in Latin letters.
        let (local, _) = customer.email.split_once('@').unwrap_or_default();
        let parts = local.split(|c: char| !c.is_alphabetic());
        let is_name = |part: &&str| part.chars().count() >= OF_A_NAME && !MAILBOXES.contains(part);
        names.extend(parts.filter(is_name).map(str::to_owned));
    }
    if let Some(organization) = request.organization_id {
        names.extend(
            first!(conn, (String,), "SELECT name FROM organization WHERE id = $1", organization)?
                .map(|row| row.0),
        );
    }
    Ok(names)
}
