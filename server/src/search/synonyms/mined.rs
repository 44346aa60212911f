//! What may be a synonym: words that customers replaced in a search when the first led nowhere, and the word that led
//! to an article instead. A word is suggested only when [`FEWEST_VISITORS`] different visitors replaced it so.

use std::collections::{HashMap, HashSet};

use app::i18n::Locale;
use serde_json::json;

use super::store::read_meanings;
use crate::identity::{Actor, audit};
use crate::search::analysis::{self, Kind, Token};
use crate::search::analytics::{FEWEST_VISITORS, Reworded, reworded};
use crate::search::query::{Meanings, Parsed, slips};
use crate::storage::{Conn, Result, Tx, all, run};

/// One in so many of those who typed the second word has to have opened a result.
const OPENED: usize = 3;
/// Words that were replaced, and that replace them; more is another question.
const MOST_WORDS: usize = 3;

/// A word that customers typed first, and the one that they found something by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mined {
    pub word: String,
    pub meaning: String,
    /// Different visitors who replaced the one by the other, and those of them who then opened a result.
    pub visitors: usize,
    pub opened: usize,
}

/// Who replaced a word by another, and who found something by that.
#[derive(Default)]
struct Evidence {
    visitors: HashSet<String>,
    opened: HashSet<String>,
}

/// What may be a synonym by the searches since a moment, most visitors first; without what is kept or was dismissed.
pub async fn mined_synonyms(conn: &mut Conn, locale: Locale, since: i64) -> Result<Vec<Mined>> {
    let rewordings = reworded(conn, locale, since).await?;
    let kept = read_meanings(conn).await?;
    let dismissed: HashSet<(String, String)> = all!(
        conn,
        (String, String),
        "SELECT word, meaning FROM synonym_dismissed WHERE locale = $1",
        locale.tag()
    )?
    .into_iter()
    .collect();
    let mut mined = mine(&rewordings, locale, &kept);
    mined.retain(|mined| !dismissed.contains(&(mined.word.clone(), mined.meaning.clone())));
    Ok(mined)
}

/// Does not suggest this again.
pub async fn dismiss_synonym(
    tx: &mut Tx,
    actor: &Actor<'_>,
    locale: Locale,
    word: &str,
    meaning: &str,
    now: i64,
) -> Result<()> {
    run!(
        tx,
        "INSERT INTO synonym_dismissed (locale, word, meaning, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (locale, word, meaning) DO NOTHING",
        locale.tag(),
        word,
        meaning,
        now
    )?;
    let detail = json!({ "name": format!("{word} → {meaning}"), "locale": locale.tag() });
    audit(tx, now, actor, "synonym.dismiss", "synonym", None, &detail).await
}

fn mine(rewordings: &[Reworded], locale: Locale, kept: &Meanings) -> Vec<Mined> {
    let mut found: HashMap<(String, String), Evidence> = HashMap::new();
    for reworded in rewordings {
        let Some(pair) = replaced(&reworded.from, &reworded.to) else { continue };
        let evidence = found.entry(pair).or_default();
        evidence.visitors.insert(reworded.visitor.clone());
        if reworded.opened {
            evidence.opened.insert(reworded.visitor.clone());
        }
    }
    let mut mined: Vec<Mined> = found
        .into_iter()
        .map(|((word, meaning), evidence)| Mined {
            word,
            meaning,
            visitors: evidence.visitors.len(),
            opened: evidence.opened.len(),
        })
        .filter(|mined| mined.visitors >= FEWEST_VISITORS && mined.opened * OPENED >= mined.visitors)
        .filter(|mined| !kept.knows(locale, &mined.word, &mined.meaning))
        .collect();
    mined.sort_by(|a, b| {
        (b.visitors, b.opened)
            .cmp(&(a.visitors, a.opened))
            .then_with(|| (&a.word, &a.meaning).cmp(&(&b.word, &b.meaning)))
    });
    mined
}

/// The words of one search that another has others for: what they begin and end with in common says nothing. `None`
/// where the second only says more or less, where it is another spelling of the first, and where it is another question.
fn replaced(from: &str, to: &str) -> Option<(String, String)> {
    let (a, b) = (telling(from), telling(to));
    let (mut a, mut b) = (a.as_slice(), b.as_slice());
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b)
        && x.term == y.term
    {
        (a, b) = (rest_a, rest_b);
    }
    while let ([rest_a @ .., x], [rest_b @ .., y]) = (a, b)
        && x.term == y.term
    {
        (a, b) = (rest_a, rest_b);
    }
    let sizes = 1..=MOST_WORDS;
    if !sizes.contains(&a.len())
        || !sizes.contains(&b.len())
        || a.iter().any(|x| b.iter().any(|y| x.term == y.term))
    {
        return None;
    }
    let (word, meaning) = (words(from, a), words(to, b));
    let mut noted = Meanings::default();
    noted.add(Locale::default(), &word, &meaning);
    let joined = |tokens: &[Token]| tokens.iter().map(|token| token.surface.as_str()).collect::<String>();
    let (x, y) = (joined(a), joined(b));
    let slip = slips::distance(&x, &y) <= slips::allowed(&x);
    (noted != Meanings::default() && !slip).then_some((word, meaning))
}

/// The words of a search that say what it is about.
fn telling(text: &str) -> Vec<Token> {
    let parsed = Parsed::new(text);
    let is_telling = |token: &Token| {
        matches!(token.kind, Kind::Word | Kind::Part)
            && !analysis::is_stop_word(&token.surface)
            && !analysis::is_stop_word(&token.term)
    };
    parsed.tokens.into_iter().filter(is_telling).collect()
}

/// A stretch of a search as it was typed.
fn words(text: &str, tokens: &[Token]) -> String {
    let text = Parsed::new(text).text;
    let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
    text[first.span.start..last.span.end].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_between_two_searches_may_mean_the_same() {
        let pair = |word: &str, meaning: &str| Some((word.to_owned(), meaning.to_owned()));
        for (from, to, expected) in [
            ("bill", "invoice", pair("bill", "invoice")),
            ("how to change a bill", "change invoice", pair("bill", "invoice")),
            ("2fa", "two factor login", pair("2fa", "two factor login")),
            ("国保の手続き", "国民健康保険の手続き", pair("国保", "国民健康保険")),
            ("合言葉を忘れた", "パスワードを忘れた", pair("合言葉", "パスワード")),
            ("invoice", "invoice name", None),
            ("invoice name", "invoice", None),
            ("invioce", "invoice", None),
            ("パスワド", "パスワード", None),
            ("invoices", "invoice", None),
            ("name invoice", "invoice name", None),
            ("how to", "invoice", None),
            ("import pictures from an old blog", "export every request to a file", None),
        ] {
            assert_eq!(replaced(from, to), expected, "{from} and {to}");
        }
    }

    #[test]
    fn a_synonym_is_suggested_when_three_visitors_found_something_by_the_other_word() {
        let reworded = |visitor: &str, from: &str, to: &str, opened| Reworded {
            visitor: visitor.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
            opened,
        };
        let mut all = vec![
            reworded("a", "bill", "invoice", true),
            reworded("b", "change bill", "change invoice", true),
            reworded("b", "bill", "invoice", false),
        ];
        let none = Meanings::default();
        assert_eq!(mine(&all, Locale::En, &none), [], "two visitors");
        all.push(reworded("c", "pay bill", "pay invoice", false));
        let mined = Mined { word: "bill".into(), meaning: "invoice".into(), visitors: 3, opened: 2 };
        assert_eq!(mine(&all, Locale::En, &none), [mined]);
        let mut kept = Meanings::default();
        kept.add(Locale::En, "Bills", "invoices");
        assert_eq!(mine(&all, Locale::En, &kept), [], "kept already");
        all.iter_mut().for_each(|reworded| reworded.opened = false);
        assert_eq!(mine(&all, Locale::En, &none), [], "it led nowhere either");
    }
}
